//! Names of people and groups.

use super::checked_text;
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
    /// A control character, or one that changes the direction of the text around it.
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

impl PersonName {
    /// Reads a name as people type it. Nothing is assumed about its parts.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        clean(text, 100).map(Self)
    }
}

impl GroupName {
    /// Reads a name as people type it.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        clean(text, 80).map(Self)
    }
}

checked_text!(PersonName, NameProblem);
checked_text!(GroupName, NameProblem);

/// Marks that turn the direction of text or are invisible could make one name look like another.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn clean(text: &str, most: usize) -> Result<String, NameProblem> {
    let words: Vec<&str> = text.split([' ', '\t', '\u{A0}']).filter(|word| !word.is_empty()).collect();
    let name = words.join(" ");
    if name.trim().is_empty() {
        Err(NameProblem::Empty)
    } else if name.chars().any(is_hidden) {
        Err(NameProblem::Characters)
    } else if name.chars().count() > most {
        Err(NameProblem::TooLong(most))
    } else {
        Ok(name)
    }
}

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
    fn each_fault_has_its_name() {
        assert_eq!(PersonName::parse(" \t"), Err(NameProblem::Empty));
        assert_eq!(PersonName::parse("a\nb"), Err(NameProblem::Characters));
        assert_eq!(PersonName::parse("a\u{202E}b"), Err(NameProblem::Characters));
        assert_eq!(PersonName::parse(&"é".repeat(101)), Err(NameProblem::TooLong(100)));
        assert!(PersonName::parse(&"é".repeat(100)).is_ok());
        assert_eq!(GroupName::parse(&"é".repeat(81)), Err(NameProblem::TooLong(80)));
    }
}
