//! A forgotten password: what is answered, what is mailed, and what is written down.

use crate::support::{Answer, PASSWORD, TestApp};
use axum::http::StatusCode;
use domain::people::Role;
use domain::time::{Clock as _, Timestamp};
use server::clock::{SystemClock, SystemEntropy};
use server::jobs;

const ADA: &str = "ada.byrne@work.example";
const OTHER: &str = "another river at dusk";

async fn ask(app: &TestApp, login: &str) -> Answer {
    app.post(None, "/do/ask-reset", &[("login", login)]).await
}

/// Every mail that waits, as it would go out: to whom, and the token of its link.
async fn mails(app: &TestApp) -> Vec<(String, String)> {
    jobs::resets(&app.services).await.unwrap();
    let now = SystemClock.now();
    let mut found = vec![];
    for mail in app.db.claim_mails(50, Timestamp::MINUTE, now, &SystemEntropy).await.unwrap() {
        let body = jobs::body(&app.services, &mail).await.unwrap().expect("a link that works");
        let token = body.split("/welcome/").nth(1).expect("a link").chars().take_while(char::is_ascii_hexdigit);
        found.push((mail.address.clone(), token.collect()));
        app.db.mail_sent(&mail, now).await.unwrap();
    }
    found
}

async fn opens(app: &TestApp, token: &str) -> bool {
    app.get(None, &format!("/welcome/{token}")).await.status == StatusCode::OK
}

#[tokio::test]
async fn the_answer_comes_first_and_is_the_same_for_everybody() {
    let app = TestApp::with_mail().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    for login in [ADA, "nobody@work.example", "E-104"] {
        assert_eq!(ask(&app, login).await.location, "/forgotten?done=asked");
    }
    let now = SystemClock.now();
    let waiting = app.db.claim_mails(50, Timestamp::MINUTE, now, &SystemEntropy).await.unwrap();
    assert!(waiting.is_empty(), "nobody was looked for yet");
    let sent = mails(&app).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].0, ADA);
    let fields = [("token", &*sent[0].1), ("password", OTHER)];
    assert_eq!(app.post(None, "/do/set-password", &fields).await.location, "/?done=welcome");
    assert!(!opens(&app, &sent[0].1).await, "it works once");
}

#[tokio::test]
async fn nobody_elses_requests_keep_a_mail_from_anybody() {
    let app = TestApp::with_mail().await;
    app.somebody("Ada Byrne", &[Role::Learner]).await;
    let mut tokens = vec![];
    for _ in 0..8 {
        assert_eq!(ask(&app, ADA).await.location, "/forgotten?done=asked");
        tokens.extend(mails(&app).await);
    }
    assert_eq!(tokens.len(), 1, "one mail within two minutes, not eight");
    assert!(opens(&app, &tokens[0].1).await, "and its link works, however often others ask");
}

#[tokio::test]
async fn ten_colleagues_behind_one_address_get_ten_mails() {
    let app = TestApp::with_mail().await;
    for number in 0..10 {
        app.somebody(&format!("Colleague {number}"), &[Role::Learner]).await;
        ask(&app, &format!("colleague.{number}@work.example")).await;
    }
    assert_eq!(mails(&app).await.len(), 10);
    let mut last = ask(&app, ADA).await;
    for number in 0..40 {
        last = ask(&app, &format!("guess{number}@work.example")).await;
    }
    let page = app.get(None, &last.location).await.body;
    assert!(page.contains("Very many links were asked for"), "who asks without end is told so");
}

#[tokio::test]
async fn no_token_can_be_read_in_the_database() {
    let app = TestApp::with_mail().await;
    let hr = app.somebody("Ines Roth", &[Role::Hr]).await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    ask(&app, ADA).await;
    let mailed = mails(&app).await.remove(0).1;
    assert!(opens(&app, &mailed).await && !app.is_on_disk(&mailed));

    let shown = app.post(Some(&hr), "/do/invite", &[("person", &ada.id.to_string())]).await;
    let page = app.get(Some(&hr), &shown.location).await.body;
    let token = page.split("/welcome/").nth(1).expect("a link");
    let token: String = token.chars().take_while(char::is_ascii_hexdigit).collect();
    assert!(opens(&app, &token).await && !app.is_on_disk(&token));
    let link = shown.location.split("link=").nth(1).unwrap();
    app.post(Some(&hr), "/do/send-link", &[("link", link)]).await;
    let sent = mails(&app).await.remove(0).1;
    assert!(opens(&app, &sent).await && !app.is_on_disk(&sent));
    assert!(opens(&app, &token).await, "the one that was shown goes on working");

    let sheet = [("whom", "chosen"), ("person[]", &*ada.id.to_string())];
    app.post(Some(&hr), "/do/print-sheet", &sheet).await;
    assert!(!app.is_on_disk(PASSWORD));
}

#[tokio::test]
async fn a_link_that_is_over_is_not_mailed() {
    let app = TestApp::with_mail().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    ask(&app, ADA).await;
    jobs::resets(&app.services).await.unwrap();
    app.db.set_password(None, ada.id, "hash".into(), None, SystemClock.now()).await.unwrap();
    let now = SystemClock.now();
    let mail = app.db.claim_mails(1, Timestamp::MINUTE, now, &SystemEntropy).await.unwrap().remove(0);
    assert!(jobs::body(&app.services, &mail).await.unwrap().is_none());
}
