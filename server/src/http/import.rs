//! A story from elsewhere arrives from a plain form. Nothing of it is stored but the page that shows its draft, for a day.

use super::AppState;
use super::files::{attachment, refused};
use super::upload::keep;
use app::apart::COURSES;
use app::context::{Refused, Services, Viewer, Visit, flash_owner};
use app::failure::Failure;
use app::pages::authoring::{Converted, IMPORT_PAGE, Unfit};
use axum::{
    Extension,
    body::Bytes,
    extract::{Multipart, Query, State, multipart::MultipartError},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::ids::FlashId;
use domain::time::Timestamp;
use serde::Deserialize;
use std::sync::Arc;

/// The most a form may send: a story of the greatest size that is read, and what stands around it.
pub const MOST: usize = (4 << 20) + 64 * 1024;

/// How much of a refused text is kept for its field.
const TYPED: usize = 64 * 1024;

/// What was sent.
#[derive(Default)]
struct Sent {
    name: String,
    file: Bytes,
    text: String,
}

/// Takes a story.
pub async fn take(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
    form: Multipart,
) -> Result<Response, StatusCode> {
    // The gate let nobody else through, yet nothing here depends on it.
    let viewer = visit.viewer.clone().ok_or(StatusCode::UNAUTHORIZED)?;
    let to = answer(&state.services, &viewer, receive(form).await).await.map_err(refused)?;
    Ok(Redirect::to(&to).into_response())
}

/// Sends the draft that was made of a story, as a file.
pub async fn download(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
    Query(asked): Query<Asked>,
) -> Result<Response, StatusCode> {
    let viewer = visit.viewer.clone().ok_or(StatusCode::UNAUTHORIZED)?;
    let id: FlashId = asked.story.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let services = &state.services;
    let kept = services.db.flash(id, Some(flash_owner(&viewer)), services.clock.now()).await.map_err(refused)?;
    let converted = kept.and_then(|body| Converted::kept(&body)).ok_or(StatusCode::NOT_FOUND)?;
    let draft = converted.draft().ok_or(StatusCode::NOT_FOUND)?.to_owned();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CONTENT_DISPOSITION, attachment(converted.name())),
    ];
    Ok((headers, draft).into_response())
}

/// Which draft is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    story: String,
}

/// The fields of the form.
async fn receive(mut form: Multipart) -> Result<Sent, Unfit> {
    let unfit = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Unfit::TooLarge,
        _ => Unfit::Nothing,
    };
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(unfit)? {
        match field.name() {
            Some("file") => {
                field.file_name().unwrap_or_default().clone_into(&mut sent.name);
                sent.file = field.bytes().await.map_err(unfit)?;
            }
            Some("text") => {
                let bytes = field.bytes().await.map_err(unfit)?;
                sent.text = String::from_utf8_lossy(&bytes).into_owned();
            }
            _ => {}
        }
    }
    Ok(sent)
}

/// The address to go on to: the page of the draft, or the form, which says why there is none.
async fn answer(services: &Services, viewer: &Viewer, sent: Result<Sent, Unfit>) -> Result<String, Failure> {
    let sent = match sent {
        Ok(sent) => sent,
        Err(unfit) => return back(services, viewer, "file", unfit, "").await,
    };
    // A file that was chosen is what is meant, whatever stands in the other field.
    let field = if sent.file.is_empty() && !sent.text.trim().is_empty() { "text" } else { "file" };
    let typed = sent.text.clone();
    let work = move || match field {
        "text" => Converted::of(sent.text.as_bytes(), ""),
        _ => Converted::of(&sent.file, &sent.name),
    };
    let converted = COURSES.work(work).await?;
    match converted {
        Ok(converted) => {
            let id = keep(services, viewer, &converted, Timestamp::DAY).await?;
            Ok(format!("{IMPORT_PAGE}?story={id}"))
        }
        Err(unfit) => back(services, viewer, field, unfit, &typed).await,
    }
}

/// Back to the form, with what was pasted.
async fn back(services: &Services, viewer: &Viewer, field: &str, unfit: Unfit, typed: &str) -> Result<String, Failure> {
    let mut refused = Refused::default().error(field, unfit.key());
    if typed.len() <= TYPED {
        refused = refused.value("text", typed);
    }
    let id = keep(services, viewer, &refused, 15 * Timestamp::MINUTE).await?;
    Ok(format!("{IMPORT_PAGE}?form={id}"))
}
