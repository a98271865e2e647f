//! What is stored of a receipt as a record of the chain, and what its keyed hash covers.

use crate::{Result, chain};
use domain::{
    canonical::ContentHash,
    receipt::{Link, RECEIPTS},
    time::Timestamp,
};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// Everything of a receipt's row.
#[derive(FromRow)]
pub(crate) struct ReceiptRecord {
    pub(crate) sequence: i64,
    pub(crate) previous: Vec<u8>,
    pub(crate) link: Vec<u8>,
    pub(crate) body: String,
    pub(crate) mac: Option<Vec<u8>>,
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) subject_id: Uuid,
    pub(crate) course_id: Uuid,
    pub(crate) version_id: Uuid,
    pub(crate) issued_at: i64,
    pub(crate) zone: Option<String>,
    pub(crate) signed_late_at: Option<i64>,
}

/// What the keyed hash covers: the link, which covers what the receipt says and everything before it, and the columns that
/// tell which receipt it is. Its canonical JSON may never change.
#[derive(Serialize)]
pub(crate) struct KeyedReceipt<'a> {
    pub(crate) chain: &'static str,
    pub(crate) sequence: u64,
    pub(crate) link: ContentHash,
    pub(crate) id: Uuid,
    pub(crate) code: &'a str,
    pub(crate) subject: Uuid,
    pub(crate) course: Uuid,
    pub(crate) version: Uuid,
    pub(crate) issued: Timestamp,
    pub(crate) zone: Option<&'a str>,
    pub(crate) signed_late: Option<Timestamp>,
}

impl ReceiptRecord {
    /// As a record of the chain.
    pub(crate) fn record(&self) -> Result<Link> {
        chain::record("receipts", self.sequence, &self.previous, &self.link, self.body.clone())
    }

    /// What its keyed hash covers, as stored.
    pub(crate) fn keyed<'a>(&'a self, record: &Link) -> KeyedReceipt<'a> {
        KeyedReceipt {
            chain: RECEIPTS,
            sequence: record.sequence,
            link: record.link,
            id: self.id,
            code: &self.code,
            subject: self.subject_id,
            course: self.course_id,
            version: self.version_id,
            issued: Timestamp(self.issued_at),
            zone: self.zone.as_deref(),
            signed_late: self.signed_late_at.map(Timestamp),
        }
    }
}

/// What the keyed hash of a withdrawal covers. Its canonical JSON may never change.
#[derive(Serialize)]
pub(crate) struct KeyedRevocation {
    pub(crate) chain: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) sequence: u64,
    pub(crate) link: ContentHash,
    pub(crate) receipt: Uuid,
    pub(crate) revoked: Timestamp,
}

/// Everything of a withdrawal's row.
#[derive(FromRow)]
pub(crate) struct RevocationRecord {
    pub(crate) sequence: i64,
    pub(crate) previous: Vec<u8>,
    pub(crate) link: Vec<u8>,
    pub(crate) body: String,
    pub(crate) mac: Vec<u8>,
    pub(crate) receipt_id: Uuid,
    pub(crate) revoked_at: i64,
}

impl RevocationRecord {
    pub(crate) fn record(&self) -> Result<Link> {
        chain::record("revocations", self.sequence, &self.previous, &self.link, self.body.clone())
    }

    pub(crate) fn keyed(&self, record: &Link) -> KeyedRevocation {
        KeyedRevocation {
            chain: RECEIPTS,
            kind: "revocation",
            sequence: record.sequence,
            link: record.link,
            receipt: self.receipt_id,
            revoked: Timestamp(self.revoked_at),
        }
    }
}
