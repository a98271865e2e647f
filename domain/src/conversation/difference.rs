//! How two versions of a conversation differ: whether what happened in one can be judged by the key of the other.
//!
//! The *shape* is what decides where events lead: the nodes by name and place, their channel, who reads along and how one
//! answers there; of every choice, jump and timer its condition, effects, target and seconds; the variables; how it ends. The
//! *key* is what the author holds of it all: pass mark, competencies and their weights, ratings, blockers, rationales.
//!
//! Texts are neither, nor is whether a choice is said or done: a corrected typo changes nothing of what somebody decided. But a stored event names a choice by its
//! place alone, so the words at that place must still be those that were chosen: at least [`ALIKE`] of them, and no more
//! like those of another choice of the node. Choices that changed places are another shape.

use super::model::{Choice, Exit, Node, Outcome, Rating, Scenario, Timer};
use crate::slug::Slug;
use std::collections::HashMap;

/// From which share of the pairs of neighbouring letters two texts are the same text, corrected (the Sørensen–Dice
/// coefficient: twice the pairs in common, by the pairs of both).
pub const ALIKE: f64 = 0.5;

/// How two scenarios differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// In texts at most.
    Same,
    /// In the key: every run of the one is a run of the other, and may be judged otherwise there.
    KeyCorrected,
    /// In the shape: what happened in the one says nothing about the other.
    Other,
}

impl Scenario {
    /// How a later version differs from this one.
    #[must_use]
    pub fn difference(&self, after: &Self) -> Difference {
        if !same_shape(self, after) {
            Difference::Other
        } else if same_key(self, after) {
            Difference::Same
        } else {
            Difference::KeyCorrected
        }
    }
}

fn same_shape(one: &Scenario, other: &Scenario) -> bool {
    one.channel == other.channel
        && one.parties.len() == other.parties.len()
        && one.variables == other.variables
        && one.nodes.len() == other.nodes.len()
        && one.nodes.iter().zip(&other.nodes).all(|(one, other)| same_node(one, other))
}

fn same_node(one: &Node, other: &Node) -> bool {
    let place = |node: &Node| (node.channel, node.reply);
    one.id == other.id
        && place(one) == place(other)
        && one.audience == other.audience
        && match (&one.exit, &other.exit) {
            (Exit::Choices { choices: before, timer: limit }, Exit::Choices { choices: after, timer: other_limit }) => {
                before.len() == after.len()
                    && before.iter().zip(after).all(|(one, other)| {
                        one.condition == other.condition && leads_alike(&one.outcome, &other.outcome)
                    })
                    && same_timer(limit.as_ref(), other_limit.as_ref())
                    && same_words(before, after)
            }
            (Exit::Jumps(before), Exit::Jumps(after)) => before == after,
            (Exit::End(before), Exit::End(after)) => before.kind == after.kind,
            _ => false,
        }
}

fn same_timer(one: Option<&Timer>, other: Option<&Timer>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one.seconds == other.seconds && leads_alike(&one.outcome, &other.outcome),
        _ => false,
    }
}

fn leads_alike(one: &Outcome, other: &Outcome) -> bool {
    one.target == other.target && one.effects == other.effects
}

/// Whether every choice still says what was chosen at its place.
fn same_words(before: &[Choice], after: &[Choice]) -> bool {
    if before.iter().zip(after).all(|(one, other)| one.text == other.text) {
        return true;
    }
    let before: Vec<Pairs> = before.iter().map(|choice| Pairs::of(&choice.text)).collect();
    after.iter().zip(0..).all(|(choice, place)| {
        let now = Pairs::of(&choice.text);
        let own = before.get(place).map_or(0.0, |then| then.alike(&now));
        own >= ALIKE && before.iter().all(|then| then.alike(&now) <= own)
    })
}

/// How often each pair of neighbouring letters stands in a text, case and all between words aside.
struct Pairs {
    counts: HashMap<(char, char), u32>,
    total: u32,
}

impl Pairs {
    fn of(text: &str) -> Self {
        let letters = || text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
        let mut pairs = Self { counts: HashMap::new(), total: 0 };
        // A text of one letter, or of none, is a pair with nothing.
        for pair in std::iter::once('\0').chain(letters()).zip(letters().chain(['\0'])) {
            *pairs.counts.entry(pair).or_default() += 1;
            pairs.total += 1;
        }
        pairs
    }

    fn alike(&self, other: &Self) -> f64 {
        let common: u32 =
            self.counts.iter().map(|(pair, count)| other.counts.get(pair).map_or(0, |there| *there.min(count))).sum();
        f64::from(2 * common) / f64::from(self.total + other.total)
    }
}

fn same_key(one: &Scenario, other: &Scenario) -> bool {
    one.pass == other.pass && one.competencies == other.competencies && outcomes(one).eq(outcomes(other))
}

/// What the author holds of everything that can be done, in order.
fn outcomes(scenario: &Scenario) -> impl Iterator<Item = (&[Rating], &[Slug], &str)> {
    scenario.nodes.iter().flat_map(|node| {
        let choices = node.choices().iter().map(|choice| &choice.outcome);
        choices.chain(node.timer().map(|timer| &timer.outcome)).map(key)
    })
}

fn key(outcome: &Outcome) -> (&[Rating], &[Slug], &str) {
    (&outcome.ratings, &outcome.blockers, &outcome.why)
}
