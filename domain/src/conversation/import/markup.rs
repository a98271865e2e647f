//! Takes a passage's text apart: words, links, comments, and what cannot be converted.
//!
//! Every part is found in time that grows with the text alone: a sign that is not closed is searched for once.

use super::{
    chapbook::variables_section,
    link,
    macros::{closing_paren, code, excerpt, harlowe, insert, is_expression, picture, temporary, variable},
    special::Dialect,
    ways,
};
use std::borrow::Cow;

/// A part of a text; together the parts are the whole text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'t> {
    pub whole: &'t str,
    pub kind: Kind<'t>,
    /// What of it cannot be converted.
    pub unconverted: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    Words,
    /// A comment, without its signs.
    Comment(&'t str),
    /// A link: its words and its target.
    Link(Cow<'t, str>, Cow<'t, str>),
    Code,
}

pub(super) fn parts(text: &str, dialect: Dialect) -> Vec<Part<'_>> {
    let mut scan = Scan::new(text, dialect);
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    if dialect.has_inserts()
        && let Some(part) = variables_section(text, dialect)
    {
        from = part.whole.len();
        at = from;
        parts.push(part);
    }
    while let Some(next) = text[at..].find(['[', '<', '(', '{', '$', '_', '/', '!', '`']) {
        at += next;
        let length = match scan.part(at) {
            Ok(part) => {
                if from < at {
                    parts.push(words(&text[from..at]));
                }
                from = at + part.whole.len();
                // Links are live inside a macro too, as in `<<link [[Go|Cellar]]>>`.
                split_links(part, dialect, &mut parts);
                at = from;
                continue;
            }
            Err(length) => length,
        };
        at += length;
    }
    if from < text.len() {
        parts.push(words(&text[from..]));
    }
    ways::mark(parts, dialect)
}

fn words(whole: &str) -> Part<'_> {
    Part { whole, kind: Kind::Words, unconverted: None }
}

/// Cuts the links out of a macro's insides: its arguments, or what it prints.
fn split_links<'t>(part: Part<'t>, dialect: Dialect, parts: &mut Vec<Part<'t>>) {
    let whole = part.whole;
    let is_macro = part.kind == Kind::Code && (whole.starts_with("<<") || whole.starts_with('('));
    if !is_macro || !(whole.contains("[[") || whole.contains("[img[")) || whole.starts_with("<<script") {
        parts.push(part);
        return;
    }
    // In an expression two brackets are a list of lists, unless they stand in a text.
    let in_quotes = whole.starts_with('(') || is_expression(whole);
    let mut scan = Scan::new(whole, dialect);
    let (mut from, mut at) = (0, 0);
    let mut quote = None;
    let mut escaped = false;
    let mut unconverted = part.unconverted;
    while let Some(sign) = whole[at..].chars().next() {
        let found = if sign == '[' && (quote.is_some() || !in_quotes) {
            if whole[at..].starts_with("[[") { scan.link(at).or_else(|| scan.no_link(at)) } else { scan.image(at) }
        } else {
            None
        };
        if let Some(link) = found {
            if ways::takes_link(whole) {
                unconverted = ways::led(unconverted);
            }
            if from < at {
                parts.push(Part { whole: &whole[from..at], kind: Kind::Code, unconverted: unconverted.take() });
            }
            from = at + link.whole.len();
            at = from;
            parts.push(link);
            continue;
        }
        match quote {
            Some(open) if sign == open && !escaped => quote = None,
            None if matches!(sign, '"' | '\'') => quote = Some(sign),
            _ => {}
        }
        escaped = !escaped && sign == '\\';
        at += sign.len_utf8();
    }
    if from < whole.len() {
        parts.push(Part { whole: &whole[from..], kind: Kind::Code, unconverted: unconverted.take() });
    }
}

