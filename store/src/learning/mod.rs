//! Learning: taking a course, answering, talking, and what comes of it.
//!
//! Everything that changes how far somebody is happens in one transaction: the deed itself, the activity's state, the
//! obligation's counts and, with the last required activity, the receipt. A transaction first locks the row that its
//! deeds hang on (the enrolment, or the attempt or run and then the enrolment), so that of two racing requests one waits
//! and then finds the deed done.

mod attempt;
mod deed;
mod enrolment;
mod first;
mod home;
mod lesson;
mod outline;
mod receipt;
mod regrade;
mod rewind;
mod ruling;
mod run;
mod state;
mod track;

pub use attempt::Attempt;
pub use enrolment::Enrolment;
pub use first::{FirstRun, FirstRuns};
pub use home::HomeRow;
pub use regrade::{BlockedReply, Cause, JudgedRuns, Overturning, REGRADE, Regrade, Verdict};
pub(crate) use regrade::{Task, put_in};
pub(crate) use ruling::ruled;
pub use ruling::{NewRuling, Ruled, RuledListed, Tried};
pub use run::{PastRun, Prepared, Run, Said, Suggested};
pub(crate) use run::{variant_column, variant_name};

use domain::ids::ReceiptId;

/// How far somebody is after a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progressed {
    /// How many required activities are completed.
    pub done: u32,
    /// How many required activities there are.
    pub total: u32,
    /// The receipt, when the course is complete: with this deed or since an earlier one.
    pub receipt: Option<ReceiptId>,
}
