//! Work in the background: rows with a lease, which any server may take.
//!
//! Each effect happens once: a job is put in by a name that tells it from every other (`dedupe`), is leased to one
//! server at a time, and only the holder of the lease may say what became of it. A server that dies lets the lease
//! run out; what the job does must therefore be safe to begin again.

use crate::{
    Conflict, Db, Result, StoreError, read as stored,
    sql::{Arg, Sql},
    tx::Tx,
};
use domain::{
    ids::{JobId, uuid_v7},
    time::{Entropy, Timestamp},
};
use uuid::Uuid;

/// A job to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// What is to be done.
    pub kind: String,
    /// Tells it from every other of its kind, finished ones included.
    pub dedupe: String,
    /// What the doer needs to know.
    pub payload: String,
    /// Not before this.
    pub run_at: Timestamp,
}

/// A job in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which one.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// What the doer needs to know.
    pub payload: String,
    /// How often it was begun, this time included.
    pub attempts: u32,
    /// The proof of having it in hand.
    pub lease: Uuid,
}

const LOST: StoreError = StoreError::Conflict(Conflict::Changed("job"));

fn held(touched: u64) -> Result<()> {
    if touched == 0 { Err(LOST) } else { Ok(()) }
}

impl Tx {
    /// Puts in a job as part of another change. False when it was there already, finished or not.
    pub(crate) async fn put_job(&mut self, id: JobId, new: &NewJob, now: Timestamp) -> Result<bool> {
        let put = run!(
            self,
            "INSERT INTO jobs (id, kind, dedupe, payload, created_at, run_at, attempts)
             VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (kind, dedupe) DO NOTHING",
            id.0,
            new.kind.as_str(),
            new.dedupe.as_str(),
            new.payload.as_str(),
            now.0,
            new.run_at.0
        )?;
        Ok(put > 0)
    }
}

impl Db {
    /// Puts in a job. False when it was there already, finished or not.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn put_job(&self, new: NewJob, now: Timestamp, entropy: &dyn Entropy) -> Result<bool> {
        let id = JobId::new(now, entropy);
        self.write(move |tx| Box::pin(async move { tx.put_job(id, &new, now).await })).await
    }

    /// Takes the job that has waited longest, of the `kinds` this server knows, for `lease` milliseconds.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn claim_job(
        &self,
        kinds: &[&str],
        lease: i64,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Option<Job>> {
        if kinds.is_empty() {
            return Ok(None);
        }
        let key = uuid_v7(now, entropy);
        let mut sql = Sql::new("UPDATE jobs SET attempts = attempts + 1, lease = ");
        sql.bind("", Arg::Id(key))
            .bind(", leased_until = ", Arg::Number(now.plus(lease).0))
            .bind(
                " WHERE id = (SELECT id FROM jobs WHERE finished_at IS NULL AND failed_at IS NULL AND run_at <= ",
                Arg::Number(now.0),
            )
            .bind(" AND (leased_until IS NULL OR leased_until <= ", Arg::Number(now.0))
            .push(") AND kind IN (");
        for (index, kind) in kinds.iter().enumerate() {
            sql.bind(if index == 0 { "" } else { ", " }, Arg::Text((*kind).to_owned()));
        }
        sql.push(") ORDER BY run_at, id LIMIT 1");
        // Two servers that ask at once get two jobs, and neither waits for the other.
        sql.push(self.skip_locked());
        sql.push(") RETURNING id, kind, payload, attempts");
        let rows: Vec<(Uuid, String, String, i64)> =
            self.write(move |tx| Box::pin(async move { sql.rows(tx).await })).await?;
        rows.into_iter()
            .next()
            .map(|(id, kind, payload, attempts)| {
                let attempts = stored::number("jobs", "attempts", attempts)?;
                Ok(Job { id: JobId(id), kind, payload, attempts, lease: key })
            })
            .transpose()
    }

    /// The job is done.
    ///
    /// # Errors
    /// [`Conflict::Changed`] when the lease ran out and another server took it.
    pub async fn finish_job(&self, job: &Job, now: Timestamp) -> Result<()> {
        let (id, lease) = (job.id, job.lease);
        self.write(move |tx| {
            Box::pin(async move {
                held(run!(
                    tx,
                    "UPDATE jobs SET finished_at = $3, lease = NULL, leased_until = NULL, error = NULL
                     WHERE id = $1 AND lease = $2",
                    id.0,
                    lease,
                    now.0
                )?)
            })
        })
        .await
    }

    /// The job is done and nothing of it stays: its payload is personal, and the same may be asked for again.
    ///
    /// # Errors
    /// [`Conflict::Changed`] when the lease ran out and another server took it.
    pub async fn forget_job(&self, job: &Job) -> Result<()> {
        let (id, lease) = (job.id, job.lease);
        self.write(move |tx| {
            Box::pin(async move { held(run!(tx, "DELETE FROM jobs WHERE id = $1 AND lease = $2", id.0, lease)?) })
        })
        .await
    }

    /// The job is to be done again at `run_at`: because this time failed (`error`), or because it recurs (without).
    ///
    /// # Errors
    /// [`Conflict::Changed`] when the lease ran out and another server took it.
    pub async fn retry_job(&self, job: &Job, error: Option<String>, run_at: Timestamp) -> Result<()> {
        let (id, lease) = (job.id, job.lease);
        self.write(move |tx| {
            Box::pin(async move {
                held(run!(
                    tx,
                    "UPDATE jobs SET run_at = $3, error = $4, lease = NULL, leased_until = NULL,
                                     attempts = CASE WHEN $4 IS NULL THEN 0 ELSE attempts END
                     WHERE id = $1 AND lease = $2",
                    id.0,
                    lease,
                    run_at.0,
                    error
                )?)
            })
        })
        .await
    }

    /// The job is given up.
    ///
    /// # Errors
    /// [`Conflict::Changed`] when the lease ran out and another server took it.
    pub async fn fail_job(&self, job: &Job, error: String, now: Timestamp) -> Result<()> {
        let (id, lease) = (job.id, job.lease);
        self.write(move |tx| {
            Box::pin(async move {
                held(run!(
                    tx,
                    "UPDATE jobs SET failed_at = $3, error = $4, lease = NULL, leased_until = NULL
                     WHERE id = $1 AND lease = $2",
                    id.0,
                    lease,
                    now.0,
                    error
                )?)
            })
        })
        .await
    }

    /// What makes PostgreSQL pass over rows another transaction is taking; SQLite has one writer at a time.
    pub(crate) fn skip_locked(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "",
            Self::Postgres { .. } => " FOR UPDATE SKIP LOCKED",
        }
    }
}
