//! Courses as their authors see them: uploaded, checked, tried out, published.

use crate::support::{Answer, Somebody, TestApp};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::course::Files;
use domain::facts::Fact;
use domain::people::Role;
use domain::time::Timestamp;
use server::course_files::{read_folder, read_zip, write_zip};
use std::path::Path;

const SLUG: &str = "working-with-people-outside";

fn flagship() -> Files {
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses").join(SLUG)).unwrap()
}

/// The flagship with a text replaced in one of its files.
fn flagship_with(file: &str, from: &str, to: &str) -> Files {
    let mut files = flagship();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from));
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

/// Posts an archive as a browser's form does.
async fn upload(app: &TestApp, who: &Somebody, archive: &[u8]) -> Answer {
    let mut body = b"--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mine.zip\"\r\n\
        Content-Type: application/zip\r\n\r\n"
        .to_vec();
    body.extend_from_slice(archive);
    body.extend_from_slice(b"\r\n--mark--\r\n");
    let request = Request::post("/authoring/upload")
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "127.0.0.1:3000")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=mark")
        .header(header::COOKIE, format!("session={}", who.token));
    app.send(request.body(Body::from(body)).unwrap()).await
}

async fn upload_files(app: &TestApp, who: &Somebody, files: &Files) -> Answer {
    upload(app, who, &write_zip(files).unwrap()).await
}

/// The address of a version without what follows it.
fn page_of(answer: &Answer) -> String {
    answer.location.split('?').next().unwrap().to_owned()
}

async fn fill_facts(app: &TestApp) {
    let facts = Fact::ALL.map(|fact| (fact, Some(fact.example().to_owned())));
    app.db.set_facts(None, facts.into(), Timestamp(1)).await.unwrap();
}

#[tokio::test]
async fn a_broken_course_is_explained_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let (tara, other) = (app.somebody("Tara", &[Role::Trainer]).await, app.somebody("Other", &[Role::Trainer]).await);
    let file = "promises/late-parcel-phone.conversation";
    let broken = flagship_with(file, "-> verify\n", "-> nowhere-at-all\n");
    let answer = upload_files(&app, &tara, &broken).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location.starts_with("/authoring/upload?check="), "{}", answer.location);
    for _ in 0..2 {
        let page = app.get(Some(&tara), &answer.location).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in
            [file, "nowhere-at-all", "caret", "mine.zip", "Not stored yet: one error", "Upload and check again"]
        {
            assert!(page.body.contains(words), "{words} is not on the page");
        }
        assert!(page.body.contains("no node <code>nowhere-at-all</code>"), "the name is not set apart: {}", page.body);
    }
    let stranger = app.get(Some(&other), &answer.location).await;
    assert!(!stranger.body.contains("nowhere-at-all") && stranger.body.contains("no longer kept"));
    assert!(app.db.courses(true).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_course_at_all_is_told_at_the_field() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    for (archive, words) in [(&b""[..], "Choose a zip archive"), (b"PK but not really", "not a zip archive")] {
        let answer = upload(&app, &tara, archive).await;
        let page = app.get(Some(&tara), &answer.location).await;
        assert!(page.body.contains(words), "{words}: {}", answer.location);
    }
    let answer = upload_files(&app, &tara, &Files::from([("notes.txt".to_owned(), b"hello".to_vec())])).await;
    let page = app.get(Some(&tara), &answer.location).await;
    assert!(page.body.contains("course.toml"));
    let many = (0..=domain::course::limits::FILES).map(|number| (format!("{number}.md"), b"x".to_vec())).collect();
    let answer = upload_files(&app, &tara, &many).await;
    let page = app.get(Some(&tara), &answer.location).await;
    assert!(page.body.contains("too-many-files"));
}

