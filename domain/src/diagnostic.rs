//! What a check found: data first, rendered for people and for programs.
//!
//! The shape follows the practice of good compilers: a code, a place, a sentence that says what is wrong, and a hint
//! that says how to mend it.

#[cfg(feature = "authoring")]
mod list;

#[cfg(feature = "authoring")]
pub(crate) use list::Diagnostics;
#[cfg(feature = "authoring")]
pub use list::MOST;

use serde::{Serialize, Serializer};
use std::fmt::{self, Write as _};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; does not stop publishing.
    Warning,
    /// Must be mended before publishing.
    Error,
}

/// A place in a file. Lines and columns count from 1; columns count characters. What has no number is `null` as JSON, and
/// not said to people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The file, relative to the course folder.
    pub file: String,
    /// The line, from 1; 0 when the finding is about the whole file.
    #[serde(serialize_with = "from_one")]
    pub line: u32,
    /// The column, from 1; 0 when the finding is about the whole line.
    #[serde(serialize_with = "from_one")]
    pub column: u32,
    /// How many characters are meant, at least 1.
    pub length: u32,
}

impl Span {
    /// The line, where the finding is about one.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        known(self.line)
    }

    /// The column, where the finding is about a part of a line.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        known(self.column)
    }
}

/// `file:line:column`, as far as there is such a place.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        let Some(line) = self.line() else { return Ok(()) };
        write!(f, ":{line}")?;
        self.column().map_or(Ok(()), |column| write!(f, ":{column}"))
    }
}

fn known(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn from_one<S: Serializer>(number: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    known(*number).serialize(serializer)
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable short code, such as `unknown-target`.
    pub code: &'static str,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// The line of the source, for showing; of a long one what is around the place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// By how many characters the line is shown further to the left than it stands.
    #[serde(skip_serializing_if = "is_zero")]
    pub shift: u32,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// How many characters of a line are quoted, and how many of them at most before the place that is meant.
const QUOTED: usize = 400;
const BEFORE: usize = 100;

/// Bytes of a line past which nothing of it is quoted: nobody reads it, and every finding on it would go through it.
const READ: usize = 4_000;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity: Severity::Error, code, span, message, source: String::new(), shift: 0, hint: None }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with its line of source taken from the file's `text`.
    #[must_use]
    pub fn source(mut self, text: &str) -> Self {
        let index = usize::try_from(self.span.line).unwrap_or(0);
        if index > 0 {
            self.quote(text.lines().nth(index - 1).unwrap_or_default());
        }
        self
    }

    /// Quotes the line. A long one is cut, with `…` for what is left out: thousands of findings on one line would
    /// otherwise hold it as many times.
    pub(crate) fn quote(&mut self, line: &str) {
        self.shift = 0;
        self.source.clear();
        if line.len() > READ {
            return;
        }
        if line.len() <= QUOTED {
            line.clone_into(&mut self.source);
            return;
        }
        let column = usize::try_from(self.span.column).unwrap_or(0).saturating_sub(1);
        let from = column.saturating_sub(BEFORE);
        let plain = line.is_ascii();
        let at = |text: &str, characters: usize| {
            if plain { Some(characters) } else { text.char_indices().nth(characters).map(|(at, _)| at) }
                .filter(|at| *at < text.len())
        };
        let rest = at(line, from).map_or("", |at| &line[at..]);
        let (shown, more) = at(rest, QUOTED).map_or((rest, ""), |end| (&rest[..end], "…"));
        let before = if from > 0 { "…" } else { "" };
        self.source = format!("{before}{shown}{more}");
        self.shift = u32::try_from(from.saturating_sub(1)).unwrap_or(0);
    }

    /// For people: `file:line:col: error[code]: message`, the line with a marker, and the hint. A finding about a whole
    /// file, or a whole line, is said to be at no column of it.
    #[must_use]
    pub fn render(&self) -> String {
        let Span { line, column, length, .. } = &self.span;
        let kind = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = format!("{}: {kind}[{}]: {}\n", self.span, self.code, self.message);
        if !self.source.is_empty() {
            let gutter = line.to_string().len();
            let _ = writeln!(out, "{:gutter$} |", "");
            let _ = writeln!(out, "{line} | {}", self.source.replace('\t', " "));
            if *column > 0 {
                let indent = usize::try_from(column.saturating_sub(1).saturating_sub(self.shift)).unwrap_or(0);
                let rest = self.source.chars().count().saturating_sub(indent).max(1);
                let marks = usize::try_from(*length).unwrap_or(1).clamp(1, rest);
                let _ = writeln!(out, "{:gutter$} | {:indent$}{}", "", "", "^".repeat(marks));
            }
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "  hint: {hint}");
        }
        out
    }
}

