//! `play`: by hand, or by a policy.

use super::{facts, report::report, solved};
use crate::cli;
use crate::clock::SystemEntropy;
use crate::commands::CommandError;
use crate::output;
use domain::conversation::policy::QUANTILES;
use domain::conversation::view::{Entry, Role, Turn};
use domain::conversation::{Event, Policy, Solved, State, choose, scene, turn};
use domain::percent::Percent;
use domain::time::Entropy as _;
use serde::Serialize;
use std::io::BufRead as _;
use std::path::Path;
use std::process::ExitCode;

/// Plays in the terminal: choices are numbered, `0` lets the time run out, the end of input leaves.
pub fn play(file: &Path, seed: Option<u64>) -> Result<ExitCode, CommandError> {
    let Some(solved) = solved(file)? else { return Ok(ExitCode::FAILURE) };
    let scenario = solved.scenario();
    let seed = seed.unwrap_or_else(|| SystemEntropy.number());
    let about = scene(scenario, &facts);
    output::line(format_args!("{}\n\n{}\n", about.title, about.briefing))?;
    let failed = |problem: &dyn std::fmt::Display| CommandError::Usage(format!("this cannot be played: {problem}"));
    let mut state = State::start(scenario).map_err(|problem| failed(&problem))?;
    let mut events = Vec::new();
    loop {
        let now = turn(scenario, &state, seed, &facts);
        now.fresh.iter().try_for_each(say)?;
        if now.ending.is_some() {
            break;
        }
        let Some(event) = ask(&now, |id| choose(scenario, &state, seed, id))? else {
            output::line("You left the conversation before its end.")?;
            return Ok(ExitCode::SUCCESS);
        };
        state.apply(scenario, event).map_err(|problem| failed(&problem))?;
        events.push(event);
        output::line("")?;
    }
    let report = report(&solved, None, &events).map_err(|problem| failed(&problem))?;
    output::line(format_args!("\n{}", report.render()))?;
    Ok(ExitCode::SUCCESS)
}

fn say(entry: &Entry) -> Result<(), CommandError> {
    match entry.role {
        Role::Hold => output::line(format_args!("[on hold for {} s] {}", entry.hold.unwrap_or_default(), entry.text)),
        Role::Note => output::line(format_args!("[{}]", entry.text)),
        Role::Did => output::line(format_args!("[done by {}] {}", entry.speaker, entry.text)),
        Role::You | Role::Them | Role::Silence => output::line(format_args!("{}: {}", entry.speaker, entry.text)),
    }
}

/// What the player does; nothing, when the input ends.
fn ask(now: &Turn, chosen: impl Fn(&str) -> Option<Event>) -> Result<Option<Event>, CommandError> {
    let failed = |source| CommandError::Io { what: "the terminal".into(), source };
    output::line("")?;
    for (offer, number) in now.choices.iter().zip(1..) {
        let sign = if offer.done { "[do] " } else { "" };
        output::line(format_args!("  {number}. {sign}{}", offer.text))?;
    }
    if let Some(seconds) = now.timer {
        output::line(format_args!("  0. (say nothing until {seconds} s are over)"))?;
    }
    let mut input = std::io::stdin().lock();
    loop {
        output::text("> ")?;
        let mut line = String::new();
        if input.read_line(&mut line).map_err(failed)? == 0 {
            output::line("")?;
            return Ok(None);
        }
        let event = match line.trim().parse::<usize>() {
            Ok(0) => now.timer.map(|_| Event::TimedOut),
            Ok(number) => now.choices.get(number - 1).and_then(|offer| chosen(&offer.id)),
            Err(_) => None,
        };
        if event.is_some() {
            return Ok(event);
        }
        output::line("Type the number of a reply.")?;
    }
}

/// How a policy fared.
#[derive(Serialize)]
struct Fared {
    policy: &'static str,
    runs: u32,
    seed: u64,
    /// The mean score of a hundred.
    mean: Option<f64>,
    /// Shares of a hundred.
    passing: f64,
    finishing: f64,
    /// Scores that so many of a hundred finished runs do not exceed.
    quantiles: Option<Vec<(u8, f64)>>,
    pass: u8,
    best: i64,
    worst: i64,
}

impl From<cli::Policy> for Policy {
    fn from(policy: cli::Policy) -> Self {
        match policy {
            cli::Policy::Random => Self::Random,
            cli::Policy::First => Self::First,
            cli::Policy::Longest => Self::Longest,
            cli::Policy::Best => Self::Best,
        }
    }
}

/// Lets a policy play.
pub fn let_play(file: &Path, policy: cli::Policy, runs: u32, seed: u64, json: bool) -> Result<ExitCode, CommandError> {
    let Some(solved) = solved(file)? else { return Ok(ExitCode::FAILURE) };
    let fared = fared(&solved, policy.into(), runs, seed);
    if json {
        output::json(&fared)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mean = fared.mean.map_or_else(|| "no score".to_owned(), |mean| format!("{mean:.1} of 100"));
    let (policy_name, passing, pass) = (fared.policy, fared.passing, fared.pass);
    output::line(format_args!("{policy_name}: {mean} on average; {passing:.1} of 100 runs pass (mark {pass})"))?;
    if let Some(quantiles) = fared.quantiles.filter(|_| policy == cli::Policy::Random && runs > 1) {
        let shown: Vec<String> =
            quantiles.iter().map(|(of, score)| format!("{of} at most {}", score.floor())).collect();
        output::line(format_args!("of 100 runs score {}", shown.join(", ")))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn fared(solved: &Solved, policy: Policy, runs: u32, seed: u64) -> Fared {
    let fare = solved.fare(policy, runs, seed);
    let (best, worst) = solved.range();
    Fared {
        policy: policy.name(),
        runs,
        seed,
        mean: fare.mean.map(Percent::value),
        passing: fare.passing.value(),
        finishing: fare.finishing.value(),
        quantiles: fare.quantiles.map(|scores| QUANTILES.into_iter().zip(scores.map(Percent::value)).collect()),
        pass: solved.scenario().pass,
        best,
        worst,
    }
}
