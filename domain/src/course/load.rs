//! From a folder of files to a course, with everything that is wrong on the way.

mod pair;
mod plan;
mod refer;
#[cfg(test)]
mod tests;
mod variant;

use super::{
    activities::{self, Read},
    files::{self, Files, MANIFEST, is_ignored, limits, whole},
    manifest::{self, Manifest},
    media::Media,
    model::{Activity, Kind, Module, Package},
    table::Located,
    toml_format,
};
use crate::{
    canonical::ContentHash,
    diagnostic::{Diagnostic, Diagnostics, Span},
    facts::Fact,
    lesson::Lesson,
    named::CompetencyId,
    plain::is_unfit,
    source::{LONGEST_LINE, Source, decode, suggest},
    title::Title,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a folder gave.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The course, when nothing is an error.
    pub package: Option<Package>,
    /// What was found, in reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file in its normal form; those with errors, and media, as they are. Loading this again gives the same
    /// course and the same files.
    pub canonical: Files,
}

/// Reads and checks a whole course.
#[must_use]
pub fn load(given: &Files) -> Loaded {
    let mut loader = Loader::default();
    let kept = given.iter().filter(|(path, _)| !is_ignored(path));
    let mut canonical: Files = kept.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    files::check(&canonical, &mut loader.found);
    loader.media = files::media(&canonical, &mut loader.found);
    loader.decode(&canonical);
    let package = loader.course();
    for (path, text) in std::mem::take(&mut loader.canonical) {
        canonical.insert(path, text.into_bytes());
    }
    let package = package.filter(|_| !loader.found.has_errors());
    Loaded { package, diagnostics: loader.found.into_list(), canonical }
}

#[derive(Default)]
struct Loader {
    found: Diagnostics,
    texts: BTreeMap<String, String>,
    media: BTreeMap<String, Media>,
    canonical: BTreeMap<String, String>,
    used: BTreeSet<String>,
    facts: BTreeSet<Fact>,
    competencies: BTreeSet<CompetencyId>,
    links: Vec<(String, Span)>,
    /// Whether a file that belongs to the course could not be read, so that nobody knows what it uses.
    unread: bool,
}

impl Loader {
    fn decode(&mut self, files: &Files) {
        for (path, bytes) in files {
            // What is no text, or too large, is told of already.
            if !files::is_text(path) || files::size(bytes) > limits::TEXT {
                continue;
            }
            match decode(bytes) {
                Ok(text) => {
                    if let Some(line) = Source::new(path, &text).too_long_line() {
                        let span = Span { line: u32::try_from(line).unwrap_or(0), ..whole(path) };
                        let message = format!("the line has more than {LONGEST_LINE} bytes");
                        let problem = Diagnostic::error("line-too-long", span, message);
                        self.found.push(problem.hint("break it into several lines, or paragraphs"));
                    } else {
                        self.unfit(path, &text);
                        self.texts.insert(path.clone(), text);
                    }
                }
                Err(at) => {
                    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                    let span = Span { line: u32::try_from(line).unwrap_or(0), ..whole(path) };
                    let problem = Diagnostic::error("not-utf-8", span, "the text is not in UTF-8 from here on");
                    self.found.push(problem.hint("save the file with the encoding UTF-8"));
                }
            }
        }
    }

    /// Tells of the first character in a file that cannot be shown or turns the text behind it: an author does not see it.
    fn unfit(&mut self, path: &str, text: &str) {
        let Some((at, sign)) = text.char_indices().find(|(_, sign)| is_unfit(*sign) && !matches!(sign, '\n' | '\t'))
        else {
            return;
        };
        let source = Source::new(path, text);
        let what = if sign.is_control() { "cannot be shown" } else { "turns the text behind it around" };
        let message = format!("the character U+{:04X} {what}", u32::from(sign));
        let span = source.range(&(at..at + sign.len_utf8()));
        self.found.push(source.error("unfit-character", span, message).hint("delete it, here and wherever else it is"));
    }

    fn course(&mut self) -> Option<Package> {
        let Some(text) = self.texts.get(MANIFEST).cloned() else {
            let below = self.texts.keys().find_map(|path| path.strip_suffix("/course.toml"));
            if let Some(folder) = below {
                let message = format!("`course.toml` lies in the folder `{folder}`, and belongs at the top");
                let problem = Diagnostic::error("missing-file", whole(&format!("{folder}/{MANIFEST}")), message);
                // What else is found is about a folder that is not the course's.
                self.found = Diagnostics::default();
                self.found.push(problem.hint(format!("give the folder `{folder}` alone, or pack what is in it")));
            } else if !self.found.iter().any(|found| found.span.file == MANIFEST) {
                let problem = Diagnostic::error("missing-file", whole(MANIFEST), "there is no `course.toml`");
                self.found
                    .push(problem.hint("it is the course's table of contents, and lies at the top of the folder"));
            }
            return None;
        };
        self.used.insert(MANIFEST.to_owned());
        let source = Source::new(MANIFEST, &text);
        let manifest = manifest::read(&source, &mut self.found);
        if self.found.iter().any(|found| matches!(found.code, "bad-toml" | "too-many-parts")) {
            return None;
        }
        self.canonical.insert(MANIFEST.to_owned(), toml_format::format(&text));
        self.find_facts(&source, &manifest.facts);

        let modules = self.modules(&source, &manifest);
        pair::check(&source, &manifest, &modules, &mut self.found);
        let guide = manifest.guide.as_ref().and_then(|path| self.page(&source, path, &manifest.facts));
        let job_aid = manifest.job_aid.as_ref().and_then(|path| self.page(&source, path, &manifest.facts));
        self.check_links(&manifest);
        self.check_unused(&source, &manifest);
        refer::check_minutes(&source, &manifest, &mut self.found);
        let Manifest { id, title, summary, language, minutes, keys, facts, competencies, .. } = manifest;
        let media = std::mem::take(&mut self.media);
        Some(Package {
            id: id?,
            title,
            summary,
            language,
            minutes: minutes?.value,
            keys,
            facts: facts.into_iter().map(|fact| fact.value).collect(),
            competencies: competencies.into_iter().map(|competency| competency.value).collect(),
            modules,
            media: media.into_iter().filter(|(path, _)| self.used.contains(path)).collect(),
            guide,
            job_aid,
        })
    }

