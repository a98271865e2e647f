//! Lesson files.

use super::model::Lesson;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::{Front, Source, tidy},
};

/// Reads a lesson file. `path` is its name in the course folder. The number is that of the first line of its text.
///
/// Without front matter, a heading of the first level at the top is the title. Blank lines above are layout.
#[must_use]
pub fn parse(text: &str, path: &str) -> (Option<Lesson>, usize, Vec<Diagnostic>) {
    let source = Source::new(path, text);
    let mut found = Diagnostics::default();
    let front = Front::read(&source, &["title"], &mut found);
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty());
    let heading = lines
        .next()
        .and_then(|(index, line)| Some((index, line.strip_prefix("# ")?)))
        .filter(|(_, title)| !front.present && !title.trim().is_empty());
    let (title, first_line) = match heading {
        Some((index, heading)) => (Some(heading.trim()), index + 2),
        None if front.get("title").is_some() => (front.required(&source, "title", &mut found), front.body_line),
        None => (None, front.body_line),
    };
    let body: Vec<&str> = text.lines().skip(first_line - 1).collect();
    let body = tidy(&body.join("\n"));
    if body.is_empty() {
        let at = source.span(text.lines().count().max(1), 0, 1);
        found.push(source.error("empty-text", at, "the file has no text").hint("write it after the title"));
    }
    let good = !found.has_errors();
    (good.then(|| Lesson { title: title.map(str::to_owned), text: body }), first_line, found.into_list())
}

/// The text of a lesson file in its one normal form.
#[must_use]
pub fn format(lesson: &Lesson) -> String {
    match &lesson.title {
        Some(title) => format!("---\ntitle: {title}\n---\n{}\n", lesson.text),
        None => format!("{}\n", lesson.text),
    }
}
