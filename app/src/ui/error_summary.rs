use leptos::prelude::*;

use super::field_id;

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field.
    pub name: String,
    /// What is wrong, and how to mend it.
    pub text: String,
}

impl FieldError {
    /// An error of the field with this name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// Everything wrong with a form, at its top, each a link to its field. It takes the focus when the page opens, so that
/// nobody has to look for what went wrong. Without errors it is nothing.
#[component]
pub fn ErrorSummary(
    /// For example "Two things need a look".
    #[prop(into)]
    title: String,
    /// The errors, in the order of the fields.
    errors: Vec<FieldError>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items = errors
            .into_iter()
            .map(|error| view! { <li><a href=format!("#{}", field_id(&error.name))>{error.text}</a></li> })
            .collect_view();
        view! {
            <div class="error-summary" id="errors" role="alert" tabindex="-1" autofocus>
                <h2>{title}</h2>
                <ul>{items}</ul>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::html;

    #[test]
    fn each_error_leads_to_its_field() {
        let shown = html(|| {
            view! { <ErrorSummary title="T" errors=vec![FieldError::new("email", "No <at> sign")]/> }.into_any()
        });
        assert!(shown.contains("href=\"#f-email\""), "{shown}");
        assert!(shown.contains("No &lt;at&gt; sign"), "{shown}");
        assert!(shown.contains("autofocus"), "{shown}");
    }

    #[test]
    fn without_errors_there_is_no_summary() {
        assert!(!html(|| view! { <ErrorSummary title="T" errors=vec![]/> }.into_any()).contains("div"));
    }
}
