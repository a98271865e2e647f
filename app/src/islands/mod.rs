//! The only parts that are also compiled for the browser. Each works without it: what an island adds is rhythm.

mod autosave;
mod escaped;
mod own_words;
mod player;
mod transcript;

pub use autosave::Autosave;
pub use escaped::escaped;
pub use own_words::{OwnWords, marked, notes};
pub use player::{Player, Words};
pub use transcript::{Style, transcript};
