//! What Chapbook alone has: a section of variables, and lines that change what follows them.

use super::{
    macros::{code, excerpt},
    markup::{Kind, Part, Scan},
    special::Dialect,
};

/// Chapbook's assignments before a line `--`.
pub(super) fn variables_section(text: &str, dialect: Dialect) -> Option<Part<'_>> {
    let mut end = 0;
    let mut names = Vec::new();
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == "--" {
            let what = format!("variables {}", excerpt(&names.join(", ")));
            return Some(Part { whole: &text[..end], kind: Kind::Code, unconverted: Some(what) });
        }
        let name = line.split_once(':').map(|(name, _)| name.trim());
        // A line of two dashes may be anything, where nobody says that this is Chapbook.
        if dialect != Dialect::Chapbook && !line.trim().is_empty() && !name.is_some_and(is_variable) {
            return None;
        }
        names.extend(name);
    }
    None
}

/// `name` or `name (condition)`.
fn is_variable(written: &str) -> bool {
    let name = written.split_once(" (").map_or(written, |(name, _)| name);
    !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.'))
}

impl<'t> Scan<'t> {
    /// Chapbook: a line that is all one bracket, such as `[if hasKey]`. Code and notes go on up to the next one.
    pub fn modifier(&mut self, at: usize) -> Option<Part<'t>> {
        let begins = self.dialect.has_inserts() && (at == 0 || self.text[..at].ends_with('\n'));
        let line = begins.then(|| self.line(at).trim_end())?;
        let name = line.strip_prefix('[')?.strip_suffix(']')?.to_ascii_lowercase();
        if self.dialect != Dialect::Chapbook && !is_modifier(&name) {
            return None;
        }
        let rest = &self.text[at..];
        let below = || {
            let next = rest.match_indices("\n[").find(|(at, _)| {
                let line = rest[at + 1..].split('\n').next().unwrap_or_default();
                line.trim_end().ends_with(']') && !line.starts_with("[[")
            });
            next.map_or(rest, |(end, _)| &rest[..end])
        };
        match name.as_str() {
            "javascript" | "css" => Some(code(below(), "modifier")),
            "note" | "n.b." | "nb" | "fixme" | "todo" | "note to myself" => {
                let whole = below();
                Some(Part { whole, kind: Kind::Comment(whole[line.len()..].trim()), unconverted: None })
            }
            _ => (!name.is_empty()).then(|| code(line, "modifier")),
        }
    }
}

/// A modifier that nothing but Chapbook knows.
fn is_modifier(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "after",
        "align",
        "append",
        "cont",
        "cont'd",
        "continue",
        "continued",
        "css",
        "else",
        "if",
        "ifalways",
        "ifnever",
        "javascript",
        "note",
        "unless",
    ];
    name.split(' ').next().is_some_and(|word| NAMES.contains(&word))
}
