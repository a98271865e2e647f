//! Who sees whose progress, who assigns what to whom, and the table as a file.

use crate::support::{Answer, Somebody, TestApp};
use crate::taught::{Taught, day, team};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::people::{Role, Zone};
use store::{AuditFilter, GroupRef, ReportStatus, Target};

/// Two teams of one person each, a manager for the first, and HR.
struct Office {
    app: TestApp,
    taught: Taught,
    hr: Somebody,
    manager: Somebody,
    mine: Somebody,
    other: Somebody,
    north: GroupRef,
    south: GroupRef,
}

impl Office {
    async fn open() -> Self {
        let app = TestApp::new().await;
        let hr = app.somebody("Hanna Roth", &[Role::Learner, Role::Hr]).await;
        let manager = app.somebody("Milan Kos", &[Role::Learner, Role::Manager]).await;
        let elsewhere = app.somebody("Nora Lind", &[Role::Manager]).await;
        let mine = app.somebody("Ada Byrne", &[Role::Learner]).await;
        let other = app.somebody("Zeno Quist", &[Role::Learner]).await;
        let north = team(&app, "North", &manager, &[&mine]).await;
        let south = team(&app, "South", &elsewhere, &[&other]).await;
        let taught = Taught::publish(&app, "outside", "Outside").await;
        taught.assign(&app, Target::Everyone, Some(day(5))).await;
        Self { app, taught, hr, manager, mine, other, north, south }
    }

    async fn page(&self, who: &Somebody, path: &str) -> Answer {
        self.app.get(Some(who), path).await
    }
}

