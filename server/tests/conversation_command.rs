//! `colloquy conversation …`, run as people run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const TALK: &str = include_str!("../../domain/tests/late-lamp.conversation");
const PLAN: &str = include_str!("../../domain/tests/late-lamp.plan");

/// A folder with the late lamp and its plan.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.put("late-lamp.conversation", TALK);
        desk.put("late-lamp.plan", PLAN);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.type_in(arguments, "")
    }

    fn type_in(&self, arguments: &[&str], typed: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_colloquy"))
            .arg("conversation")
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that ends before it reads everything closes its input.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        child.wait_with_output().unwrap()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn shown(output: &Output) -> String {
    out(output) + &String::from_utf8_lossy(&output.stderr)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|problem| panic!("{problem}: {}", shown(output)))
}

#[test]
fn check_tells_clean_wrong_and_wrong_use_apart() {
    let desk = Desk::new();
    let clean = desk.run(&["check", "late-lamp.conversation"]);
    assert_eq!(code(&clean), 0, "{}", shown(&clean));
    assert!(out(&clean).contains("“The late lamp” is sound: 8 nodes, 21 states"), "{}", shown(&clean));
    let clean = json(&desk.run(&["check", "late-lamp.conversation", "--json"]));
    assert_eq!(clean, serde_json::json!({ "errors": [], "warnings": [], "proven": true }));

    desk.put("broken.conversation", &TALK.replace("-> waiting\n  decision", "-> wating\n  decision"));
    let broken = desk.run(&["check", "broken.conversation"]);
    assert_eq!(code(&broken), 1);
    assert!(out(&broken).contains("broken.conversation:26:70: error[unknown-target]: there is no node `wating`"));
    let found = json(&desk.run(&["check", "broken.conversation", "--json"]));
    let error = &found["errors"][0];
    assert_eq!((&error["code"], &error["line"], &error["column"]), (&"unknown-target".into(), &26.into(), &70.into()));
    assert_eq!(error["help"], "did you mean `waiting`?");
    assert_eq!(found["proven"], false);

    for arguments in
        [&["check"][..], &["check", "nowhere.conversation"], &["check", "late-lamp.conversation", "--loud"]]
    {
        let output = desk.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn a_plan_that_does_not_hold_is_an_error_at_its_line() {
    let desk = Desk::new();
    let holds = desk.run(&["check", "late-lamp.plan"]);
    assert_eq!((code(&holds), out(&holds).as_str()), (0, "late-lamp.plan: every play comes to what it says.\n"));
    desk.put("late-lamp.plan", &PLAN.replace("score: 100", "score: 90"));
    for file in ["late-lamp.plan", "late-lamp.conversation"] {
        let output = desk.run(&["check", file]);
        assert_eq!(code(&output), 1, "{file}");
        assert!(out(&output).contains("late-lamp.plan:10:1: error[plan-score]"), "{}", shown(&output));
    }
}

#[test]
fn fmt_settles_and_keeps_what_it_cannot_read() {
    let desk = Desk::new();
    let loose = TALK.replace("pass: 80\n---\n", "---\n").replace("title:", "pass:   80\ntitle:");
    desk.put("loose.conversation", &loose);
    assert_eq!(code(&desk.run(&["fmt", "loose.conversation", "--check"])), 1);
    assert_eq!(std::fs::read_to_string(desk.path("loose.conversation")).unwrap(), loose);
    assert_eq!(code(&desk.run(&["fmt", "loose.conversation"])), 0);
    assert_eq!(std::fs::read_to_string(desk.path("loose.conversation")).unwrap(), TALK);
    assert_eq!(code(&desk.run(&["fmt", "loose.conversation", "--check"])), 0);
    assert_eq!(code(&desk.run(&["fmt", "late-lamp.plan", "--check"])), 0);
    desk.put("broken.conversation", "## opening\n");
    let output = desk.run(&["fmt", "broken.conversation"]);
    assert_eq!(code(&output), 1);
    assert!(shown(&output).contains("no-front-matter"));
    assert_eq!(std::fs::read_to_string(desk.path("broken.conversation")).unwrap(), "## opening\n");
}

#[test]
fn play_shows_no_key_before_the_end_and_debriefs_after_it() {
    let desk = Desk::new();
    let left = desk.type_in(&["play", "late-lamp.conversation", "--seed", "3"], "nonsense\n9\n");
    assert_eq!(code(&left), 0);
    assert!(out(&left).contains("Ines Duarte: My lamp was meant to come on Monday"), "{}", shown(&left));
    assert!(out(&left).contains("Type the number of a reply."));
    assert!(!out(&left).contains("why:") && !out(&left).contains("One thing that you do yourself"), "{}", out(&left));
    let again = desk.type_in(&["play", "late-lamp.conversation", "--seed", "3"], "nonsense\n9\n");
    assert_eq!(out(&left), out(&again), "the same seed shuffles alike");
    let done = desk.type_in(&["play", "late-lamp.conversation", "--seed", "3"], "0\n1\n1\n1\n1\n");
    assert!(out(&done).contains("pass mark 80"), "{}", shown(&done));
    assert!(out(&done).contains("1. opening: (silence)") && out(&done).contains("better: Two days late"));
}

#[test]
fn policies_play_and_chance_is_repeatable() {
    let desk = Desk::new();
    let fare = |policy: &str| {
        let arguments =
            ["play", "late-lamp.conversation", "--policy", policy, "--runs", "500", "--seed", "7", "--json"];
        json(&desk.run(&arguments))
    };
    assert_eq!(fare("best")["mean"], 100.0);
    assert_eq!(fare("best")["passing"], 100.0);
    assert_eq!(fare("first")["passing"], 0.0);
    assert_eq!(fare("longest")["passing"], 0.0);
    let random = fare("random");
    assert_eq!(random, fare("random"));
    assert!((20.0..45.0).contains(&random["mean"].as_f64().unwrap()), "{random}");
    assert_eq!(random["runs"], 500);
    assert_eq!(code(&desk.run(&["play", "late-lamp.conversation", "--runs", "5"])), 2, "runs need a policy");
    assert_eq!(code(&desk.run(&["play", "late-lamp.conversation", "--policy", "worst"])), 2);
}

#[test]
fn regrets_add_up_to_what_was_lost() {
    let desk = Desk::new();
    let scored = json(&desk.run(&["score", "late-lamp.conversation", "--choices", "silence,3,2", "--json"]));
    let sum: i64 = scored["decisions"].as_array().unwrap().iter().map(|it| it["regret"].as_i64().unwrap()).sum();
    assert_eq!(sum, scored["best"].as_i64().unwrap() - scored["points"].as_i64().unwrap());
    assert_eq!((&scored["outcome"], &scored["passed"]), (&"success".into(), &false.into()));
    assert_eq!(scored["decisions"][0]["said"], Value::Null);
    assert!(scored["decisions"][0]["better"].as_str().unwrap().starts_with("Two days late"));

    let plays = json(&desk.run(&["score", "late-lamp.conversation", "--plan", "late-lamp.plan", "--json"]));
    let names: Vec<&str> = plays.as_array().unwrap().iter().map(|it| it["play"].as_str().unwrap()).collect();
    assert_eq!(names, ["her-word-kept", "nobody-answers", "asked-in-the-open"]);
    assert_eq!(plays[0]["score"], 100.0);
    assert_eq!(plays[2]["blockers"][0], "asks-personal-data-in-public");

    let wrong = desk.run(&["score", "late-lamp.conversation", "--choices", "2,9"]);
    assert_eq!(code(&wrong), 1);
    assert!(shown(&wrong).contains("step 2: there is no choice #9; offered are #1"), "{}", shown(&wrong));
    let unfinished = desk.run(&["score", "late-lamp.conversation", "--choices", "2"]);
    assert_eq!(code(&unfinished), 1);
    assert!(shown(&unfinished).contains("the conversation is not over"));
    for choices in ["x", "0", ""] {
        assert_eq!(code(&desk.run(&["score", "late-lamp.conversation", "--choices", choices])), 2, "{choices}");
    }
    assert_eq!(code(&desk.run(&["score", "late-lamp.conversation"])), 2);
}

#[test]
fn every_code_is_explained() {
    let desk = Desk::new();
    let one = desk.run(&["explain", "unknown-target"]);
    assert_eq!(code(&one), 0);
    assert!(out(&one).starts_with("error[unknown-target]: "), "{}", out(&one));
    assert!(out(&one).contains("    - Judge me by four o'clock. -> phone"));
    let all = json(&desk.run(&["explain", "--json"]));
    let codes = all.as_array().unwrap();
    assert!(codes.len() > 90);
    let listed = out(&desk.run(&["explain"]));
    for known in codes {
        let code = known["code"].as_str().unwrap();
        assert!(listed.lines().any(|line| line.split_whitespace().next() == Some(code)), "{code}");
    }
    let unknown = desk.run(&["explain", "target"]);
    assert_eq!(code(&unknown), 2);
    assert!(shown(&unknown).contains("unknown-target"), "{}", shown(&unknown));
}

#[test]
fn stories_become_drafts_and_lose_nothing_silently() {
    let desk = Desk::new();
    desk.put(
        "story.twee",
        ":: StoryTitle\nThe lamp\n\n:: Start [first]\nWhere is it?\n<<set $calm to 1>>\n[[I'll look->Found]]\n\n:: Found\nThanks.\n",
    );
    let converted = desk.run(&["convert", "story.twee", "--from", "twee", "--json"]);
    assert_eq!(code(&converted), 0, "{}", shown(&converted));
    let story = json(&converted);
    assert_eq!((&story["start"], &story["passages"][0]["tags"][0]), (&"Start".into(), &"first".into()));
    assert_eq!(story["passages"][0]["links"][0]["target"], "Found");
    assert_eq!(story["unconverted"][0]["line"], 6);
    assert!(story["unconverted"][0]["what"].as_str().unwrap().contains("set $calm"), "{story}");
    desk.put("loose.twee", ":: Start\nOn [[away]].\n");
    let loose = desk.run(&["convert", "loose.twee", "--from", "twee", "--json"]);
    assert_eq!(json(&loose)["diagnostics"][0]["code"], "dangling-link");
    assert!(loose.stderr.is_empty(), "what is in the JSON is not said twice");
    let draft = desk.run(&["convert", "story.twee", "--from", "twee"]);
    desk.put("draft.conversation", &out(&draft));
    let check = json(&desk.run(&["check", "draft.conversation", "--json"]));
    let codes: Vec<&str> = check["errors"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"missing-rationale"), "a draft has no key: {check}");
    let wrong = desk.run(&["convert", "story.twee", "--from", "twine-html"]);
    assert_eq!(code(&wrong), 1, "{}", shown(&wrong));
    assert!(shown(&wrong).contains("no-story"));
    assert_eq!(code(&desk.run(&["convert", "story.twee", "--from", "ink"])), 2);
}

#[test]
fn the_list_has_every_shipped_conversation() {
    let desk = Desk::new();
    let list = json(&desk.run(&["list", "--json"]));
    let list = list.as_array().unwrap();
    let mut files = 0;
    count(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses"), &mut files);
    assert_eq!(list.len(), files);
    for talk in list {
        assert!(talk["best"].as_i64() > talk["worst"].as_i64(), "{talk}");
        for bot in talk["bots"].as_array().unwrap() {
            let best = bot["policy"] == "best";
            assert_eq!(bot["score"] == 100.0, best, "{talk}");
            assert!(best || bot["passing"].as_f64().unwrap() < 20.0, "{talk}");
        }
    }
}

fn count(folder: &Path, files: &mut usize) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count(&path, files);
        } else if path.extension().is_some_and(|end| end == "conversation") {
            *files += 1;
        }
    }
}

#[test]
fn what_is_done_is_played_and_told_as_done() {
    let desk = Desk::new();
    desk.put(
        "skip.conversation",
        "---\ntitle: The skip\nyou: Remi\nthem: Pauline\n---\n\n## a\nPauline: Is it true?\n\n- do: Answer her alone. -> b\n  why: So.\n\n## b (end: success)\n",
    );
    let played = out(&desk.type_in(&["play", "skip.conversation"], "1\n"));
    for line in ["  1. [do] Answer her alone.", "1. a: [do] Answer her alone."] {
        assert!(played.contains(line), "{played}");
    }
    assert!(!played.contains("Remi: Answer"), "{played}");
}
