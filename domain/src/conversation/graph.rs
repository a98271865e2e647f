//! Every state a scenario can reach, and how.

use super::{
    condition::apply,
    model::{Exit, Index, Outcome, Scenario},
    play::Event,
};
use std::collections::HashMap;

/// How many states are looked at before giving up.
pub(super) const CAP: usize = 200_000;

/// A node with the values of the variables on arriving there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct At {
    pub node: Index,
    pub values: Box<[i32]>,
}

/// A way from one state to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub step: Step,
    pub to: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Did(Event),
    Jumped,
}

/// All reachable states; the first is the start. Nodes that only jump are states too.
#[derive(Debug)]
pub(super) struct Graph {
    pub states: Vec<At>,
    pub edges: Vec<Vec<Edge>>,
    index: HashMap<At, u32>,
}

/// More states than [`CAP`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany;

impl Graph {
    pub fn new(scenario: &Scenario, cap: usize) -> Result<Self, TooMany> {
        let mut graph = Self { states: Vec::new(), edges: Vec::new(), index: HashMap::new() };
        let start = At { node: 0, values: scenario.start_values().into() };
        graph.visit(start, cap)?;
        let mut next = 0;
        while next < graph.states.len() {
            let at = graph.states[next].clone();
            let mut edges = Vec::new();
            match &scenario.node(at.node).exit {
                Exit::Choices { timer, .. } => {
                    let node = scenario.node(at.node);
                    for (index, choice) in node.offered(&at.values) {
                        let to = graph.visit(after(scenario, &at, &choice.outcome), cap)?;
                        edges.push(Edge { step: Step::Did(Event::Chose(index)), to });
                    }
                    if let Some(timer) = timer {
                        let to = graph.visit(after(scenario, &at, &timer.outcome), cap)?;
                        edges.push(Edge { step: Step::Did(Event::TimedOut), to });
                    }
                }
                Exit::Jumps(_) => {
                    if let Some(jump) = scenario.node(at.node).jump(&at.values) {
                        let to = At { node: jump.target, values: at.values.clone() };
                        let to = graph.visit(to, cap)?;
                        edges.push(Edge { step: Step::Jumped, to });
                    }
                }
                Exit::End(_) => {}
            }
            graph.edges.push(edges);
            next += 1;
        }
        Ok(graph)
    }

    fn visit(&mut self, at: At, cap: usize) -> Result<u32, TooMany> {
        if let Some(known) = self.index.get(&at) {
            return Ok(*known);
        }
        if self.states.len() >= cap {
            return Err(TooMany);
        }
        let index = u32::try_from(self.states.len()).map_err(|_| TooMany)?;
        self.index.insert(at.clone(), index);
        self.states.push(at);
        Ok(index)
    }

    /// The state's position, if it is reachable.
    pub fn find(&self, node: Index, values: &[i32]) -> Option<usize> {
        let at = At { node, values: values.into() };
        self.index.get(&at).map(|index| *index as usize)
    }

    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Every edge with the state it leaves.
    pub fn all_edges(&self) -> impl Iterator<Item = (usize, &Edge)> {
        self.edges.iter().enumerate().flat_map(|(from, edges)| edges.iter().map(move |it| (from, it)))
    }

    /// What an edge brings; nothing, for a jump.
    pub fn outcome<'s>(&self, scenario: &'s Scenario, from: usize, edge: &Edge) -> Option<&'s Outcome> {
        match edge.step {
            Step::Did(event) => scenario.taken(self.states[from].node, event),
            Step::Jumped => None,
        }
    }

    pub fn is_end(&self, scenario: &Scenario, state: usize) -> bool {
        matches!(scenario.node(self.states[state].node).exit, Exit::End(_))
    }

    /// For each state, whether one of `goals` can be reached by the edges that `allow` lets through.
    pub fn reaching(&self, goals: impl Fn(usize) -> bool, allow: impl Fn(usize, &Edge) -> bool) -> Vec<bool> {
        let mut back: Vec<Vec<u32>> = vec![Vec::new(); self.len()];
        for (from, edge) in self.all_edges().filter(|(from, edge)| allow(*from, edge)) {
            back[edge.to as usize].push(u32::try_from(from).unwrap_or(u32::MAX));
        }
        let mut reaching: Vec<bool> = (0..self.len()).map(goals).collect();
        let mut open: Vec<usize> = (0..self.len()).filter(|state| reaching[*state]).collect();
        while let Some(state) = open.pop() {
            for from in &back[state] {
                let from = *from as usize;
                if !std::mem::replace(&mut reaching[from], true) {
                    open.push(from);
                }
            }
        }
        reaching
    }
}

fn after(scenario: &Scenario, at: &At, outcome: &Outcome) -> At {
    let mut values = at.values.clone();
    apply(&outcome.effects, &scenario.variables, &mut values);
    At { node: outcome.target, values }
}
