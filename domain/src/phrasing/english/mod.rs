//! The rules for English. One file for each: what it looks for, what looks alike and is something else.

mod apologises;
mod asks;
mod blames;
mod clauses;
mod compensation;
mod empathy;
mod empty;
mod identity;
mod lists;
mod next_step;
mod non_apology;
mod private;
mod repeats;
mod secret;
mod sends_away;
mod table;
mod time;

use super::reading::Passage;
use super::rule::RuleId;
use super::sentence::Sentence;
use std::ops::Range;
use table::Table;

/// All tables, compiled once.
pub(super) struct Compiled {
    asks: asks::Asks,
    private: private::Private,
    apologises: Table,
    non_apology: Table,
    empathy: Table,
    next_step: Table,
    time: time::Times,
    compensation: Table,
    identity: identity::Identity,
    sends_away: Table,
    blames: Table,
    empty: Table,
}

/// Compiles the tables.
pub(super) fn compile() -> Compiled {
    Compiled {
        asks: asks::Asks::new(),
        private: private::Private::new(),
        apologises: apologises::table(),
        non_apology: non_apology::table(),
        empathy: empathy::table(),
        next_step: next_step::table(),
        time: time::Times::new(),
        compensation: compensation::table(),
        identity: identity::Identity::new(),
        sends_away: sends_away::table(),
        blames: blames::table(),
        empty: empty::table(),
    }
}

/// Sentences with English clauses and what is negated in them.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = super::sentence::sentences(text);
    sentences.iter_mut().for_each(clauses::mark);
    sentences
}

impl Compiled {
    /// The words a rule finds in one sentence.
    pub fn find(&self, rule: RuleId, passage: &Passage<'_>) -> Vec<Range<usize>> {
        match rule {
            RuleId::AsksPersonalDataInPublic => self.asks.find(passage, &self.private),
            RuleId::RepeatsPersonalDataInPublic => repeats::find(passage),
            RuleId::DisclosesSecret => secret::find(passage),
            RuleId::NonApology => self.non_apology.find(passage),
            RuleId::Blames => self.blames.find(passage),
            RuleId::SendsAway => self.sends_away.find(passage),
            RuleId::PromisesCompensation => self.compensation.find(passage),
            RuleId::EmptyPhrase => self.empty.find(passage),
            RuleId::Apologises => self.apologises.find(passage),
            RuleId::ShowsEmpathy => self.empathy.find(passage),
            RuleId::OwnsNextStep => self.next_step.find(passage),
            RuleId::GivesTime => self.time.find(passage),
            RuleId::SaysWhoOneIs => self.identity.find(passage),
            RuleId::KeepsDataPrivate => self.private.find(passage, &self.asks),
        }
    }
}
