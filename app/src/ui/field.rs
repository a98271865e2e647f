use leptos::prelude::*;

use super::some;

/// The id of the control with this name: where labels and the error summary lead.
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// The ids of hint and error that belong to a control.
pub(crate) fn described_by(name: &str, hint: &str, error: &str) -> Option<String> {
    match (hint.is_empty(), error.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("h-{name}")),
        (true, false) => Some(format!("e-{name}")),
        (false, false) => Some(format!("h-{name} e-{name}")),
    }
}

pub(crate) fn label_line(name: &str, label: String, note: String) -> impl IntoView + use<> {
    let note = some(note).map(|note| view! { " " <span class="field-note">{note}</span> });
    view! { <label for=field_id(name)>{label}{note}</label> }
}

pub(crate) fn hint_line(name: &str, hint: String) -> impl IntoView + use<> {
    let id = format!("h-{name}");
    some(hint).map(|hint| view! { <p class="hint" id=id>{hint}</p> })
}

pub(crate) fn error_line(name: &str, error: String) -> impl IntoView + use<> {
    let id = format!("e-{name}");
    some(error).map(|error| view! { <p class="error" id=id>{error}</p> })
}

/// A line to fill in: label, hint, error, input, tied together.
#[component]
pub fn Field(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Name in the form; the id follows from it.
    #[prop(into)]
    name: String,
    /// The input's type: `text` when left out.
    #[prop(default = "text".to_owned(), into)]
    kind: String,
    /// What stands in it. A password is never sent back.
    #[prop(optional, into)]
    value: String,
    /// More about what is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: String,
    /// Small print after the label, for example "(optional)".
    #[prop(optional, into)]
    note: String,
    /// What the browser may fill in, for example `email` or `current-password`.
    #[prop(optional, into)]
    autocomplete: String,
    /// Which keyboard a phone shows, for example `numeric`.
    #[prop(optional, into)]
    inputmode: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Longest value, in UTF-16 units as browsers count; 0 for none.
    #[prop(optional)]
    maxlength: u32,
    /// Least value of a number or date.
    #[prop(optional, into)]
    min: String,
    /// Greatest value of a number or date.
    #[prop(optional, into)]
    max: String,
    /// For short values such as dates and numbers.
    #[prop(optional)]
    short: bool,
    /// Has the focus when the page opens; only where the field is the page's purpose.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let value = if kind == "password" { None } else { some(value) };
    view! {
        <div class="field">
            {label_line(&name, label, note)}
            {hint_line(&name, hint.clone())}
            {error_line(&name, error.clone())}
            <input
                class=if short { "input input-short" } else { "input" }
                type=kind
                id=field_id(&name)
                name=name.clone()
                value=value
                autocomplete=some(autocomplete)
                inputmode=some(inputmode)
                required=required
                maxlength=(maxlength > 0).then_some(maxlength.to_string())
                min=some(min)
                max=some(max)
                autofocus=autofocus
                aria-describedby=described_by(&name, &hint, &error)
                aria-invalid=(!error.is_empty()).then_some("true")
            />
        </div>
    }
}

/// A file to choose; its form needs `enctype="multipart/form-data"`.
#[component]
pub fn FileField(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// Which kinds of file, for example `.zip,application/zip`.
    #[prop(optional, into)]
    accept: String,
    /// More about what is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the file.
    #[prop(optional, into)]
    error: String,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            {label_line(&name, label, String::new())}
            {hint_line(&name, hint.clone())}
            {error_line(&name, error.clone())}
            <input
                class="input"
                type="file"
                id=field_id(&name)
                name=name.clone()
                accept=some(accept)
                required=required
                aria-describedby=described_by(&name, &hint, &error)
                aria-invalid=(!error.is_empty()).then_some("true")
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::html;

    #[test]
    fn hint_and_error_are_tied_to_the_input() {
        let shown = html(|| view! { <Field label="Mail" name="mail" value="a\"b" hint="H" error="E"/> }.into_any());
        assert!(shown.contains("for=\"f-mail\"") && shown.contains("id=\"f-mail\""), "{shown}");
        assert!(
            shown.contains("aria-describedby=\"h-mail e-mail\"") && shown.contains("aria-invalid=\"true\""),
            "{shown}"
        );
        assert!(shown.contains("value=\"a&quot;b\""), "{shown}");
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let shown = html(|| view! { <Field label="P" name="p" kind="password" value="secret"/> }.into_any());
        assert!(!shown.contains("secret"), "{shown}");
    }
}
