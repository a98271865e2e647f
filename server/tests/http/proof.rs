//! Receipts, the public check, media and archives.

use crate::support::{Answer, Somebody, TestApp};
use crate::taught::{Taught, now, team};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::canonical::ContentHash;
use domain::people::{Email, Locale, PersonName, Role, Zone};
use store::{ChainKeys, PersonChange};

#[tokio::test]
async fn a_receipt_is_its_holders_and_managers_see_it_without_results() {
    let app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    let holder = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let manager = app.somebody("Milan Kos", &[Role::Learner, Role::Manager]).await;
    let foreign = app.somebody("Nora Lind", &[Role::Manager]).await;
    let colleague = app.somebody("Zeno Quist", &[Role::Learner]).await;
    let trainer = app.somebody("Tara Vance", &[Role::Trainer]).await;
    let hr = app.somebody("Hanna Roth", &[Role::Hr]).await;
    team(&app, "North", &manager, &[&holder, &colleague]).await;
    taught.complete(&app, &holder).await;
    let receipt = app.db.receipts_of(holder.id).await.unwrap().remove(0);
    let path = format!("/receipts/{}", receipt.id);
    for (who, expected) in [
        (&holder, StatusCode::OK),
        (&hr, StatusCode::OK),
        (&manager, StatusCode::OK),
        (&foreign, StatusCode::NOT_FOUND),
        (&colleague, StatusCode::NOT_FOUND),
        (&trainer, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(app.get(Some(who), &path).await.status, expected);
    }
    for (who, results) in [(&holder, true), (&hr, true), (&manager, false)] {
        let page = app.get(Some(who), &path).await.body;
        assert!(page.contains("Ada Byrne") && page.contains("Outside") && page.contains(&receipt.code));
        assert!(page.contains(&taught.package.hash().to_string()));
        assert_eq!(page.contains("100 %"), results);
        assert_eq!(page.contains("First result"), results);
        assert!(!page.contains("does not hold"), "{page}");
    }
    assert!(app.get(None, &path).await.location.starts_with("/sign-in"));
}

#[tokio::test]
async fn anybody_can_check_a_code_and_learns_neither_name_nor_result() {
    let app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    let holder = app.somebody("Ada Byrne", &[Role::Learner]).await;
    taught.complete(&app, &holder).await;
    let code = app.db.receipts_of(holder.id).await.unwrap().remove(0).code;
    assert!(app.get(None, "/verify").await.body.contains("name=\"code\""));
    for path in [format!("/verify/{code}"), format!("/verify?code=+{}", code.to_lowercase())] {
        let page = app.get(None, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("This receipt is genuine") && page.body.contains("Outside"), "{}", page.body);
        assert!(page.body.contains(&taught.package.hash().to_string()));
        for secret in ["Ada", "Byrne", "work.example", "100 %", "Asked"] {
            assert!(!page.body.contains(secret), "{secret}");
        }
    }
    let unknown = app.get(None, "/verify/ABCD-EFGH").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("There is no receipt with this code"));
}

/// Completes the course with another key than the site's: the record is well-formed, and the links are right.
async fn forge(app: &mut TestApp, taught: &Taught, who: &Somebody) -> String {
    let own = app.db.clone();
    app.db = own.clone().with_keys(ChainKeys::derive(&[8; 32]));
    taught.complete(app, who).await;
    app.db = own;
    app.db.receipts_of(who.id).await.unwrap().remove(0).code
}

