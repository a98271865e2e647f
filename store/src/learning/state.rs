//! How far somebody is with each activity.

use crate::{
    Db, Result, StoreError, read as stored,
    tx::{Source, Tx},
};
use domain::{
    canonical::ContentHash,
    ids::EnrolmentId,
    named::ActivityId,
    percent::Percent,
    progress::{ActivityState, ActivityStatus, States},
    time::Timestamp,
};
use sqlx::FromRow;

const TABLE: &str = "activity_states";

#[derive(FromRow)]
struct Row {
    activity_id: String,
    status: String,
    content_hash: Vec<u8>,
    attempts: i64,
    granted: i64,
    first: Option<f64>,
    best: Option<f64>,
    started_at: i64,
    completed_at: Option<i64>,
}

/// A mark as stored.
pub(super) fn percent(table: &'static str, column: &'static str, stored: Option<f64>) -> Result<Option<Percent>> {
    stored.map(Percent::new).transpose().map_err(|problem| StoreError::corrupt(table, column, problem))
}

impl Row {
    fn read(self) -> Result<ActivityState> {
        let status = match self.status.as_str() {
            "started" => ActivityStatus::InProgress,
            "done" => ActivityStatus::Completed,
            other => {
                return Err(StoreError::corrupt(TABLE, "status", format!("`{other}` is no status")));
            }
        };
        Ok(ActivityState {
            activity: stored::text(TABLE, "activity_id", &self.activity_id)?,
            content: ContentHash::from_bytes(stored::hash(TABLE, "content_hash", &self.content_hash)?),
            status,
            first: percent(TABLE, "first", self.first)?,
            best: percent(TABLE, "best", self.best)?,
            attempts: stored::number(TABLE, "attempts", self.attempts)?,
            granted: stored::number(TABLE, "granted", self.granted)?,
            started: Some(Timestamp(self.started_at)),
            completed: stored::moment(self.completed_at),
        })
    }
}

/// A state that may not be there, beside columns of an enrolment.
#[derive(FromRow)]
pub(super) struct MaybeRow {
    activity_id: Option<String>,
    status: Option<String>,
    content_hash: Option<Vec<u8>>,
    attempts: Option<i64>,
    granted: Option<i64>,
    first: Option<f64>,
    best: Option<f64>,
    begun_at: Option<i64>,
    done_at: Option<i64>,
}

impl MaybeRow {
    pub(super) fn read(self) -> Result<Option<ActivityState>> {
        let (Some(activity_id), Some(status), Some(content_hash), Some(attempts), Some(started_at)) =
            (self.activity_id, self.status, self.content_hash, self.attempts, self.begun_at)
        else {
            return Ok(None);
        };
        let (first, best, completed_at) = (self.first, self.best, self.done_at);
        let granted = self.granted.unwrap_or_default();
        Row { activity_id, status, content_hash, attempts, granted, first, best, started_at, completed_at }
            .read()
            .map(Some)
    }
}

/// The state of every activity that was begun.
pub(super) async fn all(mut on: impl Source, enrolment: EnrolmentId) -> Result<States> {
    rows!(
        on,
        Row,
        "SELECT activity_id, status, content_hash, attempts, granted, first, best, started_at, completed_at
         FROM activity_states WHERE enrolment_id = $1 ORDER BY activity_id",
        enrolment.0
    )?
    .into_iter()
    .map(|row| row.read().map(|state| (state.activity.clone(), state)))
    .collect()
}

/// How many attempts a trainer has given beyond those that the author allows.
pub(super) async fn granted(mut on: impl Source, enrolment: EnrolmentId, activity: &ActivityId) -> Result<u32> {
    let granted = scalar!(
        on,
        i64,
        "SELECT granted FROM activity_states WHERE enrolment_id = $1 AND activity_id = $2",
        enrolment.0,
        activity.as_str()
    )?;
    stored::number(TABLE, "granted", granted.unwrap_or_default())
}

/// Stores a state, in place of the earlier one.
pub(super) async fn put(tx: &mut Tx, enrolment: EnrolmentId, state: &ActivityState, now: Timestamp) -> Result<()> {
    let status = if state.is_completed() { "done" } else { "started" };
    run!(
        tx,
        "INSERT INTO activity_states (enrolment_id, activity_id, status, content_hash, attempts, granted, first, best,
             started_at, seen_at, completed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (enrolment_id, activity_id) DO UPDATE SET
             status = excluded.status, content_hash = excluded.content_hash, attempts = excluded.attempts,
             granted = excluded.granted, first = excluded.first, best = excluded.best, seen_at = excluded.seen_at,
             completed_at = excluded.completed_at",
        enrolment.0,
        state.activity.as_str(),
        status,
        state.content.as_bytes().as_slice(),
        i64::from(state.attempts),
        i64::from(state.granted),
        state.first.map(Percent::value),
        state.best.map(Percent::value),
        state.started.unwrap_or(now).0,
        now.0,
        state.completed.map(|at| at.0)
    )?;
    Ok(())
}

impl Db {
    /// The state of every activity that was begun in an enrolment.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn activity_states(&self, enrolment: EnrolmentId) -> Result<States> {
        all(self, enrolment).await
    }

    /// The state of one activity, if it was begun.
    pub(super) async fn has_state(&self, enrolment: EnrolmentId, activity: &ActivityId) -> Result<bool> {
        let found = scalar!(
            self,
            i64,
            "SELECT attempts FROM activity_states WHERE enrolment_id = $1 AND activity_id = $2",
            enrolment.0,
            activity.as_str()
        )?;
        Ok(found.is_some())
    }
}
