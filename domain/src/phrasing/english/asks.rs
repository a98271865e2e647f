//! Asks for personal data in public. Blocker.
//!
//! Looks for the name of a personal datum ("your order number") with, to its left in the same clause, something that asks for it:
//! a command, a polite question, a need. A private place ("by DM", "message us") named beside it makes it right; a public one
//! ("here", "in the comments") makes it wrong again.

use super::clauses::{among, listed};
use super::lists::LISTS;
use super::private::Private;
use crate::phrasing::pattern::{Match, Patterns};
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::Sentence;
use crate::phrasing::words::Sort;
use std::ops::Range;

/// Names of personal data.
const DATA: &[&str] = &[
    "<kind> <digits>",
    "<kind> account|membership|order|card|security|sort|confirmation|reference? <digits>|details|ref",
    "booking|order|bank|card|payment|contact|personal|account|address|customer|delivery|login|log-in|billing|passport details|data|info|information",
    "postcode*",
    "post code*",
    "postal code*|address",
    "zip code*?",
    "address*",
    "email address*?",
    "emails",
    "date of birth",
    "birth date|year",
    "birthdate|birthday|dob|iban|surname|pin|password|passcode|pins",
    "last|family|maiden|full|real|legal name|names",
    "your name|names|details|number|numbers|id|phone|mobile|email|cvv|cvc|login|credentials|initials",
    "name and|, <kind>",
    "sort|security|card|access|pin code|codes",
    "photo*|picture*|screenshot*|scan|scans|copy|image|snap|pic|pics of|from your|the|an|a <kind>|order|delivery|email|booking? <papers>|screen|number|email",
    "number|code|id|reference|name|address on|from the|your|that <kind>|delivery|order? <papers>|parcel|email|bill|envelope|account|order|booking",
    "name the|your|this <kind>|account is|was in|under|on",
    "where you live",
    "do you live",
    "were you born",
    "best|right number to|for",
    "number to|for reach|call|contact you",
];

/// What asks, with the datum still to come. A word of the list `give` is looked at more closely.
const ASKS: &[&str] = &[
    "let us|me .. have|know|see",
    "<me>|team|depot|colleague|colleagues|system|they needs|need|require|requires|want|lack",
    "<me> would .. need|require|like|love",
    "<me> will .. need|require|want",
    "<me> am|are .. missing|lacking|after|needing",
    "<me> must have|know",
    "need|want|like|love to have|know|get|see",
    "all|what|only|thing|everything .. need|needed|missing|want is|are",
    "missing is|are",
    "what is|was|are",
    "what|which|whose",
    "can|could|may|might <me> .. have|get|take|see|know|ask|note|grab|borrow|request|confirm|verify|check",
    "do|would you .. have|know|remember|recall|mind",
    "have you got",
    "^ where|when do|were",
    "^ got|any",
    "may|can|could|must|will|would <me> .. ask .. for",
    "<me> .. ask|asking .. for",
    "^ is|was it? your",
    "under which|what",
    "by|mind|about <giving>",
    "with just? your|the|an|a",
];

/// The same words without asking.
const ALIKE: &[&str] = &[
    "give|show|tell|hand|read the|your|our|my driver|courier|postman|neighbour|bank|police|shop|staff|carrier|cashier|colleague",
    "<data> covered|hidden|blanked|blurred|removed",
    "photo|picture|image of the damage|item|box|dent|fault|crack",
];

/// Nouns before "number" that are nobody's.
const ADDRESSED: &str = " to at from on under into ";

/// The compiled rule.
pub(super) struct Asks {
    data: Patterns,
    asks: Patterns,
    alike: Patterns,
}

/// A personal datum that is asked for.
pub(super) struct Asked {
    /// The words from the asking to the datum.
    pub places: Range<usize>,
    /// It is asked *not* to be given.
    pub negated: bool,
}

impl Asks {
    pub fn new() -> Self {
        Self {
            data: Patterns::new(DATA, LISTS),
            asks: Patterns::new(ASKS, LISTS),
            alike: Patterns::new(&[ALIKE[0], ALIKE[2]], LISTS),
        }
    }

    /// The words that ask, unless the place is private.
    pub fn find(&self, passage: &Passage<'_>, private: &Private) -> Vec<Range<usize>> {
        if !passage.context.public {
            return Vec::new();
        }
        let sentence = passage.sentence();
        let asked = self.asked(sentence);
        let open = |it: &&Asked| !it.negated && !private.covers(passage, &it.places);
        asked.iter().filter(open).map(|it| sentence.bytes(it.places.clone())).collect()
    }

