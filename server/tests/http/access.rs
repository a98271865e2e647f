//! Every endpoint × every role, a stranger and a disabled person, asked over HTTP.

use crate::support::{Answer, Somebody, TestApp};
use app::access::{ENDPOINTS, endpoint};
use axum::http::{Method, StatusCode};
use domain::people::Role;
use std::collections::BTreeSet;

const WRITTEN_HERE: [&str; 9] = [
    "/healthz",
    "/readyz",
    "/assets/{file}",
    "/favicon.ico",
    "/media/{version}/{*path}",
    "/tracking/export.csv",
    "/tracking/export.xlsx",
    "/authoring/{slug}/{version}/export.zip",
    "/authoring/import/draft",
];

#[test]
fn every_page_and_every_server_function_has_a_row_and_every_row_an_endpoint() {
    let mut live = BTreeSet::new();
    for path in server::http::page_paths() {
        assert!(endpoint(&Method::GET, &path).is_some(), "no row for the page {path}");
        live.insert(("GET".to_owned(), path));
    }
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert!(endpoint(&method, path).is_some(), "no row for {method} {path}");
        live.insert((method.to_string(), path.to_owned()));
    }
    live.extend(WRITTEN_HERE.map(|path| ("GET".to_owned(), path.to_owned())));
    live.insert(("POST".to_owned(), "/authoring/upload".to_owned()));
    live.insert(("POST".to_owned(), "/authoring/import".to_owned()));
    for row in ENDPOINTS {
        let key = (row.method.to_string(), row.path.to_owned());
        assert!(live.contains(&key), "a row without an endpoint: {key:?}");
    }
}

/// Whether the gate let the request through to whatever it found behind.
fn admitted(answer: &Answer) -> bool {
    let sent_away = answer.status == StatusCode::SEE_OTHER
        && (answer.location == "/sign-in" || answer.location.starts_with("/sign-in?next="));
    let refused = answer.status == StatusCode::FORBIDDEN || answer.status == StatusCode::UNAUTHORIZED;
    !sent_away && !refused
}

#[tokio::test]
async fn each_endpoint_admits_the_roles_of_its_row_and_nobody_else() {
    let app = TestApp::new().await;
    let mut people: Vec<(String, Option<Role>, Option<Somebody>)> = vec![("a stranger".into(), None, None)];
    for role in Role::ALL {
        let who = app.somebody(&format!("The {}", role.as_str()), &[role]).await;
        people.push((role.as_str().into(), Some(role), Some(who)));
    }
    let gone = app.somebody("Gone Away", &Role::ALL).await;
    app.db.disable_person(None, gone.id, domain::time::Timestamp(1)).await.unwrap();
    people.push(("a disabled person".into(), None, Some(gone)));
    let nowhere = "018f0000-0000-7000-8000-000000000000";
    let mut wrong = vec![];
    for row in ENDPOINTS {
        // Signing out would end the session that the next question needs.
        if row.path == "/do/sign-out" {
            continue;
        }
        let path = row
            .path
            .replace("{id}", nowhere)
            .replace("{version}", nowhere)
            .replace("{*path}", "x.svg")
            .replace(['{', '}'], "");
        for (name, role, who) in &people {
            let answer = match row.method {
                Method::GET => app.get(who.as_ref(), &path).await,
                _ => app.post(who.as_ref(), &path, &[]).await,
            };
            let expected = row.access.admits(role.map(Into::into));
            // Behind the gate an object may still be somebody else's: that is a refusal of its own.
            let object_refusal = expected && answer.status == StatusCode::FORBIDDEN;
            if admitted(&answer) != expected && !object_refusal {
                wrong.push(format!("{} {} as {name}: {}", row.method, row.path, answer.status));
            }
            if answer.status.is_server_error() {
                wrong.push(format!("{} {} as {name} failed: {}", row.method, row.path, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
