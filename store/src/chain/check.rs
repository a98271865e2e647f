//! Checking both chains from time to time, and what the last check found.

use super::{Doubt, SignedEnd, Verified, end};
use crate::{Db, Object, Result, StoreError, read as stored, tx::Tx};
use domain::{
    canonical::ContentHash,
    ids::SubjectId,
    receipt::{AUDIT, RECEIPTS},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::FromRow;

/// The job that checks the chains and recurs.
pub const VERIFY: &str = "verify-records";

/// A chain that nobody checked for so long is as alarming as one that does not hold.
const STALE: i64 = 3 * Timestamp::DAY;

/// What the last check of a chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainCheck {
    /// Which chain.
    pub chain: String,
    /// When it was checked.
    pub checked_at: Timestamp,
    /// How many records it has.
    pub records: u64,
    /// What does not hold: a code such as `unkeyed`, and the number of the record (0 where it is about the chain).
    pub fault: Option<(String, u64)>,
    /// When that was first found.
    pub found_at: Option<Timestamp>,
}

/// The end a chain had some time ago, kept outside the database. Reads what [`SignedEnd`] writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KnownEnd {
    /// Which chain.
    pub chain: String,
    /// The number of its last record then.
    pub sequence: u64,
    /// The link of that record.
    pub link: ContentHash,
}

#[derive(FromRow)]
struct CheckRow {
    chain: String,
    checked_at: i64,
    records: i64,
    fault: Option<String>,
    found_at: Option<i64>,
}

impl CheckRow {
    fn read(self) -> ChainCheck {
        let fault = self.fault.map(|fault| {
            let (code, number) = fault.split_once(' ').unwrap_or((&fault, "0"));
            (code.to_owned(), number.parse().unwrap_or_default())
        });
        ChainCheck {
            chain: self.chain,
            checked_at: Timestamp(self.checked_at),
            records: stored::size(self.records),
            fault,
            found_at: stored::moment(self.found_at),
        }
    }
}

/// What a verification says about the chain, apart from a database that does not answer.
fn judged(outcome: Result<Verified>) -> Result<Option<String>> {
    match outcome {
        Ok(_) => Ok(None),
        Err(StoreError::Corrupt { table, column, source }) => {
            tracing::error!(table, column, problem = %source, "the records of this site do not hold");
            let doubt = source.downcast_ref::<Doubt>();
            Ok(Some(
                doubt.map_or_else(|| "unreadable 0".to_owned(), |doubt| format!("{} {}", doubt.code(), doubt.record())),
            ))
        }
        Err(other) => Err(other),
    }
}

async fn note(tx: &mut Tx, chain: &'static str, records: u64, fault: Option<String>, now: Timestamp) -> Result<()> {
    run!(
        tx,
        "INSERT INTO chain_checks (chain, checked_at, records, fault, found_at)
         VALUES ($1, $2, $3, $4, CASE WHEN $4 IS NULL THEN NULL ELSE $2 END)
         ON CONFLICT (chain) DO UPDATE SET
             checked_at = excluded.checked_at, records = excluded.records, fault = excluded.fault,
             found_at = CASE WHEN excluded.fault IS NULL THEN NULL
                             ELSE COALESCE(chain_checks.found_at, excluded.found_at) END",
        chain,
        now.0,
        i64::try_from(records).unwrap_or(i64::MAX),
        fault
    )?;
    Ok(())
}

impl Db {
    /// Checks both chains from beginning to end, and that they still hold the ends in `known`; notes what it finds.
    ///
    /// # Errors
    /// Only those of the database, and [`StoreError::Unusable`] without the site's key: what does not hold is no error here.
    pub async fn check_chains(&self, known: &[KnownEnd], now: Timestamp) -> Result<Vec<ChainCheck>> {
        for chain in [RECEIPTS, AUDIT] {
            let outcome = match chain {
                RECEIPTS => self.verify_receipts().await,
                _ => self.verify_audit().await,
            };
            let records = end(self, chain).await?.head.sequence;
            let outcome = match outcome {
                Ok(verified) => self.verify_known(chain, known).await.map(|()| verified),
                Err(error) => Err(error),
            };
            let fault = judged(outcome)?;
            self.write(move |tx| Box::pin(async move { note(tx, chain, records, fault, now).await })).await?;
        }
        self.chain_checks().await
    }

    /// Checks that a chain still has the records it was known to end with.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] names the first record that is another one now, or none.
    pub async fn verify_known(&self, chain: &'static str, known: &[KnownEnd]) -> Result<()> {
        for known in known.iter().filter(|known| known.chain == chain && known.sequence > 0) {
            let number = i64::try_from(known.sequence).unwrap_or(i64::MAX);
            let (table, link) = match chain {
                RECEIPTS => (
                    "receipts",
                    scalar!(
                        self,
                        Vec<u8>,
                        "SELECT link FROM receipts WHERE sequence = $1
                         UNION ALL SELECT link FROM revocations WHERE sequence = $1",
                        number
                    )?,
                ),
                _ => {
                    ("audit_seals", scalar!(self, Vec<u8>, "SELECT link FROM audit_seals WHERE sequence = $1", number)?)
                }
            };
            if link.as_deref() != Some(known.link.as_bytes().as_slice()) {
                return Err(Doubt::Rewritten(known.sequence).of(table, "link"));
            }
        }
        Ok(())
    }

    /// What the last check of each chain found; empty before the first one.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn chain_checks(&self) -> Result<Vec<ChainCheck>> {
        let rows = rows!(
            self,
            CheckRow,
            "SELECT chain, checked_at, records, fault, found_at FROM chain_checks ORDER BY chain DESC"
        )?;
        Ok(rows.into_iter().map(CheckRow::read).collect())
    }

    /// Whether admins have to be told: a chain does not hold, or was not checked for three days.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn chain_alarm(&self, now: Timestamp) -> Result<bool> {
        let alarming = count!(
            self,
            "SELECT COUNT(*) FROM chain_checks WHERE fault IS NOT NULL OR checked_at < $1",
            now.plus(-STALE).0
        )?;
        Ok(alarming > 0)
    }

    /// The signed ends of both chains, to be kept outside the database; those that are signed.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn signed_ends(&self) -> Result<Vec<SignedEnd>> {
        let mut ends = Vec::new();
        for chain in [RECEIPTS, AUDIT] {
            ends.extend(end(self, chain).await?.export());
        }
        Ok(ends)
    }

    /// Has the chains checked at the next opportunity rather than at the next time.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn check_chains_soon(&self, by: Option<SubjectId>, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "UPDATE jobs SET run_at = $2 WHERE kind = $1 AND finished_at IS NULL AND run_at > $2",
                    VERIFY,
                    now.0
                )?;
                tx.audit(by, "site.check", Object::Site, &json!({}), now).await
            })
        })
        .await
    }
}
