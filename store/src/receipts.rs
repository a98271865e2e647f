//! Receipts: proof that a course was completed, in a chain.

use crate::{
    Db, Result,
    chain::{self, Verified},
    read as stored,
};
use domain::{
    canonical::ContentHash,
    ids::{CourseId, PersonId, ReceiptId, SubjectId, VersionId},
    receipt::{self, Head},
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
    /// Whose it is; nobody after the person was erased.
    pub holder: Option<Holder>,
}

/// Whose a receipt is: what opens its commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
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
    person_id: Option<Uuid>,
    name: Option<String>,
    login: Option<String>,
    salt: Option<Vec<u8>>,
}

impl ReceiptRow {
    fn read(self) -> Result<StoredReceipt> {
        let holder = match (self.person_id, self.name, self.login, self.salt) {
            (Some(person), Some(name), Some(login), Some(salt)) => Some(Holder {
                person: PersonId(person),
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
            holder,
        })
    }
}

macro_rules! receipt_columns {
    () => {
        "SELECT r.id, r.sequence, r.code, r.subject_id, r.course_id, r.version_id, r.issued_at, r.body, r.previous,
                r.link, r.revoked_at, s.person_id, s.name, s.login, s.salt
         FROM receipts AS r LEFT JOIN receipt_subjects AS s ON s.receipt_id = r.id"
    };
}

/// Records checked at a time.
const STRETCH: i64 = 500;

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

    /// Checks the chain of receipts from its beginning to its noted end.
    ///
    /// # Errors
    /// [`crate::StoreError::Corrupt`] (`receipts.link`) names the first receipt that was changed, is missing, or was
    /// added or cut off at the end.
    pub async fn verify_receipts(&self) -> Result<Verified> {
        let noted = chain::head(self, receipt::RECEIPTS).await?;
        let mut head = Head::start(receipt::RECEIPTS);
        loop {
            let rows = rows!(
                self,
                (i64, Vec<u8>, Vec<u8>, String),
                "SELECT sequence, previous, link, body FROM receipts
                 WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3",
                i64::try_from(head.sequence).unwrap_or(i64::MAX),
                // Receipts that are issued meanwhile are none of this check's business.
                i64::try_from(noted.sequence).unwrap_or(i64::MAX),
                STRETCH
            )?;
            if rows.is_empty() {
                break;
            }
            for (sequence, previous, link, body) in rows {
                let record = chain::record("receipts", sequence, &previous, &link, body)?;
                head = receipt::follow(&head, &record)
                    .map_err(|broken| crate::StoreError::corrupt("receipts", "link", broken))?;
            }
        }
        chain::ends_at("receipts", head, noted)?;
        Ok(Verified { head, rows: head.sequence })
    }
}
