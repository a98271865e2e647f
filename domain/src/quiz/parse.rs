//! Reading a quiz file. Every fault is reported with its place, and reading goes on after it.

mod check;
mod heading;
mod option;
#[cfg(test)]
mod tests;

use self::option::is_option;
use super::model::{Item, ItemOption, Layout, Quiz};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span},
    named::CompetencyId,
    percent::Percent,
    source::{Front, Source, tidy},
};

/// The most options a question may have.
pub const MOST_OPTIONS: usize = 10;
/// The most questions a quiz may have.
pub const MOST_ITEMS: usize = 100;

/// What reading a quiz gave.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The quiz, when nothing in it is an error.
    pub quiz: Option<Quiz>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// Where competencies are named, so that a course can check that they exist.
    pub competencies: Vec<(CompetencyId, Span)>,
}

/// Reads a quiz. `path` is the file's name in the course folder.
#[must_use]
pub fn parse(text: &str, path: &str) -> Parsed {
    let source = Source::new(path, text);
    let mut found = Diagnostics::default();
    let front = Front::read(&source, &["title", "pass", "attempts", "layout", "shuffle"], &mut found);
    let title = front.required(&source, "title", &mut found).unwrap_or_default().to_owned();
    let pass = pass_mark(&source, &front, &mut found);
    let attempts = attempts(&source, &front, &mut found);
    let layout =
        front.choice(&source, "layout", &[("one", Layout::One), ("all", Layout::All)], Layout::One, &mut found);
    let shuffle = front.choice(&source, "shuffle", &[("yes", true), ("no", false)], true, &mut found);

    let mut reader = Reader { source, found, items: Vec::new(), competencies: Vec::new(), shuffle };
    let (intro, blocks) = blocks(text, front.body_line);
    let too_many = blocks.len() > MOST_ITEMS;
    for block in blocks.iter().take(MOST_ITEMS) {
        reader.item(block);
    }
    let source = &reader.source;
    if reader.items.is_empty() && !reader.found.has_errors() {
        let last = text.lines().count().max(1);
        let problem = source.error("no-items", source.span(last, 0, 1), "the quiz has no questions");
        reader.found.push(problem.hint("begin one with `## some-name (single)`"));
    }
    if too_many {
        let message = format!("the quiz has more than {MOST_ITEMS} questions");
        reader.found.push(source.error("too-many-items", source.span(1, 0, 1), message));
    }
    let sound = !reader.found.has_errors();
    let diagnostics = reader.found.into_list();
    let quiz = Quiz { title, pass, attempts, layout, shuffle, intro, items: reader.items };
    let quiz = sound.then_some(quiz);
    Parsed { quiz, diagnostics, competencies: reader.competencies }
}

fn pass_mark(source: &Source<'_>, front: &Front<'_>, found: &mut Diagnostics) -> Percent {
    let fallback = Percent::new(80.0).unwrap_or(Percent::FULL);
    let Some(field) = front.get("pass") else {
        return fallback;
    };
    match field.value.parse::<u8>().ok().filter(|mark| *mark > 0).and_then(|mark| Percent::new(mark.into()).ok()) {
        Some(mark) => mark,
        None => {
            let message = format!("the pass mark cannot be `{}`", field.value);
            let problem = source.error("bad-value", field.span(source), message);
            found.push(problem.hint("write a whole number from 1 to 100"));
            fallback
        }
    }
}

fn attempts(source: &Source<'_>, front: &Front<'_>, found: &mut Diagnostics) -> Option<u32> {
    let field = front.get("attempts").filter(|field| field.value != "unlimited")?;
    let number = field.value.parse().ok().filter(|number| (1..=100).contains(number));
    if number.is_none() {
        let message = format!("the number of attempts cannot be `{}`", field.value);
        let problem = source.error("bad-value", field.span(source), message);
        found.push(problem.hint("write a whole number from 1 to 100, or `unlimited`"));
    }
    number
}

