//! What must hold of every conversation, tried on many random ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::{
    conversation::{
        self, Event, Scenario, Solved, State, Unsolvable, choose, format,
        model::{Exit, Outcome},
        no_facts, parse, replay, turn,
    },
    percent::Percent,
};
use proptest::prelude::*;
use std::fmt::Write as _;

const SAMPLE: &str = include_str!("conversation_sample.conversation");

#[derive(Debug, Clone)]
struct Way {
    guard: usize,
    target: usize,
    ratings: (i8, i8),
    effect: usize,
    blocked: bool,
}

#[derive(Debug, Clone)]
enum Spot {
    Choices(Vec<Way>, Option<usize>),
    Jumps(usize, usize, usize),
}

const GUARDS: [&str; 6] = ["", "", "[trust >= 2] ", "[told] ", "[not told and trust < 3] ", "[trust = 1 or told] "];
const EFFECTS: [&str; 6] = ["", "", "trust +1", "trust -1, told = yes", "told = no", "trust = 3, trust -1"];

fn way() -> impl Strategy<Value = Way> {
    (0..GUARDS.len(), 0..100_usize, (-2..=2_i8, -2..=2_i8), 0..EFFECTS.len(), prop::bool::weighted(0.1))
        .prop_map(|(guard, target, ratings, effect, blocked)| Way { guard, target, ratings, effect, blocked })
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        4 => (prop::collection::vec(way(), 1..4), prop::option::weighted(0.3, 0..100_usize))
            .prop_map(|(ways, timer)| Spot::Choices(ways, timer)),
        1 => (2..GUARDS.len(), 0..100_usize, 0..100_usize).prop_map(|(g, a, b)| Spot::Jumps(g, a, b)),
    ]
}

/// The source of a random conversation; with `forward`, it never goes in circles.
fn source(spots: &[Spot], forward: bool) -> String {
    let mut out = String::from(
        "---\ntitle: Random\nyou: Sam\nthem: Dana\nvar trust: 0..3 = 1\nvar told: yes/no = no\nweight: care 2\npass: 70\n---\n",
    );
    let total = spots.len() + 2;
    for (at, spot) in spots.iter().enumerate() {
        let target = |seed: usize| match forward {
            true => at + 1 + seed % (total - at - 1),
            false => seed % total,
        };
        let _ = writeln!(out, "\n## n{at}\nDana: Line {at}.");
        match spot {
            Spot::Choices(ways, timer) => {
                if let Some(timer) = timer {
                    let _ = writeln!(out, "timer: 9s -> n{}", target(*timer));
                }
                for (number, way) in ways.iter().enumerate() {
                    // The first is always offered, so that nobody gets stuck.
                    let guard = if number == 0 { "" } else { GUARDS[way.guard] };
                    let _ = writeln!(out, "- {guard}Choice {number} -> n{}", target(way.target));
                    let _ = writeln!(out, "  rate: care {}, privacy {}", way.ratings.0, way.ratings.1);
                    if !EFFECTS[way.effect].is_empty() {
                        let _ = writeln!(out, "  effect: {}", EFFECTS[way.effect]);
                    }
                    if way.blocked {
                        let _ = writeln!(out, "  blocker: never-do-this");
                    }
                    let _ = writeln!(out, "  why: Reason {number}.");
                }
            }
            Spot::Jumps(guard, a, b) => {
                let _ = writeln!(out, "-> {}n{}\n-> n{}", GUARDS[*guard], target(*a), target(*b));
            }
        }
    }
    let _ = write!(out, "\n## n{} (end: success)\n\n## n{} (end: failure)\n", total - 2, total - 1);
    out
}

fn scenario(source: &str) -> Scenario {
    let parsed = parse(source, "random.conversation");
    parsed.scenario.unwrap_or_else(|| panic!("{source}\n{:?}", parsed.diagnostics))
}

fn candidates() -> impl Iterator<Item = Event> {
    (0..3).map(Event::Chose).chain([Event::TimedOut])
}

/// Every finished run, found by trying everything.
fn all_runs(scenario: &Scenario, state: &State, sofar: &mut Vec<Event>, runs: &mut Vec<Vec<Event>>) {
    if state.ending(scenario).is_some() {
        runs.push(sofar.clone());
        return;
    }
    for event in candidates() {
        let mut next = state.clone();
        if next.apply(scenario, event).is_ok() {
            sofar.push(event);
            all_runs(scenario, &next, sofar, runs);
            sofar.pop();
        }
    }
}

