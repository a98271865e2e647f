//! From a document as read to a scenario: targets become positions, and each node gets its one way on.

use super::{
    document::{Document, NodeDoc, OutcomeDoc, joined},
    piece::{Advise, Findings, Piece},
    places::{ChoicePlaces, NodePlaces, Place, Places},
    suggest::offer,
};
use crate::{
    conversation::{
        model::{
            Channel, Choice, Competency, Ending, Exit, Index, Jump, Line, Node, Outcome, Rating,
            Scenario, Timer,
        },
        validate::limit,
    },
    slug::Slug,
};

struct Names {
    nodes: Vec<Slug>,
    competencies: Vec<Slug>,
}

/// The scenario with its places; `None` when anything was or is found wrong.
pub(crate) fn resolve(
    document: &Document<'_>,
    found: &mut Findings<'_>,
) -> (Option<Scenario>, Places) {
    let front = &document.front;
    let top = front.start.map_or(
        Place {
            line: 1,
            column: 1,
            length: 1,
        },
        |piece| piece.place(),
    );
    let mut places = Places {
        front: top,
        pass: top,
        ..Places::default()
    };
    places.variables = front
        .variables
        .iter()
        .map(|(_, piece)| piece.place())
        .collect();
    if let Some((_, piece)) = front.pass {
        places.pass = piece.place();
    }
    let mut competencies = competencies(document);
    competencies.sort_by(|a, b| a.0.cmp(&b.0));
    places.competencies = competencies.iter().map(|(_, place)| *place).collect();
    let names = Names {
        nodes: unique(document, found),
        competencies: competencies.into_iter().map(|(id, _)| id).collect(),
    };
    if document.nodes.is_empty() {
        found
            .error("no-nodes", top, "the conversation has no nodes")
            .advise("begin one with a line `## opening`");
    }
    let channel = front.channel.unwrap_or(Channel::Public);
    let mut nodes = Vec::new();
    for doc in &document.nodes {
        let (node, node_places) = node(doc, channel, &names, found);
        nodes.extend(node);
        places.nodes.push(node_places);
    }
    let email = channel == Channel::Email;
    if let Some(subject) = front.subject.filter(|_| !email) {
        found
            .warning(
                "unused-subject",
                subject.place(),
                "only an e-mail shows a subject",
            )
            .advise("remove it, or set `channel: email`");
    }
    if email && front.subject.is_none() && front.start.is_some() {
        found
            .error("missing-field", top, "an e-mail needs a `subject:`")
            .advise("for example `subject: Where is my parcel?`");
    }
    if found.has_errors() {
        return (None, places);
    }
    let weight = |id: &Slug| {
        front
            .weights
            .iter()
            .find(|(known, ..)| known == id)
            .map_or(1, |(_, weight, _)| *weight)
    };
    let scenario = Scenario {
        title: front
            .title
            .map(|title| title.text().to_owned())
            .unwrap_or_default(),
        family: front.family.clone(),
        channel,
        subject: front.subject.map(|subject| subject.text().to_owned()),
        parties: front.parties().cloned().collect(),
        variables: front
            .variables
            .iter()
            .map(|(variable, _)| variable.clone())
            .collect(),
        competencies: names
            .competencies
            .iter()
            .map(|id| Competency {
                id: id.clone(),
                weight: weight(id),
            })
            .collect(),
        pass: front.pass.map_or(Scenario::DEFAULT_PASS, |(pass, _)| pass),
        briefing: document.briefing.join("\n"),
        nodes,
    };
    (Some(scenario), places)
}

/// Every competency that is rated or weighed, with the first place that names it.
fn competencies(document: &Document<'_>) -> Vec<(Slug, Place)> {
    let mut all: Vec<(Slug, Place)> = Vec::new();
    let outcomes = document.nodes.iter().flat_map(|node| {
        let timer = node.timer.iter().map(|timer| &timer.outcome);
        node.choices
            .iter()
            .map(|choice| &choice.outcome)
            .chain(timer)
    });
    let rated = outcomes
        .flat_map(|outcome| &outcome.ratings)
        .map(|(id, _, piece)| (id, piece));
    let weighed = document
        .front
        .weights
        .iter()
        .map(|(id, _, piece)| (id, piece));
    for (id, piece) in weighed.chain(rated) {
        if !all.iter().any(|(known, _)| known == id) {
            all.push((id.clone(), piece.place()));
        }
    }
    all
}

