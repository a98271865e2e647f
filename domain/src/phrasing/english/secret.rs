//! Discloses a listed secret. Blocker, also when denied: naming it gives it away.
//!
//! Looks for the author's terms, word by word, in any case and simple inflection; small words may stand between.

use super::clauses::among;
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::Sentence;
use crate::phrasing::words::{Sort, words};
use std::ops::Range;

/// May stand between the words of a term: "the price will rise".
const BETWEEN: &str = " the a an of is are was were will would be been being has have had to for in on going not our that and does did should could may might – ";

/// The terms found, in bytes.
pub(super) fn find(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let sentence = passage.sentence();
    let mut found = Vec::new();
    for term in passage.context.secrets {
        let term: Vec<String> = words(term).into_iter().filter(|it| it.sort != Sort::Mark).map(|it| it.text).collect();
        if term.is_empty() {
            continue;
        }
        for at in 0..sentence.tokens.len() {
            found.extend(follow(sentence, at, &term).map(|end| sentence.bytes(at..end)));
        }
    }
    found
}

/// Where the term ends that begins at this word.
fn follow(sentence: &Sentence, at: usize, term: &[String]) -> Option<usize> {
    let mut place = at;
    for (index, wanted) in term.iter().enumerate() {
        let mut skipped = 0;
        while !same(sentence.text(place), wanted) {
            if index == 0 || skipped == 3 || !among(BETWEEN, sentence.text(place)) {
                return None;
            }
            skipped += 1;
            place += 1;
        }
        place += 1;
    }
    Some(place)
}

/// The same word, or both with one stem of a simple inflection.
fn same(word: &str, wanted: &str) -> bool {
    word == wanted || (stem(word) == stem(wanted) && wanted.chars().count() > 2 && !word.is_empty())
}

/// Without plural and verb endings, doubled consonants and a final `e` or `y`.
fn stem(word: &str) -> String {
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("ied", "y"),
        ("ing", ""),
        ("ed", ""),
        ("s", ""),
    ];
    let cut = endings.iter().find_map(|(ending, instead)| {
        let base = word.strip_suffix(ending)?;
        let kept = base.chars().count() >= 3 && !(*ending == "s" && base.ends_with(['s', 'u', 'i']));
        kept.then(|| format!("{base}{instead}"))
    });
    let mut base = cut.unwrap_or_else(|| word.to_owned());
    let mut last = base.chars().rev();
    let (one, two) = (last.next(), last.next());
    if one == two && one.is_some_and(|it| "bdgmnprt".contains(it)) && base != word {
        base.pop();
    }
    base.trim_end_matches('e').to_owned()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn knows_simple_inflections_only() {
        for (word, wanted) in [
            ("prices", "price"),
            ("closing", "close"),
            ("planned", "plan"),
            ("companies", "company"),
            ("merged", "merge"),
        ] {
            assert!(same(word, wanted), "{word}");
        }
        for (word, wanted) in [("falconry", "falcon"), ("planet", "plan"), ("", "a")] {
            assert!(!same(word, wanted), "{word}");
        }
    }
}
