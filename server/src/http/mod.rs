//! The web server: which layers a request passes, and which routes there are.

mod address;
pub mod assets;
mod csrf;
mod errors;
mod files;
mod gate;
mod headers;
mod health;
mod identify;
mod import;
mod legible;
mod log;
mod sent;
mod unsent;
mod upload;

use crate::config::Config;
use app::context::{Services, Visit};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::{Extensions, HeaderMap, StatusCode, Version, header::CONTENT_TYPE, request::Parts},
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, generate_route_list};
use std::convert::Infallible;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel, compression::CompressionLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

/// The most a form may send.
const FORM_LIMIT: usize = 256 * 1024;
/// A request that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// An upload may come over a slow line.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(15 * 60);

/// What the routes share.
#[derive(Clone)]
pub struct AppState {
    /// The server's services.
    pub services: Arc<Services>,
    options: LeptosOptions,
    written: Arc<health::Written>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

/// The pages, listed once and before listening: making the list under traffic can hang renders.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));

/// Every page of the router, as axum spells its path.
#[must_use]
pub fn page_paths() -> Vec<String> {
    PAGES.iter().map(|listing| listing.path().to_owned()).collect()
}

/// The whole service.
pub fn router(services: Arc<Services>, config: &Config) -> Router {
    let options = LeptosOptions::builder().output_name("colloquy").build();
    let state = AppState { services: Arc::clone(&services), options, written: Arc::default() };
    let context = {
        let services = Arc::clone(&services);
        move || {
            provide_context(Arc::clone(&services));
            let visit = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arc<Visit>>().cloned());
            if let Some(visit) = visit {
                provide_context(Visit::clone(&visit));
            }
        }
    };
    let identify =
        identify::Identify { services: Arc::clone(&services), trusted_proxies: config.trusted_proxies.clone().into() };
    let trust = headers::Trust { entropy: Arc::clone(&services.entropy), https: config.https };
    let own = config.fixed_origin.then(|| config.public_url.clone().into());
    let same_site = csrf::SameSite { own, services: Arc::clone(&services) };

    let pages = Router::new()
        .leptos_routes_with_context(&state, PAGES.clone(), context, app::shell)
        .route("/media/{version}/{*path}", get(files::media))
        .route("/tracking/export.csv", get(files::csv))
        .route("/tracking/export.xlsx", get(files::xlsx))
        .route("/authoring/{slug}/{version}/export.zip", get(files::course_zip))
        .route("/authoring/import/draft", get(import::download))
        .layer(RequestBodyLimitLayer::new(FORM_LIMIT))
        .layer(timeout(PATIENCE));
    let take_upload =
        post(upload::take).layer::<_, Infallible>(DefaultBodyLimit::max(upload::MOST)).layer(timeout(UPLOAD_PATIENCE));
    let take_import =
        post(import::take).layer::<_, Infallible>(DefaultBodyLimit::max(import::MOST)).layer(timeout(UPLOAD_PATIENCE));
    let inner = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), errors::as_pages))
        .layer(from_fn_with_state(same_site, csrf::same_site_only))
        .layer(from_fn_with_state(config.limits.body, sent::hold))
        .layer(from_fn_with_state(Arc::clone(&services), gate::admit));
    pages
        .route("/authoring/upload", take_upload)
        .route("/authoring/import", take_import)
        .route("/assets/{file}", get(assets::serve))
        .route("/favicon.ico", get(assets::favicon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(inner)
        .layer(from_fn_with_state(identify, identify::identify))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(is_page))
        .layer(from_fn_with_state(trust, headers::secure))
        .layer(from_fn(log::each_request))
        .with_state(state)
}

/// Pages are compressed as they go out. Assets were when they were built, and media may be asked for in parts.
fn is_page(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn timeout(patience: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience)
}
