//! The source of an unkeyed conversation.

use super::{
    Imported, Link, Passage, Unconverted,
    link::split,
    macros::excerpt,
    markup::{Kind, Part, parts},
    slugs::Slugs,
    special::Dialect,
    tag::decode,
};
use crate::conversation::{parse::DONE, validate::limit};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

/// Notes in a node; the last one takes whatever follows. Well within the limit, so that there is room to work in.
const LINES: usize = limit::LINES / 2;

pub(super) fn draft(story: &Imported) -> String {
    Draft::new(story).write()
}

struct Draft<'s> {
    story: &'s Imported,
    dialect: Dialect,
    /// The passages with their short names, the first one first.
    nodes: Vec<(&'s Passage, String)>,
    /// The short name that a link to this name leads to.
    targets: HashMap<&'s str, String>,
    /// Names that links lead to and no passage has, in the order of the links.
    missing: Vec<&'s str>,
    unconverted: HashMap<&'s str, Vec<&'s Unconverted>>,
    out: String,
}

impl<'s> Draft<'s> {
    fn new(story: &'s Imported) -> Self {
        let mut passages: Vec<&Passage> = story.passages.iter().collect();
        if let Some(first) = passages.iter().position(|it| Some(&it.name) == story.start.as_ref()) {
            passages[..=first].rotate_right(1);
        }
        let mut slugs = Slugs::default();
        let mut targets: HashMap<&str, String> = HashMap::new();
        let mut nodes = Vec::new();
        for passage in passages {
            let slug = slugs.unique(&passage.name);
            nodes.push((passage, slug));
        }
        // In the order of the story: of several passages of one name, links lead to the first.
        for (passage, slug) in &nodes {
            targets.entry(&passage.name).or_insert_with(|| slug.clone());
        }
        let mut missing = Vec::new();
        for link in story.passages.iter().flat_map(|passage| &passage.links) {
            targets.entry(&link.target).or_insert_with(|| {
                missing.push(link.target.as_str());
                slugs.unique(&link.target)
            });
        }
        let mut unconverted: HashMap<&str, Vec<&Unconverted>> = HashMap::new();
        let names: HashSet<&str> = story.passages.iter().map(|passage| passage.name.as_str()).collect();
        for it in &story.unconverted {
            let within = it.passage.as_deref().filter(|name| names.contains(name));
            unconverted.entry(within.unwrap_or_default()).or_default().push(it);
        }
        let dialect = Dialect::of(story.format.as_deref());
        Self { story, dialect, nodes, targets, missing, unconverted, out: String::new() }
    }

