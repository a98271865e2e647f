//! Reading authored text: places in it, front matter, tidy Markdown, and help for misspelt words.

mod front;
mod suggest;
mod tidy;

pub(crate) use front::Front;
pub(crate) use suggest::{nearest, offer, suggest};
pub(crate) use tidy::tidy;

use crate::diagnostic::{Diagnostic, Span};
use std::cell::{Cell, OnceCell};

/// The most bytes of a line. A paragraph of three thousand words has fewer; on longer lines every place would have to be
/// counted from far away.
pub(crate) const LONGEST_LINE: usize = 20_000;

/// A text file of a course, for pointing into.
pub(crate) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Where each line begins, once anybody asks.
    lines: OnceCell<Vec<usize>>,
    /// The place asked for last: its byte, and how many characters of its line stand before it.
    last: Cell<(usize, usize)>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, lines: OnceCell::new(), last: Cell::default() }
    }

    fn starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// A line by its number from 1, without its end.
    pub(crate) fn line(&self, number: usize) -> &'a str {
        let starts = self.starts();
        let Some(start) = number.checked_sub(1).and_then(|index| starts.get(index)) else { return "" };
        let end = starts.get(number).map_or(self.text.len(), |next| next - 1);
        let line = &self.text[*start..end];
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// The number of the first line that is too long to be read, if there is one.
    pub(crate) fn too_long_line(&self) -> Option<usize> {
        self.text.lines().position(|line| line.len() > LONGEST_LINE).map(|index| index + 1)
    }

    /// A place by line and column, both from 1.
    pub(crate) fn span(&self, line: usize, column: usize, length: usize) -> Span {
        let number = |value| u32::try_from(value).unwrap_or(u32::MAX);
        Span { file: self.file.to_owned(), line: number(line), column: number(column), length: number(length.max(1)) }
    }

    /// A place by byte range, cut to the first line it touches.
    pub(crate) fn range(&self, range: &std::ops::Range<usize>) -> Span {
        let start = floor(self.text, range.start);
        let starts = self.starts();
        let line = starts.partition_point(|begin| *begin <= start).max(1);
        let line_start = starts.get(line - 1).copied().unwrap_or(0);
        let line_end = starts.get(line).map_or(self.text.len(), |next| next - 1).max(start);
        let end = floor(self.text, range.end).clamp(start, line_end);
        self.span(line, self.before(line_start, start) + 1, self.text[start..end].chars().count())
    }

    /// How many characters stand between the beginning of a line and a byte of it. Most places come in order.
    fn before(&self, line_start: usize, at: usize) -> usize {
        let (last, count) = self.last.get();
        let count = if (line_start..=at).contains(&last) && last > 0 {
            count + self.text[last..at].chars().count()
        } else {
            self.text[line_start..at].chars().count()
        };
        self.last.set((at, count));
        count
    }

    pub(crate) fn error(&self, code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        self.quoted(Diagnostic::error(code, span, message))
    }

    pub(crate) fn warning(&self, code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        self.quoted(Diagnostic::warning(code, span, message))
    }

    fn quoted(&self, mut found: Diagnostic) -> Diagnostic {
        let line = usize::try_from(found.span.line).unwrap_or(0);
        if line > 0 {
            found.quote(self.line(line));
        }
        found
    }
}

/// The nearest boundary between characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A file's bytes as text with line feeds only and no byte order mark, or where it stops being UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, usize> {
    let text = std::str::from_utf8(bytes).map_err(|problem| problem.valid_up_to())?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests;
