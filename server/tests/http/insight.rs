//! How people play a conversation, as its authors see it.

use crate::sketch::{Published, Sketch};
use crate::support::{Somebody, TestApp};
use crate::taught::now;
use axum::http::StatusCode;
use domain::conversation::Event;
use domain::course::Package;
use domain::named::ActivityId;
use domain::people::Role;
use domain::time::Timestamp;
use server::clock::SystemEntropy;
use store::Change;

const TALK: &str = "---
title: Talk
channel: public
you: Sam, support
them: Dana Whitfield (@dana_w)
pass: 70
---
You are Sam.

## opening
Dana: Where is my parcel?

- I'm sorry, Dana. I'll look now. -> asked
  rate: care 2
  why: Names it and acts.

- What is the number of the <parcel> you are missing? -> asked
  rate: care -1
  why: Asks before listening.

- Nobody ever says this to a customer at all. -> lost
  rate: care -2
  why: It ends there.

## asked
Dana: And then?

- Please wait until it arrives with you. -> lost
  why: Says nothing.

- It will be with you tomorrow. -> settled
  rate: care 1
  why: Keeps it short.

## settled (end: success)
Dana: Thank you.

## lost (end: failure)
Dana: Bye.
";

struct Talking<'a> {
    app: &'a TestApp,
    package: Package,
    /// The page.
    page: String,
}

impl<'a> Talking<'a> {
    async fn publish(app: &'a TestApp) -> Self {
        Self::publish_as(app, TALK, Change::First).await
    }

    async fn publish_as(app: &'a TestApp, talk: &str, change: Change) -> Self {
        let sketch = Sketch::new("talking", "Talking").competency("care", "Care");
        let sketch = sketch.activity("talk", "talk.conversation", talk, &[]);
        let sketch = sketch.activity("read", "read.md", "---\ntitle: Read\n---\n\nA line.\n", &[]);
        let Published { package, version, .. } = sketch.publish_as(app, change).await;
        Self { app, package, page: format!("/authoring/talking/{version}/a/talk/insight") }
    }

    /// Somebody plays these choices, so many days ago.
    async fn play(&self, who: &Somebody, choices: &[u16], days: i64) {
        let activity: ActivityId = "talk".parse().unwrap();
        let db = &self.app.db;
        let from = now().plus(-days * Timestamp::DAY);
        let enrolment = db.enrol(who.id, &self.package.id, from, &SystemEntropy).await.unwrap();
        let run = db.start_run(&enrolment, &self.package, &activity, from, &SystemEntropy).await.unwrap();
        for (turn, choice) in (0..).zip(choices) {
            let at = from.plus((i64::from(turn) + 1) * 8 * Timestamp::SECOND);
            let event = Event::Chose(*choice);
            db.take_turn(run.id, who.id, turn, event, &self.package, at, &SystemEntropy).await.unwrap();
        }
    }

    async fn read(&self, who: &Somebody, query: &str) -> String {
        let answer = self.app.get(Some(who), &format!("{}{query}", self.page)).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.body
    }
}

/// The text of a page, without its tags.
fn words(html: &str) -> String {
    let text: String =
        html.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| format!("{text} ")).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_trainer_sees_what_stands_out_once_enough_people_played() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    let talking = Talking::publish(&app).await;
    assert!(talking.read(&tara, "").await.contains("Nobody has played it yet"));

    let mut learners = Vec::new();
    for name in ["Quirina Ash", "Bartholomew", "Xenia", "Ottokar", "Wilhelmine"] {
        learners.push(app.somebody(name, &[Role::Learner]).await);
    }
    for learner in &learners[..3] {
        talking.play(learner, &[1, 1], 5).await;
    }
    let few = talking.read(&tara, "").await;
    assert!(few.contains("Fewer than 5 people have played it") && few.contains("too few to say"));
    assert!(words(&few).contains("Runs, by 3 people 3 Finished 3 Abandoned 0"), "counts are told: {}", words(&few));
    assert!(!few.contains("Worth a look") && !few.contains("points</td>") && !few.contains("8 s<"));

    for learner in &learners[3..] {
        talking.play(learner, &[0], 2).await;
    }
    for learner in learners.iter().take(3) {
        talking.play(learner, &[1, 0], 4).await;
        talking.play(learner, &[1, 0], 3).await;
    }
    let page = talking.read(&tara, "").await;
    let text = words(&page);
    assert!(text.contains("Runs, by 5 people 11 Finished 9 Abandoned 2"), "{text}");
    assert!(
        text.contains("opening : 81 % say “What is the number of the &lt;parcel&gt; you are missing?” It costs"),
        "{text}"
    );
    assert!(
        text.contains("opening : Nobody says “Nobody ever says this to a customer at all.” It was on offer 11 times.")
    );
    assert!(text.contains("8 s mean 8 s") && text.contains("Abandoned 2 (18 %)"), "{text}");
    assert!(page.contains("class=\"map-left\"") && page.contains("insight-bar"), "drawn");
    assert!(!page.contains(" style="), "the policy forbids it");
    for name in ["Quirina", "Bartholomew", "Xenia", "Ottokar", "Wilhelmine", "work.example"] {
        assert!(!page.contains(name), "{name} is named");
    }
    for learner in &learners {
        assert!(!page.contains(&learner.id.to_string()) && !page.contains(&learner.subject.to_string()));
    }

    let first = words(&talking.read(&tara, "?plays=first").await);
    assert!(first.contains("Runs, by 5 people 5 Finished 3 Abandoned 2"), "{first}");
    let preview = app.get(Some(&tara), talking.page.trim_end_matches("/insight")).await;
    assert!(preview.body.contains(&format!("href=\"{}\"", talking.page)), "the preview leads here");
}

