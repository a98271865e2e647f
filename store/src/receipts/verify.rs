//! Whether receipts still are what was issued: one of them for those who ask about it, and all of them.

use super::{
    StoredReceipt,
    record::{ReceiptRecord, RevocationRecord},
};
use crate::{
    Db, Result,
    chain::{ChainKeys, Doubt, End, Verified, end, ends_at},
};
use domain::{
    ids::ReceiptId,
    receipt::{Head, Identity, Link, RECEIPTS, Receipt, Revocation, follow, genesis, link},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Records checked at a time.
const STRETCH: u64 = 500;

macro_rules! receipt_records {
    ($where:literal) => {
        concat!(
            "SELECT sequence, previous, link, body, mac, id, code, subject_id, course_id, version_id, issued_at, zone,
                    signed_late_at FROM receipts WHERE ",
            $where
        )
    };
}

macro_rules! revocation_records {
    ($where:literal) => {
        concat!("SELECT sequence, previous, link, body, mac, receipt_id, revoked_at FROM revocations WHERE ", $where)
    };
}

fn stored_number(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

/// A record of the chain of receipts.
enum Record {
    Receipt(Box<ReceiptRecord>),
    Revocation(RevocationRecord),
}

impl Record {
    fn link(&self) -> Result<Link> {
        match self {
            Self::Receipt(row) => row.record(),
            Self::Revocation(row) => row.record(),
        }
    }

    /// Whether it carries the keyed hash of just this record.
    fn is_keyed(&self, record: &Link, keys: &ChainKeys) -> bool {
        match self {
            Self::Receipt(row) => row.mac.as_deref().is_some_and(|mac| keys.is_mac(&row.keyed(record), mac)),
            Self::Revocation(row) => {
                let body =
                    Revocation { format: 1, receipt: ReceiptId(row.receipt_id), revoked: Timestamp(row.revoked_at) };
                keys.is_mac(&row.keyed(record), &row.mac) && body.body() == record.body
            }
        }
    }
}

impl Db {
    /// The record with this number; none where there is no such record.
    async fn receipt_record(&self, sequence: u64) -> Result<Option<Record>> {
        let number = stored_number(sequence);
        if let Some(row) = row!(self, ReceiptRecord, receipt_records!("sequence = $1"), number)? {
            return Ok(Some(Record::Receipt(Box::new(row))));
        }
        Ok(row!(self, RevocationRecord, revocation_records!("sequence = $1"), number)?.map(Record::Revocation))
    }

    /// Why a receipt is not, or not any more, what this site issued; nothing where it is. Looks at the receipt itself, the
    /// records before and after it, every withdrawal, and the signed end of the chain: at no more than that, so that it
    /// takes no longer with a million receipts than with ten.
    ///
    /// # Errors
    /// Only those of the database, and [`crate::StoreError::Unusable`] without the site's key.
    pub async fn receipt_doubt(&self, receipt: &StoredReceipt) -> Result<Option<Doubt>> {
        let keys = self.chain_keys()?;
        let end = end(self, RECEIPTS).await?;
        if !end.is_signed(keys) {
            return Ok(Some(Doubt::Unsigned));
        }
        let sequence = receipt.sequence;
        if sequence > end.head.sequence {
            return Ok(Some(Doubt::Beyond(sequence)));
        }
        for number in [sequence, sequence.saturating_sub(1), end.head.sequence] {
            if number > 0 && !self.is_keyed(number, keys).await? {
                return Ok(Some(Doubt::Unkeyed(number)));
            }
        }
        if !self.is_linked(receipt, &end).await? {
            return Ok(Some(Doubt::Unlinked(sequence)));
        }
        if !self.revocations_hold(&end, keys).await? {
            return Ok(Some(Doubt::Revocations));
        }
        let noted = row!(
            self,
            (Option<i64>, Option<i64>),
            "SELECT r.revoked_at, v.revoked_at FROM receipts AS r LEFT JOIN revocations AS v ON v.receipt_id = r.id
             WHERE r.id = $1",
            receipt.id.0
        )?;
        let noted = noted.is_some_and(|(beside, record)| beside == record);
        Ok((!noted || !fits(receipt)).then_some(Doubt::Beside(sequence)))
    }

    async fn is_keyed(&self, sequence: u64, keys: &ChainKeys) -> Result<bool> {
        let Some(record) = self.receipt_record(sequence).await? else { return Ok(false) };
        let Ok(read) = record.link() else { return Ok(false) };
        Ok(link(&read.previous, read.sequence, &read.body) == read.link && record.is_keyed(&read, keys))
    }

    /// Whether a receipt stands between the records it was issued between.
    async fn is_linked(&self, receipt: &StoredReceipt, end: &End) -> Result<bool> {
        let sequence = receipt.sequence;
        let before = match self.receipt_record(sequence.saturating_sub(1)).await? {
            Some(record) => record.link().ok().map(|record| record.link),
            None if sequence == 1 => Some(genesis(RECEIPTS)),
            None => None,
        };
        let follows = match self.receipt_record(sequence + 1).await? {
            Some(record) => record.link().is_ok_and(|record| record.previous == receipt.link),
            None => sequence == end.head.sequence && end.head.link == receipt.link,
        };
        let last = self.receipt_record(end.head.sequence).await?;
        let ends = last.is_some_and(|record| record.link().is_ok_and(|record| record.link == end.head.link));
        Ok(before == Some(receipt.previous) && follows && ends)
    }

    /// Whether the withdrawals are those that were signed for: as many, and each with its keyed hash. There are few.
    async fn revocations_hold(&self, end: &End, keys: &ChainKeys) -> Result<bool> {
        let rows = rows!(
            self,
            RevocationRecord,
            revocation_records!("sequence <= $1 ORDER BY sequence"),
            stored_number(end.head.sequence)
        )?;
        if rows.len() as u64 != end.revocations {
            return Ok(false);
        }
        Ok(rows.into_iter().map(Record::Revocation).all(|row| row.link().is_ok_and(|link| row.is_keyed(&link, keys))))
    }

    /// Checks the chain of receipts from its beginning to its signed end: every link, every keyed hash, every withdrawal
    /// and every holder.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`] names the first record that does not hold; [`crate::StoreError::Unusable`] without the site's key.
    pub async fn verify_receipts(&self) -> Result<Verified> {
        let keys = self.chain_keys()?;
        let noted = end(self, RECEIPTS).await?;
        let mut head = Head::start(RECEIPTS);
        let (mut signed_late, mut revocations) = (0, 0);
        // Receipts that are issued meanwhile are none of this check's business.
        while head.sequence < noted.head.sequence {
            let until = (head.sequence + STRETCH).min(noted.head.sequence);
            let records = self.records_between(head.sequence, until).await?;
            let holders = self.holders_between(head.sequence, until).await?;
            let before = head.sequence;
            for (sequence, record) in records {
                let read = record.link()?;
                head = follow(&head, &read).map_err(|broken| Doubt::from(broken).of("receipts", "link"))?;
                if !record.is_keyed(&read, keys) {
                    return Err(Doubt::Unkeyed(sequence).of("receipts", "mac"));
                }
                match record {
                    Record::Receipt(row) => signed_late += u64::from(row.signed_late_at.is_some()),
                    Record::Revocation(_) => revocations += 1,
                }
                if holders.get(&sequence).is_some_and(|holder| !fits(holder)) {
                    return Err(Doubt::Beside(sequence).of("receipt_subjects", "name"));
                }
            }
            if head.sequence == before {
                break;
            }
        }
        ends_at("receipts", head, noted.head)?;
        if !noted.is_signed(keys) {
            return Err(Doubt::Unsigned.of("chain_heads", "signature"));
        }
        if revocations != noted.revocations {
            return Err(Doubt::Revocations.of("revocations", "sequence"));
        }
        self.nothing_beside().await?;
        Ok(Verified { head, rows: head.sequence, signed_late })
    }

    async fn records_between(&self, after: u64, until: u64) -> Result<BTreeMap<u64, Record>> {
        let (after, until) = (stored_number(after), stored_number(until));
        let receipts = rows!(self, ReceiptRecord, receipt_records!("sequence > $1 AND sequence <= $2"), after, until)?;
        let revocations =
            rows!(self, RevocationRecord, revocation_records!("sequence > $1 AND sequence <= $2"), after, until)?;
        let number = crate::read::size;
        let receipts = receipts.into_iter().map(|row| (number(row.sequence), Record::Receipt(Box::new(row))));
        let revocations = revocations.into_iter().map(|row| (number(row.sequence), Record::Revocation(row)));
        Ok(receipts.chain(revocations).collect())
    }

    async fn holders_between(&self, after: u64, until: u64) -> Result<BTreeMap<u64, StoredReceipt>> {
        let receipts = self.receipts_between(after, until).await?;
        Ok(receipts.into_iter().map(|receipt| (receipt.sequence, receipt)).collect())
    }

    /// That no receipt lies beyond the end, and that each note of a withdrawal has its record.
    async fn nothing_beside(&self) -> Result<()> {
        let beyond = scalar!(
            self,
            i64,
            "SELECT r.sequence FROM receipts AS r JOIN chain_heads AS h ON h.chain = 'receipts'
             WHERE r.sequence > h.sequence ORDER BY r.sequence LIMIT 1"
        )?;
        if let Some(sequence) = beyond {
            return Err(Doubt::Beyond(crate::read::size(sequence)).of("receipts", "sequence"));
        }
        let noted = scalar!(
            self,
            i64,
            "SELECT r.sequence FROM receipts AS r LEFT JOIN revocations AS v ON v.receipt_id = r.id
             WHERE (r.revoked_at IS NOT NULL OR v.revoked_at IS NOT NULL)
               AND COALESCE(r.revoked_at, -1) <> COALESCE(v.revoked_at, -1)
             ORDER BY r.sequence LIMIT 1"
        )?;
        match noted {
            Some(sequence) => Err(Doubt::Beside(crate::read::size(sequence)).of("receipts", "revoked_at")),
            None => Ok(()),
        }
    }
}

/// Whether a receipt says what stands beside it: which one it is, and who it is for. Nobody after the holder was erased.
fn fits(stored: &StoredReceipt) -> bool {
    let Ok(body) = serde_json::from_str::<Receipt>(&stored.body) else { return false };
    let held = stored.holder.as_ref().is_none_or(|holder| {
        let identity = Identity { salt: holder.salt, name: &holder.name, login: &holder.login };
        identity.commit() == body.commitment && holder.subject == body.subject
    });
    held && body.id == stored.id && body.subject == stored.subject
}
