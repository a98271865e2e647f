//! Why somebody decided what they decided.

use crate::plain::paragraphs;

/// The reason for a decision, in the words of whoever took it: something, and at most [`Reason::MOST`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// What is wrong with the words of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonProblem {
    /// There are none.
    #[error("a reason says something")]
    Empty,
    /// There are too many.
    #[error("a reason has at most {} characters", Reason::MOST)]
    TooLong,
}

impl Reason {
    /// The most characters.
    pub const MOST: usize = 500;

    /// Reads a reason as people type it: [`paragraphs`].
    ///
    /// # Errors
    /// [`ReasonProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, ReasonProblem> {
        let clean = paragraphs(text);
        if !clean.chars().any(char::is_alphanumeric) {
            Err(ReasonProblem::Empty)
        } else if clean.chars().count() > Self::MOST {
            Err(ReasonProblem::TooLong)
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

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

impl ReasonProblem {
    /// A stable name, for the texts that say it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "reason-empty",
            Self::TooLong => "reason-too-long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something_and_not_too_much() {
        assert_eq!(Reason::parse("  on leave \n").unwrap().as_str(), "on leave");
        assert_eq!(Reason::parse("a\u{0}b\u{202E}\r\nc").unwrap().as_str(), "ab\nc");
        for empty in ["", " \n\t", "\u{0}", "\u{2800}", "…"] {
            assert_eq!(Reason::parse(empty), Err(ReasonProblem::Empty), "{empty:?}");
        }
        assert!(Reason::parse(&"é".repeat(Reason::MOST)).is_ok());
        assert_eq!(Reason::parse(&"é".repeat(Reason::MOST + 1)), Err(ReasonProblem::TooLong));
    }
}
