//! Removing people who were added by mistake.

use super::edit::looked_after;
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::ids::PersonId;
use leptos::prelude::*;
use store::{Conflict, StoreError};

/// How many people may be removed at once: a page of the list.
pub const REMOVE_MOST: usize = 50;

/// Removes people who never signed in and of whom nothing is known but what they were added with: all of them or nobody.
#[server(prefix = "/do", endpoint = "remove-people")]
pub async fn remove_people(#[server(default)] person: Vec<String>) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let mut people: Vec<PersonId> = vec![];
    for id in person.iter().take(REMOVE_MOST) {
        people.push(looked_after(id).await?.id);
    }
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return refuse("/people", Refused::default().error("person[]", "people-remove-nobody")).await;
    }
    match services.db.remove_people(Some(viewer.subject), people, now()).await {
        Ok(()) => go("/people?done=people-removed"),
        // Somebody arrived between the question and the answer.
        Err(StoreError::Conflict(Conflict::HasHistory)) => {
            return refuse("/people", Refused::default().error("person[]", "people-remove-arrived")).await;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
