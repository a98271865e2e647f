//! Requests that change something must come from our own pages.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`; where that header is absent, `Origin` has to name us.
//! No token is needed, and none can leak. See the Fetch Metadata specification, and OWASP's sheet on cross-site
//! request forgery, "Fetch Metadata headers".

use app::context::{Services, Visit};
use app::security::{self, Happening};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// What the layer needs.
#[derive(Clone)]
pub struct SameSite {
    /// The address people reach this site by, when it is configured.
    pub own: Option<Arc<str>>,
    /// The server's services.
    pub services: Arc<Services>,
}

/// Lets safe methods pass, and others only from this site.
pub async fn same_site_only(
    State(state): State<SameSite>,
    request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_here(request.headers(), state.own.as_deref()) {
        return Ok(next.run(request).await);
    }
    if let Some(visit) = request.extensions().get::<Arc<Visit>>().cloned() {
        let subject = visit.viewer.as_ref().map(|viewer| viewer.subject);
        // Refused either way: what cannot be noted is in the log already.
        let _ = security::note(&state.services, Happening::CrossSite, subject, &visit.address).await;
    }
    Err(StatusCode::FORBIDDEN)
}

fn comes_from_here(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return false };
    if let Some(own) = own {
        return origin.eq_ignore_ascii_case(own);
    }
    let origin: Option<Uri> = origin.parse().ok();
    let authority = origin.as_ref().and_then(Uri::authority).map(|found| found.as_str());
    authority.is_some() && authority == text(header::HOST.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(headers: &[(&'static str, &str)], own: Option<&str>) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        comes_from_here(&map, own)
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let host = ("host", "learn.example");
        let cases = [
            (vec![host, ("sec-fetch-site", "same-origin")], true),
            (vec![host, ("sec-fetch-site", "same-site")], false),
            (vec![host, ("sec-fetch-site", "cross-site"), ("origin", "https://learn.example")], false),
            (vec![host, ("sec-fetch-site", "none")], false),
            (vec![host, ("origin", "https://learn.example")], true),
            (vec![host, ("origin", "https://evil.example")], false),
            (vec![host, ("origin", "null")], false),
            (vec![host], false),
        ];
        for (headers, expected) in cases {
            assert_eq!(accepts(&headers, None), expected, "{headers:?}");
        }
        let behind_proxy = [("host", "10.0.0.7:3000"), ("origin", "https://learn.example")];
        assert!(accepts(&behind_proxy, Some("https://learn.example")));
        assert!(!accepts(&behind_proxy, None));
    }
}
