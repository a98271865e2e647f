//! Short names that are safe in an address, a file name and a log.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A stable short name: lower-case letters a to z, digits and single hyphens, 1 to 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a short name: use a to z, 0 to 9 and single hyphens, at most 64 characters")]
pub struct NotASlug(pub String);

impl Slug {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let good =
            (1..=64).contains(&text.len()) && text.split('-').all(|part| !part.is_empty() && part.bytes().all(plain));
        if good { Ok(Self(text.to_owned())) } else { Err(NotASlug(text.to_owned())) }
    }
}

impl TryFrom<String> for Slug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, NotASlug> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses() {
        for good in ["a", "late-parcel", "module-2", "2024"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "A", "a--b", "-a", "a-", "a b", "ä", "../x", &"a".repeat(65)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }
}
