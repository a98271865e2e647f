//! Checking the signed records once a day, and remembering outside the database how far they had come.

use crate::clock::SystemEntropy;
use app::context::Services;
use domain::time::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::{KnownEnd, NewJob, StoreError, VERIFY};
use tokio::task::JoinHandle;

/// How often the server looks whether a check is due.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// How often the records are checked.
const CHECK_EVERY: i64 = Timestamp::DAY;
/// How long a check is ours; longer than it takes to read every receipt there may be.
const LEASE: i64 = Timestamp::HOUR;

/// The ends the chains had when they were last found to hold, in a file beside the key: a database that someone put back to
/// an earlier state, signatures and all, is noticed by it.
#[derive(Debug, Clone)]
pub struct Witness(PathBuf);

impl Witness {
    /// The one that belongs to a key file.
    #[must_use]
    pub fn beside(key: &Path) -> Self {
        let mut name = key.as_os_str().to_owned();
        name.push(".ends");
        Self(name.into())
    }

    /// What it remembers; nothing where it is not there or cannot be read.
    #[must_use]
    pub fn known(&self) -> Vec<KnownEnd> {
        let Ok(text) = std::fs::read_to_string(&self.0) else { return vec![] };
        serde_json::from_str(&text).unwrap_or_else(|problem| {
            tracing::warn!(file = %self.0.display(), %problem, "what was known of the records cannot be read");
            vec![]
        })
    }

    fn remember(&self, ends: &impl serde::Serialize) {
        let written = serde_json::to_string_pretty(ends)
            .map_err(std::io::Error::other)
            .and_then(|text| std::fs::write(&self.0, text + "\n"));
        // The key may lie where nothing can be written; then this is all that is lost.
        if let Err(problem) = written {
            tracing::debug!(file = %self.0.display(), %problem, "the ends of the records could not be noted");
        }
    }
}

/// Starts checking; it ends when the handle is aborted.
#[must_use]
pub fn start(services: Arc<Services>, witness: Witness) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            look.tick().await;
            if let Err(error) = check(&services, &witness).await {
                tracing::warn!(%error, "the records could not be checked; this is tried again");
            }
        }
    })
}

/// Checks the records where it is time, on one server of all.
async fn check(services: &Services, witness: &Witness) -> Result<(), StoreError> {
    let (db, now) = (&services.db, services.clock.now());
    let job = NewJob { kind: VERIFY.into(), dedupe: "daily".into(), payload: String::new(), run_at: now };
    db.put_job(job, now, &SystemEntropy).await?;
    let Some(job) = db.claim_job(&[VERIFY], LEASE, now, &SystemEntropy).await? else { return Ok(()) };
    let outcome = verify(services, witness).await;
    let now = services.clock.now();
    let (error, again) = match &outcome {
        Ok(()) => (None, CHECK_EVERY),
        Err(problem) => (Some(problem.to_string()), 10 * Timestamp::MINUTE),
    };
    db.retry_job(&job, error, now.plus(again)).await?;
    outcome
}

async fn verify(services: &Services, witness: &Witness) -> Result<(), StoreError> {
    let db = &services.db;
    // Read first: what is added during the check is not yet known to hold.
    let ends = db.signed_ends().await?;
    let checks = db.check_chains(&witness.known(), services.clock.now()).await?;
    match checks.iter().find(|check| check.fault.is_some()) {
        None => witness.remember(&ends),
        Some(check) => tracing::error!(
            chain = check.chain,
            fault = ?check.fault,
            "the signed records of this site do not hold: someone changed them in the database"
        ),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::beside(&folder.path().join("key"));
        assert_eq!(witness.known(), []);
        let link = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        witness.remember(&serde_json::json!([{ "chain": "receipts", "sequence": 3, "link": link, "signature": "" }]));
        assert!(folder.path().join("key.ends").exists());
        let [known] = &witness.known()[..] else { panic!() };
        assert_eq!((known.chain.as_str(), known.sequence, known.link.to_string().as_str()), ("receipts", 3, link));
        std::fs::write(folder.path().join("key.ends"), "nonsense").unwrap();
        assert_eq!(witness.known(), []);
    }
}
