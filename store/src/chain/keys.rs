//! The keys that the chains are keyed and signed with, derived from the site's key.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac as _};
use serde::Serialize;
use sha2::Sha256;
use std::fmt;

/// What the key of the keyed hashes is derived by. May never change.
const LINKS: &[u8] = b"colloquy chain links, 1";
/// What the key of the signatures is derived by. May never change.
const HEADS: &[u8] = b"colloquy chain heads, 1";

/// The keys of a site's chains. Someone who has the database alone has neither.
pub struct ChainKeys {
    links: Hmac<Sha256>,
    heads: SigningKey,
}

impl fmt::Debug for ChainKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainKeys({})", hex::encode(self.public()))
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

impl ChainKeys {
    /// The keys that follow from the site's key: HMAC-SHA256 of a fixed text for each of the two uses.
    #[must_use]
    pub fn derive(site_key: &[u8; 32]) -> Self {
        let derived = |text| -> [u8; 32] { keyed(site_key).chain_update(text).finalize().into_bytes().into() };
        Self { links: keyed(&derived(LINKS)), heads: SigningKey::from_bytes(&derived(HEADS)) }
    }

    /// The public half of the signing key: what others check the end of a chain with.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.heads.verifying_key().to_bytes()
    }

    /// The keyed hash of a stored record: HMAC-SHA256 of its canonical JSON.
    pub(crate) fn mac(&self, record: &impl Serialize) -> [u8; 32] {
        let json = domain::canonical::json(record);
        self.links.clone().chain_update(json).finalize().into_bytes().into()
    }

    /// Whether a stored keyed hash is that of a record. Takes as long for every wrong one.
    pub(crate) fn is_mac(&self, record: &impl Serialize, stored: &[u8]) -> bool {
        let json = domain::canonical::json(record);
        self.links.clone().chain_update(json).verify_slice(stored).is_ok()
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.heads.sign(message).to_bytes()
    }
}

/// Whether a signature was made over a message with the private half of a key.
pub(super) fn is_signed(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = <&[u8; 32]>::try_from(public).ok().and_then(|key| VerifyingKey::from_bytes(key).ok());
    let signature = Signature::from_slice(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_follow_from_the_site_key_alone() {
        // What is signed today must verify in ten years: these may never change.
        let keys = ChainKeys::derive(&[7; 32]);
        assert_eq!(hex::encode(keys.public()), "00d4a55b7660b05204c6af71c142feee8daf7e4f6bc84b33ad8206d71dff9b3c");
        assert_eq!(
            hex::encode(keys.mac(&"record")),
            "22bbf781b9479f624b65b4eb62ad6184a4a7af155b2758c1fc23113bef796a11"
        );
        assert_ne!(ChainKeys::derive(&[8; 32]).public(), keys.public());
        assert!(!format!("{keys:?}").contains(&hex::encode(keys.heads.to_bytes())), "the log never shows a secret");
    }

    #[test]
    fn only_what_was_signed_with_the_key_holds() {
        let (keys, other) = (ChainKeys::derive(&[7; 32]), ChainKeys::derive(&[8; 32]));
        let signature = keys.sign(b"end");
        assert!(is_signed(&keys.public(), b"end", &signature));
        assert!(!is_signed(&keys.public(), b"and", &signature));
        assert!(!is_signed(&other.public(), b"end", &signature));
        assert!(!is_signed(&[], b"end", &signature) && !is_signed(&keys.public(), b"end", &[]));
        assert!(keys.is_mac(&"record", &keys.mac(&"record")));
        assert!(!keys.is_mac(&"record", &other.mac(&"record")) && !keys.is_mac(&"record", &[]));
    }
}
