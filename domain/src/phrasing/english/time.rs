//! Gives a time. Good.
//!
//! Looks for a point or a span of time to come, of something our side does or the other side waits for. What is past, denied, asked or
//! put to the other side as a deadline is none; some times ("on Monday", "at four") need a word of the future beside them.

use super::clauses::among;
use super::lists::LISTS;
use super::table::Table;
use crate::phrasing::pattern::{Match, Patterns};
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::Sentence;
use crate::phrasing::words::Sort;
use std::ops::Range;

/// Times that lie ahead by themselves.
const AHEAD: &[&str] = &[
    "by|before|until|till|from the? end|close|start|middle of the|today|tomorrow|this|next? <day>|day|week|business|month|shift|office|play",
    "by|before|until|till .. <hour>",
    "by|before|until|till this|next|early|late|the? <day>|tomorrow|tonight|noon|midnight|midday|lunch|lunchtime|then|evening|teatime|today|morning|week|weekend",
    "by|before|until|till this|next|tomorrow|<day> <unit>|morning|evening|noon|afternoon|lunchtime",
    "by|before|until|till the #|<month>|1st|2nd|3rd",
    "by|before|until|till <month>",
    "within the? next? <number> .. <span>",
    "within an|the|a|your? hour|day|week|minute|half",
    "in|after about|roughly|around|just? the? next? <number> .. <span>",
    "^ <count> .. <span> and|,|then|at ..",
    "in|within under? <number> or|to|and <number> .. <span>",
    "in half an hour",
    "in an hour",
    "in|over the next|coming few|couple? of? <span>",
    "in under|less|at <number>|than|most .. <span>",
    "take|takes|need|needs|allow|give .. <number> .. <span>",
    "give me|us <number> .. <span>",
    "give me|us until ..",
    "<number> .. <span> at most|from|more",
    "tomorrow",
    "tonight",
    "next week|month|<day>",
    "first thing",
    "later today|this|tonight",
    "no|not later than ..",
    "this time tomorrow|next",
    "the day after",
    "day after tomorrow",
    "same day",
    "end of the|today|this|next day|week|play|business|shift|afternoon|month",
    "latest by|at|on|tomorrow ..",
    "on|from the # $",
];

/// Times that need a word of the future in their clause.
const NEAR: &[&str] = &[
    "on <day>",
    "<day> morning|afternoon|evening|night|lunchtime",
    "this morning|afternoon|evening|week|weekend|<day>|coming",
    "today",
    "at|around|about|from|after <hour>",
    "at|around|about|after # $",
    "between <hour> and <hour>",
    "between # and #",
    "in the morning|afternoon|evening",
    "on the #",
    "# of? <month>",
    "<month> #",
    "<day>",
    "#|<clock> am|pm|oclock",
    "now",
    "over the weekend",
    "on <month> #",
    "after lunch|work",
    "right away",
];

/// Alike and none.
const ALIKE: &[&str] = &[
    "in the last|past ..",
    "until now|today|recently",
    "from .. <hour>|<day>|# to|until|till|through .. <hour>|<day>|#",
    "open|opens|opening|opened|closed ...",
    "hours|lines are|from|monday ...",
    "available|reachable|here from|between|on|until|monday ...",
    "every|each|most|any <day>|day|week|morning|evening",
    "<day> to|through|until|till <day>",
    "# hours|days a|per day|week",
    "these days",
    "for today|now $",
    "right|just now",
    "now",
    "from today|now on",
    "not today|tomorrow but",
    "today|tomorrow is your",
    "since ...",
    "ago",
    "in|within the? <number> .. <span> of ordering|purchase|delivery|receipt|buying|receiving",
    "last <day>|night|week|month",
    "at # pounds|euros|percent|degrees|%",
];

/// Words with which something is still to come.
const FUTURE: &str = " will shall going let expect due should ready arrives arrive leaves leave goes go comes come gets get starts start \
    lands reaches reach opens ends happens scheduled booked planned set promised latest plan sends calls ship ships tomorrow book \
    earliest can deliver delivers hear delivered back reserved collect again next ";
/// Words with which it is over.
const PAST: &str = " was were had did got came went said told wrote spoke took made gave found lost bought rang left sent saw heard met began \
    ran broke paid came yesterday ago last put thought read been ";

/// What is denied where it is left open whether something will be.
const KNOWING: &str = " say tell know sure certain promise guarantee confirm swear ";

/// The compiled rule.
pub(super) struct Times {
    ahead: Table,
    near: Table,
    ours: Patterns,
}

