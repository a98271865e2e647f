//! Who sees what: every page, export and receipt that somebody can reach, held to the table in `domain::sight`.
//!
//! One learner practises badly, fails what counts, and completes a course. Each reader then follows every link from their home,
//! and what they come across is compared with what the table lets them see beside her name.

use crate::sketch::Sketch;
use crate::support::{Somebody, TestApp};
use crate::taught::{now, team};
use domain::people::Role;
use domain::sight::{Kept, Reader, Sight, sight};
use server::clock::SystemEntropy;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

const NAME: &str = "Wilhelmina Zorn";
/// What she says in the conversation that counts.
const WORDS: &str = "Please ask somebody at the desk.";
/// What she asks for where a reply is timed.
const MORE_TIME: &str = "twice as long";

/// Two decisions, each rated from -2 to 2: the two ratings make the score.
fn talk(title: &str, first: i8, second: i8) -> String {
    format!(
        "---\ntitle: {title}\nyou: Sam\nthem: Dana\nchannel: dm\npass: 70\n---\nYou are Sam.\n\n\
         ## a\nDana: Well?\n\n- No, not today. -> b\n  rate: care -2\n  why: Bad.\n\n- Yes. -> b\n  rate: care 2\n  why: Good.\n\n\
         - {WORDS} -> b\n  rate: care {first}\n  why: Hm.\n\n\
         ## b\nDana: And?\n\n- No, not today. -> c\n  rate: care -2\n  why: Bad.\n\n- Yes. -> c\n  rate: care 2\n  why: Good.\n\n\
         - {WORDS} -> c\n  rate: care {second}\n  why: Hm.\n\n## c (end: success)\nDana: Bye.\n"
    )
}

struct Office {
    app: TestApp,
    ann: Somebody,
    readers: BTreeMap<&'static str, (Reader, Somebody)>,
    receipt: String,
}

impl Office {
    async fn open() -> Self {
        let app = TestApp::new().await;
        let ann = app.somebody(NAME, &[Role::Learner]).await;
        let manager = app.somebody("Max Manager", &[Role::Manager]).await;
        let hr = app.somebody("Hanna Roth", &[Role::Hr]).await;
        let admin = app.somebody("Ada Min", &[Role::Admin]).await;
        let trainer = app.somebody("Tara Train", &[Role::Trainer]).await;
        team(&app, "North", &manager, &[&ann]).await;
        // 3 of 8 points in practice; 5 of 8 where it counts.
        let practice = Sketch::new("trying", "Trying").competency("care", "Care");
        let practice = practice.activity("talk", "only/talk.conversation", &talk("Practice talk", -1, 0), &[]);
        practice.publish(&app).await;
        let counts = Sketch::new("counting", "Counting").competency("care", "Care");
        let mode = ["mode = \"assessed\"", "attempts = 1"];
        let counts = counts.activity("talk", "only/talk.conversation", &talk("Counted talk", 1, 0), &mode);
        counts.publish(&app).await;
        let office = Self { app, ann, readers: BTreeMap::new(), receipt: String::new() };
        for course in ["trying", "counting"] {
            office.play(course).await;
        }
        let receipt = office.app.db.receipts_of(office.ann.id).await.unwrap()[0].id.to_string();
        let readers = BTreeMap::from([
            ("manager", (Reader::Manager, manager)),
            ("hr", (Reader::Hr, hr)),
            ("admin", (Reader::Hr, admin)),
            ("trainer", (Reader::Trainer, trainer)),
        ]);
        Self { readers, receipt, ..office }
    }

    /// Plays a conversation with the same words twice.
    async fn play(&self, course: &str) {
        let db = &self.app.db;
        let slug = course.parse().unwrap();
        db.enrol(self.ann.id, &slug, now(), &SystemEntropy).await.unwrap();
        self.app.post(Some(&self.ann), "/do/start-run", &[("course", course), ("activity", "talk")]).await;
        for turn in ["0", "1"] {
            let page = self.app.get(Some(&self.ann), &format!("/courses/{course}/a/talk")).await.body;
            let (before, _) = page.rsplit_once(&format!(">{WORDS}")).expect(course);
            let choice = before.rsplit_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned();
            let enrolment = db.enrolment(self.ann.id, &slug).await.unwrap().unwrap();
            let run = db.runs(enrolment.id, &"talk".parse().unwrap()).await.unwrap()[0].id.to_string();
            let fields = [("run", run.as_str()), ("turn", turn), ("choice", choice.as_str())];
            self.app.post(Some(&self.ann), "/do/take-turn", &fields).await;
        }
    }

