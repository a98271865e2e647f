//! The heading of a question: its name and kind, and the competency under it.

use super::{super::model::ItemKind, Reader};
use crate::{
    named::{CompetencyId, ItemId},
    source::suggest,
};

impl Reader<'_> {
    pub(super) fn heading(&mut self, (number, line): (usize, &str)) -> Option<(ItemId, ItemKind)> {
        let kinds: Vec<&str> = ItemKind::ALL.into_iter().map(ItemKind::as_str).collect();
        let text = line[3..].trim();
        let (name, kind) = match text.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.trim_end().strip_suffix(')').map(str::trim)),
            None => (text, None),
        };
        let Some(kind) = kind else {
            let hint = format!("write `## {name} (single)`; kinds: {}", kinds.join(", "));
            self.line_error("missing-kind", number, "the question does not say its kind", &hint);
            return None;
        };
        let place = |part: &str| {
            let column = line.find(part).map_or(4, |at| line[..at].chars().count() + 1);
            self.source.span(number, column, part.chars().count())
        };
        let Some(known) = ItemKind::ALL.into_iter().find(|candidate| candidate.as_str() == kind) else {
            let at = self.source.span(
                number,
                line.find('(').map_or(4, |at| line[..at].chars().count() + 2),
                kind.chars().count(),
            );
            self.found.push_error(|| {
                let problem = self.source.error("unknown-kind", at, format!("there is no kind of question `{kind}`"));
                problem.hint(suggest(kind, &kinds))
            });
            return None;
        };
        let at = place(name);
        let id: ItemId = match name.parse() {
            Ok(id) => id,
            Err(problem) => {
                let problem = self.source.error("bad-id", at, problem.to_string());
                self.found.push(problem.hint("name the question so: `## order-number (single)`"));
                return None;
            }
        };
        if self.items.iter().any(|item| item.id == id) {
            let problem = self.source.error("duplicate-id", at, format!("there is a question `{id}` already"));
            self.found.push(problem.hint("give each question a name of its own"));
        }
        Some((id, known))
    }

    pub(super) fn competency(&mut self, number: usize, line: &str) -> Option<CompetencyId> {
        let name = line["competency:".len()..].trim();
        let column = line.find(name).map_or(1, |at| line[..at].chars().count() + 1);
        let at = self.source.span(number, column, name.chars().count());
        match name.parse::<CompetencyId>() {
            Ok(id) => {
                self.competencies.push((id.clone(), at));
                Some(id)
            }
            Err(problem) => {
                let problem = self.source.error("bad-id", at, problem.to_string());
                self.found.push(problem.hint("name a competency of course.toml"));
                None
            }
        }
    }
}
