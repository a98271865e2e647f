//! Reading a text with the rules of its language.

use super::english::{self, Compiled};
use super::readable;
use super::rule::{Kind, RuleId};
use super::sentence::Sentence;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// The rules of one language, ready to read.
pub struct Rules {
    compiled: Compiled,
}

/// What a text is read against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context<'a> {
    /// Others than the two who talk can read the reply.
    pub public: bool,
    /// Terms the author listed as secret.
    pub secrets: &'a [&'a str],
    /// What the other side said so far.
    pub said: &'a [&'a str],
}

/// What one rule found in one sentence. Places are in bytes and lie on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// What it means.
    pub kind: Kind,
    /// The very words, in order, never overlapping and never empty.
    pub spans: Vec<Range<usize>>,
    /// The sentence they stand in.
    pub sentence: Range<usize>,
}

/// All that was found, sentence by sentence, within one in the order of [`RuleId::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Whether a rule found something.
    #[must_use]
    pub fn has(&self, rule: RuleId) -> bool {
        self.findings.iter().any(|it| it.rule == rule)
    }

    /// The words that were found, in order and without overlap; where several rules found the same, the gravest counts.
    #[must_use]
    pub fn marks(&self) -> Vec<(Range<usize>, Kind)> {
        let spans = || self.findings.iter().flat_map(|it| it.spans.iter().map(|span| (span, it.kind)));
        let edges: BTreeSet<usize> = spans().flat_map(|(span, _)| [span.start, span.end]).collect();
        let mut marks: Vec<(Range<usize>, Kind)> = Vec::new();
        for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
            let over = spans().filter(|(span, _)| span.start <= *start && *end <= span.end);
            let Some(kind) = over.map(|(_, kind)| kind).min() else { continue };
            match marks.last_mut() {
                Some((last, known)) if last.end == *start && *known == kind => last.end = *end,
                _ => marks.push((*start..*end, kind)),
            }
        }
        marks
    }

    /// The rules that forbid sending the text as it is, each once.
    #[must_use]
    pub fn blockers(&self) -> Vec<RuleId> {
        RuleId::ALL.into_iter().filter(|it| it.kind() == Kind::Blocker && self.has(*it)).collect()
    }
}

impl Rules {
    /// The rules of a language by its tag (`en`, `en-GB`). `None`: there are none, and free text is off.
    #[must_use]
    pub fn for_language(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        language.eq_ignore_ascii_case("en").then(|| Self { compiled: english::compile() })
    }

    /// What the text does well and what it must not do. Text past [`super::MOST_CHARACTERS`] is not read.
    #[must_use]
    pub fn read(&self, text: &str, context: &Context<'_>) -> Reading {
        let text = readable(text);
        let sentences = english::sentences(text);
        let mut findings = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            let passage = Passage { text, sentences: &sentences, at, context };
            for rule in RuleId::ALL {
                let spans = tidy(self.compiled.find(rule, &passage));
                if !spans.is_empty() {
                    findings.push(Finding { rule, kind: rule.kind(), spans, sentence: sentence.range.clone() });
                }
            }
        }
        Reading { findings }
    }
}

/// A sentence with what stands around it.
#[derive(Clone, Copy)]
pub(super) struct Passage<'a> {
    /// The whole text.
    pub text: &'a str,
    /// All sentences.
    pub sentences: &'a [Sentence],
    /// The sentence to be read.
    pub at: usize,
    /// Where and against what.
    pub context: &'a Context<'a>,
}

impl<'a> Passage<'a> {
    /// The sentence to be read.
    pub fn sentence(&self) -> &'a Sentence {
        &self.sentences[self.at]
    }

    /// The sentences just before and just after.
    pub fn neighbours(&self) -> impl Iterator<Item = &'a Sentence> {
        let before = self.at.checked_sub(1).and_then(|it| self.sentences.get(it));
        before.into_iter().chain(self.sentences.get(self.at + 1))
    }
}

/// In order, joined where they touch or overlap.
fn tidy(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.retain(|it| !it.is_empty());
    spans.sort_by_key(|it| (it.start, it.end));
    let mut tidied: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match tidied.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => tidied.push(span),
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_overlap_and_the_gravest_counts() {
        let found = |rule: RuleId, spans: &[Range<usize>]| Finding {
            rule,
            kind: rule.kind(),
            spans: spans.to_vec(),
            sentence: 0..20,
        };
        let findings = vec![
            found(RuleId::Apologises, &[0..10, 14..16]),
            found(RuleId::GivesTime, &[10..11, 11..12]),
            found(RuleId::Blames, &[4..5, 5..6]),
        ];
        let marks = Reading { findings }.marks();
        let expected = [(0..4, Kind::Good), (4..6, Kind::Warning), (6..12, Kind::Good), (14..16, Kind::Good)];
        assert_eq!(marks, expected);
        assert!(Reading::default().marks().is_empty());
    }
}
