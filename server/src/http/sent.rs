//! What a plain form sent is held while it is worked on: when it cannot be saved, the page that says so still has it.

use super::FORM_LIMIT;
use app::Unsaved;
use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest as _, Request, State},
    http::{Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::sync::Arc;
use std::time::Duration;

/// Reads a plain form whole, within `patience`, and leaves it with the response when the server failed.
pub async fn hold(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    let kind = request.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes());
    let form = kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"));
    if request.method() != Method::POST || !form {
        return next.run(request).await;
    }
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
        let unsaved = Unsaved::read(&action, &String::from_utf8_lossy(&bytes));
        response.extensions_mut().insert(Arc::new(unsaved));
    }
    response
}
