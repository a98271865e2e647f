//! `colloquy conversation …`

mod catalogue;
mod check;
mod convert;
mod play;
mod report;
mod score;

use super::{CommandError, course::findings};
use crate::cli::ConversationCommand;
use crate::output;
use domain::conversation::{Scenario, Solved, load};
use domain::course::limits;
use domain::diagnostic::has_errors;
use domain::facts::Fact;
use std::path::Path;
use std::process::ExitCode;

/// Runs one of the commands about conversations.
///
/// # Errors
/// [`CommandError`]: wrong use, or a file that cannot be read. What is wrong inside a file is no error but an exit status.
pub fn conversation(command: ConversationCommand) -> Result<ExitCode, CommandError> {
    match command {
        ConversationCommand::Check { file, json } => check::check(&file, json),
        ConversationCommand::Fmt { file, check } => check::lay_out(&file, check),
        ConversationCommand::Play { file, policy: Some(policy), runs, seed, json } => {
            play::let_play(&file, policy, runs, seed.unwrap_or(0), json)
        }
        ConversationCommand::Play { file, policy: None, seed, .. } => play::play(&file, seed),
        ConversationCommand::Score { file, plan: Some(plan), json, .. } => score::plan(&file, &plan, json),
        ConversationCommand::Score { file, choices, json, .. } => score::choices(&file, &choices, json),
        ConversationCommand::Convert { file, from, json } => convert::convert(&file, from, json),
        ConversationCommand::Explain { code: Some(code), json } => catalogue::explain_one(&code, json),
        ConversationCommand::Explain { code: None, json } => catalogue::explain_all(json),
        ConversationCommand::List { json } => catalogue::list(json),
    }
}

/// A text file within the limits of a course.
fn read(file: &Path, most: u64) -> Result<String, CommandError> {
    let failed = |source| CommandError::Io { what: file.display().to_string(), source };
    let wrong = |what: String| CommandError::Usage(format!("{}: {what}", file.display()));
    let size = std::fs::metadata(file).map_err(|problem| wrong(problem.to_string()))?.len();
    if size > most {
        return Err(wrong(format!("the file has {size} bytes, and {most} are allowed")));
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| wrong("the text is not in UTF-8".into()))
}

/// The name of a file in findings: as it was given.
fn name(file: &Path) -> String {
    file.display().to_string()
}

fn is_plan(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == "plan")
}

/// A conversation that can be played and scored; its errors are printed, and then there is nothing.
fn solved(file: &Path) -> Result<Option<Solved>, CommandError> {
    let (scenario, checked) = load(&read(file, limits::TEXT)?, &name(file));
    let broken = has_errors(&checked.diagnostics);
    // A draft may have no rationales yet and still be played.
    let playable: Option<Scenario> = scenario.filter(|_| checked.summary.is_some());
    let solved = playable.and_then(|scenario| Solved::new(&scenario).ok());
    if solved.is_none() {
        output::problems(findings(&checked.diagnostics));
    } else if broken {
        output::problem(format_args!("{}: it has errors; see colloquy conversation check", file.display()));
    }
    Ok(solved)
}

/// Site facts as their examples: a file knows no organisation.
fn facts(key: &str) -> Option<String> {
    key.parse::<Fact>().ok().map(|fact| fact.example().to_owned())
}
