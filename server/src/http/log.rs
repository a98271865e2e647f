//! One line for each request: what was asked, what came of it, how long it took. Paths are logged as the router spells
//! them, since the real ones can hold one-time tokens; nothing about people is logged.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use domain::time::{Clock as _, Entropy as _};
use tracing::Instrument as _;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id, which the response carries too, and logs how it went.
pub async fn each_request(request: Request, next: Next) -> Response {
    let id = format!("{:016x}", crate::clock::SystemEntropy.number());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "-".to_owned());
    let start = crate::clock::SystemClock.now();
    let span = tracing::info_span!("request", id = %id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = crate::clock::SystemClock.now().since(start);
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(%method, route, status, milliseconds, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
