//! Two versions side by side: what is the same in both, how far it changed, and what is kept back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::{
    conversation::{
        Event, Insight, Scenario, Solved,
        insight::{Compared, Comparison, FEWEST, STALE, Side, Told, Track},
        parse,
    },
    percent::Percent,
    time::Timestamp,
};

const HEAD: &str = "---\ntitle: Talk\nyou: Sam, support\nthem: Dana\n---\n\n";
const END: &str = "\n## settled (end: success)\n\n## lost (end: failure)\n";

/// One opening with these choices, and the two endings.
fn talk(choices: &str) -> Scenario {
    let source = format!("{HEAD}## opening\nDana: Where is it?\n\n{choices}{END}");
    let parsed = parse(&source, "talk.conversation");
    parsed.scenario.unwrap_or_else(|| panic!("{:?}\n{source}", parsed.diagnostics))
}

fn choice(words: &str, decision: &str, rating: i8) -> String {
    let (target, decision) = (
        if rating > 0 { "settled" } else { "lost" },
        if decision.is_empty() { String::new() } else { format!("  decision: {decision}\n") },
    );
    format!("- {words} -> {target}\n{decision}  rate: care {rating}\n  why: So.\n\n")
}

const START: Timestamp = Timestamp(1_000_000_000);

/// A run of each learner; without an event it was left at once. The first choice passes.
fn runs(events: &[Option<Event>]) -> Vec<Track> {
    (1..)
        .zip(events)
        .map(|(learner, event)| Track {
            learner,
            number: 1,
            started_at: START,
            seen_at: START,
            score: event.map(|event| Percent::of(if event == Event::Chose(0) { 100.0 } else { 0.0 }, 100.0)),
            passed: event.map(|event| event == Event::Chose(0)),
            events: event.map(|event| (event, START.plus(5 * Timestamp::SECOND))).into_iter().collect(),
        })
        .collect()
}

/// So many learners choose each, in order; the last number is of those who leave.
fn picks(counts: &[usize]) -> Vec<Option<Event>> {
    let (left, chosen) = counts.split_last().unwrap();
    let chosen = (0..).zip(chosen).flat_map(|(choice, count)| vec![Some(Event::Chose(choice)); *count]);
    chosen.chain(vec![None; *left]).collect()
}

fn told(scenario: &Scenario, events: &[Option<Event>]) -> Insight {
    let solved = Solved::new(scenario).unwrap();
    Insight::of(scenario, Some(&solved), &runs(events), START.plus(3 * STALE))
}

fn compared(here: (&Scenario, &[Option<Event>]), there: (&Scenario, &[Option<Event>])) -> Comparison {
    let (one, two) = (told(here.0, here.1), told(there.0, there.1));
    Told { scenario: here.0, insight: &one }.against(Told { scenario: there.0, insight: &two })
}

fn at(comparison: &Comparison, event: Option<Event>) -> Compared {
    *comparison.places.iter().find(|place| place.here.node == 0 && place.here.event == event).unwrap()
}

#[test]
fn choices_are_the_same_by_their_decision_or_else_by_their_words() {
    // Here, there: words and decision of each choice. Then which of them are one pair.
    type Row<'a> = (&'a [(&'a str, &'a str)], &'a [(&'a str, &'a str)], &'a [(u16, u16)]);
    let rows: [Row<'_>; 7] = [
        (&[("Sorry.", ""), ("Number?", "")], &[("Sorry.", ""), ("Number?", "")], &[(0, 0), (1, 1)]),
        (&[("Number?", ""), ("Sorry.", "")], &[("Sorry.", ""), ("Number?", "")], &[(0, 1), (1, 0)]),
        (&[("I am sorry.", "sorry"), ("No.", "")], &[("No.", ""), ("Sorry.", "sorry")], &[(0, 1), (1, 0)]),
        // The decision counts more than the words.
        (&[("Yes.", "b"), ("No.", "a")], &[("Yes.", "a"), ("No.", "b")], &[(0, 1), (1, 0)]),
        // One that was named meanwhile is still known by its words.
        (&[("Yes.", "a"), ("No.", "")], &[("Yes.", ""), ("No.", "b")], &[(0, 0), (1, 1)]),
        // Two decisions are two, though the words are the same.
        (&[("Yes.", "a"), ("No.", "")], &[("Yes.", "b"), ("No.", "")], &[(1, 1)]),
        // A decision that two choices name is given to one of them.
        (&[("Yes.", "a"), ("Well.", "a")], &[("Fine.", "a"), ("No.", "")], &[(0, 0)]),
    ];
    for (here, there, expected) in rows {
        let build = |said: &[(&str, &str)]| {
            let choices: String = (0..).zip(said).map(|(at, (words, name))| choice(words, name, 1 - 2 * at)).collect();
            talk(&choices)
        };
        let (one, two) = (build(here), build(there));
        let comparison = compared((&one, &[]), (&two, &[]));
        let mut pairs: Vec<(u16, u16)> = comparison
            .places
            .iter()
            .filter_map(|place| match (place.here.event?, place.there.event?) {
                (Event::Chose(one), Event::Chose(two)) => Some((one, two)),
                _ => None,
            })
            .collect();
        pairs.sort_unstable();
        assert_eq!(pairs, expected, "{here:?} and {there:?}");
        let single = |side| comparison.only.iter().filter(|(it, _)| *it == side).count();
        assert_eq!((single(Side::Here), single(Side::There)), (here.len() - pairs.len(), there.len() - pairs.len()));
    }
}

