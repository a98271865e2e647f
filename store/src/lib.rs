//! The only crate that knows SQL.
//!
//! [`Db`] is SQLite or PostgreSQL behind one set of functions, in one module per noun of the domain. Every function
//! takes the time as an argument, gives domain types back, and runs on both databases from one SQL text (the few that
//! cannot say so). Every change that matters is written together with its audit row.

#[macro_use]
mod statement;

mod allowances;
mod audit;
mod catalogue;
mod chain;
mod db;
mod error;
mod file;
mod flashes;
mod groups;
mod jobs;
mod keys;
mod learning;
mod migrate;
mod outbox;
mod page;
mod people;
mod read;
mod receipts;
mod remarks;
mod security;
mod sessions;
mod settings;
mod sign_in;
mod sql;
mod suggestions;
mod throttle;
mod tickets;
mod tracking;
mod tx;

pub use allowances::Allowance;
pub use audit::{AuditFilter, AuditRow, Object};
pub use catalogue::{Blob, Change, CourseListed, UnknownChange, VersionListed};
pub use chain::{ChainCheck, ChainKeys, Doubt, KnownEnd, SignedEnd, SignedLate, VERIFY, Verified};
pub use db::{Db, Options};
pub use error::{Conflict, StoreError};
pub use groups::{Group, GroupPerson, GroupRef, Membership};
pub use jobs::{Job, NewJob};
pub use learning::{
    Attempt, BlockedReply, Cause, Enrolment, FirstRun, FirstRuns, HomeRow, JudgedRuns, NewRuling, Overturning, PastRun,
    Prepared, Progressed, REGRADE, Regrade, Ruled, RuledListed, Run, Said, Suggested, Tried, Verdict,
};
pub use outbox::{Mail, NewMail};
pub use page::{Page, Paged};
pub use people::{
    Credentials, NewPerson, PeopleCounts, PeopleFilter, Person, PersonChange, PersonListed, PersonState, UnknownState,
};
pub use receipts::{Holder, StoredReceipt};
pub use remarks::{NewRemark, Remark};
pub use security::{REQUEST_REFUSED, SECURITY_ACTIONS, SIGN_IN_FAILED, SIGN_IN_LOCKED, SIGNED_IN, SecurityEvent};
pub use sessions::{NewSession, SessionListed, SessionPerson};
pub use sign_in::{ResetRequest, SignIn, SignInAttempt};
pub use suggestions::Suggestion;
pub use tickets::{MailedTicket, NewTicket, TicketKind, TicketSeen, UnknownTicket};
pub use tracking::{
    ActivityPast, Assigned, AttemptPast, CourseRef, EnrolmentPast, ExceptionKind, ExceptionPast, NewRule,
    PersonHistory, Report, ReportFilter, ReportRow, ReportSort, ReportStatus, Rule, RunPast, Scope, SortBy, Tallies,
    Target, UnknownReportStatus, Voluntary,
};

/// What every function of this crate gives back.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