/// The lines of one question, each with its number.
struct Block<'a> {
    heading: (usize, &'a str),
    lines: Vec<(usize, &'a str)>,
}

fn blocks(text: &str, body_line: usize) -> (String, Vec<Block<'_>>) {
    let mut intro = String::new();
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate().skip(body_line - 1) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if line.starts_with("## ") && !fenced {
            blocks.push(Block { heading: (index + 1, line), lines: Vec::new() });
        } else if let Some(block) = blocks.last_mut() {
            block.lines.push((index + 1, line));
        } else {
            intro.push_str(line);
            intro.push('\n');
        }
    }
    (tidy(&intro), blocks)
}

/// What further indented lines belong to.
enum Open {
    Option,
    OptionWhy,
    ItemWhy,
}

/// An option while it is read.
struct Draft {
    option: ItemOption,
    line: usize,
}

struct Reader<'a> {
    source: Source<'a>,
    found: Diagnostics,
    items: Vec<Item>,
    competencies: Vec<(CompetencyId, Span)>,
    shuffle: bool,
}

impl Reader<'_> {
    fn line_error(&mut self, code: &'static str, line: usize, message: impl Into<String>, hint: &str) {
        let length = self.source.line(line).trim_end().chars().count();
        let span = self.source.span(line, 1, length);
        self.found.push_error(|| self.source.error(code, span, message).hint(hint));
    }

    fn item(&mut self, block: &Block<'_>) {
        let Some((id, kind)) = self.heading(block.heading) else {
            return;
        };
        let mut lines = block.lines.iter().copied().peekable();
        while lines.next_if(|(_, line)| line.trim().is_empty()).is_some() {}
        let mut competency = None;
        if let Some((number, line)) = lines.next_if(|(_, line)| line.starts_with("competency:")) {
            competency = self.competency(number, line);
        }
        let mut stem = String::new();
        let mut options: Vec<Draft> = Vec::new();
        let mut why: Option<String> = None;
        let mut open = None;
        for (number, line) in lines {
            let indented = line.starts_with([' ', '\t']);
            let text = line.trim();
            if options.is_empty() && !is_option(line) {
                stem.push_str(line);
                stem.push('\n');
            } else if is_option(line) && why.is_some() {
                self.line_error(
                    "stray-option",
                    number,
                    "an option stands after the reason of the whole question",
                    "move the `why:` without indentation after the last option",
                );
            } else if is_option(line) {
                // One too many is told of; the rest would only be compared with each other.
                let room = options.len() <= MOST_OPTIONS;
                if let Some(option) = room.then(|| self.option(kind, number, line)).flatten() {
                    options.push(Draft { option, line: number });
                }
                open = Some(Open::Option);
            } else if text.is_empty() {
                // Blank lines between options are layout.
            } else if let Some(reason) = text.strip_prefix("why:") {
                let reason = reason.trim();
                let place =
                    if indented { options.last_mut().map(|draft| &mut draft.option.why) } else { Some(&mut why) };
                open = Some(if indented { Open::OptionWhy } else { Open::ItemWhy });
                match place {
                    Some(Some(_)) => {
                        self.line_error("duplicate-why", number, "a second `why:` for the same thing", "join the two");
                    }
                    Some(empty) if !reason.is_empty() => *empty = Some(reason.to_owned()),
                    _ => self.line_error("missing-why", number, "`why:` says nothing", "write the reason after it"),
                }
            } else if indented {
                let place = match open {
                    Some(Open::Option) => options.last_mut().map(|draft| &mut draft.option.text),
                    Some(Open::OptionWhy) => options.last_mut().and_then(|draft| draft.option.why.as_mut()),
                    Some(Open::ItemWhy) => why.as_mut(),
                    None => None,
                };
                if let Some(place) = place {
                    place.push('\n');
                    place.push_str(text);
                }
            } else {
                self.line_error(
                    "stray-text",
                    number,
                    "this line belongs to nothing",
                    "indent it by two spaces to continue the line above, or move it before the first option",
                );
            }
        }
        let item = Item {
            id,
            kind,
            competency,
            stem: tidy(&stem),
            options: options.iter().map(|draft| draft.option.clone()).collect(),
            why,
        };
        self.check(&item, block.heading.0, &options);
        self.items.push(item);
    }
}
