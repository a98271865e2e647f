//! What can be reached, and whether it can be left.

use super::{Advise, Check};
use crate::conversation::{
    components::Components,
    condition::Condition,
    graph::Graph,
    model::{EndingKind, Exit, Index},
};

pub(super) fn check(check: &mut Check<'_>, graph: &Graph) {
    nodes(check, graph);
    choices(check, graph);
    jumps(check, graph);
    stuck(check, graph);
    endless(check, graph);
    success(check, graph);
}

/// The states of each node.
fn by_node<'g>(check: &Check<'_>, graph: &'g Graph) -> Vec<Vec<&'g [i32]>> {
    let mut by_node = vec![Vec::new(); check.scenario.nodes.len()];
    for at in &graph.states {
        by_node[usize::from(at.node)].push(&*at.values);
    }
    by_node
}

fn nodes(check: &mut Check<'_>, graph: &Graph) {
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
    let by_node = by_node(check, graph);
    for (node, index) in check.scenario.nodes.iter().zip(0..) {
        if by_node[usize::from(index)].is_empty() {
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

fn choices(check: &mut Check<'_>, graph: &Graph) {
    let by_node = by_node(check, graph);
    for (node, index) in check.scenario.nodes.iter().zip(0..) {
        let states = &by_node[usize::from(index)];
        for (at, choice) in node.choices().iter().enumerate() {
            let place = check.places.nodes.get(usize::from(index)).and_then(|it| it.choices.get(at));
            let place = place.and_then(|it| it.condition).unwrap_or(check.choice(index, at));
            if let Some(condition) = &choice.condition {
                constant(check, condition, states.iter().copied(), place, "this choice is never offered");
            }
        }
    }
}

fn jumps(check: &mut Check<'_>, graph: &Graph) {
    let by_node = by_node(check, graph);
    for (node, index) in check.scenario.nodes.iter().zip(Index::MIN..) {
        let Exit::Jumps(jumps) = &node.exit else {
            continue;
        };
        let mut left: Vec<&[i32]> = by_node[usize::from(index)].clone();
        for (at, jump) in jumps.iter().enumerate() {
            let Some(condition) = &jump.condition else {
                continue;
            };
            let place = check.places.nodes.get(usize::from(index)).and_then(|it| it.jumps.get(at));
            let place = place.map(|it| it.condition.unwrap_or(it.text)).unwrap_or_default();
            constant(check, condition, left.iter().copied(), place, "this jump is never taken");
            left.retain(|values| !condition.holds(values));
        }
    }
}

/// Tells of a condition that never or always holds in the states where it is asked.
fn constant<'v>(
    check: &mut Check<'_>,
    condition: &Condition,
    states: impl Iterator<Item = &'v [i32]>,
    place: crate::conversation::parse::Place,
    never: &str,
) {
    let (mut yes, mut no) = (false, false);
    for values in states {
        let holds = condition.holds(values);
        yes |= holds;
        no |= !holds;
    }
    if no && !yes {
        check
            .found
            .error("unreachable-choice", place, never)
            .advise("its condition holds in no state that is reached here");
    } else if yes && !no {
        check
            .found
            .warning("always-true", place, "this condition always holds here")
            .advise("remove it, or change what it asks");
    }
}

fn stuck(check: &mut Check<'_>, graph: &Graph) {
    let mut told: Vec<Index> = Vec::new();
    for at in &graph.states {
        let node = check.scenario.node(at.node);
        let has_choices = matches!(node.exit, Exit::Choices { .. });
        if has_choices && node.offered(&at.values).next().is_none() && !told.contains(&at.node) {
            told.push(at.node);
            let values = check.values(&at.values);
            check
                .found
                .error(
                    "no-choice-left",
                    check.heading(at.node),
                    format!("`{}` can be reached with nothing to choose", node.id),
                )
                .advise(format!("with {values} every choice is ruled out; give one of them no condition"));
        }
    }
}

fn endless(check: &mut Check<'_>, graph: &Graph) {
    let circles = Components::new(graph, |_, _| true);
    let mut told: Vec<Index> = Vec::new();
    for (group, number) in circles.members.iter().zip(0u32..) {
        let closed =
            group.iter().all(|state| graph.edges[*state].iter().all(|edge| circles.of[edge.to as usize] == number));
        // A single state without any way on is an ending, or already told as stuck.
        if !closed || graph.edges[group[0]].is_empty() {
            continue;
        }
        let mut nodes: Vec<Index> = group.iter().map(|state| graph.states[*state].node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        if told.iter().any(|node| nodes.contains(node)) {
            continue;
        }
        told.extend(&nodes);
        let names: Vec<String> = nodes.iter().map(|node| format!("`{}`", check.scenario.node(*node).id)).collect();
        check
            .found
            .error("endless", check.heading(nodes[0]), "the conversation can go in circles here and never end")
            .advise(format!("nothing leads out of {} to an ending", names.join(", ")));
    }
}

fn success(check: &mut Check<'_>, graph: &Graph) {
    let is_success = |node: Index| {
        let exit = &check.scenario.node(node).exit;
        matches!(exit, Exit::End(ending) if ending.kind == EndingKind::Success)
    };
    if !graph.states.iter().any(|at| is_success(at.node)) {
        check
            .found
            .error("no-success", check.places.front, "no ending in success can be reached")
            .advise("mark one node `(end: success)` and lead the best choices there");
    }
}
