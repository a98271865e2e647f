//! Reads plans.

use super::{Plan, PlanLine, Play, What, plain};
use crate::{
    conversation::{
        condition::Comparison,
        model::EndingKind,
        parse::{Place, block, slug},
        parse::{
            document::joined,
            items::{Cut, Item, cut, is_comment, is_heading},
            lines,
            piece::{Findings, Piece},
        },
    },
    diagnostic::{Diagnostic, has_errors},
    source::{nearest, offer},
};

/// The most plays in a plan, and the most lines in a play.
const PLAYS: usize = 100;
const LINES: usize = 1_000;
const EXPECTED: [&str; 4] = ["score", "outcome", "passes", "blockers"];

/// What reading a plan gave.
#[derive(Debug, Clone)]
pub struct ParsedPlan {
    /// The plan, if nothing is wrong with the source.
    pub plan: Option<Plan>,
    /// What is wrong, in reading order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a plan. `path` names the file in diagnostics. All mistakes are reported, not only the first.
#[must_use]
pub fn parse_plan(source: &str, path: &str) -> ParsedPlan {
    let lines = lines(source);
    let mut found = Findings::new(path, &lines);
    let Cut { open, briefing, items, trailing, .. } = cut(&lines);
    if let Some(open) = open {
        found
            .error("unexpected-line", open.place(), "a plan has no front matter")
            .advise("begin with the first play, `## its-name`");
    }
    let mut plan = Plan { path: path.to_owned(), source: source.to_owned(), ..Plan::default() };
    plan.around.1 = comments(&trailing);
    above(&lines, &briefing, &mut plan, &mut found);
    for item in items {
        if is_heading(item.head.text()) {
            play(&item, &mut plan, &mut found);
        } else if let Some(play) = plan.plays.last_mut() {
            line(&item, play, &mut found);
        }
    }
    if plan.plays.is_empty() && !found.has_errors() {
        let top = Place { line: 1, column: 1, length: 1 };
        found.error("no-plays", top, "the plan has no play").advise("begin one with a line `## a-good-way-through`");
    }
    for play in plan.plays.iter().filter(|play| !play.lines.iter().any(|line| line.what.is_step())) {
        found
            .error("empty-play", play.place, format!("in `{}` nothing is ever said", play.name))
            .advise("add steps: `- ` and the beginning of a choice");
    }
    let diagnostics = found.into_list();
    ParsedPlan { plan: (!has_errors(&diagnostics)).then_some(plan), diagnostics }
}

fn comments(pieces: &[Piece<'_>]) -> Vec<String> {
    pieces.iter().map(|piece| piece.text().to_owned()).collect()
}

/// Above the first play stand comments alone.
fn above(lines: &[&str], briefing: &[&str], plan: &mut Plan, found: &mut Findings<'_>) {
    let first = lines.iter().take_while(|line| !is_heading(line.trim_end())).count();
    let kept = first.saturating_sub(briefing.len());
    for (text, number) in lines.iter().take(first).zip(1u32..).skip(kept) {
        let piece = Piece::line(text, number).trim();
        if is_comment(text) {
            plan.around.0.push(piece.text().to_owned());
        } else if !piece.is_empty() {
            found
                .error("unexpected-line", piece.place(), "this line stands above the first play")
                .advise("begin a play with `## its-name`, or begin the line with `//`");
        }
    }
}

fn play(item: &Item<'_>, plan: &mut Plan, found: &mut Findings<'_>) {
    let name = item.head.from(2).trim();
    if let Some(stray) = item.body.iter().find(|piece| !piece.is_empty()) {
        found
            .error("unexpected-line", stray.place(), "a heading has nothing to continue")
            .advise("begin the line at the margin");
    }
    if plan.plays.len() >= PLAYS {
        found.error("too-many", name.place(), format!("a plan has at most {PLAYS} plays"));
    }
    let place = if name.is_empty() { item.head.place() } else { name.place() };
    // A broken name still begins a play, so that its lines are read.
    let known = slug(name, found).or_else(|| "unnamed".parse().ok());
    let Some(known) = known else { return };
    if plan.plays.iter().any(|play| play.name == known) {
        found
            .error("duplicate-play", place, format!("there are two plays `{known}`"))
            .advise("give one of them another name");
    }
    plan.plays.push(Play { name: known, place, lines: Vec::new(), comments: comments(&item.comments) });
}

fn line(item: &Item<'_>, play: &mut Play, found: &mut Findings<'_>) {
    if play.lines.len() >= LINES {
        found.error("too-many", item.head.place(), format!("a play has at most {LINES} lines"));
        return;
    }
    let words = |first: Piece<'_>| plain(&joined(&block(first, item.body.clone())));
    let head = item.head;
    let what = if head.text() == "-" || head.text().starts_with("- ") || head.text().starts_with("-\t") {
        let said = words(head.from(1).trim());
        if said.is_empty() {
            found
                .error("empty-step", head.place(), "this step does not say what is chosen")
                .advise("give the beginning of a choice, `#2` for the second one in the file, or `(silence)`");
            return;
        }
        Some(What::step(&said))
    } else if let Some((key, value)) = head.split_once(":") {
        if EXPECTED.contains(&key.text()) {
            expected(key, value, play, found)
        } else if let Some(near) = nearest(key.text(), EXPECTED).filter(|_| is_lowercase(key.text())) {
            found
                .error("unknown-field", key.place(), format!("a play is not judged by `{}`", key.text()))
                .advise(format!("did you mean `{near}:`?"));
            None
        } else {
            let said = words(value);
            if said.is_empty() {
                found.error("empty-line", head.place(), format!("`{}:` says nothing", key.text()));
                return;
            }
            Some(What::Hear(key.text().to_owned(), said))
        }
    } else {
        found
            .error("unexpected-line", head.place(), "this line is neither a step nor something said nor a result")
            .advise("begin it with `- `, with a speaker's name and a colon, or with `score:`, `outcome:`, `passes:` or `blockers:`");
        None
    };
    let place = head.place();
    play.lines.extend(what.map(|what| PlanLine { place, what, comments: comments(&item.comments) }));
}

fn is_lowercase(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What the play must come to.
fn expected(key: Piece<'_>, value: Piece<'_>, play: &Play, found: &mut Findings<'_>) -> Option<What> {
    let (what, known): (Option<What>, &[&str]) = match key.text() {
        "score" => (score(value.text()), &["82", ">= 70", "< 50"]),
        "outcome" => (ending(value.text()).map(What::Outcome), &["success", "failure", "neutral"]),
        "passes" => (yes_no(value.text()).map(What::Passes), &["yes", "no"]),
        _ if value.text() == "none" => (Some(What::Blockers(Vec::new())), &[]),
        _ => {
            let names: Vec<_> = value.split(',').into_iter().map(|part| slug(part, found)).collect();
            let names: Option<Vec<_>> = names.into_iter().collect();
            let mut names = names?;
            names.sort();
            names.dedup();
            (Some(What::Blockers(names)), &[])
        }
    };
    let Some(what) = what else {
        let (text, place) = (value.text(), if value.is_empty() { key.place() } else { value.place() });
        found
            .error("bad-value", place, format!("`{text}` cannot be expected of `{}:`", key.text()))
            .advise_with(|| offer(text, known.iter().copied(), ""));
        return None;
    };
    if play.lines.iter().any(|line| std::mem::discriminant(&line.what) == std::mem::discriminant(&what)) {
        found
            .error("duplicate-field", key.place(), format!("`{}:` is given twice", key.text()))
            .advise("keep one of them");
        return None;
    }
    Some(what)
}

fn score(text: &str) -> Option<What> {
    let signs = [
        (">=", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("!=", Comparison::NotEqual),
        (">", Comparison::Greater),
        ("<", Comparison::Less),
        ("=", Comparison::Equal),
    ];
    let (is, rest) = signs
        .into_iter()
        .find_map(|(sign, is)| Some((is, text.strip_prefix(sign)?)))
        .unwrap_or((Comparison::Equal, text));
    let points = rest.trim().parse().ok().filter(|points| *points <= 100)?;
    Some(What::Score(is, points))
}

fn ending(text: &str) -> Option<EndingKind> {
    [EndingKind::Success, EndingKind::Failure, EndingKind::Neutral].into_iter().find(|kind| kind.word() == text)
}

fn yes_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
