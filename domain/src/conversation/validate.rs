//! What must hold of a scenario however it arrived, so that playing it can never go astray.

use super::{
    condition::Condition,
    model::{Change, Channel, Domain, Effect, Exit, Index, Line, Node, Outcome, Reply, Scenario},
};
use crate::course::MediaKind;

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
    /// Of people who read along.
    pub const REACH: u32 = 1_000_000_000;
    /// Of characters that a public reply may be allowed.
    pub const CHARACTERS: u16 = 10_000;
    /// Of examples of what a choice can be said like.
    pub const SAYS: usize = 24;
    /// Of characters in one such example.
    pub const EXAMPLE: usize = 200;
    /// Of characters in the name of a recording.
    pub const PATH: usize = 200;
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
    must(scenario.reach.is_none_or(|reach| (1..=limit::REACH).contains(&reach)), "a reach of one or more")?;
    must(scenario.limit.is_none_or(|most| (1..=limit::CHARACTERS).contains(&most)), "a limit of one or more")?;
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
        node.lines.iter().try_for_each(|line| said(node, line))?;
        let replies = matches!(node.exit, Exit::Choices { .. });
        must(node.reply == Reply::Pick || replies, "choices where the reply is free")?;
        must(node.reply == Reply::Pick || node.choices().iter().all(|it| !it.done), "words where the reply is free")?;
        exit(scenario, &node.exit)?;
    }
    Ok(())
}

fn said(node: &Node, line: &Line) -> Result<(), Unsound> {
    must(line.audio.as_deref().is_none_or(is_recording), "recordings in `media/`")?;
    must(!line.text.is_empty() || line.hold.is_some() && line.audio.is_none(), "words in every line")?;
    let held =
        |seconds| (1..=limit::SECONDS).contains(&seconds) && node.channel == Channel::Phone && line.speaker.is_none();
    must(line.hold.is_none_or(held), "a hold up to an hour, on the phone")
}

/// Whether this can name a recording: a sound in the course's `media` folder.
pub(super) fn is_recording(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain);
    path.len() <= limit::PATH
        && path.strip_prefix("media/").is_some_and(|rest| rest.split('/').all(part))
        && MediaKind::of_path(path).is_some_and(MediaKind::is_audio)
}

fn exit(scenario: &Scenario, exit: &Exit) -> Result<(), Unsound> {
    match exit {
        Exit::Choices { choices, timer } => {
            must((1..=limit::CHOICES).contains(&choices.len()), "one to twelve choices")?;
            for choice in choices {
                guard(scenario, choice.condition.as_ref())?;
                let short = |text: &String| text.chars().count() <= limit::EXAMPLE;
                must(choice.says.len() <= limit::SAYS && choice.says.iter().all(short), "few, short examples")?;
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
