//! Stories from elsewhere, taken over on a trainer's page.

use crate::support::{Answer, Somebody, TestApp};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::people::Role;
use std::path::Path;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/import").join(name)).unwrap()
}

/// Posts the form as a browser does: a file, empty when none was chosen, and the text field.
async fn send(app: &TestApp, who: Option<&Somebody>, site: &str, file: (&str, &[u8]), text: &str) -> Answer {
    let (name, bytes) = file;
    let mut body = format!(
        "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--mark\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n");
    body.extend_from_slice(text.as_bytes());
    body.extend_from_slice(b"\r\n--mark--\r\n");
    let mut request = Request::post("/authoring/import")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "127.0.0.1:3000")
        .header("sec-fetch-site", site)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=mark");
    if let Some(who) = who {
        request = request.header(header::COOKIE, format!("session={}", who.token));
    }
    app.send(request.body(Body::from(body)).unwrap()).await
}

async fn taken_over(app: &TestApp, who: &Somebody, file: &str) -> (String, Answer) {
    let answer = send(app, Some(who), "same-origin", (file, &fixture(file)), "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location.starts_with("/authoring/import?story="), "{}", answer.location);
    let page = app.get(Some(who), &answer.location).await;
    assert_eq!(page.status, StatusCode::OK);
    (answer.location.replace("/import?", "/import/draft?"), page)
}

#[tokio::test]
async fn a_pasted_story_is_kept_while_the_database_is_away() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    app.db.close().await;
    let story = ":: Start\nOnce <upon> a time\n";
    let answer = send(&app, Some(&tara), "same-origin", ("", b""), story).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("action=\"/authoring/import\" enctype=\"multipart/form-data\""), "{}", answer.body);
    assert!(answer.body.contains("name=\"text\" value=\":: Start\nOnce &lt;upon&gt; a time\n\""), "{}", answer.body);
    let file = send(&app, Some(&tara), "same-origin", ("a.twee", b":: Start"), "").await;
    assert!(file.body.contains("reach its data"), "a file is chosen again: {}", file.body);
}

#[tokio::test]
async fn only_trainers_take_stories_over_and_only_from_our_own_page() {
    let app = TestApp::new().await;
    let (tara, lea) = (app.somebody("Tara", &[Role::Trainer]).await, app.somebody("Lea", &[]).await);
    assert!(app.get(Some(&tara), "/authoring").await.body.contains("href=\"/authoring/import\""));
    assert!(app.get(Some(&tara), "/authoring/upload").await.body.contains("href=\"/authoring/import\""));
    assert_eq!(app.get(Some(&tara), "/authoring/import").await.status, StatusCode::OK);
    assert_eq!(app.get(Some(&lea), "/authoring/import").await.status, StatusCode::FORBIDDEN);
    let twee = ("a.twee", &b":: Start\nHello\n"[..]);
    assert_eq!(send(&app, Some(&lea), "same-origin", twee, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&app, Some(&tara), "cross-site", twee, "").await.status, StatusCode::FORBIDDEN);
    assert!(send(&app, None, "same-origin", twee, "").await.location.starts_with("/sign-in"));
}

#[tokio::test]
async fn a_story_in_twee_becomes_a_draft_to_finish() {
    let app = TestApp::new().await;
    let (tara, other) = (app.somebody("Tara", &[Role::Trainer]).await, app.somebody("Other", &[Role::Trainer]).await);
    let (draft, page) = taken_over(&app, &tara, "sugarcube.twee").await;
    let left = "Macro <code>&lt;&lt;set $away to true&gt;&gt;</code>";
    for words in [
        left,
        "The night shift",
        "The phone rings",
        "SugarCube",
        "Download sugarcube.conversation",
        "A choice does not say why",
        "- Pick it up -&gt; hello",
        "What was not converted",
        "Special passage <code>StoryInit</code>",
    ] {
        assert!(page.body.contains(words), "{words} is not on the page:\n{}", page.body);
    }
    assert!(!page.body.contains("<span class=\"loud\">") && !page.body.contains("<<set"), "nothing of it is markup");
    let answer = app.get(Some(&tara), &draft).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"sugarcube.conversation\"");
    assert_eq!(answer.body.as_bytes(), fixture("sugarcube.conversation"));
    assert_eq!(app.get(Some(&other), &draft).await.status, StatusCode::NOT_FOUND, "it is nobody else's");
    let page = app.get(Some(&other), &draft.replace("/draft", "")).await;
    assert!(page.body.contains("no longer kept") && !page.body.contains("Pick it up"));
    assert!(app.db.courses(true).await.unwrap().is_empty(), "no course comes of it");
}

#[tokio::test]
async fn a_published_story_is_read_and_its_scripts_stay_text() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    let (draft, _) = taken_over(&app, &tara, "published.html").await;
    assert_eq!(app.get(Some(&tara), &draft).await.body.as_bytes(), fixture("published.conversation"));
    let hostile = ":: Start\n<script>alert(1)</script>\n</code></pre><img src=x onerror=alert(2)>\n\
        [[</pre><script>alert(3)</script>->Next]]\n\n:: Next <script>alert(4)</script>\nThe end\n";
    let answer = send(&app, Some(&tara), "same-origin", ("", b""), hostile).await;
    let page = app.get(Some(&tara), &answer.location).await;
    assert!(page.body.contains("alert(3)") && page.body.contains("&lt;script&gt;"), "{}", page.body);
    for markup in ["<script>alert", "<img src=x", "</pre><script"] {
        assert!(!page.body.contains(markup), "{markup}");
    }
}

#[tokio::test]
async fn what_is_no_story_is_told_at_its_field() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    let large = [b":: Start\n".to_vec(), vec![b'a'; 4 << 20]].concat();
    let larger = vec![b'a'; 5 << 20];
    for (file, text, field, words) in [
        (&b""[..], "", "file", "Choose a file, or paste"),
        (b"  \n", "", "file", "Choose a file, or paste"),
        (b":: Start\nB\xe4r\n", "", "file", "not text in UTF-8"),
        (b"PK\x03\x04", "", "file", "neither Twee 3 nor"),
        (b"", "Dear all", "text", "neither Twee 3 nor"),
        (&large, "", "file", "larger than 4 MiB"),
        (&larger, "", "file", "larger than 4 MiB"),
    ] {
        let answer = send(&app, Some(&tara), "same-origin", ("story.twee", file), text).await;
        assert!(answer.location.starts_with("/authoring/import?form="), "{words}: {}", answer.location);
        let page = app.get(Some(&tara), &answer.location).await;
        let error = page.body.split(&format!("id=\"e-{field}\"")).nth(1).unwrap_or_default();
        assert!(error.split("</p>").next().unwrap().contains(words), "{words}");
        assert!(page.body.contains(text), "what was pasted is not lost");
    }
    let answer = send(&app, Some(&tara), "same-origin", ("old.html", &fixture("twine1.html")), "").await;
    let page = app.get(Some(&tara), &answer.location).await;
    assert!(page.body.contains("could not be read") && page.body.contains("open it in Twine 2"), "{}", page.body);
    let draft = answer.location.replace("/import?", "/import/draft?");
    assert_eq!(app.get(Some(&tara), &draft).await.status, StatusCode::NOT_FOUND);
}
