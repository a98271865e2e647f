//! Lessons: text with headings, pictures, films, tables and callouts.

#[cfg(feature = "authoring")]
mod check;
#[cfg(feature = "authoring")]
mod depth;
#[cfg(feature = "authoring")]
mod file;
#[cfg(feature = "authoring")]
mod link;
mod model;
#[cfg(feature = "authoring")]
mod render;
#[cfg(feature = "authoring")]
mod sanitise;

#[cfg(feature = "authoring")]
pub(crate) use check::check;
#[cfg(feature = "authoring")]
pub use file::{format, parse};
#[cfg(feature = "authoring")]
pub use link::{Target, resolve};
pub use model::Lesson;
#[cfg(feature = "authoring")]
pub use render::{Heading, Render, Rendered, Word, html, phrase};
