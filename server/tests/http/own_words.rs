//! Own words where the reply is free: nothing counts before it is confirmed, and what is confirmed counts.

use crate::sketch::{Published, Sketch};
use crate::support::{Answer, Somebody, TestApp};
use crate::taught::now;
use axum::body::Body;
use axum::http::{Request, header};
use domain::people::Role;
use server::clock::SystemEntropy;
use store::{Page, Run};

const TALK: &str = include_str!("free.conversation");
const PAGE: &str = "/courses/free/a/talk";

/// A learner who has begun a public conversation whose first reply is free.
struct Free {
    app: TestApp,
    ann: Somebody,
}

impl Free {
    async fn begun(language: &str) -> Self {
        Self::with(language, TALK).await
    }

    async fn with(language: &str, talk: &str) -> Self {
        let app = TestApp::new().await;
        let sketch = Sketch::new("free", "Free").language(language).competency("ownership", "Ownership");
        let Published { package, .. } =
            sketch.activity("talk", "only/talk.conversation", talk, &[]).publish(&app).await;
        let ann = app.somebody("Ann", &[Role::Learner]).await;
        app.db.enrol(ann.id, &package.id, now(), &SystemEntropy).await.unwrap();
        let free = Self { app, ann };
        let begun = free.post("/do/start-run", &[("course", "free"), ("activity", "talk")]).await;
        assert_eq!(begun.location, PAGE, "it opens at its beginning");
        free
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.app.post(Some(&self.ann), path, fields).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.app.get(Some(&self.ann), path).await;
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }

    async fn run(&self) -> Run {
        let slug = "free".parse().unwrap();
        let enrolment = self.app.db.enrolment(self.ann.id, &slug).await.unwrap().unwrap();
        let runs = self.app.db.runs(enrolment.id, &"talk".parse().unwrap()).await.unwrap();
        self.app.db.run(runs[0].id, self.ann.id).await.unwrap().unwrap()
    }

    /// Lets words be read and gives the page that shows how they read.
    async fn read(&self, words: &str) -> String {
        let run = self.run().await.id.to_string();
        let answer = self.post("/do/take-turn", &[("run", &run), ("turn", "0"), ("words", words)]).await;
        assert_eq!(answer.status, 303);
        let path = answer.location.strip_suffix("#reading").expect("it leads to the reading");
        self.page(path).await
    }

    /// Confirms words as the choice that is written so.
    async fn confirm(&self, words: &str, choice: &str, keep: bool) -> Answer {
        let run = self.run().await;
        let page = self.page(PAGE).await;
        let fields = [
            ("run", run.id.to_string()),
            ("turn", run.events.len().to_string()),
            ("choice", name_of(&page, choice)),
            ("words", words.to_owned()),
            ("read", words.to_owned()),
            ("keep", if keep { "yes".into() } else { String::new() }),
        ];
        self.post("/do/take-turn", &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    }

    /// What the player in the browser is told when it says these; the scene as it crosses the wire.
    async fn live(&self, turn: u32, choice: &str, words: &str, read: &str) -> String {
        let run = self.run().await.id.to_string();
        let body = serde_json::json!({ "run": run, "turn": turn, "choice": choice, "words": words, "read": read, "keep": false });
        let request = Request::post("/live/say")
            .header(header::HOST, "127.0.0.1:3000")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, format!("session={}", self.ann.token));
        let answer = self.app.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }
}

