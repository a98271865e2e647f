//! What lies beside a conversation in its course: the plan that tests it, the recordings that its lines play.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::course::{Files, Loaded, MediaKind, load};
use domain::diagnostic::Severity;

const COURSE: &str = r#"format = 1
id = "lamps"
title = "Lamps"
summary = "One late lamp."
language = "en"
minutes = 5
keys = "single author"
facts = ["company_name"]

[[competency]]
id = "promise"
name = "Promising"

[[competency]]
id = "listen"
name = "Listening"

[[module]]
id = "one"
title = "One"

[[module.activity]]
id = "late-lamp"
kind = "conversation"
file = "one/late-lamp.conversation"
minutes = 5
"#;

const TALK: &str = include_str!("late-lamp.conversation");
const PLAN: &str = include_str!("late-lamp.plan");

fn course(talk: &str, plan: Option<&str>) -> Files {
    let mut files = Files::new();
    files.insert("course.toml".into(), COURSE.into());
    files.insert("one/late-lamp.conversation".into(), talk.into());
    if let Some(plan) = plan {
        files.insert("one/late-lamp.plan".into(), plan.into());
    }
    files
}

fn said(loaded: &Loaded) -> String {
    loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect()
}

#[test]
fn a_plan_is_run_kept_and_never_part_of_what_learners_get() {
    let with = load(&course(TALK, Some(PLAN)));
    assert_eq!(said(&with), "");
    assert_eq!(with.canonical["one/late-lamp.plan"], PLAN.as_bytes());
    let again = load(&with.canonical);
    assert_eq!(again.canonical, with.canonical);
    let (with, without) = (with.package.unwrap(), load(&course(TALK, None)).package.unwrap());
    assert_eq!(with, without);
    assert!(!with.json().contains("her-word-kept"));
}

#[test]
fn a_plan_is_laid_out_with_the_course() {
    let loose = PLAN.replace("\n- Two days late, sorry.", "\n-   Two days late,\n    sorry.");
    assert_ne!(loose, PLAN);
    assert_eq!(load(&course(TALK, Some(&loose))).canonical["one/late-lamp.plan"], PLAN.as_bytes());
}

#[test]
fn a_play_that_comes_to_something_else_stops_the_course() {
    let loaded = load(&course(TALK, Some(&PLAN.replace("passes: no", "passes: yes"))));
    assert!(loaded.package.is_none());
    assert!(said(&loaded).starts_with("one/late-lamp.plan:22:1: error[plan-passes]"), "{}", said(&loaded));
    let loaded = load(&course(TALK, Some("- Two days late\n")));
    assert!(said(&loaded).contains("one/late-lamp.plan:1:1: error[unexpected-line]"), "{}", said(&loaded));
    assert_eq!(loaded.canonical["one/late-lamp.plan"], b"- Two days late\n", "what cannot be read stays as it is");
}

#[test]
fn a_broken_conversation_is_told_of_once_and_not_by_its_plan_too() {
    let loaded = load(&course(&TALK.replace("-> waiting\n  decision", "-> wating\n  decision"), Some(PLAN)));
    let errors: Vec<&str> =
        loaded.diagnostics.iter().filter(|it| it.severity == Severity::Error).map(|it| it.code).collect();
    assert_eq!(errors, ["unknown-target"], "{}", said(&loaded));
}

#[test]
fn a_plan_without_a_conversation_is_not_used() {
    let mut files = course(TALK, None);
    files.insert("one/late-lam.plan".into(), PLAN.into());
    assert!(said(&load(&files)).starts_with("one/late-lam.plan: warning[unused-file]"), "{}", said(&load(&files)));
}

#[test]
fn a_recording_must_be_there_and_be_one() {
    let talk = TALK.replace("before noon.\n\n- Wonderful", "before noon.\n  audio: media/marek.mp3\n\n- Wonderful");
    let missing = load(&course(&talk, Some(PLAN)));
    assert!(missing.package.is_none());
    let shown = said(&missing);
    assert!(shown.starts_with("one/late-lamp.conversation:82:10: error[missing-media]: there is no file"), "{shown}");
    let mut files = course(&talk, Some(PLAN));
    files.insert("media/marek.mp3".into(), b"ID3\x04\0\0\0\0\0\0".to_vec());
    let loaded = load(&files);
    assert_eq!(said(&loaded), "");
    assert_eq!(loaded.package.unwrap().media["media/marek.mp3"].kind, MediaKind::Mp3);
    files.insert("media/marek.mp3".into(), b"<svg/>".to_vec());
    assert!(said(&load(&files)).contains("media/marek.mp3: error[media-type]: the content is not audio/mpeg"));
}
