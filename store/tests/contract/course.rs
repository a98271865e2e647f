//! A small course with an activity of every kind.

use crate::harness::{NOW, Site};
use domain::{
    course::{Files, Package, load},
    facts::Fact,
    slug::Slug,
};
use std::collections::BTreeMap;
use store::{Change, Enrolment, Person, VersionListed};

pub const COURSE: &str = r#"format = 1
id = "outside"
title = "Outside"
summary = "A sentence."
language = "en"
minutes = 12
keys = "single author"
facts = ["company_name"]

[[competency]]
id = "acknowledge"
name = "Acknowledging"

[[module]]
id = "all"
title = "All"

[[module.activity]]
id = "read"
kind = "lesson"
file = "read.md"
minutes = 2

[[module.activity]]
id = "extra"
kind = "lesson"
file = "extra.md"
minutes = 2
required = false

[[module.activity]]
id = "ask"
kind = "quiz"
file = "ask.quiz"
minutes = 2

[[module.activity]]
id = "practise"
kind = "conversation"
file = "practise.conversation"
minutes = 2

[[module.activity]]
id = "assess"
kind = "conversation"
file = "assess.conversation"
minutes = 2
mode = "assessed"
attempts = 2
variants = ["again.conversation"]

[[module.activity]]
id = "agree"
kind = "acknowledgement"
file = "agree.ack"
minutes = 2
"#;

const QUIZ: &str = "---
title: Ask
pass: 100
attempts: 2
layout: one
shuffle: yes
---

## one (single)
competency: acknowledge
Which?

- [x] This
  why: yes
- [ ] That
  why: no

## two (single)
Which?

- [ ] This
  why: no
- [x] That
  why: yes
";

pub const TALK: &str = "---
title: Talk
channel: public
you: Sam, support
them: Dana Whitfield (@dana_w)
var trust: 0..3 = 1
pass: 70
---
You are Sam.

## opening
Dana: Where is my parcel?

timer: 20s -> lost

- I'm sorry, Dana. I'll look now. -> asked
  rate: acknowledge 2
  effect: trust +1
  why: Names it and acts.

- What is the tracking number of the parcel you are missing? -> asked
  rate: acknowledge -1
  effect: trust -1
  why: Asks before listening.

## asked
Dana: And then?

- Please wait. -> lost
  why: Says nothing.

- [trust >= 2] It will be with you tomorrow. -> settled
  rate: acknowledge 1
  why: Keeps it short.

## settled (end: success)
Dana: Thank you.

## lost (end: failure)
Dana: Bye.
";

/// The events of a run that passes, as places of choices.
pub const WELL: [u16; 2] = [0, 1];
/// The events of a run that fails.
pub const BADLY: [u16; 2] = [1, 0];

pub fn files() -> Files {
    let mut files = Files::new();
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
    put("course.toml", COURSE);
    put("read.md", "---\ntitle: Read\n---\nAt {{company_name}}.\n\n![A map](media/map.svg)\n");
    put("extra.md", "---\ntitle: Extra\n---\nMore.\n");
    put("ask.quiz", QUIZ);
    put("practise.conversation", TALK);
    put("assess.conversation", TALK);
    put("again.conversation", &TALK.replace("And then?", "What now?"));
    put("agree.ack", "---\ntitle: Agree\nstatement: I will.\n---\nBe kind at {{company_name}}.\n");
    put("media/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>\n");
    files
}

/// The files with one of them changed.
pub fn changed(path: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

pub fn package(files: &Files) -> Package {
    let loaded = load(files);
    let shown: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
    loaded.package.unwrap_or_else(|| panic!("{shown}"))
}

pub fn slug() -> Slug {
    "outside".parse().unwrap()
}

pub async fn set_facts(site: &Site) {
    let facts = BTreeMap::from([(Fact::CompanyName, Some("Parcelwise".to_owned()))]);
    site.db.set_facts(None, facts, NOW).await.unwrap();
}

pub async fn publish(site: &Site, files: &Files, change: Change) -> VersionListed {
    site.db.import_draft(None, &package(files), files, NOW, &site.dice).await.unwrap();
    site.db.publish(None, &slug(), change, NOW).await.unwrap()
}

/// The course, published.
pub async fn published(site: &Site) -> Package {
    set_facts(site).await;
    publish(site, &files(), Change::First).await;
    package(&files())
}

/// A learner enrolled in the course.
pub async fn learner(site: &Site, name: &str) -> (Person, Enrolment) {
    let person = site.active(name, &[domain::people::Role::Learner]).await;
    let enrolment = site.db.enrol(person.id, &slug(), NOW, &site.dice).await.unwrap();
    (person, enrolment)
}
