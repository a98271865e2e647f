use leptos::prelude::*;

use super::some;

/// One of several views of the same thing.
#[derive(Clone, Debug)]
pub struct Tab {
    href: String,
    label: String,
    count: String,
    current: bool,
}

impl Tab {
    /// A view's address and name.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), count: String::new(), current: false }
    }

    /// Whether it is the view shown.
    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    /// How many things it has, as written for the reader.
    #[must_use]
    pub fn count(mut self, count: impl Into<String>) -> Self {
        self.count = count.into();
        self
    }
}

/// Views as links: each has an address of its own.
#[component]
pub fn Tabs(
    /// Name of this navigation, for assistive technology.
    #[prop(into)]
    label: String,
    /// The views.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=tab.current.then_some("page")>
                        {tab.label}
                        {some(tab.count).map(|count| view! { " " <span class="count">{count}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{tabs}</ul></nav> }
}
