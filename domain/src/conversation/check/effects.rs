//! Effects that change nothing, and choices that do the same.

use super::{Check, Known};
use crate::conversation::{
    model::{Effect, Index, Outcome, Rating, Scenario},
    play::Event,
    ways::Step,
};

pub(super) fn check(check: &mut Check<'_>, known: &Known) {
    idle(check, known);
    same(check, known);
}

/// Tells of effects that leave their variable as it is in every state.
fn idle(check: &mut Check<'_>, known: &Known) {
    let (scenario, graph) = (check.scenario, &known.graph);
    let effects = |outcome: Option<&Outcome>| outcome.map_or(0, |it| it.effects.len());
    // Of each way: the effects that were not seen to change anything yet.
    let mut idle: Vec<Vec<bool>> = graph.ways.each(scenario, |outcome| vec![true; effects(outcome)]);
    let mut values = scenario.start_values();
    for (from, edge) in graph.edges.all() {
        let idle = &mut idle[edge.way as usize];
        if idle.iter().all(|idle| !idle) {
            continue;
        }
        graph.states.values(from, &mut values);
        let outcome = graph.ways.outcome(scenario, edge.way);
        for (effect, idle) in outcome.iter().flat_map(|it| &it.effects).zip(idle) {
            *idle &= !moves(scenario, effect, &mut values);
        }
    }
    for (way, idle) in (0..).zip(idle).filter(|(way, _)| known.usage.is_gone(*way)) {
        for (at, _) in idle.iter().enumerate().filter(|(_, idle)| **idle) {
            let place = check.way(&graph.ways, way).and_then(|it| it.effects.get(at)).copied().unwrap_or_default();
            check
                .found
                .warning("idle-effect", place, "this effect never changes anything")
                .advise("whenever the choice is made the variable already has that value or is at its bound");
        }
    }
}

/// Applies an effect; whether it changed anything.
fn moves(scenario: &Scenario, effect: &Effect, values: &mut [i32]) -> bool {
    let value = &mut values[usize::from(effect.variable)];
    let after = effect.applied(&scenario.variables, *value);
    std::mem::replace(value, after) != after
}

/// Two choices of a node that do the same, by their ways; the second is told of.
struct Twins {
    first: u32,
    second: u32,
}

/// Tells of choices that do exactly what another one does that is offered beside them.
fn same(check: &mut Check<'_>, known: &Known) {
    let graph = &known.graph;
    let mut by_node: Vec<Vec<Twins>> =
        (0..).take(check.scenario.nodes.len()).map(|it| twins(check, known, it)).collect();
    let mut told: Vec<u32> = Vec::new();
    for state in 0..graph.len() {
        let twins = &mut by_node[usize::from(graph.node(state))];
        if twins.is_empty() {
            continue;
        }
        let offered = |way: u32| graph.edges.of(state).iter().any(|edge| edge.way == way);
        twins.retain(|twins| {
            let together = offered(twins.first) && offered(twins.second);
            if together {
                told.push(twins.second);
            }
            !together
        });
    }
    told.sort_unstable();
    told.dedup();
    for way in told {
        let place = check.way(&graph.ways, way).map(|it| it.text).unwrap_or_default();
        check
            .found
            .warning("same-effect", place, "this choice does exactly what one above does")
            .advise("let it lead elsewhere, rate it differently, or drop one of the two");
    }
}

fn twins(check: &Check<'_>, known: &Known, node: Index) -> Vec<Twins> {
    let ways = &known.graph.ways;
    let chosen = |way: &u32| matches!(ways.get(*way).step, Step::Did(Event::Chose(_)));
    let choices: Vec<(u32, &Outcome)> =
        ways.of(node).filter(chosen).filter_map(|way| Some((way, ways.outcome(check.scenario, way)?))).collect();
    let mut twins = Vec::new();
    for (at, (second, outcome)) in choices.iter().enumerate() {
        let alike = choices[..at].iter().filter(|(_, other)| are_alike(other, outcome));
        twins.extend(alike.map(|(first, _)| Twins { first: *first, second: *second }));
    }
    twins
}

fn are_alike(one: &Outcome, other: &Outcome) -> bool {
    // Rated 0 and not rated are the same.
    let ratings = |outcome: &Outcome| -> Vec<Rating> {
        outcome.ratings.iter().copied().filter(|rating| rating.value != 0).collect()
    };
    one.target == other.target
        && one.effects == other.effects
        && one.blockers == other.blockers
        && one.commitments == other.commitments
        && ratings(one) == ratings(other)
}
