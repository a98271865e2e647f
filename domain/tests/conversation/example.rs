//! A conversation whose scores were worked out by hand.

use domain::{
    conversation::{EndingKind, Event, Impossible, Scenario, Solved, Why, decided, parse, replay, score},
    percent::Percent,
};

/// Rewards, with privacy counting twice:
///
/// ```text
/// opening  0 ask in public   care 0, privacy -2   = -4   → exposed    trust 4 → 3, blocker
///          1 private first   care 2, privacy 2    =  6   → private    trust 4 → 6
///          2 form (offered)  care -1              = -1   → exposed
///          timer             care -1              = -1   → exposed
/// exposed  0 "As I said."    care -2              = -2   → gone
///          1 Priya           care 1               =  1   → private    trust +1
/// private  0 in due course   care -1              = -1   → weighed
///          1 by five         care 2               =  2   → weighed    trust +1
/// weighed  jumps: trust ≥ 7 → settled, else gone
/// ```
///
/// V*   = 6 + 2 = 8     (1, 1), which ends in settled: trust 4 + 2 + 1 = 7
/// Vmin = -4 - 2 = -6   (0, 0)
/// So a point is 100/14 of the score.
///
/// Care alone: best 2 + 2 = 4; worst -1 - 2 = -3. Privacy alone: best 2, worst -2.
const SOURCE: &str = r#"---
title: The parcel of {{company_name}}
channel: public
you: Sam, support
them: Dana Whitfield (@dana_w)
party: Priya Rao, team lead
var trust: 0..10 = 4
var told: yes/no = no
weight: privacy 2
pass: 70
---
Briefing.

## opening
Dana: Third delivery in a row.
note: Two neighbours like this.

timer: 20s -> exposed
  rate: care -1

- What's your order number? -> exposed
  decision: first-reply
  rate: privacy -2
  effect: trust -1
  blocker: asks-personal-data-in-public
  why: Canary one: everybody reads it.
- I'll find out why. Could you message us? -> private
  decision: first-reply
  rate: care 2, privacy 2
  effect: trust +2, told = yes
  commit: answer by Friday
  why: Canary two: private first.
- [trust >= 3] Please fill in the form of {{company_name}}. -> exposed
  rate: care -1
  why: Canary three.

## exposed
Dana: Really?

- As I said. -> gone
  rate: care -2
  why: Canary four.
- Priya takes this over. -> private
  rate: care 1
  effect: trust +1
  why: Canary five.

## private (channel: dm, audience: Dana + Priya)
Dana: Here I am.

- In due course. -> weighed
  rate: care -1
  why: Canary six.
- By five today. -> weighed
  rate: care 2
  effect: trust +1
  commit: answer by five
  why: Canary seven.

## weighed
Dana: Hm.
-> [trust >= 7] settled
-> gone

## settled (end: success)
Dana: Thank you for actually looking.
debrief: Canary eight.

## gone (end: failure)
Dana: Never mind.
"#;

pub fn sample() -> Scenario {
    let parsed = parse(SOURCE, "sample.conversation");
    parsed.scenario.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics))
}

pub fn chose(choices: &[u16]) -> Vec<Event> {
    choices.iter().map(|index| Event::Chose(*index)).collect()
}

#[test]
fn what_was_decided_is_told_by_name() {
    let scenario = sample();
    let told = |events: &[Event]| {
        let decided = decided(&scenario, events).unwrap();
        let promises = |(name, promises): (&domain::slug::Slug, &std::collections::BTreeSet<_>)| {
            let words: Vec<String> = promises.iter().map(|(kind, detail)| format!("{kind} {detail}")).collect();
            format!("{name}: {}", words.join(", "))
        };
        let blockers: Vec<String> = decided.blockers.iter().map(ToString::to_string).collect();
        (blockers, decided.decisions.iter().map(promises).collect::<Vec<_>>())
    };
    // The second promise belongs to no decision with a name, and neither does silence.
    assert_eq!(told(&chose(&[1, 1])), (vec![], vec!["first-reply: answer by Friday".to_owned()]));
    let asked = (vec!["asks-personal-data-in-public".to_owned()], vec!["first-reply: ".to_owned()]);
    assert_eq!(told(&chose(&[0, 0])), asked);
    assert_eq!(told(&[Event::TimedOut, Event::Chose(0)]), (vec![], vec![]));
    assert!(decided(&scenario, &chose(&[9])).is_err());
}

