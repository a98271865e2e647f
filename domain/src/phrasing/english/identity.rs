//! Says who one is. Good.
//!
//! Looks for a name with a role or firm, for whom one works, and for a signature with both.

use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::Sentence;
use crate::phrasing::words::Sort;
use std::ops::Range;

const LOOKS_FOR: &[&str] = &[
    "i work|volunteer for|at|with|in ..",
    "i am working|volunteering for|at|with|in ..",
    "i am .. employed|paid|sponsored|contracted by|at|with",
    "i am an? .. <trade>|employee|ambassador|partner|volunteer at|for|with|of|here|in|on|from",
    "i am the|a|one .. <trade>|employee|owner|manager|founder",
    "i am on|in|with|part the|our|of|their .. <role>|team|side",
    "i .. run|manage|head|lead|own|look this|the|our .. <role>|account|page|shop|team|company|branch|after",
    "i .. speak|write|reply|answer|am|speaking|writing|answering on|for|as behalf|the|a|an|our ..",
    "my name is",
    "<me> am|are the .. <role> at|of|behind|from|here",
    "as an? .. employee|<trade>|member of|at|for|with|here|on",
    "in my role as|at",
    "disclosure|disclaimer|transparency : ..",
    "full disclosure ...",
    "to be transparent|upfront|open|clear , i ...",
    "my employer|company is|makes|sells|runs|pays|here",
    "speaking|writing|here as the|an|a ..",
    "^ you are|have speaking|talking|chatting|through|reached to|with ..",
    "this is .. from|at|with|of|in|here|, ..",
    "i am .. from|with|at|of|in|, ..",
    "<me> am|are|is here from|at|with|, ..",
    "here|speaking from|at|with|, .. <role>|the|our ..",
    "here from|at",
    "speaking from|at",
    "^ i am|is",
    "<me> am employed",
    "i represent",
    "on behalf of",
    "paid partnership|advertisement|advert|ad",
    "i .. receive|get|got|am .. paid|money|commission|fee for|from|by ..",
    "from the .. <role> $",
    "from|at|with our|the .. <role>",
    "it is .. from|at|with|here ..",
    "^ speaking|writing|posting|replying|answering for|as|on ..",
];

const UNLESS: &[&str] = &[
    "i am here|happy|sorry|glad|afraid|sure|pleased|so|based|off",
    "i work hard|late|on|in|from home|shifts|nights|this|that|it|the ..",
    "this is why|how|what|not|the|a|an|our|in|at|on|with",
    "my name is not|on",
    "on behalf of you|your|a|another",
    "you are speaking|talking .. too|of|about",
];

/// The compiled rule.
pub(super) struct Identity(Table);

impl Identity {
    pub fn new() -> Self {
        Self(Table::new(LOOKS_FOR, UNLESS).only(own))
    }

    /// The words found, in bytes.
    pub fn find(&self, passage: &Passage<'_>) -> Vec<Range<usize>> {
        let mut found = self.0.find(passage);
        found.extend(signature(passage.sentence()).map(|it| passage.sentence().bytes(it)));
        found
    }
}

/// Capital words that are no names.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    let known = " i sorry monday tuesday wednesday thursday friday saturday sunday ";
    sentence
        .tokens
        .get(at)
        .is_some_and(|it| it.word.capital && it.word.sort == Sort::Word && !super::clauses::among(known, &it.word.text))
}

