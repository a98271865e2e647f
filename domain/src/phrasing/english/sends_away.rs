//! Sends away. Warning.
//!
//! Looks for another door: a form, a hotline, a website, the carrier, another department. Doing it for the person, or sparing them, is the
//! opposite.

use super::clauses::among;
use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;

const LOOKS_FOR: &[&str] = &[
    "fill|filling in|out|up? .. form*|questionnaire",
    "complete|use|submit|via|through|using|find the|our|this|a|an|that|your .. form",
    "call|ring|phone|dial|try|contact|telephone our|the|your|customer|technical|a .. hotline|line|number|helpline|desk|centre|center|service|services|support|team|care|department|switchboard|helpdesk",
    "call|ring|phone|dial #",
    "contact|visit|ask|approach|try|call|email|ring|phone|see|write|speak|talk|turn|message|direct|report|notify|inform|pester|bother|reach to|with|our|the|your|directly? ... <elsewhere>",
    "contact|email|call customer|technical|our|the service|services|support|care|sales|billing|accounts|seller|courier|carrier",
    "get in touch|contact with .. <elsewhere>|support|customer|team",
    "google|see|check|read|consult|visit|browse|search|view|refer|look|find|go|head|have|answers|answer|information|details|track|explained|scroll|study|follow ... faq|faqs|website|site|homepage|terms|conditions|manual|page|pages|chatbot|bot|knowledge|portal|help|forum|article|instructions|section|centre|guide|handbook",
    "on|in our faq|faqs|website|site|homepage|terms|help",
    "<elsewhere> .. will|can|should .. have|be|help|know|tell|answer|need|sort",
    "you will|need|have|must .. to .. ask|contact|call|speak|ring|take|go|raise|open|write|visit|log|fill|apply|report|find|submit|email|register|chase|start",
    "open|raise|log|create|submit|file|start|lodge a|an|another|new .. ticket|case|complaint|claim|request|query|form",
    "not|isnt our|my department|area|job|problem|responsibility|remit|matter|concern|team",
    "not something|anything we|i|this .. can|deal|handle|do|help",
    "another|different|other department|team|office|channel|desk|counter|number|line|address|colleague",
    "wrong department|team|office|desk|counter",
    "have you .. tried|checked|looked|read|contacted|asked|called our|the|your|in|at|on ..",
    "download|print .. form|label|app|pdf",
    "apply|ask|request|complain|do|submit it|this? in|by writing|online|post|letter",
    "write|ask|call|ring|try there|elsewhere",
    "go|goes to <elsewhere>",
    "wrong place|number|channel|account",
    "outside our|my|of remit|area|responsibility|control",
    "<me> do|does not deal|handle|do|answer|process|cover|have|take with? .. that|this|those|it|complaints|calls|returns|refunds|cases|anything|queries|by|here",
    "this account|page|channel|desk does|is|can not",
    "this account|page|channel|desk is only for",
    "try again later|tomorrow|in|another",
    "come back later|tomorrow|when|during|another|on",
    "call|ring|write back|again later|tomorrow|between|during|when",
    "take|taking it|this|that up with",
    "bring it|that up with",
    "refer|referred you? to|back",
    "matter|question|issue|one|something for your|the|our|them ..",
    "your best bet|option is|would",
    "you are better off",
    "use|download|try|check our|the .. app|chatbot|bot|portal|assistant|tool|locator|tracker",
    "log in|into|on ..",
    "go to|online .. and|our|the|https*|www*",
    "press|dial|option #|one|two",
    "send|write|address|direct|forward|submit|email|put .. to our|the .. <elsewhere>|team|support|office",
    "during office|business|opening|working hours",
    "the? carrier|courier|seller|manufacturer|shop|retailer is|are responsible",
];

const UNLESS: &[&str] = &[
    "<me> will|have|am|are|can|shall|already|would|was|were ...",
    "i|we|ive called|filled|contacted|asked|opened|raised|rang|spoke|logged|checked ..",
    "let me ...",
    "when|after|if|because|since you called|filled|rang|contacted|phoned|opened|asked|wrote|visited|tried|checked|wait|have ...",
    "^ you called|filled|rang|contacted|phoned|opened|asked|wrote|visited|tried|checked|were ...",
    "you have .. called|filled|rung|contacted|phoned|opened|asked|written|visited|tried|checked|been|already ...",
    "message|dm|pm us|me ...",
    "message|dm|pm our|this|the team|page|account",
    "try again $",
    "call|ring me|us",
    "answer|answers my|your",
    "see|read|check|have your|you|that|how|why|what",
    "no|nothing|never need|form|forms|ticket|hotline|queue",
    "you do not ...",
    "you did ...",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(told_to)
}

/// Not what we or others do, did or were asked.
fn told_to(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.start);
    let asks = sentence.question && clause.end >= sentence.tokens.len();
    let subject = (clause.start..found.start).rev().map(|at| sentence.text(at));
    let subject = subject
        .into_iter()
        .find(|it| among(" i we he she they driver courier van engineer technician system colleague you me us ", it))
        .is_some_and(|it| it != "you");
    let tried = sentence.text(found.start) == "have" && sentence.text(found.start + 1) == "you";
    let past = (clause.start..found.end)
        .any(|at| among(" was were did had ago yesterday sent told made got ", sentence.text(at)));
    let polite = (clause.start..found.start).any(|at| among(" can could would will ", sentence.text(at)));
    ((!asks || polite) && !subject && !past) || tried
}
