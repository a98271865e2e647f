//! `colloquy course …`, run as people run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use server::course_files::read_folder;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const FLAGSHIP: &str = "working-with-people-outside";

fn flagship() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses").join(FLAGSHIP)
}

/// A place of its own for data and files.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn course(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        command
            .arg("course")
            .args(arguments)
            .env_remove("COLLOQUY_DATABASE_URL")
            .env("COLLOQUY_DATA", self.path("data"));
        command.output().unwrap()
    }

    /// A copy of the flagship course with one of its files changed.
    fn broken(&self, file: &str, change: impl Fn(&str) -> String) -> PathBuf {
        let root = self.path("broken");
        let mut files = read_folder(&flagship()).unwrap();
        let before = String::from_utf8(files[file].clone()).unwrap();
        let after = change(&before);
        assert_ne!(before, after, "nothing was changed in {file}");
        files.insert(file.to_owned(), after.into_bytes());
        server::course_files::write_folder(&root, &files).unwrap();
        root
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn shown(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn the_flagship_is_clean() {
    let desk = Desk::new();
    let folder = flagship();
    let clean = desk.course(&["check", folder.to_str().unwrap()]);
    assert_eq!(clean.status.code(), Some(0), "{}", shown(&clean));
    assert!(shown(&clean).contains("is sound"));
    let json = desk.course(&["check", folder.to_str().unwrap(), "--json"]);
    assert_eq!((json.status.code(), text(&json.stdout).trim()), (Some(0), "[]"));
}

#[test]
fn wrong_use_is_told_from_a_wrong_course() {
    let desk = Desk::new();
    for arguments in [
        &["check"][..],
        &["check", "/nowhere/at/all"],
        &["check", "x", "--loudly"],
        &["publish", "no-such-course"],
        &["export", "no-such-course", "somewhere"],
        &["fact", "shoe_size", "43"],
    ] {
        let output = desk.course(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", shown(&output));
        assert!(!output.stderr.is_empty(), "{arguments:?} says nothing");
    }
    let empty = desk.path("empty");
    std::fs::create_dir(&empty).unwrap();
    let output = desk.course(&["check", empty.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    assert!(text(&output.stdout).starts_with("course.toml: error[missing-file]: "), "{}", shown(&output));
    let json = desk.course(&["check", empty.to_str().unwrap(), "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let place = (&found[0]["file"], &found[0]["line"], &found[0]["column"]);
    assert_eq!(place, (&"course.toml".into(), &serde_json::Value::Null, &serde_json::Value::Null), "{found}");
}

/// The finding of a broken course, as data, after the text form was held against it.
fn first_error(desk: &Desk, root: &Path) -> serde_json::Value {
    let path = root.to_str().unwrap();
    let plain = desk.course(&["check", path]);
    assert_eq!(plain.status.code(), Some(1), "{}", shown(&plain));
    let json = desk.course(&["check", path, "--json"]);
    assert_eq!(json.status.code(), Some(1));
    let found: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    let error = found.into_iter().find(|found| found["severity"] == "error").unwrap();
    let head = format!(
        "{}:{}:{}: error[{}]: {}",
        error["file"].as_str().unwrap(),
        error["line"],
        error["column"],
        error["code"].as_str().unwrap(),
        error["message"].as_str().unwrap()
    );
    assert!(text(&plain.stdout).contains(&head), "{head}\nis not in\n{}", shown(&plain));
    error
}

#[test]
fn whatever_is_broken_is_named_with_its_place() {
    let talk = "promises/late-parcel-phone.conversation";
    let lesson = "first-words/public-or-private.md";
    let cases: [(&str, &str, &str, &str); 7] = [
        (talk, "-> verify\n", "-> nowhere-at-all\n", "nowhere-at-all"),
        (talk, "\n## verify\n", "\n## lonely (end: neutral)\nnote: Nobody comes here.\n\n## verify\n", "lonely"),
        (talk, "  why: Her facts, in her order", "  note: Her facts, in her order", ""),
        (talk, "  effect: trust +2\n", "  effect: patience +2\n", "patience"),
        ("course.toml", "format = 1\n", "format = = 1\n", ""),
        ("first-words/first-words.quiz", "- [x] Twice the wrong", "- [ ] Twice the wrong", ""),
        (lesson, "media/public-or-private.svg", "media/gone.svg", "gone.svg"),
    ];
    for (file, from, to, named) in cases {
        let desk = Desk::new();
        let root = desk.broken(file, |text| text.replacen(from, to, 1));
        let error = first_error(&desk, &root);
        assert_eq!(error["file"], file, "{error}");
        assert!(error["line"].as_u64().unwrap() > 0 && error["column"].as_u64().unwrap() > 0, "{error}");
        assert!(error["message"].as_str().unwrap().contains(named), "{error}");
        assert!(error["source"].as_str().is_some_and(|line| !line.is_empty()), "{error}");
    }
}

#[test]
fn export_after_import_is_the_folder_byte_for_byte() {
    let desk = Desk::new();
    let source = flagship();
    for _ in 0..2 {
        let imported = desk.course(&["import", source.to_str().unwrap()]);
        assert!(imported.status.success(), "{}", shown(&imported));
    }
    let out = desk.path("out");
    let exported = desk.course(&["export", FLAGSHIP, out.to_str().unwrap()]);
    assert!(exported.status.success(), "{}", shown(&exported));
    let (before, after) = (read_folder(&source).unwrap(), read_folder(&out).unwrap());
    assert!(before.keys().eq(after.keys()), "{:?}\n{:?}", before.keys(), after.keys());
    for (path, bytes) in &before {
        assert!(after[path] == *bytes, "{path} differs");
    }
    let again = desk.course(&["export", FLAGSHIP, out.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2), "a folder with something in it is not written over");
}

#[test]
fn publishing_asks_for_the_facts_and_then_makes_a_version() {
    let desk = Desk::new();
    let source = flagship();
    assert!(desk.course(&["import", source.to_str().unwrap()]).status.success());
    let early = desk.course(&["publish", FLAGSHIP]);
    assert_eq!(early.status.code(), Some(2));
    assert!(shown(&early).contains("colloquy course fact company_name"), "{}", shown(&early));
    for fact in domain::facts::Fact::ALL {
        let set = desk.course(&["fact", fact.key(), fact.example()]);
        assert!(set.status.success(), "{}", shown(&set));
    }
    let published = desk.course(&["publish", FLAGSHIP, "--change", "minor"]);
    assert!(published.status.success(), "{}", shown(&published));
    assert!(shown(&published).contains("Version 1"));
    let nothing = desk.course(&["publish", FLAGSHIP]);
    assert_eq!(nothing.status.code(), Some(2), "there is no draft any more");
    let out = desk.path("out");
    let exported = desk.course(&["export", FLAGSHIP, out.to_str().unwrap(), "--version", "1"]);
    assert!(exported.status.success(), "{}", shown(&exported));
    assert!(read_folder(&out).unwrap() == read_folder(&source).unwrap());
    let none = desk.course(&["export", FLAGSHIP, desk.path("two").to_str().unwrap(), "--version", "2"]);
    assert_eq!(none.status.code(), Some(2));
}
