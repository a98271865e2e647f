//! A course arrives as an archive from a plain form. Clean, it becomes the draft; else its page says what to mend.

use super::AppState;
use crate::course_files::{FilesError, read_zip};
use app::apart::COURSES;
use app::context::{Refused, Services, Viewer, Visit, flash_owner};
use app::failure::Failure;
use app::pages::authoring::{Findings, KEPT, UPLOAD_PAGE};
use axum::{
    Extension,
    body::Bytes,
    extract::{Multipart, State, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::course::{self, Files, Loaded};
use domain::time::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The most an upload may send; what is inside has limits of its own.
pub const MOST: usize = 64 * 1024 * 1024;

/// How many archives are received or wait to be read at once: they lie in memory.
static ROOM: Semaphore = Semaphore::const_new(3);

/// What was sent.
struct Sent {
    name: String,
    bytes: Bytes,
}

/// Why an upload went no further than its form, as a key of the catalogue.
#[derive(Clone, Copy)]
enum Unfit {
    Nothing,
    TooLarge,
    NotAZip,
}

impl Unfit {
    fn key(self) -> &'static str {
        match self {
            Self::Nothing => "upload-nothing",
            Self::TooLarge => "upload-too-large",
            Self::NotAZip => "upload-not-a-zip",
        }
    }
}

/// Takes an upload.
pub async fn take(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
    form: Multipart,
) -> Result<Response, StatusCode> {
    // The gate let nobody else through, yet nothing here depends on it.
    let viewer = visit.viewer.clone().ok_or(StatusCode::UNAUTHORIZED)?;
    let services = &state.services;
    let _room = ROOM.acquire().await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let to = match receive(form).await {
        Ok(sent) => checked(services, &viewer, sent).await,
        Err(unfit) => back(services, &viewer, unfit).await,
    };
    // A failure as the status that says the same; the layer around makes a page of it.
    to.map(|to| Redirect::to(&to).into_response())
        .map_err(|failure| StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn receive(mut form: Multipart) -> Result<Sent, Unfit> {
    let unfit = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Unfit::TooLarge,
        _ => Unfit::Nothing,
    };
    while let Some(field) = form.next_field().await.map_err(unfit)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(unfit)?;
            return if bytes.is_empty() { Err(Unfit::Nothing) } else { Ok(Sent { name, bytes }) };
        }
    }
    Err(Unfit::Nothing)
}

/// Unpacks and checks on a thread that nobody waits on. The address to go on to.
async fn checked(services: &Services, viewer: &Viewer, sent: Sent) -> Result<String, Failure> {
    let Sent { name, bytes } = sent;
    let loaded = match COURSES.work(move || read_zip(&bytes).map(|files| course::load(&files))).await? {
        Ok(loaded) => loaded,
        Err(error) => match error.finding() {
            Some(found) => Loaded { package: None, diagnostics: vec![found], canonical: Files::new() },
            None => {
                if !matches!(error, FilesError::NotAZip(_) | FilesError::Io { .. }) {
                    tracing::warn!(%error, "an upload could not be read");
                }
                return back(services, viewer, Unfit::NotAZip).await;
            }
        },
    };
    let Some(package) = loaded.package else {
        let findings = Findings::of(&loaded.diagnostics, name, loaded.canonical.len());
        let id = keep(services, viewer, &findings, KEPT).await?;
        return Ok(format!("{UPLOAD_PAGE}?check={id}"));
    };
    let (now, by) = (services.clock.now(), Some(viewer.subject));
    let version = services.db.import_draft(by, &package, &loaded.canonical, now, &*services.entropy).await?;
    Ok(format!("/authoring/{}/{version}?done=uploaded", package.id))
}

/// Back to the form, which says why.
async fn back(services: &Services, viewer: &Viewer, unfit: Unfit) -> Result<String, Failure> {
    let refused = Refused::default().error("file", unfit.key());
    let id = keep(services, viewer, &refused, 15 * Timestamp::MINUTE).await?;
    Ok(format!("{UPLOAD_PAGE}?form={id}"))
}

/// Keeps something for the next page; only the browser that sent it sees it.
pub(super) async fn keep(
    services: &Services,
    viewer: &Viewer,
    what: &impl Serialize,
    lasts: i64,
) -> Result<String, Failure> {
    let body = serde_json::to_string(what).map_err(|_| Failure::Internal)?;
    let now = services.clock.now();
    let owner = Some(flash_owner(viewer));
    let id = services.db.put_flash(owner, body, now.plus(lasts), now, &*services.entropy).await?;
    Ok(id.to_string())
}
