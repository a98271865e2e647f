//! Reading authored text: places in it, front matter, tidy Markdown, and help for misspelt words.

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
        Span {
            file: self.file.to_owned(),
            line: number(line),
            column: number(column),
            length: number(length.max(1)),
        }
    }

    /// A place by byte range, cut to the first line it touches.
    pub(crate) fn range(&self, range: &std::ops::Range<usize>) -> Span {
        let start = floor(self.text, range.start);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let end = floor(self.text, range.end).clamp(start, line_end);
        let line = before.matches('\n').count() + 1;
        let column = self.text[line_start..start].chars().count() + 1;
        self.span(line, column, self.text[start..end].chars().count())
    }

    pub(crate) fn error(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, span, message).source(self.text)
    }

    pub(crate) fn warning(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
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

/// One `key: value` of front matter.
pub(crate) struct Field<'a> {
    pub key: &'a str,
    pub value: &'a str,
    pub line: usize,
    /// The column of the value.
    pub column: usize,
}

impl Field<'_> {
    pub(crate) fn span(&self, source: &Source<'_>) -> Span {
        if self.value.is_empty() {
            source.span(self.line, 1, self.key.chars().count())
        } else {
            source.span(self.line, self.column, self.value.chars().count())
        }
    }
}

/// Front matter, and where the text after it begins.
pub(crate) struct Front<'a> {
    pub fields: Vec<Field<'a>>,
    /// Whether there were `---` lines at all.
    pub present: bool,
    /// The number of the first line after it, from 1.
    pub body_line: usize,
}

impl<'a> Front<'a> {
    /// Reads front matter whose keys are `known`, and reports every other key, every second one and every odd line.
    pub(crate) fn read(source: &Source<'a>, known: &[&str], found: &mut Vec<Diagnostic>) -> Self {
        let mut front = Self {
            fields: Vec::new(),
            present: false,
            body_line: 1,
        };
        let mut lines = source.text.lines().enumerate();
        if lines
            .next()
            .is_none_or(|(_, line)| line.trim_end() != "---")
        {
            return front;
        }
        front.present = true;
        for (index, line) in lines {
            let number = index + 1;
            if line.trim_end() == "---" {
                front.body_line = number + 1;
                return front;
            }
            front.field(source, known, number, line, found);
        }
        let at = source.span(1, 1, 3);
        found.push(
            source
                .error("open-front-matter", at, "the front matter has no end")
                .hint("put a line with `---` after the last `key: value`"),
        );
        front.body_line = source.text.lines().count() + 1;
        front
    }

    fn field(
        &mut self,
        source: &Source<'a>,
        known: &[&str],
        number: usize,
        line: &'a str,
        found: &mut Vec<Diagnostic>,
    ) {
        if line.trim().is_empty() {
            return;
        }
        let width = line.chars().count();
        let Some((key, rest)) = line.split_once(':') else {
            let at = source.span(number, 1, width);
            found.push(
                source
                    .error(
                        "bad-front-matter",
                        at,
                        "this line of the front matter is not `key: value`",
                    )
                    .hint("write `title: …`"),
            );
            return;
        };
        let (key, value) = (key.trim(), rest.trim());
        let key_at = source.span(number, 1, key.chars().count());
        if !known.contains(&key) {
            let mut problem = source.error(
                "unknown-key",
                key_at,
                format!("there is no key `{key}` here"),
            );
            problem.hint = Some(suggest(key, known));
            found.push(problem);
            return;
        }
        if let Some(first) = self.fields.iter().find(|field| field.key == key) {
            let message = format!("`{key}` is given twice, first on line {}", first.line);
            found.push(
                source
                    .error("duplicate-key", key_at, message)
                    .hint("keep one of them"),
            );
            return;
        }
        let column = line
            .find(value)
            .map_or(1, |at| line[..at].chars().count() + 1);
        let column = if value.is_empty() {
            1
        } else {
            column.max(key.chars().count() + 2)
        };
        self.fields.push(Field {
            key,
            value,
            line: number,
            column,
        });
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The value of a key that must be there and not be empty.
    pub(crate) fn required(
        &self,
        source: &Source<'a>,
        key: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Option<&'a str> {
        match self.get(key) {
            Some(field) if !field.value.is_empty() => Some(field.value),
            Some(field) => {
                let message = format!("`{key}` has no value");
                found.push(
                    source
                        .error("missing-value", field.span(source), message)
                        .hint(format!("write `{key}: …`")),
                );
                None
            }
            None => {
                let message = format!("`{key}` is missing");
                let hint = format!("add `{key}: …` between two `---` lines at the top");
                found.push(
                    source
                        .error("missing-key", source.span(1, 1, 1), message)
                        .hint(hint),
                );
                None
            }
        }
    }

    /// A value that is one of a few words.
    pub(crate) fn choice<T: Copy>(
        &self,
        source: &Source<'a>,
        key: &str,
        words: &[(&str, T)],
        default: T,
        found: &mut Vec<Diagnostic>,
    ) -> T {
        let Some(field) = self.get(key) else {
            return default;
        };
        match words.iter().find(|(word, _)| *word == field.value) {
            Some((_, value)) => *value,
            None => {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                let message = format!("`{key}` cannot be `{}`", field.value);
                let mut problem = source.error("bad-value", field.span(source), message);
                problem.hint = Some(suggest(field.value, &known));
                found.push(problem);
                default
            }
        }
    }
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
            let mut least = (table[i - 1][j] + 1)
                .min(table[i][j - 1] + 1)
                .min(table[i - 1][j - 1] + change);
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
                if mark == Some(open)
                    && length >= least
                    && start.trim_end().chars().all(|c| c == open)
                {
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn suggests_the_nearest_word_or_lists_them() {
        assert_eq!(
            suggest("tilte", &["title", "pass"]),
            "did you mean `title`?"
        );
        assert_eq!(
            suggest("required", &["requires", "file"]),
            "did you mean `requires`?"
        );
        assert_eq!(
            suggest("zzz", &["title", "pass"]),
            "use one of: title, pass"
        );
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("ab", "ba"), 1);
    }

    #[test]
    fn front_matter_points_at_values() {
        let source = Source::new(
            "a.md",
            "---\ntitle:  The ö\nodd\npss: 3\ntitle: again\n---\nBody\n",
        );
        let mut found = Vec::new();
        let front = Front::read(&source, &["title", "pass"], &mut found);
        assert_eq!(front.body_line, 7);
        let title = front.get("title").unwrap();
        assert_eq!((title.value, title.line, title.column), ("The ö", 2, 9));
        let seen: Vec<_> = found
            .iter()
            .map(|d| (d.code, d.span.line, d.span.column))
            .collect();
        assert_eq!(
            seen,
            [
                ("bad-front-matter", 3, 1),
                ("unknown-key", 4, 1),
                ("duplicate-key", 5, 1)
            ]
        );
    }

    #[test]
    fn a_byte_range_becomes_line_and_column_in_characters() {
        let source = Source::new("a", "ä\nöö bad\n");
        let at = source.text.find("bad").unwrap();
        assert_eq!(source.range(&(at..at + 50)), source.span(2, 4, 3));
    }

    #[test]
    fn tidies_but_keeps_breaks_and_code() {
        let given = "\n\nOne  \ntwo \n\n\n\n```\ncode  \n\n\nmore\n```\nend\n\n";
        assert_eq!(tidy(given), "One  \ntwo\n\n```\ncode  \n\n\nmore\n```\nend");
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "[a `~\n]{0,60}") {
            let once = tidy(&text);
            prop_assert_eq!(tidy(&once), once.clone());
        }
    }
}
