//! People and groups as HR and admins look after them.

use crate::support::{Answer, PASSWORD, Somebody, TestApp};
use axum::http::StatusCode;
use domain::people::{Email, Locale, Login, PersonName, Role, Zone};
use domain::time::Clock as _;
use server::clock::{SystemClock, SystemEntropy};
use store::{Membership, NewPerson, Page, PeopleFilter, PersonState};

const NEW: [(&str, &str); 5] = [
    ("name", "Tom Reyes"),
    ("email", "tom@work.example"),
    ("roles[]", "learner"),
    ("locale", "en"),
    ("zone", "Europe/Vienna"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.chain(more).copied().collect()
}

/// The address in a page that lets somebody in.
fn link_in(page: &Answer) -> String {
    let start = page.body.find("/welcome/").expect("a link");
    page.body[start..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect()
}

async fn hr(app: &TestApp) -> Somebody {
    app.somebody("Hana Roth", &[Role::Hr]).await
}

async fn find(app: &TestApp, login: &str) -> Option<store::Person> {
    app.db.credentials(&Login::parse(login).unwrap()).await.unwrap().map(|found| found.person)
}

#[tokio::test]
async fn somebody_added_comes_in_by_the_link_that_only_its_maker_sees() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let added = app.post(Some(&hana), "/do/add-person", &NEW).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    assert!(added.location.contains("/link?link="), "{}", added.location);
    let page = app.get(Some(&hana), &added.location).await;
    assert!(page.body.contains("Tom Reyes") && page.body.contains("tom@work.example"));
    let link = link_in(&page);
    let other = app.somebody("Omar Diaz", &[Role::Hr]).await;
    let peek = app.get(Some(&other), &added.location).await;
    assert!(peek.body.contains("no longer shown") && !peek.body.contains("/welcome/"));
    let token = link.trim_start_matches("/welcome/");
    let come_in = app.post(None, "/do/set-password", &[("token", token), ("password", PASSWORD)]).await;
    assert_eq!(come_in.location, "/?done=welcome");
    let again = app.post(Some(&hana), "/do/add-person", &NEW).await;
    let page = app.get(Some(&hana), &again.location).await;
    assert!(again.location.starts_with("/people/new?form=") && page.body.contains("is here already"));
    assert!(page.body.contains("value=\"Tom Reyes\""), "what was typed is kept");
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let fields = [("name", ""), ("email", "tom@"), ("number", "E 1"), ("locale", "en"), ("zone", "Mars/Crater")];
    let refused = app.post(Some(&hana), "/do/add-person", &fields).await;
    let page = app.get(Some(&hana), &refused.location).await;
    for field in ["name", "email", "number", "zone", "roles[]"] {
        assert!(page.body.contains(&format!("id=\"e-{field}\"")), "no error beside {field}");
        assert!(page.body.contains(&format!("href=\"#f-{field}\"")), "the summary does not lead to {field}");
    }
    assert!(page.body.contains("value=\"tom@\"") && page.body.contains("value=\"E 1\""));
    let neither = app.post(Some(&hana), "/do/add-person", &with(&NEW, &[("email", " ")])).await;
    let page = app.get(Some(&hana), &neither.location).await;
    assert!(page.body.contains("Give an e-mail address or an employee number"));
}

#[tokio::test]
async fn only_admins_make_and_change_hr_and_admins() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let admin = app.somebody("Ada Byrne", &[Role::Admin]).await;
    let form = app.get(Some(&hana), "/people/new").await;
    assert!(!form.body.contains("value=\"admin\"") && form.body.contains("Only an admin can make somebody HR"));
    for role in ["hr", "admin"] {
        let made = app.post(Some(&hana), "/do/add-person", &with(&NEW, &[("roles[]", role)])).await;
        assert_eq!(made.status, StatusCode::FORBIDDEN, "{role}");
    }
    assert!(find(&app, "tom@work.example").await.is_none());
    let id = admin.id.to_string();
    let edit = [
        ("person", &*id),
        ("name", "X"),
        ("email", "x@work.example"),
        ("roles[]", "learner"),
        ("locale", "en"),
        ("zone", "UTC"),
    ];
    for (path, fields) in [
        ("/do/edit-person", &edit[..]),
        ("/do/invite", &[("person", &*id)]),
        ("/do/set-active", &[("person", &*id), ("active", "no")]),
    ] {
        assert_eq!(app.post(Some(&hana), path, fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let page = app.get(Some(&hana), &format!("/people/{id}/edit")).await;
    assert!(page.body.contains("Only an admin can change the account") && !page.body.contains("/do/edit-person"));
    let made = app.post(Some(&admin), "/do/add-person", &with(&NEW, &[("roles[]", "hr")])).await;
    assert!(made.location.contains("/link?"), "{}", made.location);
    assert!(find(&app, "tom@work.example").await.unwrap().roles.has(Role::Hr));
}

#[tokio::test]
async fn the_last_admin_stays_one_and_nobody_locks_themselves_out() {
    let app = TestApp::new().await;
    let admin = app.somebody("Ada Byrne", &[Role::Admin]).await;
    let id = admin.id.to_string();
    let page = format!("/people/{id}/edit");
    let fields = [
        ("person", &*id),
        ("name", "Ada Byrne"),
        ("email", "ada.byrne@work.example"),
        ("roles[]", "learner"),
        ("locale", "en"),
        ("zone", "UTC"),
    ];
    let refused = app.post(Some(&admin), "/do/edit-person", &fields).await;
    assert!(refused.location.starts_with(&format!("{page}?form=")), "{}", refused.location);
    assert!(app.get(Some(&admin), &refused.location).await.body.contains("This is the only admin"));
    let refused = app.post(Some(&admin), "/do/set-active", &[("person", &id), ("active", "no")]).await;
    assert!(refused.location.contains("?form="));
    assert!(app.db.person(admin.id).await.unwrap().roles.has(Role::Admin));
}

#[tokio::test]
async fn somebody_disabled_is_out_at_once_and_can_come_back() {
    let app = TestApp::new().await;
    let (hana, tom) = (hr(&app).await, app.somebody("Tom Reyes", &[Role::Learner]).await);
    let id = tom.id.to_string();
    app.post(Some(&hana), "/do/set-active", &[("person", &id), ("active", "no")]).await;
    assert_eq!(app.get(Some(&tom), "/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(app.post(Some(&hana), "/do/invite", &[("person", &id)]).await.status, StatusCode::CONFLICT);
    let back = app.post(Some(&hana), "/do/set-active", &[("person", &id), ("active", "yes")]).await;
    assert!(back.location.ends_with("?done=person-enabled"));
    assert_eq!(app.db.person(tom.id).await.unwrap().state, PersonState::Active);
}

/// Reads a list and, having looked at it, adds everybody on it.
async fn add_list(app: &TestApp, who: &Somebody, lines: &str) {
    let fields = [("lines", lines), ("locale", "en"), ("zone", "UTC"), ("sure", "yes")];
    let added = app.post(Some(who), "/do/add-people", &fields).await;
    assert!(added.location.starts_with("/people?state=invited"), "{}", added.location);
}

#[tokio::test]
async fn many_are_added_all_or_none() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let bad = "Ada Byrne, ada@work.example\nnobody\nHana, hana.roth@work.example";
    let fields = [("lines", bad), ("locale", "en"), ("zone", "UTC")];
    let refused = app.post(Some(&hana), "/do/add-people", &fields).await;
    let page = app.get(Some(&hana), &refused.location).await;
    assert!(page.body.contains("Line 2") && page.body.contains("There is only one column"), "{}", refused.location);
    assert!(page.body.contains("Ada Byrne, ada@work.example"), "what was pasted is kept");
    assert!(find(&app, "ada@work.example").await.is_none());
    let taken = "Ada Byrne, ada@work.example\nHana, hana.roth@work.example";
    let refused = app.post(Some(&hana), "/do/add-people", &with(&fields, &[("lines", taken), ("sure", "yes")])).await;
    assert!(app.get(Some(&hana), &refused.location).await.body.contains("Line 2"));
    assert!(find(&app, "ada@work.example").await.is_none());
    add_list(&app, &hana, "Ada Byrne, ada@work.example\nTom Reyes, E-104\n").await;
    assert_eq!(find(&app, "e-104").await.unwrap().name.as_str(), "Tom Reyes");
}

#[tokio::test]
async fn a_list_is_looked_at_before_anybody_is_added() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let lines =
        "Personalnummer;Nachname;Vorname;E-Mail\n010234;Müller;Zoë;zoe.m@firm.example\n\"0099\";\"Byrne; Jr\";Ada;";
    let fields = [("lines", lines), ("locale", "en"), ("zone", "Europe/Vienna")];
    let read = app.post(Some(&hana), "/do/add-people", &fields).await;
    let look = app.get(Some(&hana), &read.location).await;
    assert!(look.body.contains("Zoë Müller") && look.body.contains("zoe.m@firm.example"), "{}", look.body);
    assert!(look.body.contains("Ada Byrne; Jr") && look.body.contains("Add 2 people"));
    assert!(look.body.contains("separated by semicolons"));
    assert!(look.body.contains("<textarea"), "the list can still be changed");
    assert_eq!(app.db.people(&PeopleFilter::default(), Page::first(9)).await.unwrap().total, 1, "nobody was added");
    // The form on the page has all that the next step needs.
    let added = app.post(Some(&hana), "/do/add-people", &with(&fields, &[("sure", "yes")])).await;
    assert!(added.location.contains("done=people-added"), "{}", added.location);
    let zoe = find(&app, "010234").await.unwrap();
    assert_eq!((zoe.name.as_str(), zoe.zone.as_str()), ("Zoë Müller", "Europe/Vienna"));
    assert_eq!(find(&app, "zoe.m@firm.example").await.unwrap().id, zoe.id);
    assert_eq!(find(&app, "0099").await.unwrap().name.as_str(), "Ada Byrne; Jr");
}

#[tokio::test]
async fn a_column_that_is_not_understood_makes_no_rubbish_people() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let lines = "010234;Zoë;Müller;zoe.m@firm.example;Care;01.12.2026";
    for sure in ["", "yes"] {
        let fields = [("lines", lines), ("locale", "en"), ("zone", "UTC"), ("sure", sure)];
        let refused = app.post(Some(&hana), "/do/add-people", &fields).await;
        let page = app.get(Some(&hana), &refused.location).await;
        assert!(page.body.contains("Column 5 (“Care”) can’t be used"), "{}", page.body);
        assert!(page.body.contains("010234;Zoë;Müller"), "what was pasted is kept");
    }
    assert_eq!(app.db.people(&PeopleFilter::default(), Page::first(9)).await.unwrap().total, 1);
}

#[tokio::test]
async fn who_never_signed_in_is_removed_after_a_question() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let tom = app.somebody("Tom Reyes", &[Role::Learner]).await;
    add_list(&app, &hana, "Rubbish One, R-1\nRubbish Two, R-2").await;
    let (one, two) = (find(&app, "R-1").await.unwrap(), find(&app, "R-2").await.unwrap());
    let list = app.get(Some(&hana), "/people?state=invited").await;
    assert!(list.body.contains("formaction=\"/people/remove\"") && list.body.contains("Remove the chosen"));
    assert!(app.get(Some(&hana), &format!("/people/{}/edit", one.id)).await.body.contains("/people/remove?person"));
    assert!(!app.get(Some(&hana), &format!("/people/{}/edit", tom.id)).await.body.contains("/people/remove?person"));
    let asked = format!("/people/remove?person%5B%5D={}&person%5B%5D={}&person%5B%5D={}", one.id, two.id, tom.id);
    let question = app.get(Some(&hana), &asked).await;
    assert!(question.body.contains("Remove 2 people") && question.body.contains("These people stay"));
    assert!(find(&app, "R-1").await.is_some(), "a question changes nothing");
    let (a, b, t) = (one.id.to_string(), two.id.to_string(), tom.id.to_string());
    // Never someone who was here, not even together with others.
    let refused = app.post(Some(&hana), "/do/remove-people", &[("person[]", &a), ("person[]", &t)]).await;
    assert!(app.get(Some(&hana), &refused.location).await.body.contains("No one was removed"));
    assert!(find(&app, "R-1").await.is_some() && app.db.person(tom.id).await.is_ok());
    let gone = app.post(Some(&hana), "/do/remove-people", &[("person[]", &a), ("person[]", &b)]).await;
    assert_eq!(gone.location, "/people?done=people-removed");
    assert!(find(&app, "R-1").await.is_none() && find(&app, "R-2").await.is_none());
    let admin = app.somebody("Ida Admin", &[Role::Admin]).await;
    let log = app.get(Some(&admin), "/site/audit?action=person.remove").await;
    assert!(log.body.contains("Removed someone who never signed in"), "{}", log.body);
    // An account that admins look after is not HR's to remove.
    let new = NewPerson {
        name: PersonName::parse("Ivo Admin").unwrap(),
        email: Some(Email::parse("ivo@work.example").unwrap()),
        number: None,
        roles: Role::Admin.into(),
        locale: Locale::default(),
        zone: Zone::default(),
    };
    let ivo = app.db.create_person(None, new, SystemClock.now(), &SystemEntropy).await.unwrap().id.to_string();
    assert_eq!(app.post(Some(&hana), "/do/remove-people", &[("person[]", &ivo)]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_sheet_has_a_card_for_each_who_has_not_arrived() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let lines = "Ada Byrne, ada@work.example\nTom Reyes, E-104";
    add_list(&app, &hana, lines).await;
    let list = app.get(Some(&hana), "/people?state=invited").await;
    assert!(list.body.contains("name=\"person[]\""));
    let none = app.post(Some(&hana), "/do/print-sheet", &[("whom", "chosen"), ("back", "/people?page=1")]).await;
    assert!(none.location.starts_with("/people?page=1&form="), "{}", none.location);
    assert!(app.get(Some(&hana), &none.location).await.body.contains("Tick at least one person"));
    let (ada, tom) = (find(&app, "ada@work.example").await.unwrap(), find(&app, "E-104").await.unwrap());
    let (ada, tom, own) = (ada.id.to_string(), tom.id.to_string(), hana.id.to_string());
    let chosen = [("whom", "chosen"), ("person[]", &*ada), ("person[]", &*tom), ("person[]", &*own)];
    let sheet = app.post(Some(&hana), "/do/print-sheet", &chosen).await;
    let page = app.get(Some(&hana), &sheet.location).await;
    assert_eq!(page.body.matches("/welcome/").count(), 2);
    assert!(page.body.contains("One of the chosen has no card"));
    let waiting = app.post(Some(&hana), "/do/print-sheet", &[("whom", "waiting")]).await;
    let fresh = app.get(Some(&hana), &waiting.location).await;
    assert_eq!(fresh.body.matches("/welcome/").count(), 2);
    assert_eq!(app.get(None, &link_in(&page)).await.status, StatusCode::NOT_FOUND, "the newer link takes its place");
    assert_eq!(app.get(None, &link_in(&fresh)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_is_filtered_and_paged() {
    let app = TestApp::new().await;
    let hana = hr(&app).await;
    let lines: String = (1..=30).map(|n| format!("Person {n:02}, N-{n:02}\n")).collect();
    add_list(&app, &hana, &lines).await;
    let first = app.get(Some(&hana), "/people?state=invited").await;
    assert!(first.body.contains("30 people") && first.body.contains("Person 25") && !first.body.contains("Person 26"));
    assert!(first.body.contains("state=invited&amp;page=2"));
    let second = app.get(Some(&hana), "/people?state=invited&page=2").await;
    assert!(second.body.contains("Person 26") && !second.body.contains("Person 25"));
    let nobody = app.get(Some(&hana), "/people?search=zzz").await;
    assert!(nobody.body.contains("Nobody found") && nobody.body.contains("value=\"zzz\""));
}

#[tokio::test]
async fn a_group_is_made_filled_managed_and_deleted() {
    let app = TestApp::new().await;
    let (hana, tom) = (hr(&app).await, app.somebody("Tom Reyes", &[Role::Learner]).await);
    let made = app.post(Some(&hana), "/do/add-group", &[("name", "Support north")]).await;
    let address = made.location.split('?').next().unwrap().to_owned();
    let id = address.trim_start_matches("/groups/").to_owned();
    let again = app.post(Some(&hana), "/do/add-group", &[("name", "support NORTH")]).await;
    let page = app.get(Some(&hana), &again.location).await;
    assert!(page.body.contains("with this name already") && page.body.contains("value=\"support NORTH\""));
    let found = app.get(Some(&hana), &format!("{address}?find=tom")).await;
    assert!(found.body.contains("Add Tom Reyes to the group"));
    let person = tom.id.to_string();
    let fields = [("group", &*id), ("person", &*person), ("find", "tom")];
    for _ in 0..2 {
        let added = app.post(Some(&hana), "/do/add-member", &fields).await;
        assert_eq!(added.location, format!("{address}?done=member-added&find=tom"));
    }
    app.post(Some(&hana), "/do/add-member", &with(&fields, &[("part", "manager")])).await;
    let group = id.parse().unwrap();
    let people = app.db.group_people(group, Page::first(9)).await.unwrap();
    assert_eq!(people.items[0].membership, Membership { member: true, manager: true });
    assert!(app.db.person(tom.id).await.unwrap().roles.has(Role::Manager), "a manager has the role");
    app.post(Some(&hana), "/do/remove-member", &with(&fields, &[("part", "manager")])).await;
    let people = app.db.group_people(group, Page::first(9)).await.unwrap();
    assert_eq!(people.items[0].membership, Membership { member: true, manager: false });
    let left = app.post(Some(&hana), "/do/remove-member", &with(&fields, &[("back", "person")])).await;
    assert_eq!(left.location, format!("/people/{person}/edit?done=member-removed#groups"));
    let renamed = app.post(Some(&hana), "/do/rename-group", &[("group", &*id), ("name", "Support south")]).await;
    assert!(app.get(Some(&hana), &renamed.location).await.body.contains("Support south"));
    for _ in 0..2 {
        let deleted = app.post(Some(&hana), "/do/delete-group", &[("group", &*id)]).await;
        assert_eq!(deleted.location, "/groups?done=group-deleted");
    }
    assert_eq!(app.get(Some(&hana), &address).await.status, StatusCode::NOT_FOUND);
    let everybody = app.db.people(&PeopleFilter::default(), Page::first(9)).await.unwrap();
    assert_eq!(everybody.total, 2, "the people stay");
}
