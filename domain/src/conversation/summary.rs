//! What a debrief comes to: one thing to keep, and the one decision that mattered most. People change one thing at a time.

use super::debrief::{Debrief, Decision};
use crate::percent::Percent;

/// What a debrief comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary<'d> {
    /// The decision to keep: of those where nothing was lost, the one where most could have been. Nothing where nothing could.
    pub keep: Option<&'d Decision>,
    /// The decision that mattered most; nothing when all was well.
    pub mattered: Option<(&'d Decision, Matter)>,
}

/// Why a decision mattered most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// It met a blocker, which fails the run at any score.
    Blocked,
    /// After it the good ending was out of reach.
    Turned,
    /// It cost the most.
    Cost,
}

impl Decision {
    /// Whether anything was lost here: points, the good ending, or all by a blocker.
    #[must_use]
    pub fn lost(&self) -> bool {
        self.turned || !self.blockers.is_empty() || self.cost.is_some_and(|cost| cost > Percent::ZERO)
    }
}

impl Debrief {
    /// What it comes to. Of equal decisions the earlier one is named.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        let first = |matters: &dyn Fn(&Decision) -> bool, matter| {
            self.decisions.iter().find(|decision| matters(decision)).map(|decision| (decision, matter))
        };
        let keep = self.decisions.iter().filter(|decision| !decision.lost());
        let cost = most(self.decisions.iter(), |decision| decision.cost).map(|decision| (decision, Matter::Cost));
        Summary {
            keep: most(keep, |decision| decision.stake),
            mattered: first(&|decision| !decision.blockers.is_empty(), Matter::Blocked)
                .or_else(|| first(&|decision| decision.turned, Matter::Turned))
                .or(cost),
        }
    }
}

/// The first decision with the most of something; nothing when all have none of it.
fn most<'d>(
    decisions: impl Iterator<Item = &'d Decision>,
    of: impl Fn(&Decision) -> Option<Percent>,
) -> Option<&'d Decision> {
    let amount = |decision: &Decision| of(decision).unwrap_or(Percent::ZERO);
    decisions
        .filter(|decision| amount(decision) > Percent::ZERO)
        .reduce(|most, decision| if amount(decision) > amount(most) { decision } else { most })
}
