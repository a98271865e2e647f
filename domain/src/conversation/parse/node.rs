//! Reads nodes: a heading, what is said, and how it goes on.

use super::{
    choice::{block, choice, jump, timer},
    document::{Front, NodeDoc},
    front::{channel, slug},
    items::{Item, is_heading},
    piece::{Findings, Piece},
    speech::{line, speaker},
};
use crate::conversation::{model::EndingKind, validate::limit};
use crate::source::offer;

pub(crate) fn nodes<'a>(items: Vec<Item<'a>>, front: &Front<'a>, found: &mut Findings<'_>) -> Vec<NodeDoc<'a>> {
    let mut nodes: Vec<NodeDoc<'a>> = Vec::new();
    for item in items {
        if is_heading(item.head.text()) {
            if let Some(stray) = item.body.iter().find(|piece| !piece.is_empty()) {
                found
                    .error(
                        "unexpected-line",
                        stray.place(),
                        "an indented line continues the one above, and a heading has nothing to continue",
                    )
                    .advise("begin it at the margin, with a speaker's name and a colon");
            }
            nodes.push(heading(item, front, found));
        } else if let Some(node) = nodes.last_mut() {
            part(item, node, front, found);
        }
    }
    nodes
}

fn heading<'a>(item: Item<'a>, front: &Front<'a>, found: &mut Findings<'_>) -> NodeDoc<'a> {
    let whole = item.head.from(2).trim();
    let text = whole.text();
    let (name, attributes) = match text.find('(') {
        Some(open) => (whole.part(0, open).trim(), Some(whole.from(open + 1))),
        None => (whole, None),
    };
    let mut node = NodeDoc {
        comments: item.comments,
        id: None,
        name: if name.is_empty() { item.head } else { name },
        channel: None,
        broken: false,
        audience: Vec::new(),
        end: None,
        lines: Vec::new(),
        free: None,
        timer: None,
        choices: Vec::new(),
        jumps: Vec::new(),
        debrief: None,
    };
    node.id = slug(node.name, found);
    let Some(attributes) = attributes else {
        return node;
    };
    let Some((inside, after)) = attributes.split_once(")").filter(|(_, rest)| rest.is_empty()) else {
        found
            .error("bad-heading", attributes.place(), "the parenthesis is not closed at the end of the line")
            .advise("write `## private (channel: dm)`");
        node.broken = true;
        return node;
    };
    debug_assert!(after.is_empty());
    for attribute in inside.split(',') {
        let Some((key, value)) = attribute.split_once(":") else {
            found
                .error("bad-heading", attribute.place(), format!("`{}` is not understood", attribute.text()))
                .advise("a node can have `channel: dm`, `audience: Dana + Priya` and `end: success`");
            node.broken = true;
            continue;
        };
        match key.text() {
            "channel" => {
                node.channel = channel(value, found);
                node.broken |= node.channel.is_none();
            }
            "end" => node.end = ending(value, found),
            "audience" => {
                for name in value.split('+') {
                    node.audience.extend(speaker(name, front, found));
                }
            }
            other => {
                found
                    .error("bad-heading", key.place(), format!("a node has no `{other}`"))
                    .advise_with(|| offer(other, ["channel", "audience", "end"], ""));
            }
        }
    }
    node
}

fn ending(value: Piece<'_>, found: &mut Findings<'_>) -> Option<EndingKind> {
    Some(match value.text() {
        "success" => EndingKind::Success,
        "failure" => EndingKind::Failure,
        "neutral" => EndingKind::Neutral,
        other => {
            found
                .error("unknown-ending", value.place(), format!("`{other}` is no kind of ending"))
                .advise_with(|| offer(other, ["success", "failure", "neutral"], ""));
            // Still an ending, so that it is not also reported as a node without one.
            EndingKind::Neutral
        }
    })
}

fn part<'a>(item: Item<'a>, node: &mut NodeDoc<'a>, front: &Front<'a>, found: &mut Findings<'_>) {
    let head = item.head;
    let text = head.text();
    let many =
        node.lines.len() >= limit::LINES || node.choices.len() >= limit::CHOICES || node.jumps.len() >= limit::JUMPS;
    if many {
        found.error("too-many", head.place(), "this node has too many lines, choices or jumps");
    } else if text.starts_with("->") {
        node.jumps.extend(jump(item, front, found));
    } else if text == "-" || text.starts_with("- ") || text.starts_with("-\t") {
        node.choices.push(choice(item, front, found));
    } else if let Some((name, value)) = head.split_once(":") {
        match name.text() {
            "timer" => {
                if node.timer.is_some() {
                    found.error("duplicate-property", head.place(), "a node has one timer");
                } else {
                    node.timer = timer(item, value, front, found);
                }
            }
            "debrief" => {
                if node.debrief.is_some() {
                    found.error("duplicate-property", head.place(), "a node has one debrief");
                }
                node.debrief = Some((item.comments, block(value, item.body)));
            }
            "reply" => free(item, value, node, found),
            _ => line(item, value, node, front, found),
        }
    } else {
        found.error("unexpected-line", head.place(), "this line is neither speech nor choice nor jump").advise(
            "begin it with a speaker's name and a colon, with `- ` or with `->`; indent it to continue the line above",
        );
    }
}

/// `reply: free`.
fn free<'a>(item: Item<'a>, value: Piece<'a>, node: &mut NodeDoc<'a>, found: &mut Findings<'_>) {
    if value.text() != "free" {
        found
            .error("bad-value", item.head.place(), format!("`{}` is no way to reply", value.text()))
            .advise("write `reply: free`; without it the learner picks one of the choices");
        return;
    }
    if let Some(stray) = item.body.iter().find(|piece| !piece.is_empty()) {
        found.error("unexpected-line", stray.place(), "`reply: free` has nothing below it");
    }
    if node.free.replace((item.comments, item.head)).is_some() {
        found.error("duplicate-property", item.head.place(), "a node says once how the learner replies");
    }
}
