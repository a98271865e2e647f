//! Reads what somebody wrote in their own words: rules that anyone can follow say what is in a reply, and where.
//!
//! [`Rules`] find, sentence by sentence, what a reply does well and what it must not do, and point at the very words. They are tables
//! of words for one language; nothing is learnt, guessed or weighed, so that the same text always reads the same and a trainer can
//! see why. [`Intents`] say which of an author's intentions a text resembles, and leave it to the writer to confirm.
//! [`mask_personal`] takes personal data out of a text that others will see.
//!
//! What the rules are good for and where they end is measured by `tests/phrasing.rs` and told in `docs/free-text.md`.

mod english;
mod intents;
mod mask;
mod pattern;
mod personal;
mod reading;
mod rule;
mod sentence;
mod words;

pub use intents::{Intents, Proposal, Verdict};
pub use mask::{mask_found, mask_personal, masks};
pub use reading::{Context, Finding, Reading, Rules};
pub use rule::{Kind, RuleId, UnknownRule};

/// The most characters a text may have to be read; what stands beyond is not looked at.
pub const MOST_CHARACTERS: usize = 2_000;

/// The text as far as it is read.
fn readable(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}
