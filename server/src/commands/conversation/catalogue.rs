//! `explain` and `list`: what findings mean, and what conversations come along.

use crate::commands::CommandError;
use crate::output;
use crate::shipped;
use domain::conversation::{Explanation, Policy, Solved, explain, explanations};
use domain::course::Telling;
use domain::diagnostic::Severity;
use domain::percent::Percent;
use serde::Serialize;
use std::process::ExitCode;

/// How often chance plays each conversation for the list.
const RUNS: u32 = 2_000;
const SEED: u64 = 1;

/// Says what one code means.
pub fn explain_one(code: &str, json: bool) -> Result<ExitCode, CommandError> {
    let Some(known) = explain(code) else {
        let near: Vec<&str> = explanations()
            .map(|known| known.code)
            .filter(|known| known.contains(code) || code.contains(known))
            .collect();
        let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) };
        return Err(CommandError::Usage(format!("there is no code “{code}”{hint}")));
    };
    if json {
        output::json(known)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Explanation { code, title, why, mend, example, mended, .. } = known;
    let indented = |lines: &str| lines.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let (severity, example) = (word(known.severity), indented(example));
    output::line(format_args!("{severity}[{code}]: {title}\n\n{why}\n\n{mend}\n\nFor example\n\n{example}"))?;
    if !mended.is_empty() {
        output::line(format_args!("mended\n\n{}", indented(mended)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists every code.
pub fn explain_all(json: bool) -> Result<ExitCode, CommandError> {
    if json {
        output::json(&explanations().collect::<Vec<_>>())?;
    } else {
        for known in explanations() {
            output::line(format_args!("{:<24}{:<9}{}", known.code, word(known.severity), known.title))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A shipped conversation.
#[derive(Serialize)]
struct Listed {
    course: String,
    id: String,
    /// The name of a variant; nothing for the main file.
    variant: Option<String>,
    file: String,
    title: String,
    family: Option<String>,
    channel: &'static str,
    pass: u8,
    /// V* and Vmin; nothing, when it could not be solved.
    best: Option<i64>,
    worst: Option<i64>,
    states: Option<usize>,
    bots: Vec<Fared>,
}

#[derive(Serialize)]
struct Fared {
    policy: &'static str,
    /// The score of a hundred; for chance, the mean.
    score: Option<f64>,
    /// The share of a hundred runs that pass.
    passing: f64,
}

/// Lists what comes along.
pub fn list(json: bool) -> Result<ExitCode, CommandError> {
    let mut all = Vec::new();
    for (package, _) in shipped::courses()? {
        for activity in package.activities() {
            for telling in activity.tellings() {
                all.push(listed(package.id.as_str(), activity.id.as_str(), telling));
            }
        }
    }
    if json {
        output::json(&all)?;
        return Ok(ExitCode::SUCCESS);
    }
    for Listed { course, id, variant, title, channel, pass, best, worst, bots, .. } in &all {
        let variant = variant.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
        output::line(format_args!("{course}/{id}{variant}: {title}"))?;
        let range = best.zip(*worst).map_or_else(String::new, |(best, worst)| format!(", points {worst} to {best}"));
        output::line(format_args!("  {channel}, pass mark {pass}{range}"))?;
        for bot in bots {
            let score = bot.score.map_or_else(|| "no score".to_owned(), |score| score.floor().to_string());
            output::line(format_args!("  {:<8} {score}, {:.1} of 100 runs pass", bot.policy, bot.passing))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn listed(course: &str, id: &str, telling: Telling<'_>) -> Listed {
    let scenario = telling.scenario;
    let solved = Solved::new(scenario).ok();
    let range = solved.as_ref().map(Solved::range);
    let bots = solved.iter().flat_map(|solved| Policy::ALL.map(|policy| fared(solved, policy)));
    Listed {
        course: course.to_owned(),
        id: id.to_owned(),
        variant: telling.variant.map(ToString::to_string),
        file: telling.file.to_owned(),
        title: scenario.title.clone(),
        family: scenario.family.as_ref().map(ToString::to_string),
        channel: scenario.channel.word(),
        pass: scenario.pass,
        best: range.map(|(best, _)| best),
        worst: range.map(|(_, worst)| worst),
        states: solved.as_ref().map(Solved::states),
        bots: bots.collect(),
    }
}

fn fared(solved: &Solved, policy: Policy) -> Fared {
    let fare = solved.fare(policy, RUNS, SEED);
    Fared { policy: policy.name(), score: fare.mean.map(Percent::value), passing: fare.passing.value() }
}
