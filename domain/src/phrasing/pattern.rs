//! The small language in which the tables of the rules are written.
//!
//! A pattern is a line of words. `a|b` is one or the other, `apolog*` a beginning, `<number>` a list by name, `word?` may be missing,
//! `..` stands for up to three words of the same clause, `...` for up to eight words of the same sentence, `^` for the beginning of a
//! clause, `$` for its end, `#` for a number in digits. Between two words small adverbs ("really", "just") may always stand. A gap never
//! passes over a "not"; at the end of a pattern it takes all it can, within the signs of the clause.

use super::sentence::Token;
use super::words::{Sort, Word};
use std::collections::HashMap;

/// Named lists of words that patterns refer to.
pub(super) type Lists = &'static [(&'static str, &'static str)];

#[derive(Debug, Clone)]
enum Part {
    Words { exact: Vec<&'static str>, beginnings: Vec<&'static str>, digits: bool, optional: bool },
    Gap { most: usize, over_marks: bool },
    Start,
    End,
}

/// One compiled line.
#[derive(Debug, Clone)]
struct Pattern {
    parts: Vec<Part>,
}

/// A table of patterns, found quickly by their first word.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    by_word: HashMap<&'static str, Vec<usize>>,
    others: Vec<usize>,
}

/// Where a pattern matched: first word and the one after the last, counted in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub start: usize,
    pub end: usize,
}

impl Patterns {
    /// Compiles a table.
    pub fn new(lines: &[&'static str], lists: Lists) -> Self {
        let mut patterns = Self::default();
        for line in lines {
            let parts: Vec<Part> = line.split_whitespace().map(|it| part(it, lists)).collect();
            let index = patterns.all.len();
            let first = parts.iter().find(|it| !matches!(it, Part::Start));
            match first {
                Some(Part::Words { exact, beginnings, digits: false, optional: false }) if beginnings.is_empty() => {
                    for word in exact {
                        patterns.by_word.entry(word).or_default().push(index);
                    }
                }
                _ => patterns.others.push(index),
            }
            patterns.all.push(Pattern { parts });
        }
        patterns
    }

    /// Every match in a sentence, at most one for each first word and pattern.
    pub fn find(&self, sentence: &[Token]) -> Vec<Match> {
        let mut found = Vec::new();
        for (start, token) in sentence.iter().enumerate() {
            let first = self.by_word.get(token.word.text.as_str()).map_or(&[][..], Vec::as_slice);
            for index in first.iter().chain(&self.others) {
                if let Some(end) = follow(&self.all[*index].parts, sentence, start, false).filter(|end| *end > start) {
                    found.push(Match { start, end });
                }
            }
        }
        found
    }
}

fn part(text: &'static str, lists: Lists) -> Part {
    match text {
        ".." => return Part::Gap { most: 3, over_marks: false },
        "..." => return Part::Gap { most: 8, over_marks: true },
        "^" => return Part::Start,
        "$" => return Part::End,
        _ => {}
    }
    let (text, optional) = text.strip_suffix('?').map_or((text, false), |it| (it, true));
    let (mut exact, mut beginnings, mut digits) = (Vec::new(), Vec::new(), false);
    let mut add = |word: &'static str| match word.strip_suffix('*') {
        Some(beginning) if !beginning.is_empty() => beginnings.push(beginning),
        _ if word == "#" => digits = true,
        _ => exact.push(word),
    };
    for word in text.split('|') {
        match word.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
            Some(name) => {
                let (_, list) = lists.iter().find(|(it, _)| *it == name).unwrap_or(&("", ""));
                debug_assert!(!list.is_empty(), "no list is called {name}");
                list.split_whitespace().for_each(&mut add);
            }
            None => add(word),
        }
    }
    Part::Words { exact, beginnings, digits, optional }
}

/// Small adverbs that change nothing a rule asks for.
const FILLERS: &str = " really very so truly just also now then still personally please quickly already certainly absolutely simply \
    completely totally genuinely sincerely deeply extremely terribly gladly happily kindly directly immediately straight right \
    well too incredibly quite always both all actually definitely fully most honestly ";

/// Whether a word is one of them.
pub(super) fn is_filler(word: &Word) -> bool {
    word.sort == Sort::Word && FILLERS.split(' ').any(|it| it == word.text)
}

/// Punctuation and pictures, but not `€` or `%`.
fn is_sign(token: &Token) -> bool {
    let small = ["€", "$", "£", "%", "#", "&", "/", "+", "*", "'", "\""].contains(&token.word.text.as_str());
    token.word.sort == Sort::Emoji || (token.word.sort == Sort::Mark && !small)
}

/// Whether the parts match from `at` on, and where the match ends.
fn follow(parts: &[Part], sentence: &[Token], at: usize, begun: bool) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    match part {
        Part::Start => {
            let clause = |place: usize| sentence.get(place).map(|it| it.clause);
            (at == 0 || clause(at - 1) != clause(at)).then(|| follow(rest, sentence, at, begun))?
        }
        Part::End => {
            let clause = |place: usize| sentence.get(place).map(|it| it.clause);
            let sign = sentence.get(at).is_some_and(|it| it.word.sort == Sort::Mark);
            (at > 0 && (sign || clause(at - 1) != clause(at))).then_some(at)
        }
        Part::Gap { most, .. } if rest.is_empty() => {
            let goes_on = |it: &&Token| !is_sign(it) && !it.negator;
            Some(at + sentence.iter().skip(at).take(*most).take_while(goes_on).count())
        }
        Part::Gap { most, over_marks } => {
            for skipped in 0..=*most {
                if let Some(end) = follow(rest, sentence, at + skipped, false) {
                    return Some(end);
                }
                let token = sentence.get(at + skipped)?;
                if token.negator || (is_sign(token) && !over_marks) {
                    return None;
                }
            }
            None
        }
        Part::Words { exact, beginnings, digits, optional } => {
            if let Some(token) = sentence.get(at) {
                let text = token.word.text.as_str();
                let number = *digits && token.word.sort == Sort::Number;
                if (number || exact.contains(&text) || beginnings.iter().any(|it| text.starts_with(it)))
                    && let Some(end) = follow(rest, sentence, at + 1, true)
                {
                    return Some(end);
                }
            }
            if *optional && let Some(end) = follow(rest, sentence, at, begun) {
                return Some(end);
            }
            let skip = begun && sentence.get(at).is_some_and(|it| it.filler);
            if skip { follow(parts, sentence, at + 1, true) } else { None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    const LISTS: Lists = &[("who", "i we")];

    fn matches(pattern: &'static str, text: &str) -> bool {
        let patterns = Patterns::new(&[pattern], LISTS);
        sentences(text).iter().any(|it| !patterns.find(&it.tokens).is_empty())
    }

    #[test]
    fn reads_its_own_language() {
        assert!(matches("<who> will call", "We'll really just call."));
        assert!(!matches("<who> will call", "They will call."));
        assert!(matches("sorry .. delay|wait", "Sorry about that long wait"));
        assert!(!matches("sorry .. wait", "Sorry, wait"));
        assert!(matches("sorry ... wait", "Sorry, wait"));
        assert!(matches("apolog* $", "I apologise, Dana"));
        assert!(!matches("^ call", "I call"));
        assert!(matches("in #|two hours", "in 3 hours"));
        assert!(matches("send me? it", "send it"));
    }
}
