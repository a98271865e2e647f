//! The only parts that are also compiled for the browser. Each works without it: what an island adds is rhythm.

mod autosave;
mod player;
mod transcript;

pub use autosave::Autosave;
pub use player::{Player, Words};
pub use transcript::{Style, transcript};
