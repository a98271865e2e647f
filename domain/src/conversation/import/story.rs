//! From passages as they stand in a file to what is taken over of them.

use super::{
    Imported, Link, Passage, Unconverted, limit, line,
    macros::excerpt,
    markup::{Kind, parts},
    special::{Dialect, special},
};
use crate::conversation::{
    parse::{Place, piece::Findings},
    validate,
};
use std::collections::{HashMap, HashSet};

/// A passage as it stands in a file.
#[derive(Default)]
pub(super) struct Raw {
    pub name: String,
    pub tags: Vec<String>,
    pub text: String,
    /// The line of its head, and the one its text begins on.
    pub line: u32,
    pub first: u32,
    /// The last line it can have: a reference may stand for a line's end that the file does not have.
    pub last: u32,
}

/// A story as it stands in a file.
#[derive(Default)]
pub(super) struct Story {
    pub title: Option<String>,
    pub format: Option<String>,
    pub format_version: Option<String>,
    pub ifid: Option<String>,
    /// The passage that the story names as its first, and where it does so.
    pub start: Option<(String, u32)>,
    pub raws: Vec<Raw>,
    pub unconverted: Vec<Unconverted>,
    /// Whether the tags `script` and `stylesheet` mean code: in Twee, not in what is published.
    pub script_tags: bool,
    /// Whether there are more passages than are read.
    pub overfull: bool,
}

impl Story {
    /// What is taken over of the story.
    pub fn finish(mut self, found: &mut Findings<'_>) -> Imported {
        if self.overfull {
            found
                .error("too-many-passages", line(0), "a story has at most 10 000 passages")
                .advise("take a part of it over at a time");
            return Imported::default();
        }
        let dialect = Dialect::of(self.format.as_deref());
        let mut raws = std::mem::take(&mut self.raws);
        // Links are written without spaces around a name, and would miss one that has them.
        raws.iter_mut().map(|raw| &mut raw.name).chain(self.start.as_mut().map(|(name, _)| name)).for_each(trim);
        let (apart, told): (Vec<Raw>, Vec<Raw>) =
            raws.into_iter().partition(|raw| special(&raw.name, &raw.tags, dialect, self.script_tags).is_some());
        let mut items = Items { list: self.unconverted, links: 0 };
        for raw in &apart {
            list_apart(raw, dialect, self.script_tags, &mut items);
        }
        let names = names(&told, found);
        let mut passages = Vec::new();
        for raw in told {
            passages.push(passage(raw, dialect, &names, &mut items, found));
            if items.too_many() {
                found
                    .error("too-many-items", line(0), "more than 50 000 links, macros and variables cannot be listed")
                    .advise("take a part of the story over at a time");
                return Imported::default();
            }
        }
        if passages.is_empty() && !found.has_errors() {
            let (what, mend) = match apart.len() {
                0 => (
                    "the story has no passages",
                    "a passage begins with a line `:: Name`; the story needs one at least",
                ),
                _ => (
                    "there is nothing here but special passages, scripts and stylesheets",
                    "of a story in several files, put the others together with this one",
                ),
            };
            found.error("no-passages", line(0), what).advise(mend);
        }
        if passages.len() > validate::limit::NODES {
            found
                .warning("too-many", line(0), format!("{} passages do not fit in a conversation", passages.len()))
                .advise(format!("it holds {} nodes; take a part of the story over at a time", validate::limit::NODES));
        }
        let start = start(self.start, &passages, &names, found);
        items.list.sort_by_key(|it| it.line);
        Imported {
            title: self.title,
            format: self.format,
            format_version: self.format_version,
            ifid: self.ifid,
            passages,
            start,
            unconverted: items.list,
            diagnostics: Vec::new(),
        }
    }
}

/// Everything listed so far.
struct Items {
    list: Vec<Unconverted>,
    links: usize,
}

impl Items {
    fn add(&mut self, what: String, line: u32, passage: Option<&str>) {
        self.list.push(Unconverted { what, line, passage: passage.map(str::to_owned) });
    }

    fn too_many(&self) -> bool {
        self.list.len() + self.links > limit::ITEMS
    }
}

/// Where each passage stands, by name. Of several of one name the first counts.
fn names(raws: &[Raw], found: &mut Findings<'_>) -> HashMap<String, u32> {
    let mut names = HashMap::new();
    for raw in raws {
        if raw.name.is_empty() {
            found
                .warning("unnamed-passage", line(raw.line), "this passage has no name")
                .advise("no link can lead to it");
            continue;
        }
        let first = *names.entry(raw.name.clone()).or_insert(raw.line);
        if first != raw.line {
            found
                .warning(
                    "duplicate-passage",
                    line(raw.line),
                    format!("`{}` is also the name of the passage on line {first}", raw.name),
                )
                .advise("links lead to the first; give this one another name");
        }
    }
    names
}

