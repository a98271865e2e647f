use leptos::prelude::*;

use super::field::{described_by, error_line, field_id, hint_line, label_line};

/// One line of a list to choose from.
#[derive(Clone, Debug)]
pub struct SelectOption {
    value: String,
    label: String,
}

impl SelectOption {
    /// The value that is sent, and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A list to choose one from, folded away.
#[component]
pub fn Select(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// The lines.
    options: Vec<SelectOption>,
    /// The value that is chosen.
    #[prop(optional, into)]
    selected: String,
    /// More about what is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: String,
    /// Small print after the label, for example "(optional)".
    #[prop(optional, into)]
    note: String,
    /// The empty value may not be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|option| {
            let chosen = option.value == selected;
            view! { <option value=option.value selected=chosen>{option.label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            {label_line(&name, label, note)}
            {hint_line(&name, hint.clone())}
            {error_line(&name, error.clone())}
            <select
                class="input"
                id=field_id(&name)
                name=name.clone()
                required=required
                aria-describedby=described_by(&name, &hint, &error)
                aria-invalid=(!error.is_empty()).then_some("true")
            >
                {options}
            </select>
        </div>
    }
}
