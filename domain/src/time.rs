//! Moments, and the two things rules may not reach for on their own: the clock and chance.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// One second, in the unit of this type.
    pub const SECOND: i64 = 1_000;
    /// One minute, in the unit of this type.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// One hour, in the unit of this type.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Twenty-four hours, in the unit of this type.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// This moment moved by `milliseconds`, saturating at the ends of the range.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Tells the time. The only real clock lives in the server; tests bring their own.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A source of chance, good enough for secrets.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with unpredictable values.
    fn fill(&self, bytes: &mut [u8]);

    /// A random 64-bit number.
    fn number(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}
