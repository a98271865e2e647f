//! People as HR and admins look after them.

pub mod choices;
mod edit;
mod link;
mod list;
mod new;
mod remove;
mod roster;
mod sheet;

pub use edit::Edit;
pub use link::Link;
pub use list::List;
pub use new::New;
pub use remove::Remove;
pub use sheet::Sheet;

use crate::t;
use crate::ui::{Badge, BadgeKind, ErrorSummary, FieldError};
use domain::ids::PersonId;
use leptos::prelude::*;
use store::{Person, PersonState};

/// The state of a person in words.
#[must_use]
pub fn state_words(state: PersonState) -> String {
    match state {
        PersonState::Invited => t!("person-state-invited"),
        PersonState::Active => t!("person-state-active"),
        PersonState::Disabled => t!("person-state-disabled"),
        PersonState::Erased => t!("person-state-erased"),
    }
}

/// The state of a person as a badge.
#[component]
pub fn StateBadge(
    /// The state.
    state: PersonState,
) -> impl IntoView {
    let kind = match state {
        PersonState::Invited => BadgeKind::DueSoon,
        PersonState::Active => BadgeKind::Live,
        PersonState::Disabled | PersonState::Erased => BadgeKind::NotStarted,
    };
    view! { <Badge label=state_words(state) kind=kind/> }
}

/// The address of the question whether a person is to be removed.
#[must_use]
fn remove_address(person: PersonId) -> String {
    format!("/people/remove?person%5B%5D={person}")
}

/// The logins of a person, one after the other.
#[must_use]
pub fn logins(person: &Person) -> String {
    let email = person.email.as_ref().map(ToString::to_string);
    let number = person.number.as_ref().map(ToString::to_string);
    email.into_iter().chain(number).collect::<Vec<_>>().join(" · ")
}

/// The summary of a refused form; `fields` in the order of the form.
#[must_use]
pub fn summary(fields: &[&str]) -> AnyView {
    let errors: Vec<FieldError> = super::entry::problems(fields);
    view! { <ErrorSummary title=t!("form-problem") errors=errors/> }.into_any()
}
