//! The page about the format: every example on it is one that can be read, and is laid out as the formatter lays it out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{self, Solved, format, format_plan, parse, parse_plan, run_plan};
use domain::diagnostic::Diagnostic;

const PAGE: &str = include_str!("../../docs/conversation-format.md");

/// The fenced blocks of a language, with what stands behind its name.
fn blocks(language: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in PAGE.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(head)) => open = Some((head.to_owned(), String::new())),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, None) => {}
        }
    }
    let own = blocks.into_iter().filter_map(|(head, text)| {
        let (name, rest) = head.split_once(' ').unwrap_or((&head, ""));
        (name == language).then(|| (rest.to_owned(), text))
    });
    own.collect()
}

fn rendered(found: &[Diagnostic]) -> String {
    found.iter().map(Diagnostic::render).collect()
}

#[test]
fn the_whole_example_is_clean_and_its_plan_holds() {
    let (name, text) = blocks("conversation").into_iter().find(|(name, _)| !name.is_empty()).unwrap();
    let (scenario, checked) = conversation::load(&text, &name);
    assert_eq!(rendered(&checked.diagnostics), "");
    assert_eq!(format(&text, &name).unwrap(), text);
    let (name, text) = blocks("plan").remove(0);
    let parsed = parse_plan(&text, &name);
    assert_eq!(rendered(&parsed.diagnostics), "");
    assert_eq!(format_plan(&text, &name).unwrap(), text);
    let ran = run_plan(&Solved::new(&scenario.unwrap()).unwrap(), &parsed.plan.unwrap());
    assert_eq!(rendered(&ran), "");
}

#[test]
fn every_example_can_be_read_and_is_canonical() {
    let all = blocks("conversation");
    let head = &all.iter().find(|(name, text)| name.is_empty() && text.starts_with("---")).unwrap().1;
    let mut nodes = 0;
    for (_, text) in all.iter().filter(|(_, text)| text.starts_with("## ")) {
        nodes += 1;
        let whole = format!("{head}\n{text}\n## on (end: neutral)\n\n## private (channel: dm, end: neutral)\n");
        let parsed = parse(&whole, "example");
        assert_eq!(rendered(&parsed.diagnostics), "", "{text}");
        assert!(parsed.scenario.is_some(), "{text}");
        let laid_out = format(&whole, "example").unwrap();
        assert!(laid_out == whole, "not in its normal form:\n{laid_out}");
    }
    assert_eq!(nodes, 10, "an example of each construct");
    assert_eq!(format(head, "head").unwrap(), *head);
}

#[test]
fn the_page_names_every_channel_property_and_field() {
    for word in [
        "`title:`",
        "`family:`",
        "`channel:`",
        "`you:`",
        "`subject:`",
        "`reach:`",
        "`limit:`",
        "`weight:`",
        "`pass:`",
        "`worked:`",
        "`says:`",
        "`decision:`",
        "`rate:`",
        "`effect:`",
        "`blocker:`",
        "`commit:`",
        "`why:`",
        "`do:`",
        "`party:`",
    ] {
        assert!(PAGE.contains(word), "{word}");
    }
    for channel in conversation::Channel::ALL {
        assert!(PAGE.contains(&format!("\"{}\"", channel.word())), "{}", channel.word());
    }
}
