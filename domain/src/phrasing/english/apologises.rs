//! Apologises. Good.
//!
//! Looks for "sorry" in the first person or alone, for "apologise", and for an admitted fault. "Sorry to hear" is empathy, "sorry, but"
//! and "sorry if" are no apologies, and "Sorry, could you repeat that?" is only polite.

use super::clauses::among;
use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;

const LOOKS_FOR: &[&str] = &[
    "sorry",
    "<me> apologi*",
    "<me> .. apologi*",
    "^ apologi*",
    "my|our|sincere|sincerest|full|deepest|heartfelt|humble apologies|apology",
    "accept|owe|deserve|offer|due .. apolog*",
    "^ apologies",
    "<me> regret that|the|this|our|my|not|how|having",
    "forgive us|me",
    "i beg|ask .. pardon|forgiveness",
    "mistake|error|fault|slip|failure|failing was|is .. ours|mine|us|me",
    "that|this|it|which|the was|is|were all? our|my .. mistake|error|fault|doing|failure|slip|oversight|blunder",
    "our|my mistake|fault|error|bad|oversight $",
    "that|this|it is|was entirely? on us|me",
    "^ on us|me $",
    "<me> have? let you .. down",
    "<me> have? failed you|to",
    "<me> have? got|get|made|messed|did|handled|botched|slipped|fell|dropped .. wrong|mistake|mistakes|error|up|badly|short|poorly|ball",
    "<me> have? messed|slipped|screwed|mucked up",
    "<me> made .. mistake|mistakes|error",
    "that|this|it should never|not|n't have happened|been|gone|taken|come",
    "should not|never have happened",
    "<me> should have|not|never ..",
    "<me> own that|this|it",
    "wrong of us|me",
    "can not apologi* enough",
    "<me> was|were wrong to|about|there|in",
    "<me> have? broke|broken .. promise|word",
    "<me> have? lost|missed|forgot|forgotten|mixed|overlooked .. your|you|it|up",
];

const UNLESS: &[&str] = &[
    "sorry to hear|read|see|learn|say|disappoint|tell|bother|interrupt|inform|ask|be|trouble|disturb|chase|sound",
    "sorry for bothering|asking|interrupting|your loss",
    "sorry about|for your loss",
    "sorry if|you|but|any",
    "sorry that? you feel|felt|think|see|are|were|took|believe|got|misunderstood|misread|have to feel",
    "apologi* if",
    "apologi* .. any",
    "apologies for|if .. any",
    "regret .. any",
    "sorry .. any inconvenience",
    "sorry , but|we|i|no|could|can|would|what|which|did|do|that|there|this|it|who|where|only|only",
    "<me> should have news|answers|it|an|more|your|the|a|one|some|everything ..",
    "sorry state|sight|excuse|story",
    "than sorry",
    "feel sorry",
    "will|would|can|be you .. sorry",
    "you|he|she|they .. sorry",
    "you will be sorry",
    "he|she|they|driver|colleague|manager|courier|team|who|you .. apologi*",
    "your apolog*",
    "owe|deserve|demand us|me .. apolog*",
    "you owe .. apolog*",
    "an apology letter",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(meant)
}

/// A question is no apology, except one that begins with it: "I'm so sorry, what happened?"
fn meant(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.start);
    let asks = sentence.question && clause.end >= sentence.tokens.len();
    let others = (clause.start..found.start)
        .any(|at| among(" he she they driver courier colleague manager told if ", sentence.text(at)));
    !asks && !others
}
