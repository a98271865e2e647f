//! Sentences of a text: where they begin and end, their clauses as far as punctuation tells, and what is quoted.

use super::pattern::is_filler;
use super::words::{Sort, Word, is_apostrophe, words};
use std::ops::Range;

/// A word in its sentence.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// The word or sign.
    pub word: Word,
    /// Counts the clauses of the sentence. A sign belongs to the clause before it.
    pub clause: usize,
    /// A small adverb that patterns pass over.
    pub filler: bool,
    /// Stands within the reach of "not", "never", "instead of" and the like.
    pub negated: bool,
    /// Is such a "not" itself.
    pub negator: bool,
    /// Stands between quotation marks and is told, not said.
    pub quoted: bool,
}

/// One sentence.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Where it stands, in bytes, without white space at its ends.
    pub range: Range<usize>,
    /// Its words and signs.
    pub tokens: Vec<Token>,
    /// Ends with a question mark.
    pub question: bool,
}

impl Sentence {
    /// The word at a place, or nothing beyond the ends.
    pub fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |it| it.word.text.as_str())
    }

    /// The words of the clause that `at` belongs to, as places in `tokens`.
    pub fn clause_around(&self, at: usize) -> Range<usize> {
        let Some(own) = self.tokens.get(at).map(|it| it.clause) else { return 0..0 };
        let start = self.tokens[..at].iter().rposition(|it| it.clause != own).map_or(0, |it| it + 1);
        let end = self.tokens[at..].iter().position(|it| it.clause != own).map_or(self.tokens.len(), |it| at + it);
        start..end
    }

    /// The bytes from the first word of a range to its last.
    pub fn bytes(&self, places: Range<usize>) -> Range<usize> {
        let tokens = self.tokens.get(places).unwrap_or_default();
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.word.range.start..last.word.range.end,
            _ => self.range.start..self.range.start,
        }
    }
}

/// Abbreviations whose point ends no sentence.
const SHORT: [&str; 15] =
    ["mr", "mrs", "ms", "dr", "st", "approx", "etc", "vs", "ext", "tel", "inc", "ltd", "ref", "eg", "ie"];
/// Abbreviations before a number, or before what is no capital: `no. 4`.
const BEFORE_NUMBER: [&str; 2] = ["no", "nr"];
/// Abbreviations that may end one: then the next word is capital.
const CLOCK: [&str; 2] = ["am", "pm"];

/// All sentences of `text`, in order. Nothing but white space and signs gives none.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let all = words(text);
    let quoted = quotes(text, &all);
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < all.len() {
        let mut end = at + 1;
        if ends_here(text, &all, at) {
            while all.get(end).is_some_and(|it| closes(text, it, &all[end - 1])) {
                end += 1;
            }
            push(&mut found, &all[start..end], &quoted[start..end]);
            start = end;
        }
        at = end;
    }
    push(&mut found, &all[start..], &quoted[start..]);
    found
}

fn push(found: &mut Vec<Sentence>, words: &[Word], quoted: &[bool]) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let range = first.range.start..last.range.end;
    if words.iter().all(|it| it.sort == Sort::Mark) {
        return;
    }
    let question = words.iter().rev().take_while(|it| it.sort == Sort::Mark).any(|it| it.text == "?");
    let mut clause = 0;
    let mut tokens = Vec::with_capacity(words.len());
    for (word, quoted) in words.iter().zip(quoted) {
        tokens.push(Token {
            word: word.clone(),
            clause,
            filler: is_filler(word),
            negated: false,
            negator: false,
            quoted: *quoted,
        });
        let breaks = [",", ";", ":", "–", "(", ")", "…", "?", "!", "."].contains(&word.text.as_str());
        if (word.sort == Sort::Mark && breaks) || word.sort == Sort::Emoji {
            clause += 1;
        }
    }
    found.push(Sentence { range, tokens, question });
}

