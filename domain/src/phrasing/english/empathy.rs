//! Shows empathy. Good.
//!
//! Looks for a feeling or a situation of the other side that is named: "how upsetting", "you waited two weeks", "no wonder you're
//! angry". A bare "I understand" names nothing; "calm down" denies.

use super::clauses::among;
use super::table::Table;
use crate::phrasing::pattern::Match;
use crate::phrasing::sentence::Sentence;

const LOOKS_FOR: &[&str] = &[
    "<me> can? .. understand|see|imagine|appreciate|know|realise|realize|get|recognise|tell|hear ... <feeling>",
    "^ understand|see|imagine|appreciate ... <feeling>",
    "can not|only|well imagine how|what|the ..",
    "<me> can? .. imagine how|what",
    "<me> know|understand|realise|realize|appreciate|see what .. mean|means|meant|like|cost|put",
    "<me> know|understand|realise|realize|appreciate|see how much|important|long",
    "must|would|will|can .. be|been|feel|have|felt .. <feeling>",
    "that|this|it|which|what|waiting|week|day|evening|morning|night|experience|wait|news sounds|is|was|feels|seems|must|looks .. <feeling>",
    "sounds|feels|seems .. <feeling>",
    "^ sounds <feeling>",
    "how <feeling>",
    "^ very|so|really|truly <feeling>",
    "what a .. nightmare|shame|mess|disappointment|pain|day|week|worry|shock|blow|morning|evening|journey|start|experience|ordeal|welcome|palaver|faff",
    "what an .. ordeal|awful|evening|afternoon|experience|upsetting|end",
    "a|the real|proper? nightmare|ordeal",
    "<me> would|should|might .. be|feel|have <feeling>|too|been|felt ..",
    "<me> would .. not want|like|be happy|pleased",
    "<me> would want|feel .. same|answers|too",
    "in your place|shoes|position|situation",
    "if i|it were|was|had .. me|my",
    "anyone|anybody|everyone would .. <feeling>",
    "anyone|anybody would be",
    "nobody|no|one .. should|wants|deserves|likes|enjoys .. to ..",
    "no wonder",
    "not surprised|surprising you|that",
    "every|good right|reason to be|feel",
    "you are|were right to be",
    "of course you are|were|would|feel",
    "your|the anger|frustration|annoyance|disappointment|worry|concern|distress|reaction is|makes .. understandable|justified|sense|fair|natural",
    "understandabl* you|that|<feeling>",
    "you are understandably|rightly|naturally",
    "sorry|sad|upset|distressed|horrified|concerned|dismayed to hear|read|see|learn|know how|your|you|of|the|from|about|what",
    "sorry to hear|read|see|learn|know that|about|of your|you|the|a|our|this|it|nobody|no|both|all|two|three|one|she|he|they|my|someone|another|his|her ..",
    "sorry for|about your loss",
    "thinking of you",
    "you have .. been .. waiting|left|passed|sent|kept|stuck|standing|trying|chasing|told|without|through|let|charged|ignored|bounced|pushed|on|calling|patient",
    "you have waited|chased|explained|stayed|lost|missed|called|rung|phoned|written|asked|tried|repeated|spent|paid|done|heard ... <count>|twice|everything|whole|nobody|nothing|again|day|times|home|work|all|for",
    "you have had to|no|nothing|three|two|a|an ..",
    "you had to|no wait|stay|take|explain|call|chase|ring|spend|go|repeat|sleep|cancel|miss|stand|carry|heating|water|answer|buy|rearrange|find|borrow|drive|walk|write|pay|tell",
    "you waited|stayed|sat|stood|missed|lost|took|spent|cancelled|rearranged|planned|counted|trusted|relied|queued|chased ... <count>|<unit>|home|work|day|on|for|all|off|in|a|us|your",
    "you were|are left|kept|stuck|standing|stranded|passed|sent|ignored|charged|promised|without|counting|relying|worried|sitting|waiting",
    "you <lived> ... <count>|whole|entire|all|again|nobody|nothing|without|times|twice|home|work|alone|rain|cold|dark|everything|<occasion>|<unit>",
    "you have|had .. enough",
    "you .. have to .. again|repeat|start|explain",
    "sick|tired of ..",
    "not ok|okay|right|fair|acceptable|good|on that|how you|we ..",
    "what a way to ..",
    "not the .. <occasion>|<unit>|start|welcome|experience|end|way|service .. you",
    "hurts to",
    "is|are|was such? a real|great|big|terrible? pity|shame|pain|nuisance|hassle|letdown",
    "you .. lost|lose|losing faith|trust|patience|confidence|hope",
    "you do not|no|hardly longer? trust|believe|want|feel ..",
    "makes .. sense that|why you",
    "^ being|having|waiting|sitting|standing|losing|getting|finding|hearing|missing|paying|explaining|living|coming|opening ... <feeling>",
    "is|are|was|were|be frightening|miserable|frustrating|upsetting|exhausting|infuriating|maddening|stressful|disappointing|awful|horrible|dreadful|distressing|heartbreaking|worrying|annoying|rotten|scary|hurtful|unpleasant|galling|draining",
    "make|makes|made|making me|anyone|anybody|you|everyone .. <feeling>",
    "sad|upset|distressed|horrified|dismayed to hear|read|see|learn that|about ..",
    "^ <count>|a <unit> at|on|without|stuck|of|with hold|silence|waiting|the|a|no|your|queueing|nothing|cold|hot|water|heating ..",
    "nobody|no has? .. called|told|answered|replied|rang|came|wrote|listened|got|let|helped|turned|showed|back ..",
    "<count> <unit> .. without|waiting|late|of|is|and|in|with|on|for|is|are .. <feeling>|word|answer|reply|heating|water|long|much|hold|queue|nothing|nobody|internet|news|phone|power|the|no|far|your|waiting",
    "<count> <unit> ... is .. too|far|very|a|an .. long|much|many|age|lot|eternity|time",
    "<count> <unit> without|waiting",
    "<count> tries|attempts|calls|letters|emails|visits|times|failed|missed|lost|wasted|promises|reminders|appointments|deliveries .. and|is|without|for|for|at|to|with ..",
    "a .. <unit> without|waiting",
    "<unit> without .. heating|water|internet|power|answer|phone|word|fridge|car|a|any",
    "waiting|wait ... is|was|feels|gets .. <feeling>|long|no",
    "wait|waiting in all|for .. nothing",
    "for nothing",
    "long|far time|too to .. wait|hold|be ..",
    "a|is|far long|too wait|long",
    "wast* your|a|half|whole|so .. time|day|morning|evening|afternoon|weekend|hours|days",
    "cost|costs you|your .. a|an|the|two|half|sleep|time|day|evening|money|nerves|hours|morning|work|wages",
    "spoil*|ruin*|wreck* your|the|a|his|her|their",
    "left you|your|her|him|them .. waiting|stranded|without|hanging|standing|alone|stuck|nothing|out|dark|in",
    "right? before .. <occasion>",
    "on|for|of|with .. your|his|her|their .. <occasion>",
    "last thing .. need|needs|needed|want|wanted",
    "not what|how|the you|start .. hoped|expected|wanted|ordered|deserve|deserved|paid|for|need|imagined|needed|pictured|looking",
    "no fun|joke|way to|for|at",
    "you deserve|deserved .. better",
    "let down by",
    "you feel|felt .. <feeling>|let|down|alone",
    "your .. patience .. has|is|been|run|tested|thin",
    "counting|relying|depending on us|it|this|that|the|them",
    "looking|looked forward to .. it|this|the|your|seeing|wearing|giving",
];

