//! Courses: what they are made of, and how a folder of files becomes one.

#[cfg(feature = "authoring")]
mod activities;
mod draw;
#[cfg(feature = "authoring")]
mod files;
#[cfg(feature = "authoring")]
mod load;
#[cfg(feature = "authoring")]
mod manifest;
mod media;
mod model;
mod pair;
#[cfg(feature = "authoring")]
mod table;
#[cfg(feature = "authoring")]
mod toml_format;

pub use draw::draw;
#[cfg(feature = "authoring")]
pub use files::{Files, is_ignored, limits};
#[cfg(feature = "authoring")]
pub use load::{Loaded, load};
#[cfg(feature = "authoring")]
pub use manifest::RESERVED_IDS;
pub use media::{Media, MediaKind};
pub use model::{Activity, Body, Competency, Kind, Mode, Module, Package, Telling, Variant};
