use leptos::prelude::*;

use super::field::{described_by, error_line, field_id, hint_line};

/// One out of many, or any number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChoiceKind {
    /// Exactly one.
    #[default]
    Radio,
    /// Any number, none included.
    Checkbox,
}

/// One line to tick.
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    value: String,
    label: String,
    hint: String,
    checked: bool,
}

impl ChoiceOption {
    /// An option with the value that is sent and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new(), checked: false }
    }

    /// More about this option.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Whether it is ticked from the start.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }
}

/// A group of radio buttons or checkboxes; the whole line can be tapped.
#[component]
pub fn Choices(
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// Name in the form, the same for all options.
    #[prop(into)]
    name: String,
    /// The lines.
    options: Vec<ChoiceOption>,
    /// One, or any number.
    #[prop(optional)]
    kind: ChoiceKind,
    /// More about the question.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: String,
    /// Side by side while there is room.
    #[prop(optional)]
    inline: bool,
    /// One must be chosen (radio buttons only).
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let kind_name = match kind {
        ChoiceKind::Radio => "radio",
        ChoiceKind::Checkbox => "checkbox",
    };
    let required = required && kind == ChoiceKind::Radio;
    let described = described_by(&name, &hint, &error);
    let lines = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            // The first has the plain id: that is where the error summary leads.
            let id = if index == 0 { field_id(&name) } else { format!("{}-{index}", field_id(&name)) };
            view! {
                <label class="option">
                    <input type=kind_name id=id name=name.clone() value=option.value checked=option.checked required=required/>
                    <span>{option.label}</span>
                    {(!option.hint.is_empty()).then(|| view! { <span class="hint">{option.hint}</span> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="group" aria-describedby=described>
            <legend>{legend}</legend>
            {hint_line(&name, hint)}
            {error_line(&name, error)}
            <div class=if inline { "options options-inline" } else { "options" }>{lines}</div>
        </fieldset>
    }
}
