//! A corrected key: told before publishing, applied in the background, and told to learner and HR.

use crate::support::{Somebody, TestApp};
use crate::taught::now;
use domain::conversation::Event;
use domain::course::{self, Files, Package};
use domain::diagnostic::has_errors;
use domain::people::Role;
use domain::time::Timestamp;
use server::clock::SystemEntropy;
use store::{Change, REGRADE, Run};

const COURSE: &str = r#"format = 1
id = "free"
title = "Free"
summary = "A course for tests."
language = "en"
minutes = 2
keys = "single author"

[[competency]]
id = "ownership"
name = "Owning it"

[[module]]
id = "only"
title = "Only"

[[module.activity]]
id = "talk"
kind = "conversation"
file = "only/talk.conversation"
minutes = 2
"#;
const TALK: &str = include_str!("free.conversation");
const TOO_MUCH: &str = "rate: ownership -1\n  why: She has said it.";

fn load(talk: &str) -> (Files, Package) {
    let files = [("course.toml", COURSE), ("only/talk.conversation", talk)];
    let files: Files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let loaded = course::load(&files);
    let findings: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
    assert!(!has_errors(&loaded.diagnostics), "{findings}");
    (loaded.canonical, loaded.package.unwrap())
}

/// A course in which Ann has finished one play: a good reply, then one too many.
struct Taught {
    app: TestApp,
    ann: Somebody,
    tess: Somebody,
    run: Run,
}

impl Taught {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let (files, package) = load(TALK);
        app.db.import_draft(None, &package, &files, now(), &SystemEntropy).await.unwrap();
        app.db.publish(None, &package.id, Change::First, now()).await.unwrap();
        let (ann, tess) = (app.somebody("Ann", &[Role::Learner]).await, app.somebody("Tess", &[Role::Trainer]).await);
        let enrolment = app.db.enrol(ann.id, &package.id, now(), &SystemEntropy).await.unwrap();
        let activity = "talk".parse().unwrap();
        let mut run = app.db.start_run(&enrolment, &package, &activity, now(), &SystemEntropy).await.unwrap();
        for turn in 0..2 {
            let event = Event::Chose(0);
            run = app.db.take_turn(run.id, ann.id, turn, event, &package, now(), &SystemEntropy).await.unwrap().0;
        }
        assert_eq!(run.score.unwrap().whole(), 60);
        Self { app, ann, tess, run }
    }

    /// Uploads a changed conversation and gives the draft and its page.
    async fn draft(&self, from: &str, to: &str) -> (String, String) {
        assert!(TALK.contains(from));
        let (files, package) = load(&TALK.replacen(from, to, 1));
        let draft = self.app.db.import_draft(None, &package, &files, now(), &SystemEntropy).await.unwrap();
        (draft.to_string(), self.page(&self.tess, &format!("/authoring/free/{draft}")).await)
    }

    /// What a server does in the background, a minute later.
    async fn work(&self) {
        let later = now().plus(Timestamp::MINUTE);
        while let Some(job) = self.app.db.claim_job(&[REGRADE], 1000, later, &SystemEntropy).await.unwrap() {
            assert!(self.app.db.regrade(&job.payload, 9, later, &SystemEntropy).await.unwrap());
            self.app.db.finish_job(&job, later).await.unwrap();
        }
    }

    async fn page(&self, who: &Somebody, path: &str) -> String {
        let answer = self.app.get(Some(who), path).await;
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }
}

#[tokio::test]
async fn a_corrected_key_is_told_before_and_after() {
    let taught = Taught::new().await;
    let (draft, page) = taught.draft(TOO_MUCH, "rate: ownership 0\n  why: It does no harm.").await;
    assert!(page.contains("The key is corrected. One finished play is scored again"), "{page}");
    let result = format!("/courses/free/a/talk/result?run={}", taught.run.id);
    let fields = [("course", "free"), ("version", draft.as_str())];
    let published = taught.app.post(Some(&taught.tess), "/do/publish", &fields).await;
    assert_eq!(published.location, "/authoring/free?done=published");
    let before = taught.page(&taught.ann, &result).await;
    assert!(before.contains("She has said it.") && !before.contains("Scored again"), "publishing waits for nobody");
    taught.work().await;

    let debrief = taught.page(&taught.ann, &result).await;
    assert!(debrief.contains("after the author corrected the key: 80 %, was 60 %."), "{debrief}");
    assert!(debrief.contains("It does no harm.") && !debrief.contains("She has said it."), "reasons follow the key");
    assert!(!debrief.contains("passed now"), "neither passes");
    let talk = taught.page(&taught.ann, "/courses/free/a/talk").await;
    assert!(talk.contains("Score 80 %, was 60 %"), "{talk}");
    let hanna = taught.app.somebody("Hanna", &[Role::Hr]).await;
    let history = taught.page(&hanna, &format!("/tracking/people/{}", taught.ann.id)).await;
    assert!(history.contains("attempt 1: 80 %") && history.contains("was 60 %"), "{history}");

    let (_, page) = taught.draft(TOO_MUCH, "rate: ownership 0\n  why: It does no harm at all.").await;
    assert!(page.contains("One finished play is scored again"), "another rationale is another key: {page}");
    let (_, page) = taught.draft(TOO_MUCH, "rate: ownership 0\n  why: It does no harm.").await;
    assert!(!page.contains("finished play"), "the play is judged by this key already: {page}");
}

#[tokio::test]
async fn another_shape_keeps_its_score_and_says_so() {
    let taught = Taught::new().await;
    let (_, page) = taught.draft("Goodbye, then. -> done", "Goodbye, then. -> traced").await;
    assert!(page.contains("It goes another way now, so one finished play keeps its score."), "{page}");
    let (_, page) = taught.draft("Dana: By four. All right.", "Dana: By four? All right.").await;
    assert!(!page.contains("finished play"), "a text changes nothing: {page}");
}
