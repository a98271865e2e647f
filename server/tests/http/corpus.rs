//! Every stored text on every page: text that tries to be markup makes the same document as harmless text.
//!
//! The texts go into the database directly, so that not only what a form would let through is tried: an older release may
//! have stored anything.

use crate::document::{links, skeleton, words};
use crate::support::{Answer, Somebody, TestApp};
use app::context::encode;
use axum::http::StatusCode;
use domain::people::{Login, Role};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What harmless texts end with.
const HARMLESS: &str = " zqx";
/// What ends the title, a field, a comment or an attribute, and begins something of its own. It begins like the harmless
/// one, so that lists and names cut short look alike.
const HOSTILE: &str = " zqx</title></textarea></script>--><meta http-equiv=refresh content=0><b id=evil>\"'><form action=/do/edit-person>&lt;i&gt;\u{202E}";

/// Texts that may have no space in them. Every other one is known by its spaces: identifiers and enumerations have none.
const ONE_WORD: [(&str, &str); 7] = [
    ("courses", "title"),
    ("course_versions", "title"),
    ("facts", "value"),
    ("groups", "name"),
    ("people", "name"),
    ("remarks", "words"),
    ("sessions", "agent"),
];

/// At most this many pages of one address pattern for each role.
const EACH: usize = 6;

/// Pages that no link leads to, or only one that a form leads to.
const TYPED: [(&str, Option<Role>); 8] = [
    ("/verify", None),
    ("/sign-in", None),
    ("/forgotten", None),
    ("/welcome/gone", None),
    ("/no-such-page", Some(Role::Learner)),
    ("/people/remove", Some(Role::Hr)),
    ("/courses/working-with-people-outside/a/partner-list/example", Some(Role::Learner)),
    ("/authoring/upload", Some(Role::Trainer)),
];

/// Patterns of the router that a walk through the demonstration does not come by, each with the reason.
const ELSEWHERE: [&str; 3] = [
    // Only while a quiz is under way.
    "/courses/{slug}/a/{activity}/review",
    // Only after making an invitation, for those who made it.
    "/people/{id}/link",
    "/people/sheet",
];

/// A way of writing every text of the database anew.
type Change<'a> = &'a dyn Fn(&str) -> String;

fn is_text(key: &str, value: &str) -> bool {
    // Examples of a meaning have a limit and are on no page. A name in small letters alone is an identifier.
    key != "says" && (key == "title" || (key == "name" && value.contains(char::is_uppercase)) || value.contains(' '))
}

/// The texts inside JSON.
fn in_json(value: &mut Value, key: &str, change: Change<'_>) {
    match value {
        Value::String(text) if is_text(key, text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| in_json(item, key, change)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, field)| in_json(field, key, change)),
        _ => {}
    }
}

fn changed(table: &str, column: &str, text: &str, change: Change<'_>) -> Option<String> {
    if text.starts_with(['{', '['])
        && let Ok(mut value) = serde_json::from_str::<Value>(text)
    {
        let before = value.clone();
        in_json(&mut value, column, change);
        return (value != before).then(|| value.to_string());
    }
    (ONE_WORD.contains(&(table, column)) || text.contains(' ')).then(|| change(text))
}

/// Writes every text of the database anew. Gives how many there were, by table and column.
async fn rewrite(app: &TestApp, change: Change<'_>) -> BTreeMap<(String, String), usize> {
    let pool = app.pool();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
         WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND c.name NOT LIKE '%\\_key' ESCAPE '\\'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut done = BTreeMap::new();
    for (table, column) in columns {
        let (read, write) = (
            format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"),
            format!("UPDATE {table} SET {column} = $2 WHERE {column} = $1"),
        );
        let texts: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(read)).fetch_all(pool).await.unwrap();
        for text in texts {
            let Some(new) = changed(&table, &column, &text, change) else { continue };
            sqlx::query(sqlx::AssertSqlSafe(write.clone())).bind(text).bind(new).execute(pool).await.unwrap();
            *done.entry((table.clone(), column.clone())).or_default() += 1;
        }
    }
    done
}

/// The pattern of the router that a path is of.
fn pattern_of<'a>(patterns: &'a [String], path: &str) -> Option<&'a str> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let wanted: Vec<&str> = pattern.split('/').collect();
        wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    // Words before places: `/people/new` is not `/people/{id}`.
    let found = patterns.iter().filter(|pattern| fits(pattern));
    found.min_by_key(|pattern| pattern.matches('{').count()).map(String::as_str)
}

/// The addresses that somebody comes by, following links from the start.
async fn walk(app: &TestApp, who: &Somebody, patterns: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::from(["/".to_owned()]);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut waiting, mut found) = (VecDeque::from(["/".to_owned()]), vec![]);
    while let Some(address) = waiting.pop_front() {
        let page = app.get(Some(who), &address).await;
        if page.status != StatusCode::OK {
            continue;
        }
        for link in links(&page.body) {
            let address = link.split('#').next().unwrap_or_default().to_owned();
            let path = address.split('?').next().unwrap_or_default();
            let Some(pattern) = pattern_of(patterns, path).filter(|_| address.starts_with('/')) else { continue };
            let so_far = count.entry(pattern).or_default();
            if *so_far < EACH && seen.insert(address.clone()) {
                *so_far += 1;
                waiting.push_back(address);
            }
        }
        found.push(address);
    }
    found
}

async fn ask(app: &TestApp, people: &BTreeMap<Role, Somebody>, role: Option<Role>, address: &str) -> Answer {
    app.get(role.and_then(|role| people.get(&role)), address).await
}