fn outcome<'s>(scenario: &'s Scenario, state: &State, event: Event) -> &'s Outcome {
    match (&scenario.nodes[usize::from(state.node)].exit, event) {
        (Exit::Choices { choices, .. }, Event::Chose(at)) => &choices[usize::from(at)].outcome,
        (Exit::Choices { timer: Some(timer), .. }, Event::TimedOut) => &timer.outcome,
        _ => panic!("no such event"),
    }
}

/// The sum of rewards added up by hand; with `of`, of one competency alone.
fn points(scenario: &Scenario, events: &[Event], of: Option<&str>) -> i64 {
    let mut state = State::start(scenario).unwrap();
    let mut sum = 0;
    for event in events {
        for rating in &outcome(scenario, &state, *event).ratings {
            let competency = &scenario.competencies[usize::from(rating.competency)];
            sum += match of {
                None => i64::from(competency.weight) * i64::from(rating.value),
                Some(id) if id == competency.id.as_str() => i64::from(rating.value),
                Some(_) => 0,
            };
        }
        state.apply(scenario, *event).unwrap();
    }
    sum
}

/// A run picked by these numbers, if it ends.
fn walk(scenario: &Scenario, picks: &[usize]) -> Option<Vec<Event>> {
    let mut state = State::start(scenario).ok()?;
    let mut events = Vec::new();
    for pick in picks {
        if state.ending(scenario).is_some() {
            return Some(events);
        }
        let possible: Vec<Event> = candidates().filter(|event| state.clone().apply(scenario, *event).is_ok()).collect();
        let event = possible[pick % possible.len()];
        state.apply(scenario, event).ok()?;
        events.push(event);
    }
    state.ending(scenario).map(|_| events)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Best and worst are those of all runs, in total and in each competency; every score follows from them.
    #[test]
    fn solving_equals_trying_everything(spots in prop::collection::vec(spot(), 1..6)) {
        let scenario = scenario(&source(&spots, true));
        let solved = Solved::new(&scenario).unwrap();
        let mut runs = Vec::new();
        all_runs(&scenario, &State::start(&scenario).unwrap(), &mut Vec::new(), &mut runs);
        let sums = |of: Option<&str>| -> Vec<i64> {
            runs.iter().map(|run| points(&scenario, run, of)).collect()
        };
        let total = sums(None);
        let (best, worst) = (*total.iter().max().unwrap(), *total.iter().min().unwrap());
        prop_assert_eq!(solved.range(), (best, worst));
        let shortest = runs.iter().zip(&total).filter(|(_, sum)| **sum == best).map(|(run, _)| run.len()).min();
        prop_assert_eq!(Some(solved.best_run().len()), shortest);
        for (run, sum) in runs.iter().zip(&total) {
            let score = solved.score(run).unwrap();
            prop_assert_eq!(score.points, *sum);
            match score.percent {
                None => prop_assert_eq!(best, worst),
                Some(percent) => {
                    let exact = (sum - worst) as f64 / (best - worst) as f64 * 100.0;
                    prop_assert!((percent.value() - exact).abs() < 1e-9);
                    prop_assert_eq!(*sum == best, percent == Percent::FULL);
                    prop_assert_eq!(*sum == worst, percent == Percent::ZERO);
                }
            }
            for own in &score.competencies {
                let all = sums(Some(own.id.as_str()));
                let (best, worst) = (*all.iter().max().unwrap(), *all.iter().min().unwrap());
                let mine = points(&scenario, run, Some(own.id.as_str()));
                let exact = (best > worst).then(|| (mine - worst) as f64 / (best - worst) as f64 * 100.0);
                prop_assert_eq!(own.percent.map(|it| (it.value() * 1e6).round()), exact.map(|it| (it * 1e6).round()));
            }
        }
    }

    /// Circles included: either the scenario is refused, or every run lies between worst and best, and regrets add up.
    #[test]
    fn regrets_add_up_to_what_was_lost(
        spots in prop::collection::vec(spot(), 1..6),
        even in any::<bool>(),
        picks in prop::collection::vec(0..100_usize, 40),
    ) {
        let mut text = source(&spots, false);
        if even {
            // Without ratings every circle is even; the way to the ends keeps one.
            text = text.lines().map(|line| match line.trim_start().starts_with("rate:") {
                true => "  rate: care 0, privacy 0\n".to_owned(),
                false => format!("{line}\n"),
            }).collect();
        }
        let scenario = scenario(&text);
        let solved = match Solved::new(&scenario) {
            Ok(solved) => solved,
            Err(Unsolvable::Endless { .. }) => return Ok(()),
            Err(Unsolvable::UnevenCircle { .. }) => { prop_assert!(!even); return Ok(()); }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        let (best, worst) = solved.range();
        prop_assert_eq!(points(&scenario, &solved.best_run(), None), best);
        let Some(run) = walk(&scenario, &picks) else { return Ok(()) };
        let sum = points(&scenario, &run, None);
        prop_assert!((worst..=best).contains(&sum));
        let debrief = solved.debrief(&run, &no_facts).unwrap();
        prop_assert_eq!(debrief.decisions.len(), run.len());
        if best > worst {
            let lost: f64 = debrief.decisions.iter().map(|it| it.cost.unwrap().value()).sum();
            let gap = (best - sum) as f64 / (best - worst) as f64 * 100.0;
            prop_assert!((lost - gap).abs() < 1e-6, "{lost} is not {gap}");
        }
        for decision in &debrief.decisions {
            prop_assert_eq!(decision.better.is_some(), decision.cost.is_some_and(|cost| cost.value() > 0.0));
        }
        prop_assert!(debrief.without_better().decisions.iter().all(|it| it.better.is_none()));
    }

    /// The same events give the same state; names of choices are distinct and lead back to their choices.
    #[test]
    fn turns_are_stable_and_opaque(
        spots in prop::collection::vec(spot(), 1..6),
        picks in prop::collection::vec(0..100_usize, 12),
        seed in any::<u64>(),
    ) {
        let scenario = scenario(&source(&spots, true));
        let mut state = State::start(&scenario).unwrap();
        let mut events = Vec::new();
        for pick in picks {
            let view = turn(&scenario, &state, seed, &no_facts);
            prop_assert_eq!(&view, &turn(&scenario, &replay(&scenario, &events).unwrap(), seed, &no_facts));
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
            state.apply(&scenario, event).unwrap();
            prop_assert_eq!(choose(&scenario, &state, seed, &offer.id), None);
            events.push(event);
            prop_assert!(before.turn + 1 == state.turn);
        }
    }

    /// Events that cannot have happened are errors, never a panic.
    #[test]
    fn impossible_events_are_refused(
        spots in prop::collection::vec(spot(), 1..6),
        forward in any::<bool>(),
        events in prop::collection::vec(prop_oneof![(0..9_u16).prop_map(Event::Chose), Just(Event::TimedOut), Just(Event::Chose(u16::MAX))], 0..12),
    ) {
        let scenario = scenario(&source(&spots, forward));
        if let Err(impossible) = replay(&scenario, &events) {
            let before = &events[..impossible.position as usize];
            prop_assert!(replay(&scenario, before).is_ok() || before.is_empty());
        }
        let _ = conversation::score(&scenario, &events);
        let _ = conversation::debrief(&scenario, &events, &no_facts);
    }

    /// JSON gives the same scenario back, byte for byte.
    #[test]
    fn json_is_canonical(spots in prop::collection::vec(spot(), 1..6)) {
        let scenario = scenario(&source(&spots, false));
        let json = scenario.canonical().unwrap();
        let back: Scenario = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &scenario);
        prop_assert_eq!(back.canonical().unwrap(), json);
    }
}

