//! Where a run turned, and what its debrief comes to.

use crate::{
    generate::{Shape, scenario, source, spots, walk},
    oracle::Oracle,
};
use domain::{
    conversation::{EndingKind, Event, Solved, no_facts, summary::Matter},
    percent::Percent,
};
use proptest::prelude::*;

/// Whether each state has a way to an ending in success: by going round until nothing changes.
fn hopeful(oracle: &Oracle) -> Vec<bool> {
    let mut hopeful: Vec<bool> = oracle.ends.iter().map(|end| *end == Some(EndingKind::Success)).collect();
    for _ in 0..oracle.states.len() {
        for (state, ways) in oracle.ways.iter().enumerate() {
            hopeful[state] = hopeful[state] || ways.iter().any(|way| hopeful[way.to]);
        }
    }
    hopeful
}

/// The states at which each event happened and to which it led, and where the run ended.
fn steps(oracle: &Oracle, events: &[Event]) -> (Vec<(usize, usize)>, usize) {
    let settle = |mut state: usize| {
        while let Some(jump) = oracle.ways[state].iter().find(|way| way.event.is_none()) {
            state = jump.to;
        }
        state
    };
    let mut at = settle(0);
    let mut steps = Vec::new();
    for event in events {
        let to = oracle.ways[at].iter().find(|way| way.event == Some(*event)).unwrap().to;
        steps.push((at, to));
        at = settle(to);
    }
    (steps, at)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A run turns exactly where the last way to a good ending was left, whatever that cost; so once, where it could have ended
    /// well and did not, and else nowhere.
    #[test]
    fn a_run_turns_where_the_last_good_ending_is_left(
        spots in spots(), even in any::<bool>(), picks in prop::collection::vec(0..100_usize, 12)
    ) {
        let shape = if even { Shape::Even } else { Shape::Forward };
        let scenario = scenario(&source(&spots, shape));
        let Ok(solved) = Solved::new(&scenario) else { return Ok(()) };
        let Some(events) = walk(&scenario, &picks) else { return Ok(()) };
        let debrief = solved.debrief(&events, &no_facts).unwrap();
        let oracle = Oracle::new(&scenario);
        let hopeful = hopeful(&oracle);
        let (steps, end) = steps(&oracle, &events);
        for (decision, (before, after)) in debrief.decisions.iter().zip(&steps) {
            prop_assert_eq!(decision.turned, hopeful[*before] && !hopeful[*after]);
            if decision.turned {
                // What is shown as better would have kept it within reach.
                let better = decision.better.as_ref().unwrap();
                let keeps = oracle.ways[*before].iter().any(|way| {
                    let words = match way.event {
                        Some(Event::Chose(at)) => scenario.words(oracle.states[*before].0, at, &no_facts),
                        _ => None,
                    };
                    hopeful[way.to] && words == better.text
                });
                prop_assert!(keeps, "{:?}", better);
            }
        }
        let turns = debrief.decisions.iter().filter(|decision| decision.turned).count();
        let lost = hopeful[0] && oracle.ends[end] != Some(EndingKind::Success);
        prop_assert_eq!(turns, usize::from(lost && !steps.is_empty()));
    }

    /// What to keep lost nothing, and what mattered most lost something: a blocker before the turning, that before points.
    #[test]
    fn a_debrief_comes_to_one_thing_of_each(
        spots in spots(), picks in prop::collection::vec(0..100_usize, 12)
    ) {
        let scenario = scenario(&source(&spots, Shape::Forward));
        let Ok(solved) = Solved::new(&scenario) else { return Ok(()) };
        let Some(events) = walk(&scenario, &picks) else { return Ok(()) };
        let debrief = solved.debrief(&events, &no_facts).unwrap();
        let summary = debrief.summary();
        for decision in &debrief.decisions {
            prop_assert!(decision.cost <= decision.stake, "nothing costs more than the worst reply");
            if let Some(keep) = summary.keep.filter(|_| !decision.lost()) {
                prop_assert!(decision.stake <= keep.stake);
            }
        }
        prop_assert!(summary.keep.is_none_or(|keep| !keep.lost() && keep.stake > Some(Percent::ZERO)));
        prop_assert_eq!(summary.mattered.is_some(), debrief.decisions.iter().any(|decision| decision.lost()));
        if let Some((decision, matter)) = summary.mattered {
            let blocked = debrief.decisions.iter().any(|decision| !decision.blockers.is_empty());
            let turned = debrief.decisions.iter().any(|decision| decision.turned);
            let expected = if blocked { Matter::Blocked } else if turned { Matter::Turned } else { Matter::Cost };
            prop_assert_eq!(matter, expected);
            if matter == Matter::Cost {
                prop_assert!(debrief.decisions.iter().all(|other| other.cost <= decision.cost));
            }
        }
    }
}

/// As somebody met it: almost all points, an ending that is not good, and no decision that cost anything.
#[test]
fn it_turns_also_where_no_points_are_lost() {
    let text = "---\ntitle: The rumour\nyou: Remi\nthem: Pauline\nvar told: yes/no = no\npass: 50\n---\n\n## a\nPauline: Is it true?\n\n\
        - do: Tell the desk. -> b\n  rate: care 1\n  effect: told = yes\n  why: They can answer in time.\n\n\
        - I don't know. I'll ask. -> b\n  rate: care 1\n  why: Honest, and nobody else hears of it.\n\n\
        - No! -> b\n  rate: care -2\n  why: You don't know that.\n\n\
        ## b\nPauline: And now?\n\n- Ring them before four. -> c\n  rate: care 1\n  why: One step.\n\n- Wait. -> c\n  rate: care -1\n  why: For what?\n\n\
        ## c\n\n-> [told] well\n-> late\n\n## well (end: success)\n\n## late (end: failure)\n";
    let debrief =
        Solved::new(&scenario(text)).unwrap().debrief(&[Event::Chose(1), Event::Chose(0)], &no_facts).unwrap();
    assert_eq!(debrief.score.percent, Some(Percent::FULL));
    assert!(!debrief.score.passed);
    let [first, second] = debrief.decisions.as_slice() else { panic!("two") };
    assert_eq!((first.turned, first.cost, second.turned), (true, Some(Percent::ZERO), false));
    let better = first.better.as_ref().unwrap();
    assert_eq!((better.text.as_deref(), better.done), (Some("Tell the desk."), true));
    let summary = debrief.summary();
    assert_eq!(summary.mattered.map(|(decision, matter)| (decision.number, matter)), Some((0, Matter::Turned)));
    assert_eq!(summary.keep.map(|decision| decision.number), Some(1));
    let held_back = debrief.assessed(false);
    assert!(held_back.decisions[0].turned && held_back.decisions[0].better.is_none());
}
