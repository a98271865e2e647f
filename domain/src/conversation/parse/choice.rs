//! Reads the ways on from a node: choices, a timer, jumps.

use super::{
    condition::condition as read_condition,
    document::{Block, ChoiceDoc, Front, JumpDoc, TimerDoc},
    items::Item,
    outcome::{outcome, property},
    piece::{Findings, Piece},
};
use crate::conversation::{condition::Condition, validate::limit};

/// The first words and the lines below, without empty ones at the ends.
pub(crate) fn block<'a>(first: Piece<'a>, body: Vec<Piece<'a>>) -> Block<'a> {
    let mut block: Block<'a> = std::iter::once(first).chain(body).collect();
    while block.last().is_some_and(Piece::is_empty) {
        block.pop();
    }
    let start = block.iter().position(|piece| !piece.is_empty()).unwrap_or(block.len());
    block.drain(..start);
    block
}

/// Takes `[condition]` off the front. The outer `None` means that it could not be read.
fn guard<'a>(
    piece: Piece<'a>,
    front: &Front<'a>,
    found: &mut Findings<'_>,
) -> Option<(Option<(Condition, Piece<'a>)>, Piece<'a>)> {
    let text = piece.text();
    if !text.starts_with('[') {
        return Some((None, piece));
    }
    let Some(close) = text.find(']') else {
        found
            .error("bad-condition", piece.place(), "the condition is not closed on its line")
            .advise("end it with `]`; to begin the words themselves with a bracket, write `\\[`");
        return None;
    };
    let inside = piece.part(1, close).trim();
    let condition = read_condition(inside, front, found)?;
    Some((Some((condition, inside)), piece.from(close + 1).trim()))
}

/// What a choice begins with that is done and not said.
pub(crate) const DONE: &str = "do:";

/// Takes `do:` off the front; whether it was there.
fn done(first: &mut Piece<'_>, found: &mut Findings<'_>) -> bool {
    let text = first.text();
    if let Some(wrong) = ["does:", "action:"].into_iter().find(|wrong| text.starts_with(wrong)) {
        found
            .error("unknown-property", first.part(0, wrong.len() - 1).place(), format!("a choice has no `{wrong}`"))
            .advise("did you mean `do:`? It begins a choice that is done and not said");
    }
    let done = text.starts_with(DONE);
    if done {
        *first = first.from(DONE.len()).trim();
    }
    done
}

pub(crate) fn choice<'a>(item: Item<'a>, front: &Front<'a>, found: &mut Findings<'_>) -> ChoiceDoc<'a> {
    let head = item.head.from(1).trim();
    let properties = item.body.iter().position(|piece| property(*piece).is_some()).unwrap_or(item.body.len());
    let mut text = block(head, item.body[..properties].to_vec());
    let mut outcome = outcome(&item.body[properties..], front, found);
    let place = text.first().copied().unwrap_or(item.head);
    let mut condition = None;
    if let Some(first) = text.first_mut()
        && let Some((read, rest)) = guard(*first, front, found)
    {
        condition = read;
        *first = rest;
    }
    let done = text.first_mut().is_some_and(|first| done(first, found));
    outcome.target = arrow(&mut text, place, found);
    let text = block(Piece::line("", place.place().line), text);
    if text.is_empty() && outcome.target.is_some() {
        found
            .error("empty-choice", place.place(), "this choice says nothing")
            .advise("write what the learner says or does before the arrow");
    }
    ChoiceDoc { comments: item.comments, condition, done, text, place, outcome }
}

/// Takes `-> name` off the end.
fn arrow<'a>(text: &mut Block<'a>, place: Piece<'a>, found: &mut Findings<'_>) -> Option<Piece<'a>> {
    if let Some(last) = text.last_mut()
        && let Some(at) = last.text().rfind("->")
    {
        let target = last.from(at + 2).trim();
        let sign = last.part(at, at + 2);
        *last = last.part(0, at).trim();
        if target.is_empty() {
            found.error("missing-target", sign.place(), "this arrow leads nowhere").advise("name a node: `-> private`");
            return None;
        }
        return Some(target);
    }
    let early = text.iter().find_map(|piece| {
        let at = piece.text().rfind("->")?;
        Some(piece.from(at))
    });
    match early {
        Some(arrow) => found
            .error("missing-target", arrow.place(), "text follows the target")
            .advise("put `-> name` at the end of the choice's last line"),
        None => found
            .error("missing-target", place.place(), "this choice does not say where it leads")
            .advise("end it with `-> name` of a node"),
    }
    None
}

pub(crate) fn timer<'a>(
    item: Item<'a>,
    value: Piece<'a>,
    front: &Front<'a>,
    found: &mut Findings<'_>,
) -> Option<TimerDoc<'a>> {
    let (length, target) = match value.split_once("->") {
        Some((length, target)) if !target.is_empty() => (length, target),
        _ => {
            found
                .error(
                    "timer-without-target",
                    item.head.place(),
                    "this timer does not say what happens when time runs out",
                )
                .advise("write `timer: 20s -> silence`");
            return None;
        }
    };
    let seconds = seconds(length, found)?;
    let mut outcome = outcome(&item.body, front, found);
    if let Some(stray) = outcome.says.first() {
        found
            .error("unexpected-line", stray.place(), "silence is not said in other words")
            .advise("`says:` belongs to a choice");
    }
    outcome.target = Some(target);
    Some(TimerDoc { comments: item.comments, seconds, place: value, outcome })
}

/// `20s` or `2m`, or an error.
pub(crate) fn seconds(length: Piece<'_>, found: &mut Findings<'_>) -> Option<u32> {
    let text = length.text();
    let seconds = text
        .strip_suffix('s')
        .and_then(|count| count.trim_end().parse().ok())
        .or_else(|| {
            let minutes: u32 = text.strip_suffix('m')?.trim_end().parse().ok()?;
            minutes.checked_mul(60)
        })
        .filter(|seconds| (1..=limit::SECONDS).contains(seconds));
    if seconds.is_none() {
        found
            .error("bad-timer", length.place(), format!("`{text}` is not a length of time"))
            .advise("write seconds or minutes, up to an hour: `20s`, `2m`");
    }
    seconds
}

pub(crate) fn jump<'a>(item: Item<'a>, front: &Front<'a>, found: &mut Findings<'_>) -> Option<JumpDoc<'a>> {
    let place = item.head;
    if let Some(stray) = item.body.iter().find(|piece| !piece.is_empty()) {
        found.error("unexpected-line", stray.place(), "a jump has nothing below it");
    }
    let (condition, target) = guard(place.from(2).trim(), front, found)?;
    if target.is_empty() {
        found.error("missing-target", place.place(), "this arrow leads nowhere").advise("name a node: `-> private`");
    }
    let target = Some(target).filter(|target| !target.is_empty());
    Some(JumpDoc { comments: item.comments, condition, place, target })
}
