//! The same case on two channels, as HR and trainers see it compared.

use crate::sketch::Sketch;
use crate::support::{Somebody, TestApp};
use crate::taught::{now, team};
use axum::http::StatusCode;
use domain::conversation::{Event, Solved};
use domain::course::{Body, Package};
use domain::named::ActivityId;
use domain::people::Role;
use domain::time::Timestamp;
use server::clock::SystemEntropy;
use store::PastRun;

const CASE: &str = include_str!("case.conversation");
const CASES: usize = 4;
/// The choices of a perfect play.
const WELL: [u16; 2] = [0, 1];
const CHANNELS: [&str; 2] = ["public", "phone"];

/// A published course with four cases, each a pair: in public and on the phone.
async fn course(app: &TestApp) -> Package {
    let mut sketch = Sketch::new("lamps", "Lamps").competency("acknowledge", "Acknowledging");
    for case in 0..CASES {
        for channel in CHANNELS {
            let id = format!("case-{case}-{channel}");
            let text = CASE.replace("FAMILY", &format!("case-{case}")).replace("CHANNEL", channel);
            let pair = format!("pair = \"lamp-{case}\"");
            sketch = sketch.activity(&id, &format!("{id}.conversation"), &text, &[&pair]);
        }
    }
    sketch.publish(app).await.package
}

fn run(package: &Package, id: &str, choices: [u16; 2], started_at: Timestamp) -> PastRun {
    let activity: ActivityId = id.parse().unwrap();
    let Body::Conversation { scenario, .. } = &package.activity(&activity).unwrap().body else { panic!() };
    let events = choices.map(Event::Chose);
    let score = Solved::new(scenario).unwrap().score(&events).unwrap();
    let turns = events.into_iter().zip(1..).map(|(event, turn)| (event, started_at.plus(turn * 1000))).collect();
    PastRun { activity, seed: 1, started_at, turns, score }
}

/// Plays every case on both channels: well in public, and on the phone mostly with a promise that is too large. In case 0
/// one in two does well on the phone too, in case 1 one in three, and so on. Every second person begins on the phone.
async fn play(app: &TestApp, package: &Package, who: &Somebody, number: usize) {
    let mut runs = vec![];
    for case in 0..CASES {
        let phone = if number.is_multiple_of(case + 2) { WELL } else { [0, 0] };
        let late = now().plus(-Timestamp::HOUR);
        let early = late.plus(-Timestamp::HOUR);
        let (public_at, phone_at) = if number.is_multiple_of(2) { (late, early) } else { (early, late) };
        runs.push(run(package, &format!("case-{case}-public"), WELL, public_at));
        runs.push(run(package, &format!("case-{case}-phone"), phone, phone_at));
    }
    let enrolment = app.db.enrol(who.id, &package.id, now().plus(-Timestamp::DAY), &SystemEntropy).await.unwrap();
    app.db.record_runs(&enrolment, package, runs, &SystemEntropy).await.unwrap();
}

#[tokio::test]
async fn a_gap_is_shown_to_hr_and_trainers_and_names_nobody() {
    let app = TestApp::new().await;
    let hr = app.somebody("Hanna Roth", &[Role::Hr]).await;
    let trainer = app.somebody("Tomas Berg", &[Role::Trainer]).await;
    let empty = app.get(Some(&hr), "/gap").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.body.contains("nothing to compare yet"), "{}", empty.body);

    let package = course(&app).await;
    let mut players = vec![];
    for number in 0..16 {
        let who = app.somebody(&format!("Player Nr{number}"), &[Role::Learner]).await;
        players.push(who);
    }
    for (number, who) in players.iter().enumerate().take(14) {
        play(&app, &package, who, number).await;
    }
    let few = app.get(Some(&hr), "/gap").await.body;
    assert!(few.contains("14 of 15 people so far"), "{few}");
    assert!(few.contains("too early to tell"), "{few}");
    assert!(!few.contains("interval-dot"), "no figure is drawn");

    for (number, who) in players.iter().enumerate().skip(14) {
        play(&app, &package, who, number).await;
    }
    for who in [&hr, &trainer] {
        let page = app.get(Some(who), "/gap").await;
        assert_eq!(page.status, StatusCode::OK);
        let body = page.body;
        assert!(body.contains("Simulated choices, not customer experience"), "{body}");
        assert!(body.contains("goes better in public than on the phone"), "{body}");
        assert!(body.contains("interval-dot") && body.contains("interval-band"), "the interval is drawn");
        assert!(!body.contains("Player Nr"), "nobody is named");
        assert!(!body.contains("times, so learning"), "the order was even");
    }
}

