//! The database does not answer, or takes no changes: nobody is signed out by that, and nothing typed is lost.

use crate::support::{Answer, PASSWORD, TestApp};
use crate::taught::Taught;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::people::Role;

fn unavailable(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{what}: {}", answer.location);
    assert!(answer.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() > 0, "{what}");
    assert!(!answer.body.contains("Please sign in"), "{what}");
}

#[tokio::test]
async fn while_nothing_can_be_saved_reading_goes_on_and_words_are_kept() {
    let app = TestApp::new().await;
    let hr = app.somebody("Hanna Roth", &[Role::Learner, Role::Hr]).await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    taught.begin(&app, &hr).await;
    // The last use was a while ago, so that reading a page would note it.
    app.run_by_hand("UPDATE sessions SET seen_at = seen_at - 600000").await;
    app.run_by_hand("PRAGMA query_only = on").await;
    let (lesson, quiz) = ("/courses/outside/a/read", "/courses/outside/a/asked");
    for page in ["/", "/account", "/groups", "/people", "/courses/outside", lesson, quiz] {
        assert_eq!(app.get(Some(&hr), page).await.status, StatusCode::OK, "{page}");
    }
    let name = "Night shift <b>& Zoë</b>";
    let refused = app.post(Some(&hr), "/do/add-group", &[("name", name)]).await;
    unavailable(&refused, "a group");
    assert!(refused.body.contains("Not saved yet"), "{}", refused.body);
    assert!(refused.body.contains("<form method=\"post\" action=\"/do/add-group\""), "{}", refused.body);
    assert!(
        refused.body.contains("name=\"name\" value=\"Night shift &lt;b&gt;&amp; Zoë&lt;/b&gt;\""),
        "{}",
        refused.body
    );
    let shown = refused.body;
    assert!(shown.contains(">Night shift &lt;b&gt;&amp; Zoë&lt;/b&gt;</pre>"), "{shown}");
    // A program is told the same.
    let request = Request::post("/do/add-group")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", format!("session={}", hr.token));
    unavailable(&app.send(request.body(Body::from("name=Late")).unwrap()).await, "a program");
    // A password is asked for again, and never sent back.
    let email = "hanna.roth@work.example";
    let sign_in = app.post(None, "/do/sign-in", &[("login", email), ("password", PASSWORD), ("next", "/people")]).await;
    unavailable(&sign_in, "signing in");
    assert!(sign_in.body.contains(email) && sign_in.body.contains("type=\"password\""), "{}", sign_in.body);
    assert!(!sign_in.body.contains(PASSWORD));
    unavailable(&app.get(None, "/readyz").await, "readyz");
    assert_eq!(app.get(None, "/healthz").await.status, StatusCode::OK);

    app.run_by_hand("PRAGMA query_only = off").await;
    let saved = app.post(Some(&hr), "/do/add-group", &[("name", name)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(app.get(None, "/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn while_the_database_is_away_nobody_is_signed_out() {
    let app = TestApp::new().await;
    let hr = app.somebody("Hanna Roth", &[Role::Learner, Role::Hr]).await;
    app.db.close().await;
    for page in ["/", "/people?q=a", "/sign-in", "/verify/ABCD"] {
        let shown = app.get(Some(&hr), page).await;
        unavailable(&shown, page);
        assert!(
            shown.body.contains("The site can&#x27;t reach its data")
                || shown.body.contains("The site can't reach its data"),
            "{}",
            shown.body
        );
        assert!(shown.body.contains(&format!("href=\"{page}\"")), "try again: {}", shown.body);
    }
    let refused = app.post(Some(&hr), "/do/add-group", &[("name", "Night shift")]).await;
    unavailable(&refused, "a group");
    assert!(
        refused.body.contains("Not saved yet") && refused.body.contains("value=\"Night shift\""),
        "{}",
        refused.body
    );
    let turn = Request::post("/live/say")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", format!("session={}", hr.token));
    unavailable(&app.send(turn.body(Body::empty()).unwrap()).await, "a turn");
    unavailable(&app.post(None, "/do/sign-in", &[("login", "a@b.example"), ("password", "x")]).await, "a stranger");
    unavailable(&app.get(None, "/readyz").await, "readyz");
}

#[tokio::test]
async fn an_address_for_forms_says_so_when_it_is_opened() {
    let app = TestApp::new().await;
    let hr = app.somebody("Hanna Roth", &[Role::Learner, Role::Hr]).await;
    for (who, path) in
        [(Some(&hr), "/do/add-group"), (None, "/do/sign-in"), (None, "/live/say"), (Some(&hr), "/authoring/upload")]
    {
        let opened = app.get(who, path).await;
        if path == "/authoring/upload" {
            assert_eq!(opened.status, StatusCode::FORBIDDEN, "a page as well");
            continue;
        }
        assert_eq!(opened.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(opened.headers["allow"], "POST");
        assert!(opened.body.contains("This address takes forms only"), "{}", opened.body);
    }
    let posted = app.post(Some(&hr), "/account", &[]).await;
    assert_eq!(
        (posted.status, posted.headers["allow"].to_str().unwrap()),
        (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD")
    );
}
