//! The gate: asks the table of endpoints before anything else runs. What has no row is refused.

use super::errors::ForPage;
use super::files::refused;
use super::identify::Unidentified;
use super::unsent;
use app::access::{self, Access};
use app::context::{Services, Visit, encode};
use app::failure::Failure;
use axum::{
    RequestExt as _,
    body::HttpBody as _,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Json, Redirect, Response},
};
use std::sync::Arc;

/// Whether the caller is a browser that would show a page.
#[must_use]
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The most a stranger may send: the longest password, its form and a way back are half of it.
const STRANGERS_LIMIT: usize = 8 * 1024;

/// Lets a stranger through with little to say.
async fn admit_stranger(mut request: Request, next: Next) -> Response {
    if request.body().size_hint().lower() > STRANGERS_LIMIT as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    DefaultBodyLimit::max(STRANGERS_LIMIT).apply(&mut request);
    next.run(request.with_limited_body()).await
}

/// Lets through whom the table admits.
pub async fn admit(State(services): State<Arc<Services>>, request: Request, next: Next) -> Response {
    let Some(matched) = request.extensions().get::<MatchedPath>().cloned() else {
        return next.run(request).await;
    };
    let Some(endpoint) = access::endpoint(request.method(), matched.as_str()) else {
        let allowed = access::methods(matched.as_str());
        if !allowed.is_empty() {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allowed.join(", "))]).into_response();
        }
        tracing::error!(path = matched.as_str(), "an endpoint without a row in the table of access");
        return StatusCode::FORBIDDEN.into_response();
    };
    if let Some(Unidentified(failure)) = request.extensions().get() {
        return refused(*failure).into_response();
    }
    let viewer = request.extensions().get::<Arc<Visit>>().and_then(|visit| visit.viewer.clone());
    if endpoint.access == Access::Anyone {
        return if viewer.is_some() { next.run(request).await } else { admit_stranger(request, next).await };
    }
    let roles = viewer.as_ref().map(|viewer| viewer.roles);
    if endpoint.access.admits(roles) {
        return next.run(request).await;
    }
    if viewer.is_some() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let page = wants_page(request.headers()) || request.extensions().get::<ForPage>().is_some();
    if !page {
        // An island reads it as the failure of its call.
        return (StatusCode::UNAUTHORIZED, Json(Failure::SignedOut)).into_response();
    }
    if request.method() == Method::POST {
        return unsent::keep(&services, request).await;
    }
    let wish = request.uri().path_and_query().map_or("/", |found| found.as_str());
    if wish == "/" {
        return Redirect::to("/sign-in").into_response();
    }
    let out = if unsent::has_ended(&services, request.headers()) { "&out=over" } else { "" };
    Redirect::to(&format!("/sign-in?next={}{out}", encode(wish))).into_response()
}