#[tokio::test]
async fn what_somebody_without_the_key_put_in_is_not_genuine_and_admins_are_told() {
    let mut app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    let holder = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let other = app.somebody("Zeno Quist", &[Role::Learner]).await;
    let admin = app.somebody("Mara Okafor", &[Role::Admin]).await;
    taught.complete(&app, &holder).await;
    let genuine = app.db.receipts_of(holder.id).await.unwrap().remove(0).code;
    assert!(app.get(None, &format!("/verify/{genuine}")).await.body.contains("This receipt is genuine"));
    app.db.check_chains(&[], now()).await.unwrap();
    assert!(!app.get(Some(&admin), "/").await.body.contains("alarm-banner"));
    let page = app.get(Some(&admin), "/site/records").await.body;
    assert!(page.contains("Both chains hold") && page.contains("signature"), "{page}");

    let forged = forge(&mut app, &taught, &other).await;
    let page = app.get(None, &format!("/verify/{forged}")).await.body;
    assert!(!page.contains("This receipt is genuine") && !page.contains("Issued on"), "{page}");
    assert!(page.contains("cannot be confirmed") || page.contains("does not hold"), "{page}");
    let receipt = app.db.receipts_of(other.id).await.unwrap().remove(0);
    let printed = app.get(Some(&other), &format!("/receipts/{}", receipt.id)).await.body;
    assert!(printed.contains("cannot be confirmed") || printed.contains("does not hold"), "{printed}");

    app.db.check_chains(&[], now()).await.unwrap();
    for path in ["/", "/people", "/site"] {
        assert!(app.get(Some(&admin), path).await.body.contains("alarm-banner"), "{path}");
    }
    assert!(!app.get(Some(&holder), "/").await.body.contains("alarm-banner"), "admins alone");
    let page = app.get(Some(&admin), "/site/records").await.body;
    assert!(page.contains("Record 2 does not carry this site’s key"), "{page}");
    let asked = app.post(Some(&admin), "/do/check-records", &[]).await;
    assert_eq!(asked.location, "/site/records?done=check-asked");
}

#[tokio::test]
async fn a_withdrawn_receipt_says_so_to_everyone() {
    let app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    let holder = app.somebody("Ada Byrne", &[Role::Learner]).await;
    taught.complete(&app, &holder).await;
    let receipt = app.db.receipts_of(holder.id).await.unwrap().remove(0);
    app.db.revoke_receipt(None, receipt.id, now()).await.unwrap();
    let public = app.get(None, &format!("/verify/{}", receipt.code)).await.body;
    assert!(public.contains("This receipt was withdrawn") && !public.contains("is genuine"), "{public}");
    let printed = app.get(Some(&holder), &format!("/receipts/{}", receipt.id)).await.body;
    assert!(printed.contains("This receipt was withdrawn on"), "{printed}");
}

