//! `colloquy course …`

use super::{CommandError, open};
use crate::cli::{Change, CourseCommand};
use crate::clock::{SystemClock, SystemEntropy};
use crate::course_files::{self, FilesError};
use crate::output;
use domain::course::{self, Files, Loaded};
use domain::diagnostic::{Diagnostic, Severity, has_errors};
use domain::facts::Fact;
use domain::slug::Slug;
use domain::time::Clock as _;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use store::{Conflict, Db, StoreError};

impl From<FilesError> for CommandError {
    fn from(error: FilesError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Runs one of the course commands.
///
/// # Errors
/// [`CommandError`]: wrong use, or a database that fails. Findings in a course are no error but an exit status.
pub async fn course(command: CourseCommand) -> Result<ExitCode, CommandError> {
    match command {
        CourseCommand::Check { path, json } => check(&path, json),
        CourseCommand::Import { path, store } => {
            let loaded = load(&path)?;
            output::problems(findings(&loaded.diagnostics));
            if loaded.package.is_none() {
                output::problem("Nothing was imported: mend the errors first.");
                return Ok(ExitCode::FAILURE);
            }
            let db = open(&store).await?;
            let outcome = import(&db, &loaded).await;
            finish(db, outcome).await
        }
        CourseCommand::Export { slug, path, version, store } => {
            let db = open(&store).await?;
            let outcome = export(&db, &slug, &path, version).await;
            finish(db, outcome).await
        }
        CourseCommand::Publish { slug, change, store } => {
            let db = open(&store).await?;
            let outcome = publish(&db, &slug, change).await;
            finish(db, outcome).await
        }
        CourseCommand::Fact { name, value, store } => {
            let db = open(&store).await?;
            let outcome = set_fact(&db, &name, &value).await;
            finish(db, outcome).await
        }
    }
}

/// Closes the database and says what was done.
async fn finish(db: Db, outcome: Result<String, CommandError>) -> Result<ExitCode, CommandError> {
    db.close().await;
    output::line(outcome?)?;
    Ok(ExitCode::SUCCESS)
}

/// Reads and checks a folder; one that is too much is a course with an error.
fn load(path: &Path) -> Result<Loaded, CommandError> {
    match course_files::read_folder(path) {
        Ok(files) => Ok(course::load(&files)),
        Err(error) => match error.finding() {
            Some(found) => Ok(Loaded { package: None, diagnostics: vec![found], canonical: Files::new() }),
            None => Err(error.into()),
        },
    }
}

fn check(path: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let Loaded { package, diagnostics, .. } = load(path)?;
    if json {
        output::json(&diagnostics)?;
    } else {
        output::text(findings(&diagnostics))?;
        if let Some(package) = package {
            let (modules, activities) = (package.modules.len(), package.activities().count());
            output::line(format_args!("“{}” is sound: {modules} modules, {activities} activities.", package.title))?;
        }
    }
    Ok(if has_errors(&diagnostics) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How many findings are shown at once; whoever has more begins with these.
const SHOWN: usize = 100;

/// The findings in reading order, and how many there are. Of more than a hundred the errors come first, and the rest is
/// only counted.
pub(super) fn findings(diagnostics: &[Diagnostic]) -> String {
    let mut listed: Vec<&Diagnostic> = diagnostics.iter().collect();
    if listed.len() > SHOWN {
        listed.sort_by_key(|found| found.severity != Severity::Error);
    }
    let mut out: String = listed.iter().take(SHOWN).map(|found| format!("{}\n", found.render())).collect();
    let more = listed.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(out, "… and {more} more. They appear once these are mended; --json tells all of them.\n");
    }
    let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let _ = writeln!(out, "{}, {}", counted(errors, "error"), counted(warnings, "warning"));
    }
    out
}

pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

async fn import(db: &Db, loaded: &Loaded) -> Result<String, CommandError> {
    let Some(package) = &loaded.package else { return Err(CommandError::Usage("there is no course".into())) };
    db.import_draft(None, package, &loaded.canonical, SystemClock.now(), &SystemEntropy).await?;
    Ok(format!("“{}” is stored as a draft. Publish it with: colloquy course publish {}", package.title, package.id))
}

async fn export(db: &Db, slug: &str, path: &Path, version: Option<u32>) -> Result<String, CommandError> {
    let files = match db.export_files(slug, version).await {
        Err(StoreError::NotFound(_)) => return Err(nothing(slug, version)),
        other => other?,
    };
    course_files::write_folder(path, &files)?;
    Ok(format!("{} were written to {}.", counted(files.len(), "file"), path.display()))
}

fn nothing(slug: &str, version: Option<u32>) -> CommandError {
    CommandError::Usage(match version {
        Some(number) => format!("there is no version {number} of a course “{slug}”"),
        None => format!("there is no course “{slug}”"),
    })
}

async fn publish(db: &Db, slug: &str, change: Change) -> Result<String, CommandError> {
    let known = slug.parse::<Slug>().map_err(|_| nothing(slug, None))?;
    let change = match change {
        Change::Minor => store::Change::Minor,
    };
    match db.publish(None, &known, change, SystemClock.now()).await {
        Ok(version) => Ok(format!("Version {} of “{}” is live.", version.number.unwrap_or(1), version.title)),
        Err(StoreError::NotFound(_)) => Err(CommandError::Usage(format!(
            "there is no draft of “{slug}”: import one first, with colloquy course import"
        ))),
        Err(StoreError::Conflict(Conflict::FactsMissing)) => Err(missing_facts(db, &known).await?),
        Err(other) => Err(other.into()),
    }
}

/// Which site facts to set before a draft can be published.
async fn missing_facts(db: &Db, slug: &Slug) -> Result<CommandError, StoreError> {
    let draft = db.course(slug).await?.and_then(|course| course.draft).ok_or(StoreError::NotFound("draft"))?;
    let package = db.package(draft.id).await?;
    let mut text = format!("“{slug}” names facts about the organisation that are not set yet. Set them first:");
    for fact in db.facts().await?.unset(&package.facts) {
        let _ = write!(text, "\n  colloquy course fact {} \"{}\"", fact.key(), fact.example());
    }
    Ok(CommandError::Usage(text))
}

async fn set_fact(db: &Db, name: &str, value: &str) -> Result<String, CommandError> {
    let Ok(fact) = name.parse::<Fact>() else {
        let names = Fact::ALL.map(Fact::key).join(", ");
        return Err(CommandError::Usage(format!("there is no fact “{name}”; there are: {names}")));
    };
    let value = fact
        .parse_value(value)
        .map_err(|problem| CommandError::Usage(format!("the value of {name} cannot be used: {problem}")))?;
    db.set_facts(None, [(fact, Some(value.clone()))].into(), SystemClock.now()).await?;
    Ok(format!("{name} is now “{value}”."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::diagnostic::Span;

    #[test]
    fn of_many_findings_the_first_hundred_are_shown_and_errors_before_warnings() {
        let found = |line: u32| {
            let span = Span { file: "a".to_owned(), line, column: 1, length: 1 };
            if line > 200 { Diagnostic::error("late", span, "x") } else { Diagnostic::warning("early", span, "x") }
        };
        let shown = findings(&(1..=205).map(found).collect::<Vec<_>>());
        assert_eq!((shown.matches("error[late]").count(), shown.matches("warning[early]").count()), (5, 95));
        assert!(shown.starts_with("a:201:1: error[late]") && shown.contains("\n… and 105 more."), "{shown}");
        assert!(shown.ends_with("5 errors, 200 warnings\n"), "{shown}");
        let few = findings(&(150..=205).map(found).collect::<Vec<_>>());
        assert!(few.starts_with("a:150:1: warning[early]") && !few.contains("more"), "{few}");
    }
}
