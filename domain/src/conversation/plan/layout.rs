//! The canonical layout of a plan.

use super::{Plan, PlanLine, What, parse_plan};
use crate::{conversation::condition::Comparison, diagnostic::Diagnostic};
use std::fmt::Write as _;

/// Lays a plan out canonically: steps and what is heard in order, then what it must come to; one empty line between plays.
/// Keeps comments. Formatting twice changes nothing more.
///
/// # Errors
/// Everything found wrong, when the source cannot be read.
pub fn format_plan(source: &str, path: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse_plan(source, path);
    parsed.plan.map(|plan| print(&plan)).ok_or(parsed.diagnostics)
}

fn print(plan: &Plan) -> String {
    let mut out = String::new();
    let (above, below) = &plan.around;
    comments(above, &mut out);
    for play in &plan.plays {
        gap(&mut out);
        comments(&play.comments, &mut out);
        let _ = writeln!(out, "## {}", play.name);
        let mut lines: Vec<&PlanLine> = play.lines.iter().collect();
        lines.sort_by_key(|line| rank(&line.what));
        for line in lines {
            comments(&line.comments, &mut out);
            let _ = writeln!(out, "{}", show(&line.what));
        }
    }
    if !below.is_empty() {
        gap(&mut out);
        comments(below, &mut out);
    }
    out
}

fn gap(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn comments(comments: &[String], out: &mut String) {
    for comment in comments {
        let _ = writeln!(out, "{comment}");
    }
}

/// Results stand below everything else.
fn rank(what: &What) -> u8 {
    match what {
        What::Say(_) | What::Pick(..) | What::Silence | What::Hear(..) => 0,
        What::Score(..) => 1,
        What::Outcome(_) => 2,
        What::Passes(_) => 3,
        What::Blockers(_) => 4,
    }
}

fn show(what: &What) -> String {
    match what {
        What::Say(words) => format!("- {words}"),
        What::Pick(None, number) => format!("- #{number}"),
        What::Pick(Some(node), number) => format!("- {node} #{number}"),
        What::Silence => "- (silence)".to_owned(),
        What::Hear(speaker, words) => format!("{speaker}: {words}"),
        What::Score(Comparison::Equal, points) => format!("score: {points}"),
        What::Score(is, points) => format!("score: {} {points}", is.sign()),
        What::Outcome(kind) => format!("outcome: {}", kind.word()),
        What::Passes(passes) => format!("passes: {}", if *passes { "yes" } else { "no" }),
        What::Blockers(names) if names.is_empty() => "blockers: none".to_owned(),
        What::Blockers(names) => {
            let names: Vec<&str> = names.iter().map(crate::slug::Slug::as_str).collect();
            format!("blockers: {}", names.join(", "))
        }
    }
}
