use super::escape::escaped;
use leptos::prelude::*;
use leptos_meta::Title;

/// What the browser calls the window. The only place in the product that may set a title: the framework writes it into the
/// page as it stands, so the text is escaped here.
#[component]
pub fn WindowTitle(
    /// What the page is called.
    #[prop(into)]
    page: String,
) -> impl IntoView {
    view! { <Title text=window_title(&page)/> }
}

/// The content of `<title>`, as HTML.
pub(crate) fn window_title(page: &str) -> String {
    escaped(&format!("{page} · Colloquy"))
}

#[cfg(test)]
mod tests {
    use super::window_title;

    #[test]
    fn a_page_cannot_end_its_title() {
        assert_eq!(window_title("</title><body>"), "&lt;/title&gt;&lt;body&gt; · Colloquy");
    }
}
