//! The built style, script and pictures, inside the binary and compressed when it was built.

use app::context::AssetPaths;
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One file of the front end.
#[derive(Debug)]
pub struct Asset {
    /// The name pages ask for, such as `main.css`.
    pub name: &'static str,
    /// Its address, which holds a hash of its content.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// The file as it is.
    pub raw: &'static [u8],
    /// Compressed with Brotli.
    pub brotli: &'static [u8],
    /// Compressed with gzip.
    pub gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

static BY_PATH: LazyLock<HashMap<&'static str, &'static Asset>> =
    LazyLock::new(|| ASSETS.iter().map(|asset| (asset.path, asset)).collect());

/// Where the pages find each asset.
#[must_use]
pub fn paths() -> AssetPaths {
    AssetPaths(ASSETS.iter().map(|asset| (asset.name, asset.path)).collect())
}

/// Answers a request for an asset in the best encoding the browser takes; to be kept for ever.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = BY_PATH.get(format!("/assets/{file}").as_str()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let takes = |coding: &str| {
        accepted.is_some_and(|list| {
            list.split(',').any(|part| {
                let mut words = part.split(';').map(str::trim);
                words.next() == Some(coding) && words.next() != Some("q=0")
            })
        })
    };
    let (body, coding) = if takes("br") && !asset.brotli.is_empty() {
        (asset.brotli, Some("br"))
    } else if takes("gzip") && !asset.gzip.is_empty() {
        (asset.gzip, Some("gzip"))
    } else {
        (asset.raw, None)
    };
    let mut response = Response::new(Body::from(body));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// The icon that browsers ask for unbidden.
pub async fn favicon() -> Response {
    let icon = ASSETS.iter().find(|asset| asset.name == "favicon.svg");
    match icon {
        Some(icon) => {
            let kind = [(header::CONTENT_TYPE, icon.content_type), (header::CACHE_CONTROL, "public, max-age=86400")];
            (kind, icon.raw).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
