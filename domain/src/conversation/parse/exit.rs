//! Resolves how a node goes on: names become positions, and there must be exactly one way.

use super::{
    choice::DONE,
    document::{NodeDoc, OutcomeDoc, joined},
    piece::{Findings, Piece},
    places::{ChoicePlaces, NodePlaces},
    resolve::Names,
};
use crate::conversation::model::{Choice, Ending, Exit, Index, Jump, Outcome, Rating, Timer};

fn target(piece: Option<Piece<'_>>, names: &Names<'_>, found: &mut Findings<'_>) -> Option<Index> {
    let piece = piece?;
    let text = piece.text();
    let at = names.node(text);
    if at.is_none() {
        let advice = || match names.near(text) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `## {text}`, or name an existing node"),
        };
        found.error("unknown-target", piece.place(), format!("there is no node `{text}`")).advise_with(advice);
    }
    at
}

fn outcome(doc: &OutcomeDoc<'_>, names: &Names<'_>, found: &mut Findings<'_>) -> Option<Outcome> {
    let mut ratings: Vec<Rating> = doc
        .ratings
        .iter()
        .filter_map(|(id, value, _)| {
            let at = names.competencies.binary_search(id).ok()?;
            Some(Rating { competency: Index::try_from(at).ok()?, value: *value })
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

pub(crate) fn exit(
    doc: &NodeDoc<'_>,
    names: &Names<'_>,
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
            let escaped = |rest: &&str| rest.starts_with('[') || rest.starts_with(DONE);
            let text = text.strip_prefix('\\').filter(escaped).unwrap_or(&text);
            Some(Choice {
                text: text.to_owned(),
                done: choice.done,
                says: choice.outcome.says.iter().map(|piece| piece.text().to_owned()).collect(),
                condition: choice.condition.as_ref().map(|(condition, _)| condition.clone()),
                outcome: outcome(&choice.outcome, names, found)?,
            })
        })
        .collect();
    let timer = doc.timer.as_ref().map(|timer| {
        places.timer = Some(outcome_places(&timer.outcome, timer.place));
        let outcome = outcome(&timer.outcome, names, found)?;
        Some(Timer { seconds: timer.seconds, outcome })
    });
    let jumps = jumps(doc, names, places, found);
    let ways = [!choices.is_empty(), !doc.jumps.is_empty(), doc.end.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        found
            .error("two-exits", doc.name.place(), format!("`{}` goes on in more than one way", doc.name.text()))
            .advise("a node has choices, or jumps, or is an ending: only one of them");
        return None;
    }
    if let Some(timer) = doc.timer.as_ref().filter(|_| choices.is_empty()) {
        found
            .error("timer-without-choices", timer.place.place(), "there is nothing to choose before time runs out")
            .advise("remove the timer, or add choices");
    }
    if let Some((_, text)) = doc.debrief.as_ref().filter(|_| doc.end.is_none()) {
        let place = text.first().copied().unwrap_or(doc.name).place();
        found
            .error("debrief-without-end", place, "only an ending has a debrief")
            .advise("mark the node `(end: success)`, or make this a `note:`");
    }
    if let Some(kind) = doc.end {
        let debrief = doc.debrief.as_ref().map(|(_, text)| joined(text)).unwrap_or_default();
        return Some(Exit::End(Ending { kind, debrief }));
    }
    if !doc.jumps.is_empty() {
        return Some(Exit::Jumps(jumps?));
    }
    if choices.is_empty() {
        found
            .error("no-exit", doc.name.place(), format!("`{}` has no way on", doc.name.text()))
            .advise("add choices, a jump `-> name`, or mark it `(end: success)`");
        return None;
    }
    let timer = match timer {
        Some(timer) => Some(timer?),
        None => None,
    };
    Some(Exit::Choices { choices: choices.into_iter().collect::<Option<_>>()?, timer })
}

fn jumps(doc: &NodeDoc<'_>, names: &Names<'_>, places: &mut NodePlaces, found: &mut Findings<'_>) -> Option<Vec<Jump>> {
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
        let fallback = doc.jumps[..at].iter().any(|jump| jump.condition.is_none());
        if last && condition.is_some() && !fallback {
            found
                .error("jump-without-fallback", jump.place.place(), "the last jump must not have a condition")
                .advise("add `-> name` below it for when no condition holds");
        } else if !last && condition.is_none() {
            found
                .error("unreachable-jump", doc.jumps[at + 1].place.place(), "this jump is never reached")
                .advise("the one above always holds; give it a condition, or remove this one");
        }
        jumps.push(
            target(jump.target, names, found)
                .map(|target| Jump { condition: condition.map(|(condition, _)| condition.clone()), target }),
        );
    }
    jumps.into_iter().collect()
}
