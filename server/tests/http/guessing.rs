//! Guessing passwords, and what it does to everybody else.

use crate::support::{Answer, PASSWORD, TestApp};
use axum::http::StatusCode;
use domain::people::Role;
use futures::future::join_all;

const ADA: &str = "ada.byrne@work.example";

async fn try_in(app: &TestApp, cookies: &str, login: &str, password: &str) -> Answer {
    app.post_with(cookies, "/do/sign-in", &[("login", login), ("password", password)]).await
}

/// What the page says to which a refused attempt leads.
async fn said(app: &TestApp, answer: &Answer) -> &'static str {
    if answer.status == StatusCode::TOO_MANY_REQUESTS {
        return "too many";
    }
    let page = app.get(None, &answer.location).await.body;
    match (page.contains("do not belong together"), page.contains("failed attempts. Wait")) {
        (true, false) => "wrong",
        (false, true) => "wait",
        other => panic!("{other:?}: {}", answer.location),
    }
}

fn cookie(answer: &Answer, name: &str) -> String {
    let start = format!("{name}=");
    let found = answer.cookies.iter().find(|cookie| cookie.starts_with(&start)).expect("the cookie is set");
    found.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn of_many_guesses_at_once_few_are_looked_at() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    let guesses = join_all((0..60).map(|number| {
        let app = &app;
        async move { try_in(app, "", ADA, &format!("guess number {number}")).await }
    }))
    .await;
    let mut wrong = 0;
    for guess in &guesses {
        assert!(guess.cookies.is_empty());
        wrong += u32::from(said(&app, guess).await == "wrong");
    }
    assert!(wrong <= 6, "{wrong} of 60 were looked at");
}

#[tokio::test]
async fn a_class_with_one_account_signs_in_together() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    let class = join_all((0..12).map(|_| try_in(&app, "", ADA, PASSWORD))).await;
    assert!(class.iter().all(|answer| answer.location == "/"), "everybody is in");
}

#[tokio::test]
async fn an_office_is_not_locked_out_by_some_who_mistype() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    for number in 0..12 {
        let refused = try_in(&app, "", &format!("colleague{number}@work.example"), "wrong wrong wrong").await;
        assert_eq!(said(&app, &refused).await, "wrong");
    }
    assert_eq!(try_in(&app, "", ADA, PASSWORD).await.location, "/");
}

#[tokio::test]
async fn a_known_browser_is_not_locked_out_by_others() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    app.somebody("Eve Holt", &[Role::Learner]).await;
    let known = cookie(&try_in(&app, "", ADA, PASSWORD).await, "browser");
    for _ in 0..9 {
        try_in(&app, "", ADA, "wrong wrong wrong").await;
    }
    for number in 0..40 {
        try_in(&app, "", &format!("colleague{number}@work.example"), "wrong wrong wrong").await;
    }
    let elsewhere = try_in(&app, "", ADA, PASSWORD).await;
    assert_eq!(said(&app, &elsewhere).await, "wait", "in another browser the attack holds her up");
    assert_eq!(try_in(&app, &known, ADA, PASSWORD).await.location, "/", "in her own it does not");

    let (stranger, eve) = ("browser=".to_owned() + &"ab".repeat(32), "eve.holt@work.example");
    for cookies in [stranger, known.clone()] {
        let other = try_in(&app, &cookies, eve, PASSWORD).await;
        assert_eq!(said(&app, &other).await, "wait", "a browser is known for its own people alone");
    }
    for _ in 0..9 {
        try_in(&app, &known, ADA, "wrong wrong wrong").await;
    }
    let stolen = try_in(&app, &known, ADA, PASSWORD).await;
    assert_eq!(said(&app, &stolen).await, "wait", "guessing in a known browser is slowed down as well");
}

#[tokio::test]
async fn admins_see_what_happened_at_the_door() {
    let app = TestApp::new().await;
    let admin = app.somebody("Ada Byrne", &[Role::Admin]).await;
    let eve = app.somebody("Eve Holt", &[Role::Learner]).await;
    try_in(&app, "", ADA, PASSWORD).await;
    for _ in 0..7 {
        try_in(&app, "", "eve.holt@work.example", "wrong wrong wrong").await;
    }
    try_in(&app, "", "nobody@work.example", "wrong wrong wrong").await;
    let elsewhere = axum::http::Request::post("/do/set-more-time").header("host", "127.0.0.1:3000");
    let elsewhere = elsewhere.header("sec-fetch-site", "cross-site").header("cookie", format!("session={}", eve.token));
    assert_eq!(app.send(elsewhere.body(axum::body::Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);

    let page = app.get(Some(&admin), "/site/security").await.body;
    for words in ["Signed in", "In a new browser", "Wrong password", "No such account", "Was locked out", "Eve Holt"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("The form came from another site"));
    assert!(
        page.contains("Failed attempts in 24 hours (6 in the last two)"),
        "five wrong ones for Eve and one for nobody: {page}"
    );
    assert!(!page.contains("0.0.0.0") && !page.contains("nobody@work.example"), "no address, nothing that was typed");
    let log = app.get(Some(&admin), "/site/audit?action=sign-in.fail").await.body;
    assert!(log.contains("Failed to sign in") && log.contains("Eve Holt"));
    assert_eq!(app.get(Some(&eve), "/site/security").await.status, StatusCode::FORBIDDEN);
    app.db.seal_audit(500, domain::time::Clock::now(&server::clock::SystemClock)).await.unwrap();
    app.db.verify_audit().await.unwrap();
}

#[tokio::test]
async fn codes_of_receipts_cannot_be_tried_without_end() {
    let app = TestApp::new().await;
    let mut tried = 0;
    while app.get(None, &format!("/verify/0000-0000-0000-{tried:04}")).await.status == StatusCode::NOT_FOUND {
        tried += 1;
        assert!(tried < 100, "there is an end to it");
    }
    let refused = app.get(None, "/verify/0000-0000-0000-0000").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("Too many attempts from here"));
    assert_eq!(app.get(None, "/verify").await.status, StatusCode::OK);
}

#[tokio::test]
async fn strangers_fill_no_disk() {
    let app = TestApp::new().await;
    let large = try_in(&app, "", &"a".repeat(250_000), "wrong").await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = "b".repeat(3_000);
    let kept = try_in(&app, "", &long, "wrong wrong wrong").await;
    let page = app.get(None, &kept.location).await.body;
    assert!(page.contains(&"b".repeat(500)) && !page.contains(&"b".repeat(501)), "little of it is kept");
    let mut taken = 1;
    while try_in(&app, "", "", "").await.status == StatusCode::SEE_OTHER {
        taken += 1;
        assert!(taken < 300, "there is an end to what one address may leave");
    }
    let refused = try_in(&app, "", "", "").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("Too many attempts from here"));
}
