//! A scenario with the worth of all its states. The rule is told in [`score`](mod@super::score).

use super::{
    components::Components,
    condition::apply,
    graph::{CAP, Graph},
    model::{EndingKind, Index, Outcome, Scenario},
    play::Event,
    policy::Policy,
    solve::{Part, Uneven},
    states::States,
};
use crate::{percent::Percent, slug::Slug};
use std::sync::Arc;

/// A scenario with everything known about its states: make it once, score with it as often as needed.
///
/// It keeps some forty bytes for every state that can be reached; the ways between them are followed in the scenario.
#[derive(Debug)]
pub struct Solved {
    scenario: Scenario,
    states: Arc<States>,
    /// V* of each state.
    best: Vec<i64>,
    worst: i64,
    /// How many decisions the shortest best way from each state takes.
    length: Vec<u32>,
    /// Whether each state has a way to an ending in success.
    hopeful: Vec<bool>,
    /// The best and the worst from the start, for each competency.
    pub(super) spans: Vec<(i64, i64)>,
}

/// Why a scenario cannot be scored. The checker tells where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsolvable {
    /// More states than are looked at.
    #[error("the scenario has more than {} states, or too many ways between them: not proven", CAP.states)]
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
    /// Whether the conversation can still end in success after it.
    pub hopeful: bool,
    length: u32,
}

impl Solved {
    /// Looks at every state.
    ///
    /// # Errors
    /// [`Unsolvable`] when the scenario has too many states, an uneven circle, or a state without a way to an ending.
    pub fn new(scenario: &Scenario) -> Result<Self, Unsolvable> {
        let graph = Graph::new(scenario, CAP).map_err(|_| Unsolvable::TooManyStates)?;
        let circles = Components::new(&graph, |_| true);
        Self::from_graph(scenario, &graph, &circles)
    }

    /// Of a scenario whose graph and circles are known.
    pub(super) fn from_graph(scenario: &Scenario, graph: &Graph, circles: &Components) -> Result<Self, Unsolvable> {
        let node = |state: usize| scenario.node(graph.node(state)).id.clone();
        let ends = |state: usize| graph.is_end(scenario, state);
        let reaching = circles.reaching(graph, |_| true, ends);
        if let Some(state) = circles.of.iter().position(|circle| !reaching[*circle as usize]) {
            return Err(Unsolvable::Endless { node: node(state) });
        }
        let whole = Part { graph, circles, allow: |_: &_| true };
        // Potentials add up like rewards do.
        let mut potential = vec![0; graph.len()];
        let mut spans = Vec::with_capacity(scenario.competencies.len());
        for (competency, index) in scenario.competencies.iter().zip(0..) {
            let rewards = graph.ways.rewards(scenario, Some(index));
            let own = whole.potentials(&rewards);
            let own = own.map_err(|at: Uneven| Unsolvable::UnevenCircle { node: node(at.state) })?;
            for (sum, own) in potential.iter_mut().zip(&own) {
                *sum += i64::from(competency.weight) * own;
            }
            let values = whole.values(&rewards, &own, ends);
            spans.push((values.best[0], values.worst[0]));
        }
        let rewards = graph.ways.rewards(scenario, None);
        let values = whole.values(&rewards, &potential, ends);
        let length = whole.lengths(&rewards, &values.best, ends);
        let success = |state: usize| graph.ending(scenario, state) == Some(EndingKind::Success);
        let reaching = circles.reaching(graph, |_| true, success);
        let hopeful = circles.of.iter().map(|circle| reaching[*circle as usize]).collect();
        Ok(Self {
            scenario: scenario.clone(),
            states: Arc::clone(&graph.states),
            best: values.best,
            worst: values.worst[0],
            length,
            hopeful,
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
        (self.best[0], self.worst)
    }

    /// How many states can be reached.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states.len()
    }

    /// A sum of rewards as a score; nothing, when the scenario is unscored.
    #[must_use]
    pub fn percent(&self, points: i64) -> Option<Percent> {
        let (best, worst) = self.range();
        share(points, best, worst)
    }

    /// V* of a state by its position, and the decisions of the shortest best way on.
    #[cfg(feature = "authoring")]
    pub(super) fn ahead(&self, state: usize) -> (i64, u32) {
        (self.best[state], self.length[state])
    }

    /// Every possible event at a node with these values with its worth, the best first.
    pub(super) fn ranked(&self, node: Index, values: &[i32]) -> Vec<Worth> {
        let scenario = &self.scenario;
        let node = scenario.node(node);
        let chosen = node.offered(values).map(|(index, choice)| (Event::Chose(index), &choice.outcome));
        let silent = node.timer().map(|timer| (Event::TimedOut, &timer.outcome));
        let mut after = values.to_vec();
        let mut ranked: Vec<Worth> = chosen
            .chain(silent)
            .filter_map(|(event, outcome)| {
                after.copy_from_slice(values);
                apply(&outcome.effects, &scenario.variables, &mut after);
                let to = self.states.find(outcome.target, &after)?;
                let value = worth(scenario, Some(outcome), None) + self.best[to];
                // A way that is not best all along has no shortest best way; its own length is that of what follows.
                Some(Worth { event, value, hopeful: self.hopeful[to], length: self.length[to] })
            })
            .collect();
        ranked.sort_by_key(|worth| (std::cmp::Reverse(worth.value), worth.length));
        ranked
    }

    /// Whether the conversation can still end in success from a node with these values.
    pub(super) fn is_hopeful(&self, node: Index, values: &[i32]) -> bool {
        self.states.find(node, values).is_some_and(|state| self.hopeful[state])
    }

    /// V*(s) − Q*(s, a), never below 0; 0 for what is not possible there.
    pub(super) fn regret(&self, node: Index, values: &[i32], event: Event) -> i64 {
        let ranked = self.ranked(node, values);
        let taken = ranked.iter().find(|worth| worth.event == event);
        ranked.first().zip(taken).map_or(0, |(top, taken)| top.value - taken.value)
    }

    /// A best run: the shortest one of those with the greatest sum.
    #[must_use]
    pub fn best_run(&self) -> Vec<Event> {
        self.play(Policy::Best, 0)
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
