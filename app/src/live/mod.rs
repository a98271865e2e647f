//! Server functions that islands call, and the small types that cross the wire.

mod scene;

pub use scene::{Ended, Entry, Medium, Offer, Say, Scene, Who, say};
