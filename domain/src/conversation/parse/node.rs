//! Reads nodes: a heading, what is said, and how it goes on.

use super::{
    choice::{block, choice, jump, timer},
    document::{Front, LineDoc, NodeDoc},
    front::{channel, slug},
    items::{Item, is_heading},
    piece::{Advise, Findings, Piece},
    suggest::{nearest, offer},
};
use crate::conversation::{
    model::{EndingKind, Index},
    validate::limit,
};

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
        audience: Vec::new(),
        end: None,
        lines: Vec::new(),
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
        return node;
    };
    debug_assert!(after.is_empty());
    for attribute in inside.split(',') {
        let Some((key, value)) = attribute.split_once(":") else {
            found
                .error("bad-heading", attribute.place(), format!("`{}` is not understood", attribute.text()))
                .advise("a node can have `channel: dm`, `audience: Dana + Priya` and `end: success`");
            continue;
        };
        match key.text() {
            "channel" => node.channel = channel(value, found),
            "end" => node.end = ending(value, found),
            "audience" => {
                for name in value.split('+') {
                    node.audience.extend(speaker(name, front, found));
                }
            }
            other => {
                found.error("bad-heading", key.place(), format!("a node has no `{other}`")).advise(offer(
                    other,
                    ["channel", "audience", "end"],
                    "",
                ));
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
            found.error("unknown-ending", value.place(), format!("`{other}` is no kind of ending")).advise(offer(
                other,
                ["success", "failure", "neutral"],
                "",
            ));
            // Still an ending, so that it is not also reported as a node without one.
            EndingKind::Neutral
        }
    })
}

/// The party of this name, or an error.
fn speaker(name: Piece<'_>, front: &Front<'_>, found: &mut Findings<'_>) -> Option<Index> {
    let at = front.parties().position(|party| party.name == name.text() || party.first_name() == name.text());
    if at.is_none() && !front.parties_broken {
        let known: Vec<&str> = front.parties().map(|party| party.first_name()).collect();
        let text = name.text();
        found.error("unknown-speaker", name.place(), format!("nobody here is called `{text}`")).advise(
            match nearest(text, known.iter().copied().chain(["note", "timer", "debrief"])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "known are {} and `note`; declare others above: `party: {text}`",
                    known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                ),
            },
        );
    }
    at.and_then(|at| Index::try_from(at).ok())
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
            other => {
                let speaker = if other == "note" { None } else { speaker(name, front, found) };
                if !node.choices.is_empty() || !node.jumps.is_empty() {
                    found
                        .error("line-after-choices", head.place(), "this line stands after the node's choices")
                        .advise("what is said comes first; move it up, or make it a continuation by indenting it");
                }
                let text = block(value, item.body);
                if text.iter().all(Piece::is_empty) {
                    found.error("empty-line", head.place(), format!("`{other}:` says nothing"));
                }
                node.lines.push(LineDoc { comments: item.comments, speaker, text });
            }
        }
    } else {
        found.error("unexpected-line", head.place(), "this line is neither speech nor choice nor jump").advise(
            "begin it with a speaker's name and a colon, with `- ` or with `->`; indent it to continue the line above",
        );
    }
}
