//! Front matter: `key: value` lines between two `---`.

use super::{Source, suggest};
use crate::diagnostic::{Diagnostics, Span};

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
    pub(crate) fn read(source: &Source<'a>, known: &[&str], found: &mut Diagnostics) -> Self {
        let mut front = Self { fields: Vec::new(), present: false, body_line: 1 };
        let blank = |line: &&str| line.trim().is_empty();
        let above = source.text.lines().take_while(blank).count();
        let mut lines = source.text.lines().enumerate().skip(above);
        if lines.next().is_none_or(|(_, line)| line.trim_end() != "---") {
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
        let at = source.span(above + 1, 1, 3);
        found.push(
            source
                .error("open-front-matter", at, "the front matter has no end")
                .hint("put a line with `---` after the last `key: value`"),
        );
        front.body_line = source.text.lines().count() + 1;
        front
    }

    fn field(&mut self, source: &Source<'a>, known: &[&str], number: usize, line: &'a str, found: &mut Diagnostics) {
        if line.trim().is_empty() {
            return;
        }
        let width = line.chars().count();
        let Some((key, rest)) = line.split_once(':') else {
            let at = source.span(number, 1, width);
            found.push(
                source
                    .error("bad-front-matter", at, "this line of the front matter is not `key: value`")
                    .hint("write `title: …`"),
            );
            return;
        };
        let (key, value) = (key.trim(), rest.trim());
        let key_at = source.span(number, 1, key.chars().count());
        if !known.contains(&key) {
            found.push_error(|| {
                let problem = source.error("unknown-key", key_at, format!("there is no key `{key}` here"));
                problem.hint(suggest(key, known))
            });
            return;
        }
        if let Some(first) = self.fields.iter().find(|field| field.key == key) {
            let message = format!("`{key}` is given twice, first on line {}", first.line);
            found.push(source.error("duplicate-key", key_at, message).hint("keep one of them"));
            return;
        }
        let column = line.find(value).map_or(1, |at| line[..at].chars().count() + 1);
        let column = if value.is_empty() { 1 } else { column.max(key.chars().count() + 2) };
        self.fields.push(Field { key, value, line: number, column });
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The value of a key that must be there and not be empty.
    pub(crate) fn required(&self, source: &Source<'a>, key: &str, found: &mut Diagnostics) -> Option<&'a str> {
        match self.get(key) {
            Some(field) if !field.value.is_empty() => Some(field.value),
            Some(field) => {
                let message = format!("`{key}` has no value");
                found
                    .push(source.error("missing-value", field.span(source), message).hint(format!("write `{key}: …`")));
                None
            }
            None => {
                let message = format!("`{key}` is missing");
                let hint = format!("add `{key}: …` between two `---` lines at the top");
                found.push(source.error("missing-key", source.span(1, 1, 1), message).hint(hint));
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
        found: &mut Diagnostics,
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
