//! Signing what was written before chains were signed, once, when a server first starts with the site's key.

use super::{ChainKeys, Doubt, KeyedSeal, end::End, ends_at, no_key};
use crate::{
    Db, Object, Result, StoreError,
    receipts::{KeyedReceipt, ReceiptRecord, revoke},
    tx::{Lock, Tx},
};
use domain::{
    ids::ReceiptId,
    receipt::{AUDIT, Head, RECEIPTS, follow},
    time::Timestamp,
};
use serde_json::json;
use uuid::Uuid;

/// Records signed at a time.
const STRETCH: i64 = 500;

/// What was signed afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignedLate {
    /// Receipts.
    pub receipts: u64,
    /// Seals of the audit log.
    pub seals: u64,
}

impl Db {
    /// Makes sure that both chains are signed with this site's key. What an earlier release wrote is signed as it stands,
    /// with a note of the day; this happens once, and only where every link holds and nothing was signed yet.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when the chains are signed with another key; [`StoreError::Corrupt`] when what an earlier
    /// release wrote does not hold, and nothing is signed then.
    pub async fn sign_chains(&self, now: Timestamp) -> Result<SignedLate> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Audit).await?;
                let keys = tx.keys().ok_or_else(no_key)?;
                let mut signed = SignedLate::default();
                for chain in [RECEIPTS, AUDIT] {
                    let end = tx.hold_end(chain, now).await?;
                    if end.is_foreign(&keys) {
                        let other = hex::encode(end.public_key.unwrap_or_default());
                        let why = format!(
                            "its records are signed with another key (public half {other}): start with the key file \
                             they were signed with, see docs/receipts.md"
                        );
                        return Err(StoreError::Unusable(why));
                    }
                    if end.public_key.is_some() || keyed(tx, chain).await? {
                        // Signed before. Whether the signature holds is for the check to find out.
                        continue;
                    }
                    match chain {
                        RECEIPTS => signed.receipts = receipts(tx, &keys, &end, now).await?,
                        _ => signed.seals = seals(tx, &keys, &end, now).await?,
                    }
                }
                if signed != SignedLate::default() {
                    let detail = json!({ "receipts": signed.receipts, "seals": signed.seals });
                    tx.audit(None, "site.sign", Object::Site, &detail, now).await?;
                }
                Ok(signed)
            })
        })
        .await
    }
}

/// Whether any record of a chain carries a keyed hash.
async fn keyed(tx: &mut Tx, chain: &'static str) -> Result<bool> {
    let count = match chain {
        RECEIPTS => count!(tx, "SELECT COUNT(*) FROM receipts WHERE mac IS NOT NULL")?,
        _ => count!(tx, "SELECT COUNT(*) FROM audit_seals WHERE mac IS NOT NULL")?,
    };
    Ok(count > 0)
}

async fn receipts(tx: &mut Tx, keys: &ChainKeys, end: &End, now: Timestamp) -> Result<u64> {
    let mut head = Head::start(RECEIPTS);
    loop {
        let rows = rows!(
            tx,
            ReceiptRecord,
            "SELECT sequence, previous, link, body, mac, id, code, subject_id, course_id, version_id, issued_at, zone,
                    signed_late_at
             FROM receipts WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            i64::try_from(head.sequence).unwrap_or(i64::MAX),
            STRETCH
        )?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let record = row.record()?;
            head = follow(&head, &record).map_err(|broken| Doubt::from(broken).of("receipts", "link"))?;
            let mac = keys.mac(&KeyedReceipt { signed_late: Some(now), ..row.keyed(&record) });
            run!(
                tx,
                "UPDATE receipts SET mac = $2, signed_late_at = $3 WHERE sequence = $1",
                row.sequence,
                mac.as_slice(),
                now.0
            )?;
        }
    }
    ends_at("receipts", head, end.head)?;
    tx.put_end(end, keys).await?;
    // Withdrawals were a note beside the receipt; now they are records.
    let revoked =
        rows!(tx, (Uuid, i64), "SELECT id, revoked_at FROM receipts WHERE revoked_at IS NOT NULL ORDER BY sequence")?;
    for (id, at) in revoked {
        revoke(tx, ReceiptId(id), Timestamp(at), now).await?;
    }
    Ok(head.sequence)
}

async fn seals(tx: &mut Tx, keys: &ChainKeys, end: &End, now: Timestamp) -> Result<u64> {
    let mut head = Head::start(AUDIT);
    loop {
        let rows = rows!(
            tx,
            (i64, Vec<u8>, Vec<u8>, String),
            "SELECT sequence, previous, link, body FROM audit_seals WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            i64::try_from(head.sequence).unwrap_or(i64::MAX),
            STRETCH
        )?;
        if rows.is_empty() {
            break;
        }
        for (sequence, previous, link, body) in rows {
            let record = super::record("audit_seals", sequence, &previous, &link, body)?;
            head = follow(&head, &record).map_err(|broken| Doubt::from(broken).of("audit_seals", "link"))?;
            let seal = KeyedSeal { chain: AUDIT, sequence: head.sequence, link: head.link, signed_late: Some(now) };
            run!(
                tx,
                "UPDATE audit_seals SET mac = $2, signed_late_at = $3 WHERE sequence = $1",
                sequence,
                keys.mac(&seal).as_slice(),
                now.0
            )?;
        }
    }
    ends_at("audit_seals", head, end.head)?;
    tx.put_end(end, keys).await?;
    Ok(head.sequence)
}
