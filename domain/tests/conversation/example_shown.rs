//! What is shown of the conversation that was worked out by hand: turns and the debrief.

use crate::example::{chose, sample};
use domain::{
    conversation::{
        Channel, EndingKind, Event, choose, debrief, no_facts, replay, scene, turn,
        view::{Audience, Ended, Role},
    },
    percent::Percent,
};

const SEED: u64 = 7;

#[test]
fn a_turn_says_what_may_be_seen_and_nothing_else() {
    let scenario = sample();
    let facts = |name: &str| (name == "company_name").then(|| "Parcelwise".to_owned());
    let state = replay(&scenario, &[]).unwrap();
    let first = turn(&scenario, &state, SEED, &facts);
    assert_eq!((first.number, first.channel, first.timer), (0, Channel::Public, Some(20)));
    assert_eq!((first.audience, first.ending), (Audience::Everyone, None));
    assert!(first.earlier.is_empty());
    let roles: Vec<Role> = first.fresh.iter().map(|it| it.role).collect();
    assert_eq!(roles, [Role::Them, Role::Note]);
    assert!(first.choices.iter().any(|it| it.text == "Please fill in the form of Parcelwise."));

    let json = serde_json::to_string(&turn(&scenario, &state, SEED, &facts)).unwrap();
    for secret in ["Canary", "exposed", "first-reply", "privacy", "trust", "asks-personal", "Really?"] {
        assert!(!json.contains(secret), "{secret} in {json}");
    }
    assert!(!serde_json::to_string(&scene(&scenario, &facts)).unwrap().contains("Canary"));
    assert_eq!(scene(&scenario, &facts).title, "The parcel of Parcelwise");

    let second = turn(&scenario, &replay(&scenario, &chose(&[1])).unwrap(), SEED, &facts);
    assert_eq!((second.number, second.channel, second.timer), (1, Channel::DirectMessage, None));
    assert_eq!(second.audience, Audience::Named(vec!["Dana Whitfield".to_owned(), "Priya Rao".to_owned()]));
    let said: Vec<&str> = second.earlier.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        said,
        ["Third delivery in a row.", "Two neighbours like this.", "I'll find out why. Could you message us?"]
    );
    assert_eq!(second.fresh.len(), 1);

    let last = turn(&scenario, &replay(&scenario, &chose(&[1, 1])).unwrap(), SEED, &facts);
    assert_eq!(last.ending, Some(Ended { kind: EndingKind::Success, debrief: true }));
    // The jump's line and the ending's.
    assert_eq!(last.fresh.len(), 2);
    assert!(last.choices.is_empty());
}

#[test]
fn the_seed_shuffles_and_hides() {
    let scenario = sample();
    let state = replay(&scenario, &[]).unwrap();
    let orders: std::collections::BTreeSet<Vec<String>> = (0..200)
        .map(|seed| turn(&scenario, &state, seed, &no_facts).choices.into_iter().map(|it| it.text).collect())
        .collect();
    assert_eq!(orders.len(), 6, "all orders of three choices come up");
    assert_eq!(choose(&scenario, &state, SEED, "0"), None);
    assert_eq!(choose(&scenario, &state, SEED, ""), None);
}

#[test]
fn silence_shows_in_the_transcript() {
    let scenario = sample();
    let view = turn(&scenario, &replay(&scenario, &[Event::TimedOut]).unwrap(), SEED, &no_facts);
    let last = view.earlier.last().unwrap();
    assert_eq!((last.role, last.text.as_str()), (Role::Silence, ""));
}

#[test]
fn the_debrief_talks_each_decision_over() {
    let scenario = sample();
    let talked = debrief(&scenario, &chose(&[0, 1, 0]), &no_facts).unwrap();
    assert_eq!(talked.decisions.len(), 3);
    let [first, second, third] = &talked.decisions[..] else { panic!("three") };

    // V*(opening) = 8; Q*(ask) = -4 + V*(exposed) = -4 + 3 = -1: nine points of fourteen are lost.
    assert_eq!(first.cost, Some(Percent::of(9.0, 14.0)));
    assert_eq!(first.reply.text, "What's your order number?");
    assert_eq!(first.why, "Canary one: everybody reads it.");
    assert_eq!(first.decision.as_ref().unwrap().as_str(), "first-reply");
    let ratings: Vec<(&str, i8)> = first.ratings.iter().map(|it| (it.competency.as_str(), it.value)).collect();
    assert_eq!(ratings, [("care", 0), ("privacy", -2)]);
    assert_eq!(first.blockers.len(), 1);
    let better = first.better.as_ref().unwrap();
    assert_eq!(better.text.as_deref(), Some("I'll find out why. Could you message us?"));
    assert_eq!(better.why, "Canary two: private first.");
    assert_eq!(better.then[0].text, "Here I am.");
    assert_eq!(
        (first.moved[0].before.as_str(), first.moved[0].after.as_str(), first.moved[0].by),
        ("4", "3", Some(-1))
    );

    // Priya is the best there is: 1 + 2 against -2.
    assert_eq!((second.cost, &second.better), (Some(Percent::ZERO), &None));
    // 2 against -1; what would follow passes through the jump's line.
    assert_eq!(third.cost, Some(Percent::of(3.0, 14.0)));
    let then: Vec<&str> = third.better.as_ref().unwrap().then.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(then, ["Hm.", "Never mind."]);
    assert_eq!(third.number, 2);

    assert_eq!(talked.closing.len(), 2);
    assert_eq!(talked.ending, EndingKind::Failure);
    // Nothing lost is unaccounted for: 9 + 0 + 3 of V* - G = 8 - (-4).
    assert_eq!(talked.score.points, -4);

    let hidden = talked.clone().assessed(false);
    assert!(!hidden.shows_better && hidden.decisions.iter().all(|it| it.better.is_none()));
    assert!(!serde_json::to_string(&hidden).unwrap().contains("Canary two"));
    assert!(talked.assessed(true).shows_better);

    let good = debrief(&scenario, &chose(&[1, 1]), &no_facts).unwrap().assessed(false);
    assert!(good.shows_better, "a run that passed may see everything");
    assert_eq!(good.takeaway, "Canary eight.");
    let promised: Vec<&str> = good.commitments.iter().map(|it| it.detail.as_str()).collect();
    assert_eq!(promised, ["by Friday", "by five"]);
    let told = good.moved.iter().find(|it| it.variable == "told").unwrap();
    assert_eq!((told.before.as_str(), told.after.as_str(), told.by), ("no", "yes", None));
}
