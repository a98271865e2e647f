use leptos::prelude::*;

use super::{Field, field_id};
use crate::context::{services, visit};
use crate::t;

/// A password to fill in, with a button that shows it where there are scripts.
#[component]
pub fn PasswordField(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// `current-password` or `new-password`.
    #[prop(into)]
    autocomplete: String,
    /// More about what is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: String,
) -> impl IntoView {
    let id = field_id(&name);
    let script = services().assets.get("show.js").map(|src| {
        let nonce = visit().nonce.0.to_string();
        view! { <script type="module" src=src nonce=nonce></script> }
    });
    view! {
        <div class="password">
            <Field label=label name=name kind="password" autocomplete=autocomplete hint=hint error=error required=true/>
            <button type="button" class="btn btn-quiet btn-small" hidden=true aria-controls=id.clone() data-shows=id
                data-hide=t!("password-hide")>{t!("password-show")}</button>
            {script}
        </div>
    }
}

/// Whose password it is: not shown, since the page says it or the person knows, but found by password managers, which look past
/// fields of type `hidden`.
#[component]
pub fn PasswordOwner(
    /// What they sign in with.
    #[prop(into)]
    login: String,
) -> impl IntoView {
    view! { <input type="text" name="username" autocomplete="username" value=login hidden=true readonly=true/> }
}
