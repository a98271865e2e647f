//! Takes a passage's text apart: words, links, comments, and what cannot be converted.
//!
//! Every part is found in time that grows with the text alone: a sign that is not closed is searched for once.

use super::{
    link,
    macros::{code, excerpt, harlowe, insert, picture, variable},
    special::Dialect,
};

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
    Link(&'t str, &'t str),
    Code,
}

pub(super) fn parts(text: &str, dialect: Dialect) -> Vec<Part<'_>> {
    let mut scan = Scan { text, dialect, unclosed: Vec::new(), line_end: 0, no_link_before: 0 };
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    if dialect == Dialect::Chapbook
        && let Some(part) = variables_section(text)
    {
        from = part.whole.len();
        at = from;
        parts.push(part);
    }
    while let Some(next) = text[at..].find(['[', '<', '(', '{', '$', '/', '!']) {
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
    parts
}

fn words(whole: &str) -> Part<'_> {
    Part { whole, kind: Kind::Words, unconverted: None }
}

/// Cuts the links out of a macro's insides.
fn split_links<'t>(part: Part<'t>, dialect: Dialect, parts: &mut Vec<Part<'t>>) {
    let whole = part.whole;
    let is_macro = part.kind == Kind::Code && whole.starts_with("<<");
    let inner = is_macro.then(|| whole[2..].find("[[")).flatten().map(|at| at + 2);
    let Some(mut at) = inner else {
        parts.push(part);
        return;
    };
    let mut scan = Scan { text: whole, dialect, unclosed: Vec::new(), line_end: 0, no_link_before: 0 };
    let mut from = 0;
    let mut unconverted = part.unconverted;
    loop {
        if let Some(link) = scan.link(at) {
            if from < at {
                parts.push(Part { whole: &whole[from..at], kind: Kind::Code, unconverted: unconverted.take() });
            }
            from = at + link.whole.len();
            at = from;
            parts.push(link);
        } else {
            at += 2;
        }
        let Some(next) = whole[at..].find("[[") else { break };
        at += next;
    }
    if from < whole.len() {
        parts.push(Part { whole: &whole[from..], kind: Kind::Code, unconverted: unconverted.take() });
    }
}

/// Chapbook's assignments before a line `--`.
fn variables_section(text: &str) -> Option<Part<'_>> {
    let mut end = 0;
    let mut names = Vec::new();
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == "--" {
            let what = format!("variables {}", excerpt(&names.join(", ")));
            return Some(Part { whole: &text[..end], kind: Kind::Code, unconverted: Some(what) });
        }
        names.extend(line.split_once(':').map(|(name, _)| name.trim()));
    }
    None
}

struct Scan<'t> {
    text: &'t str,
    dialect: Dialect,
    /// Closing signs that do not come any more.
    unclosed: Vec<&'static str>,
    line_end: usize,
    no_link_before: usize,
}

impl<'t> Scan<'t> {
    /// The part that begins here, or how far to go on when none does.
    fn part(&mut self, at: usize) -> Result<Part<'t>, usize> {
        let rest = &self.text[at..];
        match rest.as_bytes()[0] {
            b'[' if rest.starts_with("[[") => self.link(at).ok_or(1),
            b'[' => self.image(at).or_else(|| self.modifier(at)).ok_or(1),
            b'<' => self.angle(at).ok_or(1),
            b'(' if self.dialect.has_harlowe_macros() => harlowe(rest).ok_or(1),
            b'{' if self.dialect.has_inserts() => insert(rest).ok_or(1),
            b'$' if self.dialect.has_variables() => variable(rest),
            b'/' if self.dialect.has_block_comments() => self.block_comment(at).ok_or(1),
            b'!' => picture(rest).ok_or(1),
            _ => Err(1),
        }
    }

    /// Where `sign` comes next.
    fn find(&mut self, from: usize, sign: &'static str) -> Option<usize> {
        if self.unclosed.contains(&sign) {
            return None;
        }
        let found = self.text[from..].find(sign).map(|at| from + at);
        if found.is_none() {
            self.unclosed.push(sign);
        }
        found
    }

    /// The rest of the line.
    fn line(&mut self, at: usize) -> &'t str {
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
        let Some((end, setter)) = link::extent(line) else {
            self.no_link_before = self.line_end;
            return None;
        };
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
        let kind = if away { Kind::Code } else { Kind::Link(text, target) };
        Some(Part { whole, kind, unconverted })
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
            Some(target) if title == source => Kind::Link(target, target),
            Some(target) => Kind::Link(title, target),
            None => Kind::Code,
        };
        Some(Part { whole, kind, unconverted: Some(what) })
    }

    /// Chapbook: a line that is all one bracket, such as `[if hasKey]`. Code and notes go on up to the next one.
    fn modifier(&mut self, at: usize) -> Option<Part<'t>> {
        let begins = self.dialect == Dialect::Chapbook && (at == 0 || self.text[..at].ends_with('\n'));
        let line = begins.then(|| self.line(at).trim_end())?;
        let name = line.strip_prefix('[')?.strip_suffix(']')?.to_ascii_lowercase();
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

    /// What begins with `<`: a comment, a template, a macro, a script, a tag.
    fn angle(&mut self, at: usize) -> Option<Part<'t>> {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            let end = self.find(at + 4, "-->")?;
            return Some(self.comment(at, 4, end, 3));
        }
        if rest.starts_with("<%") {
            let end = self.find(at + 2, "%>")? + 2;
            return Some(code(&self.text[at..end], "template"));
        }
        let letter = |text: &str| text.starts_with(|sign: char| sign.is_ascii_alphabetic());
        if let Some(name) = rest.strip_prefix("<<") {
            let name = name.strip_prefix('/').unwrap_or(name);
            if letter(name) || name.starts_with(['=', '-', '_', '$']) {
                let end = self.find(at + 2, ">>")? + 2;
                let mut part = code(&self.text[at..end], "macro");
                if rest.starts_with("<</") {
                    // Told of where it opens.
                    part.unconverted = None;
                }
                return Some(part);
            }
            return None;
        }
        for (name, end) in [("<script", "</script>"), ("<style", "</style>")] {
            if rest.starts_with(name)
                && let Some(end) = self.find(at, end).map(|found| found + end.len())
            {
                return Some(code(&self.text[at..end], "HTML"));
            }
        }
        let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        let end = letter(name).then(|| rest[1..].find(['<', '>'])).flatten()? + 1;
        let whole = rest[..=end].strip_suffix('>').map(|_| &rest[..=end])?;
        let mut part = code(whole, "HTML");
        if whole.starts_with("</") {
            // Told of where it opens.
            part.unconverted = None;
        }
        Some(part)
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

    fn comment(&self, at: usize, open: usize, end: usize, close: usize) -> Part<'t> {
        let kind = Kind::Comment(self.text[at + open..end].trim());
        Part { whole: &self.text[at..end + close], kind, unconverted: None }
    }
}