#[tokio::test]
async fn later_plays_change_nothing_and_a_small_group_sees_no_figure() {
    let app = TestApp::new().await;
    let hr = app.somebody("Hanna Roth", &[Role::Hr]).await;
    let lead = app.somebody("Milan Kos", &[Role::Manager]).await;
    let package = course(&app).await;
    let mut players = vec![];
    for number in 0..16 {
        let who = app.somebody(&format!("Player Nr{number}"), &[Role::Learner]).await;
        play(&app, &package, &who, number).await;
        players.push(who);
    }
    let before = headline(&app.get(Some(&hr), "/gap").await.body);
    for who in &players {
        let enrolment = app.db.enrolment(who.id, &package.id).await.unwrap().unwrap();
        let again = vec![run(&package, "case-0-public", [1, 0], now()), run(&package, "case-1-public", [1, 0], now())];
        app.db.record_runs(&enrolment, &package, again, &SystemEntropy).await.unwrap();
    }
    let after = app.get(Some(&hr), "/gap").await.body;
    assert_eq!(headline(&after), before);
    assert!(after.contains("Every conversation that was begun was finished"), "{after}");

    let north = team(&app, "North", &lead, &players.iter().take(3).collect::<Vec<_>>()).await;
    let small = app.get(Some(&hr), &format!("/gap?group={}", north.id)).await.body;
    assert!(small.contains("3 of 15 people so far") && !small.contains("interval-dot"), "{small}");
    let nobody = team(&app, "South", &lead, &[]).await;
    let none = app.get(Some(&hr), &format!("/gap?group={}", nobody.id)).await.body;
    assert!(none.contains("Nobody in this group"), "{none}");

    let open: ActivityId = "case-2-phone".parse().unwrap();
    let enrolment = app.db.enrolment(players[0].id, &package.id).await.unwrap().unwrap();
    app.db.start_run(&enrolment, &package, &open, now(), &SystemEntropy).await.unwrap();
    let again = app.get(Some(&hr), "/gap").await.body;
    assert!(again.contains("Every conversation that was begun was finished"), "it was finished before: {again}");
}

fn headline(body: &str) -> String {
    let begin = body.find("id=\"gap-found\"").expect("a headline");
    body[begin..].split("</h2>").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn everybody_gets_their_own_order_and_keeps_it() {
    let app = TestApp::new().await;
    let package = course(&app).await;
    let (mut public_first, mut orders) = (0, std::collections::BTreeSet::new());
    for number in 0..12 {
        let who = app.somebody(&format!("Player Nr{number}"), &[Role::Learner]).await;
        let page = app.get(Some(&who), "/courses/lamps").await.body;
        let order = |page: &str| {
            let mut places: Vec<_> = package
                .activities()
                .map(|activity| (page.find(&format!("/a/{}\">The", activity.id)).expect("a link"), activity.id.clone()))
                .collect();
            places.sort();
            places.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        };
        let before = order(&page);
        // The order is the same once somebody has begun, and the way through the course follows it.
        let first = app.get(Some(&who), &format!("/courses/lamps/a/{}", before[0])).await;
        assert_eq!(first.status, StatusCode::OK);
        assert!(first.body.contains(&format!("/courses/lamps/a/{}", before[1])), "on to {}: {}", before[1], first.body);
        assert_eq!(order(&app.get(Some(&who), "/courses/lamps").await.body), before);
        let mut cases: Vec<String> = before.iter().map(|id| id.as_str()[..6].to_owned()).collect();
        cases.dedup();
        assert_eq!(cases.len(), CASES, "only the two of a pair change places: {before:?}");
        public_first += before.iter().step_by(2).filter(|id| id.as_str().ends_with("public")).count();
        orders.insert(before);
    }
    // 48 throws of a coin; fewer than 8 or more than 40 of one side come up once in a million.
    assert!((8..=40).contains(&public_first), "{public_first} of 48");
    assert!(orders.len() > 3, "{orders:?}");
}
