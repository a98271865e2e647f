//! What every response says about trust, and that posts come from our own pages only.

use crate::support::TestApp;
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn pages_may_load_nothing_from_elsewhere_and_carry_no_inline_style() {
    let app = TestApp::new().await;
    let page = app.get(None, "/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("'nonce-"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("cache-control", "no-store")]
    {
        assert_eq!(page.headers[name], value);
    }
    assert!(!page.body.contains(" style=\""), "no style attributes");
    let other = app.get(None, "/sign-in").await;
    assert_ne!(policy, other.headers["content-security-policy"], "a nonce is used once");
}

#[tokio::test]
async fn posts_from_elsewhere_are_refused() {
    let app = TestApp::new().await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("x-nothing", "1")] {
        let request = Request::post("/do/sign-in")
            .header("host", "127.0.0.1:3000")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from("login=a&password=b"))
            .unwrap();
        assert_eq!(app.send(request).await.status, StatusCode::FORBIDDEN, "{name}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_so() {
    let app = TestApp::new().await;
    let missing = app.get(None, "/no/such/page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("There is nothing here"), "{}", missing.body);
}

#[tokio::test]
async fn a_supervisor_can_ask_after_process_and_database() {
    let app = TestApp::new().await;
    assert_eq!(app.get(None, "/healthz").await.body, "ok\n");
    assert_eq!(app.get(None, "/readyz").await.status, StatusCode::OK);
    app.db.close().await;
    assert_eq!(app.get(None, "/healthz").await.status, StatusCode::OK);
    assert_eq!(app.get(None, "/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
