//! The table of contents, `course.toml`.

mod entry;

pub(super) use entry::stem;

use super::{
    files::{self, limits},
    model::{Competency, Kind, Mode},
    table::{Located, Table},
};
use crate::{
    diagnostic::{Diagnostics, Span},
    facts::Fact,
    named::{ActivityId, CompetencyId, ModuleId},
    people::Locale,
    slug::Slug,
    source::{Source, suggest},
};
use std::{collections::BTreeMap, hash::Hash};
use toml::de::DeTable;

/// What the table of contents says, as far as it could be read.
#[derive(Default)]
pub(super) struct Manifest {
    pub id: Option<Slug>,
    pub title: String,
    pub summary: String,
    pub language: Locale,
    pub minutes: Option<Located<u32>>,
    pub keys: String,
    pub guide: Option<Located<String>>,
    pub job_aid: Option<Located<String>>,
    pub facts: Vec<Located<Fact>>,
    pub competencies: Vec<Located<Competency>>,
    pub modules: Vec<Part>,
}

/// A module.
pub(super) struct Part {
    pub id: ModuleId,
    pub title: String,
    pub summary: String,
    pub entries: Vec<Entry>,
}

/// An activity.
pub(super) struct Entry {
    pub id: ActivityId,
    pub kind: Kind,
    pub file: Located<String>,
    pub minutes: u32,
    pub required: bool,
    pub mode: Mode,
    pub variants: Vec<Located<String>>,
    pub pair: Option<Located<Slug>>,
}

/// Addresses of pages that stand where a course's id stands. A course of that name could not be opened.
pub const RESERVED_IDS: [&str; 3] = ["decisions", "import", "upload"];

/// How often an assessed conversation may be tried where the author does not say, if it has as many files to play.
pub(super) const ASSESSED_ATTEMPTS: u32 = 3;

pub(super) fn read(source: &Source<'_>, found: &mut Diagnostics) -> Manifest {
    let (root, problems) = DeTable::parse_recoverable(source.text);
    for problem in &problems {
        let at = problem.span().map_or_else(|| source.span(1, 0, 1), |range| source.range(&range));
        let message = problem.message().lines().next().unwrap_or_default();
        found.push(source.error("bad-toml", at, message).hint("see https://toml.io for how TOML is written"));
    }
    if !problems.is_empty() {
        // What could be recovered is too little to say anything useful about: every further finding would mislead.
        return Manifest::default();
    }
    let table = Table::new(source, root.get_ref(), 0..1);
    Reader { found, modules: Seen::default(), activities: Seen::default(), files: Seen::default() }.course(&table)
}

/// Names that may be used once.
struct Seen<T>(BTreeMap<T, u32>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord + Clone> Seen<T> {
    /// The line of the first use, if there was one.
    fn again(&mut self, name: &T, at: &Span) -> Option<u32> {
        let first = self.0.get(name).copied();
        self.0.entry(name.clone()).or_insert(at.line);
        first
    }
}

struct Reader<'f> {
    found: &'f mut Diagnostics,
    modules: Seen<ModuleId>,
    activities: Seen<ActivityId>,
    files: Seen<String>,
}

