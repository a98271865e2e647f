//! A quiz with one question of each kind, for tests.

use super::model::{Item, ItemKind, ItemOption, Key, Layout, Quiz};
use crate::percent::Percent;

fn item(id: &str, kind: ItemKind, options: &[(&str, Key)]) -> Item {
    let letters = ["a", "b", "c", "d"];
    Item {
        id: id.parse().unwrap(),
        kind,
        competency: None,
        stem: format!("Question {id}?"),
        options: options
            .iter()
            .zip(letters)
            .map(|((text, key), letter)| ItemOption {
                text: (*text).to_owned(),
                key: *key,
                why: Some(format!("CANARY {id} {letter}")),
            })
            .collect(),
        why: Some(format!("CANARY {id} all")),
    }
}

pub(super) fn quiz() -> Quiz {
    use Key::{Right, Wrong};
    let rated = |number: u8| Key::Rated(number.try_into().unwrap());
    Quiz {
        title: "Sample".into(),
        pass: Percent::new(75.0).unwrap(),
        attempts: Some(3),
        layout: Layout::One,
        shuffle: true,
        intro: "Take your time.".into(),
        items: vec![
            item("one", ItemKind::Single, &[("First", Right), ("Second", Wrong), ("Third", Wrong)]),
            item("two", ItemKind::Multiple, &[("W", Right), ("X", Wrong), ("Y", Right), ("Z", Wrong)]),
            item("holds", ItemKind::TrueFalse, &[("True", Wrong), ("False", Right)]),
            item("rate", ItemKind::Judgement, &[("P", rated(4)), ("Q", rated(1)), ("R", rated(2))]),
        ],
    }
}
