//! Saving one answer of a quiz while the person goes on reading.

use super::Wire;
use crate::failure::Failure;
use leptos::prelude::*;

/// Stores the answer to one question; `values` are the pairs its form fields hold, and `given` is when it was given, in
/// milliseconds by the server's clock. Answers may overtake each other on the way: the one given last stays.
///
/// # Errors
/// [`Failure::NotFound`] when the attempt is not the caller's, [`Failure::Conflict`] when it was submitted.
#[server(prefix = "/live", endpoint = "answer", input = Wire, output = Wire)]
pub async fn save_answer(
    attempt: String,
    item: String,
    values: Vec<(String, String)>,
    given: i64,
) -> Result<(), Failure> {
    crate::api::quiz::save_in(&attempt, &item, &values, given).await
}
