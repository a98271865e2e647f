//! Whether the best choice is one that may be named best, and does not give itself away by its place or its length.

use super::{Check, Known};
use crate::conversation::{graph::Edge, model::Index, play::Event, solved::Solved, ways::Step};
use std::cmp::Reverse;

/// The ways out of all states, by their worth.
struct Ranking<'k> {
    known: &'k Known,
    solved: &'k Solved,
    rewards: Vec<i64>,
}

impl Ranking<'_> {
    /// Q* of an edge.
    fn worth(&self, edge: &Edge) -> i64 {
        self.rewards[edge.way as usize] + self.solved.ahead(edge.to as usize).0
    }

    /// The edges of a state by which something is chosen.
    fn offered(&self, state: usize) -> impl Iterator<Item = &Edge> {
        let chosen = |edge: &&Edge| self.choice(edge).is_some();
        self.known.graph.edges.of(state).iter().filter(chosen)
    }

    fn choice(&self, edge: &Edge) -> Option<Index> {
        match self.known.graph.ways.get(edge.way).step {
            Step::Did(Event::Chose(choice)) => Some(choice),
            _ => None,
        }
    }

    /// The edge that the debrief names the best of a decision.
    fn top(&self, state: usize) -> Option<&Edge> {
        let rank = |edge: &&Edge| (Reverse(self.worth(edge)), self.solved.ahead(edge.to as usize).1);
        self.known.graph.edges.of(state).iter().min_by_key(rank)
    }
}

pub(super) fn check(check: &mut Check<'_>, known: &Known, solved: &Solved) {
    let ranking = Ranking { known, solved, rewards: known.graph.ways.rewards(check.scenario, None) };
    blocked(check, &ranking);
    betrayed(check, &ranking);
}

/// The debrief names the best choice as the better answer: it should not be one that can never pass.
fn blocked(check: &mut Check<'_>, ranking: &Ranking<'_>) {
    let graph = &ranking.known.graph;
    let blocked = graph.ways.blocked(check.scenario);
    let nodes = (0..).take(check.scenario.nodes.len());
    let watched: Vec<bool> = nodes.map(|node| graph.ways.of(node).any(|way| blocked[way as usize])).collect();
    let mut told = vec![false; graph.ways.len()];
    for state in (0..graph.len()).filter(|state| watched[usize::from(graph.node(*state))]) {
        let Some(top) = ranking.top(state) else { continue };
        let Some(choice) = ranking.choice(top) else { continue };
        let way = top.way as usize;
        if blocked[way] && !std::mem::replace(&mut told[way], true) {
            let place = check.choice(graph.node(state), usize::from(choice));
            check
                .found
                .warning("best-is-blocked", place, "this choice meets a blocker and yet has the most points")
                .advise("the debrief would name it as the better answer; rate it lower, or another one higher");
        }
    }
}

/// Whether, in every state of a node so far, one of its best choices was the first, and the longest. What is done is not long
/// or short, so where fewer than two things are said there is nothing to tell of the longest.
#[derive(Clone, Copy)]
struct Habit {
    first: bool,
    longest: Option<bool>,
}

fn betrayed(check: &mut Check<'_>, ranking: &Ranking<'_>) {
    let graph = &ranking.known.graph;
    let lengths = lengths(check, ranking);
    let mut by_node: Vec<Option<Habit>> = vec![None; check.scenario.nodes.len()];
    for state in 0..graph.len() {
        let mut offered = ranking.offered(state);
        let (Some(first), Some(_)) = (offered.next(), offered.next()) else { continue };
        let worths = || graph.edges.of(state).iter().map(|edge| ranking.worth(edge));
        let Some(top) = worths().max() else { continue };
        // Where everything is equally good there is no best choice to betray.
        if worths().all(|worth| worth == top) {
            continue;
        }
        let length = |edge: &&Edge| lengths[edge.way as usize];
        let said = || ranking.offered(state).filter(|edge| length(edge) > 0);
        let longest = said().nth(1).and_then(|_| said().max_by_key(|edge| (length(edge), Reverse(edge.way))));
        let habit = by_node[usize::from(graph.node(state))].get_or_insert(Habit { first: true, longest: None });
        habit.first &= ranking.worth(first) == top;
        if let Some(longest) = longest {
            habit.longest = Some(habit.longest.unwrap_or(true) && ranking.worth(longest) == top);
        }
    }
    let habits: Vec<Habit> = by_node.into_iter().flatten().collect();
    let by_length: Vec<bool> = habits.iter().filter_map(|it| it.longest).collect();
    for (count, decisions, code, what, advice) in [
        (
            habits.iter().filter(|it| it.first).count(),
            habits.len(),
            "best-is-first",
            "first",
            "learners see them shuffled, but put the best one elsewhere now and then",
        ),
        (
            by_length.iter().filter(|longest| **longest).count(),
            by_length.len(),
            "best-is-longest",
            "longest",
            "learners soon notice; shorten good answers, and give bad ones more words",
        ),
    ] {
        // Three in four by chance is rare enough to be a habit.
        if decisions >= 4 && count * 4 >= decisions * 3 {
            check
                .found
                .warning(
                    code,
                    check.places.front,
                    format!("the best choice is the {what} one in {count} of {decisions} decisions"),
                )
                .advise(advice);
        }
    }
}

/// How many characters are said by each way.
fn lengths(check: &Check<'_>, ranking: &Ranking<'_>) -> Vec<usize> {
    let ways = &ranking.known.graph.ways;
    let length = |way| match ways.get(way).step {
        Step::Did(Event::Chose(choice)) => {
            check.scenario.node(ways.get(way).node).choices()[usize::from(choice)].length()
        }
        _ => 0,
    };
    (0..).take(ways.len()).map(length).collect()
}
