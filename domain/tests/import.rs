//! Stories from Twine as read, and the drafts made of them, to the letter: `import/NAME.twee` or `.html` with
//! `NAME.json` and `NAME.conversation`. With `UPDATE=1` both are written anew, to be read before they are kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::{
    conversation::{self, Imported, Notation, model::Exit, parse, twee, twine_html},
    diagnostic::{Severity, has_errors},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn fixtures() -> Vec<(PathBuf, Imported)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let read = match path.extension()?.to_str()? {
            "twee" => twee,
            "html" => twine_html,
            _ => return None,
        };
        let story = read(&fs::read_to_string(&path).unwrap()).named(&name);
        Some((path, story))
    };
    let found: Vec<_> = files.into_iter().filter_map(read).collect();
    assert!(found.len() >= 10, "only {} stories found", found.len());
    found
}

#[test]
fn reads_exactly_this() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for (path, story) in fixtures() {
        let json = serde_json::to_string_pretty(&story).unwrap() + "\n";
        for (ending, now) in [("json", json), ("conversation", story.draft())] {
            let expected = path.with_extension(ending);
            if update {
                fs::write(expected, now).unwrap();
            } else if fs::read_to_string(&expected).unwrap_or_default() != now {
                wrong.push(format!("{} would now be:\n{now}", expected.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Nobody need say what a file is written in.
#[test]
fn its_notation_is_told_by_the_source_itself() {
    for (path, _) in fixtures() {
        let source = fs::read_to_string(&path).unwrap();
        let twee = path.extension().is_some_and(|it| it == "twee");
        let expected = Some(if twee { Notation::Twee } else { Notation::TwineHtml });
        assert_eq!(Notation::of(&source), expected, "{}", path.display());
        assert_eq!(Notation::of(&format!("\u{feff}{}", source.replace('\n', "\r\n"))), expected, "{}", path.display());
    }
    for neither in ["", "Dear all,\nsee :: below.", "<p>Hello</p>\n:: Start", "{\"passages\": []}", "PK\u{3}\u{4}"] {
        assert_eq!(Notation::of(neither), None, "{neither}");
    }
}

/// What an author has to do is the only thing wrong with a draft, and it cannot be published before.
#[test]
fn drafts_can_be_read_and_lack_a_key() {
    let left_to_do = BTreeSet::from([
        "missing-rationale",
        "no-success",
        "unreachable-node",
        "endless",
        "unscored",
        "same-effect",
        "long-for-public",
    ]);
    for (path, story) in fixtures() {
        let draft = story.draft();
        let parsed = parse(&draft, "draft");
        assert_eq!(parsed.diagnostics, [], "{}\n{draft}", path.display());
        let (scenario, checked) = conversation::load(&draft, "draft");
        assert!(!checked.is_sound(), "{} could be published", path.display());
        let codes: BTreeSet<&str> = checked.diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.is_subset(&left_to_do), "{}: {codes:?}", path.display());
        let count = |exit: &Exit| if let Exit::Choices { choices, .. } = exit { choices.len() } else { 0 };
        let choices: usize = scenario.unwrap().nodes.iter().map(|node| count(&node.exit)).sum();
        let unexplained = checked.diagnostics.iter().filter(|found| found.code == "missing-rationale").count();
        assert_eq!(unexplained, choices, "{}", path.display());
    }
}

#[test]
fn byte_order_marks_and_line_ends_change_nothing() {
    for (path, story) in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        let read = if path.extension().unwrap() == "twee" { twee } else { twine_html };
        let name = path.file_name().unwrap().to_str().unwrap();
        for other in [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
            assert_eq!(read(&other).named(name), story, "{name}");
        }
    }
}

#[test]
fn the_first_passage() {
    for (source, start, code) in [
        (":: A\n:: Start\n", Some("Start"), None),
        (":: StoryData\n{\"start\": \"B\"}\n:: Start\n:: B\n", Some("B"), None),
        (":: StoryData\n{\"start\": \"C\"}\n:: A\n:: Start\n", Some("Start"), Some("unknown-start")),
        (":: A\n:: B\n", Some("A"), Some("no-start")),
        (":: A [stylesheet]\n", None, Some("no-passages")),
        ("", None, Some("no-passages")),
    ] {
        let story = twee(source);
        assert_eq!(story.start.as_deref(), start, "{source}");
        assert_eq!(story.diagnostics.first().map(|found| found.code), code, "{source}");
        let draft = story.draft();
        let scenario = parse(&draft, "draft").scenario.unwrap();
        let expected = start.unwrap_or("opening").to_lowercase();
        assert_eq!(scenario.nodes[0].id.as_str(), expected, "{source}");
    }
}

/// Past a limit nothing is taken over, and the error says why.
#[test]
fn limits() {
    let passages = |count: usize| ":: P [[P]]\n".repeat(count);
    for (what, story, code) in [
        ("bytes", twee(&" ".repeat((4 << 20) + 1)), Some("too-large")),
        ("bytes of HTML", twine_html(&" ".repeat((4 << 20) + 1)), Some("too-large")),
        ("just enough bytes", twee(&format!(":: Start\n{}", " ".repeat((4 << 20) - 9))), None),
        ("passages", twee(&passages(10_001)), Some("too-many-passages")),
        ("passages and data", twee(&format!(":: StoryData\n{{}}\n{}", passages(10_000))), Some("too-many-passages")),
        ("just enough passages", twee(&passages(10_000)), None),
        ("special passages", twee(&":: S [script]\n".repeat(10_001)), Some("too-many-passages")),
        (
            "passages of HTML",
            twine_html(&format!("<tw-storydata>{}", "<tw-passagedata></tw-passagedata>".repeat(10_001))),
            Some("too-many-passages"),
        ),
        ("links", twee(&format!(":: Start\n{}", "[[Start]]".repeat(50_001))), Some("too-many-items")),
        ("macros", twee(&format!(":: Start\n{}", "<<a>>\n".repeat(50_001))), Some("too-many-items")),
    ] {
        let error = story.diagnostics.iter().find(|found| found.severity == Severity::Error);
        assert_eq!(error.map(|found| found.code), code, "{what}");
        assert_eq!(story.passages.is_empty(), code.is_some(), "{what}");
    }
}

/// A conversation holds 5,000 nodes; a larger story is read whole, and its draft says what is wrong.
#[test]
fn larger_than_a_conversation() {
    let source: String = (0..5_001).map(|at| format!(":: P{at}\n[[P{}]]\n", at + 1)).collect();
    let story = twee(&source);
    assert_eq!(story.passages.len(), 5_001);
    assert!(!has_errors(&story.diagnostics));
    assert!(story.diagnostics.iter().any(|found| found.code == "too-many"));
    let parsed = parse(&story.draft(), "draft");
    assert!(parsed.scenario.is_none());
    assert!(parsed.diagnostics.iter().all(|found| found.code == "too-many"), "{:?}", parsed.diagnostics);
}

#[test]
fn long_passages_keep_all_their_words() {
    let text: String = (0..150).map(|at| format!("Line {at}.\n\n")).collect();
    let parsed = parse(&twee(&format!(":: Start\n{text}")).draft(), "draft");
    let scenario = parsed.scenario.unwrap();
    assert_eq!(scenario.nodes[0].lines.len(), 50);
    assert!(scenario.nodes[0].lines[49].text.ends_with("Line 148. Line 149."));
}

/// Signs that never close must not make reading slow.
#[test]
fn unclosed_signs_take_no_time() {
    for sign in [
        "[[", "[[a][", "[img[", "<<a ", "<a ", "<!--", "<%", "(a:", "{a ", "/*", "/%", "![", "$", "<script", "</a ",
        "&",
    ] {
        let text = sign.repeat(60_000 / sign.len());
        let story = twee(&format!(":: Start\n{text}"));
        let draft = story.draft();
        assert!(parse(&draft, "draft").diagnostics.is_empty(), "{sign}");
        let story = twine_html(&format!("<tw-storydata><tw-passagedata name='Start'>{text}"));
        assert!(parse(&story.draft(), "draft").diagnostics.is_empty(), "{sign}");
    }
}

/// What a terminal or a database would take amiss does not come over, from a file or from a character reference.
#[test]
fn no_control_signs_come_over() {
    let twee = twee(":: A\0B\nBell\u{7} and escape\u{1b}[2J,\ttab\u{b}\n[[on\0->A\0B]]\n");
    let html = twine_html("<tw-storydata><tw-passagedata name='A&#0;B'>a&#27;[2J&#7; [[A&#0;B]]</tw-passagedata>");
    for story in [twee, html] {
        let shown = serde_json::to_string(&story.passages).unwrap() + &story.draft();
        assert!(!shown.contains(|sign: char| sign.is_control() && !matches!(sign, '\n' | '\t')), "{shown}");
        assert!(!shown.contains("\\u00"), "{shown}");
        assert_eq!(story.passages[0].links[0].target, story.passages[0].name);
        assert!(story.diagnostics.iter().all(|found| found.code != "dangling-link"));
    }
}

/// A reference may stand for a line's end; what is listed stands on a line of the file all the same.
#[test]
fn lines_are_those_of_the_file() {
    let story =
        twine_html("<tw-storydata>\n<tw-passagedata name='A'>one&#10;two&#13;<<set $x>>\n[[Nowhere]]</tw-passagedata>");
    let listed: Vec<u32> = story.unconverted.iter().map(|it| it.line).collect();
    assert_eq!(listed, [3]);
    assert!(story.diagnostics.iter().all(|found| found.span.line <= 3), "{:?}", story.diagnostics);
}
