use super::*;
use crate::{acknowledgement::Acknowledgement, lesson::Lesson, people::Locale};
use crate::{canonical::ContentHash, course::Body, percent::Percent, time::Timestamp};
use proptest::prelude::*;

fn percent(value: f64) -> Percent {
    Percent::new(value).unwrap()
}

fn activity(id: &str, required: bool) -> Activity {
    let body = if id.starts_with("agree") {
        Body::Acknowledgement(Acknowledgement { title: "x".into(), statement: "y".into(), text: "z".into() })
    } else {
        Body::Lesson(Lesson { title: None, text: "x".into() })
    };
    Activity {
        id: id.parse().unwrap(),
        title: id.into(),
        minutes: 1,
        required,
        pair: None,
        file: format!("{id}.md"),
        hash: ContentHash::of(id.as_bytes()),
        body,
    }
}

fn package() -> Package {
    let module =
        |id: &str, activities| Module { id: id.parse().unwrap(), title: id.into(), summary: String::new(), activities };
    Package {
        id: "course".parse().unwrap(),
        title: "Course".into(),
        summary: "x".into(),
        language: Locale::default(),
        minutes: 4,
        keys: "nobody".into(),
        facts: vec![],
        competencies: vec![],
        modules: vec![
            module("one", vec![activity("a", true), activity("b", false)]),
            module("two", vec![activity("c", true), activity("agree", true)]),
        ],
        media: BTreeMap::new(),
        guide: None,
        job_aid: None,
    }
}

const RULES: [Rule; 5] = [
    Rule::Read,
    Rule::PassQuiz { pass: Percent::FULL, attempts: Some(2) },
    Rule::PlayToEnding,
    Rule::PassConversation { pass: Percent::FULL, attempts: 2 },
    Rule::Agree,
];

#[test]
fn each_rule_is_met_by_its_own_deed_only() {
    let deeds = [
        Done::Begun,
        Done::Read,
        Done::HandedIn { percent: percent(90.0), passed: true },
        Done::Played { percent: Some(percent(90.0)), passed: true },
        Done::Agreed,
        Done::HandedIn { percent: percent(10.0), passed: false },
        Done::Played { percent: None, passed: false },
        Done::Granted,
        Done::Accepted,
    ];
    let expected = [
        [false, true, false, false, false, false, false, false, false],
        [false, false, true, false, false, false, false, false, true],
        [false, false, false, true, false, false, true, false, false],
        [false, false, false, true, false, false, false, false, true],
        [false, false, false, false, true, false, false, false, false],
    ];
    for (rule, row) in RULES.iter().zip(expected) {
        for (deed, met) in deeds.iter().zip(row) {
            let state = ActivityState::fresh(&activity("a", true)).after(rule, *deed, Timestamp(9));
            assert_eq!(state.is_completed(), met, "{rule:?} {deed:?}");
            assert_eq!(missing(rule, Some(&state)).is_none(), met);
            assert_eq!(state.started, Some(Timestamp(9)));
            assert_eq!(state.completed, met.then_some(Timestamp(9)));
        }
    }
}

#[test]
fn what_is_missing_counts_attempts() {
    let rule = RULES[1];
    let fresh = ActivityState::fresh(&activity("a", true));
    assert_eq!(missing(&rule, None), Some(Missing::PassQuiz { pass: Percent::FULL, best: None, left: Some(2) }));
    let tried = fresh.after(&rule, Done::HandedIn { percent: percent(40.0), passed: false }, Timestamp(1));
    let best = Some(percent(40.0));
    assert_eq!(missing(&rule, Some(&tried)), Some(Missing::PassQuiz { pass: Percent::FULL, best, left: Some(1) }));
    let again = tried.after(&rule, Done::HandedIn { percent: percent(30.0), passed: false }, Timestamp(2));
    assert_eq!(missing(&rule, Some(&again)), Some(Missing::NoAttemptLeft { pass: Percent::FULL, best }));
    assert_eq!((again.first, again.attempts), (best, 2));
    let mended = again.after(&rule, Done::Regraded { percent: Some(percent(100.0)), passed: true }, Timestamp(3));
    assert_eq!(missing(&rule, Some(&mended)), None);
    assert_eq!((mended.first, mended.best, mended.attempts), (best, Some(Percent::FULL), 2), "no attempt of its own");
    let worse = mended.after(&rule, Done::Regraded { percent: Some(percent(0.0)), passed: false }, Timestamp(4));
    assert_eq!(worse, mended, "regrading keeps the better mark");
}

