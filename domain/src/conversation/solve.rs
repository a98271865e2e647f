//! The best and the worst that can still be reached, for every state.
//!
//! Within a circle all rewards must cancel out (else there would be no best). Then each state of a circle has a
//! potential p with p(t) = p(s) + r for every edge s → t inside, and a circle is as good as its best way out:
//! V*(s) = max over ways out t → u of (p(t) + r + V*(u)) − p(s). Circles are taken from the ends backwards, so each value
//! is computed once. All rewards are whole numbers: nothing is rounded.

use super::{
    components::Components,
    graph::{Edge, Graph, Step},
};
use std::collections::VecDeque;

/// A circle whose rewards do not cancel out: the state and the edge at which it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Uneven {
    pub state: usize,
    pub edge: usize,
}

/// A part of the graph, with what its edges are worth.
pub(super) struct Problem<'g, R, A> {
    pub graph: &'g Graph,
    pub circles: &'g Components,
    /// What an edge is worth.
    pub reward: R,
    /// Which edges there are; the same as the circles were made with.
    pub allow: A,
}

impl<R: Fn(usize, &Edge) -> i64, A: Fn(usize, &Edge) -> bool> Problem<'_, R, A> {
    /// The potential of each state within its circle.
    fn potentials(&self) -> Result<Vec<i64>, Uneven> {
        let mut potential: Vec<Option<i64>> = vec![None; self.graph.len()];
        for group in &self.circles.members {
            let mut open = vec![group[0]];
            potential[group[0]] = Some(0);
            while let Some(state) = open.pop() {
                let here = potential[state].unwrap_or(0);
                for (at, edge) in self.graph.edges[state].iter().enumerate() {
                    let to = edge.to as usize;
                    if !self.inside(state, edge) {
                        continue;
                    }
                    let there = here + (self.reward)(state, edge);
                    match potential[to] {
                        None => {
                            potential[to] = Some(there);
                            open.push(to);
                        }
                        Some(known) if known != there => {
                            return Err(Uneven { state, edge: at });
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        Ok(potential.into_iter().map(|it| it.unwrap_or(0)).collect())
    }

    fn inside(&self, state: usize, edge: &Edge) -> bool {
        self.circles.of[state] == self.circles.of[edge.to as usize] && (self.allow)(state, edge)
    }

    /// The greatest sum of rewards from each state to one of `ends`; `None` where none can be reached.
    pub fn best(&self, ends: impl Fn(usize) -> bool) -> Result<Vec<Option<i64>>, Uneven> {
        let potential = self.potentials()?;
        let mut value: Vec<Option<i64>> = vec![None; self.graph.len()];
        for group in &self.circles.members {
            let mut best: Option<i64> = None;
            for state in group {
                if ends(*state) {
                    best = best.max(Some(potential[*state]));
                }
                for edge in &self.graph.edges[*state] {
                    if (self.allow)(*state, edge)
                        && !self.inside(*state, edge)
                        && let Some(beyond) = value[edge.to as usize]
                    {
                        let sum = potential[*state] + (self.reward)(*state, edge) + beyond;
                        best = best.max(Some(sum));
                    }
                }
            }
            for state in group {
                value[*state] = best.map(|best| best - potential[*state]);
            }
        }
        Ok(value)
    }

    /// How many decisions the shortest best way to one of `ends` takes. Jumps cost nothing.
    pub fn lengths(&self, value: &[Option<i64>], ends: impl Fn(usize) -> bool) -> Vec<u32> {
        let mut back: Vec<Vec<(usize, u32)>> = vec![Vec::new(); self.graph.len()];
        for (from, edge) in self.graph.all_edges() {
            let to = edge.to as usize;
            let best = value[to].map(|beyond| beyond + (self.reward)(from, edge));
            if (self.allow)(from, edge) && best.is_some() && best == value[from] {
                back[to].push((from, u32::from(edge.step != Step::Jumped)));
            }
        }
        let mut length = vec![u32::MAX; self.graph.len()];
        let mut open: VecDeque<usize> = (0..self.graph.len()).filter(|it| ends(*it) && value[*it] == Some(0)).collect();
        for end in &open {
            length[*end] = 0;
        }
        while let Some(state) = open.pop_front() {
            for (from, cost) in &back[state] {
                let longer = length[state].saturating_add(*cost);
                if longer < length[*from] {
                    length[*from] = longer;
                    if *cost == 0 { open.push_front(*from) } else { open.push_back(*from) }
                }
            }
        }
        length
    }
}
