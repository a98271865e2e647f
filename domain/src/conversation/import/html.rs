//! Takes stories out of what Twine 2 writes: a published page, or an archive of several stories.
//!
//! Only the elements of a story are looked at, in one pass and without a tree; whatever surrounds them is stepped over,
//! scripts and comments too, so that nothing in a story format's own code is taken for a story. What somebody left
//! unescaped in a passage stays as it stands.

use super::{
    Unconverted, limit, line,
    macros::excerpt,
    story::{Raw, Story},
    tag::{Tag, closing, decode, tag},
};
use crate::conversation::parse::piece::Findings;

pub(super) fn read(text: &str, found: &mut Findings<'_>) -> Story {
    let mut page = Page { text, counted: (0, 1), story: Story::default(), stories: 0, open: false, pids: Vec::new() };
    let mut start = None;
    let mut at = 0;
    while let Some(next) = text[at..].find('<').map(|next| at + next) {
        if text[next..].starts_with("<!--") {
            at = text[next..].find("-->").map_or(text.len(), |end| next + end + 3);
            continue;
        }
        let (tag, end) = match tag(text, next) {
            Ok(read) => read,
            Err(after) => {
                at = after;
                continue;
            }
        };
        let number = page.line(next);
        at = match tag.name.to_ascii_lowercase().as_str() {
            "tw-storydata" => {
                page.begin(&tag, number, &mut start);
                if page.stories == 2 {
                    found
                        .warning("several-stories", line(number), "only the first story of this file is read")
                        .advise("export the others one at a time");
                }
                end
            }
            "/tw-storydata" => {
                page.open = false;
                end
            }
            "tw-passagedata" => page.passage(&tag, number, end, found),
            "script" => page.code(&tag, number, end, "script"),
            "style" => page.code(&tag, number, end, "style"),
            name @ ("title" | "textarea") => closing(text, end, &[name]).0,
            _ => end,
        };
    }
    if page.stories == 0 {
        let finding = found.error("no-story", line(0), "there is no story of Twine 2 in this file");
        if text.contains("tiddler=\"") {
            finding.advise("it looks like Twine 1: open it in Twine 2 and publish it from there");
        } else {
            finding.advise("publish it to a file in Twine 2, or export it as Twee");
        }
    }
    let mut story = page.story;
    if let Some((pid, number)) = start {
        let named = page.pids.iter().position(|known| *known == pid).and_then(|at| story.raws.get(at));
        // An unknown number is told of like an unknown name.
        story.start = Some((named.map_or_else(|| format!("passage {pid}"), |raw| raw.name.clone()), number));
    }
    story
}

/// The file, and what has been taken out of it.
struct Page<'t> {
    text: &'t str,
    /// A position, and the line it is on.
    counted: (usize, u32),
    story: Story,
    stories: usize,
    open: bool,
    /// The numbers of the passages, in their order.
    pids: Vec<String>,
}

impl Page<'_> {
    /// The line of a position that is not before the last one asked for.
    fn line(&mut self, at: usize) -> u32 {
        let (from, number) = self.counted;
        let more = self.text[from..at].bytes().filter(|sign| *sign == b'\n').count();
        self.counted = (at, number + u32::try_from(more).unwrap_or(0));
        self.counted.1
    }

    fn in_first(&self) -> bool {
        self.open && self.stories == 1
    }

    fn begin(&mut self, tag: &Tag<'_>, number: u32, start: &mut Option<(String, u32)>) {
        self.stories += 1;
        self.open = true;
        if self.stories == 1 {
            self.story.title = tag.attribute("name").filter(|name| !name.trim().is_empty());
            let given = |name: &str| tag.attribute(name).filter(|value| !value.is_empty());
            self.story.format = given("format");
            self.story.format_version = given("format-version");
            self.story.ifid = given("ifid");
            *start = tag.attribute("startnode").filter(|pid| !pid.is_empty()).map(|pid| (pid, number));
        } else if self.story.unconverted.len() <= limit::ITEMS {
            let what = format!("story {}", excerpt(&tag.attribute("name").unwrap_or_default()));
            self.story.unconverted.push(Unconverted { what, line: number, passage: None });
        }
    }

    /// Takes a passage over and gives where it ends.
    fn passage(&mut self, tag: &Tag<'_>, number: u32, from: usize, found: &mut Findings<'_>) -> usize {
        if tag.closes_itself {
            self.push(tag, number, from, from);
            return from;
        }
        let (end, name) = closing(self.text, from, &["tw-passagedata", "tw-storydata"]);
        self.push(tag, number, from, end);
        if name != "/tw-passagedata" && self.in_first() {
            let name = excerpt(&tag.attribute("name").unwrap_or_default());
            found
                .warning("not-closed", line(number), format!("the passage `{name}` is not closed"))
                .advise("end each passage with `</tw-passagedata>`");
        }
        end
    }

    fn push(&mut self, tag: &Tag<'_>, number: u32, from: usize, to: usize) {
        let first = self.line(from);
        if !self.in_first() {
            return;
        }
        if self.story.raws.len() == limit::PASSAGES {
            self.story.overfull = true;
            return;
        }
        let last = self.line(to);
        let mut text = decode(&self.text[from..to]);
        text.truncate(text.trim_end().len());
        self.pids.push(tag.attribute("pid").unwrap_or_default());
        self.story.raws.push(Raw {
            name: tag.attribute("name").unwrap_or_default(),
            tags: tag.attribute("tags").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            text,
            line: number,
            first,
            last,
        });
    }

    /// Lists a script or a stylesheet of the story and gives where it ends.
    fn code(&mut self, tag: &Tag<'_>, number: u32, from: usize, name: &'static str) -> usize {
        let (end, _) = closing(self.text, from, &[name]);
        let code = excerpt(&self.text[from..end]);
        if self.in_first() && !tag.closes_itself && !code.is_empty() && self.story.unconverted.len() <= limit::ITEMS {
            let what = format!("{} of the story: {code}", if name == "style" { "stylesheet" } else { name });
            self.story.unconverted.push(Unconverted { what, line: number, passage: None });
        }
        end
    }
}
