//! Security events on their way into the audit log.
//!
//! They are gathered for a minute and written together: a flood of them becomes a few rows that say how many there were, and
//! costs no write for each.

use crate::context::Services;
use crate::counting;
use crate::failure::Failure;
use domain::ids::SubjectId;
use std::collections::BTreeMap;
use std::sync::Mutex;
use store::{REQUEST_REFUSED, SIGN_IN_FAILED, SIGN_IN_LOCKED, SecurityEvent, StoreError};

/// Different events that are told apart until they are written; those beyond are counted together.
const APART: usize = 100;
/// Letters of an address's hash, enough to tell two apart.
const ADDRESS_LETTERS: usize = 12;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// A password was wrong.
    WrongPassword,
    /// Nobody signs in by this name.
    UnknownLogin,
    /// An account or an address has to wait.
    Waiting,
    /// Too many sign-ins at once.
    Busy,
    /// The present password was wrong where another one was to be set.
    WrongPresentPassword,
    /// A form came from another site.
    CrossSite,
}

impl Happening {
    fn action(self) -> &'static str {
        match self {
            Self::WrongPassword | Self::UnknownLogin | Self::WrongPresentPassword => SIGN_IN_FAILED,
            Self::Waiting | Self::Busy => SIGN_IN_LOCKED,
            Self::CrossSite => REQUEST_REFUSED,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong-password",
            Self::UnknownLogin => "unknown-login",
            Self::Waiting => "waiting",
            Self::Busy => "busy",
            Self::WrongPresentPassword => "present-password",
            Self::CrossSite => "cross-site",
        }
    }
}

type Key = (Happening, Option<SubjectId>, String);

/// Events that wait to be written.
#[derive(Debug, Default)]
pub struct SecurityLog {
    waiting: Mutex<BTreeMap<Key, u32>>,
}

impl SecurityLog {
    fn note(&self, key: Key, times: u32) {
        let Ok(mut waiting) = self.waiting.lock() else { return };
        let known = waiting.len() < APART || waiting.contains_key(&key);
        let key = if known { key } else { (key.0, None, String::new()) };
        let count = waiting.entry(key).or_default();
        *count = count.saturating_add(times);
    }

    fn take(&self) -> BTreeMap<Key, u32> {
        self.waiting.lock().map(|mut waiting| std::mem::take(&mut *waiting)).unwrap_or_default()
    }
}

fn event(((what, subject, address), count): (&Key, &u32)) -> SecurityEvent {
    SecurityEvent {
        action: what.action(),
        reason: what.reason(),
        subject: *subject,
        address: address.clone(),
        count: *count,
    }
}

/// Notes what happened, to whose account, from which address.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn note(
    services: &Services,
    what: Happening,
    subject: Option<SubjectId>,
    address: &str,
) -> Result<(), Failure> {
    let address = address_hash(&counting::key_of(services, "address", address).await?);
    services.security.note((what, subject, address), 1);
    Ok(())
}

/// What stands for an address in the log.
#[must_use]
pub fn address_hash(key: &[u8; 32]) -> String {
    let mut hash = hex::encode(key);
    hash.truncate(ADDRESS_LETTERS);
    hash
}

/// Writes what waits; what could not be written goes on waiting.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn write(services: &Services) -> Result<(), StoreError> {
    let taken = services.security.take();
    let written = services.db.record_security(taken.iter().map(event).collect(), services.clock.now()).await;
    if written.is_err() {
        taken.into_iter().for_each(|(key, count)| services.security.note(key, count));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_becomes_few_rows_that_say_how_many() {
        let log = SecurityLog::default();
        for number in 0..10_000 {
            log.note((Happening::CrossSite, None, format!("address {}", number % 5_000)), 1);
        }
        let rows = log.take();
        assert!(rows.len() <= APART + 1, "{}", rows.len());
        assert_eq!(rows.values().sum::<u32>(), 10_000);
        assert!(log.take().is_empty());
    }
}
