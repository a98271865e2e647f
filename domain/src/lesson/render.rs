//! From Markdown to HTML that can be trusted.
//!
//! Raw HTML in the source becomes text; addresses go through [`super::resolve`]; site facts are put in as text after the
//! Markdown has been read, so that a fact can neither form markup nor HTML.

mod pass;
#[cfg(test)]
mod tests;

use self::pass::Pass;
use super::{depth, sanitise};
use crate::{course::Media, facts::Facts};
use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html as writer};
use std::collections::BTreeMap;

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
    /// Whether headings can be linked to. Only one text of a page may say so: names would stand twice otherwise.
    pub anchors: bool,
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
    /// The name to link to, as links of the text have it.
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
    let mut pass = Pass::new(render);
    let shallow = depth::within(markdown);
    let events = depth::Shallow::new(Parser::new_ext(&shallow, options()));
    let mut events = TextMergeStream::new(events).peekable();
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
                let word = kind.map(word_of).or_else(|| example(&mut events, &mut held));
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
    Rendered { html: sanitise::clean(&html), headings: pass.headings }
}

/// The HTML of a text that stands inside a line, such as an option's: paragraphs become line breaks, other blocks their
/// text, and links and media are left out.
#[must_use]
pub fn phrase(markdown: &str, render: &Render<'_>) -> String {
    let mut out: Vec<Event<'_>> = Vec::new();
    let shallow = depth::within(markdown);
    for event in TextMergeStream::new(depth::Shallow::new(Parser::new_ext(&shallow, options()))) {
        match event {
            Event::Text(text) => out.push(Event::Text(render.facts.fill(&text).into())),
            Event::Code(code) => out.push(Event::Code(render.facts.fill(&code).into())),
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(render.facts.fill(&text).into())),
            Event::SoftBreak | Event::HardBreak => out.push(event),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => out.push(event),
            Event::Start(Tag::Paragraph) if !out.is_empty() => out.push(Event::HardBreak),
            _ => {}
        }
    }
    let mut html = String::new();
    writer::push_html(&mut html, out.into_iter());
    sanitise::clean(&html)
}

fn until<'a>(events: &mut impl Iterator<Item = Event<'a>>, is_end: impl Fn(&TagEnd) -> bool) -> Vec<Event<'a>> {
    events.take_while(|event| !matches!(event, Event::End(end) if is_end(end))).collect()
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
    let is_mark = |event: &Event<'_>| matches!(event, Event::Text(text) if text.trim() == "[!EXAMPLE]");
    events.next_if(is_mark)?;
    let _ = events.next_if(|event| matches!(event, Event::SoftBreak | Event::HardBreak));
    Some(Word::Example)
}

/// What comes before the names of headings on a page, where names of the page's own parts stand beside them.
pub(super) const ANCHOR: &str = "s-";

/// A heading's name: its letters and digits in lower case, joined by hyphens, as in GitHub's Markdown.
pub(super) fn name_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "section".to_owned() } else { words.join("-") }
}