/// Whether any finding is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|found| found.severity == Severity::Error)
}

/// Puts findings in reading order: by file, line, column, then code.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (&a.span, a.code).cmp(&(&b.span, b.code)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_line_and_marks_the_words() {
        let text = "---\ntitle: x\n---\n- Hello -> nowhere\n";
        let span = Span { file: "a.conversation".into(), line: 4, column: 12, length: 7 };
        let shown = Diagnostic::error("unknown-target", span, "there is no node `nowhere`")
            .hint("add `## nowhere`, or name an existing node")
            .source(text)
            .render();
        assert_eq!(
            shown,
            "a.conversation:4:12: error[unknown-target]: there is no node `nowhere`\n  |\n4 | - Hello -> nowhere\n  |            ^^^^^^^\n  hint: add `## nowhere`, or name an existing node\n"
        );
    }

    #[test]
    fn claims_no_place_where_there_is_none() {
        let found = |line, column| Diagnostic::error("x", Span { file: "a".into(), line, column, length: 1 }, "y");
        assert_eq!(found(0, 0).hint("z").render(), "a: error[x]: y\n  hint: z\n");
        assert_eq!(found(3, 0).source("1\n2\nthree\n").render(), "a:3: error[x]: y\n  |\n3 | three\n");
        let json = |line, column| serde_json::to_value(found(line, column)).expect("a finding is JSON");
        for (line, column, expected) in [(0, 0, "null null"), (3, 0, "3 null"), (3, 7, "3 7")] {
            let it = json(line, column);
            assert_eq!(format!("{} {}", it["line"], it["column"]), expected);
        }
    }

    #[test]
    fn never_marks_past_the_end_of_the_line() {
        let span = Span { file: "a".into(), line: 1, column: 9, length: 500 };
        let shown = Diagnostic::warning("x", span, "y").source("short").render();
        assert!(shown.ends_with("        ^\n"), "{shown}");
    }

    /// Wherever on a long line, the marks stand under the words, and no more of the line is kept than can be read.
    #[test]
    fn of_a_long_line_shows_what_is_around_the_words() {
        for (before, after) in [(0, 900), (99, 900), (100, 301), (101, 400), (102, 299), (900, 0), (900, 900)] {
            for letter in ["a", "ä"] {
                let line = format!("{}needle{}", letter.repeat(before), letter.repeat(after));
                let column = u32::try_from(before + 1).expect("a short line");
                let span = Span { file: "a".into(), line: 1, column, length: 6 };
                let found = Diagnostic::warning("x", span, "y").source(&line);
                assert!(found.source.chars().count() <= QUOTED + 2, "{before} {after}");
                let shown = found.render();
                let lines: Vec<&str> = shown.lines().collect();
                let at = lines[3].chars().position(|sign| sign == '^').expect("a mark");
                let marked: String = lines[2].chars().skip(at).take(6).collect();
                assert_eq!((marked.as_str(), lines[3].trim_start_matches([' ', '|'])), ("needle", "^^^^^^"));
                assert_eq!(lines[2].contains("| …"), before > BEFORE);
            }
        }
    }
}