    /// Every page that a reader reaches from their home, with its text.
    async fn everything(&self, who: &Somebody) -> BTreeMap<String, String> {
        let mut open: VecDeque<String> =
            ["/".to_owned(), "/recorded".to_owned(), format!("/receipts/{}", self.receipt)].into();
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        let mut pages = BTreeMap::new();
        while let Some(path) = open.pop_front().filter(|_| pages.len() < 400) {
            let answer = self.app.get(Some(who), &path).await;
            if !answer.status.is_success() {
                continue;
            }
            for href in answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let href = href.replace("&amp;", "&");
                let href = href.split('#').next().unwrap_or_default().to_owned();
                let asset = ["/pkg", "/media", "/assets", "/favicon"].iter().any(|start| href.starts_with(start));
                if href.starts_with('/') && !href.starts_with("//") && !asset && seen.insert(href.clone()) {
                    open.push_back(href);
                }
            }
            pages.insert(path, answer.body);
        }
        pages
    }
}

/// The text as somebody reads it: spaces of all kinds are one, and a percent sign stands at its number.
fn read(html: &str) -> String {
    html.replace("<!>", "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace(" %", "%")
}

/// A time of day to the minute, as the pages write it, or as machines read it.
fn has_time_of_day(text: &str) -> bool {
    let bytes: Vec<char> = text.chars().collect();
    bytes.windows(5).any(|five| {
        let digit = |at: usize| five[at].is_ascii_digit();
        digit(0) && digit(1) && five[2] == ':' && digit(3) && digit(4)
    })
}

#[tokio::test]
async fn everybody_sees_what_the_table_says_and_no_more() {
    let office = Office::open().await;
    let own = read(&office.app.get(Some(&office.ann), "/courses/trying/a/talk").await.body);
    assert!(own.contains("37%"), "the learner sees her own practice: {own}");
    let mut wrong = Vec::new();
    for (name, (reader, who)) in &office.readers {
        let pages = office.everything(who).await;
        assert!(pages.len() > 5, "{name} reaches {:?}", pages.keys());
        let named = |kept: Kept| sight(*reader, kept).is_named();
        let (mut seen, mut results) = (false, false);
        for (path, html) in &pages {
            let text = read(html);
            let about = text.contains(NAME);
            seen |= about;
            results |= about && text.contains("62%");
            let facts = [
                (Kept::Practice, text.contains("37%")),
                (Kept::Results, text.contains("62%")),
                (Kept::Talks, text.contains(WORDS)),
                (Kept::MoreTime, text.contains(MORE_TIME)),
            ];
            for (kept, _) in facts.into_iter().filter(|(kept, there)| *there && about && !named(*kept)) {
                wrong.push(format!("{name} reads {kept:?} of {NAME} on {path}"));
            }
            // Where even figures are too much, no page has one. An admin writes courses, too: those pages are a trainer's.
            let written = path.starts_with("/authoring");
            if text.contains("37%") && !written && sight(*reader, Kept::Practice) == Sight::Nothing {
                wrong.push(format!("{name} reads a practice score on {path}"));
            }
            let person = path.starts_with("/tracking") || path.starts_with("/receipts");
            if about && person && has_time_of_day(&text) && !named(Kept::Dwell) {
                wrong.push(format!("{name} reads a time of day of {NAME} on {path}"));
            }
        }
        let status = named(Kept::Status);
        assert_eq!(seen, status, "{name} sees her name exactly where status is theirs to see");
        assert_eq!(results, named(Kept::Results), "{name} and results by name");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_trainer_decides_about_a_pseudonym_and_hr_reads_no_practice() {
    let office = Office::open().await;
    let (_, trainer) = &office.readers["trainer"];
    let page = read(&office.app.get(Some(trainer), "/authoring/decisions").await.body);
    assert!(page.contains("Learner ") && page.contains("62%") && !page.contains(NAME), "{page}");
    assert!(!has_time_of_day(&page), "{page}");
    let person = format!("/tracking/people/{}", office.ann.id);
    let (_, hr) = &office.readers["hr"];
    let page = read(&office.app.get(Some(hr), &person).await.body);
    assert!(page.contains("Counted talk, play 1: 62%") || page.contains("62%"), "{page}");
    assert!(page.contains("Finished: Practice talk") && !page.contains("37%"), "{page}");
    let (_, manager) = &office.readers["manager"];
    let page = read(&office.app.get(Some(manager), &person).await.body);
    assert!(page.contains("Trying") && !page.contains("Practice talk"), "courses, not single activities: {page}");
    let receipt = read(&office.app.get(Some(&office.ann), &format!("/receipts/{}", office.receipt)).await.body);
    assert!(receipt.contains("Practice talk") && !receipt.contains("37%"), "not even on her own: it is for others");
    let stored = office.app.db.receipts_of(office.ann.id).await.unwrap()[0].body.clone();
    assert!(stored.contains("\"best\":null") && !stored.contains("\"best\":37"), "nor under the seal: {stored}");
}
