//! `check` and `fmt`.

use super::{is_plan, name, read};
use crate::commands::{
    CommandError,
    course::{counted, findings},
};
use crate::output;
use domain::conversation::{Checked, Scenario, Solved, format, format_plan, load, parse_plan, run_plan};
use domain::course::limits;
use domain::diagnostic::{Diagnostic, Severity, has_errors, sort};
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;

/// A finding for programs.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    message: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    help: Option<&'a str>,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(found: &'a Diagnostic) -> Self {
        let Diagnostic { code, span, message, hint, .. } = found;
        let (line, column) = (span.line(), span.column());
        Self { code, message, file: &span.file, line, column, help: hint.as_deref() }
    }
}

#[derive(Serialize)]
struct Report<'a> {
    errors: Vec<Finding<'a>>,
    warnings: Vec<Finding<'a>>,
    /// Whether every state was looked at.
    proven: bool,
}

/// Checks a conversation with the plan beside it, or a plan with the conversation beside it.
pub fn check(file: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let (talk, plan) = (file.with_extension("conversation"), file.with_extension("plan"));
    let talk = if is_plan(file) { talk.as_path() } else { file };
    let (scenario, Checked { mut diagnostics, proven, summary }) = load(&read(talk, limits::TEXT)?, &name(talk));
    if is_plan(file) {
        // Only whether the plan holds is asked; what is wrong with the conversation is in the way of it.
        diagnostics.retain(|found| found.severity == Severity::Error && summary.is_none());
    }
    if is_plan(file) || plan.is_file() {
        diagnostics.extend(run(&plan, scenario.as_ref())?);
    }
    sort(&mut diagnostics);
    let failed = has_errors(&diagnostics);
    if json {
        let of = |severity| diagnostics.iter().filter(move |it| it.severity == severity).map(Finding::from).collect();
        output::json(&Report { errors: of(Severity::Error), warnings: of(Severity::Warning), proven })?;
    } else {
        output::text(findings(&diagnostics))?;
        if is_plan(file) && !failed {
            output::line(format_args!("{}: every play comes to what it says.", file.display()))?;
        } else if let (Some(scenario), Some(summary), false) = (&scenario, &summary, failed) {
            let (nodes, states) = (counted(scenario.nodes.len(), "node"), counted(summary.states, "state"));
            let title = &scenario.title;
            output::line(format_args!("“{title}” is sound: {nodes}, {states}, all of them looked at."))?;
        }
        if let Some(first) = diagnostics.first() {
            output::line(format_args!("More about a finding: colloquy conversation explain {}", first.code))?;
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads a plan and, where there is something to play, runs it.
fn run(plan: &Path, scenario: Option<&Scenario>) -> Result<Vec<Diagnostic>, CommandError> {
    let parsed = parse_plan(&read(plan, limits::TEXT)?, &name(plan));
    let mut found = parsed.diagnostics;
    let solved = scenario.and_then(|scenario| Solved::new(scenario).ok());
    if let (Some(plan), Some(solved)) = (parsed.plan, solved) {
        found.extend(run_plan(&solved, &plan));
    }
    Ok(found)
}

/// Writes the canonical form, or only tells whether the file has it.
pub fn lay_out(file: &Path, check: bool) -> Result<ExitCode, CommandError> {
    let text = read(file, limits::TEXT)?;
    let laid_out = if is_plan(file) { format_plan(&text, &name(file)) } else { format(&text, &name(file)) };
    let laid_out = match laid_out {
        Ok(laid_out) => laid_out,
        Err(found) => {
            output::problems(findings(&found));
            return Ok(ExitCode::FAILURE);
        }
    };
    if laid_out == text {
        return Ok(ExitCode::SUCCESS);
    }
    if check {
        output::line(format_args!("{}: not in its canonical form", file.display()))?;
        return Ok(ExitCode::FAILURE);
    }
    let failed = |source| CommandError::Io { what: name(file), source };
    std::fs::write(file, laid_out).map_err(failed)?;
    output::line(format_args!("{}: laid out", file.display()))?;
    Ok(ExitCode::SUCCESS)
}
