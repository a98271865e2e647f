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
    components::Components,
    graph::{CAP, Edge, Graph, Step},
    model::{EndingKind, Index, Outcome, Scenario},
    play::{Event, Impossible, State, Trail, replay},
    solve::{Problem, Uneven},
};
use crate::{percent::Percent, slug::Slug};
use serde::{Deserialize, Serialize};

/// A scenario with everything known about its states: make it once, score with it as often as needed.
#[derive(Debug)]
pub struct Solved {
    pub(super) scenario: Scenario,
    pub(super) graph: Graph,
    pub(super) best: Vec<i64>,
    pub(super) worst: Vec<i64>,
    pub(super) length: Vec<u32>,
    /// The best and the worst from the start, for each competency.
    pub(super) spans: Vec<(i64, i64)>,
}

/// Why a scenario cannot be scored. The checker tells where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsolvable {
    /// More states than are looked at.
    #[error("the scenario has more than {CAP} states: not proven")]
    TooManyStates,
    /// A circle whose rewards do not cancel out: it has no best or no worst.
    #[error("a circle through `{node}` changes the score")]
    UnevenCircle {
        /// A node on the circle.
        node: Slug,
    },
    /// A state from which no ending can be reached.
    #[error("from `{node}` no ending can be reached")]
    Endless {
        /// The node of that state.
        node: Slug,
    },
}

/// Why a run cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unscorable {
    /// The events cannot have happened.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// The run is not over.
    #[error("the conversation is not over")]
    Unfinished,
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

/// A decision, by its worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Worth {
    pub event: Event,
    /// Q*: its reward and the best that can follow.
    pub value: i64,
    length: u32,
}

impl Solved {
    /// Looks at every state.
    ///
    /// # Errors
    /// [`Unsolvable`] when the scenario has too many states, an uneven circle, or a state without a way to an ending.
    pub fn new(scenario: &Scenario) -> Result<Self, Unsolvable> {
        let graph = Graph::new(scenario, CAP).map_err(|_| Unsolvable::TooManyStates)?;
        let node = |state: usize| scenario.node(graph.states[state].node).id.clone();
        let ends = |state: usize| graph.is_end(scenario, state);
        let endless = graph
            .reaching(ends, |_, _| true)
            .iter()
            .position(|reaches| !reaches);
        if let Some(state) = endless {
            return Err(Unsolvable::Endless { node: node(state) });
        }
        let circles = Components::new(&graph, |_, _| true);
        let uneven = |at: Uneven| Unsolvable::UnevenCircle {
            node: node(at.state),
        };
        let values = |sign: i64, of: Option<Index>| {
            let reward = |from: usize, edge: &Edge| {
                sign * worth(scenario, graph.outcome(scenario, from, edge), of)
            };
            let problem = Problem {
                graph: &graph,
                circles: &circles,
                reward,
                allow: |_, _: &Edge| true,
            };
            let best = problem.best(ends)?;
            let length = if of.is_none() && sign == 1 {
                problem.lengths(&best, ends)
            } else {
                Vec::new()
            };
            let best: Vec<i64> = best.into_iter().map(|it| sign * it.unwrap_or(0)).collect();
            Ok((best, length))
        };
        let mut spans = Vec::new();
        for competency in 0..scenario.competencies.len() {
            let of = Index::try_from(competency).ok();
            let (best, _) = values(1, of).map_err(uneven)?;
            let (worst, _) = values(-1, of).map_err(uneven)?;
            spans.push((best[0], worst[0]));
        }
        let (best, length) = values(1, None).map_err(uneven)?;
        let (worst, _) = values(-1, None).map_err(uneven)?;
        Ok(Self {
            scenario: scenario.clone(),
            graph,
            best,
            worst,
            length,
            spans,
        })
    }

    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// V* and Vmin: the greatest and the least sum of rewards of a whole run.
    #[must_use]
    pub fn range(&self) -> (i64, i64) {
        (self.best[0], self.worst[0])
    }

    /// How many states can be reached.
    #[must_use]
    pub fn states(&self) -> usize {
        self.graph.len()
    }

