//! What can be wrong in a text, and what it refers to.

use super::{
    link::{Target, resolve},
    render::{name_of, options},
};
use crate::{
    diagnostic::{Diagnostic, Span},
    facts::Facts,
    source::Source,
};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a text refers to, with places.
#[derive(Default)]
pub(crate) struct Found {
    pub diagnostics: Vec<Diagnostic>,
    /// Pictures and films, by path from the course folder.
    pub media: Vec<(String, Span)>,
    /// Files that links lead to.
    pub links: Vec<(String, Span)>,
}

/// Checks the Markdown of `source` from byte `start` on. In a quiz, headings are part of the file format and not checked.
pub(crate) fn check(source: &Source<'_>, start: usize, folder: &str, headings: bool) -> Found {
    let mut pass =
        Pass { source, start, folder, found: Found::default(), level: 1, names: Vec::new(), inner: Vec::new() };
    let text = source.text.get(start..).unwrap_or_default();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        pass.event(&event, &range, headings);
    }
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
    found: Found,
    level: u8,
    names: Vec<String>,
    inner: Vec<Open>,
}

impl Pass<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        self.source.range(&(range.start + self.start..range.end + self.start))
    }

    fn error(&mut self, code: &'static str, range: &Range<usize>, message: impl Into<String>, hint: &str) {
        let problem = self.source.error(code, self.span(range), message);
        self.found.diagnostics.push(problem.hint(hint));
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, headings: bool) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.open(range, "");
                if headings {
                    self.heading(*level as u8, range);
                }
            }
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
                    self.names.push(name_of(&open.text));
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some(open) = self.inner.pop() {
                    self.image(&open);
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some(open) = self.inner.pop() {
                    self.link(&open);
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

    fn open(&mut self, range: &Range<usize>, address: &str) {
        let address = Facts::examples().fill(address);
        self.inner.push(Open { text: String::new(), range: range.clone(), address });
    }

    fn heading(&mut self, level: u8, range: &Range<usize>) {
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

    fn link(&mut self, open: &Open) {
        if open.text.trim().is_empty() {
            self.error("empty-link", &open.range, "the link says nothing", "write where it leads: `[The page](…)`");
        }
        match resolve(&open.address, self.folder) {
            Target::File(path, _) => {
                let span = self.span(&open.range);
                self.found.links.push((path, span));
            }
            Target::Outside(_) | Target::Heading(_) => {}
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
        let text = self.source.text.get(self.start..).unwrap_or_default();
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            if let Target::Heading(heading) = resolve(&dest_url, self.folder)
                && !self.names.contains(&heading)
            {
                let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
                let hint = crate::source::suggest(&heading, &names);
                self.error("unknown-heading", &range, format!("there is no heading `#{heading}`"), &hint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(&'static str, u32, u32)> {
        let found = check(&Source::new("first/a.md", text), 0, "first", true);
        found.diagnostics.iter().map(|d| (d.code, d.span.line, d.span.column)).collect()
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
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_text_refers_to_is_listed_from_the_start_given() {
        let text = "---\ntitle: # x\n---\n![a *b*](../media/a.svg) [c](d.md#e)\n";
        let start = text.find("![").unwrap();
        let found = check(&Source::new("first/a.md", text), start, "first", true);
        assert!(found.diagnostics.is_empty());
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
