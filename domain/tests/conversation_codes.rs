//! Every code that a conversation, a plan or an imported story can give: `codes/CODE.*` has it and nothing else, the registry explains it, and what the registry says mends it does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{self, Explanation, Solved, explain, explanations, parse_plan, run_plan};
use domain::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeSet;
use std::{fs, path::Path};

/// What a fixture may have besides, because one cannot be had without the other.
const ALSO: [(&str, &[&str]); 5] = [
    ("constant-variable", &["idle-condition"]),
    ("bad-story-data", &["no-start"]),
    ("no-success", &["best-run-fails"]),
    ("pass-out-of-reach", &["best-run-fails", "best-is-blocked"]),
    ("not-proven", &["rarely-rated", "unread-variable"]),
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// What a fixture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Conversation,
    Plan,
    Twee,
    Html,
}

/// The fixture of a code, read or, where it would be too large to keep, made.
fn fixture(code: &str) -> Option<(String, Kind)> {
    match code {
        "too-large" => return Some(("x".repeat(5 << 20), Kind::Twee)),
        "too-many-passages" => {
            return Some(((0..10_001).map(|at| format!(":: P{at}\nHello.\n")).collect(), Kind::Twee));
        }
        "too-many-items" => return Some((format!(":: Start\n{}", "[[Start]]\n".repeat(50_001)), Kind::Twee)),
        _ => {}
    }
    let kinds =
        [("conversation", Kind::Conversation), ("plan", Kind::Plan), ("twee", Kind::Twee), ("html", Kind::Html)];
    kinds
        .into_iter()
        .find_map(|(end, kind)| Some((fs::read_to_string(folder().join(format!("codes/{code}.{end}"))).ok()?, kind)))
}

fn findings(text: &str, kind: Kind) -> Vec<Diagnostic> {
    match kind {
        Kind::Conversation => conversation::load(text, "x").1.diagnostics,
        Kind::Twee => conversation::twee(text).diagnostics,
        Kind::Html => conversation::twine_html(text).diagnostics,
        Kind::Plan => {
            let scenario = conversation::parse(include_str!("late-lamp.conversation"), "x").scenario.unwrap();
            let parsed = parse_plan(text, "x");
            let ran = parsed.plan.map(|plan| run_plan(&Solved::new(&scenario).unwrap(), &plan));
            parsed.diagnostics.into_iter().chain(ran.into_iter().flatten()).collect()
        }
    }
}

fn rendered(found: &[Diagnostic]) -> String {
    found.iter().map(Diagnostic::render).collect()
}

#[test]
fn the_common_conversation_and_its_plan_are_clean() {
    for (file, kind) in [("late-lamp.conversation", Kind::Conversation), ("late-lamp.plan", Kind::Plan)] {
        let text = fs::read_to_string(folder().join(file)).unwrap();
        assert_eq!(rendered(&findings(&text, kind)), "", "{file}");
    }
}

#[test]
fn every_fixture_gives_its_code_and_no_other() {
    let mut wrong = Vec::new();
    for Explanation { code, severity, .. } in explanations() {
        let Some((text, kind)) = fixture(code) else {
            wrong.push(format!("{code} has no fixture"));
            continue;
        };
        let found = findings(&text, kind);
        let also = ALSO.iter().find(|(known, _)| known == code).map_or(&[][..], |(_, also)| also);
        let mine: Vec<_> = found.iter().filter(|it| it.code == *code).collect();
        if mine.is_empty() || found.iter().any(|it| it.code != *code && !also.contains(&it.code)) {
            wrong.push(format!("{code}:\n{}", rendered(&found)));
        }
        if mine.iter().any(|it| it.severity != *severity) {
            wrong.push(format!("{code} is explained as {severity:?} and given as something else"));
        }
        // A story as a whole has no place; and only the lines of what people write themselves are shown.
        let ours = matches!(kind, Kind::Conversation | Kind::Plan);
        if mine.iter().any(|it| ours && (it.span.line == 0 || it.span.column == 0) || it.message.ends_with('.')) {
            wrong.push(format!("{code} has no place, or a message that ends in a full stop"));
        }
        if mine.iter().any(|it| ours && it.severity == Severity::Error && it.source.is_empty()) {
            wrong.push(format!("{code} does not show its line"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_mends_it_mends_it() {
    let mut wrong = Vec::new();
    for Explanation { code, example, mended, .. } in explanations() {
        let Some((text, kind)) = fixture(code) else { continue };
        if code.starts_with("too-") && kind == Kind::Twee {
            continue;
        }
        if text.matches(example).count() != 1 {
            wrong.push(format!("the example of {code} does not stand in its fixture"));
            continue;
        }
        let found = findings(&text.replace(example, mended), kind);
        if found.iter().any(|it| it.code == *code) {
            wrong.push(format!("{code} is still there:\n{}", rendered(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_and_every_code_in_the_sources_is_explained() {
    // Three fixtures are made, not kept.
    let mut codes: BTreeSet<String> =
        ["too-large", "too-many-passages", "too-many-items"].into_iter().map(str::to_owned).collect();
    for file in fs::read_dir(folder().join("codes")).unwrap() {
        codes.insert(file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
    }
    let mut sources = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/conversation"), &mut sources);
    assert!(sources.len() > 30);
    for source in &sources {
        for call in [".error(", ".warning(", "diverged(", "code: "] {
            for (at, _) in source.match_indices(call) {
                let rest = source[at + call.len()..].trim_start();
                if let Some((code, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    assert!(codes.len() > 80, "{codes:?}");
    let unknown: Vec<&String> = codes.iter().filter(|code| explain(code).is_none()).collect();
    assert!(unknown.is_empty(), "not explained: {unknown:?}");
    let mut seen = BTreeSet::new();
    for known in explanations() {
        assert!(seen.insert(known.code), "`{}` is explained twice", known.code);
        assert!(codes.contains(known.code), "nothing gives `{}`", known.code);
        for text in [known.title, known.why, known.mend, known.example] {
            assert!(!text.trim().is_empty(), "{}", known.code);
        }
        assert!(known.why.ends_with('.') && known.mend.ends_with('.') && !known.title.ends_with('.'), "{}", known.code);
    }
}

/// The sources of a folder, without its tests.
fn read(folder: &Path, sources: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("codes") {
                read(&path, sources);
            }
        } else if !path.ends_with("tests.rs") {
            sources.push(fs::read_to_string(&path).unwrap());
        }
    }
}
