//! What must hold of a scenario however it arrived, so that playing it can never go astray.

use super::{
    condition::Condition,
    model::{Change, Domain, Effect, Exit, Index, Outcome, Scenario},
};

/// Limits that keep a scenario, and everything computed from it, small.
pub(super) mod limit {
    pub const NODES: usize = 5_000;
    pub const CHOICES: usize = 12;
    pub const JUMPS: usize = 32;
    pub const LINES: usize = 100;
    pub const PARTIES: usize = 12;
    pub const VARIABLES: usize = 16;
    pub const WORDS: usize = 32;
    pub const NUMBER: i32 = 1000;
    pub const SECONDS: u32 = 3600;
    pub const WEIGHT: u8 = 10;
    pub const RATING: i8 = 2;
    /// Of parentheses and `not`s in each other; JSON readers refuse deep nesting.
    #[cfg(feature = "authoring")]
    pub const DEPTH: usize = 8;
}

/// Why a scenario's JSON is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a sound scenario: {0}")]
pub struct Unsound(&'static str);

fn must(holds: bool, what: &'static str) -> Result<(), Unsound> {
    if holds { Ok(()) } else { Err(Unsound(what)) }
}

pub(super) fn validate(scenario: &Scenario) -> Result<(), Unsound> {
    must((2..=limit::PARTIES).contains(&scenario.parties.len()), "two parties or more")?;
    must((1..=limit::NODES).contains(&scenario.nodes.len()), "a node or more")?;
    must(scenario.variables.len() <= limit::VARIABLES, "fewer variables")?;
    must(scenario.pass <= 100, "a pass mark from 0 to 100")?;
    for variable in &scenario.variables {
        let (least, greatest) = variable.bounds();
        let small = match &variable.domain {
            Domain::Range { min, max } => *min >= -limit::NUMBER && *max <= limit::NUMBER,
            Domain::YesNo => true,
            Domain::OneOf(words) => words.len() <= limit::WORDS,
        };
        must(small && least <= greatest, "bounds of a variable")?;
        must((least..=greatest).contains(&variable.start), "a start within the bounds")?;
    }
    for competency in &scenario.competencies {
        must((1..=limit::WEIGHT).contains(&competency.weight), "a weight from 1 to 10")?;
    }
    let party = |index: Index| usize::from(index) < scenario.parties.len();
    for node in &scenario.nodes {
        must(node.lines.len() <= limit::LINES, "fewer lines")?;
        must(node.audience.iter().copied().all(party), "an audience of parties")?;
        must(node.lines.iter().all(|line| line.speaker.is_none_or(party)), "known speakers")?;
        exit(scenario, &node.exit)?;
    }
    Ok(())
}

fn exit(scenario: &Scenario, exit: &Exit) -> Result<(), Unsound> {
    match exit {
        Exit::Choices { choices, timer } => {
            must((1..=limit::CHOICES).contains(&choices.len()), "one to twelve choices")?;
            for choice in choices {
                guard(scenario, choice.condition.as_ref())?;
                outcome(scenario, &choice.outcome)?;
            }
            if let Some(timer) = timer {
                must((1..=limit::SECONDS).contains(&timer.seconds), "a timer up to an hour")?;
                outcome(scenario, &timer.outcome)?;
            }
        }
        Exit::Jumps(jumps) => {
            must(jumps.len() <= limit::JUMPS, "fewer jumps")?;
            must(jumps.last().is_some_and(|last| last.condition.is_none()), "a last jump")?;
            for jump in jumps {
                guard(scenario, jump.condition.as_ref())?;
                target(scenario, jump.target)?;
            }
        }
        Exit::End(_) => {}
    }
    Ok(())
}

fn target(scenario: &Scenario, target: Index) -> Result<(), Unsound> {
    must(usize::from(target) < scenario.nodes.len(), "an existing target")
}

fn outcome(scenario: &Scenario, outcome: &Outcome) -> Result<(), Unsound> {
    target(scenario, outcome.target)?;
    for rating in &outcome.ratings {
        must(usize::from(rating.competency) < scenario.competencies.len(), "known competencies")?;
        must((-limit::RATING..=limit::RATING).contains(&rating.value), "ratings from -2 to 2")?;
    }
    for Effect { variable, change } in &outcome.effects {
        must(usize::from(*variable) < scenario.variables.len(), "known variables")?;
        let (Change::Add(amount) | Change::Set(amount)) = change;
        must((-limit::NUMBER..=limit::NUMBER).contains(amount), "small effects")?;
    }
    Ok(())
}

fn guard(scenario: &Scenario, condition: Option<&Condition>) -> Result<(), Unsound> {
    let mut known = true;
    if let Some(condition) = condition {
        condition.reads(&mut |variable| {
            known &= usize::from(variable) < scenario.variables.len();
        });
    }
    must(known, "known variables in conditions")
}
