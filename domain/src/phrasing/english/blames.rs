//! Blames. Warning.
//!
//! Looks for what the other side should have done, for "as I said", and for faults that are called theirs. "You should have received it"
//! expects, and "you should not have had to" is on their side.

use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;

const LOOKS_FOR: &[&str] = &[
    "you .. should|ought to? .. have",
    "you should not have",
    "you .. could have",
    "you .. might|would .. have known|noticed|seen|read|checked|thought",
    "you were supposed|meant|expected|required|responsible|told|warned|informed|advised|asked|wrong|late",
    "as <me> .. said|told|wrote|explained|mentioned|stated|pointed|informed|advised|repeatedly",
    "as <me> have .. said|told|written|explained|mentioned|stated|pointed|informed|advised",
    "as already|previously|clearly|stated|mentioned|explained|said|i've stated|mentioned|explained|said|told|before|above|earlier|pointed|written|repeatedly|outlined|previously|several|twice",
    "as stated|mentioned|explained|said|outlined|written ..",
    "like <me> have? .. said|told|explained",
    "per my last|previous|earlier",
    "<me> have .. told|explained|said|informed|warned|answered .. you|this|that|already|twice|times",
    "<me> have .. asked you",
    "<me> already told|explained|said|informed|answered|asked|mentioned|wrote",
    "<me> .. told|warned you",
    "how often|many .. do|must|times .. <me> ..",
    "you failed|neglected|omitted|refused|ignored|overlooked|forgot|misread|misunderstood|misplaced",
    "you have .. failed|neglected|omitted|refused|ignored|overlooked|forgotten|misread|misunderstood|misplaced|only|entered|typed|chosen",
    "you did not .. read|check|give|tell|provide|enter|follow|listen|bother|answer|reply|mention|notice|look|say|pay|fill|let|cancel|update|open|order|choose|select|include|wait|respond|inform|report|keep|send|write|use|put|confirm|come|attach|make|leave|want|show|register|return",
    "you have not .. read|checked|given|told|provided|entered|followed|listened|bothered|answered|replied|looked|paid|filled|updated|included|responded|understood|done|kept|sent",
    "you never .. read|checked|gave|told|provided|answered|replied|called|mentioned|listened|let|said|asked|cancelled|confirmed|updated",
    "you must|obviously|clearly|apparently|evidently|probably|simply|presumably .. have .. typed|entered|misread|misunderstood|forgotten|given|made|done|been|missed|overlooked|used|pressed|put|ordered|chosen|deleted|dropped|not|clicked|thrown|lost|mistyped|ignored|got",
    "you obviously|clearly|apparently|evidently",
    "obviously|clearly|apparently|evidently you",
    "your own|entire fault|mistake|error|doing|responsibility|problem|choice|oversight|negligence|carelessness",
    "your|yours fault|mistake|error|oversight|failure|negligence|carelessness",
    "fault|mistake|error|blame is|lies|was .. yours|with|you|your",
    "if you had .. ",
    "had you .. read|checked|told|called|given|followed|listened|looked|ordered|written|asked|contacted|replied|paid|kept|entered|let|waited|been",
    "if you would|did have|not ..",
    "why did not|you you ..",
    "why would you ..",
    "why have not|you you ..",
    "you entered|typed|gave|chose|selected|provided|put|wrote|used|ordered|booked .. wrong|incorrect|incorrectly|false|wrongly|too|incomplete",
    "you have entered|typed|given|chosen|selected|provided|put|used|ordered .. wrong|incorrect|incorrectly|false|wrongly|incomplete",
    "you are|have only|to .. yourself|blame",
    "you have only yourself",
    "blame yourself",
    "you made|caused|brought .. mistake|error|this|problem|yourself|it|delay",
    "you made .. mistake|error",
    "because|since you did|were|forgot|failed|ordered|gave|entered|waited|had|have|ignored|never|moved|left not|out|late|the|too|to|wrong|a|it|no|our|until ..",
    "you need|have|want|must to .. listen|calm|read|understand|learn|pay",
    "you .. only had|needed to",
    "all you had to",
    "a|one glance|look .. would",
    "next time .. read|check|please|make|you|be ..",
    "anyone|anybody|everyone|everybody else|knows|could ..",
    "it is|was .. not our fault|mistake|problem",
    "is not our fault|mistake",
    "please? read .. properly|again|carefully",
    "you people|lot",
    "the problem is you|your",
    "on your side|end|part",
    "it says|said|states so? .. clearly",
    "it clearly says|said|states",
    "you can not have|expect|demand|blame",
    "is your own? responsibility|job|duty|business to",
    "surely you",
    "not help it? if you ..",
    "if only you",
    "you were not at|in|there|available|reachable",
    "clearly|obviously , you have|did not",
    "was|is your own? decision|choice",
    "<me> .. explained|answered|said|told this|that|it .. you|yesterday|before|already|clearly",
    "did you even|actually",
    "everyone|everybody|others else? .. manages|manage|does|understands|gets",
    "you simply|just .. did|do|have|had not|to ..",
];

