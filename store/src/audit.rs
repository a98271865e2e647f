//! Who did what.

use crate::{
    Db, Result,
    chain::{self, Verified},
    read as stored,
    sql::{Arg, Sql},
    tx::{Lock, Tx},
};
use domain::{
    canonical,
    ids::{CourseId, EnrolmentId, GroupId, ReceiptId, RuleId, SubjectId, VersionId},
    receipt::{self, Head, Seal},
    time::Timestamp,
};
use serde::Serialize;
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

/// Which audit rows are wanted; everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// About this.
    pub object: Option<Object>,
    /// Done by this person.
    pub actor: Option<SubjectId>,
    /// This action.
    pub action: Option<String>,
    /// Older than the row with this number: the last of the page before.
    pub before: Option<i64>,
}

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number; later rows have higher ones.
    pub id: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; nobody when it was the program itself.
    pub actor: Option<SubjectId>,
    /// What was done, as `noun.verb`.
    pub action: String,
    /// The kind of what it is about, as in [`Object::kind`].
    pub object_kind: String,
    /// Which one.
    pub object_id: Option<Uuid>,
    /// What helps to understand it, as JSON.
    pub detail: String,
    /// The number of the seal in the chain; none while it waits for one.
    pub seal: Option<i64>,
}

#[derive(FromRow)]
struct Stored {
    id: i64,
    happened_at: i64,
    actor: Option<Uuid>,
    action: String,
    object_kind: String,
    object_id: Option<Uuid>,
    detail: String,
    seal: Option<i64>,
}

/// What a seal covers of a row. Its canonical JSON may never change.
#[derive(Serialize)]
struct Sealed<'a> {
    at: i64,
    actor: Option<Uuid>,
    action: &'a str,
    kind: &'a str,
    object: Option<Uuid>,
    detail: &'a str,
}

impl Stored {
    fn canonical(&self) -> (u64, String) {
        let sealed = Sealed {
            at: self.happened_at,
            actor: self.actor,
            action: &self.action,
            kind: &self.object_kind,
            object: self.object_id,
            detail: &self.detail,
        };
        (stored::size(self.id), canonical::json(&sealed))
    }
}

fn seal_over(rows: &[Stored]) -> Option<Seal> {
    let rows: Vec<(u64, String)> = rows.iter().map(Stored::canonical).collect();
    Seal::over(rows.iter().map(|(number, json)| (*number, json.as_str())))
}

impl Db {
    /// Notes something that no other write of the store goes with: a sign-in, an export.
    ///
    /// See [`Object`] for what may stand in it, and leave out everything personal.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn record(
        &self,
        actor: Option<SubjectId>,
        action: &'static str,
        object: Object,
        detail: serde_json::Value,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move { tx.audit(actor, action, object, &detail, now).await })
        })
        .await
    }

    /// The audit log, the latest first, at most `limit` rows.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn audit(&self, filter: &AuditFilter, limit: u32) -> Result<Vec<AuditRow>> {
        let mut sql = Sql::new(
            "SELECT id, happened_at, actor, action, object_kind, object_id, detail, seal FROM audit WHERE TRUE",
        );
        if let Some(object) = filter.object {
            sql.bind(" AND object_kind = ", Arg::Text(object.kind().to_owned()));
            if let Some(id) = object.id() {
                sql.bind(" AND object_id = ", Arg::Id(id));
            }
        }
        if let Some(actor) = filter.actor {
            sql.bind(" AND actor = ", Arg::Id(actor.0));
        }
        if let Some(action) = &filter.action {
            sql.bind(" AND action = ", Arg::Text(action.clone()));
        }
        if let Some(before) = filter.before {
            sql.bind(" AND id < ", Arg::Number(before));
        }
        sql.bind(" ORDER BY id DESC LIMIT ", Arg::Number(i64::from(limit)));
        let rows: Vec<Stored> = sql.rows(self).await?;
        Ok(rows
            .into_iter()
            .map(|row| AuditRow {
                id: row.id,
                at: Timestamp(row.happened_at),
                actor: row.actor.map(SubjectId),
                action: row.action,
                object_kind: row.object_kind,
                object_id: row.object_id,
                detail: row.detail,
                seal: row.seal,
            })
            .collect())
    }

    /// Seals the oldest unsealed rows, at most `limit`, as one record of the audit chain. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn seal_audit(&self, limit: u32, now: Timestamp) -> Result<u64> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Audit).await?;
                let rows = rows!(
                    tx,
                    Stored,
                    "SELECT id, happened_at, actor, action, object_kind, object_id, detail, seal FROM audit
                     WHERE seal IS NULL ORDER BY id LIMIT $1",
                    i64::from(limit)
                )?;
                let Some(seal) = seal_over(&rows) else { return Ok(0) };
                let link = tx.append(receipt::AUDIT, seal.body(), now).await?;
                let sequence = i64::try_from(link.sequence).unwrap_or(i64::MAX);
                run!(
                    tx,
                    "INSERT INTO audit_seals (sequence, body, previous, link, sealed_at) VALUES ($1, $2, $3, $4, $5)",
                    sequence,
                    link.body,
                    link.previous.as_bytes().as_slice(),
                    link.link.as_bytes().as_slice(),
                    now.0
                )?;
                // One by one and not by range: a row with a lower number may have been committed in between.
                for row in &rows {
                    run!(tx, "UPDATE audit SET seal = $2 WHERE id = $1", row.id, sequence)?;
                }
                Ok(seal.count)
            })
        })
        .await
    }

    /// Checks the audit chain from its beginning, and every sealed row against its seal.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`] names what does not hold: a seal that was changed, is missing or was cut off
    /// (`audit_seals.link`), or a row that was changed, removed or added (`audit.seal`).
    pub async fn verify_audit(&self) -> Result<Verified> {
        let mut head = Head::start(receipt::AUDIT);
        let noted = chain::head(self, receipt::AUDIT).await?;
        let mut verified = 0;
        loop {
            let next = i64::try_from(head.sequence).unwrap_or(i64::MAX) + 1;
            let found = row!(
                self,
                (i64, Vec<u8>, Vec<u8>, String),
                "SELECT sequence, previous, link, body FROM audit_seals
                 WHERE sequence >= $1 AND sequence <= $2 ORDER BY sequence LIMIT 1",
                next,
                // Seals that are made meanwhile are none of this check's business.
                i64::try_from(noted.sequence).unwrap_or(i64::MAX)
            )?;
            let Some((sequence, previous, link, body)) = found else {
                break;
            };
            let record = chain::record("audit_seals", sequence, &previous, &link, body)?;
            let rows = rows!(
                self,
                Stored,
                "SELECT id, happened_at, actor, action, object_kind, object_id, detail, seal FROM audit
                 WHERE seal = $1 ORDER BY id",
                sequence
            )?;
            head = receipt::follow(&head, &record)
                .map_err(|broken| crate::StoreError::corrupt("audit_seals", "link", broken))?;
            if seal_over(&rows).map(|seal| seal.body()) != Some(record.body) {
                let what =
                    format!("the rows under seal {sequence} are not the ones that were sealed");
                return Err(crate::StoreError::corrupt("audit", "seal", what));
            }
            verified += rows.len() as u64;
        }
        chain::ends_at("audit_seals", head, noted)?;
        Ok(Verified {
            head,
            rows: verified,
        })
    }
}
