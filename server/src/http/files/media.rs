//! Pictures, films and captions of a version, for the people who take it and for trainers.

use super::range::{Wanted, wanted};
use super::{refused, viewer};
use crate::http::AppState;
use app::context::Visit;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::course::MediaKind;
use domain::ids::VersionId;
use domain::people::Role;
use std::sync::Arc;

/// Kept by the browser and asked about each time, which costs no bytes while the person may still see it: whoever signed out,
/// or lost access, does not see it any more.
const KEEP: &str = "private, no-cache";
/// A drawing opened by itself may not run, fetch or frame anything.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// Any other file opened by itself.
const FILE_POLICY: &str = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox";

/// Sends a file of a version, whole or in part.
pub async fn media(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((version, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let viewer = viewer(&visit)?;
    let version: VersionId = version.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let db = &state.services.db;
    if !viewer.roles.has_any(&[Role::Trainer, Role::Admin]) {
        let package = state.services.packages.get(db, version).await.map_err(refused)?;
        let taken = db.enrolment(viewer.person, &package.id).await.map_err(refused)?;
        if taken.is_none_or(|taken| taken.version != version) {
            return Err(StatusCode::NOT_FOUND);
        }
    }
    let kind = MediaKind::of_path(&path).ok_or(StatusCode::NOT_FOUND)?;
    // A course's sources lie among its files: whoever knows the hash of a quiz still does not get it.
    let found = db.media_type(version, &path).await.map_err(refused)?;
    if found.is_none_or(|found| found != kind.media_type()) {
        return Err(StatusCode::NOT_FOUND);
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // The name is the hash of the content.
    let tag = format!("\"{}\"", path.split('.').next().unwrap_or_default());
    let known = text(header::IF_NONE_MATCH).is_some_and(|list| list.split(',').any(|one| one.trim() == tag));
    if known {
        return Ok(answer(vec![], kind.media_type(), &tag, known, None));
    }
    let file = db.media(version, &path).await.map_err(refused)?.ok_or(StatusCode::NOT_FOUND)?;
    // A part is only of use to whoever has the rest of the same file.
    let fresh = text(header::IF_RANGE).is_none_or(|value| value == tag);
    let asked = if fresh { text(header::RANGE) } else { None };
    Ok(answer(file.bytes, &file.media_type, &tag, known, asked))
}

fn answer(bytes: Vec<u8>, media_type: &str, tag: &str, known: bool, asked: Option<&str>) -> Response {
    let bytes = Bytes::from(bytes);
    let size = bytes.len();
    let (status, body, range) = match wanted(asked, size) {
        _ if known => (StatusCode::NOT_MODIFIED, Bytes::new(), None),
        Wanted::Whole => (StatusCode::OK, bytes, None),
        Wanted::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{size}"))),
        Wanted::Part(part) => {
            let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, bytes.slice(part), Some(range))
        }
    };
    let policy = if media_type.starts_with("image/svg") { DRAWING_POLICY } else { FILE_POLICY };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let out = response.headers_mut();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, media_type);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::CONTENT_SECURITY_POLICY, policy);
    put(header::CACHE_CONTROL, KEEP);
    put(header::ETAG, tag);
    put(header::ACCEPT_RANGES, "bytes");
    if let Some(range) = range {
        put(header::CONTENT_RANGE, &range);
    }
    response
}