    fn modules(&mut self, source: &Source<'_>, manifest: &Manifest) -> Vec<Module> {
        let known: Vec<&CompetencyId> = manifest.competencies.iter().map(|known| &known.value.id).collect();
        let mut modules = Vec::new();
        for part in &manifest.modules {
            let mut activities = Vec::new();
            for entry in &part.entries {
                let Some(text) = self.text_of(source, &entry.file) else {
                    continue;
                };
                let mut read = activities::read(entry, &text);
                let own = Source::new(&entry.file.value, &text);
                let mut body = read.body.take();
                self.take(&own, read, &manifest.facts, &known);
                if entry.kind == Kind::Conversation {
                    self.conversation(source, entry, &manifest.facts, &known, body.as_mut().map(|(body, _)| body));
                }
                let Some((body, title)) = body else {
                    self.unread |= entry.kind == Kind::Conversation;
                    continue;
                };
                let title = title.unwrap_or_else(|| {
                    let problem = own.warning("missing-title", own.span(1, 0, 1), "the lesson has no title");
                    self.found.push(problem.hint("begin the file with `---`, `title: …`, `---`"));
                    humanise(entry.id.as_str())
                });
                let title = match Title::parse(&title) {
                    Ok(title) => title.into(),
                    Err(problem) => {
                        let problem = own.error("bad-title", own.span(1, 0, 1), format!("the title {problem}"));
                        self.found.push(problem.hint("keep it short, on one line"));
                        continue;
                    }
                };
                activities.push(Activity {
                    id: entry.id.clone(),
                    title,
                    minutes: entry.minutes,
                    required: entry.required,
                    pair: entry.pair.as_ref().map(|pair| pair.value.clone()),
                    file: entry.file.value.clone(),
                    hash: ContentHash::of_value(&body),
                    body,
                });
            }
            let (id, title, summary) = (part.id.clone(), part.title.clone(), part.summary.clone());
            modules.push(Module { id, title, summary, activities });
        }
        modules
    }

    /// The text of a file that the table of contents names.
    fn text_of(&mut self, source: &Source<'_>, path: &Located<String>) -> Option<String> {
        self.used.insert(path.value.clone());
        let text = self.texts.get(&path.value).cloned();
        self.unread |= text.is_none();
        let reported = self.found.iter().any(|found| found.span.file == path.value);
        if text.is_none() && !reported {
            let names: Vec<&str> = self.texts.keys().map(String::as_str).filter(|name| *name != MANIFEST).collect();
            let problem = source.error("missing-file", path.span.clone(), format!("there is no file `{}`", path.value));
            let near = suggest(&path.value, &names);
            let hint = if near.starts_with("did") { near } else { "add the file, or correct its name".to_owned() };
            self.found.push(problem.hint(hint));
        }
        text
    }

    /// The guide or the job aid.
    fn page(&mut self, source: &Source<'_>, path: &Located<String>, facts: &[Located<Fact>]) -> Option<Lesson> {
        let text = self.text_of(source, path)?;
        let (read, lesson) = activities::lesson(&text, &path.value);
        self.take(&Source::new(&path.value, &text), read, facts, &[]);
        lesson
    }

    /// Takes over what reading a file gave, and checks what it refers to.
    fn take(&mut self, own: &Source<'_>, read: Read, facts: &[Located<Fact>], known: &[&CompetencyId]) {
        self.found.extend(read.diagnostics.into_list());
        if let Some(canonical) = read.canonical {
            self.canonical.insert(own.file.to_owned(), canonical);
        }
        self.find_facts(own, facts);
        for (id, span) in read.competencies {
            if known.contains(&&id) {
                self.competencies.insert(id);
            } else {
                self.found.push_error(|| {
                    let names: Vec<&str> = known.iter().map(|known| known.as_str()).collect();
                    let problem = format!("course.toml has no competency `{id}`");
                    own.error("unknown-competency", span, problem).hint(if names.is_empty() {
                        "add it there with `[[competency]]`".to_owned()
                    } else {
                        suggest(id.as_str(), &names)
                    })
                });
            }
        }
        for (path, span) in read.media {
            self.medium(own, path, span);
        }
        for (path, span) in read.audio {
            self.recording(own, path, span);
        }
        self.links.extend(read.links);
    }
}

/// A name for people, made from a name for files.
fn humanise(id: &str) -> String {
    let text = id.replace('-', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
