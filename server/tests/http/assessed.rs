//! A course with an assessed conversation that is told twice, and people who play it.

use crate::sketch::Sketch;
use crate::support::{Answer, Somebody, TestApp};
use domain::ids::VersionId;
use domain::people::Role;
use store::Run;

const CASE: &str = include_str!("case.conversation");
/// The learner's page of the conversation.
pub const PAGE: &str = "/courses/lamps/a/talk";

/// The beginning of a reply at each of the two decisions, and whether it is the good one.
pub const GOOD: [&str; 2] = ["I&#39;m sorry, Dana.", "The delivery charge"];
/// The replies that fail the conversation.
pub const BAD: [&str; 2] = ["What is the order number", "The whole lamp is on us"];

/// A site with the course, and a learner.
pub struct Assessed {
    /// The site.
    pub app: TestApp,
    /// The learner.
    pub ann: Somebody,
    /// The published version.
    pub version: VersionId,
}

fn course() -> Sketch {
    let main = CASE.replace("FAMILY", "lamp").replace("CHANNEL", "public");
    let variant =
        main.replace("You are Sam.", "You are Sam, on a Monday.").replace("Where is my lamp?", "No lamp yet?");
    let assessed = ["mode = \"assessed\"", "variants = [\"again/monday.conversation\"]"];
    Sketch::new("lamps", "Lamps")
        .competency("acknowledge", "Acknowledging")
        .activity("talk", "talk.conversation", &main, &assessed)
        .file("again/monday.conversation", &variant)
}

impl Assessed {
    /// Publishes the course; Ann is a learner.
    pub async fn published() -> Self {
        Self::with(&[Role::Learner]).await
    }

    /// The same; Ann has these roles.
    pub async fn with(roles: &[Role]) -> Self {
        let app = TestApp::new().await;
        let version = course().publish(&app).await.version;
        let ann = app.somebody("Ann", roles).await;
        Self { app, ann, version }
    }

    /// A page of the learner's.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.app.get(Some(&self.ann), path).await;
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }

    /// Begins the conversation.
    pub async fn start(&self) -> Answer {
        self.app.post(Some(&self.ann), "/do/start-run", &[("course", "lamps"), ("activity", "talk")]).await
    }

    /// The newest run.
    pub async fn run(&self) -> Run {
        let enrolment = self.app.db.enrolment(self.ann.id, &"lamps".parse().unwrap()).await.unwrap().unwrap();
        let runs = self.app.db.runs(enrolment.id, &"talk".parse().unwrap()).await.unwrap();
        self.app.db.run(runs[0].id, self.ann.id).await.unwrap().unwrap()
    }

    /// Plays an attempt with these replies, and gives the address of its debrief.
    pub async fn play(&self, replies: &[&str]) -> String {
        assert_eq!(self.start().await.location, PAGE);
        let mut location = String::new();
        for reply in replies {
            let run = self.run().await;
            let choice = name_of(&self.page(PAGE).await, reply);
            let (id, turn) = (run.id.to_string(), run.events.len().to_string());
            let fields = [("run", id.as_str()), ("turn", &turn), ("choice", &choice)];
            location = self.app.post(Some(&self.ann), "/do/take-turn", &fields).await.location;
        }
        assert!(location.starts_with(&format!("{PAGE}/result?run=")), "{location}");
        location
    }
}

/// The opaque name of the button with these words.
fn name_of(page: &str, words: &str) -> String {
    let plain = words.replace("&#39;", "'");
    let found = page.split_once(&format!(">{words}")).or_else(|| page.split_once(&format!(">{plain}")));
    let (before, _) = found.unwrap_or_else(|| panic!("{words} is not offered"));
    let (_, value) = before.rsplit_once("value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}
