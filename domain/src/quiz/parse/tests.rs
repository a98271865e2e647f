use super::{
    super::{format::format, samples},
    *,
};
use crate::quiz::{Key, Rating};
use proptest::prelude::*;

const GOOD: &str = "---
title: Public or private?
pass: 80
attempts: 3
layout: one
shuffle: yes
---
Take your time.

## order-number (single)
competency: privacy
A customer writes in public:

> Where is my parcel?

- a list in the question
- [a link](https://example.org) in the question

- [x] Ask for a private message
  and say why.
  why: Nobody else reads it.
    Not even by chance.
- [ ] Ask for the order number
  why: Everybody reads it.

why: Personal data never in public.

## which-two (multiple)
Which two?

- [x] One
  why: a
- [ ] Two
  why: b
- [x] Three
  why: c

## holds (true-false)
It holds.

- [ ] True
- [x] False

why: It does not.

## rate (judgement)
Rate each.

- (4) Very good
  why: a
- (1) Harmful
  why: b
";

fn codes(text: &str) -> Vec<(&'static str, u32, u32)> {
    parse(text, "q.quiz").diagnostics.iter().map(|d| (d.code, d.span.line, d.span.column)).collect()
}

#[test]
fn a_good_quiz_reads_and_is_its_own_normal_form() {
    let parsed = parse(GOOD, "q.quiz");
    assert_eq!(parsed.diagnostics, []);
    let quiz = parsed.quiz.unwrap();
    assert_eq!(format(&quiz), GOOD);
    assert_eq!(quiz.items.len(), 4);
    let first = &quiz.items[0];
    assert!(first.stem.contains("> Where is my parcel?") && first.stem.contains("[a link]"));
    assert_eq!(first.options[0].text, "Ask for a private message\nand say why.");
    assert_eq!(first.options[0].why.as_deref(), Some("Nobody else reads it.\nNot even by chance."));
    assert_eq!(parsed.competencies[0].1.line, 11);
    assert_eq!(quiz.items[3].options[0].key, Key::Rated(Rating::ALL[3]));
}

#[test]
fn each_single_fault_is_named_where_it_is() {
    for (from, to, expected) in [
        ("title: Public or private?", "tilte: x", vec![("missing-key", 1, 1), ("unknown-key", 2, 1)]),
        ("title: Public or private?", "title:", vec![("missing-value", 2, 1)]),
        ("pass: 80", "pass: 101", vec![("bad-value", 3, 7)]),
        ("pass: 80", "pass: 0", vec![("bad-value", 3, 7)]),
        ("attempts: 3", "attempts: none", vec![("bad-value", 4, 11)]),
        ("layout: one", "layout: on", vec![("bad-value", 5, 9)]),
        ("shuffle: yes", "shuffle: true", vec![("bad-value", 6, 10)]),
        ("(single)", "(simple)", vec![("unknown-kind", 10, 18)]),
        ("order-number (single)", "order-number", vec![("missing-kind", 10, 1)]),
        ("order-number (single)", "Order Number (single)", vec![("bad-id", 10, 4)]),
        ("## holds (", "## which-two (", vec![("duplicate-id", 38, 4)]),
        ("- [x] Ask", "- [ ] Ask", vec![("no-key", 10, 1)]),
        ("- [ ] Ask for the", "- [x] Ask for the", vec![("many-keys", 23, 1)]),
        ("- [x] False", "- [ ] False", vec![("no-key", 38, 1)]),
        ("- [ ] True\n", "- [ ] True\n- [ ] Maybe\n", vec![("true-false-options", 38, 1)]),
        ("- [ ] Two", "- [y] Two", vec![("bad-key", 33, 3)]),
        ("- [ ] Two", "- (2) Two", vec![("bad-key", 33, 3)]),
        ("- (4) Very", "- (5) Very", vec![("bad-key", 49, 3)]),
        ("- (4) Very", "- (0) Very", vec![("bad-key", 49, 3)]),
        ("- (4) Very good", "- (4)", vec![("empty-option", 49, 1)]),
        ("- (4) Very", "- [x] Very", vec![("bad-key", 49, 3)]),
        ("  why: b\n- [x] Three", "- [x] Three", vec![("missing-why", 33, 1)]),
        ("  why: b\n- [x] Three", "  why:\n- [x] Three", vec![("missing-why", 33, 1), ("missing-why", 34, 1)]),
        ("\nwhy: It does not.", "", vec![("missing-why", 41, 1), ("missing-why", 42, 1)]),
        ("It holds.", "", vec![("missing-stem", 38, 1)]),
        ("- (1) Harmful\n  why: b\n", "", vec![("too-few-options", 46, 1)]),
        ("- (1) Harmful", "- (1) Very good", vec![("duplicate-option", 51, 1)]),
        ("why: Personal data never in public.", "Personal data.", vec![("stray-text", 26, 1)]),
        ("competency: privacy", "competency: Data Privacy", vec![("bad-id", 11, 13)]),
        ("- [x] Three", "- [x] All of the above", vec![("depends-on-order", 35, 0)]),
        ("- [ ] Two", "- [x] Two", vec![("all-right", 28, 0)]),
    ] {
        assert!(GOOD.contains(from), "{from}");
        assert_eq!(codes(&GOOD.replacen(from, to, 1)), expected, "{from} -> {to}");
    }
}

#[test]
fn hints_help() {
    let found = parse(&GOOD.replace("(single)", "(singel)"), "q.quiz").diagnostics;
    let shown = found[0].render();
    assert!(shown.starts_with("q.quiz:10:18: error[unknown-kind]"), "{shown}");
    assert!(shown.contains("## order-number (singel)") && shown.contains("did you mean `single`?"), "{shown}");
}

#[test]
fn an_empty_quiz_is_no_quiz() {
    assert_eq!(codes("---\ntitle: x\n---\n"), [("no-items", 3, 0)]);
    assert_eq!(codes("")[0].0, "missing-key");
    assert_eq!(codes("---\ntitle: x\n")[0].0, "open-front-matter");
}

#[test]
fn samples_survive_the_round_trip() {
    let quiz = samples::quiz();
    assert_eq!(parse(&format(&quiz), "q").quiz.unwrap(), quiz);
}

proptest! {
    #[test]
    fn nothing_makes_the_reader_panic_and_normal_forms_are_stable(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "---", "title: x", "pass: 5", "## a (single)", "## b (judgement)", "## c", "- [x] yes", "- [ ] no",
                "- (3) rate", "- (ä) rate", "  why: so", "why: all", "  more", "text", "", "- [", "- []", "competency: ö",
                "```", "## (", "## )(", "ü: ö", "\t- [x] tab",
            ]),
            0..24,
        )
    ) {
        let text = lines.join("\n");
        for text in [text.clone(), format!("---\ntitle: x\n---\n{text}")] {
            let parsed = parse(&text, "q");
            prop_assert_eq!(parsed.quiz.is_none(), crate::diagnostic::has_errors(&parsed.diagnostics));
            if let Some(quiz) = parsed.quiz {
                let once = format(&quiz);
                let again = parse(&once, "q").quiz;
                prop_assert_eq!(again.as_ref(), Some(&quiz), "{}", once);
                prop_assert_eq!(format(&quiz), once);
            }
        }
    }
}
