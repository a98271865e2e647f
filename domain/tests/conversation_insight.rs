//! How people play: what is counted, what is kept back, and that it all adds up.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::{
    conversation::{
        EndingKind, Event, Insight, Scenario, Solved, State,
        insight::{ChoiceInsight, FEWEST, Finding, LONGEST, NodeInsight, STALE, Track},
        parse,
    },
    percent::Percent,
    time::Timestamp,
};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("conversation_sample.conversation");

/// A decision that tempts, a timer, a condition, a jump and a circle.
const TALK: &str = "---
title: Talk
you: Sam, support
them: Dana
var trust: 0..2 = 1
pass: 70
---

## opening
Dana: Where is it?

timer: 20s -> lost

- I'm sorry. I'll look now. -> pause
  rate: care 2
  effect: trust +1
  why: Acts.

- What is the number? -> pause
  rate: care -2
  why: Asks first.

- Who are you? -> opening
  why: Goes nowhere.

## pause
-> [trust >= 2] asked
-> lost

## asked
Dana: And then?

- Please wait. -> lost
  why: Says nothing.

- [trust >= 2] Tomorrow. -> settled
  rate: care 2
  why: Keeps it short.

## settled (end: success)

## lost (end: failure)
";

const START: Timestamp = Timestamp(1_000_000_000);
const SECOND: i64 = Timestamp::SECOND;
const LATER: Timestamp = Timestamp(START.0 + 3 * STALE);

const SORRY: Event = Event::Chose(0);
const NUMBER: Event = Event::Chose(1);
const WHO: Event = Event::Chose(2);

fn scenario(source: &str) -> Scenario {
    let parsed = parse(source, "talk.conversation");
    parsed.scenario.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics))
}

/// A run in which every reply takes `seconds`.
fn track(learner: u32, seconds: i64, events: &[Event]) -> Track {
    let events: Vec<_> =
        (1..).zip(events).map(|(number, event)| (*event, START.plus(number * seconds * SECOND))).collect();
    let seen_at = events.last().map_or(START, |(_, at)| *at);
    Track { learner, number: 1, started_at: START, seen_at, score: None, passed: None, events }
}

fn told(tracks: &[Track], now: Timestamp) -> Insight {
    let scenario = scenario(TALK);
    Insight::of(&scenario, Some(&Solved::new(&scenario).unwrap()), tracks, now)
}

fn node<'i>(insight: &'i Insight, name: &str) -> &'i NodeInsight {
    let index = scenario(TALK).nodes.iter().position(|node| node.id.as_str() == name).unwrap();
    &insight.nodes[index]
}

fn choice(node: &NodeInsight, event: Event) -> ChoiceInsight {
    *node.choices.iter().find(|choice| choice.event == event).unwrap()
}

#[test]
fn every_visit_is_counted_with_what_became_of_it() {
    let insight = told(
        &[
            track(1, 5, &[SORRY, Event::Chose(1)]),
            track(2, 5, &[WHO, WHO, SORRY]),
            track(2, 5, &[Event::TimedOut]),
            track(3, 5, &[NUMBER]),
        ],
        LATER,
    );
    assert_eq!((insight.runs, insight.learners, insight.finished, insight.abandoned), (4, 3, 3, 1));
    let opening = node(&insight, "opening");
    assert_eq!((opening.visits, opening.runs, opening.learners, opening.decisions()), (6, 4, 3, 6));
    let taken = |event| choice(opening, event).taken;
    assert_eq!((taken(SORRY), taken(NUMBER), taken(WHO), taken(Event::TimedOut)), (2, 1, 2, 1));
    assert_eq!(opening.share(&choice(opening, SORRY)).unwrap().whole(), 33);
    let pause = node(&insight, "pause");
    let to = |name: &str| {
        let index = scenario(TALK).nodes.iter().position(|node| node.id.as_str() == name).unwrap();
        pause.ways.iter().find(|way| usize::from(way.target) == index).unwrap().taken
    };
    assert_eq!((pause.visits, to("asked"), to("lost")), (3, 2, 1), "a jump is a visit and a way");
    assert_eq!(node(&insight, "asked").abandoned, 1);
    assert_eq!(node(&insight, "settled").ending, Some((EndingKind::Success, 1)));
    assert_eq!(node(&insight, "lost").ending, Some((EndingKind::Failure, 2)));
}

