//! One activity of the table of contents.

use super::{
    super::{
        model::{Kind, Mode},
        table::{Located, Table},
    },
    ASSESSED_ATTEMPTS, Entry, Reader,
};
use crate::{
    named::ActivityId,
    slug::Slug,
    source::{Source, suggest},
};

impl Reader<'_> {
    pub(super) fn entry(&mut self, table: &Table<'_, '_>) -> Option<Entry> {
        table.only(&["id", "kind", "file", "minutes", "required", "mode", "attempts", "pair"], self.found);
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
        let mode = self.mode(table, kind);
        let pair = self.pair(table, kind);
        Some(Entry { id: id?.value, kind: kind?, file: file?, minutes: minutes?, required, mode, pair })
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
            self.found.push(table.source.error("unknown-kind", text.span, message).hint(suggest(&text.value, &names)));
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
        if file.value.rsplit_once('.').is_none_or(|(_, end)| end != ending) {
            let message = format!("the file of this kind of activity ends with `.{ending}`");
            let problem = source.error("wrong-ending", file.span.clone(), message);
            self.found.push(problem.hint("rename the file, or change the kind"));
        }
    }

    fn mode(&mut self, table: &Table<'_, '_>, kind: Option<Kind>) -> Mode {
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
        if assessed {
            Mode::Assessed { attempts: attempts.map_or(ASSESSED_ATTEMPTS, |attempts| attempts.value) }
        } else {
            Mode::Practice
        }
    }
}
