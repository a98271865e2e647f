//! People × courses: who stands where.

use super::{ReportFilter, ReportSort, ReportStatus, SortBy, Tallies, filter::push_status};
use crate::{
    Db, Page, Result, StoreError, read as stored,
    sql::{Arg, Sql},
};
use domain::{
    assignment::Day,
    ids::{CourseId, PersonId},
    people::{Email, EmployeeNumber, PersonName, Zone},
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A course, as much as a heading needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseRef {
    /// Which one.
    pub id: CourseId,
    /// What it is called now.
    pub title: String,
}

/// One person and one course. Without results: those are on the person's page, for who may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: PersonName,
    /// Their e-mail address.
    pub email: Option<Email>,
    /// Their employee number.
    pub number: Option<EmployeeNumber>,
    /// Where they are: the days on which they did something are those of this place.
    pub zone: Zone,
    /// Which course.
    pub course: CourseId,
    /// What it is called.
    pub course_title: String,
    /// Where they stand.
    pub status: ReportStatus,
    /// The due day.
    pub due_on: Option<Day>,
    /// Where the due day ends.
    pub due_zone: Option<Zone>,
    /// The first moment after the due day.
    pub due_at: Option<Timestamp>,
    /// When it was assigned; nothing when they take it of their own accord.
    pub assigned_at: Option<Timestamp>,
    /// When the first activity was begun.
    pub started_at: Option<Timestamp>,
    /// When the last required activity was completed.
    pub completed_at: Option<Timestamp>,
    /// Required activities that are done.
    pub done: u32,
    /// Required activities in all.
    pub total: u32,
}

/// A page of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The rows of the page.
    pub rows: Vec<ReportRow>,
    /// The number of rows on all pages.
    pub total: u64,
    /// How many rows there are of each status when the filter asks for none in particular.
    pub tallies: Tallies,
}

#[derive(FromRow)]
pub(super) struct StoredRow {
    person_id: Uuid,
    name: String,
    email: Option<String>,
    employee_number: Option<String>,
    zone: String,
    course_id: Uuid,
    title: String,
    status: String,
    is_exempt: bool,
    due_on: Option<String>,
    due_zone: Option<String>,
    due_at: Option<i64>,
    assigned_at: Option<i64>,
    started_at: Option<i64>,
    completed_at: Option<i64>,
    activities_done: i64,
    activities_total: i64,
}

impl StoredRow {
    pub(super) fn read(self, now: Timestamp) -> Result<ReportRow> {
        let status = ReportStatus::of(&self.status, self.is_exempt, self.due_at, now)
            .ok_or_else(|| StoreError::corrupt("obligations", "status", self.status))?;
        Ok(ReportRow {
            person: PersonId(self.person_id),
            name: PersonName::stored(&self.name),
            email: stored::maybe("people", "email", self.email.as_deref())?,
            number: stored::maybe("people", "employee_number", self.employee_number.as_deref())?,
            zone: stored::text("people", "zone", &self.zone)?,
            course: CourseId(self.course_id),
            course_title: self.title,
            status,
            due_on: stored::maybe("obligations", "due_on", self.due_on.as_deref())?,
            due_zone: stored::maybe("obligations", "due_zone", self.due_zone.as_deref())?,
            due_at: stored::moment(self.due_at),
            assigned_at: stored::moment(self.assigned_at),
            started_at: stored::moment(self.started_at),
            completed_at: stored::moment(self.completed_at),
            done: stored::number("obligations", "activities_done", self.activities_done)?,
            total: stored::number("obligations", "activities_total", self.activities_total)?,
        })
    }
}

macro_rules! report_columns {
    () => {
        "SELECT o.person_id, p.name, p.email, p.employee_number, p.zone, o.course_id, c.title, o.status, o.is_exempt,
                o.due_on, o.due_zone, o.due_at, o.assigned_at, o.started_at, o.completed_at, o.activities_done,
                o.activities_total"
    };
}

macro_rules! report_tables {
    () => {
        " FROM obligations AS o JOIN people AS p ON p.id = o.person_id JOIN courses AS c ON c.id = o.course_id
          WHERE TRUE"
    };
}

