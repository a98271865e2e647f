use super::*;
use crate::diagnostic::Diagnostics;
use proptest::prelude::*;

#[test]
fn suggests_the_nearest_word_or_lists_them() {
    assert_eq!(suggest("tilte", &["title", "pass"]), "did you mean `title`?");
    assert_eq!(suggest("required", &["requires", "file"]), "did you mean `requires`?");
    assert_eq!(suggest("zzz", &["title", "pass"]), "use one of: title, pass");
}

#[test]
fn front_matter_points_at_values() {
    let source = Source::new("a.md", "---\ntitle:  The ö\nodd\npss: 3\ntitle: again\n---\nBody\n");
    let mut found = Diagnostics::default();
    let front = Front::read(&source, &["title", "pass"], &mut found);
    assert_eq!(front.body_line, 7);
    let title = front.get("title").unwrap();
    assert_eq!((title.value, title.line, title.column), ("The ö", 2, 9));
    let seen: Vec<_> = found.iter().map(|d| (d.code, d.span.line, d.span.column)).collect();
    assert_eq!(seen, [("bad-front-matter", 3, 1), ("unknown-key", 4, 1), ("duplicate-key", 5, 1)]);
}

#[test]
fn a_byte_range_becomes_line_and_column_in_characters() {
    let source = Source::new("a", "ä\nöö bad\n");
    let at = source.text.find("bad").unwrap();
    assert_eq!(source.range(&(at..at + 50)), source.span(2, 4, 3));
}

#[test]
fn tidies_but_keeps_breaks_and_code() {
    let given = "\n\nOne  \ntwo \n\n\n\n```\ncode  \n\n\nmore\n```\nend\n\n";
    assert_eq!(tidy(given), "One  \ntwo\n\n```\ncode  \n\n\nmore\n```\nend");
}

proptest! {
    #[test]
    fn tidying_twice_changes_nothing(text in "[a `~\n]{0,60}") {
        let once = tidy(&text);
        prop_assert_eq!(tidy(&once), once.clone());
    }
}