impl Reader<'_> {
    fn course(&mut self, table: &Table<'_, '_>) -> Manifest {
        table.only(
            &[
                "format",
                "id",
                "title",
                "summary",
                "language",
                "minutes",
                "keys",
                "guide",
                "job_aid",
                "facts",
                "competency",
                "module",
            ],
            self.found,
        );
        match table.number("format", 1..=1, self.found) {
            Some(_) => {}
            None if table.has("format") => {}
            None => table.missing("format", "1", self.found),
        }
        let id = self.id(table);
        let text =
            |key: &str, found: &mut Diagnostics| table.required(key, found).map(|text| text.value).unwrap_or_default();
        let title = table.title("title", self.found).map(|title| title.value.into()).unwrap_or_default();
        let summary = text("summary", self.found);
        let keys = text("keys", self.found);
        let language = table.parsed("language", self.found).map(|locale| locale.value).unwrap_or_default();
        let minutes = table.number("minutes", 1..=6000, self.found);
        if !table.has("minutes") {
            table.missing("minutes", "45", self.found);
        }
        let guide = self.path(table, "guide");
        let job_aid = self.path(table, "job_aid");
        let facts = self.facts(table);
        let competencies = self.competencies(table);
        let parts = table.tables("module", "module", self.found);
        if self.too_many(table, &parts, &competencies) {
            return Manifest::default();
        }
        if parts.is_empty() && !table.has("module") {
            let problem = table.source.error("no-modules", table.span(), "the course has no modules");
            self.found.push(problem.hint("begin one with `[[module]]`"));
        }
        let modules: Vec<Part> = parts.iter().filter_map(|part| self.module(part)).collect();
        let count: usize = modules.iter().map(|part| part.entries.len()).sum();
        let required = modules.iter().flat_map(|part| &part.entries).any(|entry| entry.required);
        if count > 0 && !required {
            let problem = table.source.error("nothing-required", table.span(), "no activity is required");
            self.found.push(problem.hint("take `required = false` away from at least one"));
        }
        Manifest { id, title, summary, language, minutes, keys, guide, job_aid, facts, competencies, modules }
    }

    /// Whether there are more parts than a course may have. Then nothing of them is read.
    fn too_many(
        &mut self,
        table: &Table<'_, '_>,
        modules: &[Table<'_, '_>],
        competencies: &[Located<Competency>],
    ) -> bool {
        let activities: usize = modules.iter().map(|module| module.count("activity")).sum();
        let counts = [
            (modules.len(), limits::MODULES, "modules"),
            (activities, limits::ACTIVITIES, "activities"),
            (competencies.len(), limits::COMPETENCIES, "competencies"),
        ];
        let found = self.found.len();
        for (count, most, what) in counts.into_iter().filter(|(count, most, _)| count > most) {
            let message = format!("the course has {count} {what}, and {most} are allowed");
            let problem = table.source.error("too-many-parts", table.span(), message);
            self.found.push(problem.hint("make several courses of it"));
        }
        self.found.len() > found
    }

    /// What the course is called in addresses, where no page of the site has that name.
    fn id(&mut self, table: &Table<'_, '_>) -> Option<Slug> {
        let Located { value: id, span } = table.parsed::<Slug>("id", self.found)?;
        if RESERVED_IDS.contains(&id.as_str()) {
            let message = format!("no course can be called `{id}`: a page of the site has that address");
            self.found
                .push(table.source.error("reserved-id", span, message).hint("add a word that says what it is about"));
        }
        Some(id)
    }

    /// A path to a file of the course that is used once.
    fn path(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Located<String>> {
        let path = table.text(key, self.found)?;
        self.own_path(table.source, path)
    }

    /// The same for a path that was read already.
    fn own_path(&mut self, source: &Source<'_>, path: Located<String>) -> Option<Located<String>> {
        if !files::is_good_path(&path.value) {
            let problem = source.error("bad-path", path.span, format!("`{}` is not a path in this course", path.value));
            self.found.push(problem.hint("write it from the course folder, such as `first-words/welcome.md`"));
            return None;
        }
        if let Some(line) = self.files.again(&path.value, &path.span) {
            let message = format!("`{}` is used twice, first on line {line}", path.value);
            self.found.push(source.error("duplicate-file", path.span.clone(), message).hint("give each its own file"));
        }
        Some(path)
    }

    fn facts(&mut self, table: &Table<'_, '_>) -> Vec<Located<Fact>> {
        let keys: Vec<&str> = Fact::ALL.into_iter().map(Fact::key).collect();
        let mut facts: Vec<Located<Fact>> = Vec::new();
        for text in table.texts("facts", self.found) {
            match text.value.parse() {
                Ok(fact) if facts.iter().any(|known| known.value == fact) => {
                    let problem = table.source.error("duplicate-fact", text.span, format!("`{fact}` is listed twice"));
                    self.found.push(problem.hint("keep one of them"));
                }
                Ok(fact) => facts.push(Located { value: fact, span: text.span }),
                Err(problem) => self.found.push_error(|| {
                    let problem = table.source.error("unknown-fact", text.span, problem.to_string());
                    problem.hint(suggest(&text.value, &keys))
                }),
            }
        }
        facts
    }

    fn competencies(&mut self, table: &Table<'_, '_>) -> Vec<Located<Competency>> {
        let mut seen = Seen::<CompetencyId>::default();
        let mut all = Vec::new();
        for table in table.tables("competency", "competency", self.found) {
            table.only(&["id", "name"], self.found);
            let id: Option<Located<CompetencyId>> = table.parsed("id", self.found);
            let name = table.title("name", self.found);
            let (Some(id), Some(name)) = (id, name) else {
                continue;
            };
            self.once(&mut seen, table.source, &id);
            all.push(Located { value: Competency { id: id.value, name: name.value.into() }, span: id.span });
        }
        all
    }

    fn once<T: Ord + Clone + Hash + std::fmt::Display>(
        &mut self,
        seen: &mut Seen<T>,
        source: &Source<'_>,
        id: &Located<T>,
    ) {
        if let Some(line) = seen.again(&id.value, &id.span) {
            let message = format!("the id `{}` is used twice, first on line {line}", id.value);
            self.found.push(source.error("duplicate-id", id.span.clone(), message).hint("give each its own id"));
        }
    }

    fn module(&mut self, table: &Table<'_, '_>) -> Option<Part> {
        table.only(&["id", "title", "summary", "activity"], self.found);
        let id: Option<Located<ModuleId>> = table.parsed("id", self.found);
        if let Some(id) = &id {
            let mut seen = std::mem::take(&mut self.modules);
            self.once(&mut seen, table.source, id);
            self.modules = seen;
        }
        let title = table.title("title", self.found);
        let summary = table.text("summary", self.found).map(|text| text.value).unwrap_or_default();
        let tables = table.tables("activity", "module.activity", self.found);
        if tables.is_empty() {
            let problem = table.source.error("empty-module", table.span(), "the module has no activities");
            self.found.push(problem.hint("begin one with `[[module.activity]]`"));
        }
        let entries = tables.iter().filter_map(|table| self.entry(table)).collect();
        Some(Part { id: id?.value, title: title?.value.into(), summary, entries })
    }
}
