//! `convert`: stories from elsewhere.

use super::{name, read};
use crate::cli::StoryFormat;
use crate::commands::{CommandError, course::findings};
use crate::output;
use domain::conversation::{twee, twine_html};
use domain::diagnostic::has_errors;
use std::path::Path;
use std::process::ExitCode;

/// The most bytes of a story; the reader itself refuses those above its own limit, and says so.
const MOST: u64 = 64 * 1024 * 1024;

/// Prints the draft, and what was found to the error output; or everything as JSON.
pub fn convert(file: &Path, from: StoryFormat, json: bool) -> Result<ExitCode, CommandError> {
    let text = read(file, MOST)?;
    let story = match from {
        StoryFormat::Twee => twee(&text),
        StoryFormat::TwineHtml => twine_html(&text),
    };
    let story = story.named(&name(file));
    let failed = has_errors(&story.diagnostics);
    if json {
        output::json(&story)?;
    } else {
        output::problems(findings(&story.diagnostics));
        if !failed {
            output::text(story.draft())?;
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
