//! What can be reached, and whether it can be left.

use super::{Check, Known};
use crate::conversation::{
    model::{EndingKind, Exit, Index},
    play::Event,
    ways::Step,
};

/// How many names a hint lists.
const NAMED: usize = 5;

pub(super) fn check(check: &mut Check<'_>, known: &Known) {
    nodes(check, known);
    stuck(check, known);
    endless(check, known);
    success(check, known);
}

fn nodes(check: &mut Check<'_>, known: &Known) {
    let mut named = vec![false; check.scenario.nodes.len()];
    for node in &check.scenario.nodes {
        match &node.exit {
            Exit::Choices { choices, timer } => {
                let timer = timer.iter().map(|timer| timer.outcome.target);
                for target in choices.iter().map(|choice| choice.outcome.target).chain(timer) {
                    named[usize::from(target)] = true;
                }
            }
            Exit::Jumps(jumps) => {
                jumps.iter().for_each(|jump| named[usize::from(jump.target)] = true);
            }
            Exit::End(_) => {}
        }
    }
    for (node, index) in check.scenario.nodes.iter().zip(0..) {
        if !known.usage.is_reached(index) {
            let advice = if named[usize::from(index)] {
                "every way here begins at an unreachable node or has a condition that never holds"
            } else {
                "no choice, jump or timer leads here; lead one here, or remove it"
            };
            check
                .found
                .error("unreachable-node", check.heading(index), format!("`{}` is never reached", node.id))
                .advise(advice);
        }
    }
}

/// Tells of nodes that can be reached with every choice ruled out.
fn stuck(check: &mut Check<'_>, known: &Known) {
    let graph = &known.graph;
    let mut told = vec![false; check.scenario.nodes.len()];
    for state in 0..graph.len() {
        let index = graph.node(state);
        let node = check.scenario.node(index);
        // Choices come first, so that a first way that is none means there is none.
        let first = graph.edges.of(state).first().map(|edge| graph.ways.get(edge.way).step);
        let chooses = matches!(first, Some(Step::Did(Event::Chose(_))));
        if chooses
            || !matches!(node.exit, Exit::Choices { .. })
            || std::mem::replace(&mut told[usize::from(index)], true)
        {
            continue;
        }
        let mut values = check.scenario.start_values();
        graph.states.values(state, &mut values);
        let values = check.values(&values);
        check
            .found
            .error(
                "no-choice-left",
                check.heading(index),
                format!("`{}` can be reached with nothing to choose", node.id),
            )
            .advise(format!("with {values} every choice is ruled out; give one of them no condition"));
    }
}

fn endless(check: &mut Check<'_>, known: &Known) {
    let graph = &known.graph;
    let mut told = vec![false; check.scenario.nodes.len()];
    for (group, number) in known.circles.groups().zip(0u32..) {
        let edges = |state: &u32| graph.edges.of(*state as usize);
        // A single state without any way on is an ending, or already told as stuck.
        let ends = edges(&group[0]).is_empty();
        if ends || group.iter().flat_map(edges).any(|edge| known.circles.of[edge.to as usize] != number) {
            continue;
        }
        let mut nodes: Vec<Index> = group.iter().map(|state| graph.node(*state as usize)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        if nodes.iter().any(|node| told[usize::from(*node)]) {
            continue;
        }
        nodes.iter().for_each(|node| told[usize::from(*node)] = true);
        let names: Vec<String> =
            nodes.iter().take(NAMED).map(|node| format!("`{}`", check.scenario.node(*node).id)).collect();
        let more = match nodes.len() - names.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        check
            .found
            .error("endless", check.heading(nodes[0]), "the conversation can go in circles here and never end")
            .advise(format!("nothing leads out of {}{more} to an ending", names.join(", ")));
    }
}

fn success(check: &mut Check<'_>, known: &Known) {
    let is_success = |node: Index| {
        let exit = &check.scenario.node(node).exit;
        matches!(exit, Exit::End(ending) if ending.kind == EndingKind::Success)
    };
    let mut nodes = (0..).take(check.scenario.nodes.len());
    if !nodes.any(|node| is_success(node) && known.usage.is_reached(node)) {
        check
            .found
            .error("no-success", check.places.front, "no ending in success can be reached")
            .advise("mark one node `(end: success)` and lead the best choices there");
    }
}
