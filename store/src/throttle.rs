//! Slowing down whoever keeps failing.
//!
//! A key is the hash of what is counted: an account's login, a browser. An attempt is counted before it is judged, so that
//! many at once cannot all slip through, and forgotten when it succeeds. The first four are free; from the fifth on each
//! doubles the wait before the next, from one second to a quarter of an hour. A day without attempts forgets them.

use crate::{Conflict, Db, Result, StoreError, allowances::too_soon, tx::Tx};
use domain::time::Timestamp;

/// Failures that cost nothing.
const FREE: i64 = 4;
/// The longest wait.
const LONGEST: i64 = 15 * Timestamp::MINUTE;
/// How long failures are remembered.
const MEMORY: i64 = Timestamp::DAY;

/// How long to wait after so many failures, in milliseconds: 0, or 2^(failures − 5) seconds, at most [`LONGEST`].
fn wait(failures: i64) -> i64 {
    let doublings = failures - FREE - 1;
    if doublings < 0 { 0 } else { (Timestamp::SECOND << doublings.min(20)).min(LONGEST) }
}

impl Tx {
    /// Counts an attempt as failed until it is known to have succeeded, or gives the error that says from when on the next
    /// one is allowed.
    pub(crate) async fn count_attempt(&mut self, key: [u8; 32], now: Timestamp) -> Result<()> {
        // A wait that is longer than the longest was written under a clock that ran ahead: it says nothing.
        let failures = scalar!(
            self,
            i64,
            "INSERT INTO throttle (key_hash, failures, failed_at, next_at) VALUES ($1, 1, $2, $2)
             ON CONFLICT (key_hash) DO UPDATE SET
                 failures = CASE WHEN throttle.failed_at <= $3 THEN 1 ELSE throttle.failures + 1 END,
                 failed_at = $2
             WHERE throttle.next_at <= $2 OR throttle.next_at > $4
             RETURNING failures",
            key.as_slice(),
            now.0,
            now.plus(-MEMORY).0,
            now.plus(LONGEST).0
        )?;
        let Some(failures) = failures else {
            let next = scalar!(self, i64, "SELECT next_at FROM throttle WHERE key_hash = $1", key.as_slice())?;
            return Err(too_soon(Timestamp(next.unwrap_or(now.0))));
        };
        let next = now.plus(wait(failures));
        run!(self, "UPDATE throttle SET next_at = $2 WHERE key_hash = $1", key.as_slice(), next.0)?;
        Ok(())
    }

    /// Takes an attempt back that was never judged.
    pub(crate) async fn uncount_attempt(&mut self, key: [u8; 32], now: Timestamp) -> Result<()> {
        run!(
            self,
            "UPDATE throttle SET failures = failures - 1, next_at = $2 WHERE key_hash = $1 AND failures > 0",
            key.as_slice(),
            now.0
        )?;
        Ok(())
    }

    /// Forgets the failures of a key: somebody succeeded.
    pub(crate) async fn forget_failures(&mut self, key: [u8; 32]) -> Result<()> {
        run!(self, "DELETE FROM throttle WHERE key_hash = $1", key.as_slice())?;
        Ok(())
    }
}

impl Db {
    /// Counts an attempt under a key, before it is judged.
    ///
    /// # Errors
    /// [`Conflict::TooSoon`] with the moment from which on another one is allowed; this one was not counted then.
    pub async fn count_attempt(&self, key: [u8; 32], now: Timestamp) -> Result<()> {
        self.write(move |tx| Box::pin(async move { tx.count_attempt(key, now).await })).await
    }

    /// Takes an attempt back that was never judged.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn uncount_attempt(&self, key: [u8; 32], now: Timestamp) -> Result<()> {
        self.write(move |tx| Box::pin(async move { tx.uncount_attempt(key, now).await })).await
    }

    /// Forgets the failures of a key: somebody succeeded.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget_failures(&self, key: [u8; 32]) -> Result<()> {
        self.write(move |tx| Box::pin(async move { tx.forget_failures(key).await })).await
    }

    /// Clears away failures that no longer count. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_throttle(&self, now: Timestamp) -> Result<u64> {
        let before = now.plus(-MEMORY).0;
        self.write(move |tx| Box::pin(async move { run!(tx, "DELETE FROM throttle WHERE failed_at <= $1", before) }))
            .await
    }
}

impl StoreError {
    /// The moment from which on another attempt is allowed, where this says that it was too soon.
    #[must_use]
    pub fn too_soon(&self) -> Option<Timestamp> {
        match self {
            Self::Conflict(Conflict::TooSoon(until)) => Some(*until),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<i64> = [0, 1, 4, 5, 6, 7, 14, 15, 1000].map(|n| wait(n) / Timestamp::SECOND).to_vec();
        assert_eq!(seconds, [0, 0, 0, 1, 2, 4, 512, 900, 900]);
    }
}
