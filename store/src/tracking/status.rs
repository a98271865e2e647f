//! Where a person stands with a course, in a report.

use domain::time::Timestamp;
use std::{fmt, str::FromStr};

/// What a report says of one person and one course, as of a moment. The first that holds, in the order done, exempt,
/// overdue, in progress, not started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportStatus {
    /// Nothing was done yet.
    NotStarted,
    /// Something was done.
    InProgress,
    /// All of it was done, in time or not.
    Done,
    /// The due day has ended and it is not done.
    Overdue,
    /// Excused from it.
    Exempt,
}

/// A text that names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a status")]
pub struct UnknownReportStatus(pub String);

impl ReportStatus {
    /// Every status, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::NotStarted, Self::InProgress, Self::Done, Self::Exempt];

    /// The name in addresses and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::Exempt => "exempt",
        }
    }

    /// The status as of `now` of an obligation as stored.
    pub(crate) fn of(status: &str, exempt: bool, due_at: Option<i64>, now: Timestamp) -> Option<Self> {
        match (status, exempt) {
            ("done", _) => Some(Self::Done),
            ("not_started" | "in_progress", true) => Some(Self::Exempt),
            ("not_started" | "in_progress", false) if due_at.is_some_and(|due| due <= now.0) => Some(Self::Overdue),
            ("not_started", false) => Some(Self::NotStarted),
            ("in_progress", false) => Some(Self::InProgress),
            _ => None,
        }
    }
}

impl fmt::Display for ReportStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ReportStatus {
    type Err = UnknownReportStatus;

    fn from_str(text: &str) -> Result<Self, UnknownReportStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| UnknownReportStatus(text.to_owned()))
    }
}
