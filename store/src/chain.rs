//! Chains of records: what is appended, and whether it still holds.

use crate::{
    Result, StoreError, read as stored,
    tx::{Source, Tx},
};
use domain::{
    canonical::ContentHash,
    receipt::{Head, Link},
    time::Timestamp,
};

/// A chain that was checked from its first record to its last, and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Its end.
    pub head: Head,
    /// How many rows stand behind it: one to a record, or as many as were sealed.
    pub rows: u64,
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

/// The noted end of a chain.
pub(crate) async fn head(mut on: impl Source, chain: &'static str) -> Result<Head> {
    let found = row!(on, (i64, Vec<u8>), "SELECT sequence, link FROM chain_heads WHERE chain = $1", chain)?;
    read_head(found)
}

fn read_head(found: Option<(i64, Vec<u8>)>) -> Result<Head> {
    let (sequence, link) = found.ok_or_else(|| StoreError::corrupt("chain_heads", "chain", "it is missing"))?;
    Ok(Head {
        sequence: stored::number("chain_heads", "sequence", sequence)?,
        link: ContentHash::from_bytes(stored::hash("chain_heads", "link", &link)?),
    })
}

/// Compares the end a chain was found to have with the one that was noted: a chain whose last records are gone holds
/// otherwise.
pub(crate) fn ends_at(table: &'static str, found: Head, noted: Head) -> Result<()> {
    if found == noted {
        return Ok(());
    }
    let broken = domain::receipt::Broken::End { expected: noted.sequence, found: found.sequence };
    Err(StoreError::corrupt(table, "link", broken))
}

impl Tx {
    /// Appends a record to a chain. The caller stores the link in its own table in this transaction; until it ends,
    /// nobody else can append.
    pub(crate) async fn append(&mut self, chain: &'static str, body: String, now: Timestamp) -> Result<Link> {
        let found = row!(
            self,
            (i64, Vec<u8>),
            "UPDATE chain_heads SET updated_at = $2 WHERE chain = $1 RETURNING sequence, link",
            chain,
            now.0
        )?;
        let link = read_head(found)?.append(body);
        run!(
            self,
            "UPDATE chain_heads SET sequence = sequence + 1, link = $2 WHERE chain = $1",
            chain,
            link.link.as_bytes().as_slice()
        )?;
        Ok(link)
    }
}
