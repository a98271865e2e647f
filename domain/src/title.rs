//! What courses and their parts are called.

use crate::plain::{LineProblem, line};
use std::{fmt, str::FromStr};

/// What a course, a module, an activity or a competency is called: a line of at most [`Title::MOST`] characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title(String);

impl Title {
    /// The most characters.
    pub const MOST: usize = 200;

    /// Reads a title as authors write it.
    ///
    /// # Errors
    /// [`LineProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, LineProblem> {
        line(text, Self::MOST).map(Self)
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Title {
    type Err = LineProblem;

    fn from_str(text: &str) -> Result<Self, LineProblem> {
        Self::parse(text)
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
