//! How people play a conversation, as its authors see it.

use crate::support::{Somebody, TestApp};
use crate::taught::now;
use axum::http::StatusCode;
use domain::conversation::Event;
use domain::course::{self, Files, Package};
use domain::diagnostic::has_errors;
use domain::named::ActivityId;
use domain::people::Role;
use domain::time::Timestamp;
use server::clock::SystemEntropy;
use store::Change;

const COURSE: &str = "format = 1\nid = \"talking\"\ntitle = \"Talking\"\nsummary = \"A course for tests.\"\nlanguage = \"en\"\n\
    minutes = 4\nkeys = \"single author\"\n\n[[competency]]\nid = \"care\"\nname = \"Care\"\n\n[[module]]\nid = \"only\"\n\
    title = \"Only\"\nsummary = \"All of it.\"\n\n[[module.activity]]\nid = \"talk\"\nkind = \"conversation\"\n\
    file = \"talk.conversation\"\nminutes = 2\n\n[[module.activity]]\nid = \"read\"\nkind = \"lesson\"\nfile = \"read.md\"\n\
    minutes = 2\n";

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
        let files =
            [("course.toml", COURSE), ("talk.conversation", TALK), ("read.md", "---\ntitle: Read\n---\n\nA line.\n")];
        let files: Files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
        let loaded = course::load(&files);
        let findings: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
        assert!(!has_errors(&loaded.diagnostics), "{findings}");
        let package = loaded.package.unwrap();
        app.db.import_draft(None, &package, &loaded.canonical, now(), &SystemEntropy).await.unwrap();
        let version = app.db.publish(None, &package.id, Change::First, now()).await.unwrap().id;
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