    /// A sum of rewards as a score; nothing, when the scenario is unscored.
    #[must_use]
    pub fn percent(&self, points: i64) -> Option<Percent> {
        let (best, worst) = self.range();
        share(points, best, worst)
    }

    /// Scores a finished run.
    ///
    /// # Errors
    /// [`Unscorable::Impossible`] for events that cannot have happened, [`Unscorable::Unfinished`] before the end.
    pub fn score(&self, events: &[Event]) -> Result<Score, Unscorable> {
        let scenario = &self.scenario;
        let state = replay(scenario, events)?;
        let ending = state.ending(scenario).ok_or(Unscorable::Unfinished)?.kind;
        let taken: Vec<&Outcome> = outcomes(scenario, &state).collect();
        let sum = |of| {
            taken
                .iter()
                .map(|it| worth(scenario, Some(it), of))
                .sum::<i64>()
        };
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
        Ok(Score {
            percent,
            pass,
            points,
            best,
            worst,
            competencies,
            blockers,
            ending,
            passed,
        })
    }

    /// Every possible event in a state with its worth, the best first.
    pub(super) fn ranked(&self, state: usize) -> Vec<Worth> {
        let mut ranked: Vec<Worth> = self.graph.edges[state]
            .iter()
            .filter_map(|edge| {
                let Step::Did(event) = edge.step else {
                    return None;
                };
                let to = edge.to as usize;
                let reward = worth(
                    &self.scenario,
                    self.graph.outcome(&self.scenario, state, edge),
                    None,
                );
                let value = reward + self.best[to];
                // A way that is not best all along has no shortest best way; its own length is that of what follows.
                Some(Worth {
                    event,
                    value,
                    length: self.length[to],
                })
            })
            .collect();
        ranked.sort_by_key(|worth| (std::cmp::Reverse(worth.value), worth.length));
        ranked
    }

    /// A best run: the shortest one of those with the greatest sum.
    #[must_use]
    pub fn best_run(&self) -> Vec<Event> {
        self.run(|state| self.ranked(state).first().map(|worth| worth.event))
    }

    /// The run that follows `pick` until an ending, or until it has been everywhere.
    pub(super) fn run(&self, mut pick: impl FnMut(usize) -> Option<Event>) -> Vec<Event> {
        let mut events = Vec::new();
        let mut state = 0;
        for _ in 0..=self.graph.len() {
            let edges = &self.graph.edges[state];
            let next = match edges.first().map(|edge| edge.step) {
                None => break,
                Some(Step::Jumped) => edges.first(),
                Some(Step::Did(_)) => {
                    let Some(event) = pick(state) else { break };
                    events.push(event);
                    edges.iter().find(|edge| edge.step == Step::Did(event))
                }
            };
            let Some(next) = next else { break };
            state = next.to as usize;
        }
        events
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
pub(super) fn outcomes<'s>(
    scenario: &'s Scenario,
    state: &State,
) -> impl Iterator<Item = &'s Outcome> {
    state.trail.iter().filter_map(|step| match step {
        Trail::Took(node, event) => scenario.taken(*node, *event),
        Trail::Reached(_) => None,
    })
}

/// The reward of an outcome: Σ weight · rating, or one competency's rating alone.
pub(super) fn worth(scenario: &Scenario, outcome: Option<&Outcome>, of: Option<Index>) -> i64 {
    let ratings = outcome.map(|it| it.ratings.as_slice()).unwrap_or_default();
    ratings
        .iter()
        .map(|rating| match of {
            Some(competency) if competency == rating.competency => i64::from(rating.value),
            Some(_) => 0,
            None => {
                let weight = scenario.competencies[usize::from(rating.competency)].weight;
                i64::from(weight) * i64::from(rating.value)
            }
        })
        .sum()
}

/// (points − worst) / (best − worst); nothing, when best and worst are the same.
fn share(points: i64, best: i64, worst: i64) -> Option<Percent> {
    // Sums of small whole numbers: exact in a double.
    #[expect(clippy::cast_precision_loss)]
    let (part, whole) = ((points - worst) as f64, (best - worst) as f64);
    (best > worst).then(|| Percent::of(part, whole))
}