#[test]
fn scores_worked_out_by_hand() {
    let solved = Solved::new(&sample()).unwrap();
    assert_eq!(solved.range(), (8, -6));
    // Events; points; (points + 6) / 14; care of -3..4; privacy of -2..2; blockers; passed.
    type Case<'a> = (&'a [u16], i64, f64, f64, f64, usize, bool);
    let cases: [Case<'_>; 7] = [
        (&[1, 1], 8, 1.0, 1.0, 1.0, 0, true),
        // Trust 6 is not enough: failure, at 11/14.
        (&[1, 0], 5, 11.0 / 14.0, 4.0 / 7.0, 1.0, 0, false),
        (&[0, 0], -6, 0.0, 1.0 / 7.0, 0.0, 1, false),
        // Repaired, but trust is 4 - 1 + 1 + 1 = 5, and the blocker stays.
        (&[0, 1, 1], -1, 5.0 / 14.0, 6.0 / 7.0, 0.0, 1, false),
        (&[2, 0], -3, 3.0 / 14.0, 0.0, 0.5, 0, false),
        (&[2, 1, 1], 2, 8.0 / 14.0, 5.0 / 7.0, 0.5, 0, false),
        (&[2, 1, 0], -1, 5.0 / 14.0, 2.0 / 7.0, 0.5, 0, false),
    ];
    for (choices, points, share, care, privacy, blockers, passed) in cases {
        let score = solved.score(&chose(choices)).unwrap();
        assert_eq!(score.points, points, "{choices:?}");
        assert_eq!(score.percent, Some(Percent::of(share, 1.0)), "{choices:?}");
        let own: Vec<(&str, Option<Percent>)> =
            score.competencies.iter().map(|it| (it.id.as_str(), it.percent)).collect();
        let near = |a: Option<Percent>, b: f64| (a.unwrap().value() - b * 100.0).abs() < 1e-9;
        assert!(own[0].0 == "care" && near(own[0].1, care), "{choices:?} {own:?}");
        assert!(own[1].0 == "privacy" && near(own[1].1, privacy), "{choices:?} {own:?}");
        assert_eq!(score.blockers.len(), blockers, "{choices:?}");
        assert_eq!(score.passed, passed, "{choices:?}");
    }
    assert_eq!(solved.best_run(), chose(&[1, 1]));
}

#[test]
fn silence_counts_as_a_choice() {
    let run = [Event::TimedOut, Event::Chose(1), Event::Chose(1)];
    let score = score(&sample(), &run).unwrap();
    // -1 + 1 + 2, and trust 4 + 1 + 1 = 6.
    assert_eq!((score.points, score.ending), (2, EndingKind::Failure));
}

#[test]
fn a_high_score_with_a_blocker_fails_and_a_success_is_needed() {
    let easy = SOURCE.replace("pass: 70", "pass: 1").replace("trust >= 7", "trust >= 5");
    let scenario = parse(&easy, "x").scenario.unwrap();
    let blocked = score(&scenario, &chose(&[0, 1, 1])).unwrap();
    assert!(blocked.ending == EndingKind::Success && !blocked.passed);
    let clean = score(&scenario, &chose(&[2, 1, 1])).unwrap();
    assert!(clean.ending == EndingKind::Success && clean.passed);
    let failed = score(&scenario, &chose(&[2, 0])).unwrap();
    assert!(failed.percent.unwrap().reaches(Percent::of(1.0, 100.0)) && !failed.passed);
}

