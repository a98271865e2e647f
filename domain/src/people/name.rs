//! Names of people and groups.

use super::checked_text;
use crate::plain::{LineProblem, line, stored_line};
use serde::{Deserialize, Serialize};

/// What a person is called: 1 to 100 characters, inner spaces single.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// What a group is called: 1 to 80 characters, inner spaces single.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GroupName(String);

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NameProblem {
    /// Nothing was given.
    #[error("the name is empty")]
    Empty,
    /// Longer than allowed.
    #[error("the name is longer than {0} characters")]
    TooLong(usize),
    /// A line break, a character that changes the direction of the text around it, or one that cannot be shown.
    #[error("the name has a character that cannot be shown")]
    Characters,
}

impl NameProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "name-empty",
            Self::TooLong(_) => "name-too-long",
            Self::Characters => "name-characters",
        }
    }
}

impl From<LineProblem> for NameProblem {
    fn from(problem: LineProblem) -> Self {
        match problem {
            LineProblem::Empty => Self::Empty,
            LineProblem::TooLong(most) => Self::TooLong(most),
            LineProblem::Characters => Self::Characters,
        }
    }
}

impl PersonName {
    /// The most characters.
    pub const MOST: usize = 100;

    /// Reads a name as people type it. Nothing is assumed about its parts.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        Ok(Self(line(text, Self::MOST)?))
    }

    /// A name as it was stored, perhaps under an earlier rule: what cannot be shown is replaced.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(stored_line(text))
    }
}

impl GroupName {
    /// The most characters.
    pub const MOST: usize = 80;

    /// Reads a name as people type it.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        Ok(Self(line(text, Self::MOST)?))
    }

    /// A name as it was stored, perhaps under an earlier rule: what cannot be shown is replaced.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(stored_line(text))
    }
}

checked_text!(PersonName, NameProblem);
checked_text!(GroupName, NameProblem);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_tidied_and_any_script_is_welcome() {
        assert_eq!(PersonName::parse("  Ana   María\tde la Cruz ").unwrap().as_str(), "Ana María de la Cruz");
        for good in ["李", "Ó Súilleabháin", "Jean-Luc", "X Æ A-12", "נועה"] {
            assert_eq!(PersonName::parse(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn a_name_of_an_earlier_rule_can_still_be_shown() {
        for (stored, shown) in [("Ann\u{202E}nnA", "Ann\u{FFFD}nnA"), ("\u{3164}", "\u{FFFD}"), ("Zoë", "Zoë")] {
            assert_eq!(PersonName::stored(stored).as_str(), shown);
            assert_eq!(GroupName::stored(stored).as_str(), shown);
        }
    }

    #[test]
    fn each_fault_has_its_name() {
        assert_eq!(PersonName::parse(" \t"), Err(NameProblem::Empty));
        assert_eq!(PersonName::parse("a\nb"), Err(NameProblem::Characters));
        assert_eq!(PersonName::parse("a\u{202E}b"), Err(NameProblem::Characters));
        assert_eq!(PersonName::parse("\u{3164}"), Err(NameProblem::Empty));
        assert_eq!(PersonName::parse(&"é".repeat(101)), Err(NameProblem::TooLong(100)));
        assert!(PersonName::parse(&"é".repeat(100)).is_ok());
        assert_eq!(GroupName::parse(&"é".repeat(81)), Err(NameProblem::TooLong(80)));
    }
}
