use leptos::prelude::*;

use super::{Icon, IconName};

/// A heading of a level that the page decides: 1, 2, 3, else 4.
pub(crate) fn heading(level: u8, class: &'static str, inner: AnyView) -> AnyView {
    match level {
        1 => view! { <h1 class=class>{inner}</h1> }.into_any(),
        2 => view! { <h2 class=class>{inner}</h2> }.into_any(),
        3 => view! { <h3 class=class>{inner}</h3> }.into_any(),
        _ => view! { <h4 class=class>{inner}</h4> }.into_any(),
    }
}

/// A sheet of paper on the page. With an address the whole card is the link.
#[component]
pub fn Card(
    /// Its heading.
    #[prop(optional, into)]
    title: String,
    /// Where the whole card leads; needs a title.
    #[prop(optional, into)]
    href: String,
    /// Level of the heading.
    #[prop(default = 2)]
    level: u8,
    /// In the accent's tint instead of paper.
    #[prop(optional)]
    tint: bool,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    let class = match (tint, href.is_empty()) {
        (true, _) => "card card-tint card-flat",
        (false, true) => "card",
        (false, false) => "card card-link",
    };
    let title = (!title.is_empty()).then(|| {
        let inner = if href.is_empty() { title.into_any() } else { view! { <a href=href>{title}</a> }.into_any() };
        heading(level, "card-title", inner)
    });
    view! { <section class=class>{title}{children()}</section> }
}

/// Nothing here yet: says so, and what to do about it.
#[component]
pub fn EmptyState(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// Why, or what to do.
    #[prop(optional, into)]
    text: String,
    /// A sign above it.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// Level of the heading.
    #[prop(default = 2)]
    level: u8,
    /// A button that leads on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon.map(|name| view! { <Icon name/> })}
            {heading(level, "", title.into_any())}
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
