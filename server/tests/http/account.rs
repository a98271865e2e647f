//! The own account, the site's pages, and what strangers may read.

use crate::support::{PASSWORD, TestApp};
use axum::http::StatusCode;
use domain::people::{MoreTime, Role};

const OTHER: &str = "another river at dusk";

#[tokio::test]
async fn the_password_changes_only_with_the_present_one_and_ends_other_sessions() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let mut phone = ada.clone();
    phone.token = app.session(ada.id).await;
    let form = app.get(Some(&ada), "/account").await.body;
    let owner = form.split("<input ").find(|input| input.contains("name=\"username\"")).expect("whose password it is");
    for part in ["type=\"text\"", "autocomplete=\"username\"", "value=\"ada.byrne@work.example\"", "hidden"] {
        assert!(owner.contains(part), "{part}: {owner}");
    }
    let wrong = [("current", "not the present one"), ("password", OTHER)];
    let refused = app.post(Some(&ada), "/do/change-password", &wrong).await;
    let page = app.get(Some(&ada), &refused.location).await;
    assert!(page.body.contains("That is not your present password") && !page.body.contains(OTHER));
    let short = app.post(Some(&ada), "/do/change-password", &[("current", PASSWORD), ("password", "short")]).await;
    assert!(app.get(Some(&ada), &short.location).await.body.contains("at least 15 characters"));
    assert_eq!(app.get(Some(&phone), "/account").await.status, StatusCode::OK);
    let changed = app.post(Some(&ada), "/do/change-password", &[("current", PASSWORD), ("password", OTHER)]).await;
    assert_eq!(changed.location, "/account?done=password-changed");
    assert_eq!(app.get(Some(&ada), "/account").await.status, StatusCode::SEE_OTHER, "the old token opens nothing");
    let fresh = changed.cookies.iter().find(|cookie| cookie.starts_with("session=")).expect("a fresh token");
    let mut renewed = ada.clone();
    renewed.token = fresh.trim_start_matches("session=").split(';').next().unwrap().to_owned();
    assert_ne!(renewed.token, ada.token);
    assert_eq!(app.get(Some(&renewed), "/account").await.status, StatusCode::OK);
    assert_eq!(app.get(Some(&phone), "/account").await.status, StatusCode::SEE_OTHER);
    let fields = [("login", "ada.byrne@work.example"), ("password", OTHER)];
    assert_eq!(app.post(None, "/do/sign-in", &fields).await.location, "/");
}

