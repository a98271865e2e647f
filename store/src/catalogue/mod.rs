//! Courses and their versions: drafts that are replaced, published versions that never change.

mod list;
mod read;
mod write;

pub use list::{CourseListed, VersionListed};
pub use read::Blob;

use crate::StoreError;
use std::{fmt, str::FromStr};

/// What a published version means to people who are under way with an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is the first one.
    First,
    /// Everybody under way moves on to it and keeps their progress.
    Minor,
}

impl Change {
    /// The stored name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Minor => "minor",
        }
    }
}

/// The text names no change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of change")]
pub struct UnknownChange(pub String);

impl FromStr for Change {
    type Err = UnknownChange;

    fn from_str(text: &str) -> Result<Self, UnknownChange> {
        match text {
            "first" => Ok(Self::First),
            "minor" => Ok(Self::Minor),
            other => Err(UnknownChange(other.to_owned())),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn no_draft() -> StoreError {
    StoreError::NotFound("draft")
}