/// Forms that are refused because of what was typed, and the page that shows it again.
async fn refused(app: &TestApp, people: &BTreeMap<Role, Somebody>, typed: &str) -> Vec<Answer> {
    let mut shown = vec![];
    for (role, path, field) in [
        (Some(Role::Hr), "/do/add-person", "email"),
        (Some(Role::Hr), "/do/add-people", "lines"),
        (Some(Role::Admin), "/do/set-site", "zone"),
        (None, "/do/sign-in", "login"),
        (None, "/do/ask-reset", "login"),
    ] {
        let who = role.and_then(|role| people.get(&role));
        // In a list a semicolon would begin a column.
        let typed = if field == "lines" { typed.replace(';', "") } else { typed.to_owned() };
        let answer = app.post(who, path, &[(field, &typed)]).await;
        if !answer.location.is_empty() {
            shown.push(app.get(who, &answer.location).await);
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_stored_text_becomes_markup_on_any_page() {
    let app = TestApp::new().await;
    server::demo::prepare(&app.db, Some("a quiet river at dawn".into())).await.unwrap();
    let mut people = BTreeMap::new();
    for role in Role::ALL {
        let login = Login::parse(&format!("{}@demo.example", role.as_str())).unwrap();
        let found = app.db.credentials(&login).await.unwrap().unwrap().person;
        let token = app.session(found.id).await;
        people.insert(role, Somebody { id: found.id, subject: found.subject, token });
    }
    let patterns: Vec<String> = server::http::page_paths();
    let mut pages: BTreeSet<(String, Option<Role>)> = BTreeSet::new();
    for (role, who) in &people {
        pages.extend(walk(&app, who, &patterns).await.into_iter().map(|address| (address, Some(*role))));
    }
    pages.extend(TYPED.map(|(address, role)| (address.to_owned(), role)));
    for (address, role) in [
        ("/people?search=", Role::Hr),
        ("/groups?search=", Role::Hr),
        ("/tracking?q=", Role::Hr),
        ("/tracking/assign?to=person&q=", Role::Hr),
        ("/site/audit?action=", Role::Admin),
    ] {
        pages.insert((address.to_owned(), Some(role)));
    }
    pages.extend(["/sign-in?next=", "/verify?code=", "/verify/"].map(|address| (address.to_owned(), None)));
    let visited: BTreeSet<&str> = pages
        .iter()
        .filter_map(|(address, _)| pattern_of(&patterns, address.split('?').next().unwrap_or_default()))
        .collect();
    let missed: Vec<&str> =
        patterns.iter().map(String::as_str).filter(|it| !visited.contains(it) && !ELSEWHERE.contains(it)).collect();
    assert!(missed.is_empty(), "no page looked at: {missed:?}");

    let touched = rewrite(&app, &|text| format!("{text}{HARMLESS}")).await;
    for (table, column) in ONE_WORD {
        let place = (table.to_owned(), column.to_owned());
        assert!(touched.contains_key(&place), "no text in {table}.{column}");
    }
    let app = app.restarted();
    // What a question in the address asks for is somebody's text too.
    let asked = |address: &str, suffix: &str| match address.ends_with(['=', '/']) && address.len() > 1 {
        true => format!("{address}{}", encode(suffix).replace('/', "%2F")),
        false => address.to_owned(),
    };
    // Opening some begins them, which other pages tell; so each is opened once before any is looked at.
    for (address, role) in &pages {
        ask(&app, &people, *role, &asked(address, HARMLESS)).await;
    }
    let mut before = BTreeMap::new();
    for (address, role) in &pages {
        let page = ask(&app, &people, *role, &asked(address, HARMLESS)).await;
        assert!(page.status.as_u16() < 500, "{address} as {role:?}: {}", page.status);
        before.insert((address, role), skeleton(&page.body));
    }
    let forms: Vec<String> =
        refused(&app, &people, &format!("x{HARMLESS}")).await.iter().map(|page| skeleton(&page.body)).collect();

    rewrite(&app, &|text| text.replace(HARMLESS, HOSTILE)).await;
    let app = app.restarted();
    let (mut shown, mut wrong) = (0, vec![]);
    let mut compare = |place: String, harmless: &str, page: &Answer| {
        shown += usize::from(words(&page.body).contains("</title>"));
        if page.body.contains('\u{202E}') {
            wrong.push(format!("{place}: the text is turned around"));
        }
        let hostile = skeleton(&page.body);
        if hostile != harmless {
            let from = harmless.lines().zip(hostile.lines()).take_while(|(left, right)| left == right).count();
            let part = |page: &str| {
                page.lines().skip(from.saturating_sub(3)).take(8).map(str::trim).collect::<Vec<_>>().join(" | ")
            };
            wrong.push(format!("{place}, line {from}:\n  {}\n  {}", part(harmless), part(&hostile)));
        }
    };
    for ((address, role), harmless) in &before {
        let page = ask(&app, &people, **role, &asked(address, HOSTILE)).await;
        compare(format!("{address} as {role:?}, {}", page.status), harmless, &page);
    }
    for (harmless, page) in forms.iter().zip(refused(&app, &people, &format!("x{HOSTILE}")).await) {
        compare("a refused form".into(), harmless, &page);
    }
    assert!(wrong.is_empty(), "{} of {} pages differ:\n{}", wrong.len(), before.len(), wrong.join("\n"));
    assert!(shown > before.len() / 3, "the texts are on {shown} of {} pages", before.len());
}