impl Times {
    pub fn new() -> Self {
        Self {
            ahead: Table::new(AHEAD, ALIKE).only(to_come),
            near: Table::new(NEAR, ALIKE).only(|sentence, found| to_come(sentence, found) && awaited(sentence, found)),
            ours: Patterns::new(
                &["^ please? expect|allow|look|watch|give|note|know|count|rest|keep", "^ call|ring you"],
                LISTS,
            ),
        }
    }

    /// The times found, in bytes.
    pub fn find(&self, passage: &Passage<'_>) -> Vec<Range<usize>> {
        let sentence = passage.sentence();
        let mut found = self.ahead.matches(sentence);
        found.extend(self.near.matches(sentence));
        found.retain(|it| !self.deadline(sentence, *it));
        found.into_iter().map(|it| sentence.bytes(it.start..it.end)).collect()
    }

    /// Whether the other side is to act by then: "Please reply by Friday", "you need to …".
    fn deadline(&self, sentence: &Sentence, found: Match) -> bool {
        let clause = sentence.clause_around(found.start);
        if self.ours.find(&sentence.tokens).iter().any(|it| clause.contains(&it.start)) {
            return false;
        }
        let orders = (clause.start..found.start).any(|at| {
            let verb = super::clauses::listed("command", sentence.text(at))
                || among(
                    " be reply return order pay choose fill bring collect complete sign book pick ",
                    sentence.text(at),
                );
            verb && !(clause.start..at).any(|it| sentence.text(it) == "you")
                && sentence.text(at) != "let"
                && super::asks::requested(sentence, at)
                && !ours_before(sentence, clause.start, at)
        });
        let must = (clause.start..found.start).any(|at| {
            sentence.text(at) == "you"
                && (at + 1..found.start.min(at + 5)).any(|it| {
                    among(" must should can could ", sentence.text(it))
                        || (among(" need have ", sentence.text(it)) && sentence.text(it + 1) == "to")
                })
                && !(at + 1..found.start).any(|it| {
                    among(" expect received had heard rely count see get hear receive find have ", sentence.text(it))
                })
        });
        orders || must
    }
}

/// Whether we or a third party act in the clause before a place.
fn ours_before(sentence: &Sentence, from: usize, to: usize) -> bool {
    (from..to).any(|at| among(" i we they he she it will shall ", sentence.text(at)))
}

/// Not asked, not left open, and not told of the past.
fn to_come(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.start);
    if left_open(sentence, clause.start) {
        return false;
    }
    if sentence.question && clause.end >= sentence.tokens.len() {
        return false;
    }
    let word = |at: usize| sentence.text(at);
    if clause.clone().any(|at| among(" will shall going ", word(at))) {
        return true;
    }
    let promised_past = clause.clone().any(|at| among(" if unless whether ", word(at)));
    let past = clause.clone().any(|at| {
        let own = word(at);
        let helped = (at.saturating_sub(3)..at).any(|it| among(" be is are am have has get gets being ", word(it)));
        let ed = own.len() > 4
            && own.ends_with("ed")
            && sentence.tokens[at].word.sort == Sort::Word
            && !among(" need speed exceed indeed guaranteed scheduled promised ", own);
        let supposed = among(" should ", word(at)) && word(at + 1) == "have";
        supposed
            || (!helped
                && (ed || among(PAST, own) || (own == "promised" && at > 0 && word(at - 1) != "," && at < found.start)))
    });
    !past && !promised_past
}

/// Whether the clause that begins here says what is not known: "I can't say whether it will be Friday".
fn left_open(sentence: &Sentence, clause: usize) -> bool {
    let open = |at: usize| sentence.tokens[at].negated && among(KNOWING, sentence.text(at));
    among(" whether if ", sentence.text(clause)) && (clause.saturating_sub(4)..clause).any(open)
}

/// A word of the future in the clause, or hardly anything but the time.
fn awaited(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.start);
    let words = clause.clone().filter(|at| sentence.tokens[*at].word.sort != Sort::Mark).count();
    let bare = words - (found.end - found.start).min(words) <= 3
        && !clause.clone().any(|at| among(" is it not thanks happy see saw ", sentence.text(at)));
    let doing = clause.clone().any(|at| {
        let own = sentence.text(at);
        own.len() > 4
            && own.ends_with("ing")
            && (at.saturating_sub(3)..at).any(|it| among(" am is are ", sentence.text(it)))
    });
    bare || doing
        || clause.clone().any(|at| among(FUTURE, sentence.text(at)) && !(found.start..found.end).contains(&at))
}
