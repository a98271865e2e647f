//! Reading authored text: places in it, front matter, tidy Markdown, and help for misspelt words.

mod front;

pub(crate) use front::Front;

use crate::diagnostic::{Diagnostic, Span};

/// A text file of a course, for pointing into.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// A place by line and column, both from 1.
    pub(crate) fn span(&self, line: usize, column: usize, length: usize) -> Span {
        let number = |value| u32::try_from(value).unwrap_or(u32::MAX);
        Span { file: self.file.to_owned(), line: number(line), column: number(column), length: number(length.max(1)) }
    }

    /// A place by byte range, cut to the first line it touches.
    pub(crate) fn range(&self, range: &std::ops::Range<usize>) -> Span {
        let start = floor(self.text, range.start);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let end = floor(self.text, range.end).clamp(start, line_end);
        let line = before.matches('\n').count() + 1;
        let column = self.text[line_start..start].chars().count() + 1;
        self.span(line, column, self.text[start..end].chars().count())
    }

    pub(crate) fn error(&self, code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, span, message).source(self.text)
    }

    pub(crate) fn warning(&self, code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, span, message).source(self.text)
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

/// Advice for a word that is not among the known ones.
pub(crate) fn suggest(word: &str, known: &[&str]) -> String {
    let near = known
        .iter()
        .map(|candidate| (distance(word, candidate), *candidate))
        .filter(|(steps, candidate)| *steps <= (candidate.chars().count() / 3).max(1))
        .min();
    match near {
        Some((_, candidate)) => format!("did you mean `{candidate}`?"),
        None => format!("use one of: {}", known.join(", ")),
    }
}

/// How many letters to add, drop, change or swap with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in table.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in table[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

/// Markdown as it is kept: lines end with a line feed and without stray spaces, single blank lines, none at the ends.
/// The two spaces that make a hard break stay, and so does everything between code fences.
pub(crate) fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let mark = start.chars().next().filter(|c| "`~".contains(*c));
        let length = mark.map_or(0, |mark| start.chars().take_while(|c| *c == mark).count());
        match (fence, mark) {
            (Some((open, least)), _) => {
                lines.push(line.to_owned());
                if mark == Some(open) && length >= least && start.trim_end().chars().all(|c| c == open) {
                    fence = None;
                }
                continue;
            }
            (None, Some(mark)) if length >= 3 => fence = Some((mark, length)),
            _ => {}
        }
        let plain = line.trim_end();
        if plain.is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
        } else if fence.is_none() && line.ends_with("  ") {
            lines.push(format!("{plain}  "));
        } else {
            lines.push(plain.to_owned());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// A file's bytes as text with line feeds only and no byte order mark, or where it stops being UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, usize> {
    let text = std::str::from_utf8(bytes).map_err(|problem| problem.valid_up_to())?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests;
