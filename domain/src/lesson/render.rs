//! From Markdown to HTML that can be trusted.
//!
//! Raw HTML in the source becomes text; addresses go through [`super::resolve`]; site facts are put in as text after the
//! Markdown has been read, so that a fact can neither form markup nor HTML.

use super::{
    link::{Target, resolve},
    sanitise,
};
use crate::{course::Media, facts::Facts};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
    TextMergeStream, html as writer,
};
use std::{collections::BTreeMap, fmt::Write as _};

/// What rendering needs to know. Words on screen come from the caller's message catalogue.
#[derive(Clone, Copy)]
pub struct Render<'a> {
    /// What fills the placeholders.
    pub facts: &'a Facts,
    /// The course's media by path.
    pub media: &'a BTreeMap<String, Media>,
    /// The folder of the file, see [`crate::course::Activity::folder`].
    pub folder: &'a str,
    /// What stands before a medium's file name in addresses, such as `/media/`.
    pub media_prefix: &'a str,
    /// The language of captions.
    pub language: &'a str,
    /// The address of a course file's page, if it has one.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// The words that are added.
    pub words: &'a dyn Fn(Word) -> String,
}

/// A word that rendering adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// Above a note.
    Note,
    /// Above a tip.
    Tip,
    /// Above something important.
    Important,
    /// Above a warning.
    Warning,
    /// Above a call for caution.
    Caution,
    /// Above an example.
    Example,
    /// The name of a table for people who hear it.
    Table,
    /// The name of the captions.
    Captions,
}

impl Word {
    /// A stable short code, the key of the text on screen and the end of the class of a callout.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
            Self::Example => "example",
            Self::Table => "table",
            Self::Captions => "captions",
        }
    }
}

/// Rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// Its headings in order.
    pub headings: Vec<Heading>,
}

/// A heading of rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The name to link to.
    pub id: String,
    /// What it says.
    pub text: String,
}

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM
}

/// The HTML of a text.
#[must_use]
pub fn html(markdown: &str, render: &Render<'_>) -> Rendered {
    let mut pass = Pass {
        render,
        out: Vec::new(),
        headings: Vec::new(),
        table: None,
        callouts: Vec::new(),
    };
    let mut events = TextMergeStream::new(Parser::new_ext(markdown, options())).peekable();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inner = until(&mut events, |end| matches!(end, TagEnd::Heading(_)));
                pass.heading(level, inner);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let inner = until(&mut events, |end| *end == TagEnd::Image);
                pass.medium(&dest_url, &plain(&inner, render.facts));
            }
            Event::Start(Tag::BlockQuote(kind)) => {
                let mut held = Vec::new();
                let word = kind
                    .map(word_of)
                    .or_else(|| example(&mut events, &mut held));
                pass.quote(word);
                for event in held {
                    pass.event(event);
                }
            }
            event => pass.event(event),
        }
    }
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    writer::push_html(&mut html, pass.out.into_iter());
    Rendered {
        html: sanitise::clean(&html),
        headings: pass.headings,
    }
}

/// The HTML of a text that stands inside a line, such as an option's: paragraphs become line breaks, other blocks their
/// text, and links and media are left out.
#[must_use]
pub fn phrase(markdown: &str, render: &Render<'_>) -> String {
    let mut out: Vec<Event<'_>> = Vec::new();
    for event in TextMergeStream::new(Parser::new_ext(markdown, options())) {
        match event {
            Event::Text(text) => out.push(Event::Text(render.facts.fill(&text).into())),
            Event::Code(code) => out.push(Event::Code(render.facts.fill(&code).into())),
            Event::Html(text) | Event::InlineHtml(text) => {
                out.push(Event::Text(render.facts.fill(&text).into()))
            }
            Event::SoftBreak | Event::HardBreak => out.push(event),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                out.push(event)
            }
            Event::Start(Tag::Paragraph) if !out.is_empty() => out.push(Event::HardBreak),
            _ => {}
        }
    }
    let mut html = String::new();
    writer::push_html(&mut html, out.into_iter());
    sanitise::clean(&html)
}

