//! Server functions that islands call, and the small types that cross the wire.

mod answer;
mod heard;
mod scene;

pub use answer::{SaveAnswer, save_answer};
pub use heard::{Heard, Mark, Note, Piece, Read, read};
pub use scene::{Ended, Entry, Medium, Offer, Say, Scene, Who, say};
