//! Marking.

use super::{
    answer::{Answer, Answers},
    model::{Item, ItemKind, Key, Quiz},
};
use crate::{named::ItemId, percent::Percent};
use serde::{Deserialize, Serialize};

/// What an attempt earned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// The mean over all questions, each with the same weight.
    pub percent: Percent,
    /// Whether that reaches the pass mark.
    pub passed: bool,
    /// Each question, in the order of the file.
    pub items: Vec<MarkedItem>,
}

/// What one answer earned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MarkedItem {
    /// Which question.
    pub item: ItemId,
    /// The share earned; nothing for a question that was not answered.
    pub percent: Percent,
}

/// Marks an attempt. Unanswered questions count and earn nothing.
#[must_use]
pub fn mark(quiz: &Quiz, answers: &Answers) -> Marked {
    let items: Vec<MarkedItem> = quiz
        .items
        .iter()
        .map(|item| MarkedItem { item: item.id.clone(), percent: mark_item(item, answers.get(&item.id)) })
        .collect();
    let sum: f64 = items.iter().map(|marked| marked.percent.value()).sum();
    #[expect(clippy::cast_precision_loss)]
    let percent = Percent::of(sum / 100.0, items.len() as f64);
    Marked { percent, passed: percent.reaches(quiz.pass), items }
}

/// Marks one answer.
///
/// - Single choice and true or false: all or nothing.
/// - Multiple choice: (right chosen − wrong chosen) ÷ number right, never below nothing. This is partial credit with a
///   penalty, the balanced form of formula scoring (Frary, *Formula Scoring of Multiple-Choice Tests*, 1988): choosing
///   everything earns no more than chance.
/// - Judgement: the mean over the options of 1 − |rating − key| ÷ 3, the distance scoring usual for situational
///   judgement tests (McDaniel and others, *Scoring of Situational Judgment Tests*, 2011). An option left unrated earns
///   nothing.
#[must_use]
pub fn mark_item(item: &Item, answer: Option<&Answer>) -> Percent {
    let Some(answer) = answer.filter(|answer| answer.fits(item)) else {
        return Percent::ZERO;
    };
    let is_right = |id| item.option(id).is_some_and(|option| option.key == Key::Right);
    match answer {
        Answer::One(id) if is_right(*id) => Percent::FULL,
        Answer::One(_) => Percent::ZERO,
        Answer::Many(chosen) => {
            let keys = item.options.iter().filter(|option| option.key == Key::Right).count();
            let right = chosen.iter().filter(|id| is_right(**id)).count();
            let wrong = chosen.len() - right;
            share(right.saturating_sub(wrong), keys)
        }
        Answer::Ratings(ratings) => {
            let earned: u32 = item
                .named_options()
                .filter_map(|(id, option)| match (option.key, ratings.get(&id)) {
                    (Key::Rated(key), Some(rating)) => Some(3 - u32::from(key.distance(*rating))),
                    _ => None,
                })
                .sum();
            share(usize::try_from(earned).unwrap_or(0), item.options.len() * 3)
        }
    }
}

fn share(part: usize, whole: usize) -> Percent {
    if whole == 0 {
        return Percent::ZERO;
    }
    #[expect(clippy::cast_precision_loss)]
    let percent = Percent::of(part as f64, whole as f64);
    percent
}

/// Whether a kind is marked all or nothing.
#[must_use]
pub(super) fn is_all_or_nothing(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Single | ItemKind::TrueFalse)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            model::{OptionId, Rating},
            samples,
        },
        *,
    };
    use proptest::prelude::*;

    fn many(letters: &str) -> Answer {
        Answer::Many(letters.chars().map(|c| c.to_string().parse().unwrap()).collect())
    }

    fn ratings(numbers: &[u8]) -> Answer {
        let rated = numbers.iter().enumerate();
        Answer::Ratings(rated.map(|(i, n)| (OptionId::at(i).unwrap(), Rating::try_from(*n).unwrap())).collect())
    }

    fn earned(name: &str, answer: Option<Answer>) -> f64 {
        let quiz = samples::quiz();
        mark_item(quiz.item(&name.parse().unwrap()).unwrap(), answer.as_ref()).value()
    }

    #[test]
    fn each_kind_by_its_rule() {
        let one = |letter: &str| Some(Answer::One(letter.parse().unwrap()));
        for (name, answer, expected) in [
            ("one", one("a"), 100.0),
            ("one", one("b"), 0.0),
            ("one", None, 0.0),
            ("one", Some(many("a")), 0.0),
            ("holds", one("b"), 100.0),
            ("holds", one("a"), 0.0),
            ("two", Some(many("ac")), 100.0),
            ("two", Some(many("a")), 50.0),
            ("two", Some(many("ab")), 0.0),
            ("two", Some(many("abc")), 50.0),
            ("two", Some(many("abcd")), 0.0),
            ("two", Some(many("bd")), 0.0),
            ("rate", Some(ratings(&[4, 1, 2])), 100.0),
            ("rate", Some(ratings(&[1, 4, 4])), 100.0 / 9.0),
            ("rate", Some(ratings(&[4])), 100.0 / 3.0),
        ] {
            assert!((earned(name, answer.clone()) - expected).abs() < 1e-9, "{name} {answer:?}");
        }
    }

    #[test]
    fn questions_weigh_the_same_and_unanswered_ones_count() {
        let quiz = samples::quiz();
        let mut answers = Answers::new();
        answers.insert("one".parse().unwrap(), Answer::One("a".parse().unwrap()));
        answers.insert("two".parse().unwrap(), many("a"));
        let marked = mark(&quiz, &answers);
        assert!((marked.percent.value() - 37.5).abs() < 1e-9);
        assert!(!marked.passed);
        answers.insert("two".parse().unwrap(), many("ac"));
        answers.insert("holds".parse().unwrap(), Answer::One("b".parse().unwrap()));
        let marked = mark(&quiz, &answers);
        assert!((marked.percent.value() - 75.0).abs() < 1e-9);
        assert!(marked.passed, "75 passes at 75");
    }

    proptest! {
        #[test]
        fn more_right_is_never_worse(chosen in prop::collection::btree_set(0usize..4, 0..=4)) {
            let quiz = samples::quiz();
            let item = quiz.item(&"two".parse().unwrap()).unwrap();
            let score = |set: &std::collections::BTreeSet<usize>| {
                let ids = set.iter().map(|i| OptionId::at(*i).unwrap()).collect();
                mark_item(item, Some(&Answer::Many(ids))).value()
            };
            for index in [0, 2] {
                let mut with = chosen.clone();
                with.insert(index);
                prop_assert!(score(&with) >= score(&chosen));
            }
            for index in [1, 3] {
                let mut with = chosen.clone();
                with.insert(index);
                prop_assert!(score(&with) <= score(&chosen));
            }
        }

        #[test]
        fn a_rating_nearer_to_the_key_is_never_worse(a in 1u8..=4, b in 1u8..=4) {
            let (near, far) = if a.abs_diff(4) <= b.abs_diff(4) { (a, b) } else { (b, a) };
            prop_assert!(earned("rate", Some(ratings(&[near]))) >= earned("rate", Some(ratings(&[far]))));
        }
    }
}
