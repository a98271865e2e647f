use leptos::prelude::*;

/// To the previous and the next activity of a course. A side without an address is left out.
#[component]
pub fn Pager(
    /// Name of this navigation, for assistive technology.
    #[prop(into)]
    label: String,
    /// The word for previous.
    #[prop(optional, into)]
    previous_label: String,
    /// Address of the previous one.
    #[prop(optional, into)]
    previous_href: String,
    /// Its title.
    #[prop(optional, into)]
    previous_title: String,
    /// The word for next.
    #[prop(optional, into)]
    next_label: String,
    /// Address of the next one.
    #[prop(optional, into)]
    next_href: String,
    /// Its title.
    #[prop(optional, into)]
    next_title: String,
) -> impl IntoView {
    let link = |class: &'static str, rel: &'static str, href: String, label: String, title: String| {
        (!href.is_empty()).then(|| view! { <a class=class rel=rel href=href><span>{label}</span>" "{title}</a> })
    };
    view! {
        <nav class="pager" aria-label=label>
            {link("pager-link", "prev", previous_href, previous_label, previous_title)}
            {link("pager-link pager-next", "next", next_href, next_label, next_title)}
        </nav>
    }
}
