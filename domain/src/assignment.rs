//! What somebody has to do by when.

#[cfg(feature = "authoring")]
mod calendar;
mod day;
#[cfg(test)]
mod tests;

#[cfg(feature = "authoring")]
pub use calendar::{NoSuchMoment, day_at, days_after, days_left, end_of_day};
pub use day::{Day, NotADay};

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// This long before the end of the due day a thing counts as due soon.
pub const SOON: i64 = 7 * Timestamp::DAY;

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing was done yet.
    NotStarted,
    /// Something was done.
    InProgress,
    /// All of it was done, in time or not.
    Done,
    /// The due day has ended and it is not done.
    Overdue,
}

impl Status {
    /// Every status, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::InProgress, Self::Done, Self::Overdue];

    /// The name in addresses and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Overdue => "overdue",
        }
    }
}

/// The text names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a status")]
pub struct UnknownStatus(pub String);

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

/// What is known of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// When the first activity was begun.
    pub started: Option<Timestamp>,
    /// When the last required activity was completed.
    pub completed: Option<Timestamp>,
    /// The first moment after the due day, see [`end_of_day`]; nothing when there is no due date.
    pub due_at: Option<Timestamp>,
}

impl Standing {
    /// The status as of `now`. Being overdue outweighs being under way; being done outweighs both.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> Status {
        if self.completed.is_some() {
            Status::Done
        } else if self.due_at.is_some_and(|due| now >= due) {
            Status::Overdue
        } else if self.started.is_some() {
            Status::InProgress
        } else {
            Status::NotStarted
        }
    }

    /// Whether it is open and its due day ends within [`SOON`].
    #[must_use]
    pub fn is_due_soon(&self, now: Timestamp) -> bool {
        self.completed.is_none() && self.due_at.is_some_and(|due| now < due && due.since(now) <= SOON)
    }

    /// Whether it was done after the due day.
    #[must_use]
    pub fn was_late(&self) -> bool {
        matches!((self.completed, self.due_at), (Some(done), Some(due)) if done >= due)
    }
}
