//! A version of a course as an archive of its folder.

use super::{attachment, refused};
use crate::course_files::write_zip;
use crate::http::AppState;
use app::apart::COURSES;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::slug::Slug;
use store::VersionListed;

/// Whether an address means this version: `draft`, the number of a published one, or its identifier.
fn names(text: &str, version: &VersionListed) -> bool {
    match version.number {
        Some(number) if text == number.to_string() => true,
        None if text == "draft" => true,
        _ => text == version.id.to_string(),
    }
}

/// Sends the archive.
pub async fn course_zip(
    State(state): State<AppState>,
    Path((slug, version)): Path<(String, String)>,
) -> Result<Response, StatusCode> {
    let slug: Slug = slug.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let db = &state.services.db;
    let course = db.course(&slug).await.map_err(refused)?.ok_or(StatusCode::NOT_FOUND)?;
    let versions = db.versions(course.id).await.map_err(refused)?;
    let about = versions.into_iter().find(|one| names(&version, one)).ok_or(StatusCode::NOT_FOUND)?;
    let files = db.version_files(about.id).await.map_err(refused)?;
    // Packing is work for a thread that nobody waits on.
    let packed = COURSES.work(move || write_zip(&files)).await;
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
