//! How deeply a text may be nested. Readers of Markdown and of HTML take time for every line times every level.

use pulldown_cmark::Event;
use std::borrow::Cow;

/// The most levels that are open at once: a list and its item are two.
pub(super) const MOST: usize = 24;

/// The byte where the first line begins that has too many marks of quotations and lists before its text.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    lines(text).find(|(_, line)| surplus(line).is_some()).map(|(at, _)| at)
}

/// The text without the marks that are too many.
pub(super) fn within(text: &str) -> Cow<'_, str> {
    if too_deep(text).is_none() {
        return Cow::Borrowed(text);
    }
    let cut = |(_, line)| {
        let surplus = surplus(line).unwrap_or(0..0);
        [&line[..surplus.start], &line[surplus.end..]]
    };
    Cow::Owned(lines(text).flat_map(cut).collect())
}

/// Each line with its end, and where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |next, line| {
        let at = *next;
        *next += line.len();
        Some((at, line))
    })
}

/// The marks past the most levels, if there are any.
fn surplus(line: &str) -> Option<std::ops::Range<usize>> {
    let (mut at, mut count, mut from) = (0, 0, None);
    loop {
        at += line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
        let Some(length) = mark(&line[at..]) else { break };
        if count == MOST {
            from = Some(at);
        }
        count += 1;
        at += length;
    }
    from.map(|from| from..at)
}

/// The length of the mark of a quotation or of a list that a text begins with.
fn mark(text: &str) -> Option<usize> {
    let space = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
    if text.starts_with('>') {
        return Some(1);
    }
    if let Some(rest) = text.strip_prefix(['-', '+', '*']) {
        return space(rest).then_some(1);
    }
    let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = text.len() - rest.len();
    ((1..10).contains(&digits) && rest.strip_prefix(['.', ')']).is_some_and(space)).then_some(digits + 1)
}

/// The events of a text; of what lies too deep only its words.
pub(super) struct Shallow<I> {
    events: I,
    depth: usize,
}

impl<I> Shallow<I> {
    pub(super) fn new(events: I) -> Self {
        Self { events, depth: 0 }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Shallow<I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let event = self.events.next()?;
            let deep = match &event {
                Event::Start(_) => {
                    self.depth += 1;
                    self.depth > MOST
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.depth >= MOST
                }
                _ => false,
            };
            if !deep {
                return Some(event);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_past_the_limit_are_found_and_cut() {
        for (mark, levels) in [("> ", 24), (">", 24), ("- ", 24), ("12. ", 24), ("* > ", 12)] {
            let fits = format!("{}text\nmore\n", mark.repeat(levels));
            assert_eq!((too_deep(&fits), within(&fits)), (None, Cow::Borrowed(fits.as_str())), "{mark}");
            let deep = format!("one\n{}text\nmore\n", mark.repeat(levels + 300));
            assert_eq!(too_deep(&deep), Some(4), "{mark}");
            assert_eq!(too_deep(&within(&deep)), None, "{mark}");
            assert!(within(&deep).ends_with("text\nmore\n"), "{mark}");
        }
        assert_eq!(too_deep(&"- a".repeat(99)), None, "a mark stands alone");
    }
}
