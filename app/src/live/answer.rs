//! Saving one answer of a quiz while the person goes on reading.

use crate::failure::Failure;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Stores the answer to one question; `values` are the pairs its form fields hold.
///
/// # Errors
/// [`Failure::NotFound`] when the attempt is not the caller's, [`Failure::Conflict`] when it was submitted.
#[server(prefix = "/live", endpoint = "answer", input = Json, output = Json)]
pub async fn save_answer(attempt: String, item: String, values: Vec<(String, String)>) -> Result<(), Failure> {
    crate::api::quiz::save_in(&attempt, &item, &values).await
}