/// The names of all nodes in order; a broken name is held by one that nobody can write.
fn unique(document: &Document<'_>, found: &mut Findings<'_>) -> Vec<Slug> {
    let mut names: Vec<Slug> = Vec::new();
    for (count, node) in document.nodes.iter().enumerate() {
        let Some(id) = &node.id else { continue };
        if names.contains(id) {
            found
                .error(
                    "duplicate-node",
                    node.name.place(),
                    format!("there are two nodes `{id}`"),
                )
                .advise("give one of them another name");
        }
        if count == limit::NODES {
            found.error(
                "too-many",
                node.name.place(),
                "a conversation has at most 500 nodes",
            );
        }
        names.push(id.clone());
    }
    names
}

fn target(piece: Option<Piece<'_>>, names: &Names, found: &mut Findings<'_>) -> Option<Index> {
    let piece = piece?;
    let text = piece.text();
    let at = names.nodes.iter().position(|name| name.as_str() == text);
    if at.is_none() {
        let known = names.nodes.iter().map(Slug::as_str);
        let otherwise = format!("add `## {text}`, or name an existing node");
        let advice = match super::suggest::nearest(text, known) {
            Some(near) => offer(text, [near], ""),
            None => otherwise,
        };
        found
            .error(
                "unknown-target",
                piece.place(),
                format!("there is no node `{text}`"),
            )
            .advise(advice);
    }
    at.and_then(|at| Index::try_from(at).ok())
}

fn outcome(doc: &OutcomeDoc<'_>, names: &Names, found: &mut Findings<'_>) -> Option<Outcome> {
    let mut ratings: Vec<Rating> = doc
        .ratings
        .iter()
        .filter_map(|(id, value, _)| {
            let at = names.competencies.iter().position(|known| known == id)?;
            Some(Rating {
                competency: Index::try_from(at).ok()?,
                value: *value,
            })
        })
        .collect();
    ratings.sort_by_key(|rating| rating.competency);
    Some(Outcome {
        target: target(doc.target, names, found)?,
        decision: doc.decision.clone(),
        ratings,
        effects: doc.effects.iter().map(|(effect, _)| *effect).collect(),
        blockers: doc.blockers.clone(),
        commitments: doc.commitments.clone(),
        why: joined(&doc.why),
    })
}

fn outcome_places(doc: &OutcomeDoc<'_>, text: Piece<'_>) -> ChoicePlaces {
    ChoicePlaces {
        text: text.place(),
        condition: None,
        target: doc.target.unwrap_or(text).place(),
        effects: doc.effects.iter().map(|(_, piece)| piece.place()).collect(),
    }
}

fn node(
    doc: &NodeDoc<'_>,
    channel: Channel,
    names: &Names,
    found: &mut Findings<'_>,
) -> (Option<Node>, NodePlaces) {
    let mut places = NodePlaces {
        heading: doc.name.place(),
        ..NodePlaces::default()
    };
    let exit = exit(doc, names, &mut places, found);
    let lines = doc
        .lines
        .iter()
        .map(|line| {
            let text = joined(&line.text);
            Line {
                speaker: line.speaker,
                text,
            }
        })
        .collect();
    let node = doc.id.clone().zip(exit).map(|(id, exit)| Node {
        id,
        channel: doc.channel.unwrap_or(channel),
        audience: doc.audience.clone(),
        lines,
        exit,
    });
    (node, places)
}

