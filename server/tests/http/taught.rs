//! A small course, and people who have taken it.

use crate::sketch::{Published, Sketch};
use crate::support::{Somebody, TestApp};
use domain::course::{Files, Package};
use domain::ids::{CourseId, VersionId};
use domain::named::{ActivityId, ItemId};
use domain::people::GroupName;
use domain::quiz::Answers;
use domain::time::{Clock as _, Timestamp};
use server::clock::{SystemClock, SystemEntropy};
use std::sync::Arc;
use store::{GroupRef, Membership, NewRule, Target};

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\" width=\"2\" height=\"1\"><title>A line</title><path d=\"M0 0h2\"/></svg>\n";

/// A published course: a lesson with a picture, and a quiz with one question.
pub struct Taught {
    /// Which course.
    pub course: CourseId,
    /// Which version.
    pub version: VersionId,
    /// What it holds.
    pub package: Arc<Package>,
    /// Its files.
    pub files: Files,
}

fn sketch(slug: &str, title: &str) -> Sketch {
    let lesson = "---\ntitle: Reading\n---\n\nA line.\n\n![A line](../media/line.svg)\n";
    let quiz = "---\ntitle: Asked\npass: 80\n---\n\n## which (single)\nWhich one?\n\n- [x] This one\n  why: It is.\n- [ ] That one\n  why: It is not.\n";
    Sketch::new(slug, title)
        .activity("read", "only/read.md", lesson, &[])
        .activity("asked", "only/asked.quiz", quiz, &[])
        .file("media/line.svg", PICTURE)
}

/// The present moment.
pub fn now() -> Timestamp {
    SystemClock.now()
}

/// Today and the days around it, as typed into a form; `offset` in days.
pub fn day(offset: i64) -> String {
    let at = now().plus(offset * Timestamp::DAY);
    domain::assignment::day_at(at, &domain::people::Zone::default()).unwrap().to_string()
}

impl Taught {
    /// Publishes the course under a name of its own.
    pub async fn publish(app: &TestApp, slug: &str, title: &str) -> Self {
        let Published { version, package, files } = sketch(slug, title).publish(app).await;
        let course = app.db.course(&package.id).await.unwrap().unwrap().id;
        Self { course, version, package: Arc::new(package), files }
    }

    /// Assigns it.
    pub async fn assign(&self, app: &TestApp, target: Target, due_on: Option<String>) {
        let due_on = due_on.map(|day| day.parse().unwrap());
        let new = NewRule { course: self.course, target, due_on };
        app.db.assign(None, new, now(), &SystemEntropy).await.unwrap();
    }

    /// Somebody begins it and reads the lesson.
    pub async fn begin(&self, app: &TestApp, who: &Somebody) {
        let enrolment = app.db.enrol(who.id, &self.package.id, now(), &SystemEntropy).await.unwrap();
        let read: ActivityId = "read".parse().unwrap();
        app.db.visit_activity(enrolment.id, who.id, &read, now()).await.unwrap();
        app.db.finish_lesson(&enrolment, &self.package, &read, now(), &SystemEntropy).await.unwrap();
    }

    /// Somebody completes it: the quiz goes wrong first, then right.
    pub async fn complete(&self, app: &TestApp, who: &Somebody) {
        self.begin(app, who).await;
        let enrolment = app.db.enrolment(who.id, &self.package.id).await.unwrap().unwrap();
        let asked: ActivityId = "asked".parse().unwrap();
        let item: ItemId = "which".parse().unwrap();
        for option in ["b", "a"] {
            let attempt = app.db.start_attempt(&enrolment, &self.package, &asked, now(), &SystemEntropy).await.unwrap();
            let answers: Answers = serde_json::from_value(serde_json::json!({ "which": { "one": option } })).unwrap();
            app.db.answer(attempt.id, who.id, &item, &answers[&item], now()).await.unwrap();
            app.db.submit_attempt(attempt.id, who.id, &self.package, now(), &SystemEntropy).await.unwrap();
        }
    }
}

/// A group with its manager and its members.
pub async fn team(app: &TestApp, name: &str, manager: &Somebody, members: &[&Somebody]) -> GroupRef {
    let name = GroupName::parse(name).unwrap();
    let id = app.db.create_group(None, name.clone(), now(), &SystemEntropy).await.unwrap();
    let people = members.iter().map(|member| (member.id, true)).chain([(manager.id, false)]);
    for (person, member) in people {
        let membership = Membership { member, manager: !member };
        app.db.set_membership(None, id, person, membership, now()).await.unwrap();
    }
    GroupRef { id, name }
}
