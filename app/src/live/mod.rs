//! Server functions that islands call, and the small types that cross the wire.

mod answer;
mod scene;
mod wire;

pub use answer::{SaveAnswer, save_answer};
pub use scene::{Ended, Entry, Medium, Offer, Say, Scene, Who, say};
pub use wire::{JsonText, Wire};
