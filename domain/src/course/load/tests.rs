use super::*;
use crate::{
    course::{Body, Mode, limits},
    diagnostic::Severity,
    slug::Slug,
};
use proptest::prelude::*;

mod variants;

const COURSE: &str = r#"# The demonstration
format = 1
id = "demo"
title = "Demo"
summary = "One sentence."
language = "en"
minutes = 17
keys = "single author"
guide = "guide.md"
job_aid = "job-aid.md"
facts = ["company_name", "refund_limit"]

[[competency]]
id = "acknowledge"
name = "Acknowledging"

[[module]]
id = "first"
title = "First"

[[module.activity]]
id = "read"
kind = "lesson"
file = "first/read.md"
minutes = 2

[[module.activity]]
id = "ask"
kind = "quiz"
file = "first/ask.quiz"
minutes = 5

[[module]]
id = "second"
title = "Second"
summary = "More."

[[module.activity]]
id = "talk"
kind = "conversation"
file = "second/talk.conversation"
minutes = 9
mode = "assessed"

[[module.activity]]
id = "agree"
kind = "acknowledgement"
file = "second/agree.ack"
minutes = 1
required = true
"#;

const LESSON: &str = "---
title: Read this
---
At {{company_name}}, see [the quiz](ask.quiz) and [more](#more).

## More

![A map](../media/map.svg)

![A call](media/call.mp4)
";

const QUIZ: &str = "---
title: Ask
pass: 80
attempts: unlimited
layout: one
shuffle: yes
---
Up to {{refund_limit}}.

## one (single)
competency: acknowledge
Which?

- [x] This
  why: yes
- [ ] That
  why: no
";

const TALK: &str = "---
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

const ACK: &str = "---\ntitle: Agree\nstatement: I will.\n---\nBe kind.\n";

fn good() -> Files {
    let mut files = Files::new();
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
    put("course.toml", COURSE);
    put("guide.md", "# Guide\n\n## How\n\nGently.\n");
    put("job-aid.md", "---\ntitle: Aid\n---\nListen first.\n");
    put("first/read.md", LESSON);
    put("first/ask.quiz", QUIZ);
    put("second/talk.conversation", TALK);
    put("second/agree.ack", ACK);
    put("media/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>");
    put("media/call.mp4", "\0\0\0\x18ftypmp42");
    put("media/call.vtt", "WEBVTT\n");
    put("LICENSE", "CC BY 4.0\n");
    files
}

fn errors(files: &Files) -> Vec<(String, &'static str, u32, u32)> {
    let found = load(files).diagnostics;
    let errors = found.into_iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| (found.span.file, found.code, found.span.line, found.span.column)).collect()
}

fn warnings(files: &Files) -> Vec<(String, &'static str, u32)> {
    let found = load(files).diagnostics;
    let warnings = found.into_iter().filter(|found| found.severity == Severity::Warning);
    warnings.map(|found| (found.span.file, found.code, found.span.line)).collect()
}

