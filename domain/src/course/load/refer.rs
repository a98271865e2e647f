//! What the files of a course refer to, and what nothing refers to.

use super::{
    super::{
        files::{is_companion, whole},
        manifest::Manifest,
        media::{Media, MediaKind},
        table::Located,
    },
    Loader,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span},
    facts::{Fact, placeholders},
    source::{Source, suggest},
};
use std::collections::BTreeSet;

impl Loader {
    /// The medium of this name, or an error.
    fn known(&mut self, own: &Source<'_>, path: &str, span: &Span) -> Option<MediaKind> {
        let medium = self.media.get(path);
        if medium.is_none() {
            self.found.push_error(|| {
                let names: Vec<&str> = self.media.keys().map(String::as_str).collect();
                let problem = own.error("missing-media", span.clone(), format!("there is no file `{path}`"));
                problem.hint(if names.is_empty() { "put it into `media/`".to_owned() } else { suggest(path, &names) })
            });
        }
        medium.map(|medium| medium.kind)
    }

    /// A recording of a line; its name says that it is one.
    pub(super) fn recording(&mut self, own: &Source<'_>, path: String, span: Span) {
        if self.known(own, &path, &span).is_some() {
            self.used.insert(path);
        }
    }

    pub(super) fn medium(&mut self, own: &Source<'_>, path: String, span: Span) {
        let Some(kind) = self.known(own, &path, &span) else { return };
        if kind.is_video() {
            if let Some((captions, _)) = Media::captions(&self.media, &path) {
                self.used.insert(captions.clone());
            } else {
                let captions = path.rsplit_once('.').map_or_else(String::new, |(stem, _)| format!("{stem}.vtt"));
                let problem = own.error("missing-captions", span, format!("the film has no captions `{captions}`"));
                self.found.push(problem.hint("write down what is said, for people who cannot hear it (WebVTT)"));
            }
        } else if !kind.is_image() {
            self.found.push(own.error("not-a-picture", span, format!("`{path}` is neither a picture nor a film")));
        }
        self.used.insert(path);
    }

    /// Every placeholder must be a known fact that the table of contents declares.
    pub(super) fn find_facts(&mut self, own: &Source<'_>, declared: &[Located<Fact>]) {
        for found in placeholders(own.text) {
            let span = own.range(&found.range);
            match found.key.parse::<Fact>() {
                Ok(fact) if declared.iter().any(|known| known.value == fact) => {
                    self.facts.insert(fact);
                }
                Ok(fact) => {
                    let problem = own.error(
                        "undeclared-fact",
                        span,
                        format!("course.toml does not declare the site fact `{fact}`"),
                    );
                    self.found.push(problem.hint(format!("add `\"{fact}\"` to `facts` in course.toml")));
                }
                Err(problem) => self.found.push_error(|| {
                    let keys: Vec<&str> = Fact::ALL.into_iter().map(Fact::key).collect();
                    own.error("unknown-fact", span, problem.to_string()).hint(suggest(found.key, &keys))
                }),
            }
        }
    }

    pub(super) fn check_links(&mut self, manifest: &Manifest) {
        let pages: Vec<&str> =
            manifest.modules.iter().flat_map(|part| &part.entries).map(|entry| entry.file.value.as_str()).collect();
        for (path, span) in std::mem::take(&mut self.links) {
            if self.media.contains_key(&path) {
                self.used.insert(path);
            } else if !pages.contains(&path.as_str()) {
                self.found.push_error(|| {
                    let text = self.texts.get(&span.file).map(String::as_str).unwrap_or_default();
                    let message = format!("`{path}` is no activity of this course");
                    let problem = Source::new(&span.file, text).error("dangling-link", span.clone(), message);
                    problem.hint(suggest(&path, &pages))
                });
            }
        }
    }

    /// What is there and not used is often a slip, and never harms: warnings. A file that could not be read may use all of it.
    pub(super) fn check_unused(&mut self, source: &Source<'_>, manifest: &Manifest) {
        let told: BTreeSet<String> = self.found.iter().map(|found| found.span.file.clone()).collect();
        let media = self.media.keys().filter(|_| !self.unread);
        let all = self.texts.keys().chain(media).filter(|path| !told.contains(*path));
        for path in all.filter(|path| !self.used.contains(*path) && !is_companion(path)) {
            let problem = Diagnostic::warning("unused-file", whole(path), "nothing in the course uses this file");
            self.found.push(problem.hint("name it in course.toml or in a lesson, or remove it"));
        }
        if self.unread {
            return;
        }
        for fact in manifest.facts.iter().filter(|fact| !self.facts.contains(&fact.value)) {
            let message = format!("no text uses the site fact `{}`", fact.value);
            self.found.push(source.warning("unused-fact", fact.span.clone(), message).hint("take it out of the list"));
        }
        for competency in manifest.competencies.iter().filter(|known| !self.competencies.contains(&known.value.id)) {
            let message = format!("nothing practises the competency `{}`", competency.value.id);
            let problem = source.warning("unused-competency", competency.span.clone(), message);
            self.found.push(problem.hint("rate it in a conversation or tie a question to it, or remove it"));
        }
    }
}

/// The sum of the activities' minutes may differ from the course's by a tenth, or by five minutes.
pub(super) fn check_minutes(source: &Source<'_>, manifest: &Manifest, found: &mut Diagnostics) {
    let Some(minutes) = &manifest.minutes else {
        return;
    };
    let sum: u32 = manifest.modules.iter().flat_map(|part| &part.entries).map(|entry| entry.minutes).sum();
    if sum.abs_diff(minutes.value) > (minutes.value / 10).max(5) {
        let message = format!("the course says {} minutes, and its activities take {sum}", minutes.value);
        found.push(source.warning("minutes", minutes.span.clone(), message).hint(format!("write `minutes = {sum}`")));
    }
}
