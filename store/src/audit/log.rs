//! The audit log: adding to it from outside, and reading it.

use super::{Object, Stored};
use crate::{
    Db, Result,
    sql::{Arg, Sql},
};
use domain::{ids::SubjectId, time::Timestamp};
use uuid::Uuid;

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

/// The columns of a row, as [`Stored`] has them.
pub(crate) const SELECT_ROWS: &str =
    "SELECT id, happened_at, actor, action, object_kind, object_id, detail, seal FROM audit";

/// Rows as they are told.
pub(crate) fn read_rows(rows: Vec<Stored>) -> Result<Vec<AuditRow>> {
    let told = rows.into_iter().map(|row| AuditRow {
        id: row.id,
        at: Timestamp(row.happened_at),
        actor: row.actor.map(SubjectId),
        action: row.action,
        object_kind: row.object_kind,
        object_id: row.object_id,
        detail: row.detail,
        seal: row.seal,
    });
    Ok(told.collect())
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
        self.write(move |tx| Box::pin(async move { tx.audit(actor, action, object, &detail, now).await })).await
    }

    /// The audit log, the latest first, at most `limit` rows.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn audit(&self, filter: &AuditFilter, limit: u32) -> Result<Vec<AuditRow>> {
        let mut sql = Sql::new(SELECT_ROWS);
        sql.push(" WHERE TRUE");
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
        read_rows(sql.rows(self).await?)
    }
}
