use leptos::prelude::*;

/// One page above this one.
#[derive(Clone, Debug)]
pub struct Crumb {
    href: String,
    label: String,
}

impl Crumb {
    /// A page's address and name.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

/// The way back up: parents only, not the page itself.
#[component]
pub fn Crumbs(
    /// Name of this navigation, for assistive technology.
    #[prop(into)]
    label: String,
    /// From the top down.
    items: Vec<Crumb>,
) -> impl IntoView {
    let items = items.into_iter().map(|item| view! { <li><a href=item.href>{item.label}</a></li> }).collect_view();
    view! { <nav class="crumbs" aria-label=label><ol>{items}</ol></nav> }
}
