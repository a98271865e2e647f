//! What a learner sees after an attempt was submitted.

use super::{
    answer::{Answer, Answers},
    mark::{is_all_or_nothing, mark},
    model::{ItemKind, Key, Quiz},
    order::order,
};
use crate::{named::ItemId, percent::Percent};
use serde::{Deserialize, Serialize};

/// How much of the key is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reveal {
    /// Only what belongs to the options the learner chose: a further attempt must not be copying.
    Chosen,
    /// The whole key with all reasons.
    All,
}

/// How much may be shown after an attempt: all once the quiz was passed, by this attempt or an earlier one, or when no
/// attempt is left of those that the author allows and those that a trainer has `granted`.
///
/// A quiz that may be tried without end is there to learn by: trying would show its key in any case, one option after the
/// other, so each attempt shows it at once. An author who wants it held back limits the attempts.
#[must_use]
pub fn reveal(quiz: &Quiz, passed: bool, attempts_used: u32, granted: u32) -> Reveal {
    let more_count = quiz.attempts.is_some_and(|most| attempts_used < most.saturating_add(granted));
    if more_count && !passed { Reveal::Chosen } else { Reveal::All }
}

/// The result of an attempt, for its learner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    /// What it earned.
    pub percent: Percent,
    /// The mark that passes.
    pub pass: Percent,
    /// Whether it passed.
    pub passed: bool,
    /// How much of the key is in here.
    pub reveal: Reveal,
    /// The questions, ordered as the attempt showed them.
    pub items: Vec<FeedbackItem>,
}

/// The result of one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedbackItem {
    /// Which question.
    pub id: ItemId,
    /// How it was answered.
    pub kind: ItemKind,
    /// The question, in Markdown.
    pub stem: String,
    /// What it earned.
    pub percent: Percent,
    /// Whether it was answered at all.
    pub answered: bool,
    /// The options, ordered as the attempt showed them.
    pub options: Vec<FeedbackOption>,
    /// The reason for the whole key, when everything is shown.
    pub why: Option<String>,
}

/// The result of one option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackOption {
    /// What it says, in Markdown.
    pub text: String,
    /// Whether the learner chose it.
    pub chosen: bool,
    /// What the learner rated it, 1 to 4.
    pub rating: Option<u8>,
    /// Whether it should have been chosen, if that may be shown.
    pub right: Option<bool>,
    /// What it should have been rated, if that may be shown.
    pub key: Option<u8>,
    /// The reason, if it may be shown.
    pub why: Option<String>,
}

/// The result of a submitted attempt.
///
/// With [`Reveal::Chosen`], an option that was not chosen shows neither key nor reason, and of a rated option the key
/// appears only where the rating met it.
#[must_use]
pub fn feedback(quiz: &Quiz, seed: u64, answers: &Answers, reveal: Reveal) -> Feedback {
    let marked = mark(quiz, answers);
    let items = order(quiz, seed)
        .into_iter()
        .filter_map(|place| {
            let item = quiz.item(&place.item)?;
            let percent = marked.items.iter().find(|marked| marked.item == item.id)?.percent;
            let given = answers.get(&item.id).filter(|answer| answer.fits(item));
            let options = place
                .options
                .iter()
                .filter_map(|id| {
                    let option = item.option(*id)?;
                    let chosen = match given {
                        Some(Answer::One(one)) => one == id,
                        Some(Answer::Many(many)) => many.contains(id),
                        _ => false,
                    };
                    let rating = match given {
                        Some(Answer::Ratings(ratings)) => ratings.get(id).copied(),
                        _ => None,
                    };
                    let met = rating.is_some_and(|rating| option.key == Key::Rated(rating));
                    let shown = reveal == Reveal::All || chosen || met;
                    Some(FeedbackOption {
                        text: option.text.clone(),
                        chosen,
                        rating: rating.map(|rating| rating.value()),
                        right: match option.key {
                            Key::Right => shown.then_some(true),
                            Key::Wrong => shown.then_some(false),
                            Key::Rated(_) => None,
                        },
                        key: match option.key {
                            Key::Rated(key) => shown.then_some(key.value()),
                            _ => None,
                        },
                        why: option.why.clone().filter(|_| shown),
                    })
                })
                .collect();
            // The reason for the whole may name the answer; who got it entirely right may read it at once.
            let whole = reveal == Reveal::All || (is_all_or_nothing(item.kind) && percent == Percent::FULL);
            Some(FeedbackItem {
                id: place.item,
                kind: item.kind,
                stem: item.stem.clone(),
                percent,
                answered: given.is_some_and(|answer| answer.is_complete(item)),
                options,
                why: item.why.clone().filter(|_| whole),
            })
        })
        .collect();
    Feedback { percent: marked.percent, pass: quiz.pass, passed: marked.passed, reveal, items }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    fn some_answers() -> Answers {
        let mut answers = Answers::new();
        answers.insert("one".parse().unwrap(), Answer::One("b".parse().unwrap()));
        answers.insert("rate".parse().unwrap(), serde_json::from_str(r#"{"ratings":{"a":4,"b":3,"c":1}}"#).unwrap());
        answers
    }

    #[test]
    fn before_passing_only_the_chosen_is_explained() {
        let quiz = samples::quiz();
        let feedback = feedback(&quiz, 5, &some_answers(), Reveal::Chosen);
        let json = serde_json::to_string(&feedback).unwrap();
        assert!(json.contains("CANARY one b"));
        for hidden in ["CANARY one a", "CANARY one c", "CANARY one all", "CANARY two a", "CANARY rate b"] {
            assert!(!json.contains(hidden), "{hidden}");
        }
        assert!(json.contains("CANARY rate a"), "a rating that met the key is explained");
        let one = feedback.items.iter().find(|item| item.id.as_str() == "one").unwrap();
        let rights: Vec<_> = one.options.iter().filter_map(|option| option.right).collect();
        assert_eq!(rights, [false]);
    }

    #[test]
    fn after_passing_everything_is() {
        let quiz = samples::quiz();
        let json = serde_json::to_string(&feedback(&quiz, 5, &some_answers(), Reveal::All)).unwrap();
        for shown in ["CANARY one a", "CANARY one all", "CANARY two d", "CANARY rate c", "CANARY holds a"] {
            assert!(json.contains(shown), "{shown}");
        }
    }

    #[test]
    fn the_key_opens_on_passing_or_with_the_last_attempt() {
        let quiz = samples::quiz();
        assert_eq!(reveal(&quiz, false, 2, 0), Reveal::Chosen);
        assert_eq!(reveal(&quiz, true, 1, 0), Reveal::All);
        assert_eq!(reveal(&quiz, false, 3, 0), Reveal::All);
        assert_eq!(reveal(&quiz, false, 3, 1), Reveal::Chosen, "a further attempt must not be copying either");
        assert_eq!(reveal(&quiz, false, 4, 1), Reveal::All);
        let endless = Quiz { attempts: None, ..quiz };
        assert_eq!(reveal(&endless, false, 1, 0), Reveal::All, "without a limit it is there to learn by");
    }
}