#[test]
fn a_trainer_gives_an_attempt_or_accepts() {
    let failed = |rule: &Rule| match rule {
        Rule::PassQuiz { .. } => Done::HandedIn { percent: percent(40.0), passed: false },
        _ => Done::Played { percent: Some(percent(40.0)), passed: false },
    };
    for rule in [RULES[1], RULES[3]] {
        let mut state = ActivityState::fresh(&activity("a", true));
        let mut seen = vec![];
        let deeds = [failed(&rule), failed(&rule), Done::Granted, failed(&rule), Done::Granted, Done::Granted];
        for deed in deeds {
            state = state.after(&rule, deed, Timestamp(1));
            seen.push((state.attempts_left(&rule), waits(&rule, &state), state.is_over(&rule)));
        }
        let (open, over) = (|left| (Some(left), false, false), (Some(0), true, true));
        assert_eq!(seen, [open(1), over, open(1), over, open(1), open(2)], "{rule:?}");
        assert_eq!((state.attempts, state.granted), (3, 3));
        let accepted = state.after(&rule, Done::Accepted, Timestamp(2));
        assert!(accepted.is_completed() && accepted.is_over(&rule) && !waits(&rule, &accepted));
        assert_eq!((accepted.best, accepted.attempts), (Some(percent(40.0)), 3), "the marks stay what they were");
    }
    let endless = Rule::PassQuiz { pass: Percent::FULL, attempts: None };
    let state = ActivityState::fresh(&activity("a", true)).after(&endless, failed(&endless), Timestamp(1));
    assert!(!waits(&endless, &state) && !state.is_over(&endless));
    for ruling in Ruling::ALL {
        assert_eq!(ruling.as_str().parse(), Ok(ruling));
    }
}

#[test]
fn only_required_activities_count_and_come_first() {
    let package = package();
    let mut states = States::new();
    let mut complete = |id: &str| {
        let activity = package.activity(&id.parse().unwrap()).unwrap();
        let rule = Rule::of(activity);
        let deed = if rule == Rule::Agree { Done::Agreed } else { Done::Read };
        states.insert(activity.id.clone(), ActivityState::fresh(activity).after(&rule, deed, Timestamp(1)));
        let progress = course(&package, &states);
        (progress.done, progress.next.map(|id| id.to_string()), progress.done == progress.total)
    };
    assert_eq!(complete("c"), (1, Some("a".into()), false));
    assert_eq!(complete("a"), (2, Some("agree".into()), false));
    assert_eq!(complete("agree"), (3, Some("b".into()), true));
    assert_eq!(complete("b"), (3, None, true));
    let first = module(&package.modules[0], &States::new());
    assert_eq!((first.done, first.total, first.is_complete()), (0, 1, false));
}

proptest! {
    #[test]
    fn nothing_ever_goes_down(
        rule in prop::sample::select(RULES.to_vec()),
        deeds in prop::collection::vec((0u8..9, 0u8..=100, any::<bool>()), 0..20),
    ) {
        let mut state = ActivityState::fresh(&activity("a", true));
        for (at, (kind, mark, passed)) in (1..).zip(deeds) {
            let mark = percent(mark.into());
            let now = Timestamp(at);
            let next = match kind {
                0 => state.after(&rule, Done::Begun, now),
                1 => state.after(&rule, Done::Read, now),
                2 => state.after(&rule, Done::Agreed, now),
                3 | 4 => state.after(&rule, Done::HandedIn { percent: mark, passed }, now),
                5 => state.after(&rule, Done::Played { percent: None, passed }, now),
                6 => state.after(&rule, Done::Played { percent: Some(mark), passed }, now),
                7 => state.after(&rule, Done::Regraded { percent: Some(mark), passed }, now),
                _ => state.after(&rule, Done::Regraded { percent: None, passed }, now),
            };
            prop_assert!(next.status >= state.status);
            prop_assert!(next.attempts >= state.attempts);
            prop_assert!(next.best.map(Percent::value) >= state.best.map(Percent::value));
            prop_assert!(state.started.is_none() || next.started == state.started);
            prop_assert!(state.completed.is_none() || next.completed == state.completed);
            prop_assert!(state.attempts == 0 || next.first == state.first);
            prop_assert_eq!(next.completed.is_some(), next.is_completed());
            state = next;
        }
    }

    #[test]
    fn a_course_never_goes_back(order in Just(["a", "b", "c", "agree"].to_vec()).prop_shuffle(), repeats in 0usize..4) {
        let package = package();
        let mut states = States::new();
        let mut last = 0;
        for id in order.iter().chain(order.iter().take(repeats)) {
            let activity = package.activity(&id.parse().unwrap()).unwrap();
            let old = states.get(&activity.id).cloned().unwrap_or_else(|| ActivityState::fresh(activity));
            let deed = if *id == "agree" { Done::Agreed } else { Done::Read };
            states.insert(activity.id.clone(), old.after(&Rule::of(activity), deed, Timestamp(1)));
            let progress = course(&package, &states);
            prop_assert!(progress.done >= last && progress.done <= progress.total);
            prop_assert_eq!(progress.is_complete(), progress.done == 3);
            last = progress.done;
        }
    }
}