    /// Every datum asked for, or asked not to be given.
    pub fn asked(&self, sentence: &Sentence) -> Vec<Asked> {
        let data = self.data(sentence);
        if data.is_empty() {
            return Vec::new();
        }
        let cues = self.cues(sentence);
        let alike = self.alike.find(&sentence.tokens);
        let mut asked = Vec::new();
        for (index, datum) in data.iter().enumerate() {
            let cue = cues.iter().filter(|it| it.end <= datum.start + 2 && it.start < datum.start).filter(|it| {
                reaches(sentence, it.end, datum.start, &data[..index])
                    && alike.iter().all(|other| other.end <= it.start || datum.end <= other.start)
            });
            if let Some(cue) = cue.max_by_key(|it| (it.start, it.end)) {
                asked.push(Asked { places: cue.start..datum.end, negated: sentence.tokens[cue.start].negated });
            } else if bare(sentence, *datum, &data) || wished(sentence, *datum) {
                asked.push(Asked { places: datum.start..datum.end, negated: sentence.tokens[datum.start].negated });
            }
        }
        asked
    }

    /// Personal data by name: the longest at each place, other people's own left out.
    fn data(&self, sentence: &Sentence) -> Vec<Match> {
        let mut all = self.data.find(&sentence.tokens);
        all.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
        let mut data: Vec<Match> = Vec::new();
        for it in all {
            // "your phone" gives way to "phone number".
            if data.last().is_some_and(|last| sentence.text(last.start) == "your" && last.end < it.end) {
                data.pop_if(|last| it.start < last.end);
            }
            if data.last().is_none_or(|last| last.end <= it.start) && theirs(sentence, it) {
                data.push(it);
            }
        }
        data
    }

    /// Everything in the sentence that could ask.
    fn cues(&self, sentence: &Sentence) -> Vec<Match> {
        let told = |it: &Match| !sentence.tokens[it.start].quoted;
        let mut cues: Vec<Match> = self.asks.find(&sentence.tokens).into_iter().filter(told).collect();
        cues.retain(|it| {
            let last = sentence.text(it.end - 1);
            let need = ["need", "needs", "require", "requires", "want", "like", "love"].contains(&last);
            let with = sentence.text(it.start) == "with";
            !(need && ["to", "you"].contains(&sentence.text(it.end))) && (!with || replies(sentence, it.start))
        });
        for at in 0..sentence.tokens.len() {
            let verb = listed("give", sentence.text(at)) && !sentence.tokens[at].quoted;
            if verb && requested(sentence, at) {
                cues.push(Match { start: at, end: at + 1 });
            }
        }
        cues
    }
}

/// Whether the datum is the other side's: not "our number", not "to the address below".
fn theirs(sentence: &Sentence, datum: Match) -> bool {
    let before = |back: usize| datum.start.checked_sub(back).map_or("", |it| sentence.text(it));
    let own = sentence.text(datum.start);
    if sentence.tokens[datum.start].quoted
        || among(" our my their his her its this that these another new wrong same no ", before(1))
    {
        return false;
    }
    let owner = among(" the your a an ", before(1));
    let addressed = if owner {
        before(2)
    } else if own == "your" {
        before(1)
    } else {
        ""
    };
    !(among(ADDRESSED, addressed) && !(addressed == "from" || before(3) == "reply")) || before(3) == "respond"
}

/// Whether asking goes on from a cue to the datum: in one clause, or along a list of data.
fn reaches(sentence: &Sentence, from: usize, to: usize, data: &[Match]) -> bool {
    if to < from {
        return true;
    }
    let clause = sentence.tokens[from.min(to).saturating_sub(1)].clause;
    let within = |at: usize| data.iter().any(|it| (it.start..it.end).contains(&at));
    let joins = " , and or plus & / your the a an with for also as well maybe ideally or both first ";
    let straight = sentence.tokens[to].clause == clause && to - from <= 9;
    let listed = (from..to).all(|at| within(at) || among(joins, sentence.text(at)));
    let stops = (from..to).any(|at| {
        !within(at) && among(" that which why whether because where to before after so about ", sentence.text(at))
    });
    (straight && !stops) || listed
}

