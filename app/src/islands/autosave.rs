//! Saves each answer of a quiz as soon as it is given, so that closing the page loses nothing.

use super::signed_out;
use crate::failure::Failure;
use crate::live::save_answer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, js_sys::Date};

/// Stands inside the form of one or more questions and says whether the answers are saved. Each question's fields are
/// named after its item; a field's name up to the first `.` or `[` is the item.
///
/// Answers that are given quickly travel side by side. Each says when it was given, by the server's clock, so that the
/// last one stays. A link waits for them.
#[island]
pub fn Autosave(
    /// Which attempt.
    attempt: String,
    /// The server's time when the page was made, in milliseconds.
    now: i64,
    /// "Saving…"
    saving: String,
    /// "Saved"
    saved: String,
    /// "Not saved …"
    failed: String,
) -> impl IntoView {
    let here = NodeRef::<leptos::html::P>::new();
    let state = RwSignal::new(String::new());
    // How many answers are on their way, of which items the latest is not stored yet, and where to go after that.
    let under_way = StoredValue::new(0_u32);
    let open = StoredValue::new(Vec::<(String, i64)>::new());
    let onward = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let Some(form) = here.get().and_then(|it| it.closest("form").ok().flatten()) else { return };
        let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
        let ahead = now - Date::now() as i64;
        let last = StoredValue::new(0);
        let (attempt, saving, saved, failed) = (attempt.clone(), saving.clone(), saved.clone(), failed.clone());
        window_event_listener_untyped("change", move |event| {
            let Some(field) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return };
            let item = item_of(&field.name());
            if item.is_empty() || !form.contains(Some(&field)) {
                return;
            }
            let values = values(&form, &item);
            let (attempt, saved, failed) = (attempt.clone(), saved.clone(), failed.clone());
            let given = (Date::now() as i64 + ahead).max(last.get_value() + 1);
            last.set_value(given);
            state.set(saving.clone());
            under_way.update_value(|count| *count += 1);
            let this = (item.clone(), given);
            open.update_value(|open| {
                open.retain(|(other, _)| *other != this.0);
                open.push(this.clone());
            });
            spawn_local(async move {
                match save_answer(attempt, item, values, given).await {
                    Ok(()) => open.update_value(|open| open.retain(|other| *other != this)),
                    Err(Failure::SignedOut) => {
                        open.set_value(vec![]);
                        return signed_out();
                    }
                    Err(_) => {}
                }
                under_way.update_value(|count| *count -= 1);
                if under_way.get_value() > 0 {
                    return;
                }
                let all = open.with_value(Vec::is_empty);
                state.set(if all { saved } else { failed });
                if let Some(href) = onward.try_update_value(Option::take).flatten().filter(|_| all) {
                    let _ = window().location().set_href(&href);
                }
            });
        });
        window_event_listener_untyped("click", move |event| {
            let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            let link = target.and_then(|it| it.closest("a").ok().flatten()).filter(|_| under_way.get_value() > 0);
            if let Some(link) = link {
                event.prevent_default();
                onward.set_value(link.get_attribute("href"));
            }
        });
        // The form takes all answers of its page along.
        window_event_listener_untyped("submit", move |_| open.set_value(vec![]));
        window_event_listener_untyped("beforeunload", move |event| {
            if !open.with_value(Vec::is_empty) {
                event.prevent_default();
            }
        });
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
