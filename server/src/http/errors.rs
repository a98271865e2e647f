//! What a person sees when something did not work: a page, never a bare status or the driver's words.

use super::{AppState, gate::wants_page, legible::legible};
use app::Unsaved;
use app::context::Visit;
use app::failure::Failure;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// The mark of a server function that failed.
const FAILED: &str = "serverfnerror";
/// A failure is one word; more than this is not one.
const MOST: usize = 4096;

/// Marks a form's request whose answer a browser shows, since what it says it accepts is replaced.
#[derive(Debug, Clone, Copy)]
pub struct ForPage;

/// Turns failures into statuses, and statuses into pages for browsers.
///
/// Server functions would answer a plain form with a redirect to where it came from and the error's text in the
/// address. They are therefore asked as a program would ask them, and their answer is turned into a page here.
pub async fn as_pages(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let visit = request.extensions().get::<Arc<Visit>>().cloned();
    let action = request.method() == Method::POST;
    if action {
        if page {
            request.extensions_mut().insert(ForPage);
        }
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    }
    let mut response = next.run(request).await;
    if response.headers().contains_key(FAILED) {
        let (mut parts, body) = response.into_parts();
        let bytes = to_bytes(body, MOST).await.unwrap_or_default();
        let failure = serde_json::from_slice(&bytes).unwrap_or(Failure::Internal);
        parts.status = StatusCode::from_u16(failure.status()).unwrap_or_default();
        response = Response::from_parts(parts, Body::from(bytes));
    }
    let status = response.status();
    if status == StatusCode::UNAUTHORIZED && page {
        return Redirect::to("/sign-in").into_response();
    }
    let broken = status.is_client_error() || status.is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (html, json) = (kind.starts_with("text/html"), kind.starts_with("application/json"));
    match visit {
        Some(visit) if broken && page && !html => {
            let unsaved = response.extensions_mut().remove::<Arc<Unsaved>>().filter(|_| status.is_server_error());
            let unsaved = unsaved.map(Arc::unwrap_or_clone);
            let body = app::error_page(Arc::clone(&state.services), Visit::clone(&visit), status.as_u16(), unsaved);
            let body = legible(Bytes::from(body));
            let mut shown = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
            if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
                shown.headers_mut().insert(header::ALLOW, allow);
            }
            shown
        }
        _ if html => whole(response, document).await,
        _ if json => whole(response, |answer| answer).await,
        _ => response,
    }
}

/// An answer in one piece, after a last look at its characters.
async fn whole(response: Response, cut: fn(Bytes) -> Bytes) -> Response {
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(legible(cut(bytes)))),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The document without what the renderer appends to it (empty lists for streaming, which pages that are rendered whole
/// never use), so that a page without islands carries no script at all.
fn document(mut bytes: Bytes) -> Bytes {
    const END: &[u8] = b"</html>";
    if let Some(end) = bytes.windows(END.len()).rposition(|window| window == END) {
        bytes.truncate(end + END.len());
    }
    bytes
}
