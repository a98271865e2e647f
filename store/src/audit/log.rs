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
    /// Done by one of these people, or about one of them.
    pub people: Option<Vec<SubjectId>>,
    /// This action.
    pub action: Option<String>,
    /// One of these actions: what the reader may see at all.
    pub among: Option<Vec<String>>,
    /// Not earlier than this moment.
    pub from: Option<Timestamp>,
    /// Earlier than this moment.
    pub until: Option<Timestamp>,
    /// Older than the row with this number: the last of the page before.
    pub before: Option<i64>,
}

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number: the order in which rows were written.
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

/// Adds a list of values; one that nothing equals where there are none.
fn list(sql: &mut Sql, values: impl Iterator<Item = Arg>) {
    let mut none = true;
    for value in values {
        sql.bind(if none { "" } else { ", " }, value);
        none = false;
    }
    if none {
        sql.push("NULL");
    }
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
        if let Some(people) = &filter.people {
            sql.push(" AND (actor IN (");
            list(&mut sql, people.iter().map(|person| Arg::Id(person.0)));
            sql.push(") OR (object_kind = 'person' AND object_id IN (");
            list(&mut sql, people.iter().map(|person| Arg::Id(person.0)));
            sql.push(")))");
        }
        if let Some(action) = &filter.action {
            sql.bind(" AND action = ", Arg::Text(action.clone()));
        }
        if let Some(among) = &filter.among {
            // Most rows are among them: the order of time is the way to the page, not the index of actions.
            sql.push(" AND action || '' IN (");
            list(&mut sql, among.iter().map(|action| Arg::Text(action.clone())));
            sql.push(")");
        }
        if let Some(from) = filter.from {
            sql.bind(" AND happened_at >= ", Arg::Number(from.0));
        }
        if let Some(until) = filter.until {
            sql.bind(" AND happened_at < ", Arg::Number(until.0));
        }
        if let Some(before) = filter.before {
            sql.bind(
                " AND (happened_at, id) < (SELECT b.happened_at, b.id FROM audit AS b WHERE b.id = ",
                Arg::Number(before),
            )
            .push(")");
        }
        sql.bind(" ORDER BY happened_at DESC, id DESC LIMIT ", Arg::Number(i64::from(limit)));
        read_rows(sql.rows(self).await?)
    }
}
