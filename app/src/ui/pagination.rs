use leptos::prelude::*;

use super::{Icon, IconName, some};

/// A page of a long list.
#[derive(Clone, Debug)]
pub struct PageLink {
    href: String,
    label: String,
    name: String,
    current: bool,
}

impl PageLink {
    /// A page's address and what is shown for it, usually its number.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), name: String::new(), current: false }
    }

    /// Pages left out.
    pub fn gap() -> Self {
        Self::new("", "…")
    }

    /// Whether it is the page shown.
    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    /// Its name in full, for assistive technology: "Page 2".
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
}

/// The pages of a long list.
#[component]
pub fn Pagination(
    /// Name of this navigation, for assistive technology.
    #[prop(into)]
    label: String,
    /// The pages, with gaps.
    pages: Vec<PageLink>,
    /// One back.
    #[prop(optional_no_strip, into)]
    previous: Option<PageLink>,
    /// One on.
    #[prop(optional_no_strip, into)]
    next: Option<PageLink>,
) -> impl IntoView {
    let pages = pages
        .into_iter()
        .map(|page| {
            if page.href.is_empty() {
                view! { <li><span>{page.label}</span></li> }.into_any()
            } else {
                view! {
                    <li><a href=page.href aria-label=some(page.name) aria-current=page.current.then_some("page")>{page.label}</a></li>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <nav class="pagination" aria-label=label>
            <ul>
                {previous.map(|page| view! { <li><a rel="prev" href=page.href><Icon name=IconName::Left/>{page.label}</a></li> })}
                {pages}
                {next.map(|page| view! { <li><a rel="next" href=page.href>{page.label}<Icon name=IconName::Right/></a></li> })}
            </ul>
        </nav>
    }
}
