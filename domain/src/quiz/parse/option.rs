//! The first line of an option.

use super::{
    super::model::{ItemKind, ItemOption, Key, Rating},
    Reader,
};

impl Reader<'_> {
    pub(super) fn option(&mut self, kind: ItemKind, number: usize, line: &str) -> Option<ItemOption> {
        let (mark, text) = mark_of(line)?;
        let width = mark.chars().count();
        let at = self.source.span(number, 3, width);
        let inner = &mark[1..mark.len() - 1];
        let key = match (kind, &mark[..1]) {
            (ItemKind::Judgement, "(") => inner.trim().parse::<Rating>().ok().map(Key::Rated),
            (ItemKind::Judgement, _) | (_, "(") => None,
            (_, _) if inner.trim().is_empty() => Some(Key::Wrong),
            (_, _) if inner.trim().eq_ignore_ascii_case("x") => Some(Key::Right),
            _ => None,
        };
        let Some(key) = key else {
            let (message, hint) = if kind == ItemKind::Judgement {
                (format!("`{mark}` is not a rating"), "write the key as `(1)` (harmful) to `(4)` (very good)")
            } else {
                (format!("`{mark}` does not say whether the option is right"), "write `[x]` for right, `[ ]` for wrong")
            };
            self.found.push(self.source.error("bad-key", at, message).hint(hint));
            // Kept, so that the question's other faults can be found; an error stands in its place anyway.
            let key = if kind == ItemKind::Judgement { Key::Rated(Rating::ALL[0]) } else { Key::Wrong };
            return Some(ItemOption { text: text.to_owned(), key, why: None });
        };
        if text.is_empty() {
            self.line_error("empty-option", number, "the option says nothing", "write its text after the mark");
        }
        Some(ItemOption { text: text.to_owned(), key, why: None })
    }
}

/// Whether a line begins an option: a list item with `[…]` or `(…)` of at most two characters in front.
pub(super) fn is_option(line: &str) -> bool {
    mark_of(line).is_some()
}

fn mark_of(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("- ")?;
    let close = match rest.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let end = rest.find(close)?;
    // A longer bracket is a link or a remark in the question's own text.
    let short = rest[1..end].chars().count() <= 2 && !rest[end + 1..].starts_with(['(', '[']);
    short.then(|| (&rest[..=end], rest[end + 1..].trim()))
}
