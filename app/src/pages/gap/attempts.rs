//! From stored runs to what the comparison is made of.

use crate::context::services;
use crate::failure::Failure;
use domain::course::Package;
use domain::gap::Attempt;
use domain::ids::{GroupId, VersionId};
use std::collections::{HashMap, hash_map::Entry};
use std::sync::Arc;
use store::FirstRun;

/// The first finished runs of conversations that have a score and belong to a family, and how many conversations were
/// begun and never finished.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn all(group: Option<GroupId>) -> Result<(Vec<Attempt>, u64), Failure> {
    let services = services();
    let found = services.db.first_runs(group).await?;
    let mut packages: HashMap<VersionId, Arc<Package>> = HashMap::new();
    for run in &found.runs {
        if let Entry::Vacant(vacant) = packages.entry(run.version) {
            vacant.insert(services.packages.get(&services.db, run.version).await?);
        }
    }
    let attempts = found.runs.iter().filter_map(|run| attempt(packages.get(&run.version)?, run)).collect();
    Ok((attempts, found.unfinished))
}

fn attempt(package: &Package, run: &FirstRun) -> Option<Attempt> {
    let scenario = package.activity(&run.activity)?.telling(None)?.scenario;
    match Attempt::of(run.subject, scenario, run.score?, run.ended_at, &run.events) {
        Ok(attempt) => attempt.map(|attempt| attempt.with_found(run.found.iter().copied())),
        Err(problem) => {
            tracing::error!(version = %run.version, activity = %run.activity, %problem, "a stored run cannot be replayed");
            None
        }
    }
}
