//! From stored values to the domain's: the one place where a bad value gets its name.

use crate::{Result, StoreError};
use domain::time::Timestamp;
use std::{error::Error, str::FromStr};

/// Reads a text.
pub(crate) fn text<T>(table: &'static str, column: &'static str, stored: &str) -> Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    stored.parse().map_err(|problem| StoreError::corrupt(table, column, problem))
}

/// Reads a text that may be missing.
pub(crate) fn maybe<T>(table: &'static str, column: &'static str, stored: Option<&str>) -> Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    stored.map(|stored| text(table, column, stored)).transpose()
}

/// Reads a number into a narrower or unsigned type.
pub(crate) fn number<T: TryFrom<i64>>(table: &'static str, column: &'static str, stored: i64) -> Result<T> {
    T::try_from(stored).map_err(|_| StoreError::corrupt(table, column, format!("{stored} is out of range")))
}

/// Reads a SHA-256.
pub(crate) fn hash(table: &'static str, column: &'static str, stored: &[u8]) -> Result<[u8; 32]> {
    stored.try_into().map_err(|_| StoreError::corrupt(table, column, format!("{} bytes, not 32", stored.len())))
}

/// Reads a moment that may be missing.
pub(crate) fn moment(stored: Option<i64>) -> Option<Timestamp> {
    stored.map(Timestamp)
}

/// A count as stored; a count is never negative.
pub(crate) fn size(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}