    fn write(mut self) -> String {
        self.head();
        for (passage, slug) in std::mem::take(&mut self.nodes) {
            self.node(passage, &slug);
        }
        for name in std::mem::take(&mut self.missing) {
            self.line("");
            self.comment(&format!("TODO: a link leads to a passage `{}` that the story does not have.", excerpt(name)));
            let slug = self.targets.get(name).cloned().unwrap_or_default();
            self.line(&format!("## {slug} (end: neutral)"));
        }
        if self.story.passages.is_empty() {
            self.line("");
            self.comment("TODO: the story has no passages.");
            self.line("## opening (end: neutral)");
        }
        self.out
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn comment(&mut self, text: &str) {
        self.line(format!("// {text}").trim_end());
    }

    fn head(&mut self) {
        self.line("---");
        let format = self.story.format.as_deref().map(|name| format!(" ({})", excerpt(name))).unwrap_or_default();
        self.comment(&format!("A draft out of a Twine story{format}. What is left to do:"));
        self.comment("- name who talks, on which channel, and turn notes into what they say;");
        self.comment("- give every choice a `rate:` and a `why:`;");
        self.comment("- mark the endings: success, failure or neutral;");
        self.comment("- decide about everything that was not converted.");
        self.not_converted(&self.unconverted.get("").cloned().unwrap_or_default());
        let title = self.story.title.as_deref().map(plain).filter(|title| !title.is_empty());
        self.line(&format!("title: {}", title.unwrap_or_else(|| "Untitled".to_owned())));
        self.line("channel: dm");
        self.line("you: You");
        self.line("them: Somebody");
        self.line("---");
    }

    fn node(&mut self, passage: &Passage, slug: &str) {
        let texts = texts(&passage.text, self.dialect);
        self.line("");
        let tags = if passage.tags.is_empty() { String::new() } else { format!(", tagged {}", passage.tags.join(" ")) };
        self.comment(&format!("Passage `{}`, line {}{}", excerpt(&passage.name), passage.line, excerpt(&tags)));
        // Another passage of its name has its own.
        let end = passage.line.saturating_add(u32::try_from(passage.text.matches('\n').count() + 1).unwrap_or(0));
        let mut left = self.unconverted.get(passage.name.as_str()).cloned().unwrap_or_default();
        left.retain(|it| (passage.line..=end).contains(&it.line) && !it.is_link());
        self.not_converted(&left);
        for comment in &texts.comments {
            self.comment(comment);
        }
        let mut seen: HashSet<&Link> = HashSet::new();
        let links: Vec<&Link> = passage.links.iter().filter(|link| seen.insert(link)).collect();
        let end = if links.is_empty() { " (end: neutral)" } else { "" };
        self.line(&format!("## {slug}{end}"));
        for (at, text) in texts.notes.iter().enumerate() {
            match at {
                at if at < LINES => self.line(&format!("note: {text}")),
                _ => {
                    self.out.pop();
                    let _ = writeln!(self.out, " {text}");
                }
            }
        }
        for link in links.iter().skip(limit::CHOICES) {
            let target = self.targets.get(link.target.as_str()).cloned().unwrap_or_default();
            self.comment(&format!(
                "TODO: a node has at most 12 choices. Left over: {} -> {target}",
                excerpt(&self.said(link))
            ));
        }
        for link in links.iter().take(limit::CHOICES) {
            self.line("");
            let target = self.targets.get(link.target.as_str()).cloned().unwrap_or_default();
            let text = Some(self.said(link)).filter(|text| !text.is_empty()).unwrap_or_else(|| "…".to_owned());
            let escape = if text.starts_with('[') || text.starts_with(DONE) { "\\" } else { "" };
            self.line(&format!("- {escape}{text} -> {target}"));
            self.line("  why:");
        }
    }

    /// What a link says: its words, else the passage it leads to.
    fn said(&self, link: &Link) -> String {
        Some(spoken(&link.text, self.dialect)).filter(|text| !text.is_empty()).unwrap_or_else(|| plain(&link.target))
    }

    /// Lists what was left, each thing once with all of its lines.
    fn not_converted(&mut self, list: &[&Unconverted]) {
        /// Lines that are named of each.
        const NAMED: usize = 8;
        let mut places: HashMap<&str, Vec<u32>> = HashMap::new();
        for it in list {
            places.entry(&it.what).or_default().push(it.line);
        }
        for it in list {
            let Some(lines) = places.remove(it.what.as_str()) else { continue };
            let mut named: Vec<String> = lines.iter().take(NAMED).map(ToString::to_string).collect();
            if lines.len() > NAMED {
                named.push(format!("{} more", lines.len() - NAMED));
            }
            let place = match named.split_last() {
                Some((last, before)) if !before.is_empty() => format!("lines {} and {last}", before.join(", ")),
                _ => format!("line {}", it.line),
            };
            self.comment(&format!("Not converted, {place}: {}", it.what));
        }
    }
}

/// Words without the tags around them and with their character references replaced, on one line.
fn spoken(words: &str, dialect: Dialect) -> String {
    let said: String = parts(words, dialect).iter().filter(|part| !is_tag(part)).map(|part| part.whole).collect();
    plain(&decode(&said))
}

fn is_tag(part: &Part<'_>) -> bool {
    part.kind == Kind::Code
        && part.whole.starts_with('<')
        && !part.whole.starts_with("<<")
        && !part.whole.starts_with("<%")
}

/// Whether a tag begins a line of its own.
fn breaks(tag: &str) -> bool {
    const NAMES: [&str; 25] = [
        "article",
        "aside",
        "audio",
        "blockquote",
        "br",
        "center",
        "div",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "script",
        "section",
        "style",
        "table",
        "tr",
        "ul",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let length = name.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(name.len());
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(&name[..length]))
}

/// Text on one line that no part of which is read as a site fact.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for sign in word.chars() {
            if sign == '{' && out.ends_with('{') {
                out.push(' ');
            }
            out.push(sign);
        }
    }
    out
}

/// What a passage says, line by line, and what its author noted in comments.
#[derive(Default)]
struct Texts {
    notes: Vec<String>,
    comments: Vec<String>,
    line: String,
    /// Whether the line holds words, not only links or macros.
    says: bool,
}

impl Texts {
    fn push(&mut self, text: &str, says: bool) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.line.push_str(line);
            self.says |= says && line.contains(char::is_alphanumeric);
        }
    }

    fn end_line(&mut self) {
        let line = plain(&std::mem::take(&mut self.line));
        if std::mem::take(&mut self.says) {
            self.notes.push(line);
        }
    }
}

/// Links give their words, comments and tags go, and macros stay where they stand among words; a line of macros or links
/// alone says nothing.
fn texts(text: &str, dialect: Dialect) -> Texts {
    let mut texts = Texts::default();
    for part in parts(text, dialect) {
        let tag = is_tag(&part);
        let Part { whole, kind, .. } = part;
        match kind {
            Kind::Words => texts.push(&decode(whole), true),
            Kind::Comment(inside) => {
                let lines = inside.lines().map(plain).filter(|line| !line.is_empty());
                texts.comments.extend(lines);
            }
            // What leads on by itself says nothing: `(goto: "Cellar")`.
            Kind::Link(words, target) if words != target || whole.starts_with('[') => {
                texts.push(&spoken(&words, dialect), false);
            }
            Kind::Code if whole.starts_with("[[") => {
                let inside = whole[2..].split("]").next().unwrap_or_default();
                texts.push(&spoken(split(inside).0, dialect), false);
            }
            Kind::Code if tag && breaks(whole) => texts.end_line(),
            Kind::Code if tag => {}
            Kind::Link(..) | Kind::Code => {
                texts.push(&whole.replace('\n', " "), false);
                // Chapbook's variables section takes its last line break with it.
                if whole.ends_with('\n') {
                    texts.end_line();
                }
            }
        }
    }
    texts.end_line();
    texts
}
