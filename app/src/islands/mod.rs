//! The only parts that are also compiled for the browser. Each works without it: what an island adds is rhythm.

mod autosave;
mod player;
mod transcript;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlFormElement;

/// What to do when the session has ended: the form with what was written goes to the server as a plain one, which keeps it for
/// its writer and leads to the sign-in. Where nothing was written, loading the page anew leads there.
fn signed_out() {
    match document().query_selector("form#reply, form.own:has(textarea:valid)").ok().flatten() {
        Some(form) => form.unchecked_into::<HtmlFormElement>().submit().unwrap_or_default(),
        None => window().location().reload().unwrap_or_default(),
    }
}

pub use autosave::Autosave;
pub use player::{Player, Words};
pub use transcript::{Style, transcript};
