//! What commands say: results on standard output, problems on standard error. Nothing else in this crate writes to either.
//!
//! Whoever reads may go away before everything is said, as in `colloquy conversation list | head -1`. What is left to say is
//! then nobody's business, and the command ends as quietly as one that the signal SIGPIPE would end.

use crate::commands::CommandError;
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};

/// Says a line of the result.
///
/// # Errors
/// [`CommandError::Unread`] when nobody reads any more, [`CommandError::Io`] when it cannot be written otherwise.
pub fn line(line: impl Display) -> Result<(), CommandError> {
    text(format_args!("{line}\n"))
}

/// Says a part of the result, down to its last letter: a prompt is seen before it is answered.
///
/// # Errors
/// As [`line`].
pub fn text(text: impl Display) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    written(write!(out, "{text}").and_then(|()| out.flush()))
}

/// Says a value as JSON.
///
/// # Errors
/// As [`line`], and [`CommandError::Usage`] for a value that JSON has no words for.
pub fn json(value: &impl Serialize) -> Result<(), CommandError> {
    line(serde_json::to_string_pretty(value).map_err(|problem| CommandError::Usage(problem.to_string()))?)
}

/// Says a line that the command does not depend on: a server serves whether or not its greeting is read.
pub fn aside(line: impl Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Says a line about a problem. When nobody reads it, the exit status still tells.
pub fn problem(line: impl Display) {
    problems(format_args!("{line}\n"));
}

/// The same for a text that ends its own lines.
pub fn problems(text: impl Display) {
    let _ = write!(io::stderr(), "{text}");
}

fn written(outcome: io::Result<()>) -> Result<(), CommandError> {
    outcome.map_err(|source| match source.kind() {
        ErrorKind::BrokenPipe => CommandError::Unread,
        _ => CommandError::Io { what: "standard output".into(), source },
    })
}
