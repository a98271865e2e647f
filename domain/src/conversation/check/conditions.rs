//! Conditions that always or never hold in the states where they are asked, and parts of conditions that do.

use super::{Check, Known};
use crate::conversation::{
    condition::Condition,
    model::Exit,
    parse::Place,
    play::Event,
    ways::{Step, Ways},
};

pub(super) fn check(check: &mut Check<'_>, known: &Known) {
    let mut compound: Vec<Vec<Asked<'_>>> = Vec::new();
    for node in (0..).take(check.scenario.nodes.len()) {
        let mut asked = Vec::new();
        for way in known.graph.ways.of(node) {
            let Some(condition) = condition(check, &known.graph.ways, way) else { continue };
            let (states, held) = known.usage.asked(&known.graph.ways, way);
            if states > 0 && (held == 0 || held == states) {
                constant(check, known, way, held > 0);
            } else if states > 0 {
                asked.extend(Asked::new(way, condition));
            } else if matches!(known.graph.ways.get(way).step, Step::Jumped(_)) && known.usage.is_reached(node) {
                shadowed(check, known, way);
            }
        }
        compound.push(asked);
    }
    for asked in watch(check, known, compound) {
        asked.tell(check, known);
    }
}

fn condition<'c>(check: &Check<'c>, ways: &Ways, way: u32) -> Option<&'c Condition> {
    let way = ways.get(way);
    let node = check.scenario.node(way.node);
    match (way.step, &node.exit) {
        (Step::Jumped(at), Exit::Jumps(jumps)) => jumps.get(usize::from(at))?.condition.as_ref(),
        (Step::Did(Event::Chose(at)), _) => node.choices().get(usize::from(at))?.condition.as_ref(),
        _ => None,
    }
}

fn place(check: &Check<'_>, known: &Known, way: u32) -> Place {
    check.way(&known.graph.ways, way).map(|it| it.condition.unwrap_or(it.text)).unwrap_or_default()
}

fn never(known: &Known, way: u32) -> &'static str {
    match known.graph.ways.get(way).step {
        Step::Jumped(_) => "this jump is never taken",
        Step::Did(_) => "this choice is never offered",
    }
}

/// Tells of a condition that holds in every state where it is asked, or in none.
fn constant(check: &mut Check<'_>, known: &Known, way: u32, holds: bool) {
    let place = place(check, known, way);
    if holds {
        check
            .found
            .warning("always-true", place, "this condition always holds here")
            .advise("remove it, or change what it asks");
    } else {
        check
            .found
            .error("unreachable-choice", place, never(known, way))
            .advise("its condition holds in no state that is reached here");
    }
}

/// Tells of a jump that is never asked, since one above it is always taken.
fn shadowed(check: &mut Check<'_>, known: &Known, way: u32) {
    check
        .found
        .error("unreachable-choice", place(check, known, way), never(known, way))
        .advise("the jumps above it hold in every state that is reached here; move it up, or remove it");
}

/// A condition of several parts, and which of them were seen to hold and not to hold.
struct Asked<'c> {
    way: u32,
    parts: Vec<(&'c Condition, Seen)>,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    yes: bool,
    no: bool,
}

impl<'c> Asked<'c> {
    /// Nothing, for a condition of one part.
    fn new(way: u32, condition: &'c Condition) -> Option<Self> {
        let mut parts = Vec::new();
        leaves(condition, &mut parts);
        (parts.len() > 1).then(|| Self { way, parts: parts.into_iter().map(|part| (part, Seen::default())).collect() })
    }

    fn is_settled(&self) -> bool {
        self.parts.iter().all(|(_, seen)| seen.yes && seen.no)
    }

    fn tell(&self, check: &mut Check<'_>, known: &Known) {
        for (part, seen) in self.parts.iter().filter(|(_, seen)| seen.yes != seen.no) {
            let text = part.show(&check.scenario.variables);
            let when = if seen.yes { "always" } else { "never" };
            check
                .found
                .warning("idle-condition", place(check, known, self.way), format!("`{text}` {when} holds here"))
                .advise("leave this part out, or change what it asks");
        }
    }
}

/// The comparisons that a condition is made of, each with a `not` that stands right before it.
fn leaves<'c>(condition: &'c Condition, found: &mut Vec<&'c Condition>) {
    match condition {
        Condition::Compare { .. } => found.push(condition),
        Condition::Not(inner) if matches!(**inner, Condition::Compare { .. }) => found.push(condition),
        Condition::Not(inner) => leaves(inner, found),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| leaves(part, found)),
    }
}

/// Watches the parts of the conditions at each node over all states, until all of them were seen both ways.
fn watch<'c>(check: &Check<'_>, known: &Known, mut by_node: Vec<Vec<Asked<'c>>>) -> Vec<Asked<'c>> {
    let graph = &known.graph;
    let mut values = check.scenario.start_values();
    for state in 0..graph.len() {
        let asked = &mut by_node[usize::from(graph.node(state))];
        if asked.is_empty() {
            continue;
        }
        graph.states.values(state, &mut values);
        // Jumps after the one that is taken are not asked.
        let taken = graph.edges.of(state).first().map(|edge| edge.way);
        let taken = taken.filter(|way| matches!(graph.ways.get(*way).step, Step::Jumped(_)));
        for asked in asked.iter_mut().filter(|asked| taken.is_none_or(|taken| asked.way <= taken)) {
            for (part, seen) in &mut asked.parts {
                let holds = part.holds(&values);
                seen.yes |= holds;
                seen.no |= !holds;
            }
        }
        asked.retain(|asked| !asked.is_settled());
    }
    by_node.into_iter().flatten().collect()
}
