//! Reading values out of TOML with their places.

use crate::{
    diagnostic::{Diagnostics, Span},
    plain::is_unfit,
    source::{Source, suggest},
    title::Title,
};
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A table of the file.
pub(super) struct Table<'t, 's> {
    pub source: &'s Source<'s>,
    table: &'t DeTable<'t>,
    /// Where it begins.
    at: Range<usize>,
}

/// A value with its place.
pub(super) struct Located<T> {
    pub value: T,
    pub span: Span,
}

impl<'t, 's> Table<'t, 's> {
    pub(super) fn new(source: &'s Source<'s>, table: &'t DeTable<'t>, at: Range<usize>) -> Self {
        Self { source, table, at }
    }

    /// Where the table begins.
    pub(super) fn span(&self) -> Span {
        self.source.range(&self.at)
    }

    /// Reports every key that is not among `known`.
    pub(super) fn only(&self, known: &[&str], found: &mut Diagnostics) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                found.push_error(|| {
                    let (span, message) = (self.source.range(&key.span()), format!("there is no key `{name}` here"));
                    self.source.error("unknown-key", span, message).hint(suggest(name, known))
                });
            }
        }
    }

    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn missing(&self, key: &str, example: &str, found: &mut Diagnostics) {
        let problem = self.source.error("missing-key", self.span(), format!("`{key}` is missing"));
        found.push(problem.hint(format!("add `{key} = {example}`")));
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str, found: &mut Diagnostics) {
        let problem =
            self.source.error("bad-value", self.source.range(&value.span()), format!("`{key}` must be {wanted}"));
        found.push(problem);
    }

    /// A text that is not empty, if the key is there. (What a file cannot have in it, an escape sequence can.)
    pub(super) fn text(&self, key: &str, found: &mut Diagnostics) -> Option<Located<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) if text.chars().any(|sign| is_unfit(sign) && !matches!(sign, '\n' | '\t')) => {
                self.wrong(value, key, "a text without characters that cannot be shown", found);
                None
            }
            DeValue::String(text) if !text.trim().is_empty() => {
                Some(Located { value: text.trim().to_owned(), span: self.source.range(&value.span()) })
            }
            DeValue::String(_) => {
                self.wrong(value, key, "a text that says something", found);
                None
            }
            _ => {
                self.wrong(value, key, "a text between quotation marks", found);
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn required(&self, key: &str, found: &mut Diagnostics) -> Option<Located<String>> {
        if !self.has(key) {
            self.missing(key, "\"…\"", found);
        }
        self.text(key, found)
    }

    /// What something is called, which must be there: a line of text.
    pub(super) fn title(&self, key: &str, found: &mut Diagnostics) -> Option<Located<Title>> {
        let text = self.required(key, found)?;
        match Title::parse(&text.value) {
            Ok(value) => Some(Located { value, span: text.span }),
            Err(problem) => {
                found.push(self.source.error("bad-value", text.span, format!("`{key}` {problem}")));
                None
            }
        }
    }

    /// A text that must be there and be read by `T`.
    pub(super) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        key: &str,
        found: &mut Diagnostics,
    ) -> Option<Located<T>> {
        let text = self.required(key, found)?;
        match text.value.parse() {
            Ok(value) => Some(Located { value, span: text.span }),
            Err(problem) => {
                found.push(self.source.error("bad-value", text.span, format!("{problem}")));
                None
            }
        }
    }

    /// A whole number within `range`, if the key is there.
    pub(super) fn number(
        &self,
        key: &str,
        range: std::ops::RangeInclusive<u32>,
        found: &mut Diagnostics,
    ) -> Option<Located<u32>> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(integer) => u32::from_str_radix(integer.as_str(), integer.radix()).ok(),
            _ => None,
        };
        match number.filter(|number| range.contains(number)) {
            Some(number) => Some(Located { value: number, span: self.source.range(&value.span()) }),
            None => {
                let wanted = format!("a whole number from {} to {}", range.start(), range.end());
                self.wrong(value, key, &wanted, found);
                None
            }
        }
    }

    /// True or false, if the key is there.
    pub(super) fn boolean(&self, key: &str, found: &mut Diagnostics) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            _ => {
                self.wrong(value, key, "true or false", found);
                None
            }
        }
    }

    /// A list of texts; empty when the key is not there.
    pub(super) fn texts(&self, key: &str, found: &mut Diagnostics) -> Vec<Located<String>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(value, key, "a list such as `[\"one\", \"two\"]`", found);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array {
            match item.get_ref() {
                DeValue::String(text) => {
                    texts.push(Located { value: text.to_string(), span: self.source.range(&item.span()) });
                }
                _ => self.wrong(item, key, "a list of texts between quotation marks", found),
            }
        }
        texts
    }

    /// How many tables, or other values, a list holds.
    pub(super) fn count(&self, key: &str) -> usize {
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(array)) => array.len(),
            _ => 0,
        }
    }

    /// A list of tables; empty when the key is not there.
    pub(super) fn tables(&self, key: &str, path: &str, found: &mut Diagnostics) -> Vec<Table<'t, 's>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let wanted = format!("a list of tables: begin each with `[[{path}]]`");
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(value, key, &wanted, found);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Table::new(self.source, table, item.span())),
                _ => self.wrong(item, key, &wanted, found),
            }
        }
        tables
    }
}