/// Lists a passage that is no part of the tale, and the macros and links in it.
fn list_apart(raw: &Raw, dialect: Dialect, script_tags: bool, items: &mut Items) {
    let Some((what, is_code)) = special(&raw.name, &raw.tags, dialect, script_tags) else { return };
    items.add(format!("{what} {}", excerpt(&raw.name)), raw.line, None);
    if is_code {
        return;
    }
    let mut number = raw.first;
    for part in parts(&raw.text, dialect) {
        let is_link = matches!(part.kind, Kind::Link(..)) && part.whole.starts_with('[');
        let link = is_link.then(|| format!("link {}", excerpt(part.whole)));
        for what in link.into_iter().chain(part.unconverted) {
            if items.too_many() {
                return;
            }
            items.add(what, number.min(raw.last), Some(&raw.name));
        }
        number += newlines(part.whole);
    }
}

fn passage(
    raw: Raw,
    dialect: Dialect,
    names: &HashMap<String, u32>,
    items: &mut Items,
    found: &mut Findings<'_>,
) -> Passage {
    let Raw { name, tags, text, line: head, first, last } = raw;
    let mut links: Vec<Link> = Vec::new();
    let mut below = first;
    // The same variable twice on a line is told once; the same broken link once in a passage.
    let mut listed: HashSet<(String, u32)> = HashSet::new();
    let mut dangling: HashSet<String> = HashSet::new();
    for part in parts(&text, dialect) {
        if items.too_many() {
            break;
        }
        let number = below.min(last);
        let within = match &part.kind {
            // A link's words may hold a variable or a tag. A macro's are told of with the macro.
            Kind::Link(words, target) if words != target && part.whole.starts_with('[') => {
                parts(words, dialect).into_iter().filter_map(|inner| inner.unconverted).collect()
            }
            _ => Vec::new(),
        };
        for what in part.unconverted.into_iter().chain(within) {
            if listed.insert((what.clone(), number)) {
                items.add(what, number, Some(&name));
            }
        }
        if let Kind::Link(words, target) = part.kind {
            let target = target.trim();
            let known = names.contains_key(target);
            if !known && is_computed(target, dialect) {
                items.add(format!("computed link {}", excerpt(part.whole)), number, Some(&name));
            } else {
                items.links += 1;
                links.push(Link { text: words.into_owned(), target: target.to_owned() });
                if !known && !dangling.contains(target) {
                    found
                        .warning("dangling-link", line(number), format!("there is no passage `{}`", excerpt(target)))
                        .advise("a draft gets an empty ending in its place");
                    dangling.insert(target.to_owned());
                }
            }
        }
        below += newlines(part.whole);
    }
    let distinct: HashSet<&Link> = links.iter().collect();
    if distinct.len() > validate::limit::CHOICES {
        found
            .warning("too-many", line(head), format!("{} links do not fit in a node", distinct.len()))
            .advise("a node has at most 12 choices; a draft lists the others in comments");
    }
    Passage { name, tags, links, text, line: head }
}

fn trim(name: &mut String) {
    if name.trim().len() < name.len() {
        *name = name.trim().to_owned();
    }
}

/// Whether a target is worked out while the story runs: `$next`, `previous()`, `<%= s.next %>`, `{next}`.
fn is_computed(target: &str, dialect: Dialect) -> bool {
    let word = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.');
    let called =
        || target.strip_suffix(')').and_then(|it| it.split_once('(')).is_some_and(|(name, _)| name.chars().all(word));
    let within = |open: &str, close: &str| target.starts_with(open) && target.ends_with(close);
    dialect.has_variables()
        && (target.starts_with('$') || target.starts_with('_') && target.chars().all(word) || called())
        || within("<%", "%>")
        || dialect.has_inserts() && within("{", "}")
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|sign| *sign == b'\n').count()).unwrap_or(u32::MAX)
}

/// The name of the first passage: the one that the story names, else `Start`, else the first.
fn start(
    named: Option<(String, u32)>,
    passages: &[Passage],
    names: &HashMap<String, u32>,
    found: &mut Findings<'_>,
) -> Option<String> {
    let fallback = passages.iter().find(|passage| passage.name == "Start").or(passages.first());
    let fallback = fallback.map(|passage| passage.name.clone())?;
    match named {
        Some((name, _)) if names.contains_key(&name) => Some(name),
        Some((name, number)) => {
            found
                .warning(
                    "unknown-start",
                    line(number),
                    format!("the story begins with `{name}`, which it does not have"),
                )
                .advise(format!("it now begins with `{fallback}`"));
            Some(fallback)
        }
        None => {
            if fallback != "Start" {
                let place = Place { column: 0, line: 0, length: 1 };
                found
                    .warning("no-start", place, "the story does not say which passage is the first")
                    .advise(format!("it now begins with `{fallback}`"));
            }
            Some(fallback)
        }
    }
}
