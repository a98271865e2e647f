//! Chains of records: what is appended, what is signed, and whether it still holds. The scheme is in `docs/receipts.md`.

mod check;
mod end;
mod keys;
mod rekey;
mod sign;

pub use check::{ChainCheck, KnownEnd, VERIFY};
pub use end::SignedEnd;
pub use keys::ChainKeys;
pub use sign::SignedLate;

pub(crate) use end::{End, end};

use crate::{Db, Result, StoreError, read as stored};
use domain::{
    canonical::ContentHash,
    receipt::{Broken, Head, Link},
    time::Timestamp,
};
use serde::Serialize;

/// A chain that was checked from its first record to its last, and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Its end.
    pub head: Head,
    /// How many rows stand behind it: one to a record, or as many as were sealed.
    pub rows: u64,
    /// How many of its records were signed by an upgrade and not when they were written.
    pub signed_late: u64,
}

/// Why a chain, or one of its records, is not what this site wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// The links do not hold.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The record does not carry this site's keyed hash: it was changed, or put in by someone without the key.
    #[error("record {0} does not carry this site's key: it was changed or put in")]
    Unkeyed(u64),
    /// The record before it or after it is not the one it was written between.
    #[error("record {0} is not linked to the ones beside it")]
    Unlinked(u64),
    /// The end of the chain is not the one that was signed: records were cut off or added.
    #[error("the end of the chain is not the one this site signed")]
    Unsigned,
    /// A record lies beyond the end of the chain.
    #[error("record {0} lies beyond the signed end of the chain")]
    Beyond(u64),
    /// Withdrawals were taken out or put in.
    #[error("the withdrawals are not the ones this site made")]
    Revocations,
    /// What stands beside the record does not fit it: its holder, or the note that it was withdrawn.
    #[error("what stands beside record {0} does not fit it")]
    Beside(u64),
    /// The audit rows under a seal are not the ones that were sealed.
    #[error("the rows under seal {0} are not the ones that were sealed")]
    Rows(u64),
    /// The record is not the one that was there at an earlier check: the chain was put back, or written anew.
    #[error("record {0} is not the one that was there before: the chain was put back to an earlier state or rewritten")]
    Rewritten(u64),
}

impl Doubt {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Broken(Broken::Gap { .. }) => "missing",
            Self::Broken(Broken::Changed(_)) => "changed",
            Self::Broken(Broken::End { .. }) => "end",
            Self::Broken(Broken::Previous(_)) | Self::Unlinked(_) => "unlinked",
            Self::Unkeyed(_) => "unkeyed",
            Self::Unsigned => "unsigned",
            Self::Beyond(_) => "beyond",
            Self::Revocations => "revocations",
            Self::Beside(_) => "beside",
            Self::Rows(_) => "rows",
            Self::Rewritten(_) => "rewritten",
        }
    }

    /// The number of the record it is about; 0 where it is about the chain.
    #[must_use]
    pub fn record(self) -> u64 {
        match self {
            Self::Broken(Broken::Gap { expected: number, .. } | Broken::End { found: number, .. })
            | Self::Broken(Broken::Previous(number) | Broken::Changed(number))
            | Self::Unkeyed(number)
            | Self::Unlinked(number)
            | Self::Beyond(number)
            | Self::Beside(number)
            | Self::Rows(number)
            | Self::Rewritten(number) => number,
            Self::Unsigned | Self::Revocations => 0,
        }
    }

    /// As an error about a column.
    pub(crate) fn of(self, table: &'static str, column: &'static str) -> StoreError {
        StoreError::corrupt(table, column, self)
    }
}

/// Compares the end a chain was found to have with the one that was noted: a chain whose last records are gone holds
/// otherwise.
pub(crate) fn ends_at(table: &'static str, found: Head, noted: Head) -> Result<()> {
    if found == noted {
        return Ok(());
    }
    let broken = Broken::End { expected: noted.sequence, found: found.sequence };
    Err(Doubt::from(broken).of(table, "link"))
}

/// A record of a chain, from the columns of its table.
pub(crate) fn record(table: &'static str, sequence: i64, previous: &[u8], link: &[u8], body: String) -> Result<Link> {
    Ok(Link {
        sequence: stored::number(table, "sequence", sequence)?,
        previous: ContentHash::from_bytes(stored::hash(table, "previous", previous)?),
        body,
        link: ContentHash::from_bytes(stored::hash(table, "link", link)?),
    })
}

/// What a keyed hash covers of a seal of the audit log. Its canonical JSON may never change.
#[derive(Serialize)]
pub(crate) struct KeyedSeal {
    pub(crate) chain: &'static str,
    pub(crate) sequence: u64,
    pub(crate) link: ContentHash,
    pub(crate) signed_late: Option<Timestamp>,
}

impl Db {
    /// The keys of the chains.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when the database was opened without the site's key.
    pub fn chain_keys(&self) -> Result<&ChainKeys> {
        self.keys().map(|keys| &**keys).ok_or_else(no_key)
    }
}

/// What a call needs the site's key for and has none.
pub(crate) fn no_key() -> StoreError {
    StoreError::Unusable("its receipts and audit log are signed, and the site's key was not given".into())
}
