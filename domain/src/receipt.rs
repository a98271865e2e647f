//! Proof that a course was completed, and the chains that make records tamper-evident.
//!
//! A chained record holds a body without personal data. Its link is SHA-256(previous link ‖ sequence number ‖ body): the
//! previous link has 32 bytes, the number eight (big-endian), so no two readings of the bytes exist. The first record
//! of a chain follows the chain's [`genesis`], so that one chain cannot pass for another.

use crate::{
    canonical::{self, ContentHash},
    ids::{ReceiptId, SubjectId},
    named::ActivityId,
    people::{Locale, Zone},
    slug::Slug,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The name of the chain of receipts.
pub const RECEIPTS: &str = "receipts";
/// The name of the chain of sealed audit batches.
pub const AUDIT: &str = "audit";

/// What a receipt says. Its canonical JSON is what is stored, chained and verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of this form: 2, or 1 without [`Self::zone`].
    pub format: u8,
    /// The receipt's own name.
    pub id: ReceiptId,
    /// Stands for the person; random, and tied to them only in a private table.
    pub subject: SubjectId,
    /// A salted commitment to who the person is; see [`Identity::commit`].
    pub commitment: ContentHash,
    /// Which course.
    pub course: Slug,
    /// What the course was called.
    pub title: String,
    /// Which version of it, from 1.
    pub version: u32,
    /// The content of that version.
    pub package: ContentHash,
    /// In which language.
    pub language: Locale,
    /// Which time round, from 1.
    pub cycle: u32,
    /// What had to be done.
    pub rule: Rule,
    /// Who agreed the answer keys.
    pub keys: String,
    /// What was done, in the order of the course.
    pub evidence: Vec<Evidence>,
    /// When the last of it was done.
    pub issued: Timestamp,
    /// Where the person was then: the days of the receipt are those of this place, wherever they go later. Left out in
    /// format 1, which did not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

/// What has to be done for a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Every required activity of the version is completed.
    EveryRequiredActivity,
}

/// One completed activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Which one.
    pub activity: ActivityId,
    /// What it was called.
    pub title: String,
    /// What it asked for: `read`, `quiz`, `practice`, `assessed` or `agree`.
    pub asked: String,
    /// Its content.
    pub content: ContentHash,
    /// When it was completed.
    pub completed: Timestamp,
    /// How many attempts were handed in; 0 of practice, which is nobody else's matter.
    pub attempts: u32,
    /// The mark of the first attempt in whole per cent, rounded down.
    pub first: Option<u8>,
    /// The best mark in whole per cent, rounded down.
    pub best: Option<u8>,
    /// The hash of the exact text that was agreed to.
    pub text: Option<ContentHash>,
    /// A trainer accepted it where no attempt was left: it was not passed. Left out where it was done as asked, which is
    /// all that receipts of earlier releases know.
    #[serde(default, skip_serializing_if = "is_no")]
    pub accepted: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_no(value: &bool) -> bool {
    !value
}

impl Receipt {
    /// The bytes that are stored and chained.
    #[must_use]
    pub fn body(&self) -> String {
        canonical::json(self)
    }
}

/// What the record of a withdrawn receipt says. Its canonical JSON is what is stored, chained and verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The version of this form, 1.
    pub format: u8,
    /// Which receipt.
    pub receipt: ReceiptId,
    /// When it was withdrawn.
    pub revoked: Timestamp,
}

impl Revocation {
    /// The bytes that are stored and chained.
    #[must_use]
    pub fn body(&self) -> String {
        canonical::json(self)
    }
}

/// Who a receipt is for. Kept apart from the receipt and deleted with the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity<'a> {
    /// 32 random bytes; without them the commitment says nothing.
    pub salt: [u8; 32],
    /// The person's name at that time.
    pub name: &'a str,
    /// Their e-mail address or employee number at that time.
    pub login: &'a str,
}

impl Identity<'_> {
    /// SHA-256(salt ‖ length of name ‖ name ‖ login). The length has eight bytes, big-endian, and counts bytes.
    #[must_use]
    pub fn commit(&self) -> ContentHash {
        let length = u64::try_from(self.name.len()).unwrap_or(u64::MAX).to_be_bytes();
        ContentHash::of_pieces([&self.salt[..], &length, self.name.as_bytes(), self.login.as_bytes()])
    }
}

/// What the first record of a chain follows.
#[must_use]
pub fn genesis(chain: &str) -> ContentHash {
    ContentHash::of_pieces([&b"colloquy chain "[..], chain.as_bytes()])
}

