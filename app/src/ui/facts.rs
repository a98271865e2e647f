use leptos::prelude::*;

/// One line of `Facts`.
pub fn fact(label: impl Into<String>, value: impl IntoAny) -> (String, AnyView) {
    (label.into(), value.into_any())
}

/// Names and values beside each other.
#[component]
pub fn Facts(
    /// The lines, made with [`fact`].
    items: Vec<(String, AnyView)>,
) -> impl IntoView {
    let items = items.into_iter().map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> }).collect_view();
    view! { <dl class="facts">{items}</dl> }
}
