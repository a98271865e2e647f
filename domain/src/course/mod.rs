//! Courses: what they are made of, and how a folder of files becomes one.

mod media;
mod model;

pub use media::{Media, MediaKind};
pub use model::{Activity, Body, Competency, Kind, Mode, Module, Package};
