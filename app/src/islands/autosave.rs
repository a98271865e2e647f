//! Saves each answer of a quiz as soon as it is given, so that closing the page loses nothing.

use crate::live::save_answer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlFormElement, HtmlInputElement};

/// Stands inside the form of one or more questions and says whether the answers are saved. Each question's fields are
/// named after its item; a field's name up to the first `.` or `[` is the item.
#[island]
pub fn Autosave(
    /// Which attempt.
    attempt: String,
    /// "Saving…"
    saving: String,
    /// "Saved"
    saved: String,
    /// "Not saved …"
    failed: String,
) -> impl IntoView {
    let here = NodeRef::<leptos::html::P>::new();
    let state = RwSignal::new(String::new());
    Effect::new(move |_| {
        let Some(form) = here.get().and_then(|it| it.closest("form").ok().flatten()) else { return };
        let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
        let (attempt, saving, saved, failed) = (attempt.clone(), saving.clone(), saved.clone(), failed.clone());
        let listener = window_event_listener(leptos::ev::change, move |event| {
            let Some(field) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return };
            let item = item_of(&field.name());
            if item.is_empty() || !form.contains(Some(&field)) {
                return;
            }
            let values = values(&form, &item);
            let (attempt, saved, failed) = (attempt.clone(), saved.clone(), failed.clone());
            state.set(saving.clone());
            spawn_local(async move {
                state.set(if save_answer(attempt, item, values).await.is_ok() { saved } else { failed });
            });
        });
        on_cleanup(move || listener.remove());
    });
    view! { <p class="small soft" role="status" node_ref=here>{move || state.get()}</p> }
}

fn item_of(name: &str) -> String {
    name.strip_prefix("q.").unwrap_or_default().split('.').next().unwrap_or_default().to_owned()
}

/// The names and values of the item's chosen fields.
fn values(form: &HtmlFormElement, item: &str) -> Vec<(String, String)> {
    let fields = form.elements();
    (0..fields.length())
        .filter_map(|index| fields.item(index)?.dyn_into::<HtmlInputElement>().ok())
        .filter(|field| item_of(&field.name()) == item && field.checked())
        .map(|field| (field.name(), field.value()))
        .collect()
}
