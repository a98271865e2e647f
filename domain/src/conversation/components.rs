//! The circles of a graph: its strongly connected components, by Tarjan's algorithm without recursion
//! (R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972).

use super::graph::{Edge, Graph};

/// The components, numbered so that every edge leads to the same or a lower number.
pub(super) struct Components {
    /// The component of each state.
    pub of: Vec<u32>,
    /// The states of each component.
    pub members: Vec<Vec<usize>>,
}

const UNSEEN: u32 = u32::MAX;

impl Components {
    /// Of the graph with only the edges that `allow` lets through.
    pub fn new(graph: &Graph, allow: impl Fn(usize, &Edge) -> bool) -> Self {
        let count = graph.len();
        let mut of = vec![UNSEEN; count];
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut order = vec![UNSEEN; count];
        let mut low = vec![0; count];
        let mut stack: Vec<usize> = Vec::new();
        let mut clock = 0;
        for root in 0..count {
            if order[root] != UNSEEN {
                continue;
            }
            let mut calls = vec![(root, 0)];
            while let Some((state, edge)) = calls.last_mut() {
                let state = *state;
                if *edge == 0 {
                    order[state] = clock;
                    low[state] = clock;
                    clock += 1;
                    stack.push(state);
                }
                if let Some(next) = graph.edges[state].get(*edge) {
                    *edge += 1;
                    let to = next.to as usize;
                    if !allow(state, next) {
                        // `edge` is past zero now, so the state is not entered twice.
                    } else if order[to] == UNSEEN {
                        calls.push((to, 0));
                    } else if of[to] == UNSEEN {
                        low[state] = low[state].min(order[to]);
                    }
                    continue;
                }
                calls.pop();
                if let Some((parent, _)) = calls.last() {
                    low[*parent] = low[*parent].min(low[state]);
                }
                if low[state] == order[state] {
                    let number = u32::try_from(members.len()).unwrap_or(UNSEEN);
                    let start = stack.iter().rposition(|it| *it == state).unwrap_or(0);
                    let group = stack.split_off(start);
                    for member in &group {
                        of[*member] = number;
                    }
                    members.push(group);
                }
            }
        }
        Self { of, members }
    }
}