/// The opaque name of the button with these words.
fn name_of(page: &str, words: &str) -> String {
    let (before, _) = page.split_once(&format!(">{words}")).unwrap_or_else(|| panic!("{words} is not offered"));
    let (_, value) = before.rsplit_once("value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// The text of a part of a page, without the island's properties.
fn reading(page: &str) -> String {
    let (_, part) = page.split_once("class=\"reading\"").expect("there is a reading");
    part.split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn words_are_read_and_nothing_counts_before_they_are_confirmed() {
    let free = Free::begun("en").await;
    let page = free.page(PAGE).await;
    assert!(
        page.contains("<textarea")
            && page.contains("At most 280 characters")
            && page.contains("Choose from replies instead")
    );
    assert!(!page.contains("says:") && !page.contains("An answer comes this afternoon"), "examples stay on the server");
    let read = reading(&free.read("I'll trace your parcel and you get an answer by four.").await);
    assert!(read.contains("We read this as:") && read.contains("Yes, send it"), "{read}");
    assert!(read.contains("You say what you will do.") && read.contains("You say when."), "{read}");
    assert!(read.contains("<mark class=\"found found-good\">"), "{read}");
    let read = reading(&free.read("Please post your <address> and order number here.").await);
    assert!(read.contains("Must not be sent") && read.contains("found-blocker"), "{read}");
    assert!(read.contains("&lt;address&gt;") && !read.contains("<address>"), "words stay words: {read}");
    let read = reading(&free.read("Bananas grow upwards.").await);
    assert!(read.contains("We are not sure what you mean") && read.contains("Keep my wording"), "{read}");
    assert!(!read.contains(" checked"), "nothing is agreed to beforehand");
    let read = reading(&free.read("  \r\n ").await);
    assert!(read.contains("Write what you want to say first."), "{read}");
    let long = "Sorry. ".repeat(60);
    let read = reading(&free.read(&long).await);
    assert!(read.contains("under 280 characters") && !read.contains("name=\"choice\""), "{read}");
    let run = free.run().await;
    assert!(run.events.is_empty() && run.replies.is_empty());
    let bob = free.app.somebody("Bob", &[Role::Learner]).await;
    let foreign = [("run", run.id.to_string()), ("turn", "0".into()), ("words", "Hello.".into())];
    let foreign = foreign.each_ref().map(|(name, value): &(&str, String)| (*name, value.as_str()));
    assert_eq!(free.app.post(Some(&bob), "/do/take-turn", &foreign).await.status, 404);
}

#[tokio::test]
async fn words_changed_after_their_reading_are_read_again() {
    let free = Free::begun("en").await;
    let (read, changed) = ("I'll trace it and write to you by four.", "I'll trace it. Post your address here.");
    let run = free.run().await.id.to_string();
    let choice = name_of(&free.page(PAGE).await, "Sorry, Dana.");
    let fields = [("run", &*run), ("turn", "0"), ("choice", &*choice), ("words", changed), ("read", read)];
    let answer = free.post("/do/take-turn", &fields).await;
    let page = free.page(answer.location.strip_suffix("#reading").expect("they are read")).await;
    assert!(reading(&page).contains("Must not be sent"), "how they read now");
    let live = free.live(0, &choice, changed, read).await;
    assert!(live.contains("Must not be sent") && live.contains("\"turn\":0"), "{live}");
    // And words that were never looked at.
    let live = free.live(0, &choice, changed, "").await;
    assert!(live.contains("Must not be sent"), "{live}");
    assert!(free.run().await.events.is_empty(), "nothing was said");
    let live = free.live(0, &choice, changed, changed).await;
    assert!(live.contains("\"turn\":1") && live.contains("Post your address here."), "{live}");
    assert_eq!(free.run().await.replies.len(), 1);
}

#[tokio::test]
async fn own_words_come_back_escaped_with_and_without_scripts() {
    let free = Free::begun("en").await;
    let words = "Sorry. \"><img src=x onerror=alert(1)></textarea><script>alert(1)</script> I'll fix it today.";
    let scene: serde_json::Value = serde_json::from_str(&free.live(0, "", words, "").await).unwrap();
    let own = scene["own"].as_str().unwrap();
    let page = free.read(words).await;
    for html in [own, &page] {
        assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;&lt;/textarea&gt;"), "{html}");
        assert!(!html.contains("<img src=x") && !html.contains("<script>alert"), "{html}");
    }
    let said = free.confirm(words, "Sorry, Dana.", false).await;
    let page = free.page(said.location.trim_end_matches("#now")).await;
    assert!(page.contains("&lt;img src=x") && !page.contains("<img src=x") && !page.contains("<script>alert"));
}

#[tokio::test]
async fn what_was_masked_is_on_no_page() {
    let free = Free::begun("en").await;
    let words = "Bananas grow upwards, ring 0151 496 0123.";
    let said = free.live(0, &name_of(&free.page(PAGE).await, "Sorry, Dana."), words, words).await;
    assert!(said.contains("ring [phone]"), "{said}");
    assert!(!said.contains("496 0123"), "the answer to the player: {said}");
    free.confirm("", "Goodbye, Dana.", false).await;
    // And once more, left to the author.
    free.post("/do/start-run", &[("course", "free"), ("activity", "talk")]).await;
    free.confirm(words, "Sorry, Dana.", true).await;
    let ended = free.confirm("", "Goodbye, Dana.", false).await.location;
    let run = free.run().await;
    let rewound = free.post("/do/rewind", &[("run", &run.id.to_string()), ("decision", "1")]).await.location;
    let ann = free.ann.id;
    let [tess, hanna, max] = [("Tess", Role::Trainer), ("Hanna", Role::Hr), ("Max", Role::Admin)];
    let version = run.version;
    let of = |path: &str| path.to_owned();
    let seen = [
        (
            None,
            vec![
                of(PAGE),
                ended.clone(),
                rewound.trim_end_matches("#now").to_owned(),
                of("/"),
                of("/courses/free"),
                of("/account"),
            ],
        ),
        (
            Some(tess),
            vec![
                of("/authoring/free/remarks"),
                format!("/authoring/free/{version}/a/talk"),
                format!("/authoring/free/{version}/a/talk/insight"),
            ],
        ),
        (Some(hanna), vec![of("/tracking"), format!("/tracking/people/{ann}"), of("/tracking/export.csv"), of("/gap")]),
        (Some(max), vec![of("/site/audit"), format!("/tracking/people/{ann}"), format!("/people/{ann}/edit")]),
    ];
    for (who, paths) in seen {
        let who = match who {
            Some((name, role)) => free.app.somebody(name, &[role]).await,
            None => free.ann.clone(),
        };
        for path in paths {
            let answer = free.app.get(Some(&who), &path).await;
            assert_eq!(answer.status, 200, "{path}");
            for form in ["496 0123", "4960123"] {
                assert!(!answer.body.contains(form), "{form} on {path}");
            }
            if path == ended || path.ends_with("/remarks") {
                assert!(answer.body.contains("Bananas grow upwards"), "the rest is there: {path}");
            }
        }
    }
}

#[tokio::test]
async fn confirmed_words_stand_in_the_transcript_and_in_the_debrief() {
    let free = Free::begun("en").await;
    let words = "I'll trace your parcel, Dana, and you get an answer by four.";
    free.confirm(words, "Sorry, Dana.", false).await;
    let page = free.page(PAGE).await;
    assert!(
        page.contains("you get an answer by four.") && page.contains("By four."),
        "her answer follows from the meaning"
    );
    let run = free.run().await;
    assert_eq!((run.replies.len(), run.replies[0].blockers.len()), (1, 0));
    let ended = free.confirm("these are no own words: here one picks", "Goodbye, Dana.", false).await;
    let run = free.run().await;
    assert_eq!((run.passed, run.replies.len()), (Some(true), 1));
    let debrief = free.page(&ended.location).await;
    assert!(debrief.contains("Read as: “Sorry, Dana."), "what it was read as");
    assert!(debrief.contains("<mark") && debrief.contains("You say when.") && debrief.contains("Who and when."));
}

#[tokio::test]
async fn a_typed_blocker_fails_the_run_and_public_data_are_never_quoted() {
    let free = Free::begun("en").await;
    let words = "Sorry, I'll trace 88213-4 and write by four. What is your address?";
    free.confirm(words, "Sorry, Dana.", false).await;
    let page = free.page(PAGE).await;
    assert!(!page.contains("trace 88213-4") && page.contains("trace [personal data]"), "the thread does not repeat it");
    let ended = free.confirm("", "Goodbye, Dana.", false).await;
    let run = free.run().await;
    assert_eq!((run.passed, run.score.unwrap().whole()), (Some(false), 100), "the score stays");
    assert_eq!(run.replies[0].blockers.len(), 2, "{:?}", run.replies);
    let debrief = free.page(&ended.location).await;
    assert!(debrief.contains("does not count as passed") && debrief.contains("decision-blocker"));
    assert!(debrief.contains("<mark class=\"found found-blocker\">[personal data]</mark>"), "the very place");
    assert!(!debrief.contains("trace 88213-4"));
}

#[tokio::test]
async fn an_unmatched_wording_reaches_the_author_with_consent_alone() {
    for keep in [false, true] {
        let free = Free::begun("en").await;
        let words = "Bananas grow upwards, ring 0151 496 0123.";
        free.confirm(words, "Please read our terms", keep).await;
        let tess = free.app.somebody("Tess", &[Role::Trainer]).await;
        let page = free.app.get(Some(&tess), "/authoring/free/remarks").await.body;
        assert_eq!(page.contains("Bananas grow upwards"), keep);
        assert!(!page.contains("496 0123") && !page.contains("Ann"), "no data and no name");
        if keep {
            assert!(page.contains("only/talk.conversation:") && page.contains("Closest: “Please read our terms"));
            let course = free.app.db.course(&"free".parse().unwrap()).await.unwrap().unwrap().id;
            let left = free.app.db.suggestions(course, Page::first(5)).await.unwrap().items[0].id.to_string();
            let drop = [("course", "free"), ("suggestion", left.as_str())];
            assert_eq!(free.app.post(Some(&free.ann), "/do/drop-suggestion", &drop).await.status, 403);
            free.app.post(Some(&tess), "/do/drop-suggestion", &drop).await;
            assert!(!free.app.get(Some(&tess), "/authoring/free/remarks").await.body.contains("Bananas"));
        }
    }
}

#[tokio::test]
async fn a_mail_that_was_picked_lies_there_before_it_goes() {
    let talk = TALK.replacen("channel: public", "channel: email\nsubject: Your parcel", 1);
    let free = Free::with("en", &talk).await;
    let words = "Sorry, Dana. I'll trace it and write to you by four.";
    let run = free.run().await.id.to_string();
    let choice = name_of(&free.page(PAGE).await, "Sorry, Dana.");
    let answer = free.post("/do/take-turn", &[("run", &run), ("turn", "0"), ("choice", &choice)]).await;
    let page = free.page(answer.location.strip_suffix("#reading").expect("it leads to the draft")).await;
    let draft = reading(&page);
    assert!(draft.contains("Your draft") && draft.contains(words) && draft.contains("Write something else"), "{draft}");
    assert!(page.contains("<textarea") && page.contains("Choose from replies instead"), "and all else is still there");
    let live: serde_json::Value = serde_json::from_str(&free.live(0, &choice, "", "").await).unwrap();
    let own = live["own"].as_str().unwrap();
    assert!(live["turn"] == 0 && reading(own) == draft, "the same in the player: {own}");
    assert!(free.run().await.events.is_empty(), "nothing went");
    for nothing in ["send:", "send:nothing", "nothing"] {
        let none = free.post("/do/take-turn", &[("run", &run), ("turn", "0"), ("choice", nothing)]).await;
        assert!(none.status != 500 && free.run().await.events.is_empty(), "{nothing}: {}", none.status);
    }

    let send = name_of(&page, "Send</button>");
    let answer = free.post("/do/take-turn", &[("run", &run), ("turn", "0"), ("choice", &send)]).await;
    assert_eq!(answer.location, format!("{PAGE}#now"));
    let run = free.run().await;
    assert_eq!((run.events.len(), run.replies.len()), (1, 0));
    assert!(free.page(PAGE).await.contains("By four. All right."));
}

#[tokio::test]
async fn where_one_reads_along_a_picked_reply_goes_at_once() {
    let free = Free::begun("en").await;
    free.confirm("", "Sorry, Dana.", false).await;
    assert_eq!(free.run().await.events.len(), 1);
}

#[tokio::test]
async fn where_a_language_has_no_rules_one_picks() {
    let free = Free::begun("de").await;
    let page = free.page(PAGE).await;
    assert!(!page.contains("<textarea") && page.contains("Sorry, Dana."));
    free.confirm("Mein eigener Satz.", "Sorry, Dana.", true).await;
    let run = free.run().await;
    assert_eq!((run.events.len(), run.replies.len()), (1, 0));
}
