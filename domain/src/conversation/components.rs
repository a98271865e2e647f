//! The circles of a graph: its strongly connected components, by Tarjan's algorithm without recursion
//! (R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972).

use super::graph::{Edge, Graph};

/// The components, numbered so that every edge leads to the same or a lower number.
#[derive(Debug)]
pub(super) struct Components {
    /// The component of each state.
    pub of: Vec<u32>,
    /// The states, component after component, and where each one's part begins.
    members: Vec<u32>,
    starts: Vec<u32>,
}

const UNSEEN: u32 = u32::MAX;

impl Components {
    /// Of the graph with only the edges that `allow` lets through.
    pub fn new(graph: &Graph, allow: impl Fn(&Edge) -> bool) -> Self {
        let mut search = Search::new(graph.len());
        for root in 0..graph.len() {
            if search.order[root] == UNSEEN {
                search.from(root, graph, &allow);
            }
        }
        search.found
    }

    /// The states of each component, in the order of the numbers.
    pub fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.members[ends[0] as usize..ends[1] as usize])
    }

    /// For each component, whether a goal can be reached from it by the edges that `allow` lets through.
    pub fn reaching(&self, graph: &Graph, allow: impl Fn(&Edge) -> bool, goal: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut reaching: Vec<bool> = Vec::with_capacity(self.starts.len());
        for group in self.groups() {
            let reaches = group.iter().any(|state| {
                let state = *state as usize;
                // A number not told yet is this component's own.
                let beyond = |edge: &Edge| reaching.get(self.of[edge.to as usize] as usize) == Some(&true);
                goal(state) || graph.edges.of(state).iter().any(|edge| allow(edge) && beyond(edge))
            });
            reaching.push(reaches);
        }
        reaching
    }
}

/// A depth-first search under way.
struct Search {
    order: Vec<u32>,
    low: Vec<u32>,
    clock: u32,
    stack: Vec<u32>,
    /// The states being searched, and how many of their edges were followed.
    calls: Vec<(u32, u32)>,
    found: Components,
}

impl Search {
    fn new(count: usize) -> Self {
        Self {
            order: vec![UNSEEN; count],
            low: vec![0; count],
            clock: 0,
            stack: Vec::new(),
            calls: Vec::new(),
            found: Components { of: vec![UNSEEN; count], members: Vec::with_capacity(count), starts: vec![0] },
        }
    }

    fn enter(&mut self, state: u32) {
        self.order[state as usize] = self.clock;
        self.low[state as usize] = self.clock;
        self.clock += 1;
        self.stack.push(state);
        self.calls.push((state, 0));
    }

    fn from(&mut self, root: usize, graph: &Graph, allow: &impl Fn(&Edge) -> bool) {
        self.enter(u32::try_from(root).unwrap_or(UNSEEN));
        while let Some((state, followed)) = self.calls.last_mut() {
            let at = *state as usize;
            let Some(edge) = graph.edges.of(at).get(*followed as usize) else {
                self.leave(at);
                continue;
            };
            *followed += 1;
            let to = edge.to as usize;
            if !allow(edge) {
                continue;
            }
            if self.order[to] == UNSEEN {
                self.enter(edge.to);
            } else if self.found.of[to] == UNSEEN {
                self.low[at] = self.low[at].min(self.order[to]);
            }
        }
    }

    /// Goes back from a state; when nothing above it was found from there, it heads a component.
    fn leave(&mut self, state: usize) {
        self.calls.pop();
        if let Some((parent, _)) = self.calls.last() {
            let parent = *parent as usize;
            self.low[parent] = self.low[parent].min(self.low[state]);
        }
        if self.low[state] != self.order[state] {
            return;
        }
        let number = u32::try_from(self.found.starts.len() - 1).unwrap_or(UNSEEN);
        let start = self.stack.iter().rposition(|it| *it as usize == state).unwrap_or(0);
        for member in self.stack.drain(start..) {
            self.found.of[member as usize] = number;
            self.found.members.push(member);
        }
        self.found.starts.push(u32::try_from(self.found.members.len()).unwrap_or(UNSEEN));
    }
}
