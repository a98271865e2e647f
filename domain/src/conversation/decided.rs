//! What somebody decided in a run, told without scoring it.

use super::{
    model::Scenario,
    play::{Event, Impossible, replay},
    score::outcomes,
};
use crate::slug::Slug;
use std::collections::{BTreeMap, BTreeSet};

/// What was promised: its kind, and how much or until when.
pub type Promise = (Slug, String);

/// What a run came to, apart from its score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// The blockers met.
    pub blockers: BTreeSet<Slug>,
    /// The decisions that have a name, each with all that was promised at it.
    pub decisions: BTreeMap<Slug, BTreeSet<Promise>>,
}

/// What was decided in a run, over or not. Costs one replay.
///
/// # Errors
/// [`Impossible`] for events that the scenario does not allow.
pub fn decided(scenario: &Scenario, events: &[Event]) -> Result<Decided, Impossible> {
    let state = replay(scenario, events)?;
    let mut decided = Decided::default();
    for outcome in outcomes(scenario, &state) {
        decided.blockers.extend(outcome.blockers.iter().cloned());
        if let Some(decision) = &outcome.decision {
            let promises = outcome.commitments.iter().map(|promise| (promise.kind.clone(), promise.detail.clone()));
            decided.decisions.entry(decision.clone()).or_default().extend(promises);
        }
    }
    Ok(decided)
}