const UNLESS: &[&str] = &[
    "why are you",
    "no need|reason|point|cause to|for ..",
    "there is no reason|need|cause",
    "please? calm|relax|chill",
    "sorry to hear|read|see that|this|it $",
    "understand|see|know|appreciate|hear that? you want|would|ask|asked|request|need|ordered|wish|are asking|prefer",
    "<me> am|are|was|were|feel .. angry|frustrat*|disappoint*|annoyed|worried|tired|nervous|terrible|awful|horrible|cold|hungry|stress*|overwhelm*|stuck|confused|furious|shocked|concern*|mad|cross",
    "our .. <feeling>",
    "sorry .. you feel ..",
    "pity that? you did|are|have|were|do not",
    "looking|look forward to hearing|your|welcoming|serving|speaking|helping|working|meeting",
    "if you had|were|are",
    "i would not worry",
    "hard|difficult to say|tell|know|predict|believe|reach|find|understand|see",
    "hard at|work|working|drive",
    "difficult|confusing|hard question|case|instructions|to read",
    "a bit|little",
    "your cold|hungry",
    "cold|mad|cross .. chain|price|drinks|weather|water|storage|meal|buffet|store",
    "stuck label|envelope|on|to the",
    "no <unit>|one|problem is <feeling>",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(told)
}

/// A question names no feeling; nor does what is only supposed.
fn told(sentence: &Sentence, found: Match) -> bool {
    let clause = sentence.clause_around(found.start);
    let asks = sentence.question;
    !asks && !among(" if unless whether ", sentence.text(clause.start))
        || (found.start..found.end).any(|at| sentence.text(at) == "if")
        || (asks && sentence.text(found.start) == "how" && found.start == clause.start && found.end + 1 >= clause.end)
}