fn until<'a>(
    events: &mut impl Iterator<Item = Event<'a>>,
    is_end: impl Fn(&TagEnd) -> bool,
) -> Vec<Event<'a>> {
    events
        .take_while(|event| !matches!(event, Event::End(end) if is_end(end)))
        .collect()
}

fn plain(events: &[Event<'_>], facts: &Facts) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    facts.fill(text.trim())
}

fn word_of(kind: BlockQuoteKind) -> Word {
    match kind {
        BlockQuoteKind::Note => Word::Note,
        BlockQuoteKind::Tip => Word::Tip,
        BlockQuoteKind::Important => Word::Important,
        BlockQuoteKind::Warning => Word::Warning,
        BlockQuoteKind::Caution => Word::Caution,
    }
}

/// Recognises `> [!EXAMPLE]`, which the Markdown reader does not know, and takes its line away.
fn example<'a, I: Iterator<Item = Event<'a>>>(
    events: &mut std::iter::Peekable<I>,
    held: &mut Vec<Event<'a>>,
) -> Option<Word> {
    held.push(events.next_if(|event| matches!(event, Event::Start(Tag::Paragraph)))?);
    let is_mark =
        |event: &Event<'_>| matches!(event, Event::Text(text) if text.trim() == "[!EXAMPLE]");
    events.next_if(is_mark)?;
    let _ = events.next_if(|event| matches!(event, Event::SoftBreak | Event::HardBreak));
    Some(Word::Example)
}

struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

struct Pass<'a, 'e> {
    render: &'a Render<'a>,
    out: Vec<Event<'e>>,
    headings: Vec<Heading>,
    table: Option<Table>,
    /// For each open quotation, whether it is a callout.
    callouts: Vec<bool>,
}

impl<'e> Pass<'_, 'e> {
    fn raw(&mut self, html: impl Into<CowStr<'e>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn text(&mut self, text: &str) {
        self.out
            .push(Event::Text(self.render.facts.fill(text).into()));
    }

    fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => self
                .out
                .push(Event::Code(self.render.facts.fill(&code).into())),
            Event::Start(Tag::HtmlBlock) => self.out.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.out.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = self.address(&dest_url);
                self.raw(format!("<a href=\"{}\">", escape(&address)));
            }
            Event::End(TagEnd::Link) => self.raw("</a>"),
            Event::Start(Tag::CodeBlock(_)) => self.raw("<pre><code>"),
            Event::End(TagEnd::CodeBlock) => self.raw("</code></pre>\n"),
            Event::End(TagEnd::BlockQuote(_)) => {
                let callout = self.callouts.pop().unwrap_or(false);
                self.raw(if callout {
                    "</aside>\n"
                } else {
                    "</blockquote>\n"
                });
            }
            Event::Start(Tag::Table(alignments)) => {
                let name = escape(&(self.render.words)(Word::Table));
                self.raw(format!(
                    "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table>"
                ));
                self.table = Some(Table {
                    alignments,
                    column: 0,
                    head: false,
                });
            }
            Event::End(TagEnd::Table) => {
                self.table = None;
                self.raw("</tbody></table></div>\n");
            }
            Event::Start(Tag::TableHead) => self.row(true, "<thead><tr>"),
            Event::End(TagEnd::TableHead) => self.row(false, "</tr></thead><tbody>\n"),
            Event::Start(Tag::TableRow) => self.row(false, "<tr>"),
            Event::End(TagEnd::TableRow) => self.raw("</tr>\n"),
            Event::Start(Tag::TableCell) => self.cell(),
            Event::End(TagEnd::TableCell) => {
                let head = self.table.as_ref().is_some_and(|table| table.head);
                self.raw(if head { "</th>" } else { "</td>" });
            }
            other => self.out.push(other),
        }
    }

    fn row(&mut self, head: bool, html: &'static str) {
        if let Some(table) = &mut self.table {
            table.head = head;
            table.column = 0;
        }
        self.raw(html);
    }

    fn cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Center) => " class=\"centre\"",
            _ => "",
        };
        table.column += 1;
        let html = if table.head {
            format!("<th scope=\"col\"{class}>")
        } else {
            format!("<td{class}>")
        };
        self.raw(html);
    }

    fn quote(&mut self, word: Option<Word>) {
        self.callouts.push(word.is_some());
        match word {
            None => self.raw("<blockquote>\n"),
            Some(word) => {
                let title = escape(&(self.render.words)(word));
                let code = word.code();
                self.raw(format!(
                    "<aside class=\"callout callout-{code}\" role=\"note\"><p class=\"callout-title\">{title}</p>\n"
                ));
            }
        }
    }

    /// A page has its own first heading, so those of a text begin with the second level.
    fn heading(&mut self, level: HeadingLevel, inner: Vec<Event<'e>>) {
        let level = (level as u8).clamp(2, 6);
        let text = plain(&inner, self.render.facts);
        let base = name_of(&text);
        let taken = |name: &str| self.headings.iter().any(|heading| heading.id == name);
        let mut id = base.clone();
        let mut count = 2;
        while taken(&id) {
            id = format!("{base}-{count}");
            count += 1;
        }
        self.raw(format!("<h{level} id=\"{}\">", escape(&id)));
        for event in inner {
            // A picture inside a heading would be lost on people who hear headings: its text is what counts.
            if !matches!(
                event,
                Event::Start(Tag::Image { .. } | Tag::Link { .. })
                    | Event::End(TagEnd::Image | TagEnd::Link)
            ) {
                self.event(event);
            }
        }
        self.raw(format!("</h{level}>\n"));
        self.headings.push(Heading { level, id, text });
    }

    fn address(&self, address: &str) -> String {
        let address = self.render.facts.fill(address);
        match resolve(&address, self.render.folder) {
            Target::Outside(address) => address,
            Target::Heading(heading) => format!("#{heading}"),
            Target::File(path, heading) => {
                let page = (self.render.link)(&path).or_else(|| {
                    let media = self.render.media.get(&path)?;
                    Some(format!("{}{}", self.render.media_prefix, media.file_name()))
                });
                match (page, heading) {
                    (Some(page), Some(heading)) => format!("{page}#{heading}"),
                    (Some(page), None) => page,
                    (None, _) => "#".to_owned(),
                }
            }
            Target::Refused => "#".to_owned(),
        }
    }

    /// A picture or film of the course; anything else becomes its alternative text.
    fn medium(&mut self, address: &str, alt: &str) {
        let Render {
            media,
            folder,
            media_prefix,
            ..
        } = *self.render;
        let known = match resolve(address, folder) {
            Target::File(path, _) => media.get(&path).map(|medium| (path, medium)),
            _ => None,
        };
        let Some((path, medium)) = known else {
            self.out.push(Event::Text(alt.to_owned().into()));
            return;
        };
        let source = escape(&format!("{media_prefix}{}", medium.file_name()));
        let alt = escape(alt);
        if medium.kind.is_image() {
            let mut tag = format!("<img src=\"{source}\" alt=\"{alt}\"");
            if let Some((width, height)) = medium.pixels {
                let _ = write!(tag, " width=\"{width}\" height=\"{height}\"");
            }
            self.raw(format!("{tag} loading=\"lazy\" decoding=\"async\">"));
        } else if medium.kind.is_video() {
            let mut tag = format!(
                "<video controls preload=\"metadata\" aria-label=\"{alt}\"><source src=\"{source}\" type=\"{}\">",
                medium.kind.media_type()
            );
            let captions = path
                .rsplit_once('.')
                .and_then(|(stem, _)| media.get(&format!("{stem}.vtt")));
            if let Some(captions) = captions {
                let _ = write!(
                    tag,
                    "<track kind=\"captions\" src=\"{}\" srclang=\"{}\" label=\"{}\" default>",
                    escape(&format!("{media_prefix}{}", captions.file_name())),
                    escape(self.render.language),
                    escape(&(self.render.words)(Word::Captions))
                );
            }
            self.raw(format!("{tag}</video>"));
        }
    }
}

/// A heading's name: its letters and digits in lower case, joined by hyphens, as in GitHub's Markdown.
pub(super) fn name_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "section".to_owned()
    } else {
        words.join("-")
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
