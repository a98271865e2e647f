//! What completes an activity and a course, and what is still missing. Nothing here ever goes down.

mod activity;
mod ruling;
#[cfg(test)]
mod tests;

pub use activity::{ActivityState, ActivityStatus, Done, Missing, Rule, UnknownActivityStatus, missing};
pub use ruling::{Ruling, UnknownRuling, waits};

use crate::{
    course::{Activity, Module, Package},
    named::ActivityId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one person has done of a course, by activity.
pub type States = BTreeMap<ActivityId, ActivityState>;

/// How far somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How many required activities are completed.
    pub done: u32,
    /// How many required activities there are.
    pub total: u32,
    /// Where to go on: the first required activity that is not completed, else the first other one.
    pub next: Option<ActivityId>,
}

impl Progress {
    /// Whether every required activity is completed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done == self.total
    }

    fn over<'a>(activities: impl Iterator<Item = &'a Activity> + Clone, states: &States) -> Self {
        let completed = |activity: &&Activity| states.get(&activity.id).is_some_and(ActivityState::is_completed);
        let required = activities.clone().filter(|activity| activity.required);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let next = required
            .clone()
            .find(|activity| !completed(activity))
            .or_else(|| activities.clone().find(|activity| !completed(activity)));
        Self {
            done: count(required.clone().filter(completed).count()),
            total: count(required.count()),
            next: next.map(|activity| activity.id.clone()),
        }
    }
}

/// The progress in a whole course.
#[must_use]
pub fn course(package: &Package, states: &States) -> Progress {
    Progress::over(package.modules.iter().flat_map(|module| &module.activities), states)
}

/// The progress in one module.
#[must_use]
pub fn module(module: &Module, states: &States) -> Progress {
    Progress::over(module.activities.iter(), states)
}
