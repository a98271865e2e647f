//! A version of a course as an archive of its folder.

use super::{attachment, refused};
use crate::course_files::write_zip;
use crate::http::AppState;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::ids::VersionId;
use domain::slug::Slug;

/// Sends the archive.
pub async fn course_zip(
    State(state): State<AppState>,
    Path((slug, version)): Path<(String, String)>,
) -> Result<Response, StatusCode> {
    let slug: Slug = slug.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let version: VersionId = version.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let db = &state.services.db;
    let about = db.version(version).await.map_err(refused)?;
    if about.slug != slug {
        return Err(StatusCode::NOT_FOUND);
    }
    let files = db.version_files(version).await.map_err(refused)?;
    // Packing is work for a thread that nobody waits on.
    let packed = tokio::task::spawn_blocking(move || write_zip(&files)).await;
    let bytes = packed.ok().and_then(Result::ok).ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    let name = match about.number {
        Some(number) => format!("{slug}-{number}.zip"),
        None => format!("{slug}-draft.zip"),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok((headers, bytes).into_response())
}