#[tokio::test]
async fn only_conversations_of_this_version_have_such_a_page_and_only_trainers_see_it() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    let lena = app.somebody("Lena", &[Role::Learner]).await;
    let talking = Talking::publish(&app).await;
    for (from, to) in [("/talk/", "/read/"), ("/talk/", "/nothing/"), ("/talking/", "/other/")] {
        let answer = app.get(Some(&tara), &talking.page.replace(from, to)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{to}");
    }
    assert_eq!(app.get(Some(&lena), &talking.page).await.status, StatusCode::FORBIDDEN);
}

/// The second version: a reply is dropped, one is new, one has other words, and the drop at `asked` is mended.
fn second() -> String {
    let talk = TALK.replace(
        "- Nobody ever says this to a customer at all. -> lost\n  rate: care -2\n  why: It ends there.\n",
        "- Give me <b>a day</b>, and I write to you. -> asked\n  rate: care 1\n  why: Names a time.\n",
    );
    talk.replace("- Please wait until it arrives with you.", "- Please have some patience with us.")
}

#[tokio::test]
async fn two_versions_are_shown_side_by_side() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    let first = Talking::publish(&app).await;
    let mut learners = Vec::new();
    for name in ["Quirina Ash", "Bartholomew", "Xenia", "Ottokar", "Wilhelmine"] {
        learners.push(app.somebody(name, &[Role::Learner]).await);
    }
    for learner in &learners[..4] {
        first.play(learner, &[1, 0], 9).await;
    }
    first.play(&learners[4], &[1, 0], 10).await;
    first.play(&learners[4], &[1], 9).await;
    let mut newcomers = Vec::new();
    let second = Talking::publish_as(&app, &second(), Change::Minor).await;
    for name in ["Pernilla", "Isidor", "Jorinde", "Lothar", "Mechthild"] {
        newcomers.push(app.somebody(name, &[Role::Learner]).await);
    }
    for learner in &newcomers[..4] {
        second.play(learner, &[0, 1], 3).await;
    }
    let id = |talking: &Talking<'_>| talking.page.split('/').nth(3).unwrap().to_owned();
    let link = format!("?against={}", id(&first));
    assert!(second.read(&tara, "").await.contains(&format!("{}{link}", second.page)), "the page leads there");

    let few = second.read(&tara, &link).await;
    let text = words(&few);
    assert!(text.contains("Fewer than 5 people have played one of the two"), "{text}");
    assert!(text.contains("People 5 4 –") && text.contains("Finished 83 % too few to say –"), "{text}");
    let mut sides = text.split(" → ").skip(1);
    assert!(sides.all(|there| there.starts_with("too few to say") || there.starts_with('–')), "{text}");
    assert!(text.contains("100 % → too few to say"), "the side that enough people played is told");

    second.play(&newcomers[4], &[0, 1], 3).await;
    let page = second.read(&tara, &link).await;
    let text = words(&page);
    assert!(text.contains("Version 2 beside Version 1"), "{text}");
    let whole = "Runs 6 5 – People 5 5 – Finished 83 % 100 % +17 points Passed, of the finished 0 % 100 % +100 points";
    assert!(text.contains(&format!("{whole} Mean score 20 % 100 % +80 points")), "{text}");
    let changed = text.split_once("What changed for learners").unwrap().1;
    let sorry = "opening : I&#x27;m sorry, Dana. I&#x27;ll look now. 0 % → 100 % +100 points";
    let number = "opening : What is the number of the &lt;parcel&gt; you are missing? 100 % → 0 % −100 points";
    let left = changed.find("17 % → 0 % −17 points").unwrap_or_else(|| panic!("{changed}"));
    for most in [sorry, number] {
        let most = changed.replace('\'', "&#x27;").find(most).unwrap_or_else(|| panic!("{most}: {changed}"));
        assert!(most < left, "the largest difference first: {changed}");
    }
    let only = text.split_once("What could not be matched").unwrap().1;
    let (here, there) = only.split_once("Only in Version 1").unwrap();
    assert!(here.contains("Give me &lt;b&gt;a day&lt;/b&gt;") && here.contains("Please have some patience"), "{only}");
    assert!(there.contains("Nobody ever says this") && there.contains("Please wait until"), "{only}");
    assert!(page.contains("plays=first&amp;against="), "the choice of runs keeps the other version");
    for learner in learners.iter().chain(&newcomers) {
        assert!(!page.contains(&learner.id.to_string()) && !page.contains(&learner.subject.to_string()));
    }

    let back = words(&first.read(&tara, &format!("?against={}", id(&second))).await);
    assert!(back.contains("Version 1 beside Version 2") && back.contains("Finished 100 % 83 % −17 points"), "{back}");
    for wrong in [id(&second), "018f0000-0000-7000-8000-000000000000".to_owned(), "2".to_owned()] {
        let answer = app.get(Some(&tara), &format!("{}?against={wrong}", second.page)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}
