//! Sounds like an apology and is none. Warning.
//!
//! Looks for "sorry if", "sorry you feel", "sorry, but" and "any inconvenience": they make the trouble a matter of the other side's
//! feelings, or of chance.

use super::table::Table;

const LOOKS_FOR: &[&str] = &[
    "sorry|apolog* if",
    "sorry|apolog* ... , if you|anyone|anybody|any|this|that|we|i|it|there caused|feel|felt|was|were|has|have|offended|upset",
    "sorry|apolog* .. if",
    "sorry|regret that? you feel|felt|think|thought|believe|see|saw|took|interpreted|misunderstood|misread|perceive|perceived|find|found",
    "sorry|regret that? you are|were|have|had|got .. upset|offended|unhappy|disappointed|angry|annoyed|dissatisfied|frustrated|impression|feeling|bothered",
    "sorry|regret that? you could|did not understand|read|like|appreciate|see",
    "sorry|regret|apolog* that? anyone|anybody|some|people|someone .. feel|felt|offended|upset|feels",
    "sorry ,? but",
    "apologies|apologise|apologize ,? but",
    "sorry ... but you|your|that|it|there|these|this|rules|the",
    "any|whatever|the inconvenience|offence|offense|upset|distress|misunderstanding caused|this|that|you|may|which",
    "any inconvenience|inconveniences|offence|offense|misunderstanding*|discomfort|disappointment|confusion|upset|distress",
    "any possible|potential|perceived inconvenience|offence|offense|misunderstanding|confusion|upset",
    "any trouble|annoyance|frustration .. may|might|caused",
    "inconvenience caused|experienced",
    "inconvenience .. may|might have",
    "inconvenience you may|might",
    "if anyone|anybody|someone|you|people|any .. was|were|is|are|felt|feel|got .. offended|hurt|upset|inconvenienced|offence|caused|taken",
    "if .. offended|inconvenienced|misunderstood",
    "mistakes were|may|might|have|can",
    "errors|mistakes happen|occur",
    "sorry for|about your .. misunderstanding|confusion|feelings|perception|impression|interpretation|disappointment|dissatisfaction",
    "sorry .. your expectations",
    "sorry for how|what|the|whatever you|way .. feel|felt|think|perceived|taken",
    "sorry about|for how|what you ..",
    "sorry , not sorry",
];

const UNLESS: &[&str] = &[
    "avoid|prevent|without|cause|causing any inconvenience|misunderstanding|confusion|offence",
    "sorry if|apologise if is|was",
    "if there|you .. any confusion|misunderstanding $",
    "sorry you were|are|had|have .. left|kept|told|given|sent|charged|waiting",
];

pub(super) fn table() -> Table {
    Table::new(LOOKS_FOR, UNLESS).only(|sentence, _| !sentence.question)
}
