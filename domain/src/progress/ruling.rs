//! What a trainer decides where no attempt is left.

use super::activity::{ActivityState, Done, Missing, Rule, missing};
use std::str::FromStr;

/// A trainer's decision about somebody who has no attempt left. To talk to them first is to decide nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// One more attempt.
    Again,
    /// It counts as done, though it was not passed.
    Accepted,
}

/// The text names no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no decision")]
pub struct UnknownRuling(pub String);

impl Ruling {
    /// Every decision.
    pub const ALL: [Self; 2] = [Self::Again, Self::Accepted];

    /// Its name, in forms and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Accepted => "accepted",
        }
    }

    /// What it does to the activity.
    #[must_use]
    pub fn deed(self) -> Done {
        match self {
            Self::Again => Done::Granted,
            Self::Accepted => Done::Accepted,
        }
    }
}

impl FromStr for Ruling {
    type Err = UnknownRuling;

    fn from_str(text: &str) -> Result<Self, UnknownRuling> {
        Self::ALL.into_iter().find(|ruling| ruling.as_str() == text).ok_or_else(|| UnknownRuling(text.to_owned()))
    }
}

/// Whether an activity waits for a decision: every attempt was used, those that were given too, and none passed.
#[must_use]
pub fn waits(rule: &Rule, state: &ActivityState) -> bool {
    matches!(missing(rule, Some(state)), Some(Missing::NoAttemptLeft { .. }))
}
