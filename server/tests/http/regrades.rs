//! Plays that are judged anew: by a corrected key, which is told before publishing, and by a trainer who overturns a rule.

use crate::sketch::{Published, Sketch};
use crate::support::{Answer, Somebody, TestApp};
use crate::taught::now;
use domain::conversation::{Event, OwnReply};
use domain::people::Role;
use domain::phrasing::RuleId;
use domain::time::Timestamp;
use server::clock::SystemEntropy;
use store::{REGRADE, Run, Said};

const TALK: &str = include_str!("free.conversation");
const GOOD: &str = "rate: ownership 2\n  why: Who and when.";

fn course(talk: &str) -> Sketch {
    Sketch::new("free", "Free").competency("ownership", "Owning it").activity(
        "talk",
        "only/talk.conversation",
        talk,
        &[],
    )
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
        Self::taking(&[0, 0], None).await
    }

    /// With these choices, the first of them said in these own words.
    async fn taking(choices: &[u16], own: Option<OwnReply>) -> Self {
        let app = TestApp::new().await;
        let Published { package, .. } = course(TALK).publish(&app).await;
        let ann = app.somebody("Ann", &[Role::Learner, Role::Trainer]).await;
        let tess = app.somebody("Tess", &[Role::Trainer]).await;
        let enrolment = app.db.enrol(ann.id, &package.id, now(), &SystemEntropy).await.unwrap();
        let activity = "talk".parse().unwrap();
        let mut run = app.db.start_run(&enrolment, &package, &activity, now(), &SystemEntropy).await.unwrap();
        for (turn, choice) in (0..).zip(choices) {
            let own = own.clone().filter(|own| own.turn == turn);
            let said = Said { own, ..Event::Chose(*choice).into() };
            run = app.db.take_turn(run.id, ann.id, turn, said, &package, now(), &SystemEntropy).await.unwrap().0;
        }
        Self { app, ann, tess, run }
    }

    /// Uploads a changed conversation and gives the draft and its page.
    async fn draft(&self, from: &str, to: &str) -> (String, String) {
        self.changed(&[(from, to)]).await
    }

    /// The same with several changes.
    async fn changed(&self, changes: &[(&str, &str)]) -> (String, String) {
        let mut talk = TALK.to_owned();
        for (from, to) in changes {
            assert!(talk.contains(from), "{from}");
            talk = talk.replacen(from, to, 1);
        }
        let (package, files) = course(&talk).loaded();
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

    /// Publishes a draft, and lets everything be judged by it.
    async fn publish(&self, draft: &str) {
        let published = self.app.post(Some(&self.tess), "/do/publish", &[("course", "free"), ("version", draft)]).await;
        assert_eq!(published.location, "/authoring/free?done=published");
        self.work().await;
    }

    /// What Ann reads of her play afterwards.
    async fn debrief(&self) -> String {
        self.page(&self.ann, &format!("/courses/free/a/talk/result?run={}", self.run.id)).await
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
    let (draft, page) = taught.draft(GOOD, "rate: ownership 1\n  why: Who, and when.").await;
    assert!(page.contains("The key is corrected. One finished play is scored again"), "{page}");
    let result = format!("/courses/free/a/talk/result?run={}", taught.run.id);
    let fields = [("course", "free"), ("version", draft.as_str())];
    let published = taught.app.post(Some(&taught.tess), "/do/publish", &fields).await;
    assert_eq!(published.location, "/authoring/free?done=published");
    let before = taught.page(&taught.ann, &result).await;
    assert!(before.contains("Who and when.") && !before.contains("Scored again"), "publishing waits for nobody");
    taught.work().await;

    let debrief = taught.page(&taught.ann, &result).await;
    assert!(debrief.contains("after the author corrected the key: 50 %, was 60 %."), "{debrief}");
    assert!(debrief.contains("Who, and when.") && !debrief.contains("Who and when."), "reasons follow the key");
    assert!(!debrief.contains("passed now"), "neither passes");
    let talk = taught.page(&taught.ann, "/courses/free/a/talk").await;
    assert!(talk.contains("Score 50 %, was 60 %"), "{talk}");
    let hanna = taught.app.somebody("Hanna", &[Role::Hr]).await;
    let history = taught.page(&hanna, &format!("/tracking/people/{}", taught.ann.id)).await;
    assert!(history.contains("Finished: "), "{history}");
    assert!(!history.contains("50 %") && !history.contains("60 %"), "practice is the learner's own: {history}");

    let (_, page) = taught.draft(GOOD, "rate: ownership 1\n  why: Who, when and how.").await;
    assert!(page.contains("One finished play is scored again"), "another rationale is another key: {page}");
    let (_, page) = taught.draft(GOOD, "rate: ownership 1\n  why: Who, and when.").await;
    assert!(!page.contains("finished play"), "the play is judged by this key already: {page}");
}

#[tokio::test]
async fn the_words_of_a_play_stay_as_they_were_played() {
    let taught = Taught::new().await;
    let changes = [
        // What Ann read, said, and could have said.
        ("Where is it?", "And where is it now?"),
        ("write to you by four", "write to you by five"),
        ("Dana: By four. All right.", "Dana: By five. Thank you."),
        ("- Anything else? Anything at all?", "- Is there anything else? Anything at all?"),
        ("- Goodbye, Dana.", "- Goodbye for now, Dana."),
        ("Dana: Thanks.", "Dana: Good to know."),
        ("Dana Whitfield", "Dana Whitmore"),
        // The key.
        (GOOD, "rate: ownership 1\n  why: Who, and by five."),
        ("why: She has said it.", "why: That was all."),
        ("why: It is said.", "why: Nothing is open."),
    ];
    let (draft, page) = taught.changed(&changes).await;
    assert!(page.contains("The key is corrected. One finished play is scored again"), "{page}");
    taught.publish(&draft).await;
    let debrief = taught.debrief().await;
    assert!(
        debrief.contains("corrected the key: 50 %, was 60 %. The words below are as you played them."),
        "{debrief}"
    );
    for (place, (then, now)) in changes.into_iter().enumerate() {
        let told = |words: &str| {
            let words = words.trim_start_matches("- ").trim_start_matches("Dana: ");
            let (_, words) = words.rsplit_once("why: ").unwrap_or(("", words));
            debrief.contains(words)
        };
        let is_key = place >= 7;
        assert_eq!((told(then), told(now)), (!is_key, is_key), "{then:?}, now {now:?}: {debrief}");
    }
}

#[tokio::test]
async fn own_words_keep_what_they_were_read_as() {
    let words = "I am sorry, Dana, you hear from me today.";
    let own = OwnReply { turn: 0, words: words.into(), blockers: Vec::new() };
    let taught = Taught::taking(&[0, 0], Some(own)).await;
    let changes =
        [("write to you by four", "write to you by five"), (GOOD, "rate: ownership 1\n  why: Who, and by five.")];
    let (draft, _) = taught.changed(&changes).await;
    taught.publish(&draft).await;
    let debrief = taught.debrief().await;
    assert!(debrief.contains(", Dana, you hear from me ") && debrief.contains("Who, and by five."), "{debrief}");
    assert!(debrief.contains("write to you by four.”") && !debrief.contains("write to you by five"), "{debrief}");
}

#[tokio::test]
async fn another_shape_keeps_its_score_and_says_so() {
    let taught = Taught::new().await;
    let (_, page) = taught.draft("Goodbye, then. -> done", "Goodbye, then. -> traced").await;
    assert!(page.contains("It goes another way now, so one finished play keeps its score."), "{page}");
    let (_, page) = taught.draft("Dana: By four. All right.", "Dana: By four? All right.").await;
    assert!(!page.contains("finished play"), "a text changes nothing: {page}");
}

const REMARKS: &str = "/authoring/free/remarks";
const REASON: &str = "The number is the shop's own, <b>not</b> hers.";
const ASKS: &str = "asks-personal-data-in-public";
const REPEATS: &str = "repeats-personal-data-in-public";

impl Taught {
    /// Ann has played the best way, and what she said first failed her play.
    async fn blocked() -> Self {
        let words = "Sorry, I'll trace [personal data] and ring 0151 496 0123. What is your address?";
        let blockers = vec![RuleId::AsksPersonalDataInPublic, RuleId::RepeatsPersonalDataInPublic];
        let taught = Self::taking(&[0, 1], Some(OwnReply { turn: 0, words: words.into(), blockers })).await;
        assert_eq!((taught.run.score.unwrap().whole(), taught.run.passed), (100, Some(false)));
        taught
    }

    async fn overturn(&self, who: &Somebody, rule: &str, reason: &str) -> Answer {
        let run = self.run.id.to_string();
        let field = format!("reason.{run}.0.{rule}");
        let fields = [("course", "free"), ("run", &*run), ("turn", "0"), ("rule", rule), (&*field, reason)];
        self.app.post(Some(who), "/do/overturn", &fields).await
    }

    async fn judged(&self) -> Run {
        self.app.db.run(self.run.id, self.ann.id).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn own_words_that_failed_a_play_reach_a_trainer_with_a_remark_and_without() {
    let taught = Taught::blocked().await;
    let page = taught.page(&taught.tess, REMARKS).await;
    assert!(
        page.contains("Own words that failed a run (1)") && page.contains("trace [personal data] and ring [phone]")
    );
    assert!(page.contains("It asks for personal details") && page.contains("only/talk.conversation"), "{page}");
    assert!(!page.contains("496 0123") && !page.contains("Ann"), "no data and no name");
    let run = taught.run.id.to_string();
    let words = [("run", &*run), ("place", "0"), ("kind.0", "disagree"), ("text.0", "It was for the shop.")];
    taught.app.post(Some(&taught.ann), "/do/remark", &words).await;
    let page = taught.page(&taught.tess, REMARKS).await;
    assert!(page.contains("It was for the shop.") && page.contains("trace [personal data]"), "{page}");
    assert!(!page.contains("Own words that failed"), "they stand at the remark");
    let own = taught.page(&taught.ann, REMARKS).await;
    assert!(
        own.contains("These are your own words.") && !own.contains("/do/overturn"),
        "nobody decides about themselves"
    );
}

/// The words that are marked so on a page.
fn marked(page: &str, as_what: &str) -> Vec<String> {
    let open = format!("<mark class=\"found found-{as_what}\">");
    let marks = page.split(&open).skip(1).filter_map(|rest| rest.split_once("</mark>"));
    marks.map(|(words, _)| words.to_owned()).collect()
}

#[tokio::test]
async fn a_trainer_overturns_with_a_reason_that_the_learner_reads() {
    let taught = Taught::blocked().await;
    let bob = taught.app.somebody("Bob", &[Role::Learner]).await;
    for somebody in [&bob, &taught.ann] {
        assert_eq!(
            taught.overturn(somebody, ASKS, REASON).await.status,
            403,
            "a learner, and the trainer whose words they are"
        );
    }
    for nothing in ["  ", ""] {
        let refused = taught.overturn(&taught.tess, ASKS, nothing).await;
        let page = taught.page(&taught.tess, &refused.location).await;
        assert!(page.contains("Say why, in a few words."), "{page}");
    }
    for unfound in ["blames", "nonsense"] {
        assert_eq!(taught.overturn(&taught.tess, unfound, REASON).await.status, 404, "{unfound}");
    }
    assert_eq!(taught.judged().await, taught.run);
    let before = taught.debrief().await;
    let found = marked(&before, "blocker");
    assert!(found.len() == 2 && found[0] == "[personal data]" && found[1].contains("address"), "{found:?}");
    assert_eq!(before.matches("It shows details that lead to one person").count(), 1, "said once: {before}");
    let done = taught.overturn(&taught.tess, ASKS, REASON).await;
    assert_eq!(done.location, format!("{REMARKS}?done=overturned"));
    assert_eq!(taught.judged().await.passed, Some(false), "the other rule counts still");
    let debrief = taught.debrief().await;
    assert_eq!(marked(&debrief, "blocker"), ["[personal data]"], "{debrief}");
    assert!(debrief.contains("What is your address?"), "the words stay");
    let good = marked(&debrief, "good");
    assert!(!good.is_empty(), "and so does what is good in them");
    for _ in 0..2 {
        taught.overturn(&taught.tess, REPEATS, "Once more.").await;
    }
    let judged = taught.judged().await;
    assert_eq!((judged.passed, judged.regrades.len()), (Some(true), 2), "twice is once");
    assert!(!taught.page(&taught.tess, REMARKS).await.contains("/do/overturn"), "nothing is left to overturn");

    let debrief = taught.debrief().await;
    assert_eq!((marked(&debrief, "blocker"), marked(&debrief, "good")), (Vec::new(), good), "{debrief}");
    assert!(!debrief.contains("does not count as passed") && !debrief.contains("decision-blocker"), "{debrief}");
    assert!(debrief.contains("It counts as passed now.") && debrief.contains("a trainer overturned what stood"));
    assert!(debrief.contains("A trainer overturned this: ") && debrief.contains("&lt;b&gt;not&lt;/b&gt;"), "{debrief}");
    assert!(!debrief.contains("Tess"), "the learner reads why, not who");
}
