//! Reading a text with the rules of its language.

use super::english::{self, Compiled};
use super::readable;
use super::rule::{Kind, RuleId};
use super::sentence::Sentence;
use serde::{Deserialize, Serialize};
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
