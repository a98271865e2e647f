//! What can be wrong in a text, and what it refers to.

use super::{
    depth,
    link::{Target, resolve},
    render::{name_of, options},
};
use crate::{
    course::limits,
    diagnostic::{Diagnostics, Span},
    facts::Facts,
    source::{Source, suggest},
};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::{collections::BTreeSet, ops::Range};

/// The most headings of a text.
const HEADINGS: usize = 500;

/// What a text refers to, with places.
#[derive(Default)]
pub(crate) struct Found {
    pub diagnostics: Diagnostics,
    /// Pictures and films, by path from the course folder.
    pub media: Vec<(String, Span)>,
    /// Files that links lead to.
    pub links: Vec<(String, Span)>,
}

/// Checks the Markdown of `source` from byte `start` on. In a quiz, headings are part of the file format and not checked.
pub(crate) fn check(source: &Source<'_>, start: usize, folder: &str, headings: bool) -> Found {
    let text = source.text.get(start..).unwrap_or_default();
    let mut pass = Pass {
        source,
        start,
        folder,
        facts: Facts::examples(),
        found: Found::default(),
        level: 1,
        depth: 0,
        count: 0,
        names: BTreeSet::new(),
        own: Vec::new(),
        inner: Vec::new(),
        plain: None,
        code: false,
    };
    if let Some(at) = depth::too_deep(text) {
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        pass.too_deep(&(at..end));
        return pass.found;
    }
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match &event {
            Event::Start(_) => pass.depth += 1,
            Event::End(_) => pass.depth = pass.depth.saturating_sub(1),
            _ => {}
        }
        if pass.depth > depth::MOST {
            pass.too_deep(&range);
            return pass.found;
        }
        pass.event(&event, &range, headings);
    }
    pass.words();
    if headings {
        pass.own_headings();
    }
    pass.found
}

/// A heading, picture or link that is still open: its text so far.
struct Open {
    text: String,
    range: Range<usize>,
    address: String,
}

struct Pass<'a> {
    source: &'a Source<'a>,
    start: usize,
    folder: &'a str,
    facts: Facts,
    found: Found,
    level: u8,
    depth: usize,
    count: usize,
    names: BTreeSet<String>,
    /// Links to headings of the same text.
    own: Vec<(String, Range<usize>)>,
    inner: Vec<Open>,
    /// Plain words that have not ended yet.
    plain: Option<Range<usize>>,
    code: bool,
}

