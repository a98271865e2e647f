//! Who did what.

mod log;
mod seal;

pub use log::{AuditFilter, AuditRow};
pub(crate) use log::{SELECT_ROWS, read_rows};

use crate::{Result, tx::Tx};
use domain::{
    ids::{CourseId, EnrolmentId, GroupId, ReceiptId, RuleId, SubjectId, VersionId},
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

/// What an audit row is about. A person stands there by subject id, never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// The site as a whole.
    Site,
    /// A person.
    Person(SubjectId),
    /// A group.
    Group(GroupId),
    /// A course, through all its versions.
    Course(CourseId),
    /// One version of a course.
    Version(VersionId),
    /// An assignment rule.
    Rule(RuleId),
    /// A person's taking of a course.
    Enrolment(EnrolmentId),
    /// A receipt.
    Receipt(ReceiptId),
}

impl Object {
    /// The name of the kind, as stored.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Person(_) => "person",
            Self::Group(_) => "group",
            Self::Course(_) => "course",
            Self::Version(_) => "version",
            Self::Rule(_) => "rule",
            Self::Enrolment(_) => "enrolment",
            Self::Receipt(_) => "receipt",
        }
    }

    /// Which one of the kind.
    #[must_use]
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Site => None,
            Self::Person(id) => Some(id.0),
            Self::Group(id) => Some(id.0),
            Self::Course(id) => Some(id.0),
            Self::Version(id) => Some(id.0),
            Self::Rule(id) => Some(id.0),
            Self::Enrolment(id) => Some(id.0),
            Self::Receipt(id) => Some(id.0),
        }
    }
}

impl Tx {
    /// Notes that `actor` (nobody: the program itself) did `action` to `object`.
    ///
    /// `action` is `noun.verb` in lower case, as in `person.disable`. `detail` holds whatever helps to understand it
    /// later and nothing personal: identifiers, counts, dates, settings; no names, addresses or reasons in free text.
    /// The row is sealed into its chain a little later, in a batch.
    pub(crate) async fn audit(
        &mut self,
        actor: Option<SubjectId>,
        action: &'static str,
        object: Object,
        detail: &serde_json::Value,
        now: Timestamp,
    ) -> Result<()> {
        run!(
            self,
            "INSERT INTO audit (happened_at, actor, action, object_kind, object_id, detail)
             VALUES ($1, $2, $3, $4, $5, $6)",
            now.0,
            actor.map(|actor| actor.0),
            action,
            object.kind(),
            object.id(),
            detail.to_string(),
        )?;
        Ok(())
    }
}

/// A row as stored.
#[derive(FromRow)]
pub(crate) struct Stored {
    id: i64,
    happened_at: i64,
    actor: Option<Uuid>,
    action: String,
    object_kind: String,
    object_id: Option<Uuid>,
    detail: String,
    seal: Option<i64>,
}
