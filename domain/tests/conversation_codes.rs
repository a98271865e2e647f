//! Every code that a conversation or a plan can give: `codes/CODE.conversation` or `codes/CODE.plan` has it and nothing
//! else, the registry explains it, and what the registry says mends it does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{self, Explanation, Solved, explain, explanations, parse_plan, run_plan};
use domain::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeSet;
use std::{fs, path::Path};

/// What a fixture may have besides, because one cannot be had without the other.
const ALSO: [(&str, &[&str]); 3] = [
    ("no-success", &["best-run-fails"]),
    ("pass-out-of-reach", &["best-run-fails", "best-is-blocked"]),
    ("not-proven", &["rarely-rated", "unread-variable"]),
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The fixture of a code, and whether it is a plan.
fn fixture(code: &str) -> Option<(String, bool)> {
    [("conversation", false), ("plan", true)].into_iter().find_map(|(end, is_plan)| {
        Some((fs::read_to_string(folder().join(format!("codes/{code}.{end}"))).ok()?, is_plan))
    })
}

fn findings(text: &str, is_plan: bool) -> Vec<Diagnostic> {
    if !is_plan {
        return conversation::load(text, "x").1.diagnostics;
    }
    let scenario = conversation::parse(include_str!("late-lamp.conversation"), "x").scenario.unwrap();
    let parsed = parse_plan(text, "x");
    let ran = parsed.plan.map(|plan| run_plan(&Solved::new(&scenario).unwrap(), &plan));
    parsed.diagnostics.into_iter().chain(ran.into_iter().flatten()).collect()
}

fn rendered(found: &[Diagnostic]) -> String {
    found.iter().map(Diagnostic::render).collect()
}

#[test]
fn the_common_conversation_and_its_plan_are_clean() {
    for (file, is_plan) in [("late-lamp.conversation", false), ("late-lamp.plan", true)] {
        let text = fs::read_to_string(folder().join(file)).unwrap();
        assert_eq!(rendered(&findings(&text, is_plan)), "", "{file}");
    }
}

#[test]
fn every_fixture_gives_its_code_and_no_other() {
    let mut wrong = Vec::new();
    for Explanation { code, severity, .. } in explanations() {
        let Some((text, is_plan)) = fixture(code) else {
            wrong.push(format!("{code} has no fixture"));
            continue;
        };
        let found = findings(&text, is_plan);
        let also = ALSO.iter().find(|(known, _)| known == code).map_or(&[][..], |(_, also)| also);
        let mine: Vec<_> = found.iter().filter(|it| it.code == *code).collect();
        if mine.is_empty() || found.iter().any(|it| it.code != *code && !also.contains(&it.code)) {
            wrong.push(format!("{code}:\n{}", rendered(&found)));
        }
        if mine.iter().any(|it| it.severity != *severity) {
            wrong.push(format!("{code} is explained as {severity:?} and given as something else"));
        }
        if mine.iter().any(|it| it.span.line == 0 || it.span.column == 0 || it.message.ends_with('.')) {
            wrong.push(format!("{code} has no place, or a message that ends in a full stop"));
        }
        if mine.iter().any(|it| it.severity == Severity::Error && it.source.is_empty()) {
            wrong.push(format!("{code} does not show its line"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_mends_it_mends_it() {
    let mut wrong = Vec::new();
    for Explanation { code, example, mended, .. } in explanations() {
        let Some((text, is_plan)) = fixture(code) else { continue };
        if text.matches(example).count() != 1 {
            wrong.push(format!("the example of {code} does not stand in its fixture"));
            continue;
        }
        let found = findings(&text.replace(example, mended), is_plan);
        if found.iter().any(|it| it.code == *code) {
            wrong.push(format!("{code} is still there:\n{}", rendered(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_and_every_code_in_the_sources_is_explained() {
    let mut codes = BTreeSet::new();
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
