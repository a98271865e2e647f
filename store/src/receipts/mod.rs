//! Receipts: proof that a course was completed, in a chain.

mod record;
mod revoke;
mod verify;

pub(crate) use record::{KeyedReceipt, ReceiptRecord, RevocationRecord};
pub(crate) use revoke::revoke;

use crate::{Db, Result, chain, read as stored};
use domain::{
    canonical::ContentHash,
    ids::{CourseId, PersonId, ReceiptId, SubjectId, VersionId},
    people::Zone,
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A receipt as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReceipt {
    /// Which one.
    pub id: ReceiptId,
    /// Its number in the chain.
    pub sequence: u64,
    /// What it can be looked up by in public.
    pub code: String,
    /// Stands for the person.
    pub subject: SubjectId,
    /// Which course.
    pub course: CourseId,
    /// Which version of it.
    pub version: VersionId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// What it says: the canonical JSON of [`receipt::Receipt`].
    pub body: String,
    /// The link of the one before.
    pub previous: ContentHash,
    /// Its own link.
    pub link: ContentHash,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When an upgrade signed it; nothing where it was signed when it was issued.
    pub signed_late_at: Option<Timestamp>,
    /// Where the holder was when an upgrade signed it, for receipts that say nothing about it themselves.
    pub zone: Option<Zone>,
    /// Whose it is; nobody after the person was erased.
    pub holder: Option<Holder>,
}

/// Whose a receipt is: what opens its commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// What stands for them in chained records.
    pub subject: SubjectId,
    /// What they are called now.
    pub present_name: String,
    /// What they were called then.
    pub name: String,
    /// What they signed in with then.
    pub login: String,
    /// The salt of the commitment.
    pub salt: [u8; 32],
}

#[derive(FromRow)]
struct ReceiptRow {
    id: Uuid,
    sequence: i64,
    code: String,
    subject_id: Uuid,
    course_id: Uuid,
    version_id: Uuid,
    issued_at: i64,
    body: String,
    previous: Vec<u8>,
    link: Vec<u8>,
    revoked_at: Option<i64>,
    signed_late_at: Option<i64>,
    zone: Option<String>,
    person_id: Option<Uuid>,
    holder_subject: Option<Uuid>,
    present_name: Option<String>,
    name: Option<String>,
    login: Option<String>,
    salt: Option<Vec<u8>>,
}

impl ReceiptRow {
    fn read(self) -> Result<StoredReceipt> {
        let subject = self.holder_subject.zip(self.present_name);
        let holder = match (self.person_id.zip(subject), self.name, self.login, self.salt) {
            (Some((person, (subject, present_name))), Some(name), Some(login), Some(salt)) => Some(Holder {
                person: PersonId(person),
                subject: SubjectId(subject),
                present_name,
                name,
                login,
                salt: stored::hash("receipt_subjects", "salt", &salt)?,
            }),
            _ => None,
        };
        let link = chain::record("receipts", self.sequence, &self.previous, &self.link, self.body)?;
        Ok(StoredReceipt {
            id: ReceiptId(self.id),
            sequence: link.sequence,
            code: self.code,
            subject: SubjectId(self.subject_id),
            course: CourseId(self.course_id),
            version: VersionId(self.version_id),
            issued_at: Timestamp(self.issued_at),
            body: link.body,
            previous: link.previous,
            link: link.link,
            revoked_at: stored::moment(self.revoked_at),
            signed_late_at: stored::moment(self.signed_late_at),
            zone: stored::maybe("receipts", "zone", self.zone.as_deref())?,
            holder,
        })
    }
}

macro_rules! receipt_columns {
    () => {
        "SELECT r.id, r.sequence, r.code, r.subject_id, r.course_id, r.version_id, r.issued_at, r.body, r.previous,
                r.link, COALESCE(v.revoked_at, r.revoked_at) AS revoked_at, r.signed_late_at, r.zone, s.person_id,
                p.subject_id AS holder_subject, p.name AS present_name, s.name, s.login, s.salt
         FROM receipts AS r
         LEFT JOIN revocations AS v ON v.receipt_id = r.id
         LEFT JOIN receipt_subjects AS s ON s.receipt_id = r.id
         LEFT JOIN people AS p ON p.id = s.person_id"
    };
}

impl Db {
    /// The receipt with this identifier.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn receipt(&self, id: ReceiptId) -> Result<Option<StoredReceipt>> {
        row!(self, ReceiptRow, concat!(receipt_columns!(), " WHERE r.id = $1"), id.0)?.map(ReceiptRow::read).transpose()
    }

    /// The receipt with this public code.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn receipt_by_code(&self, code: &str) -> Result<Option<StoredReceipt>> {
        row!(self, ReceiptRow, concat!(receipt_columns!(), " WHERE r.code = $1"), code)?
            .map(ReceiptRow::read)
            .transpose()
    }

    /// A person's receipts, the latest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn receipts_of(&self, person: PersonId) -> Result<Vec<StoredReceipt>> {
        rows!(
            self,
            ReceiptRow,
            concat!(receipt_columns!(), " WHERE s.person_id = $1 ORDER BY r.issued_at DESC, r.sequence DESC"),
            person.0
        )?
        .into_iter()
        .map(ReceiptRow::read)
        .collect()
    }

    /// The receipts with these numbers, from after `after` up to `until`.
    ///
    /// # Errors
    /// Only those of the database.
    pub(crate) async fn receipts_between(&self, after: u64, until: u64) -> Result<Vec<StoredReceipt>> {
        rows!(
            self,
            ReceiptRow,
            concat!(receipt_columns!(), " WHERE r.sequence > $1 AND r.sequence <= $2"),
            i64::try_from(after).unwrap_or(i64::MAX),
            i64::try_from(until).unwrap_or(i64::MAX)
        )?
        .into_iter()
        .map(ReceiptRow::read)
        .collect()
    }
}
