//! Everything rendered. Pages are HTML from the server; an island is the only thing that is also compiled for the browser.

#![recursion_limit = "256"]

pub mod failure;
pub mod islands;
#[allow(missing_docs, reason = "a server function's arguments become fields of a type of its own")]
pub mod live;

#[cfg(feature = "ssr")]
pub mod access;
#[cfg(feature = "ssr")]
pub mod apart;
#[cfg(feature = "ssr")]
#[allow(missing_docs, reason = "a server function's arguments become fields of a type of its own")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod counting;
#[cfg(feature = "ssr")]
pub mod kept;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod reset;
#[cfg(feature = "ssr")]
pub mod security;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod turns;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod when;

#[cfg(feature = "ssr")]
pub use pages::unsaved::Unsaved;
#[cfg(feature = "ssr")]
pub use shell::{App, error_page, shell};

/// Starts the islands of a page in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