/// Checks what words alone cannot: that a name is there, that it is the writer's, that a place is a firm.
fn own(sentence: &Sentence, found: Match) -> bool {
    let at = |place: usize| sentence.text(place);
    if sentence.question && sentence.clause_around(found.start).end >= sentence.tokens.len() {
        return false;
    }
    let (first, second) = (at(found.start), at(found.start + 1));
    let last = at(found.end - 1);
    match (first, second) {
        ("i", "am") | ("this" | "it", "is") if is_name(sentence, found.start + 2) => {
            firm_after(sentence, found.start + 3)
        }
        ("i", "am") if found.end == found.start + 2 => false,
        ("i", "am") if ["from", "with", "at", "of", "in", ","].contains(&at(found.start + 2)) => {
            firm_after(sentence, found.start + 2) && is_team(sentence, found.start + 3)
        }
        ("i", "am") if last == "," || ["from", "with", "at", "of", "in"].contains(&last) => trade(sentence, found),
        ("this" | "it", "is") => false,
        ("i", "work") => {
            !["for", "at", "with"].contains(&at(found.start + 2))
                || !super::clauses::among(" you home it this the? ", at(found.start + 3))
        }
        ("my", "name") => is_name(sentence, found.start + 3),
        ("here", _) | ("speaking", _) => {
            found.start > 0 && is_name(sentence, found.start - 1) || ["as", "for", "on"].contains(&second)
        }
        ("from" | "at" | "with", _) => name_leads(sentence, found.start),
        _ => true,
    }
}

/// Whether "from Norden", "at the help desk", ", customer care" follows.
fn firm_after(sentence: &Sentence, at: usize) -> bool {
    let at = if is_name(sentence, at) { at + 1 } else { at };
    let at = if sentence.text(at) == "here" { at + 1 } else { at };
    let link = ["from", "with", "at", "of", "in", "on", ",", "(", "–", "for"].contains(&sentence.text(at));
    link && (at + 1..(at + 7).min(sentence.tokens.len())).any(|it| {
        is_name(sentence, it)
            || super::clauses::listed("role", sentence.text(it))
            || super::clauses::listed("trade", sentence.text(it))
            || sentence.tokens[it].word.sort == Sort::Handle
            || ["work", "run", "manage", "handle"].contains(&sentence.text(it))
    })
}

/// "Hello, Tom from …", not "my colleague Tom from …".
fn name_leads(sentence: &Sentence, at: usize) -> bool {
    let named = at > 0 && is_name(sentence, at - 1);
    let before = at.checked_sub(2).map(|it| &sentence.tokens[it]);
    named
        && before
            .is_none_or(|it| it.word.sort == Sort::Mark || ["hello", "hi", "regards"].contains(&it.word.text.as_str()))
}

/// "– Lea, Norden Post": a name, then firm or team, and nothing else.
fn signature(sentence: &Sentence) -> Option<Range<usize>> {
    let opens = sentence.tokens.iter().rposition(|it| ["–", "^", "~", "/"].contains(&it.word.text.as_str()));
    let from = opens.map_or(0, |it| it + 1);
    let greeting = ["best", "regards", "yours", "cheers", "thanks", "kind", "sincerely", "bye", ","];
    let from = (from..sentence.tokens.len()).find(|it| !greeting.contains(&sentence.text(*it)))?;
    let rest = &sentence.tokens[from..];
    let plain = rest.len() <= 8
        && rest.iter().all(|it| {
            it.word.capital
                || it.word.sort == Sort::Mark
                || it.word.sort == Sort::Emoji
                || it.word.sort == Sort::Handle
                || super::clauses::listed("role", &it.word.text)
                || super::clauses::listed("trade", &it.word.text)
                || super::clauses::among(" from at the of customer our and press delivery help for ", &it.word.text)
        });
    (plain && rest.len() > 2 && is_name(sentence, from) && firm_after(sentence, from + 1))
        .then_some(from..sentence.tokens.len())
}

/// "from the support team": a place alone is no firm.
fn is_team(sentence: &Sentence, at: usize) -> bool {
    (at..(at + 5).min(sentence.tokens.len())).any(|it| super::clauses::listed("role", sentence.text(it)))
}

/// "I'm a technician at …".
fn trade(sentence: &Sentence, found: Match) -> bool {
    (found.start + 2..found.end).any(|it| {
        super::clauses::listed("trade", sentence.text(it))
            || ["employed", "paid", "working", "part", "sponsored"].contains(&sentence.text(it))
    })
}
