//! Who is to take which course by when, and where everybody stands.

mod apply;
mod exceptions;
mod export;
mod filter;
mod group_end;
mod history;
mod past;
mod report;
mod rules;
mod status;
mod tallies;

pub use filter::{ReportFilter, ReportSort, Scope, SortBy};
pub use past::{ActivityPast, AttemptPast, EnrolmentPast, ExceptionKind, ExceptionPast, PersonHistory, RunPast};
pub use report::{CourseRef, Report, ReportRow};
pub use rules::{Assigned, NewRule, Rule, Target};
pub use status::{ReportStatus, UnknownReportStatus};
pub use tallies::{Tallies, Voluntary};

pub(crate) use apply::{apply_to_person, move_due, release_from_group};