pub(super) struct Scan<'t> {
    pub text: &'t str,
    pub dialect: Dialect,
    /// Closing signs that do not come any more.
    unclosed: Vec<&'static str>,
    line_end: usize,
    no_link_before: usize,
    /// How often more may be searched for in vain beyond texts in quotes.
    tries: u8,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        Self { text, dialect, unclosed: Vec::new(), line_end: 0, no_link_before: 0, tries: 32 }
    }

    /// The part that begins here, or how far to go on when none does.
    fn part(&mut self, at: usize) -> Result<Part<'t>, usize> {
        let rest = &self.text[at..];
        match rest.as_bytes()[0] {
            b'[' if rest.starts_with("[[") => self.link(at).or_else(|| self.open_link(at)).ok_or(1),
            b'[' => self.image(at).or_else(|| self.modifier(at)).ok_or(1),
            b'<' => self.angle(at).ok_or(1),
            b'(' if self.dialect.has_harlowe_macros() => self.harlowe(at).ok_or(1),
            b'{' if self.dialect == Dialect::SugarCube && rest.starts_with("{{{") => self.verbatim(at, "{{{", "}}}"),
            b'{' if self.dialect.has_inserts() => insert(rest).ok_or(1),
            b'$' if self.dialect.has_variables() => variable(rest),
            b'_' if self.dialect.has_temporaries() => {
                let line = self.line(at);
                temporary(&self.text[..at], line).ok_or(1)
            }
            b'`' if self.dialect == Dialect::Harlowe => {
                let sign = ["```", "``", "`"].into_iter().find(|sign| rest.starts_with(sign)).unwrap_or("`");
                self.verbatim(at, sign, sign)
            }
            b'/' if self.dialect.has_block_comments() => self.block_comment(at).ok_or(1),
            b'!' => picture(rest).ok_or(1),
            _ => Err(1),
        }
    }

    /// Where `sign` comes next.
    pub fn find(&mut self, from: usize, sign: &'static str) -> Option<usize> {
        if self.unclosed.contains(&sign) {
            return None;
        }
        let found = self.text[from..].find(sign).map(|at| from + at);
        if found.is_none() {
            self.unclosed.push(sign);
        }
        found
    }

    /// What stands for itself: nothing in it is looked at.
    fn verbatim(&mut self, at: usize, open: &'static str, close: &'static str) -> Result<Part<'t>, usize> {
        let end = self.find(at + open.len(), close).ok_or(open.len())? + close.len();
        Ok(words(&self.text[at..end]))
    }

    /// A macro of Harlowe's; one that does not end soon is told of by its beginning, and its insides are looked at
    /// like text.
    fn harlowe(&mut self, at: usize) -> Option<Part<'t>> {
        let rest = &self.text[at..];
        let colon = harlowe(rest)?;
        let reach = if self.tries > 0 { 5_000 } else { 120 };
        let end = closing_paren(rest, reach);
        if end.is_none() {
            self.tries = self.tries.saturating_sub(1);
        }
        Some(code(&rest[..end.unwrap_or(colon + 1)], "macro"))
    }

    /// Where a macro that begins before `from` ends: two signs that do not stand in a text.
    pub fn macro_end(&mut self, from: usize) -> Option<usize> {
        let plain = self.find(from, ">>")? + 2;
        let mut at = from;
        while self.tries > 0 {
            let Some(sign) = self.text[at..].find(['>', '"', '\'', '`']).map(|next| at + next) else { break };
            let rest = &self.text[sign..];
            at = sign + 1;
            if rest.starts_with(">>") {
                return Some(sign + 2);
            }
            let quote = ["\"", "'", "`"].into_iter().find(|quote| rest.starts_with(quote));
            let Some(quote) = quote.filter(|_| !self.text[..sign].ends_with(char::is_alphanumeric)) else { continue };
            let mut close = self.find(at, quote);
            while let Some(end) = close.filter(|end| self.text[..*end].ends_with('\\')) {
                close = self.find(end + 1, quote);
            }
            at = close.map_or(at, |end| end + 1);
        }
        self.tries = self.tries.saturating_sub(1);
        Some(plain)
    }

    /// The rest of the line.
    pub fn line(&mut self, at: usize) -> &'t str {
        if at >= self.line_end {
            self.line_end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        }
        &self.text[at..self.line_end]
    }

    fn link(&mut self, at: usize) -> Option<Part<'t>> {
        let line = self.line(at);
        // The first bracket of three belongs to something around the link.
        if line.starts_with("[[[") || at < self.no_link_before {
            return None;
        }
        let (end, setter) = link::extent(line)?;
        let whole = &line[..end];
        let inside = &line[2..setter.map_or(end - 2, |at| at - 1)];
        let (text, target) = link::split(inside);
        let unconverted = if target.is_empty() {
            Some(format!("link without a target {}", excerpt(whole)))
        } else if link::is_url(target) {
            Some(format!("link to another site {}", excerpt(target)))
        } else {
            setter.map(|setter| format!("setter {}", excerpt(&line[setter..end - 1])))
        };
        let away = target.is_empty() || link::is_url(target);
        let kind = if away { Kind::Code } else { Kind::Link(text.into(), target.into()) };
        Some(Part { whole, kind, unconverted })
    }

    /// No link begins on this line any more.
    fn no_link(&mut self, at: usize) -> Option<Part<'t>> {
        let line = self.line(at);
        if !line.starts_with("[[[") {
            self.no_link_before = self.line_end;
        }
        None
    }

    /// The first brackets of a line that nothing closes.
    fn open_link(&mut self, at: usize) -> Option<Part<'t>> {
        let line = self.line(at);
        if line.starts_with("[[[") || at < self.no_link_before {
            return None;
        }
        self.no_link_before = self.line_end;
        let what = format!("link without an end {}", excerpt(line));
        Some(Part { whole: &line[..2], kind: Kind::Words, unconverted: Some(what) })
    }

    /// `[img[title|source][target][setter]]`, also with `<` or `>` before `img`.
    fn image(&mut self, at: usize) -> Option<Part<'t>> {
        let line = self.line(at);
        if at < self.no_link_before {
            return None;
        }
        let start = ["[img[", "[<img[", "[>img["].iter().find(|start| line.starts_with(**start))?;
        let Some(end) = line.find("]]").map(|end| end + 2) else {
            self.no_link_before = self.line_end;
            return None;
        };
        let whole = &line[..end];
        let mut fields = whole[start.len()..end - 2].split("][");
        let (title, source) = link::split(fields.next()?);
        let target = fields.next().map(str::trim).filter(|target| !target.is_empty() && !link::is_url(target));
        let mut what = format!("image {}", excerpt(source));
        if let Some(setter) = fields.next() {
            what = format!("{what} with setter [{}]", excerpt(setter));
        }
        let kind = match target {
            Some(target) if title == source => Kind::Link(target.into(), target.into()),
            Some(target) => Kind::Link(title.into(), target.into()),
            None => Kind::Code,
        };
        Some(Part { whole, kind, unconverted: Some(what) })
    }

    fn block_comment(&mut self, at: usize) -> Option<Part<'t>> {
        let closing = match self.text.as_bytes().get(at + 1)? {
            b'*' => "*/",
            b'%' => "%/",
            _ => return None,
        };
        let end = self.find(at + 2, closing)?;
        Some(self.comment(at, 2, end, 2))
    }

    pub fn comment(&self, at: usize, open: usize, end: usize, close: usize) -> Part<'t> {
        let kind = Kind::Comment(self.text[at + open..end].trim());
        Part { whole: &self.text[at..end + close], kind, unconverted: None }
    }
}
