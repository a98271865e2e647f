use leptos::prelude::*;

use super::field::{described_by, error_line, field_id, hint_line};

/// One checkbox with its sentence.
#[component]
pub fn Check(
    /// The sentence one agrees to.
    #[prop(into)]
    label: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What is sent when it is ticked: `yes` when left out.
    #[prop(default = "yes".to_owned(), into)]
    value: String,
    /// Ticked from the start.
    #[prop(optional)]
    checked: bool,
    /// More about it.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: String,
    /// Must be ticked.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    id=field_id(&name)
                    name=name.clone()
                    value=value
                    checked=checked
                    required=required
                    aria-describedby=described_by(&name, &hint, &error)
                    aria-invalid=(!error.is_empty()).then_some("true")
                />
                <span>{label}</span>
            </label>
            {hint_line(&name, hint)}
            {error_line(&name, error)}
        </div>
    }
}

/// A value that goes with a form without being seen.
#[component]
pub fn Hidden(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What is sent.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