/// A source that is nearly right.
fn mutated() -> impl Strategy<Value = String> {
    const BITS: [&str; 33] = [
        "\n",
        "\n\n",
        "  ",
        "- ",
        "-> ",
        "## ",
        "---\n",
        "//",
        "[",
        "]",
        "(",
        ")",
        "\\[",
        ":",
        "=",
        "+1",
        "-1",
        "not ",
        " or ",
        " and ",
        "told",
        "trust",
        "why: ",
        "rate: ",
        "{{",
        "}}",
        "ü",
        "\u{feff}",
        "\t",
        "\r\n",
        "  // aside\n",
        "// aside\n",
        "timer: 5s -> settled\n",
    ];
    let edit = (0..3_usize, any::<prop::sample::Index>(), 0..14_usize, 0..BITS.len());
    prop::collection::vec(edit, 1..4).prop_map(|edits| {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for (kind, at, length, bit) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            match kind {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, BITS[bit].chars())),
                _ => {
                    let piece: Vec<char> = text[at..end].to_vec();
                    let to = (at * 7 + length) % (text.len() + 1);
                    drop(text.splice(to..to, piece));
                }
            }
        }
        text.into_iter().collect()
    })
}

/// Formatting keeps the meaning and settles at once.
fn formatting_holds(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text, "x");
    let Ok(formatted) = format(text, "x") else {
        prop_assert!(parsed.scenario.is_none());
        return Ok(());
    };
    let again = parse(&formatted, "x");
    prop_assert_eq!(&again.scenario, &parsed.scenario, "{}\n=>\n{}", text, formatted);
    prop_assert_eq!(format(&formatted, "x").unwrap(), formatted.clone(), "{}", text);
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("//")).count();
    prop_assert_eq!(comments(&formatted), comments(text), "{}\n=>\n{}", text, formatted);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in "(\\PC|\n|\t|\r|\n## |\n- |-> |---\n){0,120}") {
        let parsed = parse(&text, "x");
        for found in &parsed.diagnostics {
            let _ = found.render();
        }
        formatting_holds(&text)?;
    }

    #[test]
    fn nearly_right_text_is_read_without_panic(text in mutated()) {
        let (_, checked) = conversation::load(&text, "x");
        for found in &checked.diagnostics {
            let line = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().nth(found.span.line as usize - 1).unwrap_or_default();
            prop_assert_eq!(&found.source, line);
            prop_assert!(found.span.column >= 1 && found.span.column as usize <= line.chars().count() + 1);
            let _ = found.render();
        }
        formatting_holds(&text)?;
    }

    #[test]
    fn random_conversations_are_laid_out(spots in prop::collection::vec(spot(), 1..6), forward in any::<bool>()) {
        formatting_holds(&source(&spots, forward))?;
    }
}

