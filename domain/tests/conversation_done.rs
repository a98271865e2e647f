//! Choices that are done and not said: read, laid out, kept, told, and in no statistic of words.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{
    Difference, Event, Scenario, Solved, State, format, load, no_facts, parse, parse_plan, run_plan, turn, view::Role,
};
use domain::diagnostic::Diagnostic;

const LOOSE: &str = "---
title: The skip
limit: 60
you: Remi
them: Pauline
var told: yes/no = no
---
## opening
Pauline: Is it true?

- Nothing goes into a skip. I work there, in payroll. Remi -> thread
  rate: care -1
  why: It looks like the company.

- do:Answer Pauline, and only her, in a message that nobody else will ever be able to read. -> alone
  rate: care 2
  why: She asked, so she is answered.

## thread
Pauline: Oh.
- [not told]   do:
  Leave it there. -> over
  why: Enough was said.
- \\do: is what I say. -> over
  why: An odd thing to say.
## alone (channel: dm)
Pauline: Thank you.

- You're welcome. -> over
  effect: told = yes
  why: Kind.
## over (end: success)
";

fn scenario(text: &str) -> Scenario {
    let parsed = parse(text, "x");
    parsed.scenario.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics))
}

fn codes(text: &str) -> Vec<&'static str> {
    load(text, "x").1.diagnostics.iter().map(|it| it.code).collect()
}

#[test]
fn is_read_laid_out_and_kept() {
    let read = scenario(LOOSE);
    let tidy = format(LOOSE, "x").unwrap();
    assert!(tidy.contains("- do: Answer Pauline, and only her, in"), "{tidy}");
    assert!(tidy.contains("- [not told] do: Leave it there. -> over"), "{tidy}");
    assert!(tidy.contains("- \\do: is what I say. -> over"), "{tidy}");
    assert_eq!(format(&tidy, "x").unwrap(), tidy);
    assert_eq!(scenario(&tidy), read);
    assert!(read.is_done(0, 1) && !read.is_done(0, 0) && !read.is_done(9, 9));
    assert_eq!(read.words(1, 0, &no_facts).unwrap(), "Leave it there.");
    assert_eq!(read.words(1, 1, &no_facts).unwrap(), "do: is what I say.");
    let json = read.canonical().unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), read);
    assert_eq!(json.matches(r#""done":true"#).count(), 2, "only where it is so, so that other hashes stay: {json}");
    assert!(!json.contains(r#""done":false"#), "{json}");
}

#[test]
fn is_told_as_done() {
    let scenario = scenario(LOOSE);
    let mut state = State::start(&scenario).unwrap();
    let mut offered: Vec<_> =
        turn(&scenario, &state, 7, &no_facts).choices.into_iter().map(|it| (it.text, it.done)).collect();
    offered.sort_by_key(|it| it.1);
    assert_eq!(offered.iter().map(|it| it.1).collect::<Vec<_>>(), [false, true]);
    assert!(offered[1].0.starts_with("Answer Pauline"), "the same words, without their sign");
    state.apply(&scenario, Event::Chose(1)).unwrap();
    let now = turn(&scenario, &state, 7, &no_facts);
    assert_eq!(now.earlier.last().map(|it| (it.role, it.decision)), Some((Role::Did, Some(0))));

    let solved = Solved::new(&scenario).unwrap();
    let good = solved.debrief(&[Event::Chose(1), Event::Chose(0)], &no_facts).unwrap();
    assert_eq!(good.decisions[0].reply.role, Role::Did);
    let bad = solved.debrief(&[Event::Chose(0), Event::Chose(1)], &no_facts).unwrap();
    assert_eq!(bad.decisions[0].reply.role, Role::You);
    assert!(bad.decisions[0].better.as_ref().unwrap().done);
}

#[test]
fn marking_it_later_changes_no_score_that_was_given() {
    let said = LOOSE.replace("- do:Answer", "- Answer").replace("limit: 60\n", "");
    let (before, after) = (scenario(&said), scenario(&LOOSE.replace("limit: 60\n", "")));
    assert_eq!(before.difference(&after), Difference::Same);
}

#[test]
fn has_no_length() {
    let post = "over-the-limit";
    assert!(!codes(LOOSE).contains(&post), "longer than a post may be, which it is not");
    assert!(codes(&LOOSE.replace("- do:Answer", "- Answer")).contains(&post));
    // Four decisions in which what is best has the most letters.
    let talk = |best: &str| {
        let node = |at: usize| {
            format!(
                "## n{at}\nDana: Well?\n\n- No. -> bad\n  rate: care -1\n  why: No.\n\n- {best} -> n{}\n  rate: care 1\n  why: Yes.\n\n- Well, yes. -> bad\n  why: Hm.\n\n",
                at + 1
            )
        };
        let nodes: String = (0..4).map(node).collect();
        format!("---\ntitle: T\nyou: Sam\nthem: Dana\n---\n\n{nodes}## n4 (end: success)\n\n## bad (end: failure)\n")
    };
    let longest = "best-is-longest";
    assert!(codes(&talk("I will ask, and write by four.")).contains(&longest));
    assert!(!codes(&talk("do: Ask, and write to her by four.")).contains(&longest));
}

#[test]
fn plans_name_it_with_or_without_its_sign() {
    let solved = Solved::new(&scenario(LOOSE)).unwrap();
    for step in ["Answer Pauline", "do: Answer Pauline"] {
        let plan = parse_plan(&format!("## one\n- {step}\n- You're\noutcome: success\n"), "x").plan.unwrap();
        let found: String = run_plan(&solved, &plan).iter().map(Diagnostic::render).collect();
        assert_eq!(found, "", "{step}");
    }
}

#[test]
fn other_words_for_it_are_pointed_out() {
    for (wrong, at) in [
        (LOOSE.replace("- do:Answer", "- does: Answer"), 15),
        (LOOSE.replace("  rate: care 2\n", "  does: yes\n  rate: care 2\n"), 16),
    ] {
        let found = parse(&wrong, "x").diagnostics;
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.code, one.span.line), ("unknown-property", at));
        assert!(one.hint.as_ref().unwrap().contains("do:"), "{one:?}");
    }
}

#[test]
fn own_words_are_never_done() {
    let free = "---\ntitle: T\nyou: Sam\nthem: Dana\n---\n\n## a\nDana: Well?\n\nreply: free\n\n- Yes. -> b\n  says: I do.\n  why: So.\n\n- No. -> b\n  says: I don't.\n  why: So.\n\n## b (end: success)\n";
    let json = scenario(free).canonical().unwrap();
    assert_eq!(codes(&free.replace("- No.", "- do: Leave."))[0], "done-in-free-reply");
    let forged = json.replace(r#""text":"No.","#, r#""text":"No.","done":true,"#);
    assert_ne!(forged, json);
    assert!(serde_json::from_str::<Scenario>(&forged).is_err());
}
