//! What a learner answered.

use super::{
    model::{Item, ItemKind, OptionId, Rating},
    order::ItemOrder,
};
use crate::named::ItemId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The answers of one attempt.
pub type Answers = BTreeMap<ItemId, Answer>;

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The one option that was chosen.
    One(OptionId),
    /// All options that were chosen; possibly none.
    Many(BTreeSet<OptionId>),
    /// What each option was rated; possibly not all of them yet.
    Ratings(BTreeMap<OptionId, Rating>),
}

/// Why form values are no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AnswerProblem {
    /// Nothing was chosen where one option must be.
    #[error("nothing was chosen")]
    Nothing,
    /// More than one option where only one may be.
    #[error("more than one option was chosen")]
    TooMany,
    /// A value that was never offered.
    #[error("a value was sent that was not offered")]
    NotOffered,
    /// Not every option has been rated.
    #[error("not every option has been rated")]
    Unrated,
}

impl AnswerProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nothing => "answer-nothing",
            Self::TooMany => "answer-too-many",
            Self::NotOffered => "answer-not-offered",
            Self::Unrated => "answer-unrated",
        }
    }
}

impl Answer {
    /// Whether nothing is missing: one option, any set, or a rating of every option.
    #[must_use]
    pub fn is_complete(&self, item: &Item) -> bool {
        match self {
            Self::One(_) => true,
            Self::Many(chosen) => !chosen.is_empty(),
            Self::Ratings(ratings) => ratings.len() == item.options.len(),
        }
    }

    /// Whether this kind of answer and its options belong to this question.
    #[must_use]
    pub fn fits(&self, item: &Item) -> bool {
        let known = |id: &OptionId| item.option(*id).is_some();
        match (item.kind, self) {
            (ItemKind::Single | ItemKind::TrueFalse, Self::One(id)) => known(id),
            (ItemKind::Multiple, Self::Many(ids)) => ids.iter().all(known),
            (ItemKind::Judgement, Self::Ratings(ratings)) => ratings.keys().all(known),
            _ => false,
        }
    }
}

/// Reads an answer from a form's values, as [`super::paper`] offers them: for choices `(name, place)` with the option's
/// shown place from 1; for ratings `(place, rating)`, the name of each value being the place of the option rated.
///
/// `order` is the one the page was made from. A judgement may be saved in part.
///
/// # Errors
/// [`AnswerProblem`] says what is wrong; nothing that was not offered is ever taken.
pub fn answer(item: &Item, order: &ItemOrder, values: &[(&str, &str)]) -> Result<Answer, AnswerProblem> {
    let option = |place: &str| -> Result<OptionId, AnswerProblem> {
        let place: usize = place.parse().map_err(|_| AnswerProblem::NotOffered)?;
        let index = place.checked_sub(1).ok_or(AnswerProblem::NotOffered)?;
        order.options.get(index).copied().ok_or(AnswerProblem::NotOffered)
    };
    match item.kind {
        ItemKind::Single | ItemKind::TrueFalse => match values {
            [] => Err(AnswerProblem::Nothing),
            [(_, place)] => Ok(Answer::One(option(place)?)),
            _ => Err(AnswerProblem::TooMany),
        },
        ItemKind::Multiple => values.iter().map(|(_, place)| option(place)).collect::<Result<_, _>>().map(Answer::Many),
        ItemKind::Judgement if values.is_empty() => Err(AnswerProblem::Nothing),
        ItemKind::Judgement => values
            .iter()
            .map(|(place, rating)| {
                let rating = rating.parse().map_err(|_| AnswerProblem::NotOffered)?;
                Ok((option(place)?, rating))
            })
            .collect::<Result<_, _>>()
            .map(Answer::Ratings),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{order::order, samples},
        *,
    };

    fn read(name: &str, values: &[(&str, &str)]) -> Result<Answer, AnswerProblem> {
        let quiz = samples::quiz();
        let item = quiz.item(&name.parse().unwrap()).unwrap();
        let order = order(&quiz, 7);
        answer(item, order.iter().find(|place| place.item == item.id).unwrap(), values)
    }

    #[test]
    fn shown_places_lead_back_to_the_option() {
        let quiz = samples::quiz();
        for seed in 0..50 {
            for place in order(&quiz, seed) {
                let item = quiz.item(&place.item).unwrap();
                if item.kind == ItemKind::Single {
                    for (index, id) in place.options.iter().enumerate() {
                        let value = (index + 1).to_string();
                        assert_eq!(answer(item, &place, &[("x", &value)]), Ok(Answer::One(*id)));
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_that_was_not_offered_is_taken() {
        use AnswerProblem::{NotOffered, Nothing, TooMany};
        for (name, values, problem) in [
            ("one", vec![], Nothing),
            ("one", vec![("x", "1"), ("x", "2")], TooMany),
            ("one", vec![("x", "0")], NotOffered),
            ("one", vec![("x", "4")], NotOffered),
            ("one", vec![("x", "a")], NotOffered),
            ("one", vec![("x", "-1")], NotOffered),
            ("two", vec![("x", "1"), ("x", "9")], NotOffered),
            ("rate", vec![("1", "5")], NotOffered),
            ("rate", vec![("5", "1")], NotOffered),
            ("rate", vec![("1", "")], NotOffered),
        ] {
            assert_eq!(read(name, &values), Err(problem), "{name} {values:?}");
        }
    }

    #[test]
    fn sets_and_ratings_are_read_and_completeness_is_known() {
        let quiz = samples::quiz();
        // Whoever unticks everything takes the answer back.
        let none = read("two", &[]).unwrap();
        assert!(
            none == Answer::Many(BTreeSet::new()) && !none.is_complete(quiz.item(&"two".parse().unwrap()).unwrap())
        );
        let many = read("two", &[("x", "1"), ("x", "3"), ("x", "1")]).unwrap();
        assert!(matches!(&many, Answer::Many(set) if set.len() == 2));
        let item = quiz.item(&"rate".parse().unwrap()).unwrap();
        let part = read("rate", &[("1", "4")]).unwrap();
        assert!(!part.is_complete(item) && part.fits(item) && !many.fits(item));
        let all = read("rate", &[("1", "4"), ("2", "1"), ("3", "2")]).unwrap();
        assert!(all.is_complete(item));
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(json, r#"{"ratings":{"a":4,"b":1,"c":2}}"#);
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), all);
    }
}
