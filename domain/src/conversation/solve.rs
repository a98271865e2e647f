//! The best and the worst that can still be reached, for every state.
//!
//! Within a circle all rewards must cancel out (else there would be no best). Then each state of a circle has a
//! potential p with p(t) = p(s) + r for every edge s → t inside, and a circle is as good as its best way out:
//! V*(s) = max over ways out t → u of (p(t) + r + V*(u)) − p(s). Circles are taken from the ends backwards, so each value
//! is computed once. All rewards are whole numbers: nothing is rounded.

use super::{
    components::Components,
    graph::{Edge, Graph},
    ways::Step,
};
use std::collections::VecDeque;

/// A circle whose rewards do not cancel out: the state and the edge at which it shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Uneven {
    pub state: usize,
    #[cfg_attr(not(feature = "authoring"), expect(dead_code, reason = "only the checker tells of it"))]
    pub edge: Edge,
}

/// A part of the graph.
pub(super) struct Part<'g, A> {
    pub graph: &'g Graph,
    pub circles: &'g Components,
    /// Which edges there are; the same as the circles were made with.
    pub allow: A,
}

/// The greatest and the least sum of rewards from each state to an end.
pub(super) struct Values {
    pub best: Vec<i64>,
    pub worst: Vec<i64>,
}

/// No end can be reached. Far below any sum: rewards are small and paths no longer than there are states.
const NONE: i64 = i64::MIN;

impl<A: Fn(&Edge) -> bool> Part<'_, A> {
    fn inside(&self, state: usize, edge: &Edge) -> bool {
        self.circles.of[state] == self.circles.of[edge.to as usize] && (self.allow)(edge)
    }

    /// The potential of each state within its circle. `rewards` are of ways.
    pub fn potentials(&self, rewards: &[i64]) -> Result<Vec<i64>, Uneven> {
        let mut potential = vec![NONE; self.graph.len()];
        let mut open = Vec::new();
        for group in self.circles.groups() {
            potential[group[0] as usize] = 0;
            open.push(group[0]);
            while let Some(state) = open.pop() {
                let state = state as usize;
                for edge in self.graph.edges.of(state).iter().filter(|edge| self.inside(state, edge)) {
                    let there = potential[state] + rewards[edge.way as usize];
                    let known = &mut potential[edge.to as usize];
                    if *known == NONE {
                        *known = there;
                        open.push(edge.to);
                    } else if *known != there {
                        return Err(Uneven { state, edge: *edge });
                    }
                }
            }
        }
        Ok(potential)
    }

    /// The best and worst ways to one of `ends`.
    pub fn values(&self, rewards: &[i64], potential: &[i64], ends: impl Fn(usize) -> bool) -> Values {
        let mut values = Values { best: vec![NONE; self.graph.len()], worst: vec![NONE; self.graph.len()] };
        for group in self.circles.groups() {
            let mut range: Option<(i64, i64)> = None;
            let mut widen = |best: i64, worst: i64| {
                range = Some(range.map_or((best, worst), |(most, least)| (most.max(best), least.min(worst))));
            };
            for state in group.iter().map(|state| *state as usize) {
                let here = potential[state];
                if ends(state) {
                    widen(here, here);
                }
                for edge in self.graph.edges.of(state) {
                    let to = edge.to as usize;
                    // Within the circle nothing is known yet, so such edges fall away here too.
                    if values.best[to] != NONE && (self.allow)(edge) {
                        let so_far = here + rewards[edge.way as usize];
                        widen(so_far + values.best[to], so_far + values.worst[to]);
                    }
                }
            }
            let Some((best, worst)) = range else { continue };
            for state in group.iter().map(|state| *state as usize) {
                values.best[state] = best - potential[state];
                values.worst[state] = worst - potential[state];
            }
        }
        values
    }

    /// How many decisions the shortest best way to one of `ends` takes. Jumps cost nothing.
    pub fn lengths(&self, rewards: &[i64], best: &[i64], ends: impl Fn(usize) -> bool) -> Vec<u32> {
        let tight = |from: usize, edge: &Edge| {
            let beyond = best[edge.to as usize];
            (self.allow)(edge) && beyond != NONE && rewards[edge.way as usize] + beyond == best[from]
        };
        let back = self.graph.edges.reversed(tight);
        let mut length = vec![u32::MAX; self.graph.len()];
        let mut open: VecDeque<u32> = VecDeque::new();
        for (state, length) in length.iter_mut().enumerate() {
            if ends(state) {
                *length = 0;
                open.extend(u32::try_from(state));
            }
        }
        while let Some(state) = open.pop_front() {
            for edge in back.of(state as usize) {
                let jumped = matches!(self.graph.ways.get(edge.way).step, Step::Jumped(_));
                let longer = length[state as usize].saturating_add(u32::from(!jumped));
                let known = &mut length[edge.to as usize];
                if longer < *known {
                    *known = longer;
                    if jumped { open.push_front(edge.to) } else { open.push_back(edge.to) }
                }
            }
        }
        length
    }
}

impl Values {
    /// The best from the start; nothing when no end can be reached.
    #[cfg(feature = "authoring")]
    pub fn best_of_all(&self) -> Option<i64> {
        Some(self.best[0]).filter(|best| *best != NONE)
    }
}
