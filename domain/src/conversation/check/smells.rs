//! What is not wrong, but probably not meant.

use super::{Check, usage::Usage};
use crate::conversation::{
    model::{Channel, Exit, Index, Outcome},
    ways::Ways,
};

/// Past this many characters a public reply is cut on common platforms.
const PUBLIC_LIMIT: usize = 280;

/// What can be told without looking at states.
pub(super) fn of_the_text(check: &mut Check<'_>) {
    rationales(check);
    variables(check);
}

fn rationales(check: &mut Check<'_>) {
    for (node, index) in check.scenario.nodes.iter().zip(0..) {
        for (at, choice) in node.choices().iter().enumerate() {
            if choice.outcome.why.is_empty() {
                check
                    .found
                    .error("missing-rationale", check.choice(index, at), "this choice has no rationale")
                    .advise("add an indented line `why:` that says what is good or bad about it");
            }
            let length = choice.length();
            if node.channel != Channel::Public {
                continue;
            }
            if let Some(most) = check.scenario.limit.filter(|most| length > usize::from(*most)) {
                check
                    .found
                    .error(
                        "over-the-limit",
                        check.choice(index, at),
                        format!("{length} characters do not fit into a reply of {most}"),
                    )
                    .advise("shorten it, or raise `limit:`");
            } else if check.scenario.limit.is_none() && length > PUBLIC_LIMIT {
                check
                    .found
                    .warning(
                        "long-for-public",
                        check.choice(index, at),
                        format!("{length} characters are long for a public reply"),
                    )
                    .advise(format!("keep it under {PUBLIC_LIMIT}"));
            }
        }
    }
}

/// Everything that can come of deciding at a node: its choices and its timer.
fn outcomes(exit: &Exit) -> impl Iterator<Item = &Outcome> {
    let (choices, timer) = match exit {
        Exit::Choices { choices, timer } => (choices.as_slice(), timer.as_ref()),
        _ => (&[][..], None),
    };
    choices.iter().map(|choice| &choice.outcome).chain(timer.map(|timer| &timer.outcome))
}

fn variables(check: &mut Check<'_>) {
    let count = check.scenario.variables.len();
    let (mut read, mut written) = (vec![false; count], vec![false; count]);
    for node in &check.scenario.nodes {
        let choices = node.choices().iter().filter_map(|choice| choice.condition.as_ref());
        let jumps = match &node.exit {
            Exit::Jumps(jumps) => jumps.as_slice(),
            _ => &[],
        };
        for condition in choices.chain(jumps.iter().filter_map(|jump| jump.condition.as_ref())) {
            condition.reads(&mut |variable| read[usize::from(variable)] = true);
        }
        for effect in outcomes(&node.exit).flat_map(|outcome| &outcome.effects) {
            written[usize::from(effect.variable)] = true;
        }
    }
    for (at, variable) in check.scenario.variables.iter().enumerate() {
        let place = check.places.variables.get(at).copied().unwrap_or_default();
        let name = &variable.name;
        if !read[at] {
            check
                .found
                .warning("unread-variable", place, format!("no condition asks for `{name}`"))
                .advise("what the learner does with it should matter; ask for it, or remove it");
        } else if !written[at] {
            check
                .found
                .warning("constant-variable", place, format!("nothing ever changes `{name}`"))
                .advise("give a choice an `effect:` on it, or remove it");
        }
    }
}

/// Tells of competencies that hardly any decision rates.
pub(super) fn rarely_rated(check: &mut Check<'_>, ways: &Ways, usage: &Usage) {
    for (at, count) in decisions(check, ways, usage).into_iter().enumerate().filter(|(_, count)| *count < 2) {
        let place = check.places.competencies.get(at).copied().unwrap_or_default();
        let times = if count == 0 { "no decision" } else { "only one decision" };
        let id = &check.scenario.competencies[at].id;
        check
            .found
            .warning("rarely-rated", place, format!("{times} tells good from bad in `{id}`"))
            .advise("a score needs two or more; rate it elsewhere too, or check its spelling");
    }
}

/// For each competency, how many nodes it tells good from bad at, by ways that can be gone.
pub(super) fn decisions(check: &Check<'_>, ways: &Ways, usage: &Usage) -> Vec<usize> {
    let scenario = check.scenario;
    let decides = |node: Index, competency: Index| {
        let rating =
            |outcome: &Outcome| outcome.ratings.iter().find(|it| it.competency == competency).map_or(0, |it| it.value);
        let gone = ways.of(node).filter(|way| usage.is_gone(*way));
        let mut ratings = gone.filter_map(|way| ways.outcome(scenario, way)).map(rating);
        let first = ratings.next();
        ratings.any(|it| Some(it) != first)
    };
    let nodes = || (0..).take(scenario.nodes.len());
    let competencies = (0..).take(scenario.competencies.len());
    competencies.map(|competency| nodes().filter(|node| decides(*node, competency)).count()).collect()
}
