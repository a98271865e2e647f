//! Plans: scripted plays of a conversation, which are its tests (`NAME.plan` beside `NAME.conversation`).
//!
//! ```text
//! // A good way through.
//! ## kept-her-word
//! Dana: Third delivery in a row
//! - I'm sorry, Dana. Three times
//! - private #2
//! - (silence)
//! note: An hour later
//! score: >= 70
//! outcome: success
//! passes: yes
//! blockers: none
//! ```
//!
//! A plan reads like a transcript. A step gives the beginning of what is said, or a choice by its place in the file, or
//! silence; lines between the steps must have been said just then; what stands below is what the play must come to.

mod layout;
mod read;
mod run;

use super::{
    condition::Comparison,
    model::{EndingKind, Index},
    parse::Place,
};
use crate::slug::Slug;

pub use self::{
    layout::format_plan,
    read::{ParsedPlan, parse_plan},
    run::{Diverged, follow, run_plan},
};

/// Scripted plays of one conversation.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The file's name, for diagnostics.
    pub path: String,
    /// The source, for showing lines of it.
    pub source: String,
    /// The plays, in order.
    pub plays: Vec<Play>,
    /// Comments above the first and below the last play.
    pub(super) around: (Vec<String>, Vec<String>),
}

/// One scripted play.
#[derive(Debug, Clone)]
pub struct Play {
    /// Its name, unique in the plan.
    pub name: Slug,
    /// Where its name stands.
    pub place: Place,
    /// What is done and heard, in order, and what it must come to.
    pub lines: Vec<PlanLine>,
    pub(super) comments: Vec<String>,
}

/// One line of a play.
#[derive(Debug, Clone)]
pub struct PlanLine {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub what: What,
    pub(super) comments: Vec<String>,
}

/// What a line of a play says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A choice whose words begin so.
    Say(String),
    /// A choice by its place in the file, from 1, and perhaps the node it must be at.
    Pick(Option<Slug>, Index),
    /// Nothing is said until the timer runs out.
    Silence,
    /// These words were said since the step before, by this speaker; `note` and `hold` are nobody.
    Hear(String, String),
    /// The score, in whole points of a hundred.
    Score(Comparison, u8),
    /// How it ends.
    Outcome(EndingKind),
    /// Whether it passes.
    Passes(bool),
    /// Exactly the blockers it meets.
    Blockers(Vec<Slug>),
}

impl What {
    /// Whether it moves the play on.
    #[must_use]
    pub fn is_step(&self) -> bool {
        matches!(self, Self::Say(_) | Self::Pick(..) | Self::Silence)
    }

    /// The step written so: `(silence)`, `#2`, `opening #2`, or the beginning of what is said.
    #[must_use]
    pub fn step(text: &str) -> Self {
        if text == "(silence)" {
            return Self::Silence;
        }
        let picked = text.rsplit_once('#').and_then(|(node, number)| {
            let number = number.parse().ok().filter(|number| *number > 0)?;
            let node = node.trim_end();
            if node.is_empty() { Some((None, number)) } else { Some((Some(node.parse::<Slug>().ok()?), number)) }
        });
        match picked {
            Some((node, number)) => Self::Pick(node, number),
            None => Self::Say(plain(text)),
        }
    }
}

/// The words with single blanks between them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
