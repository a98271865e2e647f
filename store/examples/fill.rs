//! Fills a database with a large organisation, to measure lists in: `fill DATABASE-URL [PEOPLE [COURSES [GROUPS]]]`.
//!
//! The database has to hold a demonstration: its courses are copied, and its HR and manager sign in to what is added.
//! Everything is set-based SQL, so that a hundred thousand people with twenty courses take a minute or two, and the kept
//! counts come from the triggers, as they do in use.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::process::ExitCode;
use std::str::FromStr as _;

/// One connection to either database.
enum Target {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Target {
    async fn open(url: &str) -> Result<Self, sqlx::Error> {
        if url.starts_with("postgres") {
            return Ok(Self::Postgres(PgConnection::connect(url).await?));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            .pragma("synchronous", "OFF")
            .pragma("cache_size", "-400000")
            .pragma("temp_store", "MEMORY");
        Ok(Self::Sqlite(SqliteConnection::connect_with(&options).await?))
    }

    /// Runs a statement that is written for both, but for `id(PREFIX, A, B)`: an identifier made of numbers, ever growing
    /// as those of the program are.
    async fn run(&mut self, what: &str, sql: &str) -> Result<(), sqlx::Error> {
        let rows = match self {
            Self::Sqlite(conn) => {
                let sql = replaced(sql, |kind, a, b| format!("unhex(printf('{kind}%012x%016x', {a}, {b}))"));
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?.rows_affected()
            }
            Self::Postgres(conn) => {
                let sql = replaced(sql, |kind, a, b| {
                    format!("CAST('{kind}' || lpad(to_hex({a}), 12, '0') || lpad(to_hex({b}), 16, '0') AS UUID)")
                });
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?.rows_affected()
            }
        };
        say(&format!("  {what}: {rows}"));
        Ok(())
    }
}

#[allow(clippy::print_stdout, reason = "a tool for the command line")]
fn say(text: &str) {
    println!("{text}");
}

/// Puts what `made` gives in place of each `id(KIND, A, B)`.
fn replaced(sql: &str, made: impl Fn(&str, &str, &str) -> String) -> String {
    let mut pieces = sql.split("id(");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (inside, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let parts: Vec<&str> = inside.split(", ").collect();
        match parts[..] {
            [kind, a, b] => out.push_str(&made(kind, a, b)),
            // Something else that ends in these letters, such as a column's name.
            _ => out.push_str(&format!("id({inside})")),
        }
        out.push_str(rest);
    }
    out
}

/// A moment to count back from: fixed, so that every filling is the same.
const NOW: i64 = 1_780_315_200_000;
const DAY: i64 = 86_400_000;

async fn fill(url: &str, people: u64, courses: u64, groups: u64) -> Result<(), sqlx::Error> {
    let mut db = Target::open(url).await?;
    let is_sqlite = matches!(db, Target::Sqlite(_));
    let numbers =
        |most: u64| format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})");
    db.run("begin", "BEGIN").await?;
    db.run(
        "people",
        &format!(
            "INSERT INTO people (id, subject_id, name, name_key, search_key, sort_key, email, employee_number, password_hash, language, zone,
                                 created_at, updated_at, seen_at)
             {numbers}
             SELECT id(018f, i, 1), id(018f, i, 2), name, lower(name), lower(name), {bytes}, 'p' || i || '@large.example', 'L-' || i, 'none', 'en',
                    'UTC', {NOW}, {NOW}, {NOW}
             FROM (SELECT i, substr('Ada Ben Cleo Dan Eva Finn Gia Hugo Ida Jon Kim Leo Mia Noa Ole Pia Rui Sam Tea Uwe Zoe ',
                                    1 + 4 * (i % 20), 3) || ' Surname' || (i * 7919 % 9973) || ' ' || i AS name FROM n) AS named",
            bytes = if is_sqlite { "CAST(lower(name) AS BLOB)" } else { "convert_to(lower(name), 'UTF8')" },
            numbers = numbers(people)
        ),
    )
    .await?;
    db.run("roles", "INSERT INTO roles (person_id, role) SELECT p.id, 'learner' FROM people AS p WHERE p.email LIKE '%@large.example'")
        .await?;
    db.run(
        "groups",
        &format!(
            "INSERT INTO groups (id, name, name_key, search_key, sort_key, created_at, updated_at)
             {} SELECT id(018e, i, 1), 'Branch ' || i, 'branch ' || i, 'branch ' || i, {}, {NOW}, {NOW} FROM n",
            numbers(groups),
            if is_sqlite { "CAST('branch ' || i AS BLOB)" } else { "convert_to('branch ' || i, 'UTF8')" }
        ),
    )
    .await?;
    db.run(
        "members",
        &format!(
            "INSERT INTO memberships (group_id, person_id, is_member, is_manager, added_at)
             {} SELECT id(018e, 1 + i % {groups}, 1), id(018f, i, 1), TRUE, FALSE, {NOW} FROM n",
            numbers(people)
        ),
    )
    .await?;
    db.run(
        "the manager's teams",
        &format!(
            "INSERT INTO memberships (group_id, person_id, is_member, is_manager, added_at)
             {} SELECT id(018e, n.i, 1), p.id, FALSE, TRUE, {NOW} FROM n, people AS p WHERE p.email = 'manager@demo.example'",
            numbers(groups.min(10))
        ),
    )
    .await?;
    db.run(
        "courses",
        &format!(
            "INSERT INTO courses (id, slug, title, title_key, sort_key, created_at, updated_at)
             {} SELECT id(018d, i, 1), 'large-' || i, 'Large course ' || i, 'large course ' || i, {}, {NOW}, {NOW} FROM n",
            numbers(courses),
            if is_sqlite { "CAST('large course ' || i AS BLOB)" } else { "convert_to('large course ' || i, 'UTF8')" }
        ),
    )
    .await?;
    db.run(
        "versions",
        &format!(
            "INSERT INTO course_versions (id, course_id, state, number, is_current, hash, title, summary, language, minutes,
                 activities, required, change, note, created_at, updated_at, published_at, package)
             {} SELECT id(018d, n.i, 2), id(018d, n.i, 1), 'published', 1, TRUE, v.hash, 'Large course ' || n.i, v.summary,
                    v.language, v.minutes, v.activities, v.required, 'first', '', {NOW}, {NOW}, {NOW}, v.package
             FROM n, course_versions AS v JOIN courses AS c ON c.id = v.course_id
             WHERE v.is_current AND c.slug = 'working-with-people-outside'",
            numbers(courses)
        ),
    )
    .await?;
    db.run(
        "rules for everyone",
        &format!(
            "INSERT INTO rules (id, course_id, target, due_on, created_at)
             {} SELECT id(018c, i, 0), id(018d, i, 1), 'everyone', '2026-12-24', {NOW} FROM n",
            numbers(courses)
        ),
    )
    .await?;
    db.run(
        "rules for groups",
        &format!(
            "INSERT INTO rules (id, course_id, target, group_id, due_on, created_at)
             {} SELECT id(018c, 1 + n.i % {courses}, n.i), id(018d, 1 + n.i % {courses}, 1), 'group',
                    id(018e, 1 + n.i % {groups}, 1), '2026-12-20', {NOW} + n.i FROM n",
            numbers(groups.max(courses) * 2)
        ),
    )
    .await?;
    // Three in ten have not begun, two in ten are on the way, one of them too late; half are done.
    db.run(
        "enrolments",
        &format!(
            "INSERT INTO enrolments (id, person_id, course_id, version_id, cycle, started_at, seen_at, completed_at)
             SELECT id(018b, p.i, c.i), id(018f, p.i, 1), id(018d, c.i, 1), id(018d, c.i, 2), 1, {NOW} - 20 * {DAY}, {NOW},
                    CASE WHEN (p.i + c.i) % 10 >= 5 THEN {NOW} - (p.i % 19) * {DAY} END
             FROM ({people}) AS p, ({courses}) AS c WHERE (p.i + c.i) % 10 >= 3",
            people = listed(people),
            courses = listed(courses)
        ),
    )
    .await?;
    db.run(
        "obligations",
        &format!(
            "INSERT INTO obligations (person_id, course_id, rule_id, status, is_exempt, is_counted, assigned_at, due_on, due_zone,
                 due_at, cycle, enrolment_id, version_id, activities_done, activities_total, started_at, completed_at, updated_at)
             SELECT id(018f, p.i, 1), id(018d, c.i, 1), id(018c, c.i, 0),
                    CASE WHEN (p.i + c.i) % 10 < 3 THEN 'not_started' WHEN (p.i + c.i) % 10 < 5 THEN 'in_progress' ELSE 'done' END,
                    FALSE, TRUE, {NOW} - 30 * {DAY}, '2026-12-24', 'UTC', {NOW} + (c.i - 5) * {DAY}, 1,
                    CASE WHEN (p.i + c.i) % 10 >= 3 THEN id(018b, p.i, c.i) END,
                    CASE WHEN (p.i + c.i) % 10 >= 3 THEN id(018d, c.i, 2) END,
                    (p.i + c.i) % 10, 10, CASE WHEN (p.i + c.i) % 10 >= 3 THEN {NOW} - 20 * {DAY} END,
                    CASE WHEN (p.i + c.i) % 10 >= 5 THEN {NOW} - (p.i % 19) * {DAY} END, {NOW}
             FROM ({people}) AS p, ({courses}) AS c",
            people = listed(people),
            courses = listed(courses)
        ),
    )
    .await?;
    db.run(
        "the log",
        &format!(
            "INSERT INTO audit (happened_at, actor, action, object_kind, object_id, detail)
             {} SELECT {NOW} - ({people} - n.i) * 1000, id(018f, 1 + n.i % 500, 2),
                    CASE WHEN n.i % 5 = 0 THEN 'person.create' WHEN n.i % 7 = 0 THEN 'ticket.create' ELSE 'enrolment.start' END,
                    'person', id(018f, n.i, 2), '{{}}' FROM n",
            numbers(people)
        ),
    )
    .await?;
    db.run("commit", "COMMIT").await?;
    db.run("statistics", "ANALYZE").await
}

/// The numbers from 1 on as a table.
fn listed(most: u64) -> String {
    format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(url) = words.next() else {
        say("usage: fill DATABASE-URL [PEOPLE [COURSES [GROUPS]]]");
        return ExitCode::FAILURE;
    };
    let mut number = |usual| words.next().and_then(|word| word.parse().ok()).unwrap_or(usual);
    let (people, courses, groups) = (number(100_000), number(20), number(2_000));
    match fill(&url, people, courses, groups).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("failed: {error}"));
            ExitCode::FAILURE
        }
    }
}