#[test]
fn unscored_runs_pass_by_their_ending() {
    let flat: String = SOURCE
        .lines()
        .filter(|line| !line.contains("rate:") && !line.contains("weight:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let scenario = parse(&flat, "x").scenario.unwrap();
    let good = score(&scenario, &chose(&[1, 1])).unwrap();
    assert_eq!((good.percent, good.passed), (None, true));
    assert!(!score(&scenario, &chose(&[1, 0])).unwrap().passed);
}

#[test]
fn impossible_events_have_reasons() {
    let scenario = sample();
    let why = |events: &[Event]| replay(&scenario, events).err();
    let refused = |position, why| Some(Impossible { position, why });
    assert_eq!(why(&chose(&[3])), refused(0, Why::NoSuchChoice(3)));
    assert_eq!(why(&[Event::Chose(1), Event::TimedOut]), refused(1, Why::NoTimer));
    assert_eq!(why(&chose(&[1, 1, 0])), refused(2, Why::Over));
    let guarded = parse(&SOURCE.replace("trust >= 3", "trust >= 5"), "x").scenario.unwrap();
    assert_eq!(replay(&guarded, &chose(&[2])).err(), refused(0, Why::NotOffered(2)));
    assert!(replay(&scenario, &chose(&[1])).is_ok());
    assert!(score(&scenario, &chose(&[1])).is_err(), "not over yet");
}

#[test]
fn broken_json_is_refused() {
    let json = sample().canonical().unwrap();
    assert!(serde_json::from_str::<Scenario>(&json).is_ok());
    for (from, to) in [
        ("\"target\":1", "\"target\":99"),
        ("\"variable\":0", "\"variable\":9"),
        ("\"competency\":0", "\"competency\":9"),
        ("\"speaker\":1", "\"speaker\":9"),
        ("\"start\":4", "\"start\":11"),
        ("\"pass\":70", "\"pass\":101"),
        ("\"seconds\":20", "\"seconds\":0"),
    ] {
        assert!(json.contains(from), "{from} in {json}");
        assert!(serde_json::from_str::<Scenario>(&json.replace(from, to)).is_err(), "{to}");
    }
}

#[test]
fn the_hash_is_of_the_content_and_not_of_the_layout() {
    let loose = SOURCE
        .replace("  rate: privacy -2\n  effect: trust -1\n", "\n    effect:  trust  - 1\n\n    rate:   privacy  -2\n")
        .replace("Dana: Third delivery in a row.", "// A comment.\nDana:   Third delivery\n   in a row.");
    assert_ne!(loose, SOURCE);
    let other = parse(&loose, "other.conversation");
    assert_eq!(other.scenario.unwrap().hash().unwrap(), sample().hash().unwrap());
    assert_ne!(parse(&SOURCE.replace("Hm.", "Ha."), "x").scenario.unwrap().hash().unwrap(), sample().hash().unwrap());
    assert_eq!(sample().placeholders().into_iter().collect::<Vec<_>>(), ["company_name"]);
    let facts = parse(SOURCE, "x").places.facts;
    assert_eq!((facts.len(), facts[0].0.as_str(), facts[0].1.line, facts[0].1.column), (2, "company_name", 2, 22));
}

#[test]
fn play_without_thinking_by_hand() {
    let (_, checked) = domain::conversation::load(SOURCE, "sample.conversation");
    assert!(checked.is_sound(), "{:?}", checked.diagnostics);
    let summary = checked.summary.unwrap();
    assert_eq!((summary.best, summary.worst, summary.pass), (8, -6, 70));
    let [random, first, longest] = &summary.bots[..] else { panic!("three bots") };
    // private: (-1 + 2) / 2 = 1/2; exposed: (-2 + 1 + 1/2) / 2 = -1/4;
    // opening: (-4 - 1/4 + 6 + 1/2 - 1 - 1/4) / 3 = 1/3; so (1/3 + 6) / 14.
    let expected = (1.0 / 3.0 + 6.0) / 14.0 * 100.0;
    assert!((random.percent.unwrap().value() - expected).abs() < 1e-9);
    // 0, 0 has nothing and 1, 1 has all, each in one run of six: past a twentieth at either end.
    let spread = random.spread.unwrap();
    assert_eq!((spread[0], spread[4]), (Percent::ZERO, Percent::FULL));
    // Only 1, 1 passes: one run in six.
    assert!((random.share.unwrap().value() - 100.0 / 6.0).abs() < 3.0);
    // 0, 0.
    assert_eq!(first.percent, Some(Percent::ZERO));
    // The form, Priya, and of two equally long ones the first: -1 + 1 - 1.
    assert_eq!(longest.percent, Some(Percent::of(5.0, 14.0)));
    assert!(summary.bots.iter().all(|bot| !bot.passes));
}
