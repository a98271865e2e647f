//! The first day of a site that is no demonstration.

use crate::support::TestApp;
use axum::http::StatusCode;
use domain::people::Role;

const FACTS: [(&str, &str); 5] = [
    ("fact[support_hours]", "Monday to Friday, 8 to 18"),
    ("fact[refund_limit]", "€ 50"),
    ("fact[privacy_contact]", "privacy@work.example"),
    ("fact[response_time]", "one working day"),
    ("fact[social_handle]", "@work"),
];
const FLAGSHIP: &str = "working-with-people-outside";

#[tokio::test]
async fn a_new_site_is_set_up_step_by_step_and_says_when_it_is_done() {
    let app = TestApp::new().await;
    let ida = app.somebody("Ida Vance", &[Role::Learner, Role::Admin]).await;
    let home = app.get(Some(&ida), "/").await;
    assert!(home.body.contains("Set up this site") && home.body.contains("0 of 7 done"), "{}", home.body);
    let steps =
        ["What your organisation is called", "Time zone", "Facts the courses use", "Email", "First course", "People"];
    assert!(steps.iter().all(|step| home.body.contains(step)) && home.body.contains("A second admin"));
    // The first open step has its form, and what is wrong with it is said there.
    assert!(home.body.contains("name=\"fact[company_name]\""));
    let long = "x".repeat(81);
    let fields = [("back", "setup"), ("fact[company_name]", long.as_str())];
    let refused = app.post(Some(&ida), "/do/set-facts", &fields).await;
    assert!(
        app.get(Some(&ida), &refused.location).await.body.contains("Use at most 80 characters"),
        "{}",
        refused.location
    );
    let named = app.post(Some(&ida), "/do/set-facts", &[("back", "setup"), ("fact[company_name]", "Parcelwise")]).await;
    assert_eq!(named.location, "/setup#step");
    let page = app.get(Some(&ida), "/setup").await;
    assert!(page.body.contains("Set up Parcelwise") && page.body.contains("name=\"zone\""), "{}", page.body);
    let zoned = app.post(Some(&ida), "/do/set-site", &[("back", "setup"), ("zone", "Europe/Vienna")]).await;
    assert_eq!(zoned.location, "/setup#step");

    // A course is put in before its facts are there: a draft, which no learner finds.
    let offers = app.get(Some(&ida), "/setup?step=course").await;
    assert!(offers.body.contains("Use as a draft") && offers.body.contains("facts are missing"), "{}", offers.body);
    let look = app.get(Some(&ida), &format!("/setup/courses/{FLAGSHIP}")).await;
    assert_eq!(look.status, StatusCode::OK);
    assert!(look.body.contains("class=\"module\"") && look.body.contains("Conversation"));
    let draft = app.post(Some(&ida), "/do/use-course", &[("course", FLAGSHIP)]).await;
    assert_eq!(draft.location, "/setup?done=course-is-draft#step");
    let tom = app.somebody("Tom Reyes", &[Role::Learner]).await;
    assert!(!app.get(Some(&tom), "/courses").await.body.contains(FLAGSHIP));

    let mut facts = FACTS.to_vec();
    facts.push(("back", "setup"));
    assert_eq!(app.post(Some(&ida), "/do/set-facts", &facts).await.location, "/setup#step");
    let offers = app.get(Some(&ida), "/setup?step=course").await;
    assert!(offers.body.contains("Use this course") && !offers.body.contains("Use as a draft"));
    for done in ["course-used", "course-is-here"] {
        let used = app.post(Some(&ida), "/do/use-course", &[("course", FLAGSHIP)]).await;
        assert_eq!(used.location, format!("/setup?done={done}#step"));
    }
    assert!(app.get(Some(&tom), "/courses").await.body.contains(FLAGSHIP), "one click made it a published course");

    // Email and the second admin can be set aside, for a reason that the site's page gives.
    for (step, why) in [("mail", "Printed invitations do"), ("admin", "A team of three")] {
        let refused = app.post(Some(&ida), "/do/set-aside", &[("step", step), ("reason", " ")]).await;
        assert!(app.get(Some(&ida), &refused.location).await.body.contains("Say why"), "{}", refused.location);
        let aside = app.post(Some(&ida), "/do/set-aside", &[("step", step), ("reason", why)]).await;
        assert_eq!(aside.location, "/setup#step");
    }
    let done = app.get(Some(&ida), "/setup").await;
    assert!(done.body.contains("Everything is set up") && done.body.contains("7 of 7 done"), "{}", done.body);
    let home = app.get(Some(&ida), "/").await;
    assert!(!home.body.contains("of 7 done"), "home is the ordinary page again");
    let site = app.get(Some(&ida), "/site").await;
    assert!(site.body.contains("Printed invitations do") && site.body.contains("A team of three"), "{}", site.body);
}

#[tokio::test]
async fn the_set_up_is_for_admins_and_its_courses_for_authors_too() {
    let app = TestApp::new().await;
    let hana = app.somebody("Hana Roth", &[Role::Hr]).await;
    assert!(!app.get(Some(&hana), "/").await.body.contains("of 7 done"));
    assert_eq!(app.get(Some(&hana), "/setup").await.status, StatusCode::FORBIDDEN);
    let trainer = app.somebody("Tea Lind", &[Role::Trainer]).await;
    assert_eq!(app.get(Some(&trainer), &format!("/setup/courses/{FLAGSHIP}")).await.status, StatusCode::OK);
    assert_eq!(app.get(Some(&trainer), "/setup/courses/none-such").await.status, StatusCode::NOT_FOUND);
    let used = app.post(Some(&trainer), "/do/use-course", &[("course", FLAGSHIP)]).await;
    assert_eq!(used.location, format!("/authoring/{FLAGSHIP}?done=course-is-draft"));
    assert_eq!(
        app.post(Some(&trainer), "/do/use-course", &[("course", "none-such")]).await.status,
        StatusCode::NOT_FOUND
    );
}
