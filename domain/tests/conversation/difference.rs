//! What a later version makes of runs of an earlier one.

use crate::generate::{scenario, shape, source, spots, walk};
use domain::conversation::{Debrief, Difference, Event, Scenario, Solved, Unscorable, no_facts, replay};
use proptest::prelude::*;

const CASE: &str = "---
title: Late parcel
channel: public
you: Sam, support
them: Dana Whitfield (@dana_w)
var trust: 0..3 = 1
weight: care 2
pass: 70
---
You are Sam.

## opening
Dana: Where is my parcel?

timer: 20s -> lost
  rate: care -1

- I'm sorry, Dana. I'll look now. -> asked
  rate: care 2
  effect: trust +1
  why: Names it and acts.

- What is the tracking number of the parcel? -> asked
  rate: care -1
  blocker: asks-personal-data-in-public
  why: Asks before listening.

- [trust >= 1] Please wait in line like everybody. -> lost
  why: Sends her away.

## asked
Dana: And then?

-> [trust >= 2] settled
-> lost

## settled (end: success)
Dana: Thank you.

debrief: Well done.

## lost (end: failure)
Dana: Bye.
";

#[test]
fn texts_keys_and_shapes_are_told_apart() {
    use Difference::{KeyCorrected, Other, Same};
    let sorry = "I'm sorry, Dana. I'll look now.";
    let number = "What is the tracking number of the parcel?";
    for (from, to, expected) in [
        // Texts.
        ("title: Late parcel", "title: The late parcel", Same),
        ("Where is my parcel?", "My parcel has not come. Where is it?", Same),
        ("You are Sam.", "You are Sam, and new here.", Same),
        ("debrief: Well done.", "debrief: Done well.", Same),
        ("Sam, support", "Samantha, customer care", Same),
        ("I'll look now.", "I will look now.", Same),
        ("tracking number", "traking nummber", Same),
        // The key.
        ("rate: care 2", "rate: care 1", KeyCorrected),
        ("  rate: care -1\n\n", "\n", KeyCorrected),
        ("weight: care 2", "weight: care 3", KeyCorrected),
        ("pass: 70", "pass: 60", KeyCorrected),
        ("  blocker: asks-personal-data-in-public\n", "", KeyCorrected),
        ("why: Sends her away.", "why: Sends her away, and lectures.", KeyCorrected),
        // The shape.
        ("effect: trust +1", "effect: trust +2", Other),
        ("  effect: trust +1\n", "", Other),
        ("[trust >= 1] ", "", Other),
        ("-> [trust >= 2] settled", "-> [trust >= 3] settled", Other),
        ("like everybody. -> lost", "like everybody. -> asked", Other),
        ("timer: 20s", "timer: 30s", Other),
        ("timer: 20s -> lost\n  rate: care -1\n", "", Other),
        ("var trust: 0..3 = 1", "var trust: 0..3 = 2", Other),
        ("var trust: 0..3 = 1", "var trust: 0..4 = 1", Other),
        ("channel: public", "channel: dm", Other),
        ("(end: failure)", "(end: neutral)", Other),
        ("- [trust >= 1]", "- Let me see. -> asked\n  why: Acts.\n\n- [trust >= 1]", Other),
        // A choice is told by its place: other words there are another choice.
        (sorry, "Nobody can help you with that here, try elsewhere!", Other),
        (number, "Hello?", Other),
    ] {
        assert!(CASE.contains(from), "{from}");
        let (before, after) = (scenario(CASE), scenario(&CASE.replacen(from, to, 1)));
        assert_eq!(before.difference(&after), expected, "{from:?} to {to:?}");
        assert_eq!(after.difference(&before), expected, "{to:?} to {from:?}");
    }
    assert_eq!(scenario(CASE).difference(&scenario(CASE)), Same);
    let swapped = CASE.replacen(sorry, "SORRY", 1).replacen(number, sorry, 1).replacen("SORRY", number, 1);
    assert_eq!(scenario(CASE).difference(&scenario(&swapped)), Other, "these changed places");
    let renamed = CASE.replace("asked", "waits");
    assert_eq!(scenario(CASE).difference(&scenario(&renamed)), Other, "nodes go by their names");
}

/// What was said and could have been, without what is held of it.
fn words(debrief: &Debrief) -> Vec<String> {
    let mut words = vec![debrief.title.clone()];
    let text = |entry: &domain::conversation::view::Entry| format!("{}: {}", entry.speaker, entry.text);
    for decision in &debrief.decisions {
        words.extend(decision.lines.iter().chain([&decision.reply]).map(text));
        if let Some(better) = &decision.better {
            words.extend(better.text.clone());
            words.extend(better.then.iter().map(text));
        }
    }
    words.extend(debrief.closing.iter().map(text));
    words.extend(debrief.commitments.iter().map(|promise| promise.detail.clone()));
    words
}

