//! Signing both chains with another key.

use super::{ChainKeys, KeyedSeal, no_key};
use crate::{
    Conflict, Db, Object, Result, StoreError, read as stored,
    receipts::{ReceiptRecord, RevocationRecord},
    tx::{Lock, Tx},
};
use domain::{
    canonical::ContentHash,
    receipt::{AUDIT, RECEIPTS},
    time::Timestamp,
};
use serde_json::json;

/// Records signed at a time.
const STRETCH: i64 = 500;

impl Db {
    /// Signs both chains with other keys, in one transaction. The links stay as they are: what is printed on receipts holds.
    /// No server may append meanwhile with the present keys, and both chains must have been verified just before.
    ///
    /// # Errors
    /// [`Conflict::Changed`] when an end is not signed with the present keys; [`StoreError::Unusable`] without any.
    pub async fn change_keys(&self, new: ChainKeys, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Audit).await?;
                let old = tx.keys().ok_or_else(no_key)?;
                for chain in [RECEIPTS, AUDIT] {
                    let end = tx.hold_end(chain, now).await?;
                    if !end.is_signed(&old) {
                        return Err(StoreError::Conflict(Conflict::Changed("end of a chain")));
                    }
                    match chain {
                        RECEIPTS => receipts(tx, &new).await?,
                        _ => seals(tx, &new).await?,
                    }
                    tx.put_end(&end, &new).await?;
                }
                let detail = json!({ "public_key": hex::encode(new.public()) });
                tx.audit(None, "site.rekey", Object::Site, &detail, now).await
            })
        })
        .await
    }
}

async fn receipts(tx: &mut Tx, new: &ChainKeys) -> Result<()> {
    let mut last = 0;
    loop {
        let rows = rows!(
            tx,
            ReceiptRecord,
            "SELECT sequence, previous, link, body, mac, id, code, subject_id, course_id, version_id, issued_at, zone,
                    signed_late_at
             FROM receipts WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            last,
            STRETCH
        )?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let mac = new.mac(&row.keyed(&row.record()?));
            run!(tx, "UPDATE receipts SET mac = $2 WHERE sequence = $1", row.sequence, mac.as_slice())?;
            last = row.sequence;
        }
    }
    let rows = rows!(
        tx,
        RevocationRecord,
        "SELECT sequence, previous, link, body, mac, receipt_id, revoked_at FROM revocations"
    )?;
    for row in rows {
        let mac = new.mac(&row.keyed(&row.record()?));
        run!(tx, "UPDATE revocations SET mac = $2 WHERE sequence = $1", row.sequence, mac.as_slice())?;
    }
    Ok(())
}

async fn seals(tx: &mut Tx, new: &ChainKeys) -> Result<()> {
    let mut last = 0;
    loop {
        let rows = rows!(
            tx,
            (i64, Vec<u8>, Option<i64>),
            "SELECT sequence, link, signed_late_at FROM audit_seals WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            last,
            STRETCH
        )?;
        if rows.is_empty() {
            return Ok(());
        }
        for (sequence, link, signed_late) in rows {
            let seal = KeyedSeal {
                chain: AUDIT,
                sequence: stored::number("audit_seals", "sequence", sequence)?,
                link: ContentHash::from_bytes(stored::hash("audit_seals", "link", &link)?),
                signed_late: stored::moment(signed_late),
            };
            run!(tx, "UPDATE audit_seals SET mac = $2 WHERE sequence = $1", sequence, new.mac(&seal).as_slice())?;
            last = sequence;
        }
    }
}
