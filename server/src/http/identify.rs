//! Who asks, in which language, from where: found out once for each request.

use super::address;
use app::context::{Nonce, Refused, Services, Theme, Viewer, Visit, flash_owner, form_value, person_owner};
use app::failure::Failure;
use app::session;
use app::text::Language;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use domain::ids::FlashId;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What the layer needs.
#[derive(Clone)]
pub struct Identify {
    /// The server's services.
    pub services: Arc<Services>,
    /// Proxies whose forwarded headers are believed.
    pub trusted_proxies: Arc<[IpAddr]>,
}

/// Nobody knows who asks: the database did not answer. That is not to be signed out.
#[derive(Clone, Copy)]
pub struct Unidentified(pub Failure);

/// Puts the [`Visit`] into the request, and [`Unidentified`] when it could not be found out who asks.
pub async fn identify(State(state): State<Identify>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let needless = path.starts_with("/assets/") || path == "/healthz" || path == "/readyz";
    if needless {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let (visit, unidentified) = visit(&state, &parts).await;
    parts.extensions.insert(Arc::new(visit));
    if let Some(unidentified) = unidentified {
        parts.extensions.insert(unidentified);
    }
    next.run(Request::from_parts(parts, body)).await
}

async fn visit(state: &Identify, request: &Parts) -> (Visit, Option<Unidentified>) {
    let headers = &request.headers;
    let services = &state.services;
    let query = request.uri.query().unwrap_or_default().to_owned();
    let cookie_name = session::cookie_name(services.site.https);
    let found = match cookie(headers, cookie_name) {
        Some(token) => viewer(services, &token).await,
        None => Ok(None),
    };
    let (viewer, unidentified) = match found {
        Ok(viewer) => (viewer, None),
        Err(failure) => (None, Some(Unidentified(failure))),
    };
    let refused = match form_value(&query, "form").and_then(|id| id.parse::<FlashId>().ok()) {
        Some(id) => refused(services, id, viewer.as_deref()).await,
        None => Arc::default(),
    };
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let nonce = request.extensions.get::<Nonce>().cloned();
    let visit = Visit {
        language: Language::choose(text(header::ACCEPT_LANGUAGE)),
        theme: cookie(headers, "theme").map_or(Theme::Device, |name| Theme::from_name(&name)),
        path: request.uri.path().to_owned(),
        query,
        refused,
        nonce: nonce.unwrap_or_else(|| Nonce("".into())),
        address: address::counted(address::client(peer, headers, &state.trusted_proxies)),
        browser: session::browser(text(header::USER_AGENT)),
        known_browser: cookie(headers, session::browser_cookie_name(services.site.https)).filter(|it| !it.is_empty()),
        viewer,
    };
    (visit, unidentified)
}

async fn viewer(services: &Services, token: &str) -> Result<Option<Arc<Viewer>>, Failure> {
    let now = services.clock.now();
    Ok(session::viewer(&services.db, token, now).await?.map(Arc::new))
}

async fn refused(services: &Services, id: FlashId, viewer: Option<&Viewer>) -> Arc<Refused> {
    // What was refused belongs to the session, what came after a session had ended to the person.
    let owners = [viewer.map(flash_owner), viewer.map(|viewer| person_owner(viewer.person))];
    for owner in owners {
        match services.db.flash(id, owner, services.clock.now()).await {
            Ok(Some(body)) => return serde_json::from_str(&body).map(Arc::new).unwrap_or_default(),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "refused input could not be read"),
        }
    }
    Arc::default()
}

/// The value of a cookie.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
}
