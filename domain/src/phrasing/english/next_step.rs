//! Owns the next step. Good.
//!
//! Looks for "I" or "we" with something they do now or next: "I'll call", "I'm checking", "let me look". Waiting, hoping and sending the
//! work back are no steps.

use super::clauses::among;
use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;

const LOOKS_FOR: &[&str] = &[
    "<me> will|shall",
    "^ will",
    "<me> am|are going to",
    "<me> am|are about to",
    "let me",
    "allow me to",
    "<me> am|are",
    "leave it|this|that|them .. with|to me|us",
    "on it $",
    "am|are on it|the case|this",
    "that is my|our job|task now",
];

/// After "I will": no concrete action.
const NO_ACTION: &str = " not never no be see try wait know want like love hope think say admit require assume expect need have guess suppose \
    appreciate regret refuse decline leave understand always only accept consider bet agree miss remember believe get do ask allow \
    tolerate stop close remain stay continue keep struggle probably likely i we you , . ? ! … ";

/// "I'm …ing": no action of ours.
const NO_DOING: &str = " waiting hoping asking having being looking thinking trying experiencing seeing working doing closing struggling \
    wondering feeling talking getting missing going needing wishing relying receiving aiming afraid saying writing suffering \
    running living standing growing hiring facing dealing offering during telling assuming coming counting nothing everything \
    something anything lacking ";

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, &["let me know|have|see if you", "i will be honest|frank"]).only(acts)
}

/// Whether a concrete action follows.
fn acts(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.start);
    if sentence.question && clause.end >= sentence.tokens.len() && sentence.text(found.start) != "let" {
        return false;
    }
    let at = after_adverbs(sentence, found.end, clause.end);
    let (own, next, third) = (sentence.text(at), sentence.text(at + 1), sentence.text(at + 2));
    let last = sentence.text(found.end - 1);
    let before = found.start.checked_sub(1).map_or("", |it| sentence.text(it));
    let will = ["will", "shall"].contains(&last);
    let wish = among(" if whether hope promised said thought unless ", before)
        || (found.start > clause.start && sentence.text(clause.start) == "if");
    if wish || at >= clause.end && !["me", "to"].contains(&last) {
        return ends_in_itself(sentence, found) && !wish;
    }
    if found.end - found.start > 1 && among(" am are ", last) {
        return own.ends_with("ing") && own.len() > 4 && (!among(NO_DOING, own) || doing(own, next, third))
            || (own == "in" && next == "touch")
            || (own == "on" && among(" it the my ", next) && among(" case phone way $ , . it now ! – line ", third));
    }
    if ends_in_itself(sentence, found) {
        return true;
    }
    match own {
        "be" if will => {
            (next.ends_with("ing")
                && next.len() > 4
                && !among(" able seeing closing waiting asking charging being ", next))
                || (next == "in" && third == "touch")
                || (next == "back" && third != "ordered")
                || (next == "on" && third == "it")
        }
        "have" => {
            (next == "to"
                && !among(
                    " ask wait decline refuse close disappoint say insist see be charge leave pass pay live ",
                    third,
                ))
                || among(" a it this that your someone somebody them the our an two another one ", next)
        }
        "need" => next == "to" && !among(" know have get see ask wait be decline close ", third),
        "get" => !among(" angry upset it? rid ", next),
        "do" => among(" that this it so everything ", next) && third != "best",
        "ask" => next != "you" && next != "for" || among(" your ", next),
        "keep" => among(" you an on at your the looking chasing calling trying checking pushing asking ", next),
        "stay" => among(" on with in ", next),
        "continue" => next == "to" && among(" look check chase work search follow press ", third),
        "see" => next == "to" || next == "that",
        "stop" | "close" | "leave" => among(" the your this that it ", next) && own == "stop",
        "explain" => true,
        "accept" | "allow" | "consider" => false,
        _ if last == "me" => {
            !among(" know have be say ask finish introduce stress remind assure guess speak ", own)
                && !own.is_empty()
                && (own != "explain")
        }
        _ => {
            !among(NO_ACTION, own)
                && !among(" assure remind stress charge bill point inform sue refer ", own)
                && !own.is_empty()
        }
    }
}

/// "I'm looking into it", "I'm working on it", "I'm getting it sent".
fn doing(own: &str, next: &str, third: &str) -> bool {
    match own {
        "looking" => among(" into at through for after that it up ", next),
        "working" => among(" on with through ", next),
        "getting" => among(" it this that your the them a in on someone back ", next),
        "trying" => next == "to" && among(" reach get find call contact trace ", third),
        "asking" => !among(" you for if that ", next),
        "writing" => among(" a the it down this your up ", next),
        "having" => among(" it a someone your the this ", next) && third != "problem" && third != "problems",
        "going" => among(" through over back there down straight ", next),
        "talking" | "dealing" => among(" to with ", next),
        "doing" => among(" that this it ", next),
        "telling" => among(" the them him her our ", next),
        "seeing" => next == "to",
        "running" => among(" a it the ", next),
        "offering" | "closing" => false,
        "coming" => among(" to over back round ", next),
        _ => false,
    }
}

/// Phrases that are complete: "leave it with me".
fn ends_in_itself(sentence: &Sentence, found: Match) -> bool {
    let last = sentence.text(found.end - 1);
    let first = sentence.text(found.start);
    (first == "leave" && among(" me us ", last))
        || (first == "on" && last == "it")
        || (among(" case this it ", last) && among(" am are ", first))
        || first == "that"
}

/// Past the adverbs between "will" and the verb.
fn after_adverbs(sentence: &Sentence, from: usize, to: usize) -> usize {
    let adverb = |word: &str| {
        among(
            " already then now also just still first soon today personally myself gladly happily quickly certainly definitely of course next again ",
            word,
        ) || (word.len() > 4 && word.ends_with("ly") && !among(" reply apply supply rely ", word))
    };
    (from..to).find(|at| !adverb(sentence.text(*at))).unwrap_or(to)
}