/// Whether the verb at a place is asked of the other side: a command, "could you …", "we need you to …".
pub(super) fn requested(sentence: &Sentence, at: usize) -> bool {
    let softeners = " please just kindly also simply quickly then now either perhaps maybe at least only first next always ever again \
        publicly to not never do ";
    let clause = sentence.tokens[at].clause;
    let mut left = at;
    let mut to = false;
    while left > 0 && sentence.tokens[left - 1].clause == clause && among(softeners, sentence.text(left - 1)) {
        to |= sentence.text(left - 1) == "to";
        left -= 1;
    }
    if left == 0 || sentence.tokens[left - 1].clause != clause {
        return !to || sentence.text(left) == "do";
    }
    let (last, before) = (sentence.text(left - 1), if left > 1 { sentence.text(left - 2) } else { "" });
    match last {
        "you" if to => among(" need want ask like invite get require expect urge for beg asking ", before),
        "you" => among(
            " can could would will might may if once when after until do not as unless because that why and or soon should ",
            before,
        ),
        "can" | "could" | "will" | "might" | "may" | "should" | "must" if !to => before == "you",
        "need" | "have" | "want" | "like" | "able" | "ought" if to => {
            before == "you"
                || (before == "not" && sentence.tokens[left - 1].negated)
                || last == "able"
                || before == "will"
                || before == "would"
                || before == "no"
        }
        "free" | "hesitate" | "forget" | "sure" | "welcome" | "best" | "easiest" | "remember" | "mind" | "careful"
        | "safe" | "asked" | "helps" | "help" | "easier" | "quickest" | "wise" | "reason" | "idea" => {
            to && last != "asked"
        }
        "if" | "once" | "when" | "and" | "or" | "but" | "so" | "instead" | "why" | "hi" | "hello" | "hey"
        | "thanks" | "well" | "yes" | "ok" => last != "and" || !subject_before(sentence, left - 1),
        _ if sentence.tokens[left - 1].word.sort == Sort::Handle => true,
        _ => {
            named_start(sentence, left, clause)
                || sentence.text(at.saturating_sub(1)) == "please"
                || among(" not never ", sentence.text(at.saturating_sub(1))) && !subject_before(sentence, at)
        }
    }
}

/// "Dana post it", "Hi Dana send me …": only a greeting and a name before it.
fn named_start(sentence: &Sentence, at: usize, clause: usize) -> bool {
    let start = sentence.tokens.iter().position(|it| it.clause == clause).unwrap_or(at);
    let named = sentence.tokens[start..at]
        .iter()
        .all(|it| it.word.capital || among(" hi hello hey dear there ", &it.word.text));
    at - start <= 3 && at > start && named && !among(" i we they he she it who this that ", sentence.text(at - 1))
}

/// Whether somebody else than the reader acts in the clause before this place.
fn subject_before(sentence: &Sentence, at: usize) -> bool {
    let clause = sentence.clause_around(at);
    (clause.start..at)
        .any(|it| among(" i we they he she it who driver courier team colleague depot ", sentence.text(it)))
}

/// "reply with …", "get back to us with …", "comment below with …".
fn replies(sentence: &Sentence, with: usize) -> bool {
    let clause = sentence.clause_around(with);
    let awaited = (clause.start..with).any(|at| among(" once when if after until ", sentence.text(at)));
    (clause.start..with).any(|at| {
        (awaited && ["replied", "answered", "commented"].contains(&sentence.text(at)))
            || among(" reply respond comment answer back tweet post touch write return ", sentence.text(at))
                && (requested(sentence, at) || (at > 0 && among(" get come in write ", sentence.text(at - 1))))
    })
}

/// The clause is nothing but the names of data: "Order number and postcode, please."
fn bare(sentence: &Sentence, datum: Match, data: &[Match]) -> bool {
    let clause = sentence.clause_around(datum.start);
    let asks = (sentence.question && clause.end >= sentence.tokens.len())
        || clause.clone().any(|at| sentence.text(at) == "please")
        || (sentence.text(clause.end) == "please" && clause.end + 2 >= sentence.tokens.len());
    let within = |at: usize| data.iter().any(|it| (it.start..it.end).contains(&at));
    let small = " is and or your the please plus , . ? ! – : … & also just first thanks thank you then ";
    asks && clause.clone().all(|at| {
        let token = &sentence.tokens[at];
        within(at) || among(small, &token.word.text) || token.word.sort != Sort::Word || (token.word.capital && at > 0)
    })
}

/// "Your order number would help", "… is needed".
fn wished(sentence: &Sentence, datum: Match) -> bool {
    let next = |more: usize| sentence.text(datum.end + more);
    let modal = among(" would will might ", next(0));
    (modal && among(" help do speed let allow ", next(1)))
        || (modal
            && next(1) == "be"
            && among(" great helpful useful needed enough required handy good fine perfect ", next(2)))
        || (among(" is are ", next(0)) && among(" needed required missing ", next(1)))
        || next(0) == "helps"
}
