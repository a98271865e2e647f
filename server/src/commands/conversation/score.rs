//! `score`: given plays, with what each decision cost.

use super::{
    name, read,
    report::{Report, report},
    solved,
};
use crate::commands::{CommandError, course::findings};
use crate::output;
use domain::conversation::plan::{PlanLine, What, follow};
use domain::conversation::{Event, Solved, State, parse_plan};
use domain::course::limits;
use std::path::Path;
use std::process::ExitCode;

/// Scores every play of a plan. Whether they come to what the plan says is for `check` to tell.
pub fn plan(file: &Path, plan: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let Some(solved) = solved(file)? else { return Ok(ExitCode::FAILURE) };
    let parsed = parse_plan(&read(plan, limits::TEXT)?, &name(plan));
    let Some(plan) = parsed.plan else {
        output::problems(findings(&parsed.diagnostics));
        return Ok(ExitCode::FAILURE);
    };
    let mut reports = Vec::new();
    let mut failed = false;
    for play in plan.plays {
        let steps = play.lines.into_iter().filter(|line| line.what.is_step());
        match scored(&solved, Some(play.name.to_string()), steps.map(|PlanLine { what, .. }| what)) {
            Ok(report) => reports.push(report),
            Err(why) => {
                failed = true;
                output::problem(format_args!("{}: {why}", play.name));
            }
        }
    }
    if json {
        output::json(&reports)?;
    } else {
        let shown: Vec<String> = reports.iter().map(Report::render).collect();
        output::text(shown.join("\n"))?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Scores one play, given by the places of its choices.
pub fn choices(file: &Path, choices: &[String], json: bool) -> Result<ExitCode, CommandError> {
    let steps: Vec<What> = choices.iter().map(|choice| step(choice)).collect::<Result<_, _>>()?;
    let Some(solved) = solved(file)? else { return Ok(ExitCode::FAILURE) };
    match scored(&solved, None, steps.into_iter()) {
        Ok(report) if json => output::json(&report)?,
        Ok(report) => output::text(report.render())?,
        Err(why) => {
            output::problem(format_args!("{}: {why}", file.display()));
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn step(choice: &str) -> Result<What, CommandError> {
    let what = if choice == "silence" { What::Silence } else { What::step(&format!("#{choice}")) };
    if what.is_step() && !matches!(what, What::Say(_)) {
        return Ok(what);
    }
    Err(CommandError::Usage(format!("--choices: “{choice}” is neither the place of a choice, from 1, nor `silence`")))
}

/// The report of these steps, or at which of them they go wrong.
fn scored(solved: &Solved, play: Option<String>, steps: impl Iterator<Item = What>) -> Result<Report, String> {
    let scenario = solved.scenario();
    let mut state = State::start(scenario).map_err(|problem| problem.to_string())?;
    let mut events: Vec<Event> = Vec::new();
    for (what, number) in steps.zip(1..) {
        let event = follow(scenario, &state, &what)
            .map_err(|diverged| format!("step {number}: {}; {}", diverged.message, diverged.instead))?;
        state.apply(scenario, event).map_err(|problem| problem.to_string())?;
        events.push(event);
    }
    report(solved, play, &events).map_err(|problem| problem.to_string())
}
