//! Takes stories out of what Twine 2 writes: a published page, or an archive of several stories.
//!
//! The tokens of HTML are enough; no tree is built. A passage's content is one piece of text with character references,
//! so it is read as the text of a `textarea` would be, and tags that somebody left unescaped in it stay visible.

use super::{
    Unconverted, limit, line,
    markup::excerpt,
    story::{Raw, Story},
};
use crate::conversation::parse::piece::{Advise, Findings};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind::{self, Rawtext, Rcdata, ScriptData},
    },
};
use std::cell::RefCell;

pub(super) fn read(text: &str, found: &mut Findings<'_>) -> Story {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // The sink never asks to pause, so one call reads everything.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut state = tokenizer.sink.0.into_inner();
    state.close();
    let mut others = state.others;
    if state.stories == 0 {
        let finding = found.error("no-story", line(0), "there is no story of Twine 2 in this file");
        if text.contains("tiddler=\"") {
            finding.advise("it looks like Twine 1: open it in Twine 2 and publish it from there");
        } else {
            finding.advise("publish it to a file in Twine 2, or export it as Twee");
        }
    }
    if let Some(first) = others.first() {
        found
            .warning("several-stories", line(first.line), "only the first story of this file is read")
            .advise("export the others one at a time");
    }
    let mut story = state.story;
    if let Some(pid) = state.start {
        let named = state.pids.iter().zip(&story.raws).find(|(known, _)| **known == pid);
        // An unknown number is told of like an unknown name.
        let name = named.map_or_else(|| format!("passage {pid}"), |(_, raw)| raw.name.clone());
        story.start = Some((name, state.line));
    }
    for raw in &mut story.raws {
        raw.text.truncate(raw.text.trim_end().len());
        if raw.text.contains("<tw-passagedata ") {
            found
                .warning("not-closed", line(raw.line), format!("`{}` does not end before the next passage", raw.name))
                .advise("end each passage with `</tw-passagedata>`");
        }
    }
    story.unconverted.append(&mut others);
    story
}

#[derive(Default)]
struct Sink(RefCell<State>);

#[derive(Default)]
struct State {
    story: Story,
    /// How many stories have begun, and whether one is open.
    stories: usize,
    open: bool,
    /// The line of the first story.
    line: u32,
    /// The number of the first passage.
    start: Option<String>,
    /// The numbers of the passages, in their order.
    pids: Vec<String>,
    inside: Inside,
    /// Further stories.
    others: Vec<Unconverted>,
}

/// The element whose text is being read.
#[derive(Default)]
enum Inside {
    #[default]
    Nothing,
    Passage,
    /// A script or a stylesheet: what it is, its line, its text so far.
    Code(&'static str, u32, String),
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        let number = u32::try_from(line_number).unwrap_or(u32::MAX);
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match state.begins(&tag, number) {
                Some(kind) if !tag.self_closing => TokenSinkResult::RawData(kind),
                _ => TokenSinkResult::Continue,
            },
            Token::TagToken(tag) => {
                state.ends(&tag);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                state.says(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl State {
    /// Opens an element; gives how its content is to be read, when that is not as HTML.
    fn begins(&mut self, tag: &Tag, number: u32) -> Option<RawKind> {
        let first = self.open && self.stories == 1;
        match &*tag.name {
            "tw-storydata" => {
                self.stories += 1;
                self.open = true;
                if self.stories == 1 {
                    self.line = number;
                    self.story.title = attribute(tag, "name").filter(|name| !name.trim().is_empty());
                    self.story.format = attribute(tag, "format").filter(|name| !name.is_empty());
                    self.start = attribute(tag, "startnode").filter(|pid| !pid.is_empty());
                } else if self.others.len() < limit::ITEMS {
                    let name = attribute(tag, "name").unwrap_or_default();
                    let what = format!("story {}", excerpt(&name));
                    self.others.push(Unconverted { what, line: number, passage: None });
                }
                None
            }
            "tw-passagedata" => {
                if first && self.story.raws.len() <= limit::PASSAGES {
                    self.pids.push(attribute(tag, "pid").unwrap_or_default());
                    self.story.raws.push(Raw {
                        name: attribute(tag, "name").unwrap_or_default(),
                        tags: attribute(tag, "tags")
                            .unwrap_or_default()
                            .split_whitespace()
                            .map(str::to_owned)
                            .collect(),
                        text: String::new(),
                        line: number,
                        first: number,
                    });
                    if !tag.self_closing {
                        self.inside = Inside::Passage;
                    }
                }
                Some(Rcdata)
            }
            "script" => {
                if first && !tag.self_closing {
                    self.inside = Inside::Code("script of the story", number, String::new());
                }
                Some(ScriptData)
            }
            "style" => {
                if first && !tag.self_closing {
                    self.inside = Inside::Code("stylesheet of the story", number, String::new());
                }
                Some(Rawtext)
            }
            "title" | "textarea" => Some(Rcdata),
            _ => None,
        }
    }

    fn ends(&mut self, tag: &Tag) {
        self.close();
        if &*tag.name == "tw-storydata" {
            self.open = false;
        }
    }

    /// Ends the element whose text is being read.
    fn close(&mut self) {
        if let Inside::Code(what, line, text) = std::mem::take(&mut self.inside)
            && !text.trim().is_empty()
        {
            let what = format!("{what}: {}", excerpt(&text));
            self.story.unconverted.push(Unconverted { what, line, passage: None });
        }
    }

    fn says(&mut self, text: &str) {
        match &mut self.inside {
            Inside::Nothing => {}
            Inside::Passage => {
                if let Some(raw) = self.story.raws.last_mut() {
                    raw.text.push_str(text);
                }
            }
            Inside::Code(.., all) => all.push_str(text),
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|it| &*it.name.local == name).map(|it| it.value.to_string())
}
