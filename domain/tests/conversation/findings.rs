//! What the checker says, against what playing everything shows.

use crate::{
    generate::{scenario, shape, source, spots},
    oracle::{Oracle, holds},
};
use domain::conversation::{Checked, Condition, Scenario, check, model::Exit, parse};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The places of findings with this code.
fn told(checked: &Checked, code: &str) -> BTreeSet<(u32, u32)> {
    let found = checked.diagnostics.iter().filter(|it| it.code == code);
    found.map(|it| (it.span.line, it.span.column)).collect()
}

/// The conditions of a node, each with whether it is a jump's.
fn conditions(scenario: &Scenario, node: usize) -> (Vec<Option<&Condition>>, bool) {
    match &scenario.nodes[node].exit {
        Exit::Choices { choices, .. } => (choices.iter().map(|it| it.condition.as_ref()).collect(), false),
        Exit::Jumps(jumps) => (jumps.iter().map(|it| it.condition.as_ref()).collect(), true),
        Exit::End(_) => (Vec::new(), false),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nodes never reached, choices never or always offered, nothing left to choose, no way to an ending: the checker
    /// tells of exactly those that playing everything meets.
    #[test]
    fn the_checker_agrees_with_playing_everything(spots in spots(), shape in shape()) {
        let text = source(&spots, shape);
        let scenario = scenario(&text);
        let places = parse(&text, "x").places;
        let checked = check(&scenario, &places);
        let oracle = Oracle::new(&scenario);
        let at = |place: domain::conversation::Place| (place.line, place.column);
        let mut expected: [BTreeSet<(u32, u32)>; 4] = Default::default();
        let [unreached, never, always, stuck] = &mut expected;
        for node in 0..scenario.nodes.len() {
            let states: Vec<&[i32]> =
                oracle.states.iter().filter(|it| usize::from(it.0) == node).map(|it| it.1.as_slice()).collect();
            let heading = at(places.nodes[node].heading);
            if states.is_empty() {
                unreached.insert(heading);
                continue;
            }
            let (conditions, jumps) = conditions(&scenario, node);
            let ways = if jumps { &places.nodes[node].jumps } else { &places.nodes[node].choices };
            for (way, condition) in conditions.iter().enumerate().filter(|(_, condition)| condition.is_some()) {
                let earlier = if jumps { &conditions[..way] } else { &[][..] };
                let asked = states.iter().filter(|values| !earlier.iter().any(|it| holds(*it, values)));
                let held: Vec<bool> = asked.map(|values| holds(*condition, values)).collect();
                if !held.contains(&true) {
                    never.insert(at(ways[way].condition.unwrap()));
                } else if !held.contains(&false) {
                    always.insert(at(ways[way].condition.unwrap()));
                }
            }
            let nothing = |values: &&[i32]| !conditions.iter().any(|condition| holds(*condition, values));
            if !jumps && !conditions.is_empty() && states.iter().any(nothing) {
                stuck.insert(heading);
            }
        }
        prop_assert!(checked.proven);
        prop_assert_eq!(&told(&checked, "unreachable-node"), &*unreached, "{}", text);
        prop_assert_eq!(&told(&checked, "unreachable-choice"), &*never, "{}", text);
        prop_assert_eq!(&told(&checked, "always-true"), &*always, "{}", text);
        prop_assert_eq!(&told(&checked, "no-choice-left"), &*stuck, "{}", text);
        // Whoever never gets to an ending is in a circle without a way out, or has nothing left to say.
        let lost = oracle.ending().contains(&false);
        let dead = (0..oracle.states.len()).any(|state| oracle.ways[state].is_empty() && oracle.ends[state].is_none());
        prop_assert_eq!(lost, dead || !told(&checked, "endless").is_empty());
        let success = oracle.ends.contains(&Some(domain::conversation::EndingKind::Success));
        prop_assert_eq!(!success, !told(&checked, "no-success").is_empty());
        prop_assert_eq!(checked.summary.is_some(), !lost && told(&checked, "uneven-circle").is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    /// A pass mark is within reach up to the very points of the best run that may pass, and not a point beyond.
    #[test]
    fn the_pass_mark_is_out_of_reach_where_no_run_that_may_pass_gets_to_it(spots in spots(), shape in shape()) {
        let text = source(&spots, shape);
        let mut scenario = scenario(&text);
        let places = parse(&text, "x").places;
        let Some(summary) = check(&scenario, &places).summary else { return Ok(()) };
        let oracle = Oracle::new(&scenario);
        let ended_well = oracle.ends.contains(&Some(domain::conversation::EndingKind::Success));
        let whole = summary.best - summary.worst;
        let clean = oracle.clean().map(|points| (points - summary.worst) * 100);
        let marks = match clean {
            Some(part) if whole > 0 => vec![part / whole, part / whole + 1, 100],
            _ => vec![1, 100],
        };
        for mark in marks.into_iter().filter(|mark| (1..=100).contains(mark)) {
            scenario.pass = u8::try_from(mark).unwrap();
            let beyond = whole > 0 && clean.map_or(ended_well, |part| part < mark * whole);
            let found = told(&check(&scenario, &places), "pass-out-of-reach");
            prop_assert_eq!(!found.is_empty(), beyond, "at {}: {}", mark, text);
        }
    }
}
