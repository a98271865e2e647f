//! Runs, turns and JSON.

use crate::generate::{Shape, candidates, scenario, shape, source, spots};
use domain::conversation::{self, Event, Scenario, State, choose, no_facts, replay, turn};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same events give the same state, however they are cut; names of choices are distinct and lead back to them.
    #[test]
    fn turns_are_stable_and_opaque(
        spots in spots(),
        shape in prop_oneof![Just(Shape::Forward), Just(Shape::Flat)],
        picks in prop::collection::vec(0..100_usize, 12),
        cut in 0..12_usize,
        seed in any::<u64>(),
    ) {
        let scenario = scenario(&source(&spots, shape));
        let Ok(mut state) = State::start(&scenario) else { return Ok(()) };
        let mut events = Vec::new();
        for pick in picks {
            let view = turn(&scenario, &state, seed, &no_facts);
            prop_assert_eq!(&state, &replay(&scenario, &events).unwrap());
            let (before, after) = events.split_at(cut.min(events.len()));
            let mut cut = replay(&scenario, before).unwrap();
            cut.follow(&scenario, after).unwrap();
            prop_assert_eq!(&state, &cut);
            let mut names: Vec<&str> = view.choices.iter().map(|it| it.id.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), view.choices.len());
            prop_assert_eq!(view.ending.is_some(), view.choices.is_empty());
            if view.choices.is_empty() {
                break;
            }
            let offer = &view.choices[pick % view.choices.len()];
            let event = choose(&scenario, &state, seed, &offer.id).unwrap();
            let other = choose(&scenario, &state, seed.wrapping_add(1), &offer.id);
            prop_assert_eq!(other, None);
            let before = state.clone();
            if state.apply(&scenario, event).is_err() {
                prop_assert_eq!(&state, &before, "an error changes nothing");
                break;
            }
            prop_assert_eq!(choose(&scenario, &state, seed, &offer.id), None);
            events.push(event);
            prop_assert!(before.turn + 1 == state.turn);
        }
    }

    /// Whoever forgets what was said goes on as before, and sees the same but for what was said long ago.
    #[test]
    fn forgetting_changes_only_what_was_said(
        spots in spots(),
        shape in shape(),
        picks in prop::collection::vec(0..100_usize, 20),
    ) {
        let scenario = scenario(&source(&spots, shape));
        let Ok(mut whole) = State::start(&scenario) else { return Ok(()) };
        let mut short = whole.clone();
        for pick in picks {
            let event = candidates().nth(pick % 4).unwrap();
            prop_assert_eq!(whole.apply(&scenario, event), short.apply(&scenario, event));
            short.forget();
            let (all, rest) = (turn(&scenario, &whole, 7, &no_facts), turn(&scenario, &short, 7, &no_facts));
            prop_assert_eq!(&all.fresh, &rest.fresh);
            prop_assert_eq!(&all.choices, &rest.choices);
            prop_assert_eq!((all.number, all.timer, all.ending), (rest.number, rest.timer, rest.ending));
            prop_assert_eq!(all.earlier.last().filter(|_| all.number > 0), rest.earlier.last());
            prop_assert!(rest.earlier.len() <= 1);
        }
    }

    /// Events that cannot have happened are errors, never a panic.
    #[test]
    fn impossible_events_are_refused(
        spots in spots(),
        shape in shape(),
        events in prop::collection::vec(prop_oneof![(0..9_u16).prop_map(Event::Chose), Just(Event::TimedOut), Just(Event::Chose(u16::MAX))], 0..12),
    ) {
        let scenario = scenario(&source(&spots, shape));
        if let Err(impossible) = replay(&scenario, &events) {
            let before = &events[..impossible.position as usize];
            prop_assert!(replay(&scenario, before).is_ok() || before.is_empty());
        }
        let _ = conversation::score(&scenario, &events);
        let _ = conversation::debrief(&scenario, &events, &no_facts);
    }

    /// JSON gives the same scenario back, byte for byte.
    #[test]
    fn json_is_canonical(spots in spots(), shape in shape()) {
        let scenario = scenario(&source(&spots, shape));
        let json = scenario.canonical().unwrap();
        let back: Scenario = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &scenario);
        prop_assert_eq!(back.canonical().unwrap(), json);
    }
}

/// What a turn costs must not grow with the run: a hundred thousand turns are taken in the time a test has.
#[test]
fn a_long_run_is_played_to_its_end() {
    let source = "---\ntitle: Long\nyou: Sam\nthem: Dana\n---\n\n## a\nDana: And?\n\n- More. -> a\n  why: So.\n- Bye. -> b\n  why: So.\n\n## b (end: success)\n";
    let scenario = scenario(source);
    let mut events = vec![Event::Chose(0); 100_000];
    events.push(Event::Chose(1));
    let state = replay(&scenario, &events).unwrap();
    assert_eq!(state.turn, 100_001);
    assert!(conversation::score(&scenario, &events).unwrap().passed);
}
