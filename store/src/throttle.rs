//! Slowing down whoever keeps failing.
//!
//! A key is the SHA-256 of what is counted: an account's login, an address. The first four failures are free; from the
//! fifth on each doubles the wait, from one second to a quarter of an hour. A day without failures forgets them.

use crate::{Db, Result};
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

impl Db {
    /// The moment from which another attempt is allowed, when that lies ahead for any of `keys`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn throttled(&self, keys: &[[u8; 32]], now: Timestamp) -> Result<Option<Timestamp>> {
        let mut latest = None;
        for key in keys {
            let next = scalar!(
                self,
                i64,
                "SELECT next_at FROM throttle WHERE key_hash = $1 AND next_at > $2",
                key.as_slice(),
                now.0
            )?;
            latest = latest.max(next.map(Timestamp));
        }
        Ok(latest)
    }

    /// Counts a failure. Gives the moment from which another attempt is allowed, when that lies ahead.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn record_failure(&self, key: [u8; 32], now: Timestamp) -> Result<Option<Timestamp>> {
        self.write(move |tx| {
            Box::pin(async move {
                let failures = scalar!(
                    tx,
                    i64,
                    "INSERT INTO throttle (key_hash, failures, failed_at, next_at) VALUES ($1, 1, $2, $2)
                     ON CONFLICT (key_hash) DO UPDATE SET
                         failures = CASE WHEN throttle.failed_at <= $3 THEN 1 ELSE throttle.failures + 1 END,
                         failed_at = $2
                     RETURNING failures",
                    key.as_slice(),
                    now.0,
                    now.plus(-MEMORY).0
                )?
                .unwrap_or(1);
                let next = now.plus(wait(failures));
                run!(tx, "UPDATE throttle SET next_at = $2 WHERE key_hash = $1", key.as_slice(), next.0)?;
                Ok((next > now).then_some(next))
            })
        })
        .await
    }

    /// Forgets the failures of `keys`: somebody succeeded.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn clear_failures(&self, keys: Vec<[u8; 32]>) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                for key in &keys {
                    run!(tx, "DELETE FROM throttle WHERE key_hash = $1", key.as_slice())?;
                }
                Ok(())
            })
        })
        .await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<i64> = [0, 1, 4, 5, 6, 7, 14, 15, 1000].map(|n| wait(n) / Timestamp::SECOND).to_vec();
        assert_eq!(seconds, [0, 0, 0, 1, 2, 4, 512, 900, 900]);
    }
}
