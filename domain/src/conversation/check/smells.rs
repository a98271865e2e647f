//! What is not wrong, but probably not meant.

use super::{Advise, Check};
use crate::conversation::{
    graph::Graph,
    model::{Channel, Exit, Index, Outcome},
    play::Event,
};

/// Past this many characters a public reply is cut on common platforms.
const PUBLIC_LIMIT: usize = 280;

/// What can be told without looking at states.
pub(super) fn of_the_text(check: &mut Check<'_>) {
    rationales(check);
    variables(check);
    competencies(check);
    same(check);
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
            let length = choice.text.chars().count();
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

fn competencies(check: &mut Check<'_>) {
    for (at, competency) in check.scenario.competencies.iter().enumerate() {
        let rating = |outcome: &Outcome| {
            let mut ratings = outcome.ratings.iter();
            ratings.find(|it| usize::from(it.competency) == at).map_or(0, |it| it.value)
        };
        let decides = |exit: &&Exit| {
            let mut ratings = outcomes(exit).map(rating);
            let first = ratings.next();
            ratings.any(|it| Some(it) != first)
        };
        let decisions = check.scenario.nodes.iter().map(|node| &node.exit).filter(decides).count();
        if decisions < 2 {
            let place = check.places.competencies.get(at).copied().unwrap_or_default();
            let times = if decisions == 0 { "no decision" } else { "only one decision" };
            check
                .found
                .warning("rarely-rated", place, format!("{times} tells good from bad in `{}`", competency.id))
                .advise("a score needs two or more; rate it elsewhere too, or check its spelling");
        }
    }
}

fn same(check: &mut Check<'_>) {
    for (node, index) in check.scenario.nodes.iter().zip(0..) {
        let choices = node.choices();
        for (at, choice) in choices.iter().enumerate() {
            let alike = |other: &Outcome, own: &Outcome| {
                other.target == own.target
                    && other.ratings == own.ratings
                    && other.effects == own.effects
                    && other.blockers == own.blockers
                    && other.commitments == own.commitments
            };
            if choices[..at].iter().any(|other| alike(&other.outcome, &choice.outcome)) {
                check
                    .found
                    .warning("same-effect", check.choice(index, at), "this choice does exactly what one above does")
                    .advise("let it lead elsewhere, rate it differently, or drop one of the two");
            }
        }
    }
}

/// What can be told of effects from all states.
pub(super) fn of_the_states(check: &mut Check<'_>, graph: &Graph) {
    let mut moves: Vec<(Index, Event, Vec<bool>)> = Vec::new();
    let mut order: Vec<Option<usize>> = vec![None; check.scenario.nodes.len() * 32];
    for (from, edge) in graph.all_edges() {
        let crate::conversation::graph::Step::Did(event) = edge.step else {
            continue;
        };
        let at = &graph.states[from];
        let Some(outcome) = check.scenario.taken(at.node, event) else {
            continue;
        };
        let slot = usize::from(at.node) * 32
            + match event {
                Event::Chose(choice) => usize::from(choice),
                Event::TimedOut => 31,
            };
        let known = *order[slot].get_or_insert_with(|| {
            moves.push((at.node, event, vec![false; outcome.effects.len()]));
            moves.len() - 1
        });
        let mut values = at.values.clone();
        for (effect, moved) in outcome.effects.iter().zip(&mut moves[known].2) {
            let value = &mut values[usize::from(effect.variable)];
            let after = effect.applied(&check.scenario.variables, *value);
            *moved |= after != *value;
            *value = after;
        }
    }
    for (node, event, moved) in moves {
        let places = check.places.nodes.get(usize::from(node));
        let places = places.and_then(|it| match event {
            Event::Chose(choice) => it.choices.get(usize::from(choice)),
            Event::TimedOut => it.timer.as_ref(),
        });
        for (at, _) in moved.iter().enumerate().filter(|(_, moved)| !**moved) {
            let place = places.and_then(|it| it.effects.get(at)).copied().unwrap_or_default();
            check
                .found
                .warning("idle-effect", place, "this effect never changes anything")
                .advise("whenever the choice is made the variable already has that value or is at its bound");
        }
    }
}
