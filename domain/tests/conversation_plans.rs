//! Plans: laid out canonically, and what they say when a play comes to something else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{Solved, format_plan, parse, parse_plan, run_plan};
use domain::diagnostic::Diagnostic;
use proptest::prelude::*;

const TALK: &str = include_str!("late-lamp.conversation");
const PLAN: &str = include_str!("late-lamp.plan");

fn run(plan: &str) -> String {
    let solved = Solved::new(&parse(TALK, "x").scenario.unwrap()).unwrap();
    let parsed = parse_plan(plan, "late-lamp.plan");
    let found = match parsed.plan {
        Some(plan) => run_plan(&solved, &plan),
        None => parsed.diagnostics,
    };
    found.iter().map(Diagnostic::render).collect()
}

#[test]
fn says_at_which_step_it_diverged_and_what_was_offered() {
    assert_eq!(run(PLAN), "");
    let said = run(&PLAN.replace("- believed #2", "- May I write to you?"));
    assert_eq!(
        said,
        "late-lamp.plan:7:1: error[plan-diverges]: `her-word-kept` cannot go on at `believed`: nothing offered begins with \
“May I write to you?”
  |
7 | - May I write to you?
  | ^^^^^^^^^^^^^^^^^^^^^
  hint: offered are #1 “Nothing new, I'm afraid. They will be in touch w…”, #2 “May I call you now? Marek at the depot knows mor…”, \
#3 “Please post your address and your number under t…”
"
    );
    let said = run(&PLAN.replace("- believed #2", "- doubted #2"));
    assert!(said.contains("the plan expects to be at `doubted`"), "{said}");
    let said = run(&PLAN.replace("- Judge me", "- #2").replace("- (silence)", "- #3"));
    assert!(said.contains("choice #2 is not offered now"), "{said}");
}

#[test]
fn one_wrong_play_does_not_hide_another() {
    let said = run(&PLAN.replace("score: 100", "score: 99").replace("passes: no", "passes: yes"));
    assert_eq!(said.matches("error[").count(), 2, "{said}");
    assert!(said.contains("`her-word-kept` comes to a score of 100"), "{said}");
    assert!(said.contains("`nobody-answers` does not pass"), "{said}");
}

#[test]
fn scores_are_compared_as_people_read_them() {
    // The second play comes to 8 of 13 points: 61.5…
    for (mark, holds) in [
        ("61", true),
        ("62", false),
        (">= 61", true),
        (">= 62", false),
        ("> 61", true),
        ("<= 62", true),
        ("< 61", false),
        ("!= 62", true),
    ] {
        let said = run(&PLAN.replace("score: >= 50", &format!("score: {mark}")));
        assert_eq!(said.is_empty(), holds, "{mark}: {said}");
    }
}

#[test]
fn lays_out_and_settles() {
    let loose = "\n// Top.\n\n// For one.\n##   one\npasses:  yes\n-  Two days\n   late\n// Why it ends so.\noutcome: failure\nInes:  Thank\n  you.\nblockers: b-b, a-a\n## two\n- #3\n// End.\n";
    let tidy = "// Top.\n// For one.\n\n## one\n- Two days late\nInes: Thank you.\n// Why it ends so.\noutcome: failure\npasses: yes\nblockers: a-a, b-b\n\n## two\n- #3\n\n// End.\n";
    assert_eq!(format_plan(loose, "x").unwrap(), tidy);
    assert_eq!(format_plan(tidy, "x").unwrap(), tidy);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text is read without panic; what can be read settles at once, keeps its comments, and can be run.
    #[test]
    fn any_plan_is_read(
        text in "(\\PC|\n|\n## [a-c]\n|\n- |- #|Ines: |score: |outcome: failure\n|passes: no\n|blockers: |// |  |\\(silence\\)\n|[0-9]){0,60}"
    ) {
        let parsed = parse_plan(&text, "x");
        for found in &parsed.diagnostics {
            let _ = found.render();
        }
        let _ = run(&text);
        if let Ok(laid_out) = format_plan(&text, "x") {
            prop_assert_eq!(format_plan(&laid_out, "x").unwrap(), laid_out.clone(), "{}", text);
            let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("//")).count();
            prop_assert_eq!(comments(&text), comments(&laid_out), "{}\n=>\n{}", text, laid_out);
        }
    }
}
