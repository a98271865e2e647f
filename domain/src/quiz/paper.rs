//! What a browser may see before an attempt is submitted: no key, no reason, no place in the file.

use super::{
    answer::{Answer, Answers},
    model::{ItemKind, Layout, Quiz},
    order::order,
};
use crate::named::ItemId;
use serde::{Deserialize, Serialize};

/// A quiz as one attempt shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What the quiz is called.
    pub title: String,
    /// What comes before the first question, in Markdown.
    pub intro: String,
    /// How it is laid out.
    pub layout: Layout,
    /// The questions as this attempt orders them.
    pub items: Vec<PaperItem>,
}

/// One question as one attempt shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperItem {
    /// Its name.
    pub id: ItemId,
    /// How it is answered.
    pub kind: ItemKind,
    /// The question, in Markdown.
    pub stem: String,
    /// The options as this attempt orders them.
    pub options: Vec<PaperOption>,
    /// Whether it has an answer with nothing missing.
    pub answered: bool,
}

/// One option as one attempt shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperOption {
    /// Its shown place, from 1: the value a form sends. See [`super::answer()`].
    pub place: u8,
    /// What it says, in Markdown.
    pub text: String,
    /// Whether it is chosen so far.
    pub chosen: bool,
    /// What it is rated so far, 1 to 4.
    pub rating: Option<u8>,
}

/// The paper of an attempt with this seed and the answers given so far.
#[must_use]
pub fn paper(quiz: &Quiz, seed: u64, answers: &Answers) -> Paper {
    let items = order(quiz, seed)
        .into_iter()
        .filter_map(|place| {
            let item = quiz.item(&place.item)?;
            let given = answers.get(&item.id).filter(|answer| answer.fits(item));
            let options = (1..)
                .zip(&place.options)
                .filter_map(|(number, id)| {
                    Some(PaperOption {
                        place: number,
                        text: item.option(*id)?.text.clone(),
                        chosen: match given {
                            Some(Answer::One(one)) => one == id,
                            Some(Answer::Many(many)) => many.contains(id),
                            _ => false,
                        },
                        rating: match given {
                            Some(Answer::Ratings(ratings)) => ratings.get(id).map(|rating| rating.value()),
                            _ => None,
                        },
                    })
                })
                .collect();
            Some(PaperItem {
                id: place.item,
                kind: item.kind,
                stem: item.stem.clone(),
                options,
                answered: given.is_some_and(|answer| answer.is_complete(item)),
            })
        })
        .collect();
    Paper { title: quiz.title.clone(), intro: quiz.intro.clone(), layout: quiz.layout, items }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn nothing_of_the_key_is_in_it() {
        let quiz = samples::quiz();
        for seed in 0..20 {
            let json = serde_json::to_string(&paper(&quiz, seed, &Answers::new())).unwrap();
            for secret in ["CANARY", "key", "right", "wrong", "why", "\"a\"", "rated"] {
                assert!(!json.contains(secret), "{secret} in {json}");
            }
        }
    }

    #[test]
    fn the_answers_so_far_are_in_it() {
        let quiz = samples::quiz();
        let mut answers = Answers::new();
        answers.insert("one".parse().unwrap(), Answer::One("b".parse().unwrap()));
        answers.insert("rate".parse().unwrap(), serde_json::from_str(r#"{"ratings":{"b":3}}"#).unwrap());
        let paper = paper(&quiz, 3, &answers);
        let find = |name: &str| paper.items.iter().find(|item| item.id.as_str() == name).unwrap();
        let chosen: Vec<_> = find("one").options.iter().filter(|option| option.chosen).collect();
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen[0].text, "Second");
        assert!(find("one").answered && !find("rate").answered && !find("two").answered);
        assert_eq!(find("rate").options.iter().map(|option| option.rating).collect::<Vec<_>>(), [None, Some(3), None]);
    }
}
