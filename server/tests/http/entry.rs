//! Coming in: the first set-up, invitations, sign-in, throttling, sessions.

use crate::support::{PASSWORD, TestApp};
use app::session;
use axum::http::StatusCode;
use domain::people::Role;
use domain::time::{Clock as _, Timestamp};
use server::clock::{SystemClock, SystemEntropy};
use store::{NewTicket, TicketKind};

fn cookie(answer: &crate::support::Answer) -> String {
    let cookie = answer.cookies.iter().find(|cookie| cookie.starts_with("session=")).expect("a session cookie");
    cookie.trim_start_matches("session=").split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_stranger_is_taken_to_sign_in_and_back() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    let away = app.get(None, "/account?x=1").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    assert_eq!(away.location, "/sign-in?next=/account%3Fx%3D1");
    let page = app.get(None, &away.location).await;
    assert!(page.body.contains("value=\"/account?x=1\""), "the wish is kept in the form");
    let fields = [("login", "ada.byrne@work.example"), ("password", PASSWORD), ("next", "/account?x=1")];
    let come_in = app.post(None, "/do/sign-in", &fields).await;
    assert_eq!(come_in.status, StatusCode::SEE_OTHER);
    assert_eq!(come_in.location, "/account?x=1");
    let flags = come_in.cookies.iter().find(|cookie| cookie.starts_with("session=")).unwrap();
    assert!(flags.contains("HttpOnly") && flags.contains("SameSite=Lax"), "{flags}");
}

#[tokio::test]
async fn the_wish_cannot_lead_off_site() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    for wish in
        ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "/é", ""]
    {
        let fields = [("login", "ada.byrne@work.example"), ("password", PASSWORD), ("next", wish)];
        assert_eq!(app.post(None, "/do/sign-in", &fields).await.location, "/", "{wish}");
    }
}

#[tokio::test]
async fn a_wrong_password_keeps_the_name_and_says_nothing_about_who_exists() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    let mut shown = vec![];
    for login in ["ada.byrne@work.example", "nobody@work.example"] {
        let refused = app.post(None, "/do/sign-in", &[("login", login), ("password", "wrong wrong wrong")]).await;
        assert!(refused.location.starts_with("/sign-in?form="), "{}", refused.location);
        assert!(refused.cookies.is_empty());
        let page = app.get(None, &refused.location).await;
        assert!(page.body.contains(&format!("value=\"{login}\"")));
        assert!(!page.body.contains("wrong wrong wrong"), "a password never comes back");
        shown.push(page.body.contains("do not belong together"));
    }
    assert_eq!(shown, [true, true]);
}

#[tokio::test]
async fn many_failures_are_slowed_down_even_with_the_right_password() {
    let app = TestApp::new().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    let wrong = [("login", "ada.byrne@work.example"), ("password", "wrong wrong wrong")];
    for _ in 0..9 {
        app.post(None, "/do/sign-in", &wrong).await;
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let right = [("login", "ada.byrne@work.example"), ("password", PASSWORD)];
    let refused = app.post(None, "/do/sign-in", &right).await;
    let page = app.get(None, &refused.location).await;
    assert!(page.body.contains("failed attempts. Wait"), "{}", refused.location);
}

#[tokio::test]
async fn a_password_is_taken_however_a_keyboard_writes_it() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let (composed, decomposed) = ("le café fermé à midi", "le cafe\u{301} ferme\u{301} a\u{300} midi");
    let fields = [("current", PASSWORD), ("password", composed)];
    let changed = app.post(Some(&ada), "/do/change-password", &fields).await;
    assert_eq!(changed.location, "/account?done=password-changed");
    for typed in [decomposed, composed] {
        let fields = [("login", "ada.byrne@work.example"), ("password", typed)];
        assert_eq!(app.post(None, "/do/sign-in", &fields).await.location, "/", "{typed}");
    }
}

#[tokio::test]
async fn sign_out_ends_the_session_for_good() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    assert_eq!(app.get(Some(&ada), "/").await.status, StatusCode::OK);
    app.post(Some(&ada), "/do/sign-out", &[]).await;
    let after = app.get(Some(&ada), "/").await;
    assert_eq!(after.location, "/sign-in");
}

#[tokio::test]
async fn the_first_admin_comes_in_by_a_link_that_works_once() {
    let app = TestApp::new().await;
    let now = SystemClock.now();
    let (token, token_hash) = session::new_token(&SystemEntropy);
    let new = NewTicket { kind: TicketKind::Setup, token_hash, person: None, expires_at: now.plus(Timestamp::DAY) };
    app.db.create_ticket(None, new, now, &SystemEntropy).await.unwrap();
    let page = app.get(None, &format!("/welcome/{token}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let short = [("token", &*token), ("name", "Ines Roth"), ("email", "ines@work.example"), ("password", "short")];
    let refused = app.post(None, "/do/set-password", &short).await;
    let again = app.get(None, &refused.location).await;
    assert!(again.body.contains("value=\"Ines Roth\"") && again.body.contains("at least 15 characters"));
    let good = [("token", &*token), ("name", "Ines Roth"), ("email", "ines@work.example"), ("password", PASSWORD)];
    let come_in = app.post(None, "/do/set-password", &good).await;
    assert_eq!(come_in.location, "/?done=welcome");
    assert_eq!(cookie(&come_in).len(), 64);
    let second = app.post(None, "/do/set-password", &good).await;
    assert!(second.cookies.is_empty());
    assert_eq!(app.get(None, &second.location).await.status, StatusCode::NOT_FOUND);
}