#[tokio::test]
async fn a_manager_sees_the_own_team_and_hr_sees_everybody() {
    let office = Office::open().await;
    let all = office.page(&office.hr, "/tracking").await;
    assert_eq!(all.status, StatusCode::OK);
    assert!(all.body.contains("Ada Byrne") && all.body.contains("Zeno Quist"), "{}", all.body);
    let south = office.south.id;
    for path in
        ["/tracking", "/tracking?sort=due&order=descending", "/tracking?q=e", &format!("/tracking?group={south}")]
    {
        let own = office.page(&office.manager, path).await;
        assert_eq!(own.status, StatusCode::OK);
        assert!(!own.body.contains("Zeno Quist"), "{path}");
        let file = office.page(&office.manager, &path.replace("/tracking", "/tracking/export.csv")).await;
        assert!(!file.body.contains("Zeno Quist"), "{path}");
    }
    assert!(office.page(&office.manager, "/tracking").await.body.contains("Ada Byrne"));
    let (mine, other) = (office.mine.id, office.other.id);
    assert_eq!(office.page(&office.manager, &format!("/tracking/people/{mine}")).await.status, StatusCode::OK);
    assert_eq!(office.page(&office.manager, &format!("/tracking/people/{other}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.page(&office.hr, &format!("/tracking/people/{other}")).await.status, StatusCode::OK);
    assert_eq!(office.page(&office.mine, "/tracking").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_manager_decides_for_the_own_team_only_and_never_for_themselves() {
    let office = Office::open().await;
    let course = office.taught.course.to_string();
    let due = day(20);
    for (who, expected) in [(&office.other, StatusCode::NOT_FOUND), (&office.mine, StatusCode::SEE_OTHER)] {
        let person = who.id.to_string();
        let extend = [("person", &*person), ("course", &course), ("due", &due), ("reason", "a long trip")];
        let exempt = [("person", &*person), ("course", &*course), ("reason", "another job")];
        let assign = [("to", "person"), ("person", &*person), ("course", &course), ("due", &due)];
        for (path, fields) in [
            ("/do/extend", &extend[..]),
            ("/do/exempt", &exempt[..]),
            ("/do/end-exemption", &exempt[..2]),
            ("/do/assign", &assign[..]),
        ] {
            let answer = office.app.post(Some(&office.manager), path, fields).await;
            assert_eq!(answer.status, expected, "{path}: {}", answer.location);
            if expected == StatusCode::SEE_OTHER {
                assert!(!answer.location.contains("form="), "{path}: {}", answer.location);
            }
        }
    }
    // The manager joins the own team.
    let both = store::Membership { member: true, manager: true };
    let (db, id) = (&office.app.db, office.manager.id);
    db.set_membership(None, office.north.id, id, both, crate::taught::now()).await.unwrap();
    let own = id.to_string();
    let exempt = [("person", &*own), ("course", &*course), ("reason", "I know it all")];
    assert_eq!(office.app.post(Some(&office.manager), "/do/exempt", &exempt).await.status, StatusCode::FORBIDDEN);
    let page = office.page(&office.manager, &format!("/tracking/people/{id}")).await;
    assert!(page.body.contains("Somebody else decides") && !page.body.contains("/do/exempt"), "{}", page.body);
}

/// The manager belongs to the team they manage, HR has assigned the course to it, and the manager tries every way to an
/// easier life.
#[tokio::test]
async fn a_manager_in_the_own_team_cannot_loosen_what_is_asked_of_them() {
    let office = Office::open().await;
    let (db, manager) = (&office.app.db, &office.manager);
    let course = Taught::publish(&office.app, "inside", "Inside").await;
    let due = day(10);
    course.assign(&office.app, Target::Group(office.north.id), Some(due.clone())).await;
    let both = store::Membership { member: true, manager: true };
    db.set_membership(None, office.north.id, manager.id, both, crate::taught::now()).await.unwrap();
    let asked = async || {
        let history = db.person_history(manager.id, crate::taught::now()).await.unwrap();
        let row = history.standing.into_iter().find(|row| row.course == course.course).unwrap();
        (row.due_on.map(|day| day.to_string()), row.status)
    };
    let before = asked().await;
    assert_eq!(before, (Some(due), ReportStatus::NotStarted));

    let post = async |path: &str, fields: &[(&str, &str)]| office.app.post(Some(manager), path, fields).await.status;
    let of_hr = db.rules(Some(course.course)).await.unwrap()[0].id.to_string();
    let (own, id, late) = (manager.id.to_string(), course.course.to_string(), day(40));
    let north = office.north.id.to_string();
    let to_me = [("to", "person"), ("person", &*own), ("course", &*id), ("due", &*late)];
    let mine = [("person", &*own), ("course", &*id), ("due", &*late), ("reason", "A lot to do")];
    assert_eq!(post("/do/withdraw", &[("rule", &of_hr)]).await, StatusCode::FORBIDDEN, "HR's rule");
    assert_eq!(post("/do/assign", &to_me).await, StatusCode::FORBIDDEN);
    for path in ["/do/extend", "/do/exempt", "/do/end-exemption"] {
        assert_eq!(post(path, &mine).await, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(asked().await, before);
    let page = office.page(manager, "/tracking/assign").await.body;
    assert!(!page.contains(&of_hr), "no button for what would be refused");

    // What they assign to the team reaches the others and not themselves, and can be withdrawn.
    let to_team = [("to", "group"), ("group", &*north), ("course", &*id), ("due", &*day(5))];
    assert_eq!(post("/do/assign", &to_team).await, StatusCode::SEE_OTHER);
    assert_eq!(asked().await, before);
    let others = db.person_history(office.mine.id, crate::taught::now()).await.unwrap().standing;
    let other = others.iter().find(|row| row.course == course.course).unwrap();
    assert_eq!(other.due_on.map(|day| day.to_string()), Some(day(5)));
    let rules = db.rules(Some(course.course)).await.unwrap();
    let own_rule = rules.iter().find(|rule| rule.as_manager).unwrap().id.to_string();
    assert!(office.page(manager, "/tracking/assign").await.body.contains(&own_rule));
    assert_eq!(post("/do/withdraw", &[("rule", &own_rule)]).await, StatusCode::SEE_OTHER);
    assert_eq!(asked().await, before);

    // Another manager's rule does reach them, and is not theirs to withdraw.
    let second = office.app.somebody("Mona Reyes", &[Role::Manager]).await;
    let manages = store::Membership { member: false, manager: true };
    db.set_membership(None, office.north.id, second.id, manages, crate::taught::now()).await.unwrap();
    assert_eq!(office.app.post(Some(&second), "/do/assign", &to_team).await.status, StatusCode::SEE_OTHER);
    assert_eq!(asked().await.0, Some(day(5)));
    let rules = db.rules(Some(course.course)).await.unwrap();
    let theirs = rules.iter().find(|rule| rule.as_manager && rule.withdrawn_at.is_none()).unwrap().id.to_string();
    assert_eq!(post("/do/withdraw", &[("rule", &theirs)]).await, StatusCode::FORBIDDEN);
    // HR withdraws anything that is about others.
    let by_hr = office.app.post(Some(&office.hr), "/do/withdraw", &[("rule", &theirs)]).await;
    assert_eq!(by_hr.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn hr_does_not_decide_about_themselves_either() {
    let office = Office::open().await;
    let (own, course) = (office.hr.id.to_string(), office.taught.course.to_string());
    office.taught.assign(&office.app, Target::Person(office.hr.id), Some(day(3))).await;
    let fields = [("person", &*own), ("course", &*course), ("due", &*day(30)), ("reason", "A lot to do")];
    for path in ["/do/extend", "/do/exempt", "/do/end-exemption"] {
        let answer = office.app.post(Some(&office.hr), path, &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let rules = office.app.db.rules(None).await.unwrap();
    let own_rule = rules.iter().find(|rule| rule.target == Target::Person(office.hr.id)).unwrap().id.to_string();
    let answer = office.app.post(Some(&office.hr), "/do/withdraw", &[("rule", &own_rule)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

/// Days left are counted where the learner is, whoever looks.
#[tokio::test]
async fn days_left_are_the_learners() {
    let office = Office::open().await;
    let db = &office.app.db;
    let now = crate::taught::now();
    // Two zones 26 hours apart: it is never the same day in both.
    let (east, west): (Zone, Zone) = ("Pacific/Kiritimati".parse().unwrap(), "Etc/GMT+12".parse().unwrap());
    let move_to = async |who: &Somebody, name: &str, zone: &Zone| {
        let change = store::PersonChange {
            name: domain::people::PersonName::parse(name).unwrap(),
            email: Some(format!("{}@work.example", name.to_lowercase().replace(' ', ".")).parse().unwrap()),
            number: None,
            locale: domain::people::Locale::default(),
            zone: zone.clone(),
        };
        db.update_person(None, who.id, change, now).await.unwrap();
    };
    move_to(&office.mine, "Ada Byrne", &west).await;
    move_to(&office.hr, "Hanna Roth", &east).await;
    let there = domain::assignment::day_at(now, &west).unwrap();
    let due = domain::assignment::days_after(there, 3).unwrap().to_string();
    let course = Taught::publish(&office.app, "inside", "Inside").await;
    course.assign(&office.app, Target::Person(office.mine.id), Some(due)).await;
    let home = office.page(&office.mine, "/").await.body;
    assert!(home.contains("3 days left"), "{home}");
    for path in [format!("/tracking?course={}", course.course), format!("/tracking/people/{}", office.mine.id)] {
        let page = office.page(&office.hr, &path).await.body;
        assert!(page.contains("3 days left") && !page.contains("2 days left"), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_manager_assigns_to_the_own_teams_only() {
    let office = Office::open().await;
    let second = Taught::publish(&office.app, "inside", "Inside").await;
    let course = second.course.to_string();
    let (north, south) = (office.north.id.to_string(), office.south.id.to_string());
    let group = |group: &str| vec![("to", "group".to_owned()), ("group", group.to_owned()), ("course", course.clone())];
    let everyone = vec![("to", "everyone".to_owned()), ("course", course.clone())];
    for (fields, expected) in [
        (everyone, StatusCode::FORBIDDEN),
        (group(&south), StatusCode::NOT_FOUND),
        (group(&north), StatusCode::SEE_OTHER),
    ] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = office.app.post(Some(&office.manager), "/do/assign", &fields).await;
        assert_eq!(answer.status, expected, "{fields:?}");
    }
    // The rule for everyone is none of the manager's, neither to see nor to withdraw.
    let rules = office.app.db.rules(None).await.unwrap();
    let foreign = rules.iter().find(|rule| rule.target == Target::Everyone).unwrap().id.to_string();
    let own = rules.iter().find(|rule| rule.target != Target::Everyone).unwrap().id.to_string();
    let page = office.page(&office.manager, "/tracking/assign").await;
    assert!(page.body.contains(&own) && !page.body.contains(&foreign));
    let refused = office.app.post(Some(&office.manager), "/do/withdraw", &[("rule", &foreign)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let done = office.app.post(Some(&office.manager), "/do/withdraw", &[("rule", &own)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let again = office.app.post(Some(&office.manager), "/do/withdraw", &[("rule", &own)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "twice is no harm");
}

#[tokio::test]
async fn a_due_day_in_the_past_is_refused_beside_the_field_and_a_double_click_counts_once() {
    let office = Office::open().await;
    let second = Taught::publish(&office.app, "inside", "Inside").await;
    let (course, north) = (second.course.to_string(), office.north.id.to_string());
    let yesterday = day(-2);
    let late = [("to", "group"), ("group", &*north), ("course", &course), ("due", &yesterday)];
    let refused = office.app.post(Some(&office.hr), "/do/assign", &late).await;
    assert!(refused.location.contains("form="), "{}", refused.location);
    let page = office.page(&office.hr, &refused.location).await;
    assert!(page.body.contains("id=\"e-due\"") && page.body.contains("Choose today or a later day"), "{}", page.body);
    assert!(page.body.contains(&format!("value=\"{yesterday}\"")), "what was typed is kept");
    let due = day(9);
    let good = [("to", "group"), ("group", &*north), ("course", &course), ("due", &due)];
    for _ in 0..2 {
        let done = office.app.post(Some(&office.hr), "/do/assign", &good).await;
        assert!(done.location.contains("reached=1"), "{}", done.location);
    }
    assert_eq!(office.app.db.rules(Some(second.course)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_person_is_found_by_a_search_without_scripts() {
    let office = Office::open().await;
    let course = office.taught.course;
    let path = format!("/tracking/assign?to=person&course={course}&q=ADA");
    let found = office.page(&office.hr, &path).await;
    let link = format!("/tracking/assign?to=person&amp;course={course}&amp;person={}", office.mine.id);
    assert!(found.body.contains(&link), "{}", found.body);
    let chosen = office.page(&office.hr, &link.replace("&amp;", "&")).await;
    assert!(chosen.body.contains("action=\"/do/assign\"") && chosen.body.contains("Ada Byrne"));
    let hidden = office.page(&office.manager, "/tracking/assign?to=person&q=Zeno").await;
    assert!(!hidden.body.contains("Zeno Quist"), "a search does not reach beyond the own teams");
    let foreign = format!("/tracking/assign?person={}", office.other.id);
    assert_eq!(office.page(&office.manager, &foreign).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_manager_sees_dates_and_hr_sees_results_too() {
    let office = Office::open().await;
    office.taught.complete(&office.app, &office.mine).await;
    let path = format!("/tracking/people/{}", office.mine.id);
    let dates = office.page(&office.manager, &path).await.body;
    assert!(dates.contains("Completed") && dates.contains("Receipt issued"), "{dates}");
    for result in ["0 %", "100 %", "attempt 2", "not passed"] {
        assert!(!dates.contains(result), "a manager sees {result}");
    }
    let results = office.page(&office.hr, &path).await.body;
    for result in ["attempt 1: 0 %", "attempt 2: 100 %", "not passed"] {
        assert!(results.contains(result), "HR does not see {result}: {results}");
    }
}

#[tokio::test]
async fn more_time_and_exemptions_need_a_reason_and_are_kept() {
    let office = Office::open().await;
    let (person, course, due) = (office.mine.id.to_string(), office.taught.course.to_string(), day(40));
    let path = format!("/tracking/people/{person}");
    let empty = [("person", &*person), ("course", &*course), ("due", &*due), ("reason", " ")];
    let refused = office.app.post(Some(&office.hr), "/do/extend", &empty).await;
    let page = office.page(&office.hr, &refused.location).await.body;
    assert!(page.contains("Say why") && page.contains(&format!("value=\"{due}\"")), "{page}");
    let good = [("person", &*person), ("course", &*course), ("due", &*due), ("reason", "parental leave <b>")];
    let done = office.app.post(Some(&office.hr), "/do/extend", &good).await;
    assert_eq!(done.location, format!("{path}?done=extended"));
    let page = office.page(&office.hr, &done.location).await.body;
    assert!(page.contains("There is more time now") && page.contains("parental leave &lt;b&gt;"), "{page}");
    office.app.post(Some(&office.hr), "/do/exempt", &good).await;
    let exempt = office.page(&office.hr, &path).await.body;
    assert!(exempt.contains("/do/end-exemption") && !exempt.contains("/do/extend"), "{exempt}");
    let table = office.page(&office.hr, "/tracking?status=exempt").await.body;
    assert!(table.contains("Ada Byrne") && !table.contains("Zeno Quist"));
    office.app.post(Some(&office.hr), "/do/end-exemption", &good[..2]).await;
    assert!(office.page(&office.hr, &path).await.body.contains("Exemption ended"));
}

#[tokio::test]
async fn who_has_no_team_is_told_so() {
    let office = Office::open().await;
    let alone = office.app.somebody("Lone Manager", &[Role::Manager]).await;
    for path in ["/tracking", "/tracking/assign"] {
        let page = office.page(&alone, path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("You have no team yet"), "{path}");
    }
    let file = office.page(&alone, "/tracking/export.csv").await;
    assert_eq!(file.body.lines().count(), 1, "the header alone");
}

/// The names in the table, in order.
fn names(html: &str) -> Vec<String> {
    let cells = html.split("<th scope=\"row\"><a href=\"/tracking/people/").skip(1);
    cells.filter_map(|cell| Some(cell.split_once('>')?.1.split_once('<')?.0.to_owned())).collect()
}

#[tokio::test]
async fn the_file_has_the_rows_of_the_page_on_every_page_and_no_formulas() {
    let office = Office::open().await;
    for number in 0..60 {
        office.app.somebody(&format!("Person {number:02}"), &[Role::Learner]).await;
    }
    office.app.somebody("=HYPERLINK evil", &[Role::Learner]).await;
    office.taught.begin(&office.app, &office.mine).await;
    for query in ["", "sort=name&order=descending", "status=not-started&q=person", "status=in-progress"] {
        let mut shown = vec![];
        for page in 1..=3 {
            let html = office.page(&office.hr, &format!("/tracking?{query}&page={page}")).await.body;
            let names = names(&html);
            if shown.ends_with(&names) {
                break;
            }
            shown.extend(names);
        }
        let file = office.page(&office.hr, &format!("/tracking/export.csv?{query}")).await;
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        let disposition = file.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"progress-20"), "{disposition}");
        let body = file.body.strip_prefix('\u{FEFF}').expect("a byte order mark");
        assert!(body.ends_with("\r\n") && !body.replace("\r\n", "").contains('\n'));
        let mut reader = csv::Reader::from_reader(body.as_bytes());
        assert_eq!(&reader.headers().unwrap()[0], "Name");
        let rows: Vec<String> =
            reader.records().map(|row| row.unwrap()[0].trim_start_matches('\'').to_owned()).collect();
        assert_eq!(rows, shown, "{query}");
        assert!(!rows.is_empty(), "{query}");
    }
    let file = office.page(&office.hr, "/tracking/export.csv").await.body;
    assert!(file.contains("\n\"'=HYPERLINK evil\","), "{file}");
    let audit = AuditFilter { action: Some("tracking.exported".into()), ..AuditFilter::default() };
    let rows = office.app.db.audit(&audit, 10).await.unwrap();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0].actor, Some(office.hr.subject));
    assert!(rows.iter().all(|row| !row.detail.contains("person")), "what was searched for is not kept");
}

/// The cells of a CSV file as a spreadsheet finds them that splits at `separator`, whatever was meant.
fn cells(file: &str, separator: u8) -> Vec<String> {
    let text = file.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(separator).flexible(true).has_headers(false);
    let mut reader = reader.from_reader(text.as_bytes());
    reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[tokio::test]
async fn no_name_is_a_formula_whatever_the_file_is_split_at() {
    let office = Office::open().await;
    for (name, number) in
        [("Ann Trial;=1+1;x", "1"), ("Ben,=2+2", "2"), ("Cy; \"=3+3", "3"), ("-4+4", "4"), ("@SUM(A5)", "5")]
    {
        office.app.employee(name, number).await;
    }
    for (language, separator) in [("en-GB", b','), ("de-DE,de;q=0.9", b';')] {
        let request = Request::get("/tracking/export.csv").header("accept-language", language);
        let request = request.header("cookie", format!("session={}", office.hr.token));
        let file = office.app.send(request.body(Body::empty()).unwrap()).await.body;
        let head = format!("\u{FEFF}\"Name\"{}\"E-mail\"", char::from(separator));
        assert!(file.starts_with(&head), "{file}");
        for split in [b',', b';', b'\t'] {
            let calculated =
                cells(&file, split).into_iter().find(|cell| cell.trim_start().starts_with(['=', '+', '-', '@']));
            assert_eq!(calculated, None, "split at {:?}", char::from(split));
        }
        // Split at what it was written with, a cell is a cell.
        assert!(cells(&file, separator).iter().any(|cell| cell == "Ann Trial;'=1+1;x"), "{file}");
    }
}

#[tokio::test]
async fn a_spreadsheet_leaves_names_and_numbers_alone() {
    use calamine::{Data, Reader as _, Xlsx};
    let office = Office::open().await;
    let odd = [("Ann Trial;=1+1;x", "00417"), ("=1+1", "3-4"), ("Cy Ølund", "1E5")];
    for (name, number) in odd {
        office.app.employee(name, number).await;
    }
    assert!(office.page(&office.hr, "/tracking").await.body.contains("href=\"/tracking/export.xlsx\""));
    let file = office.page(&office.hr, "/tracking/export.xlsx?q=&sort=name").await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert_eq!(file.headers["content-type"], kind);
    assert!(file.headers["content-disposition"].to_str().unwrap().ends_with(".xlsx\""));
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file.bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<_> = sheet.rows().collect();
    assert_eq!(rows[0][0], Data::String("Name".into()));
    for (name, number) in odd {
        let row = rows.iter().find(|row| row[0] == Data::String(name.into())).expect(name);
        assert_eq!(row[2], Data::String(number.into()), "{row:?}");
        assert_eq!(row[5], Data::Float(0.0), "a count is a number: {row:?}");
    }
    // The same rows as in the other file, for the same people.
    let csv = office.page(&office.hr, "/tracking/export.csv").await.body;
    assert_eq!(rows.len(), csv.lines().count());
    let own = office.page(&office.manager, "/tracking/export.xlsx").await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(own.bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(sheet.rows().all(|row| row[0] != Data::String("Zeno Quist".into())), "another team");
}

/// One person must take it and has not; three take it of their own accord, and one of them is done.
#[tokio::test]
async fn completion_is_of_those_who_must() {
    let office = Office::open().await;
    let course = Taught::publish(&office.app, "inside", "Inside").await;
    course.assign(&office.app, Target::Person(office.mine.id), None).await;
    for name in ["Una Ward", "Vera Xiu"] {
        let one = office.app.somebody(name, &[Role::Learner]).await;
        course.begin(&office.app, &one).await;
    }
    course.complete(&office.app, &office.other).await;
    let page = office.page(&office.hr, &format!("/tracking?course={}", course.course)).await.body;
    let card = page.split("class=\"card\"").nth(1).unwrap();
    assert!(card.contains("0 of 1 done") && card.contains("3 without an assignment (1 done)"), "{card}");
    let own = format!("/tracking?course={}&taken=own", course.course);
    let page = office.page(&office.hr, &own).await.body;
    for name in ["Una Ward", "Vera Xiu", "Zeno Quist"] {
        assert!(page.contains(name), "{name}");
    }
    assert!(!page.contains("Ada Byrne") && page.contains("Taken without an assignment"));
    let file = office.page(&office.hr, &own.replace("/tracking?", "/tracking/export.csv?")).await.body;
    assert!(file.contains("Zeno Quist") && !file.contains("Ada Byrne"), "{file}");
}