impl Pass<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        self.source.range(&(range.start + self.start..range.end + self.start))
    }

    fn error(&mut self, code: &'static str, range: &Range<usize>, message: impl Into<String>, hint: &str) {
        let span = self.span(range);
        self.found.diagnostics.push_error(|| self.source.error(code, span, message).hint(hint));
    }

    fn too_deep(&mut self, range: &Range<usize>) {
        let message = "quotations, lists and emphasis lie too deep within each other here";
        self.error("too-nested", range, message, "use fewer levels: nobody reads more than three or four");
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, headings: bool) {
        match (event, &mut self.plain) {
            (Event::Text(_), Some(plain)) if plain.end == range.start => plain.end = range.end,
            (Event::Text(_), _) => {
                self.words();
                self.plain = Some(range.clone());
            }
            _ => self.words(),
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.open(range, "");
                if headings {
                    self.heading(*level as u8, range);
                }
            }
            Event::Start(Tag::CodeBlock(_)) => self.code = true,
            Event::End(TagEnd::CodeBlock) => self.code = false,
            Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) => self.open(range, dest_url),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(open) = self.inner.pop() {
                    if open.text.trim().is_empty() {
                        self.error(
                            "empty-heading",
                            &open.range,
                            "the heading says nothing",
                            "write its text, or remove it",
                        );
                    }
                    self.names.insert(name_of(&open.text));
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some(open) = self.inner.pop() {
                    self.image(&open);
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some(open) = self.inner.pop() {
                    self.link(open);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                for open in &mut self.inner {
                    open.text.push_str(text);
                }
            }
            Event::Html(text) | Event::InlineHtml(text) if !text.trim().is_empty() => {
                let problem = self
                    .source
                    .warning("raw-html", self.span(range), "HTML is shown as text and has no effect")
                    .hint("write it in Markdown, or put it between `…` when it is meant as text");
                self.found.diagnostics.push(problem);
            }
            _ => {}
        }
    }

    /// Plain words that look like a picture or a link: an address ends at its first space.
    fn words(&mut self) {
        let Some(range) = self.plain.take().filter(|_| !self.code) else { return };
        let text = self.source.text.get(range.start + self.start..range.end + self.start).unwrap_or_default();
        let mut from = 0;
        while let Some(middle) = text[from..].find("](").map(|at| from + at) {
            from = middle + 2;
            let Some((address, _)) = text[from..].split_once(')') else { return };
            let end = from + address.len();
            if address.len() > limits::PATH || !address.contains(' ') {
                continue;
            }
            let Some(begin) = text[..middle].rfind('[') else { return };
            // The backslash of an escaped sign is no part of the words.
            let before = |at: usize| self.source.text.get(..range.start + self.start + at).unwrap_or_default();
            let escaped = before(middle).ends_with('\\') || before(begin).ends_with('\\');
            let picture = text[..begin].ends_with('!');
            let file = address.rsplit('/').next().unwrap_or_default().contains('.');
            if escaped || !(picture || file) {
                continue;
            }
            let whole = range.start + begin - usize::from(picture)..range.start + end + 1;
            let what = if picture { "picture" } else { "link" };
            self.error(
                "space-in-address",
                &whole,
                format!("this {what} is not read: its address `{address}` has a space"),
                &format!("take the spaces out of the file's name, and write `{}`", address.trim().replace(' ', "-")),
            );
            from = end;
        }
    }

    fn open(&mut self, range: &Range<usize>, address: &str) {
        let address = self.facts.fill(address);
        self.inner.push(Open { text: String::new(), range: range.clone(), address });
    }

    fn heading(&mut self, level: u8, range: &Range<usize>) {
        self.count += 1;
        if self.count == HEADINGS + 1 {
            let message = format!("the text has more than {HEADINGS} headings");
            self.error("too-many-headings", range, message, "make several lessons of it");
        }
        if level == 1 {
            self.error(
                "heading-level",
                range,
                "a heading of the first level",
                "begin with `##`: the first level is the page's own title",
            );
        } else if level > self.level + 1 {
            let hint = format!("use {}", "#".repeat(usize::from(self.level + 1)));
            self.error("heading-order", range, "this heading skips a level", &hint);
        }
        self.level = level.max(2);
    }

    fn image(&mut self, open: &Open) {
        if open.text.trim().is_empty() {
            self.error(
                "missing-alt",
                &open.range,
                "the picture has no alternative text",
                "say what it shows, for people who cannot see it: `![What it shows](…)`",
            );
        }
        match resolve(&open.address, self.folder) {
            Target::File(path, _) => {
                let span = self.span(&open.range);
                self.found.media.push((path, span));
            }
            _ => self.error(
                "bad-media-address",
                &open.range,
                format!("`{}` is not a file of this course", open.address),
                "put the file into `media/` and write `![…](media/name.svg)`",
            ),
        }
    }

    fn link(&mut self, open: Open) {
        if open.text.trim().is_empty() {
            self.error("empty-link", &open.range, "the link says nothing", "write where it leads: `[The page](…)`");
        }
        match resolve(&open.address, self.folder) {
            Target::File(path, _) => {
                let span = self.span(&open.range);
                self.found.links.push((path, span));
            }
            Target::Heading(heading) => self.own.push((heading, open.range)),
            Target::Outside(_) => {}
            Target::Refused => self.error(
                "bad-link",
                &open.range,
                format!("a link may not lead to `{}`", open.address),
                "use http, https, mailto, or the path of another lesson",
            ),
        }
    }

    /// Links to headings of the same text, once all headings are known.
    fn own_headings(&mut self) {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        for (heading, range) in std::mem::take(&mut self.own) {
            if !self.names.contains(&heading) {
                let span = self.span(&range);
                self.found.diagnostics.push_error(|| {
                    let problem = format!("there is no heading `#{heading}`");
                    self.source.error("unknown-heading", span, problem).hint(suggest(&heading, &names))
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(&'static str, u32, u32)> {
        let found = check(&Source::new("first/a.md", text), 0, "first", true);
        found.diagnostics.into_list().iter().map(|d| (d.code, d.span.line, d.span.column)).collect()
    }

    #[test]
    fn each_fault_is_named_where_it_is() {
        for (text, expected) in [
            ("## A\n### B\n## C\n", vec![]),
            ("Text\n\n# A\n", vec![("heading-level", 3, 1)]),
            ("### A\n", vec![("heading-order", 1, 1)]),
            ("## A\n#### B\n", vec![("heading-order", 2, 1)]),
            ("##\n", vec![("empty-heading", 1, 1)]),
            ("ä ![](media/a.svg)", vec![("missing-alt", 1, 3)]),
            ("![x](https://a.example/x.png)", vec![("bad-media-address", 1, 1)]),
            ("x [y](javascript:z)", vec![("bad-link", 1, 3)]),
            ("[](https://a.example)", vec![("empty-link", 1, 1)]),
            ("a <b>c</b>", vec![("raw-html", 1, 3), ("raw-html", 1, 7)]),
            ("## A b\n[x](#a-b) [y](#ab)", vec![("unknown-heading", 2, 11)]),
            ("[x](mailto:{{privacy_contact}})", vec![]),
            ("`<b>` and \\<b>", vec![]),
            ("x ![a](media/my lamp.png) y", vec![("space-in-address", 1, 3)]),
            ("x [a](the other.md) y", vec![("space-in-address", 1, 3)]),
            ("- ![a b](media/one.png)\n- ![a](media/my lamp.png)", vec![("space-in-address", 2, 3)]),
            ("a[0](see below) \\[x](y z.md) `[x](y z.md)` [1] (a b.)", vec![]),
            ("    ![a](media/my lamp.png)", vec![]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_text_refers_to_is_listed_from_the_start_given() {
        let text = "---\ntitle: # x\n---\n![a *b*](../media/a.svg) [c](d.md#e)\n";
        let start = text.find("![").unwrap();
        let found = check(&Source::new("first/a.md", text), start, "first", true);
        assert_eq!(found.diagnostics.len(), 0);
        assert_eq!(
            found.media.iter().map(|(path, at)| (path.as_str(), at.line)).collect::<Vec<_>>(),
            [("media/a.svg", 4)]
        );
        assert_eq!(
            found.links.iter().map(|(path, at)| (path.as_str(), at.column)).collect::<Vec<_>>(),
            [("first/d.md", 26)]
        );
    }
}
