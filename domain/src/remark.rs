//! What learners say back to an author: that they disagree, or that something is wrong, at an exact place.

use crate::{
    named::{ActivityId, ItemId},
    plain::paragraphs,
    slug::Slug,
};
use std::{fmt, str::FromStr};

/// What sort of remark it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemarkKind {
    /// The learner would judge a reply or an answer differently.
    Disagree,
    /// Something is broken, mistaken or hard to understand.
    Problem,
}

impl RemarkKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Disagree, Self::Problem];

    /// Its name, in forms and in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Disagree => "disagree",
            Self::Problem => "problem",
        }
    }
}

impl fmt::Display for RemarkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no kind of remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of remark")]
pub struct UnknownKind;

impl FromStr for RemarkKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(UnknownKind)
    }
}

/// What a remark is about, down to the reply or the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Which activity.
    pub activity: ActivityId,
    /// Where in it.
    pub at: At,
}

/// Where in an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// The activity as a whole.
    Whole,
    /// A decision of a conversation.
    Decision {
        /// Which variant of an assessed conversation; none is its main file.
        variant: Option<Slug>,
        /// The node.
        node: Slug,
        /// The reply, by its place in the file; nothing for silence.
        choice: Option<u16>,
    },
    /// A question of a quiz.
    Item(ItemId),
}

/// The words of a remark: something, and at most [`RemarkText::MOST`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkText(String);

/// What is wrong with the words of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemarkProblem {
    /// There are none.
    #[error("a remark says something")]
    Empty,
    /// There are too many.
    #[error("a remark has at most {} characters", RemarkText::MOST)]
    TooLong,
}

impl RemarkText {
    /// The most characters.
    pub const MOST: usize = 2_000;

    /// Reads a remark as people type it: [`paragraphs`].
    ///
    /// # Errors
    /// [`RemarkProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, RemarkProblem> {
        let clean = paragraphs(text);
        if clean.is_empty() {
            Err(RemarkProblem::Empty)
        } else if clean.chars().count() > Self::MOST {
            Err(RemarkProblem::TooLong)
        } else {
            Ok(Self(clean))
        }
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RemarkProblem {
    /// A stable name, for the texts that say it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "remark-empty",
            Self::TooLong => "remark-too-long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_says_something_and_not_too_much() {
        assert_eq!(RemarkText::parse("  why?\r\nIt fits. \u{7}").unwrap().as_str(), "why?\nIt fits.");
        for empty in ["", "   ", "\n\t", "\u{0}"] {
            assert_eq!(RemarkText::parse(empty), Err(RemarkProblem::Empty), "{empty:?}");
        }
        assert!(RemarkText::parse(&"ü".repeat(RemarkText::MOST)).is_ok());
        assert_eq!(RemarkText::parse(&"ü".repeat(RemarkText::MOST + 1)), Err(RemarkProblem::TooLong));
    }

    #[test]
    fn kinds_have_names() {
        for kind in RemarkKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("praise".parse::<RemarkKind>(), Err(UnknownKind));
    }
}
