//! One way to write a value as bytes, and the hash of those bytes.
//!
//! Canonical JSON here means: object keys sorted by their bytes, no space between tokens, strings and numbers as
//! `serde_json` writes them. Hashes that must hold for years are taken over it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// A SHA-256 of content, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash([u8; 32]);

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a SHA-256 in hexadecimal")]
pub struct NotAHash(pub String);

impl ContentHash {
    /// The hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of the canonical JSON of `value`.
    #[must_use]
    pub fn of_value<T: Serialize>(value: &T) -> Self {
        Self::of(json(value).as_bytes())
    }

    /// The hash of several pieces, one after the other. The caller sees to it that the pieces cannot be confused.
    #[must_use]
    pub fn of_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for piece in pieces {
            hasher.update(piece);
        }
        Self(hasher.finalize().into())
    }

    /// A hash read back from 32 stored bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first twelve digits: enough for people to compare.
    #[must_use]
    pub fn short(&self) -> String {
        hex::encode(&self.0[..6])
    }
}

impl FromStr for ContentHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAHash(text.to_owned()))?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for ContentHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> Self {
        hash.to_string()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// The canonical JSON of `value`.
///
/// # Panics
/// When `value` cannot be written as JSON at all (a map with keys that are not text); no type of this crate is such.
#[must_use]
pub fn json<T: Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).expect("types of this crate are JSON");
    let mut out = String::new();
    write(&value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            // Sorted here and not by the map: another crate of the build may switch the map to insertion order.
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            out.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                write(&fields[key], out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth_and_nothing_is_spaced() {
        #[derive(Serialize)]
        struct Inner {
            z: u8,
            a: Vec<bool>,
        }
        #[derive(Serialize)]
        struct Outer {
            name: &'static str,
            inner: Inner,
            blank: Option<u8>,
        }
        let value = Outer { name: "é\"\n", inner: Inner { z: 1, a: vec![true, false] }, blank: None };
        assert_eq!(json(&value), r#"{"blank":null,"inner":{"a":[true,false],"z":1},"name":"é\"\n"}"#);
    }

    #[test]
    fn the_hash_is_sha_256_and_survives_the_round_trip() {
        let hash = ContentHash::of(b"abc");
        // FIPS 180-4's own example.
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash.to_string(), text);
        assert_eq!(text.parse(), Ok(hash));
        assert_eq!(ContentHash::of_pieces([&b"a"[..], b"bc"]), hash);
        assert!("ba78".parse::<ContentHash>().is_err() && "".parse::<ContentHash>().is_err());
    }
}
