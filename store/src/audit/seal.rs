//! Sealing the audit log, and checking the seals.

use super::Stored;
use crate::{
    Db, Result,
    chain::{self, Doubt, KeyedSeal, Verified, no_key},
    read as stored,
    tx::Lock,
};
use domain::{
    canonical,
    receipt::{self, AUDIT, Head, Seal},
    time::Timestamp,
};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

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

/// A seal as stored.
#[derive(FromRow)]
struct StoredSeal {
    sequence: i64,
    previous: Vec<u8>,
    link: Vec<u8>,
    body: String,
    mac: Option<Vec<u8>>,
    signed_late_at: Option<i64>,
}

fn seal_over(rows: &[Stored]) -> Option<Seal> {
    let rows: Vec<(u64, String)> = rows.iter().map(Stored::canonical).collect();
    Seal::over(rows.iter().map(|(number, json)| (*number, json.as_str())))
}

impl Db {
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
                let keys = tx.keys().ok_or_else(no_key)?;
                let link = tx.append(AUDIT, seal.body(), false, now).await?;
                let keyed = KeyedSeal { chain: AUDIT, sequence: link.sequence, link: link.link, signed_late: None };
                let sequence = i64::try_from(link.sequence).unwrap_or(i64::MAX);
                run!(
                    tx,
                    "INSERT INTO audit_seals (sequence, body, previous, link, sealed_at, mac)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                    sequence,
                    link.body,
                    link.previous.as_bytes().as_slice(),
                    link.link.as_bytes().as_slice(),
                    now.0,
                    keys.mac(&keyed).as_slice()
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

    /// Checks the audit chain from its beginning to its signed end, and every sealed row against its seal.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`] names what does not hold: a seal that was changed, put in, is missing or was cut off
    /// (`audit_seals`), or a row that was changed, removed or added (`audit.seal`); [`crate::StoreError::Unusable`] without
    /// the site's key.
    pub async fn verify_audit(&self) -> Result<Verified> {
        let keys = self.chain_keys()?;
        let noted = chain::end(self, AUDIT).await?;
        let mut head = Head::start(AUDIT);
        let (mut verified, mut signed_late) = (0, 0);
        // Seals that are made meanwhile are none of this check's business.
        while head.sequence < noted.head.sequence {
            let next = i64::try_from(head.sequence).unwrap_or(i64::MAX) + 1;
            let found = row!(
                self,
                StoredSeal,
                "SELECT sequence, previous, link, body, mac, signed_late_at FROM audit_seals
                 WHERE sequence >= $1 ORDER BY sequence LIMIT 1",
                next
            )?;
            let Some(found) = found else { break };
            let sequence = found.sequence;
            let record = chain::record("audit_seals", sequence, &found.previous, &found.link, found.body)?;
            head = receipt::follow(&head, &record).map_err(|broken| Doubt::from(broken).of("audit_seals", "link"))?;
            let late = found.signed_late_at.map(Timestamp);
            let keyed = KeyedSeal { chain: AUDIT, sequence: record.sequence, link: record.link, signed_late: late };
            if !found.mac.is_some_and(|mac| keys.is_mac(&keyed, &mac)) {
                return Err(Doubt::Unkeyed(record.sequence).of("audit_seals", "mac"));
            }
            let rows = rows!(
                self,
                Stored,
                "SELECT id, happened_at, actor, action, object_kind, object_id, detail, seal FROM audit
                 WHERE seal = $1 ORDER BY id",
                sequence
            )?;
            if seal_over(&rows).map(|seal| seal.body()) != Some(record.body) {
                return Err(Doubt::Rows(record.sequence).of("audit", "seal"));
            }
            verified += rows.len() as u64;
            signed_late += u64::from(late.is_some());
        }
        chain::ends_at("audit_seals", head, noted.head)?;
        if !noted.is_signed(keys) {
            return Err(Doubt::Unsigned.of("chain_heads", "signature"));
        }
        let beyond = scalar!(
            self,
            i64,
            "SELECT s.sequence FROM audit_seals AS s JOIN chain_heads AS h ON h.chain = 'audit'
             WHERE s.sequence > h.sequence ORDER BY s.sequence LIMIT 1"
        )?;
        match beyond {
            Some(sequence) => Err(Doubt::Beyond(stored::size(sequence)).of("audit_seals", "sequence")),
            None => Ok(Verified { head, rows: verified, signed_late }),
        }
    }
}
