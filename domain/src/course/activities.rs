//! Reading the file of each kind of activity.

use super::{
    manifest::Entry,
    model::{Body, Kind},
};
use crate::{
    acknowledgement,
    conversation::{self, Scenario},
    diagnostic::{Diagnostics, Span},
    lesson::{self, Lesson},
    named::CompetencyId,
    quiz,
    source::{Front, Source, tidy},
};

/// What reading a file gave.
#[derive(Default)]
pub(super) struct Read {
    /// The content and its title, when nothing is wrong.
    pub body: Option<(Body, Option<String>)>,
    /// The file in its normal form, when nothing is wrong.
    pub canonical: Option<String>,
    pub diagnostics: Diagnostics,
    /// Competencies it names.
    pub competencies: Vec<(CompetencyId, Span)>,
    /// Pictures and films it shows.
    pub media: Vec<(String, Span)>,
    /// Recordings it plays.
    pub audio: Vec<(String, Span)>,
    /// Files it links to.
    pub links: Vec<(String, Span)>,
}

pub(super) fn read(entry: &Entry, text: &str) -> Read {
    let path = entry.file.value.as_str();
    let mut read = match entry.kind {
        Kind::Lesson => {
            let (read, lesson) = lesson(text, path);
            let title = lesson.as_ref().and_then(|lesson| lesson.title.clone());
            Read { body: lesson.map(|lesson| (Body::Lesson(lesson), title)), ..read }
        }
        Kind::Quiz => {
            let parsed = quiz::parse(text, path);
            let mut read =
                Read { diagnostics: parsed.diagnostics.into(), competencies: parsed.competencies, ..Read::default() };
            read.refer(text, path, body_start(text, path), false);
            read.canonical = parsed.quiz.as_ref().map(quiz::format);
            read.body = parsed.quiz.map(|quiz| {
                let title = quiz.title.clone();
                (Body::Quiz(quiz), Some(title))
            });
            read
        }
        Kind::Acknowledgement => {
            let (acknowledgement, diagnostics) = acknowledgement::parse(text, path);
            let mut read = Read { diagnostics: diagnostics.into(), ..Read::default() };
            read.refer(text, path, body_start(text, path), true);
            read.canonical = acknowledgement.as_ref().map(acknowledgement::format);
            read.body = acknowledgement.map(|acknowledgement| {
                let title = acknowledgement.title.clone();
                (Body::Acknowledgement(acknowledgement), Some(title))
            });
            read
        }
        Kind::Conversation => conversation(entry, text, path),
    };
    if read.diagnostics.has_errors() {
        read.body = None;
        read.canonical = None;
    }
    read
}

/// A lesson, guide or job aid.
pub(super) fn lesson(text: &str, path: &str) -> (Read, Option<Lesson>) {
    let (lesson, first_line, diagnostics) = lesson::parse(text, path);
    let mut read = Read { diagnostics: diagnostics.into(), ..Read::default() };
    read.refer(text, path, line_start(text, first_line), true);
    let titled_in_front = Front::read(&Source::new(path, text), &["title"], &mut Diagnostics::default()).present;
    read.canonical = lesson.as_ref().map(|lesson| match (&lesson.title, titled_in_front) {
        (Some(_), true) => lesson::format(lesson),
        // Kept, so that a heading below it does not become the title.
        (None, true) => format!("---\n---\n{}\n", lesson.text),
        (_, false) => tidy(text) + "\n",
    });
    if read.diagnostics.has_errors() {
        read.canonical = None;
        return (read, None);
    }
    (read, lesson)
}

fn conversation(entry: &Entry, text: &str, path: &str) -> Read {
    let (read, scenario) = scenario(text, path);
    let body = scenario.map(|scenario| {
        let title = scenario.title.clone();
        let variants = Vec::new();
        (Body::Conversation { mode: entry.mode, scenario: Box::new(scenario), variants }, Some(title))
    });
    Read { body, ..read }
}

/// The file of a conversation, or of one of its variants. The body is left to the caller.
pub(super) fn scenario(text: &str, path: &str) -> (Read, Option<Scenario>) {
    let parsed = conversation::parse(text, path);
    let mut read = Read { diagnostics: parsed.diagnostics.into(), ..Read::default() };
    let source = Source::new(path, text);
    let span = |place: &conversation::Place| {
        let number = |value: u32| usize::try_from(value).unwrap_or(0);
        source.span(number(place.line), number(place.column), number(place.length))
    };
    read.audio = parsed.places.audio.iter().map(|(file, place)| (file.clone(), span(place))).collect();
    let Some(scenario) = parsed.scenario else {
        return (read, None);
    };
    for (competency, place) in scenario.competencies.iter().zip(&parsed.places.competencies) {
        read.competencies.push((CompetencyId(competency.id.clone()), span(place)));
    }
    read.diagnostics.extend(conversation::check(&scenario, &parsed.places).diagnostics);
    if read.diagnostics.has_errors() {
        return (read, None);
    }
    read.canonical = conversation::format(text, path).ok();
    (read, Some(scenario))
}

impl Read {
    fn refer(&mut self, text: &str, path: &str, start: usize, headings: bool) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let found = lesson::check(&Source::new(path, text), start, folder, headings);
        self.diagnostics.extend(found.diagnostics.into_list());
        self.media = found.media;
        self.links = found.links;
    }
}

/// The byte where the text after the front matter begins.
fn body_start(text: &str, path: &str) -> usize {
    let known = ["title", "pass", "attempts", "layout", "shuffle", "statement"];
    line_start(text, Front::read(&Source::new(path, text), &known, &mut Diagnostics::default()).body_line)
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}
