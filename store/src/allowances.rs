//! Budgets: so many within so long, refilling evenly.
//!
//! The generic cell rate algorithm: all that is stored is the moment at which the budget will be whole again. Taking one
//! moves it ahead by what one costs, and is refused when that lies further ahead than the whole budget lasts.

use crate::{Conflict, Db, Result, StoreError, tx::Tx};
use domain::time::Timestamp;

/// A budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// What is counted, as a hash.
    pub key: [u8; 32],
    /// How many may be taken at once; at least one.
    pub most: u32,
    /// How long it takes from none left to all of them, in milliseconds.
    pub refill: i64,
}

impl Allowance {
    fn cost(self) -> i64 {
        (self.refill / i64::from(self.most.max(1))).max(1)
    }
}

/// That the budget or the wait of an attempt says "not before".
pub(crate) fn too_soon(until: Timestamp) -> StoreError {
    StoreError::Conflict(Conflict::TooSoon(until))
}

impl Tx {
    /// Takes one, or gives the error that says from when on there will be one.
    pub(crate) async fn take(&mut self, allowance: Allowance, now: Timestamp) -> Result<()> {
        let cost = allowance.cost();
        let limit = now.plus(allowance.refill.max(cost));
        // A moment beyond the limit was written under a clock that ran ahead: it says nothing.
        let taken = scalar!(
            self,
            i64,
            "INSERT INTO allowances (key_hash, free_at) VALUES ($1, $3)
             ON CONFLICT (key_hash) DO UPDATE SET free_at =
                 CASE WHEN allowances.free_at > $2 AND allowances.free_at <= $5 THEN allowances.free_at + $4 ELSE $3 END
             WHERE CASE WHEN allowances.free_at > $2 AND allowances.free_at <= $5 THEN allowances.free_at + $4 ELSE $3 END
                   <= $5
             RETURNING free_at",
            allowance.key.as_slice(),
            now.0,
            now.plus(cost).0,
            cost,
            limit.0
        )?;
        if taken.is_some() {
            return Ok(());
        }
        let key = allowance.key.as_slice();
        let free_at = scalar!(self, i64, "SELECT free_at FROM allowances WHERE key_hash = $1", key)?;
        let free_at = Timestamp(free_at.unwrap_or(now.0));
        Err(too_soon(free_at.plus(cost - allowance.refill.max(cost)).max(now.plus(1))))
    }

    /// Gives one back: it was not used after all.
    pub(crate) async fn give_back(&mut self, allowance: Allowance) -> Result<()> {
        run!(
            self,
            "UPDATE allowances SET free_at = free_at - $2 WHERE key_hash = $1",
            allowance.key.as_slice(),
            allowance.cost()
        )?;
        Ok(())
    }
}

impl Db {
    /// Takes one of a budget.
    ///
    /// # Errors
    /// [`Conflict::TooSoon`] with the moment from which on there will be one.
    pub async fn take(&self, allowance: Allowance, now: Timestamp) -> Result<()> {
        self.write(move |tx| Box::pin(async move { tx.take(allowance, now).await })).await
    }

    /// Clears away budgets that are whole again. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_allowances(&self, now: Timestamp) -> Result<u64> {
        self.write(move |tx| Box::pin(async move { run!(tx, "DELETE FROM allowances WHERE free_at <= $1", now.0) }))
            .await
    }
}
