//! One activity of the table of contents.

use super::{
    super::{
        files::has_ending,
        model::{Kind, Mode},
        table::{Located, Table},
    },
    ASSESSED_ATTEMPTS, Entry, Reader, Seen,
};
use crate::{
    named::ActivityId,
    slug::Slug,
    source::{Source, suggest},
};

impl Reader<'_> {
    pub(super) fn entry(&mut self, table: &Table<'_, '_>) -> Option<Entry> {
        table.only(&["id", "kind", "file", "minutes", "required", "mode", "attempts", "variants", "pair"], self.found);
        let id: Option<Located<ActivityId>> = table.parsed("id", self.found);
        if let Some(id) = &id {
            let mut seen = std::mem::take(&mut self.activities);
            self.once(&mut seen, table.source, id);
            self.activities = seen;
        }
        let kind = self.kind(table);
        let minutes = table.number("minutes", 1..=600, self.found).map(|minutes| minutes.value);
        if !table.has("minutes") {
            table.missing("minutes", "5", self.found);
        }
        let required = table.boolean("required", self.found).unwrap_or(true);
        if !table.has("file") {
            table.missing("file", "\"…\"", self.found);
        }
        let file = self.path(table, "file");
        if let (Some(kind), Some(file)) = (kind, &file) {
            self.ending(table.source, kind, file);
        }
        let variants = self.variants(table);
        let mode = self.mode(table, kind, &variants);
        let pair = self.pair(table, kind);
        Some(Entry { id: id?.value, kind: kind?, file: file?, minutes: minutes?, required, mode, variants, pair })
    }

    /// The files of further attempts. Plays name them without folder and ending.
    fn variants(&mut self, table: &Table<'_, '_>) -> Vec<Located<String>> {
        let mut names = Seen::<String>::default();
        let mut variants = Vec::new();
        for path in table.texts("variants", self.found) {
            let before = self.found.len();
            let Some(path) = self.own_path(table.source, path) else { continue };
            // A file that is used elsewhere is no variant, and saying more about it would mislead.
            if self.found.len() > before {
                continue;
            }
            self.ending(table.source, Kind::Conversation, &path);
            let name = stem(&path.value);
            if let Err(problem) = name.parse::<Slug>() {
                let problem = table.source.error("bad-value", path.span.clone(), problem.to_string());
                self.found.push(problem.hint("rename the file: its name without the ending is the variant's name"));
            } else if let Some(line) = names.again(&name.to_owned(), &path.span) {
                let message = format!("two variants are called `{name}`, the first on line {line}");
                let problem = table.source.error("duplicate-id", path.span.clone(), message);
                self.found.push(problem.hint("rename one file: its name without the ending is the variant's name"));
            }
            variants.push(path);
        }
        variants
    }

    fn pair(&mut self, table: &Table<'_, '_>, kind: Option<Kind>) -> Option<Located<Slug>> {
        let pair: Located<Slug> = if table.has("pair") { table.parsed("pair", self.found) } else { None }?;
        if kind.is_some_and(|kind| kind != Kind::Conversation) {
            let problem = table.source.error("misplaced-key", pair.span.clone(), "only conversations make a pair");
            self.found.push(problem.hint("take the line away"));
        }
        Some(pair)
    }

    fn kind(&mut self, table: &Table<'_, '_>) -> Option<Kind> {
        let text = table.required("kind", self.found)?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == text.value);
        if kind.is_none() {
            let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::as_str).collect();
            let message = format!("there is no kind of activity `{}`", text.value);
            self.found.push_error(|| {
                table.source.error("unknown-kind", text.span, message).hint(suggest(&text.value, &names))
            });
        }
        kind
    }

    fn ending(&mut self, source: &Source<'_>, kind: Kind, file: &Located<String>) {
        let ending = match kind {
            Kind::Lesson => "md",
            Kind::Quiz => "quiz",
            Kind::Conversation => "conversation",
            Kind::Acknowledgement => "ack",
        };
        if !has_ending(&file.value, ending) {
            let message = format!("the file of this kind of activity ends with `.{ending}`");
            let problem = source.error("wrong-ending", file.span.clone(), message);
            self.found.push(problem.hint("rename the file, or change the kind"));
        }
    }

    fn mode(&mut self, table: &Table<'_, '_>, kind: Option<Kind>, variants: &[Located<String>]) -> Mode {
        let mode = table.text("mode", self.found);
        let attempts = table.number("attempts", 1..=100, self.found);
        let assessed = match &mode {
            None => false,
            Some(text) if text.value == "practice" => false,
            Some(text) if text.value == "assessed" => true,
            Some(text) => {
                let problem =
                    table.source.error("bad-value", text.span.clone(), format!("there is no mode `{}`", text.value));
                self.found.push(problem.hint(suggest(&text.value, &["practice", "assessed"])));
                false
            }
        };
        if let Some(mode) = &mode
            && kind.is_some_and(|kind| kind != Kind::Conversation)
        {
            let problem = table.source.error("misplaced-key", mode.span.clone(), "only conversations have a mode");
            self.found.push(problem.hint("take the line away"));
        }
        if let Some(attempts) = &attempts
            && !assessed
        {
            let problem = table.source.error(
                "misplaced-key",
                attempts.span.clone(),
                "only assessed conversations have attempts here",
            );
            self.found.push(problem.hint("a quiz says it in its own file; practice has no limit"));
        }
        if !assessed {
            if let Some(variant) = variants.first() {
                let message = "only assessed conversations have variants";
                let problem = table.source.error("misplaced-key", variant.span.clone(), message);
                self.found.push(problem.hint("write `mode = \"assessed\"`, or take the line away"));
            }
            return Mode::Practice;
        }
        let files = u32::try_from(variants.len()).unwrap_or(u32::MAX).saturating_add(1);
        if let Some(Located { value, span }) = attempts.as_ref().filter(|attempts| attempts.value > files) {
            let there = if files == 1 { "is one file".to_owned() } else { format!("are {files} files") };
            let message = format!("{value} attempts, and there {there} to play: each attempt plays another");
            let problem = table.source.error("too-many-attempts", span.clone(), message);
            self.found.push(problem.hint(format!(
                "write `attempts = {files}`, or tell the case once more and name the file in `variants = [\"…\"]`"
            )));
        }
        Mode::Assessed { attempts: attempts.map_or(ASSESSED_ATTEMPTS.min(files), |attempts| attempts.value) }
    }
}

/// The name of a file without its folder and ending.
pub(in crate::course) fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
