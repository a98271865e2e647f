use leptos::prelude::*;

/// What a badge says about its thing; decides sign and colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeKind {
    /// A word without a state.
    #[default]
    Plain,
    /// Nothing has been done yet.
    NotStarted,
    /// Begun, not finished.
    InProgress,
    /// Finished.
    Done,
    /// The due day has passed.
    Overdue,
    /// The due day is near.
    DueSoon,
    /// Not published.
    Draft,
    /// What learners get now.
    Live,
}

impl BadgeKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "badge badge-plain",
            Self::NotStarted => "badge badge-not-started",
            Self::InProgress => "badge badge-in-progress",
            Self::Done => "badge badge-done",
            Self::Overdue => "badge badge-overdue",
            Self::DueSoon => "badge badge-due-soon",
            Self::Draft => "badge badge-draft",
            Self::Live => "badge badge-live",
        }
    }
}

/// A state in one or two words. The words say it; sign and colour only repeat it.
#[component]
pub fn Badge(
    /// The words.
    #[prop(into)]
    label: String,
    /// Which state.
    #[prop(optional)]
    kind: BadgeKind,
) -> impl IntoView {
    view! { <span class=kind.class()>{label}</span> }
}
