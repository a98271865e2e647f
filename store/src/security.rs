//! Security events: who signed in, what failed, what was refused. Rows of the audit log, and counts by the hour.

use crate::{
    AuditRow, Db, Object, Result, audit,
    sql::{Arg, Sql},
    tx::Tx,
};
use domain::{ids::SubjectId, time::Timestamp};
use serde_json::json;

/// Somebody signed in.
pub const SIGNED_IN: &str = "sign-in.succeed";
/// An attempt to sign in failed.
pub const SIGN_IN_FAILED: &str = "sign-in.fail";
/// An attempt was not looked at: its account or address has to wait.
pub const SIGN_IN_LOCKED: &str = "sign-in.lock";
/// A request was refused that came from somewhere else.
pub const REQUEST_REFUSED: &str = "request.refuse";

/// Every action of these, in the order they are told.
pub const SECURITY_ACTIONS: [&str; 4] = [SIGNED_IN, SIGN_IN_FAILED, SIGN_IN_LOCKED, REQUEST_REFUSED];

/// How long the counts are kept.
const COUNTED: i64 = 30 * Timestamp::DAY;

/// The same event, once or several times within a short time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityEvent {
    /// One of [`SECURITY_ACTIONS`].
    pub action: &'static str,
    /// Why, as a short code.
    pub reason: &'static str,
    /// Whose account it is about, where that is known.
    pub subject: Option<SubjectId>,
    /// Where it came from: the beginning of a keyed hash, enough to tell addresses apart.
    pub address: String,
    /// How often.
    pub count: u32,
}

impl Tx {
    /// Writes a security event into the audit log, and counts it.
    pub(crate) async fn security(
        &mut self,
        actor: Option<SubjectId>,
        event: &SecurityEvent,
        now: Timestamp,
    ) -> Result<()> {
        let object = event.subject.map_or(Object::Site, Object::Person);
        let detail = json!({ "reason": event.reason, "address": event.address, "count": event.count });
        self.audit(actor, event.action, object, &detail, now).await?;
        run!(
            self,
            "INSERT INTO security_hours (hour_at, action, events) VALUES ($1, $2, $3)
             ON CONFLICT (hour_at, action) DO UPDATE SET events = security_hours.events + excluded.events",
            now.0 - now.0.rem_euclid(Timestamp::HOUR),
            event.action,
            i64::from(event.count)
        )?;
        Ok(())
    }
}

impl Db {
    /// Writes events into the audit log, and counts them.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn record_security(&self, events: Vec<SecurityEvent>, now: Timestamp) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        self.write(move |tx| {
            Box::pin(async move {
                for event in &events {
                    tx.security(None, event, now).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// The security events of the audit log, the latest first, at most `limit`; only those older than row `before`, where
    /// that is given.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn security_events(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditRow>> {
        let mut sql = Sql::new(audit::SELECT_ROWS);
        sql.push(" WHERE action IN (");
        for (index, action) in SECURITY_ACTIONS.iter().enumerate() {
            sql.bind(if index == 0 { "" } else { ", " }, Arg::Text((*action).to_owned()));
        }
        sql.bind(") AND id < ", Arg::Number(before.unwrap_or(i64::MAX)));
        sql.bind(" ORDER BY id DESC LIMIT ", Arg::Number(i64::from(limit)));
        audit::read_rows(sql.rows(self).await?)
    }

    /// How often each action happened from `since` on, by whole hours.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn security_counts(&self, since: Timestamp) -> Result<Vec<(String, u64)>> {
        let rows = rows!(
            self,
            (String, i64),
            "SELECT action, CAST(SUM(events) AS BIGINT) FROM security_hours WHERE hour_at >= $1 GROUP BY action",
            since.0 - since.0.rem_euclid(Timestamp::HOUR)
        )?;
        Ok(rows.into_iter().map(|(action, events)| (action, u64::try_from(events).unwrap_or_default())).collect())
    }

    /// Clears away counts that nobody looks at any more. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_security(&self, now: Timestamp) -> Result<u64> {
        let before = now.plus(-COUNTED).0;
        self.write(move |tx| {
            Box::pin(async move { run!(tx, "DELETE FROM security_hours WHERE hour_at <= $1", before) })
        })
        .await
    }
}
