//! One pass over the events of a text.

use super::{
    super::link::{Target, resolve},
    ANCHOR, Heading, Render, Word, name_of, plain,
};
use crate::course::Media;
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Tag, TagEnd};
use std::{collections::HashMap, fmt::Write as _};

struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

pub(super) struct Pass<'a, 'e> {
    render: &'a Render<'a>,
    pub(super) out: Vec<Event<'e>>,
    pub(super) headings: Vec<Heading>,
    /// Names of headings that are taken, and the number that the next of the same name gets.
    names: HashMap<String, usize>,
    table: Option<Table>,
    /// For each open quotation, whether it is a callout.
    callouts: Vec<bool>,
}

impl<'a, 'e> Pass<'a, 'e> {
    pub(super) fn new(render: &'a Render<'a>) -> Self {
        Self { render, out: Vec::new(), headings: Vec::new(), names: HashMap::new(), table: None, callouts: Vec::new() }
    }

    fn raw(&mut self, html: impl Into<CowStr<'e>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn text(&mut self, text: &str) {
        self.out.push(Event::Text(self.render.facts.fill(text).into()));
    }

    pub(super) fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => self.out.push(Event::Code(self.render.facts.fill(&code).into())),
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
                self.raw(if callout { "</aside>\n" } else { "</blockquote>\n" });
            }
            Event::Start(Tag::Table(alignments)) => {
                let name = escape(&(self.render.words)(Word::Table));
                self.raw(format!(
                    "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{name}\"><table>"
                ));
                self.table = Some(Table { alignments, column: 0, head: false });
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
        let html = if table.head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.raw(html);
    }

    pub(super) fn quote(&mut self, word: Option<Word>) {
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
    pub(super) fn heading(&mut self, level: HeadingLevel, inner: Vec<Event<'e>>) {
        let level = (level as u8).clamp(2, 6);
        let text = plain(&inner, self.render.facts);
        let id = self.name(name_of(&text));
        let anchor = self.render.anchors.then(|| format!(" id=\"{ANCHOR}{}\"", escape(&id)));
        self.raw(format!("<h{level}{}>", anchor.unwrap_or_default()));
        for event in inner {
            // A picture inside a heading would be lost on people who hear headings: its text is what counts.
            if !matches!(
                event,
                Event::Start(Tag::Image { .. } | Tag::Link { .. }) | Event::End(TagEnd::Image | TagEnd::Link)
            ) {
                self.event(event);
            }
        }
        self.raw(format!("</h{level}>\n"));
        self.headings.push(Heading { level, id, text });
    }

    /// The name, with a number where it is taken.
    fn name(&mut self, base: String) -> String {
        let mut count = self.names.get(&base).copied().unwrap_or(1);
        let mut name = if count == 1 { base.clone() } else { format!("{base}-{count}") };
        while count > 1 && self.names.contains_key(&name) {
            count += 1;
            name = format!("{base}-{count}");
        }
        self.names.insert(base, count + 1);
        self.names.entry(name.clone()).or_insert(2);
        name
    }

    fn address(&self, address: &str) -> String {
        let address = self.render.facts.fill(address);
        match resolve(&address, self.render.folder) {
            Target::Outside(address) => address,
            Target::Heading(heading) => format!("#{ANCHOR}{heading}"),
            Target::File(path, heading) => {
                let page = (self.render.link)(&path).or_else(|| {
                    let media = self.render.media.get(&path)?;
                    Some(format!("{}{}", self.render.media_prefix, media.file_name()))
                });
                match (page, heading) {
                    (Some(page), Some(heading)) => format!("{page}#{ANCHOR}{heading}"),
                    (Some(page), None) => page,
                    (None, _) => "#".to_owned(),
                }
            }
            Target::Refused => "#".to_owned(),
        }
    }

    /// A picture or film of the course; anything else becomes its alternative text.
    pub(super) fn medium(&mut self, address: &str, alt: &str) {
        let Render { media, folder, media_prefix, .. } = *self.render;
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
            if let Some((_, captions)) = Media::captions(media, &path) {
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
