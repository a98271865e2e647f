//! What each finding about a conversation, a plan or an imported story means: every code that can be given stands here, once.

mod head;
mod imports;
mod logic;
mod parts;
mod plans;
mod replies;
mod scores;

use crate::diagnostic::Severity;
use serde::Serialize;

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What it says, in a few words.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// Lines that have it.
    pub example: &'static str,
    /// The same lines, mended.
    pub mended: &'static str,
}

const fn error(
    code: &'static str,
    title: &'static str,
    why: &'static str,
    mend: &'static str,
    example: &'static str,
    mended: &'static str,
) -> Explanation {
    Explanation { code, severity: Severity::Error, title, why, mend, example, mended }
}

const fn warning(
    code: &'static str,
    title: &'static str,
    why: &'static str,
    mend: &'static str,
    example: &'static str,
    mended: &'static str,
) -> Explanation {
    Explanation { severity: Severity::Warning, ..error(code, title, why, mend, example, mended) }
}

const GROUPS: [&[Explanation]; 7] =
    [head::ALL, parts::ALL, replies::ALL, logic::ALL, scores::ALL, plans::ALL, imports::ALL];

/// Every code, in the order in which the parts of a conversation are written.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    GROUPS.into_iter().flatten()
}

/// What a code means; nothing, when no finding has it.
#[must_use]
pub fn explain(code: &str) -> Option<&'static Explanation> {
    explanations().find(|known| known.code == code)
}
