//! Stories from Twine, read into drafts of conversations.
//!
//! [`twee`] reads Twee 3, [`twine_html`] what Twine 2 publishes and archives, each after its specification
//! (iftechfoundation/twine-specs). Passages and the links between them come over. Whatever else a story does (macros,
//! scripts, variables, pictures, HTML) is never run; it is listed with its line in [`Imported::unconverted`].
//!
//! A draft holds no key: its choices have neither ratings nor reasons, so that the checker refuses it until somebody has
//! thought about each of them.

mod angle;
mod chapbook;
mod draft;
mod html;
mod link;
mod macros;
mod markup;
mod slugs;
mod special;
mod story;
mod tag;
mod twee;
mod ways;

use self::story::Story;
use super::parse::{Place, piece::Findings};
use crate::diagnostic::Diagnostic;
use serde::Serialize;

/// Limits on what is read. Past them nothing is taken over, and an error says so.
mod limit {
    /// Bytes of a source.
    pub const BYTES: usize = 4 << 20;
    /// Passages, special ones included.
    pub const PASSAGES: usize = 10_000;
    /// Links and unconverted things together.
    pub const ITEMS: usize = 50_000;
}

/// A story as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// What it is called.
    pub title: Option<String>,
    /// The story format it was written for, such as `SugarCube`: formats differ in what they take for a macro.
    pub format: Option<String>,
    /// That format's version.
    #[serde(rename = "format-version", skip_serializing_if = "Option::is_none")]
    pub format_version: Option<String>,
    /// The identifier that Twine gave the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ifid: Option<String>,
    /// Its passages in the order of the source, without those that hold no text for a reader.
    pub passages: Vec<Passage>,
    /// The name of the passage that it begins with: the one that the story names, else `Start`, else the first.
    pub start: Option<String>,
    /// What a conversation has no counterpart for, in the order of the source.
    pub unconverted: Vec<Unconverted>,
    /// What is wrong with the source. With an error no passage was taken over.
    pub diagnostics: Vec<Diagnostic>,
}

/// A passage of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its name, unescaped.
    pub name: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The ways to other passages, in the order of its text.
    pub links: Vec<Link>,
    /// Its text as the author wrote it, links and macros included; lines end with a line feed.
    pub text: String,
    /// The line of its head, from 1.
    pub line: u32,
}

/// A way from one passage to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// The words that a reader sees.
    pub text: String,
    /// The name of the passage it leads to.
    pub target: String,
}

/// Something that a conversation has no counterpart for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Unconverted {
    /// What it is, and how it begins: `macro <<set $seen to true>>`, `image harbour.png`. A macro that leads on, whose way
    /// became a link, is a `link macro`.
    pub what: String,
    /// Its line, from 1.
    pub line: u32,
    /// The passage it stands in, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
}

/// What a story is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Notation {
    /// Twee 3.
    Twee,
    /// What Twine 2 publishes or archives.
    TwineHtml,
}

impl Notation {
    /// Told by what a source begins with and by its marks; nothing, when it is neither.
    #[must_use]
    pub fn of(source: &str) -> Option<Self> {
        let text = source.strip_prefix('\u{feff}').unwrap_or(source);
        // Twine 1 marked its passages by `tiddler`: reading them as HTML tells how they can be saved.
        let marks = ["<tw-storydata", "<tw-passagedata", "tiddler=\""];
        let marked = || {
            let small = text.to_ascii_lowercase();
            marks.iter().any(|mark| small.contains(mark))
        };
        if text.trim_start().starts_with('<') {
            return marked().then_some(Self::TwineHtml);
        }
        if text.split(['\n', '\r']).any(|line| line.starts_with("::")) {
            return Some(Self::Twee);
        }
        marked().then_some(Self::TwineHtml)
    }

    /// Reads a story in it.
    #[must_use]
    pub fn read(self, source: &str) -> Imported {
        match self {
            Self::Twee => twee(source),
            Self::TwineHtml => twine_html(source),
        }
    }
}

/// Reads a story in Twee 3.
#[must_use]
pub fn twee(source: &str) -> Imported {
    import(source, twee::read)
}

/// Reads a story as Twine 2 publishes or archives it. Of several stories in one file the first is read.
#[must_use]
pub fn twine_html(source: &str) -> Imported {
    import(source, html::read)
}

impl Unconverted {
    /// Whether it became a link, so that nothing is left to do about it.
    #[must_use]
    pub fn is_link(&self) -> bool {
        self.what.starts_with("link macro ")
    }
}

impl Imported {
    /// The most bytes of a source that are read.
    pub const MOST: usize = limit::BYTES;

    /// The same with the file's name in every diagnostic.
    #[must_use]
    pub fn named(mut self, file: &str) -> Self {
        for found in &mut self.diagnostics {
            file.clone_into(&mut found.span.file);
        }
        self
    }

    /// The source of an unkeyed conversation: each passage a node, each link a choice without rating or reason, and a
    /// passage without links a neutral ending. What cannot be converted stands in comments above its node.
    ///
    /// It can be read (up to 5,000 passages), and the checker then tells what is left to do.
    #[must_use]
    pub fn draft(&self) -> String {
        draft::draft(self)
    }
}

fn import(source: &str, read: fn(&str, &mut Findings<'_>) -> Story) -> Imported {
    if source.len() > limit::BYTES {
        let mut found = Findings::new("", &[]);
        found
            .error("too-large", Place { line: 0, column: 0, length: 1 }, "the file is larger than 4 MiB")
            .advise("export the story alone, without pictures or sounds inside it");
        return Imported { diagnostics: found.into_list(), ..Imported::default() };
    }
    let text = source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
    // What cannot be seen has no place in a text, and a terminal may obey it.
    let text: String = text.chars().map(visible).collect();
    // Findings quote their line; an archive is often one single line.
    let lines: Vec<&str> = text.split('\n').map(|line| if line.len() > 300 { "" } else { line }).collect();
    let mut found = Findings::new("", &lines);
    let story = read(&text, &mut found);
    let imported = story.finish(&mut found);
    Imported { diagnostics: found.into_list(), ..imported }
}

/// The sign, or one that stands for it when it is a control sign.
fn visible(sign: char) -> char {
    match sign {
        '\n' | '\t' => sign,
        sign if sign.is_control() => {
            if sign.is_whitespace() {
                ' '
            } else {
                char::REPLACEMENT_CHARACTER
            }
        }
        sign => sign,
    }
}

/// A whole line, for a finding.
fn line(number: u32) -> Place {
    Place { line: number, column: 0, length: 1 }
}
