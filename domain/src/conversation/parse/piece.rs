//! Text that knows where it stands, and the findings made about it.

use super::places::Place;
use crate::{
    conversation::codes::explain,
    diagnostic::{Diagnostic, Diagnostics, Severity, Span},
};

/// A part of one line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    whole: &'a str,
    start: usize,
    end: usize,
    line: u32,
    /// Whether every byte of the line is a character.
    plain: bool,
}

impl<'a> Piece<'a> {
    pub fn line(whole: &'a str, line: u32) -> Self {
        Self { whole, start: 0, end: whole.len(), line, plain: whole.is_ascii() }
    }

    pub fn text(&self) -> &'a str {
        &self.whole[self.start..self.end]
    }

    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// The bytes `from..to` of this piece.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Self { start: self.start + from, end: self.start + to, ..*self }
    }

    pub fn from(&self, from: usize) -> Self {
        self.part(from, self.end - self.start)
    }

    pub fn trim(&self) -> Self {
        let text = self.text();
        let from = text.len() - text.trim_start().len();
        let to = from + text.trim().len();
        self.part(from, to)
    }

    /// The trimmed pieces before and after the first `sign`.
    pub fn split_once(&self, sign: &str) -> Option<(Self, Self)> {
        let at = self.text().find(sign)?;
        Some((self.part(0, at).trim(), self.from(at + sign.len()).trim()))
    }

    /// The trimmed pieces between `sign`s.
    pub fn split(&self, sign: char) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut from = 0;
        for (at, _) in self.text().match_indices(sign) {
            parts.push(self.part(from, at).trim());
            from = at + sign.len_utf8();
        }
        parts.push(self.from(from).trim());
        parts
    }

    /// The first word and the trimmed rest.
    pub fn first_word(&self) -> (Self, Self) {
        let text = self.text();
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        (self.part(0, end), self.from(end).trim())
    }

    pub fn place(&self) -> Place {
        let count = |text: &str| {
            let count = if self.plain { text.len() } else { text.chars().count() };
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let column = count(&self.whole[..self.start]).saturating_add(1);
        Place { line: self.line, column, length: count(self.text()).max(1) }
    }
}

/// Everything found wrong so far, and the file it is about.
pub(crate) struct Findings<'a> {
    path: &'a str,
    lines: &'a [&'a str],
    list: Diagnostics,
}

impl<'a> Findings<'a> {
    pub fn new(path: &'a str, lines: &'a [&'a str]) -> Self {
        Self { path, lines, list: Diagnostics::default() }
    }

    /// Adds an error, and returns it for a hint.
    pub fn error(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> Finding<'_> {
        self.add(Severity::Error, code, place, message)
    }

    /// Adds a warning, and returns it for a hint.
    pub fn warning(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> Finding<'_> {
        self.add(Severity::Warning, code, place, message)
    }

    fn span(&self, place: Place) -> Span {
        let Place { line, column, length } = place;
        Span { file: self.path.to_owned(), line, column, length }
    }

    fn add(&mut self, severity: Severity, code: &'static str, place: Place, message: impl Into<String>) -> Finding<'_> {
        debug_assert!(explain(code).is_some(), "`{code}` is not explained in the registry of codes");
        if !self.list.takes(severity) {
            return Finding(None);
        }
        let mut found = Diagnostic { severity, ..Diagnostic::error(code, self.span(place), message) };
        let line = usize::try_from(place.line).unwrap_or(0);
        if let Some(text) = line.checked_sub(1).and_then(|index| self.lines.get(index)) {
            found.quote(text);
        }
        Finding(Some(self.list.keep(found)))
    }

    pub fn has_errors(&self) -> bool {
        self.list.has_errors()
    }

    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list.into_list()
    }
}

/// A finding just added; nothing, when there are more than are listed.
pub(crate) struct Finding<'f>(Option<&'f mut Diagnostic>);

impl Finding<'_> {
    /// Adds a hint.
    pub fn advise(self, hint: impl Into<String>) {
        if let Some(found) = self.0 {
            found.hint = Some(hint.into());
        }
    }

    /// Adds a hint that takes time to find, unless nobody will read it.
    pub fn advise_with(self, hint: impl FnOnce() -> String) {
        if let Some(found) = self.0 {
            found.hint = Some(hint());
        }
    }
}