fn exit(
    doc: &NodeDoc<'_>,
    names: &Names,
    places: &mut NodePlaces,
    found: &mut Findings<'_>,
) -> Option<Exit> {
    let choices: Vec<Option<Choice>> = doc
        .choices
        .iter()
        .map(|choice| {
            let mut at = outcome_places(&choice.outcome, choice.place);
            at.condition = choice.condition.as_ref().map(|(_, piece)| piece.place());
            places.choices.push(at);
            let text = joined(&choice.text);
            let text = text
                .strip_prefix('\\')
                .filter(|rest| rest.starts_with('['))
                .unwrap_or(&text);
            Some(Choice {
                text: text.to_owned(),
                condition: choice
                    .condition
                    .as_ref()
                    .map(|(condition, _)| condition.clone()),
                outcome: outcome(&choice.outcome, names, found)?,
            })
        })
        .collect();
    let timer = doc.timer.as_ref().map(|timer| {
        places.timer = Some(outcome_places(&timer.outcome, timer.place));
        let outcome = outcome(&timer.outcome, names, found)?;
        Some(Timer {
            seconds: timer.seconds,
            outcome,
        })
    });
    let jumps = jumps(doc, names, places, found);
    let ways = [
        !choices.is_empty(),
        !doc.jumps.is_empty(),
        doc.end.is_some(),
    ];
    if ways.iter().filter(|way| **way).count() > 1 {
        found
            .error(
                "two-exits",
                doc.name.place(),
                format!("`{}` goes on in more than one way", doc.name.text()),
            )
            .advise("a node has choices, or jumps, or is an ending: only one of them");
        return None;
    }
    if let Some(timer) = doc.timer.as_ref().filter(|_| choices.is_empty()) {
        found
            .error(
                "timer-without-choices",
                timer.place.place(),
                "there is nothing to choose before time runs out",
            )
            .advise("remove the timer, or add choices");
    }
    if let Some((_, text)) = doc.debrief.as_ref().filter(|_| doc.end.is_none()) {
        let place = text.first().copied().unwrap_or(doc.name).place();
        found
            .error("debrief-without-end", place, "only an ending has a debrief")
            .advise("mark the node `(end: success)`, or make this a `note:`");
    }
    if let Some(kind) = doc.end {
        let debrief = doc
            .debrief
            .as_ref()
            .map(|(_, text)| joined(text))
            .unwrap_or_default();
        return Some(Exit::End(Ending { kind, debrief }));
    }
    if !doc.jumps.is_empty() {
        return Some(Exit::Jumps(jumps?));
    }
    if choices.is_empty() {
        found
            .error(
                "no-exit",
                doc.name.place(),
                format!("`{}` has no way on", doc.name.text()),
            )
            .advise("add choices, a jump `-> name`, or mark it `(end: success)`");
        return None;
    }
    let timer = match timer {
        Some(timer) => Some(timer?),
        None => None,
    };
    Some(Exit::Choices {
        choices: choices.into_iter().collect::<Option<_>>()?,
        timer,
    })
}

fn jumps(
    doc: &NodeDoc<'_>,
    names: &Names,
    places: &mut NodePlaces,
    found: &mut Findings<'_>,
) -> Option<Vec<Jump>> {
    let mut jumps = Vec::new();
    for (at, jump) in doc.jumps.iter().enumerate() {
        let last = at + 1 == doc.jumps.len();
        let condition = jump.condition.as_ref();
        places.jumps.push(ChoicePlaces {
            text: jump.place.place(),
            condition: condition.map(|(_, piece)| piece.place()),
            target: jump.target.unwrap_or(jump.place).place(),
            effects: Vec::new(),
        });
        if last && condition.is_some() {
            found
                .error(
                    "jump-without-fallback",
                    jump.place.place(),
                    "the last jump must not have a condition",
                )
                .advise("add `-> name` below it for when no condition holds");
        } else if !last && condition.is_none() {
            found
                .error(
                    "unreachable-jump",
                    doc.jumps[at + 1].place.place(),
                    "this jump is never reached",
                )
                .advise("the one above always holds; give it a condition, or remove this one");
        }
        jumps.push(target(jump.target, names, found).map(|target| Jump {
            condition: condition.map(|(condition, _)| condition.clone()),
            target,
        }));
    }
    jumps.into_iter().collect()
}