/// The link of the record `sequence` (from 1) with this body after the one with the link `previous`.
#[must_use]
pub fn link(previous: &ContentHash, sequence: u64, body: &str) -> ContentHash {
    ContentHash::of_pieces([&previous.as_bytes()[..], &sequence.to_be_bytes(), body.as_bytes()])
}

/// A stored record of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its number, from 1 without gaps.
    pub sequence: u64,
    /// The link of the one before.
    pub previous: ContentHash,
    /// What it says.
    pub body: String,
    /// Its own link.
    pub link: ContentHash,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the last record; 0 for an empty chain.
    pub sequence: u64,
    /// Its link; the genesis for an empty chain.
    pub link: ContentHash,
}

impl Head {
    /// The end of a chain without records.
    #[must_use]
    pub fn start(chain: &str) -> Self {
        Self { sequence: 0, link: genesis(chain) }
    }

    /// The record that comes next.
    #[must_use]
    pub fn append(&self, body: String) -> Link {
        let sequence = self.sequence + 1;
        Link { sequence, previous: self.link, link: link(&self.link, sequence, &body), body }
    }
}

/// The first record of a chain that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A record is missing, doubled or out of order.
    #[error("record {expected} is missing: {found} follows {}", expected - 1)]
    Gap {
        /// The number that should come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// A record does not follow the one before.
    #[error("record {0} does not follow the one before")]
    Previous(u64),
    /// A record was changed after it was written.
    #[error("record {0} was changed")]
    Changed(u64),
    /// The chain does not end where it is known to end: records were cut off, or added without being announced.
    #[error("the chain ends at record {found}, and {expected} is known")]
    End {
        /// The number of the known last record.
        expected: u64,
        /// The number of the last record there.
        found: u64,
    },
}

/// Checks a chain from its beginning. With `known`, its end must be that one.
///
/// # Errors
/// [`Broken`] names the first record that does not hold.
pub fn verify<'a>(chain: &str, links: impl IntoIterator<Item = &'a Link>, known: Option<Head>) -> Result<Head, Broken> {
    let mut head = Head::start(chain);
    for record in links {
        head = follow(&head, record)?;
    }
    match known {
        Some(known) if known.sequence != head.sequence => {
            Err(Broken::End { expected: known.sequence, found: head.sequence })
        }
        Some(known) if known.link != head.link => Err(Broken::Changed(head.sequence)),
        _ => Ok(head),
    }
}

/// Checks one record against the end before it, and gives the new end. For chains too long to hold at once.
///
/// # Errors
/// [`Broken`] when it does not hold.
pub fn follow(head: &Head, record: &Link) -> Result<Head, Broken> {
    let expected = head.sequence + 1;
    if record.sequence != expected {
        return Err(Broken::Gap { expected, found: record.sequence });
    }
    if record.previous != head.link {
        return Err(Broken::Previous(expected));
    }
    if record.link != link(&head.link, expected, &record.body) {
        return Err(Broken::Changed(expected));
    }
    Ok(Head { sequence: expected, link: record.link })
}

/// The body of a sealed batch of audit rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The number of the first row.
    pub first: u64,
    /// The number of the last row.
    pub last: u64,
    /// How many rows there are.
    pub count: u64,
    /// What they say; see [`Seal::over`].
    pub rows: ContentHash,
}

impl Seal {
    /// Seals rows given as number and canonical JSON, in order: SHA-256 over (number ‖ length ‖ JSON) of each, numbers
    /// and lengths with eight bytes, big-endian. Nothing when there are no rows.
    #[must_use]
    pub fn over<'a>(rows: impl IntoIterator<Item = (u64, &'a str)>) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut ends = None;
        let mut count = 0;
        for (number, json) in rows {
            ends = Some((ends.map_or(number, |(first, _)| first), number));
            count += 1;
            bytes.extend_from_slice(&number.to_be_bytes());
            bytes.extend_from_slice(&u64::try_from(json.len()).unwrap_or(u64::MAX).to_be_bytes());
            bytes.extend_from_slice(json.as_bytes());
        }
        let (first, last) = ends?;
        Some(Self { first, last, count, rows: ContentHash::of(&bytes) })
    }

    /// The bytes that are stored and chained.
    #[must_use]
    pub fn body(&self) -> String {
        canonical::json(self)
    }
}

#[cfg(test)]
mod tests;
