//! How often nodes and ways are met over all states.

use crate::conversation::{
    graph::Graph,
    model::{Index, Scenario},
    ways::{Step, Ways},
};

/// Numbers of states.
pub(super) struct Usage {
    /// In how many states each node is.
    visits: Vec<u32>,
    /// In how many states each way can be gone.
    uses: Vec<u32>,
}

impl Usage {
    pub fn of(scenario: &Scenario, graph: &Graph) -> Self {
        let mut usage = Self { visits: vec![0; scenario.nodes.len()], uses: vec![0; graph.ways.len()] };
        for state in 0..graph.len() {
            usage.visits[usize::from(graph.node(state))] += 1;
        }
        for (_, edge) in graph.edges.all() {
            usage.uses[edge.way as usize] += 1;
        }
        usage
    }

    /// Of a scenario whose states are not known: every way may be gone.
    pub fn unknown(scenario: &Scenario, ways: &Ways) -> Self {
        Self { visits: vec![1; scenario.nodes.len()], uses: vec![1; ways.len()] }
    }

    pub fn is_reached(&self, node: Index) -> bool {
        self.visits[usize::from(node)] > 0
    }

    pub fn is_gone(&self, way: u32) -> bool {
        self.uses[way as usize] > 0
    }

    /// In how many states the condition of a way is asked, and in how many it holds. Of jumps only the first that holds
    /// is taken, and those after it are not asked.
    pub fn asked(&self, ways: &Ways, way: u32) -> (u32, u32) {
        let node = ways.get(way).node;
        let before = match ways.get(way).step {
            Step::Jumped(_) => ways.of(node).start..way,
            Step::Did(_) => way..way,
        };
        let taken: u32 = before.map(|way| self.uses[way as usize]).sum();
        (self.visits[usize::from(node)] - taken, self.uses[way as usize])
    }
}
