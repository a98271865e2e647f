//! The fair score.
//!
//! The reward of a choice is Σ weight · rating over the competencies, where a missing rating is 0 and a timer running
//! out is a choice. G is the sum of the rewards of a run. V* and Vmin are the greatest and the least sum that any run from
//! the start to an ending can have; both are found over all states (node × variables), never over visited nodes only.
//!
//! score = (G − Vmin) / (V* − Vmin), as a share of a hundred; a scenario with V* = Vmin is unscored.
//!
//! The regret of a decision a in state s is V*(s) − Q*(s, a), where Q*(s, a) is the reward of a and the best that can
//! follow. Regrets add up to V*(start) − G: exactly what was lost. Of equally good choices the one with fewer decisions to
//! the end is preferred, then the author's first.
//!
//! A competency's own score is computed likewise, with its ratings alone as rewards and its own best and worst.
//!
//! A run passes when it ended in success, met no blocker, and its score reaches the pass mark (an unscored scenario has no
//! mark to reach).

use super::{
    model::{EndingKind, Outcome, Scenario},
    play::{Event, Impossible, State, Trail, replay},
    solved::{Solved, Unsolvable, share, worth},
};
use crate::{percent::Percent, slug::Slug};
use serde::{Deserialize, Serialize};

/// Why a run cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unscorable {
    /// The events cannot have happened.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// The run is not over.
    #[error("the conversation is not over")]
    Unfinished,
    /// Of two versions of the scenario, the events lead elsewhere in the one.
    #[error("in the version that was played the events lead elsewhere")]
    Elsewhere,
    /// The scenario has no scores.
    #[error(transparent)]
    Unsolvable(#[from] Unsolvable),
}

/// The score of a finished run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The share of what could be reached; nothing, when the scenario is unscored.
    pub percent: Option<Percent>,
    /// The pass mark.
    pub pass: Percent,
    /// G: the sum of the rewards.
    pub points: i64,
    /// V*: the greatest sum.
    pub best: i64,
    /// Vmin: the least sum.
    pub worst: i64,
    /// Each competency's own score, in the scenario's order.
    pub competencies: Vec<CompetencyScore>,
    /// The blockers met, in order, each once.
    pub blockers: Vec<Slug>,
    /// How it ended.
    pub ending: EndingKind,
    /// Whether the run passes.
    pub passed: bool,
}

/// The score in one respect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompetencyScore {
    /// The competency's name in the course.
    pub id: Slug,
    /// Its score; nothing, when no run can differ in it.
    pub percent: Option<Percent>,
}

impl Solved {
    /// Scores a finished run.
    ///
    /// # Errors
    /// [`Unscorable::Impossible`] for events that cannot have happened, [`Unscorable::Unfinished`] before the end.
    pub fn score(&self, events: &[Event]) -> Result<Score, Unscorable> {
        self.judge(&replay(self.scenario(), events)?)
    }

    /// Scores the run that led to a state, of which nothing is forgotten.
    ///
    /// # Errors
    /// [`Unscorable::Unfinished`] before the end.
    pub fn judge(&self, state: &State) -> Result<Score, Unscorable> {
        let scenario = self.scenario();
        let ending = state.ending(scenario).ok_or(Unscorable::Unfinished)?.kind;
        let taken: Vec<&Outcome> = outcomes(scenario, state).collect();
        let sum = |of| taken.iter().map(|it| worth(scenario, Some(it), of)).sum::<i64>();
        let points = sum(None);
        let (best, worst) = self.range();
        let percent = share(points, best, worst);
        let pass = Percent::of(f64::from(scenario.pass), 100.0);
        let mut blockers: Vec<Slug> = Vec::new();
        for blocker in taken.iter().flat_map(|it| &it.blockers) {
            if !blockers.contains(blocker) {
                blockers.push(blocker.clone());
            }
        }
        let competencies = scenario
            .competencies
            .iter()
            .zip(0..)
            .zip(&self.spans)
            .map(|((competency, index), (best, worst))| CompetencyScore {
                id: competency.id.clone(),
                percent: share(sum(Some(index)), *best, *worst),
            })
            .collect();
        let reached = percent.is_none_or(|percent| percent.reaches(pass));
        let passed = ending == EndingKind::Success && blockers.is_empty() && reached;
        Ok(Score { percent, pass, points, best, worst, competencies, blockers, ending, passed })
    }
}

/// Scores one run of a scenario. To score several, keep a [`Solved`].
///
/// # Errors
/// As [`Solved::new`] and [`Solved::score`].
pub fn score(scenario: &Scenario, events: &[Event]) -> Result<Score, Unscorable> {
    Solved::new(scenario)?.score(events)
}

/// What the choices and silences of a run brought, in order.
pub(super) fn outcomes<'s>(scenario: &'s Scenario, state: &State) -> impl Iterator<Item = &'s Outcome> {
    state.trail.iter().filter_map(|step| match step {
        Trail::Took(node, event) => scenario.taken(*node, *event),
        Trail::Reached(_) => None,
    })
}
