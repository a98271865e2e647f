//! The end of a chain: signed, so that nothing can be cut off or added unnoticed.

use super::{ChainKeys, keys::is_signed, no_key};
use crate::{
    Result, StoreError, read as stored,
    tx::{Source, Tx},
};
use domain::{
    canonical::ContentHash,
    receipt::{Head, Link},
    time::Timestamp,
};
use serde::Serialize;

/// What begins every signed message, so that a signature over something else is never one over an end.
const CONTEXT: &[u8] = b"colloquy chain end, 1\n";

/// The end of a chain as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) chain: &'static str,
    pub(crate) head: Head,
    /// How many of the chain's records are withdrawals.
    pub(crate) revocations: u64,
    pub(crate) public_key: Option<Vec<u8>>,
    pub(crate) signature: Option<Vec<u8>>,
}

/// The end of a chain to keep elsewhere: someone who has it can tell later whether anything before it was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedEnd {
    /// Which chain.
    pub chain: &'static str,
    /// The number of its last record.
    pub sequence: u64,
    /// The link of its last record.
    pub link: ContentHash,
    /// How many of its records are withdrawals.
    pub revocations: u64,
    /// The site's public key, in hexadecimal.
    pub public_key: String,
    /// The signature, in hexadecimal.
    pub signature: String,
}

type Row = (i64, Vec<u8>, i64, Option<Vec<u8>>, Option<Vec<u8>>);

impl End {
    fn read(chain: &'static str, found: Option<Row>) -> Result<Self> {
        let (sequence, link, revocations, public_key, signature) =
            found.ok_or_else(|| StoreError::corrupt("chain_heads", "chain", "it is missing"))?;
        let head = Head {
            sequence: stored::number("chain_heads", "sequence", sequence)?,
            link: ContentHash::from_bytes(stored::hash("chain_heads", "link", &link)?),
        };
        Ok(Self { chain, head, revocations: stored::size(revocations), public_key, signature })
    }

    /// The text ‖ the chain's name ‖ a zero byte ‖ sequence number ‖ link ‖ number of withdrawals; numbers with eight
    /// bytes, big-endian.
    fn message(&self) -> Vec<u8> {
        let mut message = CONTEXT.to_vec();
        message.extend_from_slice(self.chain.as_bytes());
        message.push(0);
        message.extend_from_slice(&self.head.sequence.to_be_bytes());
        message.extend_from_slice(self.head.link.as_bytes());
        message.extend_from_slice(&self.revocations.to_be_bytes());
        message
    }

    /// Whether it is signed with these keys.
    pub(crate) fn is_signed(&self, keys: &ChainKeys) -> bool {
        let signature = self.signature.as_deref().unwrap_or_default();
        is_signed(&keys.public(), &self.message(), signature)
    }

    /// Whether it was signed with other keys than these: those of another site, or from before a change of keys.
    pub(super) fn is_foreign(&self, keys: &ChainKeys) -> bool {
        self.public_key.as_deref().is_some_and(|public| public != keys.public())
    }

    /// To be kept elsewhere; nothing before it was signed.
    pub(super) fn export(&self) -> Option<SignedEnd> {
        let (public_key, signature) = (self.public_key.as_ref()?, self.signature.as_ref()?);
        Some(SignedEnd {
            chain: self.chain,
            sequence: self.head.sequence,
            link: self.head.link,
            revocations: self.revocations,
            public_key: hex::encode(public_key),
            signature: hex::encode(signature),
        })
    }
}

/// The stored end of a chain.
pub(crate) async fn end(mut on: impl Source, chain: &'static str) -> Result<End> {
    let found = row!(
        on,
        Row,
        "SELECT sequence, link, revocations, public_key, signature FROM chain_heads WHERE chain = $1",
        chain
    )?;
    End::read(chain, found)
}

impl Tx {
    /// The end of a chain; until this transaction ends, nobody else can append.
    pub(super) async fn hold_end(&mut self, chain: &'static str, now: Timestamp) -> Result<End> {
        let found = row!(
            self,
            Row,
            "UPDATE chain_heads SET updated_at = $2 WHERE chain = $1
             RETURNING sequence, link, revocations, public_key, signature",
            chain,
            now.0
        )?;
        End::read(chain, found)
    }

    /// Stores another end, signed.
    pub(super) async fn put_end(&mut self, end: &End, keys: &ChainKeys) -> Result<()> {
        run!(
            self,
            "UPDATE chain_heads SET sequence = $2, link = $3, revocations = $4, public_key = $5, signature = $6
             WHERE chain = $1",
            end.chain,
            i64::try_from(end.head.sequence).unwrap_or(i64::MAX),
            end.head.link.as_bytes().as_slice(),
            i64::try_from(end.revocations).unwrap_or(i64::MAX),
            keys.public().as_slice(),
            keys.sign(&end.message()).as_slice()
        )?;
        Ok(())
    }

    /// Appends a record to a chain and signs the new end. The caller stores the link in its own table in this
    /// transaction; until it ends, nobody else can append.
    ///
    /// Where the present end is not the one that was signed, the record is appended all the same, for what was done is
    /// done; but the signature is left out, for it would vouch for what someone else did to the chain.
    pub(crate) async fn append(
        &mut self,
        chain: &'static str,
        body: String,
        is_revocation: bool,
        now: Timestamp,
    ) -> Result<Link> {
        let keys = self.keys().ok_or_else(no_key)?;
        let before = self.hold_end(chain, now).await?;
        let link = before.head.append(body);
        let after = End {
            head: Head { sequence: link.sequence, link: link.link },
            revocations: before.revocations + u64::from(is_revocation),
            ..before.clone()
        };
        if before.is_signed(&keys) {
            self.put_end(&after, &keys).await?;
        } else {
            tracing::error!(chain, sequence = link.sequence, "the end of a chain is not the one that was signed");
            run!(
                self,
                "UPDATE chain_heads SET sequence = sequence + 1, link = $2, revocations = $3, signature = NULL
                 WHERE chain = $1",
                chain,
                link.link.as_bytes().as_slice(),
                i64::try_from(after.revocations).unwrap_or(i64::MAX)
            )?;
        }
        Ok(link)
    }
}
