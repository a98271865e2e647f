//! What can be wrong with a question as a whole.

use super::{
    super::model::{Item, ItemKind, Key, OptionId},
    Draft, MOST_OPTIONS, Reader,
};

impl Reader<'_> {
    pub(super) fn check(&mut self, item: &Item, line: usize, drafts: &[Draft]) {
        let id = &item.id;
        if item.stem.is_empty() {
            self.line_error(
                "missing-stem",
                line,
                format!("`{id}` asks nothing"),
                "write the question before its options",
            );
        }
        let right = item.options.iter().filter(|option| option.key == Key::Right).count();
        let bad_key = self.found.iter().any(|problem| {
            problem.code == "bad-key" && drafts.iter().any(|draft| usize::try_from(problem.span.line) == Ok(draft.line))
        });
        if item.options.len() < 2 {
            self.line_error("too-few-options", line, format!("`{id}` has fewer than two options"), "add `- [ ] …`");
        } else if item.options.len() > MOST_OPTIONS.min(OptionId::at(25).map_or(0, OptionId::index)) {
            let message = format!("`{id}` has more than {MOST_OPTIONS} options");
            self.line_error("too-many-options", line, message, "keep those that people really confuse");
        } else if item.kind == ItemKind::TrueFalse && item.options.len() != 2 {
            let hint = "write `- [x] True` and `- [ ] False`, or make the kind `single`";
            self.line_error("true-false-options", line, format!("`{id}` needs exactly two options"), hint);
        } else if item.kind != ItemKind::Judgement && right == 0 && !bad_key {
            let message = format!("`{id}` has no right answer");
            self.line_error("no-key", line, message, "mark the right option with `[x]`");
        } else if matches!(item.kind, ItemKind::Single | ItemKind::TrueFalse) && right > 1 {
            let second = drafts.iter().filter(|draft| draft.option.key == Key::Right).nth(1);
            let message = format!("`{id}` has {right} right answers");
            let hint = "mark one with `[x]`, or make the kind `multiple`";
            self.line_error("many-keys", second.map_or(line, |draft| draft.line), message, hint);
        }
        for (index, draft) in drafts.iter().enumerate() {
            if drafts[..index].iter().any(|earlier| earlier.option.text == draft.option.text) {
                self.line_error("duplicate-option", draft.line, "the same option stands twice", "change or remove one");
            }
            if draft.option.why.is_none() && item.why.is_none() {
                let hint = "add `  why: …` under the option, or one `why: …` after the last";
                self.line_error("missing-why", draft.line, "nothing says why this is right or wrong", hint);
            }
        }
        self.smells(item, line, drafts, right);
    }

    fn smells(&mut self, item: &Item, line: usize, drafts: &[Draft], right: usize) {
        if item.kind == ItemKind::Multiple && right == item.options.len() && right > 1 {
            let at = self.source.span(line, 0, 1);
            let message = format!("every option of `{}` is right", item.id);
            self.found.push(self.source.warning("all-right", at, message).hint("add a plausible wrong one"));
        }
        if !self.shuffle || item.kind == ItemKind::TrueFalse {
            return;
        }
        for draft in drafts {
            let text = draft.option.text.to_lowercase();
            if ["of the above", "of the below", "both a and", "both of these"].iter().any(|words| text.contains(words))
            {
                let at = self.source.span(draft.line, 0, 1);
                let problem = self.source.warning(
                    "depends-on-order",
                    at,
                    "this option points at others, and the order is shuffled",
                );
                self.found.push(problem.hint("say what is meant, or set `shuffle: no`"));
            }
        }
    }
}
