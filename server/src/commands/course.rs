//! `colloquy course …`

use super::{CommandError, open};
use crate::cli::{Change, CourseCommand};
use crate::clock::{SystemClock, SystemEntropy};
use crate::course_files::{self, FilesError};
use domain::course::{self, Loaded};
use domain::diagnostic::{Diagnostic, Severity, has_errors};
use domain::time::Clock as _;
use std::path::Path;
use std::process::ExitCode;

impl From<FilesError> for CommandError {
    fn from(error: FilesError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Runs one of the course commands.
pub async fn course(command: CourseCommand) -> Result<ExitCode, CommandError> {
    match command {
        CourseCommand::Check { path, json } => check(&path, json),
        CourseCommand::Import { path, store } => {
            let loaded = course::load(&course_files::read_folder(&path)?);
            report(&loaded.diagnostics);
            let Some(package) = loaded.package.filter(|_| !has_errors(&loaded.diagnostics)) else {
                eprintln!("Nothing was imported: mend the errors first.");
                return Ok(ExitCode::FAILURE);
            };
            let db = open(&store).await?;
            db.import_draft(None, &package, &loaded.canonical, SystemClock.now(), &SystemEntropy).await?;
            println!("“{}” is stored as a draft. Publish it with: colloquy course publish {}", package.title, package.id);
            db.close().await;
            Ok(ExitCode::SUCCESS)
        }
        CourseCommand::Export { slug, path, version, store } => {
            let db = open(&store).await?;
            let files = db.export_files(&slug, version).await?;
            course_files::write_folder(&path, &files)?;
            println!("{} files were written to {}.", files.len(), path.display());
            db.close().await;
            Ok(ExitCode::SUCCESS)
        }
        CourseCommand::Publish { slug, change, store } => {
            let db = open(&store).await?;
            let change = match change {
                Change::Minor => store::Change::Minor,
                Change::Retake => store::Change::Retake,
                Change::Invalidates => store::Change::Invalidates,
            };
            let published = db.publish(None, &slug, change, SystemClock.now()).await?;
            println!("Version {} of {slug} is live.", published.number);
            db.close().await;
            Ok(ExitCode::SUCCESS)
        }
        CourseCommand::Fact { name, value, store } => {
            let db = open(&store).await?;
            db.set_facts(None, [(name.clone(), value)].into(), SystemClock.now()).await?;
            println!("{name} is set.");
            db.close().await;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn check(path: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let Loaded { package, diagnostics, .. } = course::load(&course_files::read_folder(path)?);
    if json {
        let shown = serde_json::to_string_pretty(&diagnostics)
            .map_err(|problem| CommandError::Usage(problem.to_string()))?;
        println!("{shown}");
    } else {
        report(&diagnostics);
        if let Some(package) = package.filter(|_| !has_errors(&diagnostics)) {
            let activities = package.modules.iter().map(|module| module.activities.len()).sum::<usize>();
            println!("“{}” is sound: {} modules, {activities} activities.", package.title, package.modules.len());
        }
    }
    Ok(if has_errors(&diagnostics) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Prints the findings to the error stream, and how many there are.
fn report(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        eprintln!("{}", diagnostic.render());
    }
    let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        eprintln!("{errors} errors, {warnings} warnings");
    }
}