#[test]
fn a_run_is_under_way_until_nobody_touched_it_for_a_day() {
    let mut run = track(1, 5, &[SORRY]);
    let last = run.seen_at;
    for (now, expected) in [(last.plus(STALE - 1), (1, 0)), (last.plus(STALE), (0, 1))] {
        let insight = told(std::slice::from_ref(&run), now);
        assert_eq!((insight.open, insight.abandoned), expected);
        let asked = node(&insight, "asked");
        assert_eq!((asked.open, asked.abandoned), expected, "where it stopped");
    }
    run.seen_at = last.plus(STALE);
    assert_eq!(told(&[run], last.plus(STALE + 1)).open, 1, "looking in is a sign of life");
    let untouched = told(&[track(1, 5, &[])], LATER);
    assert_eq!(node(&untouched, "opening").abandoned, 1, "nothing was said at all");
}

#[test]
fn coffee_and_silence_do_not_count_as_thinking() {
    let all = |seconds: &[i64], event: Event| -> Vec<Track> {
        (1..).zip(seconds).map(|(learner, seconds)| track(learner, *seconds, &[event])).collect()
    };
    let dwell = |tracks: &[Track]| node(&told(tracks, LATER), "opening").dwell.unwrap();
    let thought = dwell(&all(&[1, 2, 3, 4, 10], NUMBER));
    assert_eq!((thought.mean, thought.median), (4 * SECOND, 3 * SECOND));
    let coffee = dwell(&all(&[1, 2, 3, 4, 7200], NUMBER));
    assert_eq!((coffee.mean, coffee.median), ((10 * SECOND + LONGEST) / 5, 3 * SECOND));
    let silent = dwell(&all(&[7200; 5], Event::TimedOut));
    assert_eq!(silent.mean, 20 * SECOND, "it was over when the timer was");
    let backwards = dwell(&all(&[-9; 5], NUMBER));
    assert_eq!(backwards.mean, 0, "a clock put back");
}

#[test]
fn means_need_enough_people_and_counts_do_not() {
    let finished = |learner: u32| {
        let mut run = track(learner, 5, &[NUMBER]);
        run.score = Some(Percent::new(f64::from(learner) * 10.0).unwrap());
        run
    };
    let few: Vec<Track> = (1..FEWEST).chain([1, 1, 1]).map(finished).collect();
    let insight = told(&few, LATER);
    assert_eq!((insight.runs, insight.learners), (7, 4));
    assert_eq!((insight.time, insight.score), (None, None));
    let opening = node(&insight, "opening");
    assert_eq!((opening.dwell, choice(opening, NUMBER).cost, choice(opening, NUMBER).taken), (None, None, 7));
    assert_eq!(insight.findings(), [], "nothing is said of so few");

    let enough: Vec<Track> = (1..=FEWEST).map(finished).collect();
    let insight = told(&enough, LATER);
    assert_eq!(insight.score.unwrap().whole(), 30);
    assert_eq!(insight.time.unwrap().median, 5 * SECOND);
    let cost = choice(node(&insight, "opening"), NUMBER).cost.unwrap();
    // The best run is worth 4, the worst -2; from -2 on nothing can be won any more.
    assert!((cost - 100.0).abs() < 1e-9, "{cost}");
    assert_eq!(node(&insight, "asked").dwell, None, "nobody came here");
}

#[test]
fn a_popular_mistake_and_what_nobody_says_are_pointed_out() {
    let mut runs: Vec<Track> = (1..=7).map(|learner| track(learner, 5, &[NUMBER])).collect();
    runs.extend((8..=10).map(|learner| track(learner, 5, &[SORRY, Event::Chose(1)])));
    let findings = told(&runs, LATER).findings();
    let [
        Finding::PopularMistake { node: 0, event, share, cost },
        Finding::NeverTaken { node: 0, event: never, offered },
    ] = findings[..]
    else {
        panic!("{findings:?}")
    };
    assert_eq!((event, share.whole(), never, offered), (NUMBER, 70, WHO, 10));
    assert!(cost > 99.0, "{cost}");
    let one: Vec<Track> = runs.iter().map(|run| Track { learner: 1, ..run.clone() }).collect();
    assert_eq!(told(&one, LATER).findings(), [], "what one person does says nothing of people");
    runs.truncate(9);
    assert_eq!(told(&runs, LATER).findings().len(), 1, "nine times on offer says nothing yet");
    let well: Vec<Track> = (1..=9).map(|learner| track(learner, 5, &[SORRY, Event::Chose(1)])).collect();
    assert_eq!(told(&well, LATER).findings(), [], "what most people do right is no mistake");
}

