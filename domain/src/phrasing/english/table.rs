//! A rule that is a table: what it looks for, and what looks alike.

use crate::phrasing::pattern::{Match, Patterns};
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::Sentence;
use std::ops::Range;

/// A compiled table.
pub(super) struct Table {
    looks_for: Patterns,
    unless: Patterns,
    heeds_negation: bool,
    also: fn(&Sentence, Match) -> bool,
}

impl Table {
    /// Finds every pattern of `looks_for` that shares no word with one of `unless` and is not negated.
    pub fn new(looks_for: &[&'static str], unless: &[&'static str]) -> Self {
        Self {
            looks_for: Patterns::new(looks_for, super::lists::LISTS),
            unless: Patterns::new(unless, super::lists::LISTS),
            heeds_negation: true,
            also: |_, _| true,
        }
    }

    /// A phrase that says the same after a "not": "don't hesitate to contact us".
    pub fn even_negated(mut self) -> Self {
        self.heeds_negation = false;
        self
    }

    /// Keeps only the matches of which this is true as well.
    pub fn only(mut self, also: fn(&Sentence, Match) -> bool) -> Self {
        self.also = also;
        self
    }

    /// The words found, in bytes.
    pub fn find(&self, passage: &Passage<'_>) -> Vec<Range<usize>> {
        let sentence = passage.sentence();
        self.matches(sentence).into_iter().map(|it| sentence.bytes(it.start..it.end)).collect()
    }

    /// The words found, as places in the sentence.
    pub fn matches(&self, sentence: &Sentence) -> Vec<Match> {
        let found = self.looks_for.find(&sentence.tokens);
        if found.is_empty() {
            return found;
        }
        let alike = self.unless.find(&sentence.tokens);
        let said = |it: &Match| {
            let first = &sentence.tokens[it.start];
            !(first.quoted || (self.heeds_negation && first.negated))
        };
        let apart = |it: &Match| alike.iter().all(|other| other.end <= it.start || it.end <= other.start);
        found.into_iter().filter(|it| said(it) && apart(it) && (self.also)(sentence, *it)).collect()
    }
}