#[tokio::test]
async fn a_course_goes_from_the_archive_to_the_learners() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    assert!(app.get(Some(&tara), "/authoring").await.body.contains("No courses yet"));
    let answer = upload_files(&app, &tara, &flagship()).await;
    assert!(answer.location.ends_with("?done=uploaded"), "{}", answer.location);
    let version = page_of(&answer);
    let id = version.rsplit('/').next().unwrap().to_owned();
    let page = app.get(Some(&tara), &answer.location).await;
    assert!(page.body.contains("The check found nothing to mend"));
    assert!(page.body.contains("nobody has filled in yet"), "facts stand in the way");
    let fields = [("course", SLUG), ("version", id.as_str())];
    let early = app.post(Some(&tara), "/do/publish", &fields).await;
    let told = app.get(Some(&tara), &early.location).await;
    assert!(told.body.contains("It was not published") && told.body.contains("/site/facts"));
    fill_facts(&app).await;
    assert!(app.get(Some(&tara), &version).await.body.contains("Publish now"));
    let published = app.post(Some(&tara), "/do/publish", &fields).await;
    assert_eq!(published.location, format!("/authoring/{SLUG}?done=published"));
    let twice = app.post(Some(&tara), "/do/publish", &fields).await;
    assert_eq!(twice.location, published.location, "pressing twice does no harm");
    let course = app.get(Some(&tara), &published.location).await;
    assert!(course.body.contains("Version 1") && course.body.contains("export.zip"));
    assert!(app.get(Some(&tara), "/authoring").await.body.contains("Version 1"));

    let changed = flagship_with("first-words/say-what-happened.md", "## ", "## Now: ");
    let second = upload_files(&app, &tara, &changed).await;
    let page = app.get(Some(&tara), &page_of(&second)).await;
    assert!(page.body.contains("Compared") || page.body.contains("Changed"), "what differs is told");
    let stale = app
        .post(Some(&tara), "/do/publish", &[("course", SLUG), ("version", "018f0000-0000-7000-8000-000000000000")])
        .await;
    assert!(app.get(Some(&tara), &stale.location).await.body.contains("replaced or published the draft"));
    assert_eq!(app.db.course(&SLUG.parse().unwrap()).await.unwrap().unwrap().current.unwrap().number, Some(1));
}

#[tokio::test]
async fn every_activity_can_be_tried_and_stores_nothing() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    fill_facts(&app).await;
    let version = page_of(&upload_files(&app, &tara, &flagship()).await);
    let id = version.rsplit('/').next().unwrap().to_owned();
    let package = app.db.package(id.parse().unwrap()).await.unwrap();
    for activity in package.activities() {
        let page = app.get(Some(&tara), &format!("{version}/a/{}", activity.id)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", activity.id);
        assert!(page.body.contains("Nothing you do here is stored"), "{}", activity.id);
        assert!(!page.body.contains("{{"), "{} shows a placeholder", activity.id);
    }
    for page in ["guide", "job-aid"] {
        assert_eq!(app.get(Some(&tara), &format!("{version}/{page}")).await.status, StatusCode::OK);
    }
    let mut page = app.get(Some(&tara), &format!("{version}/a/late-parcel-phone")).await;
    let mut played = String::new();
    for _ in 0..40 {
        if page.body.contains("The debrief that the learner reads") {
            break;
        }
        let choice = page.body.split("name=\"choice\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [
            ("course", SLUG),
            ("version", id.as_str()),
            ("activity", "late-parcel-phone"),
            ("play", played.as_str()),
            ("choice", choice.as_str()),
        ];
        let answer = app.post(Some(&tara), "/do/preview-turn", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let address = answer.location.split('#').next().unwrap().to_owned();
        page = app.get(Some(&tara), &address).await;
        assert_eq!(page.status, StatusCode::OK);
        played = address.split("play=").nth(1).unwrap().to_owned();
    }
    assert!(page.body.contains("The debrief that the learner reads"), "the conversation ends");
    let nonsense = app.get(Some(&tara), &format!("{version}/a/late-parcel-phone?play=99")).await;
    assert_eq!(nonsense.status, StatusCode::NOT_FOUND);
    let learner = app.somebody("Lena", &[Role::Learner]).await;
    assert_eq!(app.get(Some(&learner), &version).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_archive_that_comes_out_is_the_course_that_went_in() {
    let app = TestApp::new().await;
    let tara = app.somebody("Tara", &[Role::Trainer]).await;
    let version = page_of(&upload_files(&app, &tara, &flagship()).await);
    let id = version.rsplit('/').next().unwrap().parse().unwrap();
    let stored = app.db.version_files(id).await.unwrap();
    assert!(stored == flagship());
    assert!(read_zip(&write_zip(&stored).unwrap()).unwrap() == flagship());
    assert_eq!(app.get(Some(&tara), &format!("{version}/export.zip")).await.status, StatusCode::OK);
}