/// The tables, in the order SQLite is to go through them. (`CROSS JOIN` says the same as `JOIN` and fixes that order;
/// PostgreSQL chooses its own.) Along the index the rows are ordered by it can stop at the end of the page, rather than
/// sort millions of rows to show fifty; and a search or a group is best begun with the people it leaves over.
fn tables(filter: &ReportFilter, by: SortBy, on_sqlite: bool) -> &'static str {
    match by {
        SortBy::Due if on_sqlite && filter.is_broad() => {
            " FROM obligations AS o INDEXED BY obligations_by_due CROSS JOIN people AS p CROSS JOIN courses AS c
              WHERE p.id = o.person_id AND c.id = o.course_id"
        }
        SortBy::Completed if on_sqlite && filter.is_broad() => {
            " FROM obligations AS o INDEXED BY obligations_by_completion CROSS JOIN people AS p CROSS JOIN courses AS c
              WHERE p.id = o.person_id AND c.id = o.course_id"
        }
        SortBy::Course | SortBy::Status if filter.is_broad() => report_tables!(),
        _ => {
            " FROM people AS p CROSS JOIN obligations AS o CROSS JOIN courses AS c
              WHERE o.person_id = p.id AND c.id = o.course_id"
        }
    }
}

/// The rows a filter and an order ask for, without a limit.
pub(super) fn rows_sql(filter: &ReportFilter, sort: ReportSort, on_sqlite: bool, now: Timestamp) -> Sql {
    let mut sql = Sql::new(report_columns!());
    let sort = sort.sensible(filter.status);
    sql.push(tables(filter, sort.by, on_sqlite));
    filter.push(&mut sql);
    if let Some(status) = filter.status {
        push_status(&mut sql, status, now);
    }
    sort.push(&mut sql, now);
    sql
}

/// The report as stretches that follow each other, each with the number of its rows, and the order within each.
///
/// Over everybody, ordering by course or status would mean sorting everything. But the kept counts tell how many rows
/// each course and each status has, so the page's place is known, and within one course or status the order is by name.
fn stretches(
    filter: &ReportFilter,
    sort: ReportSort,
    courses: &[(CourseRef, Tallies)],
) -> (Vec<(ReportFilter, u64)>, ReportSort) {
    let tallies: Tallies = courses.iter().map(|(_, tallies)| *tallies).sum();
    let count = |tallies: &Tallies| filter.status.map_or_else(|| tallies.total(), |status| tallies.of(status));
    let mut stretches: Vec<_> = match sort.by {
        SortBy::Course if filter.is_broad() => courses
            .iter()
            .map(|(course, tallies)| (ReportFilter { course: Some(course.id), ..filter.clone() }, count(tallies)))
            .collect(),
        SortBy::Status if filter.is_broad() => ReportStatus::ALL
            .into_iter()
            .filter(|status| filter.status.is_none_or(|wanted| wanted == *status))
            .map(|status| (ReportFilter { status: Some(status), ..filter.clone() }, tallies.of(status)))
            .collect(),
        _ => return (vec![(filter.clone(), count(&tallies))], sort),
    };
    if sort.descending {
        stretches.reverse();
    }
    (stretches, ReportSort::default())
}

impl Db {
    /// A page of the report, as of `now`, and the tallies over all pages.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn report(&self, filter: &ReportFilter, sort: ReportSort, page: Page, now: Timestamp) -> Result<Report> {
        let courses = self.by_course(filter, now).await?;
        let tallies: Tallies = courses.iter().map(|(_, tallies)| *tallies).sum();
        let total = filter.status.map_or_else(|| tallies.total(), |status| tallies.of(status));
        let (stretches, sort) = stretches(filter, sort, &courses);
        let (mut skip, mut rows) = (page.offset(), Vec::new());
        for (stretch, count) in stretches {
            let wanted = page.limit() - i64::try_from(rows.len()).unwrap_or(i64::MAX);
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            if wanted <= 0 {
                break;
            }
            if skip >= count {
                skip -= count;
                continue;
            }
            let found: Vec<StoredRow> = rows_sql(&stretch, sort, self.is_sqlite(), now)
                .bind(" LIMIT ", Arg::Number(wanted))
                .bind(" OFFSET ", Arg::Number(skip))
                .rows(self)
                .await?;
            skip = 0;
            for row in found {
                rows.push(row.read(now)?);
            }
        }
        Ok(Report { rows, total, tallies })
    }

    /// Every obligation of one person, by the course's name, whether or not reports count them.
    pub(super) async fn standing_of(&self, person: PersonId, now: Timestamp) -> Result<Vec<ReportRow>> {
        let rows = rows!(
            self,
            StoredRow,
            concat!(report_columns!(), report_tables!(), " AND o.person_id = $1 ORDER BY c.sort_key, c.id"),
            person.0
        )?;
        rows.into_iter().map(|row| row.read(now)).collect()
    }
}
