//! What must hold of every conversation, tried on many random ones, and of one that was worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

mod difference;
mod example;
mod example_shown;
mod findings;
mod generate;
mod oracle;
mod playing;
mod policies;
mod reading;
mod solving;
mod turning;