#[test]
fn a_run_that_cannot_have_happened_is_told_of_and_not_counted() {
    let insight = told(&[track(1, 5, &[SORRY, Event::Chose(9)]), track(2, 5, &[SORRY])], LATER);
    assert_eq!((insight.unreadable, insight.runs, node(&insight, "opening").visits), (1, 1, 1));
}

#[test]
fn what_cannot_be_scored_has_counts_without_costs() {
    let scenario = scenario(TALK);
    let runs: Vec<Track> = (1..=FEWEST).map(|learner| track(learner, 5, &[NUMBER])).collect();
    let insight = Insight::of(&scenario, None, &runs, LATER);
    let opening = node(&insight, "opening");
    assert_eq!((choice(opening, NUMBER).taken, choice(opening, NUMBER).cost), (FEWEST, None));
}

/// A run picked by these numbers; it may stop anywhere.
fn walk(scenario: &Scenario, learner: u32, picks: &[usize]) -> Track {
    let mut state = State::start(scenario).unwrap();
    let mut events = Vec::new();
    for pick in picks {
        let all = (0..4).map(Event::Chose).chain([Event::TimedOut]);
        let possible: Vec<Event> = all.filter(|event| state.clone().apply(scenario, *event).is_ok()).collect();
        let Some(event) = possible.get(pick % possible.len().max(1)) else { break };
        state.apply(scenario, *event).unwrap();
        events.push(*event);
    }
    let mut run = track(learner, 7, &events);
    run.seen_at = START.plus(i64::from(learner) * STALE);
    run
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever arrives goes on, stops, or is done; and all arrivals come from somewhere.
    #[test]
    fn everything_adds_up(
        source in prop_oneof![Just(TALK), Just(SAMPLE)],
        runs in prop::collection::vec((1..5_u32, prop::collection::vec(0..100_usize, 0..9)), 0..20),
    ) {
        let scenario = scenario(source);
        let solved = Solved::new(&scenario).unwrap();
        let tracks: Vec<Track> = runs.iter().map(|(learner, picks)| walk(&scenario, *learner, picks)).collect();
        let insight = Insight::of(&scenario, Some(&solved), &tracks, LATER);
        let sum = |of: fn(&NodeInsight) -> u32| insight.nodes.iter().map(of).sum::<u32>();
        prop_assert_eq!(insight.runs as usize, tracks.len());
        prop_assert_eq!(insight.unreadable, 0);
        prop_assert_eq!(insight.finished + insight.abandoned + insight.open, insight.runs);
        prop_assert_eq!(sum(|node| node.abandoned), insight.abandoned);
        prop_assert_eq!(sum(|node| node.open), insight.open);
        prop_assert_eq!(sum(|node| node.ending.map_or(0, |ending| ending.1)), insight.finished);
        let events: usize = tracks.iter().map(|track| track.events.len()).sum();
        prop_assert_eq!(sum(NodeInsight::decisions) as usize, events);
        for (index, node) in insight.nodes.iter().enumerate() {
            let gone: u32 = node.ways.iter().map(|way| way.taken).sum();
            let done = node.ending.map_or(0, |ending| ending.1);
            prop_assert_eq!(node.visits, gone + node.abandoned + node.open + done);
            let ways = insight.nodes.iter().flat_map(|node| &node.ways);
            let arrived: u32 = ways.filter(|way| usize::from(way.target) == index).map(|way| way.taken).sum();
            prop_assert_eq!(node.visits, arrived + if index == 0 { insight.runs } else { 0 });
            prop_assert!(node.learners <= node.runs && node.runs <= node.visits);
            for choice in &node.choices {
                prop_assert!(choice.taken <= choice.offered && choice.offered <= node.decisions());
            }
        }
    }
}
