//! Sealing the audit log, and checking the seals.

use super::Stored;
use crate::{
    Db, Result,
    chain::{self, Verified},
    read as stored,
    tx::Lock,
};
use domain::{
    canonical,
    receipt::{self, Head, Seal},
    time::Timestamp,
};
use serde::Serialize;
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
                let link = tx.append(receipt::AUDIT, seal.body(), now).await?;
                let sequence = i64::try_from(link.sequence).unwrap_or(i64::MAX);
                run!(
                    tx,
                    "INSERT INTO audit_seals (sequence, body, previous, link, sealed_at) VALUES ($1, $2, $3, $4, $5)",
                    sequence,
                    link.body,
                    link.previous.as_bytes().as_slice(),
                    link.link.as_bytes().as_slice(),
                    now.0
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

    /// Checks the audit chain from its beginning, and every sealed row against its seal.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`] names what does not hold: a seal that was changed, is missing or was cut off
    /// (`audit_seals.link`), or a row that was changed, removed or added (`audit.seal`).
    pub async fn verify_audit(&self) -> Result<Verified> {
        let mut head = Head::start(receipt::AUDIT);
        let noted = chain::head(self, receipt::AUDIT).await?;
        let mut verified = 0;
        loop {
            let next = i64::try_from(head.sequence).unwrap_or(i64::MAX) + 1;
            let found = row!(
                self,
                (i64, Vec<u8>, Vec<u8>, String),
                "SELECT sequence, previous, link, body FROM audit_seals
                 WHERE sequence >= $1 AND sequence <= $2 ORDER BY sequence LIMIT 1",
                next,
                // Seals that are made meanwhile are none of this check's business.
                i64::try_from(noted.sequence).unwrap_or(i64::MAX)
            )?;
            let Some((sequence, previous, link, body)) = found else {
                break;
            };
            let record = chain::record("audit_seals", sequence, &previous, &link, body)?;
            let rows = rows!(
                self,
                Stored,
                "SELECT id, happened_at, actor, action, object_kind, object_id, detail, seal FROM audit
                 WHERE seal = $1 ORDER BY id",
                sequence
            )?;
            head = receipt::follow(&head, &record)
                .map_err(|broken| crate::StoreError::corrupt("audit_seals", "link", broken))?;
            if seal_over(&rows).map(|seal| seal.body()) != Some(record.body) {
                let what = format!("the rows under seal {sequence} are not the ones that were sealed");
                return Err(crate::StoreError::corrupt("audit", "seal", what));
            }
            verified += rows.len() as u64;
        }
        chain::ends_at("audit_seals", head, noted)?;
        Ok(Verified { head, rows: verified })
    }
}
