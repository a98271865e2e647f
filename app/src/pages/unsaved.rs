//! A form that could not be saved: what was in it is still there, and one button sends it again.

use crate::context::{Visit, form_pairs, status};
use crate::shell::{Frame, Gate};
use crate::t;
use crate::ui::{Actions, Button, Field};
use leptos::prelude::*;

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// Where it was sent to.
    action: String,
    /// Names and values. A password is not among the values: it has to be typed again.
    fields: Vec<(String, String)>,
    /// Whether it has to be sent in parts, as forms that can hold a file are.
    in_parts: bool,
}

/// The fields that hold a password; it is never sent back.
const SECRET: [&str; 2] = ["current", "password"];

impl Unsaved {
    /// Reads the body of a plain form.
    #[must_use]
    pub fn plain(action: &str, body: &str) -> Self {
        let mut fields = form_pairs(body);
        for (_, value) in fields.iter_mut().filter(|(name, _)| SECRET.contains(&name.as_str())) {
            value.clear();
        }
        Self { action: action.to_owned(), fields, in_parts: false }
    }

    /// A form that was sent in parts, without its file.
    #[must_use]
    pub fn in_parts(action: &str, fields: Vec<(String, String)>) -> Self {
        Self { action: action.to_owned(), fields, in_parts: true }
    }

    /// What looks as if somebody wrote it: the other fields hold names and numbers that mean nothing to a reader.
    fn written(&self) -> impl Iterator<Item = &str> {
        let values = self.fields.iter().map(|(_, value)| value.trim());
        values.filter(|value| value.contains([' ', '@', '\n']) || !value.is_ascii())
    }
}

/// What the page is called.
#[must_use]
pub fn title() -> String {
    t!("unsaved")
}

/// The page for a form that met a failure with this status.
#[must_use]
pub fn page(code: u16, unsaved: Unsaved) -> AnyView {
    status(code);
    let words = unsaved.written().map(|text| view! { <pre class="kept">{text.to_owned()}</pre> }).collect::<Vec<_>>();
    let written = (!words.is_empty()).then(|| view! { <h2>{t!("unsaved-written")}</h2> {words} });
    let fields = unsaved.fields.iter().map(|(name, value)| field(name.clone(), value.clone())).collect_view();
    let enctype = unsaved.in_parts.then_some("multipart/form-data");
    let form = view! {
        <form method="post" action=unsaved.action enctype=enctype>
            {fields}
            <Actions><Button label=t!("try-again")/></Actions>
        </form>
        {written}
    };
    let (title, lead) = (title(), if code == 503 { t!("unsaved-text") } else { t!("unsaved-broken") });
    let signed_in = use_context::<Visit>().is_some_and(|visit| visit.viewer.is_some());
    if signed_in {
        view! {
            <Frame title=title.clone() narrow=true>
                <div class="unsaved"><h1>{title}</h1><p>{lead}</p>{form}</div>
            </Frame>
        }
        .into_any()
    } else {
        view! { <Gate title=title.clone() heading=title lead=lead><div class="unsaved">{form}</div></Gate> }.into_any()
    }
}

/// A field as it was; a password is asked for again.
fn field(name: String, value: String) -> AnyView {
    if !SECRET.contains(&name.as_str()) {
        return view! { <input type="hidden" name=name value=value/> }.into_any();
    }
    let label = if name == "current" { t!("account-current") } else { t!("sign-in-password") };
    view! { <Field label=label name=name kind="password" required=true/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_kept_and_a_password_is_not() {
        let form = Unsaved::plain(
            "/do/x",
            "person=0198c1&reason=a+long+trip&name=Zo%C3%AB&password=quiet+river&current=old+one",
        );
        assert_eq!(form.written().collect::<Vec<_>>(), ["a long trip", "Zoë"]);
        assert!(!format!("{form:?}").contains("river") && !format!("{form:?}").contains("old"));
        assert_eq!(form.fields.len(), 5, "the fields themselves stay");
    }
}