#[test]
fn a_run_is_told_as_it_was_played_and_judged_by_the_corrected_key() {
    let promises = CASE.replacen("  why: Names it", "  commit: trace \"at once\"\n  why: Names it", 1);
    let before = scenario(&promises);
    let mut text = promises.clone();
    for (from, to) in [
        ("title: Late", "title: Very late"),
        ("Dana Whitfield", "Dana Whitmore"),
        ("Where is my parcel?", "Where is it?"),
        ("I'll look now.", "I will look now."),
        ("What is the tracking", "Tell me the tracking"),
        ("Dana: And then?", "Dana: What then?"),
        ("Dana: Thank you.", "Dana: Thanks!"),
        ("\"at once\"", "\"today\""),
        ("rate: care 2", "rate: care -2"),
        ("rate: care -1\n  blocker", "rate: care 2\n  blocker"),
        ("Names it and acts.", "Acts, and is late."),
        ("Asks before listening.", "Asks what is needed."),
        ("debrief: Well done.", "debrief: Ask first."),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let after = scenario(&text);
    assert_eq!(before.difference(&after), Difference::KeyCorrected);
    let run = [Event::Chose(0)];
    let talk = |scenario: &Scenario| Solved::new(scenario).unwrap().debrief(&run, &no_facts).unwrap();
    let (then, now) = (talk(&before), talk(&after));
    let told = Solved::new(&after).unwrap().debrief_as_told(&before, &run, &no_facts).unwrap();

    assert_eq!(told.decisions[0].reply.text, "I'm sorry, Dana. I'll look now.");
    let better = told.decisions[0].better.as_ref().unwrap();
    assert_eq!(
        better.text.as_deref(),
        Some("What is the tracking number of the parcel?"),
        "what could have been said there"
    );
    assert_eq!(better.why, "Asks what is needed.");
    assert_eq!(better.then[0].text, "And then?");
    let said =
        |debrief: &Debrief| words(debrief).into_iter().filter(|words| !words.contains("tracking")).collect::<Vec<_>>();
    let before_words = said(&then);
    assert!(before_words.iter().all(|words| said(&told).contains(words)), "{before_words:?} in {:?}", said(&told));
    assert!(said(&told).iter().all(|words| !said(&now).contains(words) || before_words.contains(words)));
    assert_eq!((&told.score, &told.takeaway), (&now.score, &now.takeaway));
    for (told, now) in told.decisions.iter().zip(&now.decisions) {
        assert_eq!(
            (&told.why, &told.ratings, told.cost, &told.blockers),
            (&now.why, &now.ratings, now.cost, &now.blockers)
        );
    }

    let elsewhere = scenario(&promises.replacen("-> asked", "-> lost", 1));
    let told = Solved::new(&after).unwrap().debrief_as_told(&elsewhere, &run, &no_facts);
    assert_eq!(told.unwrap_err(), Unscorable::Elsewhere);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where only the key differs, every run leads through the same states; where not even that does, to the same score.
    #[test]
    fn a_run_of_one_shape_is_a_run_of_every_key(
        spots in spots(),
        shape in shape(),
        care in -2..=2_i8,
        pass in 1..=100_u8,
        picks in prop::collection::vec(0..100_usize, 30),
    ) {
        let text = source(&spots, shape);
        let before = scenario(&text);
        let corrected = text
            .replace("care 0", &format!("care {care}"))
            .replace("pass: 70", &format!("pass: {pass}"))
            .replace("  blocker: never-do-this\n", "")
            .replace("Dana: Line", "Dana: This is line");
        let after = scenario(&corrected);
        prop_assert_ne!(before.difference(&after), Difference::Other);
        let Some(events) = walk(&before, &picks) else { return Ok(()) };
        for turn in 0..=events.len() {
            prop_assert_eq!(replay(&before, &events[..turn]), replay(&after, &events[..turn]));
        }
        let score = |scenario| Solved::new(scenario).ok().map(|solved| solved.score(&events));
        if before.difference(&after) == Difference::Same {
            prop_assert_eq!(score(&before), score(&after));
        }
        if let Some(Ok(score)) = score(&before) {
            prop_assert_eq!(Solved::new(&before).unwrap().score(&events).unwrap(), score, "scoring again changes nothing");
        }
    }

    /// Two conversations that were made apart are never taken for one with another key, unless every run fits both.
    #[test]
    fn what_differs_in_shape_is_never_scored_again(
        one in spots(),
        other in spots(),
        shape in shape(),
        picks in prop::collection::vec(0..100_usize, 30),
    ) {
        let (before, after) = (scenario(&source(&one, shape)), scenario(&source(&other, shape)));
        let Some(events) = walk(&before, &picks) else { return Ok(()) };
        if before.difference(&after) != Difference::Other {
            prop_assert_eq!(replay(&before, &events), replay(&after, &events));
        }
    }
}