fn with(path: &str, from: &str, to: &str) -> Files {
    let mut files = good();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

#[test]
fn a_good_course_loads_and_its_files_are_their_own_normal_form() {
    let loaded = load(&good());
    let shown: String =
        loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(Diagnostic::render).collect();
    assert_eq!(shown, "");
    for (path, bytes) in &good() {
        let (now, then) = (String::from_utf8_lossy(&loaded.canonical[path]), String::from_utf8_lossy(bytes));
        assert_eq!(now, then, "{path}");
    }
    let package = loaded.package.unwrap();
    assert_eq!(package.modules.len(), 2);
    assert_eq!(package.activities().count(), 4);
    assert_eq!(package.media.len(), 3);
    assert_eq!(package.media["media/map.svg"].pixels, Some((10, 10)));
    assert_eq!(package.guide.as_ref().unwrap().title.as_deref(), Some("Guide"));
    let talk = package.activity(&"talk".parse().unwrap()).unwrap();
    assert!(matches!(talk.body, Body::Conversation { mode: Mode::Assessed { attempts: 1 }, .. }));
    let (before, after) = package.neighbours(&talk.id);
    assert_eq!((before.unwrap().id.as_str(), after.unwrap().id.as_str()), ("ask", "agree"));
}

#[test]
fn the_package_survives_storage_and_its_hash_means_its_content() {
    let package = load(&good()).package.unwrap();
    let stored: Package = serde_json::from_str(&package.json()).unwrap();
    assert_eq!(stored, package);
    assert_eq!(stored.hash(), package.hash());
    let other = load(&with("second/agree.ack", "Be kind.", "Be kinder.")).package.unwrap();
    assert_ne!(other.hash(), package.hash());
    let hashes = |package: &Package| package.activities().map(|activity| activity.hash).collect::<Vec<_>>();
    assert_eq!(hashes(&other)[..3], hashes(&package)[..3], "only the changed activity has another hash");
    assert_ne!(hashes(&other)[3], hashes(&package)[3]);
}

#[test]
fn untidy_files_become_tidy_ones_and_mean_the_same() {
    let mut files = good();
    let crlf = String::from_utf8(files["first/read.md"].clone()).unwrap().replace('\n', "\r\n");
    files.insert("first/read.md".into(), [b"\xEF\xBB\xBF", crlf.as_bytes()].concat());
    files.insert(
        "first/ask.quiz".into(),
        QUIZ.replace("attempts: unlimited\nlayout: one\n", "").replace("\n\n- [x]", "\n\n\n\n- [X]").into(),
    );
    files.insert(".DS_Store".into(), vec![0, 159]);
    let loaded = load(&files);
    assert_eq!(loaded.package.unwrap().hash(), load(&good()).package.unwrap().hash());
    assert_eq!(loaded.canonical, load(&good()).canonical);
}

#[test]
fn each_fault_of_the_table_of_contents_is_named_where_it_is() {
    for (from, to, expected) in [
        ("format = 1", "format = 2", vec![("bad-value", 2, 10)]),
        ("format = 1\n", "", vec![("missing-key", 1, 1)]),
        ("format = 1", "format = ", vec![("bad-toml", 2, 10)]),
        ("id = \"demo\"", "id = \"Demo course\"", vec![("bad-value", 3, 6)]),
        ("id = \"demo\"", "id = \"import\"", vec![("reserved-id", 3, 6)]),
        ("title = \"Demo\"", "titel = \"Demo\"", vec![("missing-key", 1, 1), ("unknown-key", 4, 1)]),
        ("title = \"Demo\"", "title = \" \"", vec![("bad-value", 4, 9)]),
        ("language = \"en\"", "language = \"english\"", vec![("bad-value", 6, 12)]),
        ("minutes = 17", "minutes = -1", vec![("bad-value", 7, 11)]),
        ("[\"company_name\", ", "[\"company_name\", \"company_name\", ", vec![("duplicate-fact", 11, 26)]),
        ("\"refund_limit\"]", "\"refund_limits\"]", vec![("unknown-fact", 11, 26)]),
        ("id = \"second\"", "id = \"first\"", vec![("duplicate-id", 34, 6)]),
        ("id = \"ask\"", "id = \"read\"", vec![("duplicate-id", 28, 6)]),
        ("kind = \"quiz\"", "kind = \"quizz\"", vec![("unknown-kind", 29, 8)]),
        ("kind = \"quiz\"", "kind = \"lesson\"", vec![("wrong-ending", 30, 8)]),
        ("first/ask.quiz", "first/asc.quiz", vec![("missing-file", 30, 8)]),
        ("first/ask.quiz", "../ask.quiz", vec![("bad-path", 30, 8)]),
        ("first/ask.quiz", "first/read.md", vec![("duplicate-file", 30, 8), ("wrong-ending", 30, 8)]),
        ("mode = \"assessed\"", "mode = \"exam\"", vec![("bad-value", 43, 8)]),
        ("minutes = 1\nrequired", "minutes = 1\nmode = \"practice\"\nrequired", vec![("misplaced-key", 50, 8)]),
        ("mode = \"assessed\"", "attempts = 2", vec![("misplaced-key", 43, 12)]),
        ("required = true", "required = \"yes\"", vec![("bad-value", 50, 12)]),
        ("guide = \"guide.md\"", "guide = \"guid.md\"", vec![("missing-file", 9, 9)]),
    ] {
        let all = errors(&with("course.toml", from, to));
        let own: Vec<_> = all.iter().filter(|e| e.0 == "course.toml").map(|e| (e.1, e.2, e.3)).collect();
        assert_eq!(own, expected, "{from} -> {to}: {all:?}");
        assert!(load(&with("course.toml", from, to)).package.is_none());
    }
}

#[test]
fn each_fault_of_a_file_is_named_where_it_is() {
    let mut wrong = Vec::new();
    for (path, from, to, code, line, column) in [
        ("first/read.md", "media/map.svg", "media/mapp.svg", "missing-media", 8, 1),
        ("first/read.md", "![A map]", "![]", "missing-alt", 8, 1),
        ("first/read.md", "ask.quiz", "asc.quiz", "dangling-link", 4, 26),
        ("first/read.md", "#more", "#most", "unknown-heading", 4, 51),
        ("first/read.md", "## More", "#### More", "heading-order", 6, 1),
        ("first/read.md", "{{company_name}}", "{{company}}", "unknown-fact", 4, 4),
        ("first/read.md", "{{company_name}}", "{{support_hours}}", "undeclared-fact", 4, 4),
        ("first/read.md", "ask.quiz", "javascript:x", "bad-link", 4, 26),
        ("first/ask.quiz", "- [x]", "- [ ]", "no-key", 10, 1),
        ("first/ask.quiz", "competency: acknowledge", "competency: acknowlege", "unknown-competency", 11, 13),
        ("second/talk.conversation", "-> settled", "-> setled", "unknown-target", 30, 49),
        ("second/talk.conversation", "rate: acknowledge 2", "rate: kindness 2", "unknown-competency", 15, 9),
        ("second/agree.ack", "Be kind.", "", "empty-text", 5, 0),
        ("media/map.svg", "</svg>", "<script/></svg>", "unsafe-svg", 0, 0),
        ("media/call.vtt", "WEBVTT", "1", "media-type", 0, 0),
    ] {
        let found = errors(&with(path, from, to));
        if !found.contains(&(path.to_owned(), code, line, column)) || found.iter().any(|e| e.0 != path) {
            wrong.push(format!("{path}: {from} -> {to}: {found:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_that_are_missing_or_wrong() {
    let without = |path: &str| {
        let mut files = good();
        files.remove(path);
        files
    };
    assert_eq!(errors(&without("course.toml")), [("course.toml".into(), "missing-file", 0, 0)]);
    assert_eq!(errors(&Files::new()).len(), 1);
    assert_eq!(errors(&without("media/call.vtt")), [("first/read.md".into(), "missing-captions", 10, 1)]);
    assert_eq!(errors(&without("second/talk.conversation")), [("course.toml".into(), "missing-file", 41, 8)]);
    let plus = |path: &str, bytes: &[u8]| {
        let mut files = good();
        files.insert(path.to_owned(), bytes.to_vec());
        errors(&files).into_iter().map(|e| (e.0, e.1, e.2)).collect::<Vec<_>>()
    };
    assert_eq!(plus("run.exe", b"MZ"), [("run.exe".into(), "file-type", 0)]);
    assert_eq!(plus("a/b/c/d/e/f/g/h.md", b"x"), [("a/b/c/d/e/f/g/h.md".into(), "bad-path", 0)]);
    assert_eq!(plus("../up.md", b"x"), [("../up.md".into(), "bad-path", 0)]);
    assert_eq!(plus("ü.md", b"x"), [("ü.md".into(), "bad-path", 0)]);
    assert_eq!(plus("map.svg", b"<svg width='1' height='1'/>"), [("map.svg".into(), "media-place", 0)]);
    assert_eq!(plus("first/read.md", b"ok\n\xFFno"), [("first/read.md".into(), "not-utf-8", 2)]);
    assert_eq!(plus("first/read.md", &vec![b'a'; 600 * 1024]), [("first/read.md".into(), "too-large", 0)]);
}

#[test]
fn titles_are_lines_and_no_text_hides_a_character() {
    let long = format!("title: {}", "a".repeat(201));
    for (path, from, to, code) in [
        ("course.toml", "title = \"Demo\"", r#"title = "De\r\nmo""#, "bad-value"),
        ("course.toml", "title = \"Demo\"", r#"title = "De\nmo""#, "bad-value"),
        ("course.toml", "title = \"Demo\"", r#"title = "De\u202Emo""#, "bad-value"),
        ("course.toml", "title = \"First\"", r#"title = "\u3164""#, "bad-value"),
        ("course.toml", "name = \"Acknowledging\"", r#"name = "a\u0000b""#, "bad-value"),
        ("course.toml", "One sentence.", r"One\u0000 sentence.", "bad-value"),
        ("first/ask.quiz", "title: Ask", long.as_str(), "bad-title"),
        ("first/read.md", "## More", "## Mo\u{202E}re", "unfit-character"),
        ("second/talk.conversation", "I'll look now", "I'll\u{0} look now", "unfit-character"),
        ("guide.md", "Gently.", "Gent\u{202B}ly.", "unfit-character"),
    ] {
        let found = errors(&with(path, from, to));
        assert!(found.iter().any(|error| error.0 == path && error.1 == code), "{path}: {to:?}: {found:?}");
    }
    let package = load(&with("course.toml", "title = \"Demo\"", "title = \"Cafe\u{301}\u{AD}\"")).package.unwrap();
    assert_eq!(package.title, "Café");
    let marks = with("first/read.md", "## More", "## \u{2067}עוד\u{2069}\u{200F}");
    assert!(load(&marks).diagnostics.iter().all(|found| found.code != "unfit-character"), "right-to-left text is text");
}

#[test]
fn slips_are_warned_of() {
    let has = |files: &Files, expected: (&str, &str, u32)| {
        let found = warnings(files);
        assert!(found.iter().any(|w| (w.0.as_str(), w.1, w.2) == expected), "{expected:?} not in {found:?}");
        assert!(load(files).package.is_some(), "a warning does not stop a course");
    };
    let mut files = good();
    files.insert("first/left.md".into(), b"x".to_vec());
    has(&files, ("first/left.md", "unused-file", 0));
    has(&with("course.toml", "minutes = 17", "minutes = 60"), ("course.toml", "minutes", 7));
    has(&with("second/agree.ack", "Be kind.", "Be <b>kind</b>."), ("second/agree.ack", "raw-html", 5));
    has(&with("first/read.md", "---\ntitle: Read this\n---\n", ""), ("first/read.md", "missing-title", 1));
    has(&with("first/ask.quiz", "{{refund_limit}}", "ten"), ("course.toml", "unused-fact", 11));
    let title = load(&with("first/read.md", "---\ntitle: Read this\n---\n", "")).package.unwrap();
    assert_eq!(title.activities().next().unwrap().title, "Read");
}

#[test]
fn limits_hold() {
    let mut files = good();
    for number in 0..limits::FILES {
        files.insert(format!("first/n{number}.md"), b"x".to_vec());
    }
    assert!(errors(&files).contains(&("course.toml".into(), "too-many-files", 0, 0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever happens to a file: no panic, no course with errors, and the normal form is one.
    #[test]
    fn damaged_files_are_survived_and_the_normal_form_settles(
        which in 0usize..20,
        start in 0usize..1500,
        length in 0usize..40,
        put in prop::sample::select(vec!["", "\n", "-", "#", "[", "{{", "ä", "\"", "---\n", "  why: x\n", "\r\n\r\n\r\n", "\t", "= ", "\u{0}", "<b>"]),
    ) {
        let mut files = good();
        let paths: Vec<String> = files.keys().filter(|path| !path.starts_with("media")).cloned().collect();
        let path = &paths[which % paths.len()];
        let text: Vec<char> = String::from_utf8(files[path].clone()).unwrap().chars().collect();
        let start = start % text.len();
        let end = (start + length).min(text.len());
        let damaged: String = text[..start].iter().copied().chain(put.chars()).chain(text[end..].iter().copied()).collect();
        files.insert(path.clone(), damaged.clone().into_bytes());
        let loaded = load(&files);
        prop_assert_eq!(loaded.package.is_none(), crate::diagnostic::has_errors(&loaded.diagnostics), "{}", damaged);
        for found in &loaded.diagnostics {
            let _ = found.render();
        }
        let again = load(&loaded.canonical);
        prop_assert!(again.canonical == loaded.canonical, "{}", damaged);
        if let Some(package) = loaded.package {
            prop_assert_eq!(again.package.unwrap().hash(), package.hash(), "{}", damaged);
        }
    }
}

/// What is slightly otherwise is read, or told of once, with the way out.
#[test]
fn folders_as_people_have_them() {
    let renamed = |from: &str, to: &str| {
        let mut files = with("first/read.md", from, to);
        let bytes = files.remove(from).unwrap();
        files.insert(to.to_owned(), bytes);
        files
    };
    for (from, to) in [("media/map.svg", "media/Map.SVG"), ("media/call.mp4", "media/call.MP4")] {
        assert_eq!(errors(&renamed(from, to)), [], "{to}");
        assert!(load(&renamed(from, to)).package.unwrap().media.contains_key(to));
    }
    let mut captions = good();
    let bytes = captions.remove("media/call.vtt").unwrap();
    captions.insert("media/call.VTT".into(), bytes);
    assert_eq!(errors(&captions), []);

    let below: Files = good().into_iter().map(|(path, bytes)| (format!("mine/course/{path}"), bytes)).collect();
    let found = load(&below).diagnostics;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].message.contains("mine/course") && found[0].hint.is_some());

    let mut twice = good();
    twice.insert("media/MAP.svg".into(), twice["media/map.svg"].clone());
    assert!(errors(&twice).contains(&("media/map.svg".into(), "same-name", 0, 0)), "{:?}", errors(&twice));

    let spaced = with("first/read.md", "media/map.svg", "media/my map.svg");
    assert_eq!(errors(&spaced), [("first/read.md".into(), "space-in-address", 8, 1)]);
    let mut photo = good();
    photo.insert("media/lamp.heic".into(), vec![0, 159, 146]);
    assert_eq!(load(&photo).diagnostics.iter().filter(|found| found.span.file == "media/lamp.heic").count(), 1);
}

/// Of a file that cannot be read nobody knows what it uses.
#[test]
fn what_cannot_be_read_is_told_of_alone() {
    let mut files = good();
    files.insert("first/read.md".into(), b"\xFF\xFE\0H".to_vec());
    let codes: Vec<_> = load(&files).diagnostics.into_iter().map(|found| found.code).collect();
    assert_eq!(codes.iter().filter(|code| code.starts_with("unused")).count(), 0, "{codes:?}");
    assert!(codes.contains(&"not-utf-8"));
}
