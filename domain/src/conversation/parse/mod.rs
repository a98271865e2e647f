//! Reads the text format of conversations (`*.conversation`).
//!
//! ```text
//! ---
//! title: The parcel that never came
//! you: Sam, support
//! them: Dana Whitfield (@dana_w)
//! var trust: 0..10 = 4
//! ---
//! Briefing in Markdown.
//!
//! ## opening
//! Dana: Third delivery in a row
//!   that nobody found.
//!
//! - [trust >= 3] Three times is not bad luck. I'll find out why. -> settled
//!   rate: acknowledge 2
//!   effect: trust +2
//!   why: Names what happened.
//!
//! ## settled (end: success)
//! ```
//!
//! Indented lines continue the line above; an empty line between them begins a paragraph. A line whose first signs are
//! `//` is a comment, everywhere but in the briefing. Reading never stops at a mistake: all are reported.

mod choice;
mod condition;
pub(super) mod document;
mod exit;
mod expression;
pub(crate) mod format;
mod front;
pub(super) mod items;
mod node;
mod outcome;
mod party;
pub(super) mod piece;
pub(super) mod places;
mod resolve;
mod speech;
mod variable;

use self::{document::Document, items::Cut, piece::Findings};
use super::{model::Scenario, text};
use crate::diagnostic::Diagnostic;

pub use self::places::{ChoicePlaces, NodePlaces, Place, Places};
pub(super) use self::{
    choice::{DONE, block},
    front::slug,
};

/// What reading a source gave.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The scenario, if nothing is wrong with the source.
    pub scenario: Option<Scenario>,
    /// Where everything stands.
    pub places: Places,
    /// What is wrong, in reading order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a source. `path` names the file in diagnostics.
#[must_use]
pub fn parse(source: &str, path: &str) -> Parsed {
    let lines = lines(source);
    let mut found = Findings::new(path, &lines);
    let document = read(&lines, &mut found);
    let facts = facts(&lines, &mut found);
    let (scenario, mut places) = resolve::resolve(&document, &mut found);
    path.clone_into(&mut places.path);
    source.clone_into(&mut places.source);
    places.facts = facts;
    Parsed { scenario, places, diagnostics: found.into_list() }
}

/// The source's lines, without a byte-order mark.
pub(super) fn lines(source: &str) -> Vec<&str> {
    source.strip_prefix('\u{feff}').unwrap_or(source).lines().collect()
}

fn read<'a>(lines: &[&'a str], found: &mut Findings<'_>) -> Document<'a> {
    let cut: Cut<'a> = items::cut(lines);
    let front = front::front(&cut, found);
    let mut briefing = cut.briefing;
    while briefing.last().is_some_and(|line| line.trim().is_empty()) {
        briefing.pop();
    }
    if let Some(last) = briefing.last_mut() {
        *last = last.trim_end();
    }
    let start = briefing.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    briefing.drain(..start);
    let nodes = node::nodes(cut.items, &front, found);
    Document { front, briefing, nodes, trailing: cut.trailing }
}

/// Every site fact used outside comments, with its place; what looks like one and is not is an error.
fn facts(lines: &[&str], found: &mut Findings<'_>) -> Vec<(String, Place)> {
    let mut facts = Vec::new();
    for (line, number) in lines.iter().zip(1u32..) {
        if items::is_comment(line) {
            continue;
        }
        let piece = piece::Piece::line(line, number);
        let mut from = 0;
        while let Some(open) = line[from..].find("{{").map(|at| at + from) {
            let close = line[open..].find("}}").map(|at| at + open);
            let name = close.map(|close| line[open + 2..close].trim());
            match (name, close) {
                (Some(name), Some(close)) if text::is_name(name) => {
                    facts.push((name.to_owned(), piece.part(open, close + 2).place()));
                    from = close + 2;
                }
                _ => {
                    let end = close.map_or(line.len(), |close| close + 2);
                    found
                        .error("bad-placeholder", piece.part(open, end).place(), "this is not a site fact")
                        .advise("write `{{company_name}}`, on one line: a to z, 0 to 9 and `_`");
                    from = end;
                }
            }
        }
    }
    facts
}
