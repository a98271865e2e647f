//! Every state a scenario can reach, and how.

use super::{
    condition::apply,
    model::{EndingKind, Exit, Index, Scenario},
    states::{States, TooMany},
    ways::Ways,
};
use std::sync::Arc;

/// How much is looked at before giving up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cap {
    pub states: usize,
    /// Edges between them: they take the most memory.
    pub edges: usize,
}

/// Keeps a check within some hundred megabytes and a few seconds.
pub(super) const CAP: Cap = Cap { states: 1_250_000, edges: 10_000_000 };

/// A way from one state to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// The other state.
    pub to: u32,
    /// Which of the scenario's [`Ways`].
    pub way: u32,
}

/// Edges by the state at one end of them: one list, and where each state's part of it begins.
#[derive(Debug)]
pub(super) struct Edges {
    starts: Vec<u32>,
    list: Vec<Edge>,
}

impl Edges {
    pub fn of(&self, state: usize) -> &[Edge] {
        &self.list[self.starts[state] as usize..self.starts[state + 1] as usize]
    }

    fn states(&self) -> usize {
        self.starts.len() - 1
    }

    /// Every edge with the state it is kept at.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Edge)> {
        (0..self.states()).flat_map(|state| self.of(state).iter().map(move |edge| (state, edge)))
    }

    /// Those that `keep` lets through, kept at their other end.
    pub fn reversed(&self, keep: impl Fn(usize, &Edge) -> bool) -> Self {
        let mut starts = vec![0; self.starts.len()];
        for (_, edge) in self.all().filter(|(from, edge)| keep(*from, edge)) {
            starts[edge.to as usize + 1] += 1;
        }
        for state in 1..starts.len() {
            starts[state] += starts[state - 1];
        }
        let mut next = starts.clone();
        let mut list = vec![Edge { to: 0, way: 0 }; starts.last().map_or(0, |end| *end as usize)];
        for (from, edge) in self.all().filter(|(from, edge)| keep(*from, edge)) {
            let place = &mut next[edge.to as usize];
            // Numbers of states fit: they are positions of edges' ends.
            list[*place as usize] = Edge { to: u32::try_from(from).unwrap_or(u32::MAX), way: edge.way };
            *place += 1;
        }
        Self { starts, list }
    }
}

/// All reachable states; the first is the start. Nodes that only jump are states too.
#[derive(Debug)]
pub(super) struct Graph {
    pub states: Arc<States>,
    pub ways: Ways,
    pub edges: Edges,
}

impl Graph {
    pub fn new(scenario: &Scenario, cap: Cap) -> Result<Self, TooMany> {
        let ways = Ways::new(scenario);
        let mut states = States::new(scenario);
        let mut edges = Edges { starts: vec![0], list: Vec::new() };
        let mut values = scenario.start_values();
        let mut after = values.clone();
        states.add(0, &values, cap.states)?;
        let mut state = 0;
        while state < states.len() {
            let index = states.node(state);
            let (node, first) = (scenario.node(index), ways.first(index));
            states.values(state, &mut values);
            match &node.exit {
                Exit::Choices { choices, timer } => {
                    let chosen = node.offered(&values).map(|(at, choice)| (u32::from(at), &choice.outcome));
                    let silent = timer.iter().map(|timer| (u32::try_from(choices.len()).unwrap_or(0), &timer.outcome));
                    for (at, outcome) in chosen.chain(silent) {
                        after.copy_from_slice(&values);
                        apply(&outcome.effects, &scenario.variables, &mut after);
                        let to = states.add(outcome.target, &after, cap.states)?;
                        edges.list.push(Edge { to, way: first + at });
                    }
                }
                Exit::Jumps(_) => {
                    if let Some((at, jump)) = node.jump(&values) {
                        let to = states.add(jump.target, &values, cap.states)?;
                        edges.list.push(Edge { to, way: first + u32::from(at) });
                    }
                }
                Exit::End(_) => {}
            }
            let end = edges.list.len();
            edges.starts.push(u32::try_from(end).ok().filter(|_| end <= cap.edges).ok_or(TooMany)?);
            state += 1;
        }
        states.settle();
        edges.list.shrink_to_fit();
        edges.starts.shrink_to_fit();
        Ok(Self { states: Arc::new(states), ways, edges })
    }

    pub fn len(&self) -> usize {
        self.states.len()
    }

    pub fn is_end(&self, scenario: &Scenario, state: usize) -> bool {
        self.ending(scenario, state).is_some()
    }

    /// How it ended here, if it did.
    pub fn ending(&self, scenario: &Scenario, state: usize) -> Option<EndingKind> {
        match &scenario.node(self.states.node(state)).exit {
            Exit::End(ending) => Some(ending.kind),
            _ => None,
        }
    }

    /// The node of a state.
    pub fn node(&self, state: usize) -> Index {
        self.states.node(state)
    }
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use crate::conversation::parse;

    #[test]
    fn looks_no_further_than_its_cap() {
        let source = "---\ntitle: x\nyou: Sam\nthem: Dana\n---\n\n## a\n\n- Hm. -> a\n  why: So.\n- Yes. -> b\n  why: So.\n\n## b (end: success)\n";
        let scenario = parse(source, "x").scenario.unwrap();
        let graph = |states, edges| Graph::new(&scenario, Cap { states, edges });
        let whole = graph(2, 2).unwrap();
        assert_eq!((whole.len(), whole.edges.all().count()), (2, 2));
        assert_eq!(whole.edges.of(0).iter().map(|edge| edge.to).collect::<Vec<_>>(), [0, 1]);
        let back = whole.edges.reversed(|_, edge| edge.to == 1);
        assert_eq!(back.all().map(|(at, edge)| (at, edge.to, edge.way)).collect::<Vec<_>>(), [(1, 0, 1)]);
        assert!(graph(1, 2).is_err() && graph(2, 1).is_err());
    }
}