#[tokio::test]
async fn a_receipt_keeps_the_day_and_the_name_it_was_issued_with() {
    let app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    let holder = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let change = |name: &str, zone: &str| PersonChange {
        name: PersonName::parse(name).unwrap(),
        email: Some(Email::parse("ada.byrne@work.example").unwrap()),
        number: None,
        locale: Locale::default(),
        zone: Zone::parse(zone).unwrap(),
    };
    app.db.update_person(None, holder.id, change("Ada Byrne", "Pacific/Kiritimati"), now()).await.unwrap();
    taught.complete(&app, &holder).await;
    let receipt = app.db.receipts_of(holder.id).await.unwrap().remove(0);
    let there = Zone::parse("Pacific/Kiritimati").unwrap();
    let day = domain::assignment::day_at(receipt.issued_at, &there).unwrap();
    let day = format!("{} {}", day.day(), MONTHS[usize::from(day.month()) - 1]);
    let (public, printed) = (format!("/verify/{}", receipt.code), format!("/receipts/{}", receipt.id));
    for moved in [false, true] {
        if moved {
            let elsewhere = change("Ada Lovelace", "America/Los_Angeles");
            app.db.update_person(None, holder.id, elsewhere, now()).await.unwrap();
        }
        for path in [&public, &printed] {
            let page = app.get(Some(&holder), path).await.body;
            assert!(page.contains(&day) && page.contains("(Pacific/Kiritimati)"), "{path}, moved: {moved}: {page}");
            assert!(!page.contains("Los_Angeles"), "{path}");
        }
        let page = app.get(Some(&holder), &printed).await.body;
        let card = page.split("class=\"receipt\"").nth(1).unwrap();
        assert!(card.contains("Ada Byrne"), "{card}");
        assert_eq!(card.contains("Now called Ada Lovelace"), moved, "{card}");
    }
    assert!(app.get(None, &public).await.body.contains("This receipt is genuine"));
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

async fn fetch(app: &TestApp, who: &Somebody, path: &str, range: Option<&str>) -> Answer {
    let mut request = Request::get(path).header("cookie", format!("session={}", who.token)).header("accept", "image/*");
    if let Some(range) = range {
        request = request.header("range", range);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn media_are_for_those_who_take_the_version_and_for_trainers() {
    let app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    let learner = app.somebody("Ada Byrne", &[Role::Learner]).await;
    let stranger = app.somebody("Zeno Quist", &[Role::Learner]).await;
    let trainer = app.somebody("Tara Vance", &[Role::Trainer]).await;
    taught.begin(&app, &learner).await;
    let name = taught.package.media.values().next().unwrap().file_name();
    let path = format!("/media/{}/{name}", taught.version);
    assert_eq!(fetch(&app, &stranger, &path, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(fetch(&app, &trainer, &path, None).await.status, StatusCode::OK);
    let whole = fetch(&app, &learner, &path, None).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.headers["content-type"], "image/svg+xml");
    assert_eq!(whole.headers["x-content-type-options"], "nosniff");
    assert_eq!(whole.headers["content-security-policy"], "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    // The browser keeps it and asks each time: another person at the same computer does not see it.
    assert_eq!(whole.headers["cache-control"], "private, no-cache");
    let tag = whole.headers["etag"].to_str().unwrap();
    let again = async |token: &str| {
        let request = Request::get(&path).header("cookie", format!("session={token}")).header("if-none-match", tag);
        app.send(request.body(Body::empty()).unwrap()).await
    };
    let known = again(&learner.token).await;
    assert_eq!((known.status, known.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let other = app.session(learner.id).await;
    app.db.end_sessions(learner.id, None).await.unwrap();
    assert_eq!(again(&other).await.status, StatusCode::UNAUTHORIZED, "signed out");
    let learner = Somebody { token: app.session(learner.id).await, ..learner };
    let part = fetch(&app, &learner, &path, Some("bytes=1-3")).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.body, whole.body[1..4]);
    assert_eq!(part.headers["content-range"], format!("bytes 1-3/{}", whole.body.len()));
    let outside = fetch(&app, &learner, &path, Some("bytes=99999-")).await;
    assert_eq!(outside.status, StatusCode::RANGE_NOT_SATISFIABLE);
    // The sources lie beside the media; not even who knows their hash gets them.
    let quiz = ContentHash::of(&taught.files["only/asked.quiz"]);
    for ending in ["svg", "quiz", "vtt", "md"] {
        let source = format!("/media/{}/{quiz}.{ending}", taught.version);
        assert_eq!(fetch(&app, &learner, &source, None).await.status, StatusCode::NOT_FOUND, "{ending}");
    }
    for odd in ["../only/asked.quiz", "media/line.svg", "x.svg", ""] {
        let answer = fetch(&app, &learner, &format!("/media/{}/{odd}", taught.version), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test]
async fn a_trainer_takes_a_course_away_as_an_archive() {
    let app = TestApp::new().await;
    let taught = Taught::publish(&app, "outside", "Outside").await;
    Taught::publish(&app, "inside", "Inside").await;
    let trainer = app.somebody("Tara Vance", &[Role::Trainer]).await;
    let learner = app.somebody("Ada Byrne", &[Role::Learner]).await;
    for version in ["1".to_owned(), taught.version.to_string()] {
        let path = format!("/authoring/outside/{version}/export.zip");
        let answer = app.get(Some(&trainer), &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.headers["content-type"], "application/zip");
        assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"outside-1.zip\"");
        assert!(answer.body.starts_with("PK"));
        assert_eq!(app.get(Some(&learner), &path).await.status, StatusCode::FORBIDDEN);
    }
    let other = format!("/authoring/inside/{}/export.zip", taught.version);
    assert_eq!(app.get(Some(&trainer), &other).await.status, StatusCode::NOT_FOUND);
}
