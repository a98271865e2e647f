use leptos::prelude::*;

use super::escape::escaped;
use super::field::{described_by, error_line, field_id, hint_line, label_line};

/// Several lines to fill in. The only place in the product that may write a `<textarea>`: the framework does not escape its
/// children and renders nothing for its value, so the text is escaped here.
#[component]
pub fn TextArea(
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Name in the form; the id follows from it.
    #[prop(into)]
    name: String,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// More about what is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the text.
    #[prop(optional, into)]
    error: String,
    /// Small print after the label, for example "(optional)".
    #[prop(optional, into)]
    note: String,
    /// How many lines are seen.
    #[prop(default = 5)]
    rows: u32,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Longest text, in UTF-16 units as browsers count; 0 for none.
    #[prop(optional)]
    maxlength: u32,
    /// For source text: letters of equal width, no spelling check.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            {label_line(&name, label, note)}
            {hint_line(&name, hint.clone())}
            {error_line(&name, error.clone())}
            <textarea
                class=if code { "input input-code" } else { "input" }
                id=field_id(&name)
                name=name.clone()
                rows=rows.to_string()
                required=required
                maxlength=(maxlength > 0).then_some(maxlength.to_string())
                spellcheck=code.then_some("false")
                aria-describedby=described_by(&name, &hint, &error)
                aria-invalid=(!error.is_empty()).then_some("true")
                inner_html=content(&value)
            ></textarea>
        </div>
    }
}

/// The text as the content of a `<textarea>`. The parser drops a first line break, so one is put before it.
fn content(text: &str) -> String {
    let lost = if text.starts_with(['\n', '\r']) { "\n" } else { "" };
    format!("{lost}{}", escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::html;

    #[test]
    fn text_stays_text() {
        let shown = html(|| {
            view! { <TextArea label="L" name="n" value="a & b</textarea><script>alert(1)</script>" error="<i>" hint="</p><b>"/> }.into_any()
        });
        assert!(
            shown.contains("a &amp; b&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"),
            "{shown}"
        );
        assert!(!shown.contains("<script") && !shown.contains("<i>") && !shown.contains("<b>"), "{shown}");
        assert_eq!(shown.matches("</textarea>").count(), 1, "{shown}");
    }

    #[test]
    fn a_first_line_break_is_kept() {
        assert_eq!(content("\nx"), "\n\nx");
        assert_eq!(content("x\n"), "x\n");
    }
}
