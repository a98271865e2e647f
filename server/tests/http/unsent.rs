//! A form that comes after its session has ended: told so, kept for its writer alone, and found again at the very place.

use crate::sketch::Sketch;
use crate::support::{Answer, PASSWORD, Somebody, TestApp};
use app::context::encode;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::people::Role;

const TALK: &str = include_str!("free.conversation");
const PLACE: &str = "/people/new?from=list";

/// Posts a form from a page of ours, with these cookies.
async fn post(app: &TestApp, cookies: &str, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    let request = Request::post(path)
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::REFERER, format!("http://127.0.0.1:3000{from}"))
        .header(header::COOKIE, cookies)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    app.send(request.body(Body::from(pairs.collect::<Vec<_>>().join("&"))).unwrap()).await
}

/// Signs in with the form that stands at `page`, and gives the person and where they are led.
async fn sign_in_at(app: &TestApp, page: &str, somebody: &Somebody, login: &str) -> (Somebody, String) {
    let shown = app.get(None, page).await.body;
    let start =
        shown.find("name=\"next\" value=\"").expect("the place to come back to") + "name=\"next\" value=\"".len();
    let next = shown[start..].split('"').next().unwrap().replace("&amp;", "&");
    let come_in = app.post(None, "/do/sign-in", &[("login", login), ("password", PASSWORD), ("next", &next)]).await;
    let cookie = come_in.cookies.iter().find_map(|cookie| cookie.strip_prefix("session=")).expect("signed in");
    let token = cookie.split(';').next().unwrap().to_owned();
    (Somebody { token, ..somebody.clone() }, come_in.location)
}

/// What HR had typed about a new person.
const TYPED: [(&str, &str); 6] = [
    ("name", "Zoë Müller"),
    ("email", "zoe@work.example"),
    ("roles[]", "learner"),
    ("roles[]", "trainer"),
    ("locale", "en"),
    ("zone", "Europe/Berlin"),
];

#[tokio::test]
async fn what_hr_wrote_is_kept_for_them_alone_and_can_be_sent_after_signing_in() {
    let app = TestApp::new().await;
    let hr = app.somebody("Ines Roth", &[Role::Hr]).await;
    let other = app.somebody("Olga Hahn", &[Role::Hr]).await;
    app.db.end_sessions(hr.id, None).await.unwrap();
    let away = post(&app, &format!("session={}", hr.token), PLACE, "/do/add-person", &TYPED).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    let gate = app.get(None, &away.location).await;
    assert!(gate.body.contains("What you wrote is kept for 24 hours, for you alone"), "{}", away.location);
    assert!(!gate.body.contains("Müller"), "nobody reads it before signing in");

    // Somebody else at the same browser comes to the same place, and finds nothing.
    let (stranger, place) = sign_in_at(&app, &away.location, &other, "olga.hahn@work.example").await;
    assert!(place.starts_with("/people/new?from=list&form="), "{place}");
    let page = app.get(Some(&stranger), &place).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Müller") && !page.body.contains("Nothing has been sent yet"));

    let (hr, place) = sign_in_at(&app, &away.location, &hr, "ines.roth@work.example").await;
    let page = app.get(Some(&hr), &place).await.body;
    assert!(page.contains("Nothing has been sent yet") && page.contains("<blockquote class=\"said\">Zoë Müller"));
    assert!(page.contains("id=\"f-name\"") && page.contains("value=\"Zoë Müller\""), "it is in its fields again");
    let form = page.split("class=\"card unsent stack\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("action=\"/do/add-person\""), "{form}");
    for (name, value) in TYPED {
        assert!(form.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name}: {form}");
    }
    let sent = post(&app, &format!("session={}", hr.token), &place, "/do/add-person", &TYPED).await;
    assert!(sent.location.contains("/link"), "{}", sent.location);
}

