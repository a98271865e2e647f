use leptos::prelude::*;

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Least first.
    Ascending,
    /// Greatest first.
    Descending,
}

/// Room for a table that may be wider than the screen: it scrolls by itself, by keyboard too.
#[component]
pub fn TableRegion(
    /// What the table shows, for assistive technology.
    #[prop(into)]
    label: String,
    /// `<table class="table">`, with `table-stack` where rows should become blocks on a narrow screen.
    children: Children,
) -> impl IntoView {
    view! { <div class="table-region" role="region" tabindex="0" aria-label=label>{children()}</div> }
}

/// The head of a column that can be sorted by following a link.
#[component]
pub fn SortHeader(
    /// The column's name.
    #[prop(into)]
    label: String,
    /// Address of the list, sorted by this column, or the other way round.
    #[prop(into)]
    href: String,
    /// How it is sorted by this column now, if it is.
    #[prop(optional_no_strip, into)]
    sorted: Option<Sorted>,
    /// A column of numbers.
    #[prop(optional)]
    num: bool,
) -> impl IntoView {
    let sort = sorted.map(|sorted| match sorted {
        Sorted::Ascending => "ascending",
        Sorted::Descending => "descending",
    });
    view! { <th scope="col" class=num.then_some("num") aria-sort=sort><a class="sort" href=href>{label}</a></th> }
}