#[test]
fn what_only_one_version_has_is_told() {
    let timer = "timer: 20s -> lost\n\n";
    let here = talk(&format!("{timer}{}{}", choice("Sorry.", "", 2), choice("New.", "", -1)));
    let source = format!(
        "{HEAD}## opening\nDana: Hm?\n\n{}{}\n## aside (end: neutral){END}",
        choice("Sorry.", "", 2),
        choice("Old.", "", -1)
    );
    let there = parse(&source, "talk").scenario.unwrap();
    let comparison = compared((&here, &[]), (&there, &[]));
    let only: Vec<_> = comparison.only.iter().map(|(side, place)| (*side, place.node, place.event)).collect();
    assert_eq!(
        only,
        [
            (Side::Here, 0, Some(Event::Chose(1))),
            (Side::Here, 0, Some(Event::TimedOut)),
            (Side::There, 0, Some(Event::Chose(1))),
            (Side::There, 1, None),
        ]
    );
    let settled = comparison.places.iter().find(|place| place.here.node == 1).unwrap();
    assert_eq!(settled.there.node, 2, "nodes are the same by name, wherever they stand");
}

#[test]
fn differences_are_of_shares_costs_and_who_left_the_largest_first() {
    let scenario = talk(&(choice("Sorry.", "", 2) + &choice("Number?", "", -2) + &choice("Who?", "", -1)));
    let (here, there) = (picks(&[6, 2, 2, 0]), picks(&[2, 5, 1, 2]));
    let comparison = compared((&scenario, &here), (&scenario, &there));
    let sorry = at(&comparison, Some(Event::Chose(0)));
    assert_eq!((sorry.share.here, sorry.share.there, sorry.cost.change()), (Some(60.0), Some(25.0), Some(0.0)));
    assert!((sorry.share.change().unwrap() - 35.0).abs() < 1e-9);
    let opening = at(&comparison, None);
    assert_eq!((opening.share.change(), opening.left.here, opening.left.there), (Some(0.0), Some(0.0), Some(20.0)));
    // Wrong costs all there is, and the third three quarters of it: (2 × 100 + 2 × 75) / 10 and (5 × 100 + 75) / 8.
    let (mean_here, mean_there) = (opening.cost.here.unwrap(), opening.cost.there.unwrap());
    assert!((mean_here - 35.0).abs() < 1e-9 && (mean_there - 71.875).abs() < 1e-9, "{mean_here} {mean_there}");
    let sizes: Vec<f64> = comparison.places.iter().map(|place| place.size().unwrap_or(-1.0)).collect();
    assert!(sizes.is_sorted_by(|one, two| one >= two), "{sizes:?}");
    let first = comparison.places.iter().take(2).map(|place| (place.here.node, place.here.event)).collect::<Vec<_>>();
    assert_eq!(first, [(0, Some(Event::Chose(1))), (1, None)], "42.5 of the decisions, then 40 of the runs");
    assert_eq!((comparison.finished.here, comparison.finished.there), (Some(100.0), Some(80.0)));
    assert_eq!((comparison.passed.here, comparison.passed.there), (Some(60.0), Some(25.0)));
    assert_eq!((comparison.score.here, comparison.score.there), (Some(60.0), Some(25.0)));
}

/// Each side is kept back by itself: for lack of people in all, of people who came by, and of people who decided.
#[test]
fn what_too_few_stand_behind_is_kept_back_on_its_side() {
    let scenario = talk(&(choice("Sorry.", "", 2) + &choice("Number?", "", -2)));
    let (many, few) = (picks(&[4, 4, 0]), picks(&[3, 1, 0]));
    assert_eq!(u32::try_from(few.len()).unwrap(), FEWEST - 1);
    for (here, there, known) in
        [(&many, &few, (true, false)), (&few, &many, (false, true)), (&few, &few, (false, false))]
    {
        let comparison = compared((&scenario, here), (&scenario, there));
        let mut figures = vec![comparison.finished, comparison.passed, comparison.score];
        let (opening, sorry) = (at(&comparison, None), at(&comparison, Some(Event::Chose(0))));
        figures.extend([opening.share, opening.cost, opening.left, sorry.share, sorry.cost]);
        for figure in figures {
            assert_eq!((figure.here.is_some(), figure.there.is_some()), known, "{comparison:?}");
            assert_eq!(figure.change(), None);
        }
        assert!(comparison.places.iter().all(|place| place.size().is_none()));
    }
    // Many came, four decided: what they said is theirs.
    let left = picks(&[3, 1, 6]);
    let comparison = compared((&scenario, &many), (&scenario, &left));
    let (opening, sorry) = (at(&comparison, None), at(&comparison, Some(Event::Chose(0))));
    assert_eq!((opening.share.there, opening.left.there), (Some(100.0), Some(60.0)));
    assert_eq!((sorry.share.there, sorry.cost.there, opening.cost.there), (None, None, None));
    assert_eq!((comparison.passed.there, comparison.score.there), (None, None));
}