#[tokio::test]
async fn it_is_known_whose_a_form_is_after_signing_out_in_another_tab() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Trainer]).await;
    let fields = [("login", "ada.byrne@work.example"), ("password", PASSWORD)];
    let come_in = app.post(None, "/do/sign-in", &fields).await;
    let cookie = |name: &str| {
        let found = come_in.cookies.iter().find(|cookie| cookie.starts_with(name));
        found.and_then(|cookie| cookie.split(';').next()).expect(name).to_owned()
    };
    let (session, past) = (cookie("session="), cookie("past="));
    let out = post(&app, &format!("{session}; {past}"), "/", "/do/sign-out", &[]).await;
    assert!(out.cookies.iter().all(|cookie| !cookie.starts_with("past=")), "{:?}", out.cookies);
    let facts = [("fact[company_name]", "Kite & Kettle Ltd")];
    let away = post(&app, &past, "/site/facts?done=saved", "/do/set-facts", &facts).await;
    assert!(away.location.ends_with("&out=kept"), "{}", away.location);
    let (ada, place) = sign_in_at(&app, &away.location, &ada, "ada.byrne@work.example").await;
    assert!(place.starts_with("/site/facts?form="), "{place}");
    assert!(app.get(Some(&ada), &place).await.body.contains("Kite &amp; Kettle Ltd"));
    // The cookie that tells it is no session.
    let page = Request::get("/account").header(header::ACCEPT, "text/html").header(header::COOKIE, &past);
    assert_eq!(app.send(page.body(Body::empty()).unwrap()).await.status, StatusCode::SEE_OTHER);
    let as_session = past.replace("past=", "session=");
    let page = Request::get("/account").header(header::ACCEPT, "text/html").header(header::COOKIE, as_session);
    assert_eq!(app.send(page.body(Body::empty()).unwrap()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_reply_in_ones_own_words_is_in_the_box_again() {
    let app = TestApp::new().await;
    let sketch = Sketch::new("free", "Free").language("en").competency("ownership", "Ownership");
    sketch.activity("talk", "only/talk.conversation", TALK, &[]).publish(&app).await;
    let ann = app.somebody("Ann Lee", &[Role::Learner]).await;
    let (place, begin) = ("/courses/free/a/talk", [("course", "free"), ("activity", "talk")]);
    app.post(Some(&ann), "/do/start-run", &begin).await;
    let page = app.get(Some(&ann), place).await.body;
    let run = page.split("name=\"run\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    app.db.end_sessions(ann.id, None).await.unwrap();
    let words = "I will look into it and write by four.";
    let fields = [("run", run.as_str()), ("turn", "0"), ("words", words), ("read", "")];
    let away = post(&app, &format!("session={}", ann.token), place, "/do/take-turn", &fields).await;
    let (ann, back) = sign_in_at(&app, &away.location, &ann, "ann.lee@work.example").await;
    assert!(back.starts_with("/courses/free/a/talk?form="), "{back}");
    let page = app.get(Some(&ann), &back).await.body;
    let field = page.split("<textarea").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(field.contains(words), "{field}");
    assert!(app.db.run(run.parse().unwrap(), ann.id).await.unwrap().unwrap().events.is_empty(), "nothing was sent");
}

#[tokio::test]
async fn passwords_and_the_forms_of_strangers_are_not_kept() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    app.db.end_sessions(ada.id, None).await.unwrap();
    let cookie = format!("session={}", ada.token);
    let secret = [("current", "an old and quiet river"), ("password", "a new and quiet river")];
    for (cookies, path, fields) in [
        (cookie.as_str(), "/do/change-password", &secret[..]),
        ("session=00", "/do/set-preferences", &[("zone", "Asia/Tokyo")]),
        ("", "/do/set-preferences", &[("zone", "Asia/Tokyo")]),
    ] {
        let away = post(&app, cookies, "/account", path, fields).await;
        assert_eq!(away.location, "/sign-in?next=/account&out=lost", "{path}");
        assert!(app.get(None, &away.location).await.body.contains("so this was not saved"));
    }
}

#[tokio::test]
async fn an_island_hears_that_the_session_has_ended() {
    let app = TestApp::new().await;
    let request = Request::post("/live/answer")
        .header(header::ACCEPT, "application/json")
        .header(header::HOST, "127.0.0.1:3000")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json");
    let answer = app.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, "\"SignedOut\""));
}

#[tokio::test]
async fn a_page_says_that_the_session_has_ended_where_there_was_one() {
    let app = TestApp::new().await;
    let ada = app.somebody("Ada Byrne", &[Role::Learner]).await;
    app.db.end_sessions(ada.id, None).await.unwrap();
    let away = app.get(Some(&ada), "/account").await;
    assert_eq!(away.location, "/sign-in?next=/account&out=over");
    assert!(app.get(None, &away.location).await.body.contains("You have been signed out. Sign in, and you go on"));
}
