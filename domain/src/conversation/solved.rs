//! A scenario with the worth of all its states. The rule is told in [`score`](mod@super::score).

use super::{
    components::Components,
    graph::{CAP, Edge, Graph, Step},
    model::{Index, Outcome, Scenario},
    play::Event,
    solve::{Problem, Uneven},
};
use crate::{percent::Percent, slug::Slug};

/// A scenario with everything known about its states: make it once, score with it as often as needed.
#[derive(Debug)]
pub struct Solved {
    pub(super) scenario: Scenario,
    pub(super) graph: Graph,
    pub(super) best: Vec<i64>,
    pub(super) worst: i64,
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
        let endless = graph.reaching(ends, |_, _| true).iter().position(|reaches| !reaches);
        if let Some(state) = endless {
            return Err(Unsolvable::Endless { node: node(state) });
        }
        let circles = Components::new(&graph, |_, _| true);
        let uneven = |at: Uneven| Unsolvable::UnevenCircle { node: node(at.state) };
        let values = |sign: i64, of: Option<Index>| {
            let reward = |from: usize, edge: &Edge| sign * worth(scenario, graph.outcome(scenario, from, edge), of);
            let problem = Problem { graph: &graph, circles: &circles, reward, allow: |_, _: &Edge| true };
            let best = problem.best(ends)?;
            let length = if of.is_none() && sign == 1 { problem.lengths(&best, ends) } else { Vec::new() };
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
        Ok(Self { scenario: scenario.clone(), graph, best, worst: worst[0], length, spans })
    }

    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// V* and Vmin: the greatest and the least sum of rewards of a whole run.
    #[must_use]
    pub fn range(&self) -> (i64, i64) {
        (self.best[0], self.worst)
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

    /// Every possible event in a state with its worth, the best first.
    pub(super) fn ranked(&self, state: usize) -> Vec<Worth> {
        let mut ranked: Vec<Worth> = self.graph.edges[state]
            .iter()
            .filter_map(|edge| {
                let Step::Did(event) = edge.step else {
                    return None;
                };
                let to = edge.to as usize;
                let reward = worth(&self.scenario, self.graph.outcome(&self.scenario, state, edge), None);
                let value = reward + self.best[to];
                // A way that is not best all along has no shortest best way; its own length is that of what follows.
                Some(Worth { event, value, length: self.length[to] })
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
pub(super) fn share(points: i64, best: i64, worst: i64) -> Option<Percent> {
    // Sums of small whole numbers: exact in a double.
    #[expect(clippy::cast_precision_loss)]
    let (part, whole) = ((points - worst) as f64, (best - worst) as f64);
    (best > worst).then(|| Percent::of(part, whole))
}
