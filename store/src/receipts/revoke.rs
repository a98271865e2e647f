//! Withdrawing a receipt.

use super::record::KeyedRevocation;
use crate::{Conflict, Db, Object, Result, StoreError, chain::no_key, tx::Tx};
use domain::{
    ids::{ReceiptId, SubjectId},
    receipt::{RECEIPTS, Revocation},
    time::Timestamp,
};
use serde_json::json;

/// Withdraws a receipt as of `at`: a record of the chain, and a note beside the receipt for releases that know no other.
pub(crate) async fn revoke(tx: &mut Tx, id: ReceiptId, at: Timestamp, now: Timestamp) -> Result<()> {
    let keys = tx.keys().ok_or_else(no_key)?;
    let body = Revocation { format: 1, receipt: id, revoked: at }.body();
    let link = tx.append(RECEIPTS, body, true, now).await?;
    let keyed = KeyedRevocation {
        chain: RECEIPTS,
        kind: "revocation",
        sequence: link.sequence,
        link: link.link,
        receipt: id.0,
        revoked: at,
    };
    run!(
        tx,
        "INSERT INTO revocations (sequence, receipt_id, revoked_at, body, previous, link, mac)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        i64::try_from(link.sequence).unwrap_or(i64::MAX),
        id.0,
        at.0,
        link.body,
        link.previous.as_bytes().as_slice(),
        link.link.as_bytes().as_slice(),
        keys.mac(&keyed).as_slice()
    )?;
    run!(tx, "UPDATE receipts SET revoked_at = $2 WHERE id = $1", id.0, at.0)?;
    Ok(())
}

impl Db {
    /// Withdraws a receipt: it stays in the chain, and everyone who checks it sees that it no longer proves anything.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`Conflict::Changed`] when it was withdrawn already; [`StoreError::Unusable`] without the
    /// site's key.
    pub async fn revoke_receipt(&self, by: Option<SubjectId>, id: ReceiptId, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let revoked = scalar!(
                    tx,
                    bool,
                    "SELECT EXISTS (SELECT 1 FROM revocations AS v WHERE v.receipt_id = r.id) FROM receipts AS r
                     WHERE r.id = $1",
                    id.0
                )?
                .ok_or(StoreError::NotFound("receipt"))?;
                if revoked {
                    return Err(StoreError::Conflict(Conflict::Changed("receipt")));
                }
                revoke(tx, id, now, now).await?;
                tx.audit(by, "receipt.revoke", Object::Receipt(id), &json!({}), now).await
            })
        })
        .await
    }
}
