//! Says who one is. Good.
//!
//! Looks for a name with a role or firm, for whom one works, and for a signature with both.

use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;
use crate::phrasing::words::Sort;

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
    "from|at our .. <role> $",
];

const UNLESS: &[&str] = &[
    "i am here|happy|sorry|glad|afraid|sure|pleased|not|so|from? leeds|based",
    "i work hard|late|on|in|from home|shifts|nights|this|that|it|the ..",
    "this is .. why|how|what|not|the|a|an|our|in|at|on|with",
    "my name is not|on",
    "on behalf of you|your|a|another",
    "you are speaking|talking .. too|of|about",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(own)
}

/// Capital words that are no names.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    let known = " i sorry monday tuesday wednesday thursday friday saturday sunday ";
    sentence.tokens.get(at).is_some_and(|it| {
        it.word.capital && it.word.sort == Sort::Word && !super::clauses::among(known, &it.word.text)
    })
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
        ("i", "am") | ("this", "is") | ("i", "is") if is_name(sentence, found.start + 2) => firm_after(sentence, found.start + 3),
        ("i", "am") if found.end == found.start + 2 => false,
        ("i", "am") if ["from", "with", "at", "of", "in", ","].contains(&at(found.start + 2)) => {
            firm_after(sentence, found.start + 2) && is_team(sentence, found.start + 3)
        }
        ("i", "am") if last == "," || ["from", "with", "at", "of", "in"].contains(&last) => trade(sentence, found),
        ("this", "is") => false,
        ("i", "work") => !["for", "at", "with"].contains(&at(found.start + 2)) || !super::clauses::among(" you home it this the? ", at(found.start + 3)),
        ("my", "name") => is_name(sentence, found.start + 3),
        ("here", _) | ("speaking", _) => found.start > 0 && is_name(sentence, found.start - 1) || first == "speaking" && second == "as" || second == "as",
        ("from" | "at", _) => found.start > 0 && is_name(sentence, found.start - 1) && found.start <= 3,
        _ => true,
    }
}

/// Whether "from Norden", "at the help desk", ", customer care" follows.
fn firm_after(sentence: &Sentence, at: usize) -> bool {
    let at = if is_name(sentence, at) { at + 1 } else { at };
    let at = if sentence.text(at) == "here" { at + 1 } else { at };
    let link = ["from", "with", "at", "of", "in", "on", ",", "(", "–", "for", "and"].contains(&sentence.text(at));
    link && (at + 1..(at + 7).min(sentence.tokens.len())).any(|it| {
        is_name(sentence, it) || super::clauses::listed("role", sentence.text(it)) || super::clauses::listed("trade", sentence.text(it))
            || sentence.tokens[it].word.sort == Sort::Handle || ["work", "run", "manage", "handle"].contains(&sentence.text(it))
    })
}

/// "from the support team": a place alone is no firm.
fn is_team(sentence: &Sentence, at: usize) -> bool {
    (at..(at + 5).min(sentence.tokens.len())).any(|it| super::clauses::listed("role", sentence.text(it)))
}

/// "I'm a technician at …".
fn trade(sentence: &Sentence, found: Match) -> bool {
    (found.start + 2..found.end).any(|it| super::clauses::listed("trade", sentence.text(it)) || ["employed", "paid", "working", "part", "sponsored"].contains(&sentence.text(it)))
}
