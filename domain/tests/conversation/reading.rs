//! Texts of all kinds are read, checked and laid out without panic.

use crate::generate::{shape, source, spots};
use domain::conversation::{self, format, parse};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../conversation_sample.conversation");

/// A source that is nearly right.
fn mutated() -> impl Strategy<Value = String> {
    const BITS: [&str; 33] = [
        "\n",
        "\n\n",
        "  ",
        "- ",
        "-> ",
        "## ",
        "---\n",
        "//",
        "[",
        "]",
        "(",
        ")",
        "\\[",
        ":",
        "=",
        "+1",
        "-1",
        "not ",
        " or ",
        " and ",
        "told",
        "trust",
        "why: ",
        "rate: ",
        "{{",
        "}}",
        "ü",
        "\u{feff}",
        "\t",
        "\r\n",
        "  // aside\n",
        "// aside\n",
        "timer: 5s -> settled\n",
    ];
    let edit = (0..3_usize, any::<prop::sample::Index>(), 0..14_usize, 0..BITS.len());
    prop::collection::vec(edit, 1..4).prop_map(|edits| {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for (kind, at, length, bit) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            match kind {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, BITS[bit].chars())),
                _ => {
                    let piece: Vec<char> = text[at..end].to_vec();
                    let to = (at * 7 + length) % (text.len() + 1);
                    drop(text.splice(to..to, piece));
                }
            }
        }
        text.into_iter().collect()
    })
}

/// Formatting keeps the meaning and settles at once.
fn formatting_holds(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text, "x");
    let Ok(formatted) = format(text, "x") else {
        prop_assert!(parsed.scenario.is_none());
        return Ok(());
    };
    let again = parse(&formatted, "x");
    prop_assert_eq!(&again.scenario, &parsed.scenario, "{}\n=>\n{}", text, formatted);
    prop_assert_eq!(format(&formatted, "x").unwrap(), formatted.clone(), "{}", text);
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("//")).count();
    prop_assert_eq!(comments(&formatted), comments(text), "{}\n=>\n{}", text, formatted);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in "(\\PC|\n|\t|\r|\n## |\n- |-> |---\n){0,120}") {
        let parsed = parse(&text, "x");
        for found in &parsed.diagnostics {
            let _ = found.render();
        }
        formatting_holds(&text)?;
    }

    #[test]
    fn nearly_right_text_is_read_without_panic(text in mutated()) {
        let (_, checked) = conversation::load(&text, "x");
        for found in &checked.diagnostics {
            let line = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().nth(found.span.line as usize - 1).unwrap_or_default();
            prop_assert_eq!(&found.source, line);
            prop_assert!(found.span.column >= 1 && found.span.column as usize <= line.chars().count() + 1);
            let _ = found.render();
        }
        formatting_holds(&text)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_conversations_are_laid_out(spots in spots(), shape in shape()) {
        formatting_holds(&source(&spots, shape))?;
    }
}

/// The properties above would mean little if hardly any text could be read.
#[test]
fn many_mutations_are_still_readable() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let readable = (0..300)
        .filter(|_| {
            let text = mutated().new_tree(&mut runner).unwrap().current();
            parse(&text, "x").scenario.is_some()
        })
        .count();
    assert!((50..270).contains(&readable), "{readable} of 300");
}
