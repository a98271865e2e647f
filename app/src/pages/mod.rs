//! The pages, one file for each noun.

pub mod account;
pub mod acknowledgement;
pub mod activity;
pub mod assign;
pub mod authored;
pub mod authoring;
pub mod conversation;
pub mod course;
pub mod courses;
pub mod debrief;
pub mod entry;
pub mod errors;
pub mod example;
pub mod gap;
pub mod groups;
pub mod history;
pub mod home;
pub mod lesson;
pub mod opened;
pub mod own_words;
pub mod paging;
pub mod people;
pub mod proof;
pub mod quiz;
pub mod quiz_result;
pub mod recorded;
pub mod remark;
pub mod result;
pub mod ruling;
pub mod site;
pub mod tracking;
pub mod unsaved;

use crate::context::visit;
use crate::failure::Failure;
use leptos::prelude::*;
use std::future::Future;

/// Renders a page once its data is there; a failure becomes the page that says so, with its status.
pub fn page<F>(content: F) -> impl IntoView
where
    F: Future<Output = Result<AnyView, Failure>> + Send + 'static,
{
    Suspend::new(async move {
        match content.await {
            Ok(view) => view,
            Err(failure) => errors::page(failure.status()),
        }
    })
}

/// A parameter of the address, such as the slug in `/courses/:slug`.
///
/// # Errors
/// [`Failure::NotFound`] when it is missing or not of the form its type takes.
pub fn param<T: std::str::FromStr>(name: &str) -> Result<T, Failure> {
    use leptos_router::hooks::use_params_map;
    let text = use_params_map().with_untracked(|params| params.get(name)).ok_or(Failure::NotFound)?;
    text.parse().map_err(|_| Failure::NotFound)
}

/// One value of the query, parsed.
#[must_use]
pub fn query<T: std::str::FromStr>(name: &str) -> Option<T> {
    visit().query(name)?.parse().ok()
}