/// The properties above would mean little if hardly any text could be read.
#[test]
fn many_mutations_are_still_readable() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let readable = (0..300)
        .filter(|_| {
            let text = mutated().new_tree(&mut runner).unwrap().current();
            parse(&text, "x").scenario.is_some()
        })
        .count();
    assert!((50..270).contains(&readable), "{readable} of 300");
}

/// The sums and lengths of all runs that visit no node twice.
fn simple_runs(scenario: &Scenario, state: &State, seen: &mut Vec<u16>, sum: i64, found: &mut Vec<(i64, usize)>) {
    if state.ending(scenario).is_some() {
        found.push((sum, seen.len()));
        return;
    }
    if seen.contains(&state.node) {
        return;
    }
    seen.push(state.node);
    for event in candidates() {
        let mut next = state.clone();
        if next.apply(scenario, event).is_ok() {
            let ratings = &outcome(scenario, state, event).ratings;
            let reward: i64 = ratings.iter().map(|it| i64::from(it.value)).sum();
            simple_runs(scenario, &next, seen, sum + reward, found);
        }
    }
    seen.pop();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Circles whose rewards cancel out are allowed, and going round gains and costs nothing.
    #[test]
    fn even_circles_change_nothing(
        height in prop::collection::vec(0..3_i64, 5),
        ways in prop::collection::vec(prop::collection::vec((0..7_usize, -2..=2_i64), 1..4), 5),
    ) {
        let mut text = String::from("---\ntitle: Circles\nyou: Sam\nthem: Dana\n---\n");
        for (at, ways) in ways.iter().enumerate() {
            let _ = writeln!(text, "\n## n{at}");
            for (to, free) in ways {
                // Between inner nodes the reward is a difference of heights; into an ending it is anything.
                let reward = if *to < 5 { height[*to] - height[at] } else { *free };
                let _ = writeln!(text, "- Go. -> n{to}\n  rate: care {reward}\n  why: So.");
            }
        }
        text.push_str("\n## n5 (end: success)\n\n## n6 (end: failure)\n");
        let scenario = scenario(&text);
        let solved = match Solved::new(&scenario) {
            Err(Unsolvable::Endless { .. }) => return Ok(()),
            other => other.unwrap(),
        };
        let mut found = Vec::new();
        simple_runs(&scenario, &State::start(&scenario).unwrap(), &mut Vec::new(), 0, &mut found);
        let best = found.iter().map(|it| it.0).max().unwrap();
        let worst = found.iter().map(|it| it.0).min().unwrap();
        prop_assert_eq!(solved.range(), (best, worst));
        let shortest = found.iter().filter(|it| it.0 == best).map(|it| it.1).min();
        prop_assert_eq!(Some(solved.best_run().len()), shortest);
    }
}
