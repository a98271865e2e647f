//! First finished runs: one for each person and conversation, whatever came after or was left open.

use crate::{
    course::{BADLY, WELL, changed, learner, package, publish, published, slug},
    harness::{MINUTE, NOW, Site},
};
use domain::{
    conversation::{Event, Solved},
    course::{Body, Package},
    named::ActivityId,
    people::GroupName,
    time::Timestamp,
};
use store::{Change, Conflict, Enrolment, Membership, PastRun, Person, StoreError};

contract! {
    the_first_finished_run_counts_and_what_is_left_open_is_counted,
    a_conversation_is_the_same_through_versions,
    a_group_narrows_it,
    a_recorded_run_is_as_if_played,
    what_cannot_have_been_played_is_not_recorded,
}

fn activity(name: &str) -> ActivityId {
    name.parse().unwrap()
}

/// Plays a conversation; every run takes a minute.
async fn play(site: &Site, enrolment: &Enrolment, package: &Package, name: &str, choices: &[u16], at: Timestamp) {
    let run = site.db.start_run(enrolment, package, &activity(name), at, &site.dice).await.unwrap();
    for (turn, choice) in (0..).zip(choices) {
        let event = Event::Chose(*choice);
        let at = at.plus(1000 * i64::from(turn));
        site.db.take_turn(run.id, enrolment.person, turn, event, package, at, &site.dice).await.unwrap();
    }
}

fn past(package: &Package, name: &str, choices: &[u16], at: Timestamp) -> PastRun {
    let Body::Conversation { scenario, .. } = &package.activity(&activity(name)).unwrap().body else { panic!() };
    let events: Vec<Event> = choices.iter().copied().map(Event::Chose).collect();
    let score = Solved::new(scenario).unwrap().score(&events).unwrap();
    let turns = (0..).zip(events).map(|(turn, event)| (event, at.plus(1000 * turn))).collect();
    PastRun { activity: activity(name), seed: 7, started_at: at, turns, score }
}

async fn the_first_finished_run_counts_and_what_is_left_open_is_counted(site: &Site) {
    let package = published(site).await;
    let (ann, hers) = learner(site, "Ann").await;
    let (bob, his) = learner(site, "Bob").await;
    assert_eq!(site.db.first_runs(None).await.unwrap(), store::FirstRuns::default());
    play(site, &hers, &package, "practise", &BADLY, NOW).await;
    play(site, &hers, &package, "practise", &WELL, NOW.plus(MINUTE)).await;
    play(site, &hers, &package, "assess", &WELL, NOW.plus(2 * MINUTE)).await;
    // Begun and left open: once by who has not finished it, once more by who has.
    play(site, &his, &package, "practise", &WELL[..1], NOW).await;
    play(site, &hers, &package, "practise", &[], NOW.plus(3 * MINUTE)).await;
    let found = site.db.first_runs(None).await.unwrap();
    assert_eq!(found.unfinished, 1);
    let told: Vec<_> = found
        .runs
        .iter()
        .map(|run| (run.subject, run.activity.as_str(), run.score.unwrap().whole(), run.ended_at))
        .collect();
    let ends = |minutes: i64| NOW.plus(minutes * MINUTE + 1000);
    assert_eq!(told, [(ann.subject, "practise", 0, ends(0)), (ann.subject, "assess", 100, ends(2))]);
    assert_eq!(found.runs[0].events, [Event::Chose(1), Event::Chose(0)]);
    assert_eq!(found.runs[0].version, hers.version);
    play(site, &his, &package, "practise", &WELL, NOW).await;
    let found = site.db.first_runs(None).await.unwrap();
    assert_eq!((found.runs.len(), found.unfinished), (3, 0));
    assert!(found.runs.iter().any(|run| run.subject == bob.subject));
}

