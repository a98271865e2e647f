//! Promises compensation. Warning: it binds the organisation, and may be more than the writer is allowed.
//!
//! Looks for money or money's worth that is given, sent, waived or already on its way. Asking, checking and explaining promise nothing.

use super::clauses::among;
use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;

const LOOKS_FOR: &[&str] = &[
    "<me> will|shall|am|are|have|going|can ... refund*|reimburse*|compensat* you|your|the|it|this|that|both|everything|#|half|all|full|in|every|every|for|to|whatever",
    "<me> .. refund*|reimburse*|compensat* you|your|the|it|this|that|both|everything|#|half|all|full|in|for|every",
    "<me> will|shall|am|are|have|going ... refund*|reimburse*|compensat*|voucher*|credit*|discount|goodwill",
    "^ will refund|credit",
    "<me> .. give|giving|gave|send|sending|sent|add|adding|added|put|putting|issue|issuing|issued|offer|offering|apply|applied|applying|arrange|arranged|pay|paying|paid|transfer|transferred|credit|credited|crediting|grant|get|getting|take|taking|took|knock|knocking|return|returned|process|processed|include|throw|book|booked|make|approve|approved|initiated|initiate|sort|trigger|triggered|start|started|arranging|processing|authorise|authorised ... refund|reimbursement|compensation|voucher|vouchers|credit|discount|money|free|gift|goodwill|%|euros|pounds|euro|€|£|$|upgrade|off",
    "<me> .. waive*|waiving",
    "<me> .. drop*|cancel*|remov*|scrap*|write|writing|return*|cover*|pay|paying|paid|bear|absorb*|take|taking|took|taken|deduct*|knock* ... fee|fees|charge|charges|cost|costs|postage|shipping",
    "<me> .. not|never charge you|for",
    "you will .. get|have|receive|see|find ... refund*|money|voucher|credit|discount|compensation|reimbursement|gift|free",
    "you will .. be refunded|reimbursed|compensated|credited",
    "you will not .. pay|be .. charged|anything|a|cent|penny|fee",
    "you get|receive ... refund|money|voucher|credit|discount|free",
    "you .. not have|need to pay",
    "you pay nothing",
    "your|the|a|full|that refund|voucher|money|credit|reimbursement|compensation .. is|are|was|has|will|should|have .. on|in|being|be|been|back|sent|there|way|reach|arrive|issued|processed|yours|with|left|attached|gone",
    "refunded|reimbursed|credited|waived .. to|the|your|today|in|by|already",
    "has|have|been|be|is|are|being .. refunded|reimbursed|waived|credited|compensated",
    "is|are|be|was .. on us",
    "on the house",
    "at our|my|no expense|extra|additional? cost|charge",
    "at no extra|additional? cost|charge",
    "free of charge",
    "for free",
    "free|complimentary replacement|delivery|upgrade|shipping|month|repair|coffee|drinks|meal|night|return|ticket|tickets|months",
    "next|this|month|delivery|order|one|postage|shipping|repair is|are|will .. free|on",
    "here is|are .. voucher|code|discount|credit",
    "<me> will|shall make it up to you with",
    "# % off",
    "half .. back|price",
    "is|are yours to keep",
    "the fee|charge is|has .. gone|waived|off|cancelled|dropped|removed",
    "every|your|the|whole|full cent|penny|money|euros|pounds|fee|deposit|amount|price .. back",
    "will not cost you ..",
    "<me> will .. take care of .. bill|cost|costs|fee|invoice",
    "will be no charge|cost|fee",
    "accept .. voucher|credit|refund|discount|gift|compensation",
    "there is .. voucher|credit|discount ..",
    "<me> will|shall|am|are|have .. pay|paying|paid|cover|covering|covered|bear|settle .. for|the|your|it|this|half|all",
    "<me> .. return*|transfer*|credit*|send|sending|sent|pay|paying|paid ... euros|pounds|euro|€|£|$|dollars|amount|deposit|money|fee",
    "money back .. today|tomorrow|by|within|guaranteed",
];

const UNLESS: &[&str] = &[
    "check|ask|asking|asked|applied|pushed|clarify|enquire|request|requested|requesting|suggest|propose|wonder|checking|apply|hear|discuss|raise|decide|review|explain ... refund*|reimburse*|voucher|compensat*|credit|money|discount|fee|waive*|free|charge|goodwill|covered",
    "check|ask|asking|see|find|clarify|look|know|checking whether|if|about|into|out|for ...",
    "<me> could|might|may ... refund*|reimburse*|voucher*|compensat*|credit|money|discount|fee|waive*|free|goodwill",
    "you would|could|might|may ... refund*|reimburse*|voucher*|compensat*|credit|money",
    "to .. claim|request|apply|get|receive|ask ... refund|reimbursement|compensation|money|voucher",
    "would|do you like|want|prefer ...",
    "a|refunds refund|refunds .. takes|take|usually|normally|is|are possible|only|not",
    "refunds ...",
    "entitled|eligible|qualify ...",
    "bank|insurance|insurer|seller|shop|provider|carrier|airline|paypal|manufacturer|they will|may|can|could|should|has|might .. refund|reimburse|pay|credit|compensate|cover",
    "<me> would not|only|refund*|reimburse*|pay|give|have|need|waive ..",
    "paid by",
    "credit card|note card",
    "in charge",
    "refund policy|form|request|rules|terms|department|team|process",
    "<me> understand|see|know|hear|read|noticed ... refund*|voucher|money|discount|compensation",
    "get in|back touch|to",
    "cannot|not be able",
    "feel free",
    "of free|credit|discount|voucher",
    "decide|decides|decided whether|about|on ...",
    "depends ...",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(bound)
}

/// A question binds nobody; nor does a refusal that stands inside the match.
fn bound(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.end - 1);
    let asks = sentence.question && clause.end >= sentence.tokens.len();
    let inner = (found.start + 1..found.end).any(|at| sentence.tokens[at].negated);
    let charge =
        (found.start..found.end).any(|at| among(" charge charged pay cost fee cent penny ", sentence.text(at)));
    let last = sentence.tokens[found.end - 1].negated && !charge;
    let hedge = (found.start.saturating_sub(5)..found.start).any(|at| among(" if whether ", sentence.text(at)))
        && sentence.tokens[found.start].clause == sentence.tokens[found.start.saturating_sub(1)].clause;
    let refused = (inner && !charge) || last;
    !(asks || refused || hedge)
}
