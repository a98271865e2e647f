use leptos::prelude::*;

use super::some;

/// The head of a page: its one `h1`, what it belongs to, what it is about, and what can be done.
#[component]
pub fn PageHeader(
    /// The page's name.
    #[prop(into)]
    title: String,
    /// What it belongs to, above the name.
    #[prop(optional, into)]
    kicker: String,
    /// One or two sentences under the name.
    #[prop(optional, into)]
    lead: String,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-header">
            <div class="page-header-text">
                {some(kicker).map(|kicker| view! { <p class="kicker">{kicker}</p> })}
                <h1>{title}</h1>
                {some(lead).map(|lead| view! { <p class="lead">{lead}</p> })}
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