#[tokio::test]
async fn guessing_the_present_password_is_slowed_down() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    for _ in 0..8 {
        app.post(Some(&ada), "/do/change-password", &[("current", "not the present one"), ("password", OTHER)]).await;
    }
    let right = app.post(Some(&ada), "/do/change-password", &[("current", PASSWORD), ("password", OTHER)]).await;
    let page = app.get(Some(&ada), &right.location).await;
    assert!(page.body.contains("failed attempts. Wait"), "{}", right.location);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_alone() {
    let app = TestApp::new().await;
    let (ada, eve) =
        (app.somebody("Ada Byrne", &[Role::Learner]).await, app.somebody("Eve Holt", &[Role::Learner]).await);
    let mut phone = ada.clone();
    phone.token = app.session(ada.id).await;
    let page = app.get(Some(&ada), "/account").await;
    assert_eq!(page.body.matches("name=\"session\"").count(), 1, "every one but this has a button");
    let start = page.body.find("name=\"session\" value=\"").unwrap() + "name=\"session\" value=\"".len();
    let session = page.body[start..].split('"').next().unwrap().to_owned();
    app.post(Some(&eve), "/do/end-session", &[("session", &session)]).await;
    assert_eq!(app.get(Some(&phone), "/account").await.status, StatusCode::OK, "somebody else's cannot be ended");
    let ended = app.post(Some(&ada), "/do/end-session", &[("session", &session)]).await;
    assert_eq!(ended.location, "/account?done=session-ended");
    assert_eq!(app.get(Some(&phone), "/account").await.status, StatusCode::SEE_OTHER);
    phone.token = app.session(ada.id).await;
    app.post(Some(&ada), "/do/end-other-sessions", &[]).await;
    assert_eq!(app.get(Some(&phone), "/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(app.get(Some(&ada), "/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn preferences_are_kept_and_checked() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let saved = app.post(Some(&ada), "/do/set-preferences", &[("locale", "en"), ("zone", "Asia/Tokyo")]).await;
    assert_eq!(saved.location, "/account?done=saved");
    assert_eq!(app.db.person(ada.id).await.unwrap().zone.as_str(), "Asia/Tokyo");
    let refused = app.post(Some(&ada), "/do/set-preferences", &[("locale", "en"), ("zone", "Mars/Crater")]).await;
    assert!(app.get(Some(&ada), &refused.location).await.body.contains("id=\"e-zone\""));
}

#[tokio::test]
async fn more_time_to_answer_is_ones_own_to_set() {
    let app = TestApp::new().await;
    let (ada, hr) = (app.somebody("Ada Byrne", &[Role::Learner]).await, app.somebody("Ines Roth", &[Role::Hr]).await);
    let chosen = |body: &str, value: &str| {
        let start = body.find(&format!("value=\"{value}\"")).unwrap();
        body[start..].split('>').next().unwrap().contains("checked")
    };
    let page = app.get(Some(&ada), "/account").await;
    assert!(chosen(&page.body, "usual") && !chosen(&page.body, "double"));
    let saved = app.post(Some(&ada), "/do/set-more-time", &[("more", "double")]).await;
    assert_eq!(saved.location, "/account?done=more-time");
    let page = app.get(Some(&ada), &saved.location).await;
    assert!(chosen(&page.body, "double") && page.body.contains("It counts from the next time limit on"));
    app.post(Some(&ada), "/do/set-more-time", &[("more", "forever")]).await;
    assert_eq!(app.db.more_time(ada.id).await.unwrap(), MoreTime::Double, "what is unknown changes nothing");
    assert_eq!(app.db.more_time(hr.id).await.unwrap(), MoreTime::Usual, "everybody has their own");
    let edit = app.get(Some(&hr), &format!("/people/{}/edit", ada.id)).await;
    assert_eq!(edit.status, StatusCode::OK);
    assert!(!edit.body.contains("more time") && !edit.body.contains("Twice as long"), "HR does not see it");
}

#[tokio::test]
async fn facts_are_set_taken_away_and_refused_beside_their_field() {
    let app = TestApp::new().await;
    let trainer = app.somebody("Ines Roth", &[Role::Trainer]).await;
    let set = [("fact[company_name]", "Parcelwise"), ("fact[refund_limit]", "€ 50")];
    assert_eq!(app.post(Some(&trainer), "/do/set-facts", &set).await.location, "/site/facts?done=saved");
    let page = app.get(Some(&trainer), "/site/facts").await;
    assert!(page.body.contains("value=\"Parcelwise\"") && page.body.contains("value=\"€ 50\""));
    let bad = [("fact[company_name]", "A {{company_name}}"), ("fact[refund_limit]", "")];
    let refused = app.post(Some(&trainer), "/do/set-facts", &bad).await;
    let page = app.get(Some(&trainer), &refused.location).await;
    assert!(page.body.contains("id=\"e-fact[company_name]\"") && page.body.contains("A {{company_name}}"));
    let kept = app.get(Some(&trainer), "/site/facts").await;
    assert!(kept.body.contains("value=\"€ 50\""), "nothing is set while something is wrong");
    app.post(Some(&trainer), "/do/set-facts", &[("fact[refund_limit]", " ")]).await;
    assert!(!app.get(Some(&trainer), "/site/facts").await.body.contains("value=\"€ 50\""));
}

#[tokio::test]
async fn the_log_names_who_did_what_and_goes_back_page_by_page() {
    let app = TestApp::new().await;
    let admin = app.somebody("Ada Byrne", &[Role::Admin]).await;
    for number in 0..60 {
        app.post(Some(&admin), "/do/add-group", &[("name", &format!("Group {number}"))]).await;
    }
    let first = app.get(Some(&admin), "/site/audit?action=group.create").await;
    assert!(first.body.contains("Made a group") && first.body.contains("Ada Byrne") && first.body.contains("Group 59"));
    assert!(!first.body.contains("Group 9<"));
    let start = first.body.find("&amp;before=").expect("older rows");
    let before: String = first.body[start + 12..].chars().take_while(char::is_ascii_digit).collect();
    let older = app.get(Some(&admin), &format!("/site/audit?action=group.create&before={before}")).await;
    assert!(older.body.contains("Group 9<") && !older.body.contains("Group 10<"));
    let none = app.get(Some(&admin), "/site/audit?action=person.enable").await;
    assert!(none.body.contains("Nothing of this kind happened yet"));
    let zone = app.post(Some(&admin), "/do/set-site", &[("zone", "Europe/Paris")]).await;
    assert_eq!(zone.location, "/site?done=saved");
    let form = app.get(Some(&admin), "/people/new").await;
    assert!(form.body.contains("value=\"Europe/Paris\" selected"));
}

#[tokio::test]
async fn strangers_may_read_what_is_recorded() {
    let app = TestApp::new().await;
    let page = app.get(None, "/recorded").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("What you say and do in conversations"));
}
