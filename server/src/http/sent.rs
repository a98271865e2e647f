//! What a form sent is held while it is worked on: when it cannot be saved, the page that says so still has it.

use super::FORM_LIMIT;
use app::Unsaved;
use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::sync::Arc;
use std::time::Duration;

/// How a form is written.
enum Kind {
    /// `name=value&…`, the way of every form without a file.
    Plain,
    /// In parts, one of which may be a file.
    Parts(HeaderValue),
}

/// Reads a form whole, within `patience`, and leaves what was typed with the response when the server failed. A form with
/// a large file passes through unread: the file is still where it was chosen.
pub async fn hold(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    let Some(kind) = kind(&request) else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let action = parts.uri.path_and_query().map_or("/", |found| found.as_str()).to_owned();
    let mut unread = Request::new(body);
    DefaultBodyLimit::max(FORM_LIMIT).apply(&mut unread);
    let bytes = match tokio::time::timeout(patience, Bytes::from_request(unread, &())).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(rejection)) => return rejection.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let mut response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    if response.status().is_server_error() {
        let unsaved = match kind {
            Kind::Plain => Some(Unsaved::plain(&action, &String::from_utf8_lossy(&bytes))),
            Kind::Parts(kind) => typed(kind, bytes).await.map(|fields| Unsaved::in_parts(&action, fields)),
        };
        if let Some(unsaved) = unsaved {
            response.extensions_mut().insert(Arc::new(unsaved));
        }
    }
    response
}

/// How the form of a request is written, if it is one that can be held.
fn kind(request: &Request) -> Option<Kind> {
    let kind = request.headers().get(header::CONTENT_TYPE).filter(|_| request.method() == Method::POST)?;
    if kind.as_bytes().starts_with(b"application/x-www-form-urlencoded") {
        return Some(Kind::Plain);
    }
    let length = length(request.headers()).or(request.body().size_hint().upper())?;
    let small = usize::try_from(length).is_ok_and(|length| length <= FORM_LIMIT);
    (small && kind.as_bytes().starts_with(b"multipart/form-data")).then(|| Kind::Parts(kind.clone()))
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The fields of a form in parts that are not files; none when nothing was typed into them.
async fn typed(kind: HeaderValue, bytes: Bytes) -> Option<Vec<(String, String)>> {
    let mut request = Request::new(Body::from(bytes));
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut fields = vec![];
    while let Some(field) = form.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        if field.file_name().is_none() {
            fields.push((name, field.text().await.ok()?));
        }
    }
    fields.iter().any(|(_, value)| !value.trim().is_empty()).then_some(fields)
}
