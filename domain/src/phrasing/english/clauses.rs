//! Where a clause of an English sentence begins, and how far a "not" reaches.

use super::lists::LISTS;
use crate::phrasing::sentence::{Sentence, Token};
use crate::phrasing::words::Sort;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words that begin a clause.
const OPENS: &str = " but because although though unless while whereas if when once whenever otherwise however therefore except whether ";
/// Words after "and", "or" and "so" with which a new clause begins.
const SUBJECTS: &str = " i we you they he she it please that then nobody somebody someone everyone this there ";
/// Words before "I" or "we" that take its clause into their own: "I don't think we will".
const HOLDS: &str = " think believe know say promise guarantee sure certain mean expect see that if whether how what which when why who \
    where and or but so as than because until before after once while though although nothing everything anything something hope way \
    suppose guess wish thing moment time day reason can could will would shall should did do have had am are was were not unless ";
/// Words that negate what follows.
const NEGATORS: &str = " not never nor neither without avoid avoiding stop refrain nobody hardly ";
/// "No" is none of them before these.
const NOT_NO: &str = " problem problems worries later doubt question wonder matter less sooner more one fun ";
/// Words that take a "not" back: "don't hesitate to", "don't forget to".
const TAKES_BACK: &str = " hesitate forget fail afraid shy ";

/// Whether a word is one of a list written as text.
pub(super) fn among(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|it| it == word)
}

/// The named lists, word by word.
static WORDS: LazyLock<HashMap<&str, HashSet<&str>>> =
    LazyLock::new(|| LISTS.iter().map(|(name, list)| (*name, list.split_whitespace().collect())).collect());

/// Whether a word is in one of the named lists, and written out there.
pub(super) fn listed(name: &str, word: &str) -> bool {
    WORDS.get(name).is_some_and(|it| it.contains(word))
}

/// Marks clauses and negation.
pub(super) fn mark(sentence: &mut Sentence) {
    let mut more = 0;
    for at in 0..sentence.tokens.len() {
        more += usize::from(at > 0 && opens(sentence, at));
        sentence.tokens[at].clause += more;
    }
    negate(sentence);
}

/// Whether a clause begins at this word though no sign stands before it.
fn opens(sentence: &Sentence, at: usize) -> bool {
    let (before, own, next) = (sentence.text(at - 1), sentence.text(at), sentence.text(at + 1));
    if sentence.tokens[at].word.sort != Sort::Word {
        return false;
    }
    match own {
        "and" | "or" | "plus" => among(SUBJECTS, next),
        "so" => among(SUBJECTS, next) || ["can", "could", "just"].contains(&next) || listed("command", next),
        "instead" => next == "of",
        "rather" => next == "than",
        "please" => {
            (listed("command", next) || next == "do")
                && !among(" you can could would will and or but so if to ", before)
        }
        "i" | "we" => {
            among(" will can would am are have shall do need want must could did ", next) && !among(HOLDS, before)
        }
        _ => {
            among(OPENS, own)
                && !(own == "once" && ["at", "more", "again"].contains(&next))
                && !(before == "as" || before == "even")
        }
    }
}

/// Gives every word its `negated`.
fn negate(sentence: &mut Sentence) {
    let mut active = false;
    let mut aside = 0;
    for at in 0..sentence.tokens.len() {
        if at > 0 && sentence.tokens[at].clause != sentence.tokens[at - 1].clause {
            let comma = sentence.tokens[at - 1].word.is_mark(",");
            let last = at.checked_sub(2).map(|it| sentence.tokens[it].clone());
            let list = last.as_ref().is_some_and(|it| it.negated && listed("command", &it.word.text))
                && listed("command", sentence.text(at))
                && (at..at + 4).any(|it| sentence.text(it) == "or");
            if comma && last.is_some_and(|it| among(NEGATORS, &it.word.text)) {
                aside = 3;
            }
            aside = usize::saturating_sub(aside, 1);
            active &= comma && (list || aside > 0 || (at > 1 && sentence.tokens[at - 2].word.text == "please"));
        }
        let own = sentence.text(at);
        if ["and", "then"].contains(&own) && listed("command", sentence.text(at + 1)) {
            active = false;
        }
        let negator = is_negator(sentence, at);
        let back = active && among(TAKES_BACK, own);
        sentence.tokens[at].negated = active;
        sentence.tokens[at].negator = negator;
        if negator {
            active = !active;
        } else if back {
            active = false;
        }
    }
}

fn is_negator(sentence: &Sentence, at: usize) -> bool {
    let (own, next) = (sentence.text(at), sentence.text(at + 1));
    let before = if at > 0 { sentence.text(at - 1) } else { "" };
    match own {
        "not" => {
            !among(" only just later ", next) && before != "why" && !invites(&sentence.tokens, at, sentence.question)
        }
        "no" => !among(NOT_NO, next) && sentence.tokens.get(at + 1).is_some_and(|it| it.word.sort == Sort::Word),
        "of" => before == "instead",
        "than" => before == "rather",
        "stop" => !["by", "at"].contains(&next),
        _ => among(NEGATORS, own),
    }
}

/// "Can't you …?", "Why don't you …?": a request, no "not".
fn invites(tokens: &[Token], at: usize, question: bool) -> bool {
    let next_you = tokens.get(at + 1).is_some_and(|it| it.word.text == "you");
    let auxiliary = at.checked_sub(1).map(|it| tokens[it].word.text.as_str()).unwrap_or_default();
    let why = at.checked_sub(2).is_some_and(|it| tokens[it].word.text == "why");
    next_you && (why || question || !["do", "did"].contains(&auxiliary))
}

#[cfg(test)]
mod tests {
    fn negated(text: &str, word: &str) -> bool {
        let sentences = super::super::sentences(text);
        sentences.iter().flat_map(|it| &it.tokens).any(|it| it.word.text == word && it.negated)
    }

    #[test]
    fn reaches_to_the_end_of_the_clause() {
        for text in [
            "Please don't post it",
            "Never post, send or share it here: post",
            "No need to post it",
            "Please do not, under any circumstances, post it",
            "Instead of a post, call",
            "Rather than post it, call",
            "We would never ask you to post it",
        ] {
            assert!(negated(text, "post"), "{text}");
        }
        for text in [
            "Don't worry, post it",
            "Don't hesitate to post it",
            "It isn't here but post it",
            "Not only post it",
            "Why don't you post it",
            "Couldn't you post it?",
            "Instead of calling, post it",
            "Don't wait and post it",
            "I can't see it so post it",
            "No problem, post it",
        ] {
            assert!(!negated(text, "post"), "{text}");
        }
    }
}