/// Whether a sentence ends after this word.
fn ends_here(text: &str, all: &[Word], at: usize) -> bool {
    let (word, Some(next)) = (&all[at], all.get(at + 1)) else { return true };
    let between = &text[word.range.end..next.range.start];
    if between.contains('\n') {
        return true;
    }
    let spaced = !between.is_empty();
    let before = at.checked_sub(1).and_then(|it| all.get(it));
    match (word.sort, word.text.as_str()) {
        (Sort::Mark, "!" | "?") => !next.is_mark("!") && !next.is_mark("?"),
        (Sort::Mark, "…") => spaced && next.capital && next.text != "i",
        (Sort::Mark, ".") => {
            let numbered = next.sort == Sort::Number || (next.sort == Sort::Word && !next.capital);
            let short = |it: &str| SHORT.contains(&it) || (numbered && BEFORE_NUMBER.contains(&it));
            let short = before.is_some_and(|it| short(&it.text) && it.range.end == word.range.start);
            !short && (spaced || next.capital || next.sort == Sort::Emoji || next.is_mark("\"") || next.is_mark("'"))
        }
        (Sort::Emoji, _) => next.capital && next.text != "i" && !next.is_mark(","),
        (Sort::Word, clock) => CLOCK.contains(&clock) && text[word.range.clone()].contains('.') && next.capital,
        _ => false,
    }
}

/// Quotation marks, brackets and pictures after the end belong to the sentence they close.
fn closes(text: &str, word: &Word, before: &Word) -> bool {
    let touching = word.range.start == before.range.end;
    let gap = &text[before.range.end..word.range.start];
    (touching && ["\"", "'", ")", "!", "?", "."].iter().any(|it| word.is_mark(it)))
        || (word.sort == Sort::Emoji && !gap.contains('\n'))
}

/// Words that come with a quotation: somebody said it.
const TELLING: &str = " said say says saying wrote write writes asked told read reads reading word words phrase answer \
    answered replied reply message sentence text line post posted wording claimed put ";

/// For each word whether it is told in quotation marks, not said.
fn quotes(text: &str, all: &[Word]) -> Vec<bool> {
    let mut quoted = vec![false; all.len()];
    let mut at = 0;
    while at < all.len() {
        let single = all[at].is_mark("'") && opens(text, &all[at]);
        if !single && !all[at].is_mark("\"") {
            at += 1;
            continue;
        }
        let sign = if single { "'" } else { "\"" };
        let Some(close) = (at + 1..all.len().min(at + 80)).find(|it| all[*it].is_mark(sign)) else {
            at += 1;
            continue;
        };
        let before = all[..at].iter().rev().take(8);
        let after = all[close + 1..].iter().take(4);
        if before.chain(after).any(|it| TELLING.split(' ').any(|told| told == it.text)) {
            quoted[at..=close].fill(true);
        }
        at = close + 1;
    }
    quoted
}

/// A single quotation mark opens before a word and after none; else it is an apostrophe.
fn opens(text: &str, word: &Word) -> bool {
    let before = text[..word.range.start].chars().next_back();
    let after = text[word.range.end..].chars().next();
    before.is_none_or(|it| !it.is_alphanumeric() && !is_apostrophe(it)) && after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|it| &text[it.range.clone()]).collect()
    }

    #[test]
    fn ends_sentences_where_people_do() {
        assert_eq!(split("It costs 4.50 at St. Ann's. Fine!"), ["It costs 4.50 at St. Ann's.", "Fine!"]);
        assert_eq!(split("By 4 p.m. We call."), ["By 4 p.m.", "We call."]);
        assert_eq!(split("Well... no. “Really?” Yes"), ["Well... no.", "“Really?”", "Yes"]);
        assert_eq!(split("Hi Dana\nSorry 😔 Post it"), ["Hi Dana", "Sorry 😔", "Post it"]);
        assert_eq!(split("see a.example/b. ok"), ["see a.example/b.", "ok"]);
        assert!(split(" ... !").is_empty());
    }

    #[test]
    fn knows_what_is_told() {
        let told = |text: &str| sentences(text).iter().flat_map(|it| &it.tokens).filter(|it| it.quoted).count();
        assert!(told("You said “post your number”.") > 3);
        assert!(told("You said 'post your number'.") > 3);
        assert_eq!(told("It's Dana's and the others' fault, I said."), 0);
        assert_eq!(told("Choose \"parcels\" there."), 0);
    }
}