async fn a_conversation_is_the_same_through_versions(site: &Site) {
    let first = published(site).await;
    let (_, before) = learner(site, "Ann").await;
    play(site, &before, &first, "practise", &WELL, NOW).await;
    let files = changed("practise.conversation", "I'll look now", "I am looking now");
    publish(site, &files, Change::Minor).await;
    let enrolment = site.db.enrolment(before.person, &slug()).await.unwrap().unwrap();
    assert_ne!(enrolment.version, before.version);
    play(site, &enrolment, &package(&files), "practise", &BADLY, NOW.plus(MINUTE)).await;
    let found = site.db.first_runs(None).await.unwrap().runs;
    assert_eq!(found.len(), 1, "a conversation in a new version is no new one: {found:?}");
    assert_eq!((found[0].version, found[0].score.unwrap().whole()), (before.version, 100));
}

async fn a_group_narrows_it(site: &Site) {
    let package = published(site).await;
    let north = site.db.create_group(None, GroupName::parse("North").unwrap(), NOW, &site.dice).await.unwrap();
    let mut people: Vec<Person> = vec![];
    for (name, membership) in [
        ("Ann", Some(Membership { member: true, manager: false })),
        ("Bob", Some(Membership { member: false, manager: true })),
        ("Cid", None),
    ] {
        let (person, enrolment) = learner(site, name).await;
        if let Some(membership) = membership {
            site.db.set_membership(None, north, person.id, membership, NOW).await.unwrap();
        }
        play(site, &enrolment, &package, "practise", &WELL, NOW).await;
        play(site, &enrolment, &package, "assess", &[], NOW).await;
        people.push(person);
    }
    let found = site.db.first_runs(Some(north)).await.unwrap();
    let whose: Vec<_> = found.runs.iter().map(|run| run.subject).collect();
    assert_eq!((whose, found.unfinished), (vec![people[0].subject], 1), "members, not who only manages it");
    assert_eq!(found.runs[0].events.len(), 2);
    let all = site.db.first_runs(None).await.unwrap();
    assert_eq!((all.runs.len(), all.unfinished), (3, 3));
}

async fn a_recorded_run_is_as_if_played(site: &Site) {
    let package = published(site).await;
    let (_, hers) = learner(site, "Ann").await;
    let (_, his) = learner(site, "Bob").await;
    play(site, &hers, &package, "practise", &BADLY, NOW).await;
    play(site, &hers, &package, "practise", &WELL, NOW.plus(MINUTE)).await;
    let runs = vec![past(&package, "practise", &BADLY, NOW), past(&package, "practise", &WELL, NOW.plus(MINUTE))];
    site.db.record_runs(&his, &package, runs, &site.dice).await.unwrap();
    let state = |enrolment: &Enrolment| {
        let (db, id) = (site.db.clone(), enrolment.id);
        async move { db.activity_states(id).await.unwrap() }
    };
    assert_eq!(state(&his).await, state(&hers).await);
    let mut told = vec![];
    for enrolment in [&hers, &his] {
        let mut all = vec![];
        for run in site.db.runs(enrolment.id, &activity("practise")).await.unwrap() {
            let run = site.db.run(run.id, enrolment.person).await.unwrap().unwrap();
            all.push((run.number, run.practice, run.started_at, run.ended_at, run.score, run.passed, run.events));
        }
        told.push(all);
    }
    assert_eq!(told[0], told[1]);
    let found = site.db.first_runs(None).await.unwrap().runs;
    assert_eq!((found.len(), &found[0].events), (2, &found[1].events));
}

async fn what_cannot_have_been_played_is_not_recorded(site: &Site) {
    let package = published(site).await;
    let (_, hers) = learner(site, "Ann").await;
    let good = past(&package, "practise", &WELL, NOW);
    let record = |run: PastRun| site.db.record_runs(&hers, &package, vec![good.clone(), run], &site.dice);
    let unfinished = PastRun { turns: good.turns[..1].to_vec(), ..good.clone() };
    assert!(matches!(record(unfinished).await, Err(StoreError::Conflict(Conflict::Changed("run")))));
    let impossible = PastRun { turns: vec![(Event::Chose(9), NOW)], ..good.clone() };
    assert!(matches!(record(impossible).await, Err(StoreError::Corrupt { .. })));
    let elsewhere = PastRun { activity: activity("read"), ..good.clone() };
    assert!(matches!(record(elsewhere).await, Err(StoreError::NotFound("conversation"))));
    assert_eq!(site.db.first_runs(None).await.unwrap().runs, [], "all of them or none");
}