const UNLESS: &[&str] = &[
    "you .. should|ought to? have had|got|received|heard|been|it|a|an|your|our|by|access|everything|more|one|the ..",
    "you should .. have .. by <day>|now|tomorrow|then|four|noon",
    "you should not have .. had|been|to|any|waited|paid|received|got|needed|heard",
    "you could have been|had|expected|asked for|to ..",
    "you could have been|had|expected ..",
    "you could have .. done without",
    "you could not have",
    "you could have a|an|the|it|one|your|another ..",
    "is not|never your|yours fault|mistake|error|responsibility|problem",
    "not|never|no|nothing your|yours own? fault|mistake|error|doing|oversight",
    "you were .. promised|left|kept|told we|i|it|that|nobody|something|two|different|by|one|tomorrow|wrong|on|to|the",
    "you were asked twice|three|for|several|to ..",
    "you were not .. told|informed|given|warned|to|called|asked|kept|wrong|sent|answered",
    "you were wrongly|right",
    "<me> told you ... wrong|different|false|untrue",
    "<me> told you <day>|something|two|it|a|we|i ..",
    "<me> have|had told you .. wrong|different|would",
    "<me> told you $",
    "<me> should|could|would|might|will|can .. told|tell|warned|explained|said|asked|informed you? ..",
    "you did not .. get|receive|hear|do|deserve|have|make|need|cause|ask order|anything|wrong|a|an|the|for|any|to ..",
    "you did not say|order|want|choose|ask this|that|it|for|anything",
    "you made no|the|a right|mistake|error|good|choice",
    "if you had .. any|questions|a|trouble|time|to|not|problems",
    "you clearly|obviously described|explained|told|wrote|need|care|deserve|put|marked|love|know ..",
    "you clearly|obviously did|have nothing|everything|your|no|every|had|been ..",
    "obviously|clearly you deserve|need|should|are|were right|upset|not|a|better|angry ..",
    "you are clearly|obviously ..",
    "because you were|had|have .. left|told|promised|waiting|given|kept|right|to|a",
    "since you have|had|were|moved .. waited|been|waiting",
    "your problem is|has|with|to|again|today|yourself|solved",
    "your error message|code",
    "on your side|part .. of|here|with",
    "we are|am|is on your side",
    "<me> have .. explained|told .. to|them|my|the",
    "<me> have|had|will|did? not? read ..",
    "anyone|everyone would ...",
    "everyone|anyone can|could see|read",
    "anyone else",
    "why did you|not .. get|receive|hear",
    "you never .. got|received|heard|should|had|asked for",
    "you have not .. received|heard|got|done anything|wrong",
    "you need to|not .. pay|read nothing|anything|it",
    "you do not ..",
    "your failure|error|fault report|report",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(meant).even_negated()
}

/// "I don't think you should have had to": the denial is looked for in the words themselves, except before "your fault".
fn meant(sentence: &Sentence, found: Match) -> bool {
    let fault =
        (found.start..found.end).any(|at| ["fault", "mistake", "error", "blame", "yours"].contains(&sentence.text(at)));
    let ours =
        sentence.text(found.start) == "it" || sentence.text(found.start) == "is" || sentence.text(found.start) == "you";
    !(fault && !ours && sentence.tokens[found.start].negated)
}
