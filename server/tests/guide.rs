//! The author's guide: the course that its examples make is one that the check has nothing to say about.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use domain::course::{Body, Files, load};
use std::path::Path;

/// The files in the guide: blocks whose first line names a language and a path.
fn examples(guide: &str) -> Files {
    let mut files = Files::new();
    let mut open: Option<(String, String)> = None;
    for line in guide.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(head)) => {
                let path = head.split_once(' ').map(|(_, path)| path.to_owned()).unwrap_or_default();
                open = Some((path, String::new()));
            }
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (Some((path, text)), Some(_)) => {
                if !path.is_empty() {
                    files.insert(std::mem::take(path), std::mem::take(text).into_bytes());
                }
                open = None;
            }
            (None, None) => {}
        }
    }
    files
}

#[test]
fn the_examples_of_the_guide_make_a_clean_course() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses/README.md");
    let files = examples(&std::fs::read_to_string(path).unwrap());
    assert_eq!(files.len(), 6, "{:?}", files.keys());
    let loaded = load(&files);
    let shown: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
    assert_eq!(shown, "");
    for (path, bytes) in &files {
        let (now, then) = (String::from_utf8_lossy(&loaded.canonical[path]), String::from_utf8_lossy(bytes));
        assert!(now == then, "{path} is not in its normal form:\n{now}");
    }
    let package = loaded.package.unwrap();
    assert_eq!(package.activities().count(), 4);
    assert!(package.activities().any(|activity| matches!(activity.body, Body::Conversation { .. })));
}
