//! How many there are of each status.

use super::{CourseRef, ReportFilter, ReportStatus, Scope};
use crate::{
    Db, Result, read as stored,
    sql::{Arg, Sql},
};
use domain::{
    ids::{CourseId, GroupId},
    time::Timestamp,
};
use sqlx::FromRow;
use std::iter::Sum;
use uuid::Uuid;

/// How many rows of a report have each status: first of those who must take the course, then of those who take it of their
/// own accord. Completion is a matter of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tallies {
    /// Nothing was done yet.
    pub not_started: u64,
    /// Something was done.
    pub in_progress: u64,
    /// All of it was done.
    pub done: u64,
    /// The due day has ended and it is not done.
    pub overdue: u64,
    /// Excused.
    pub exempt: u64,
    /// Of those to whom nobody assigned it.
    pub voluntary: Voluntary,
}

/// How many take a course of their own accord, by status. They have no due day, and nothing to be excused from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Voluntary {
    /// Enrolled, with nothing done yet.
    pub not_started: u64,
    /// Something was done.
    pub in_progress: u64,
    /// All of it was done.
    pub done: u64,
}

impl Voluntary {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.not_started + self.in_progress + self.done
    }
}

impl Tallies {
    /// All rows.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.required() + self.exempt + self.voluntary.total()
    }

    /// Those who must take it: assigned, and not excused.
    #[must_use]
    pub fn required(&self) -> u64 {
        self.not_started + self.in_progress + self.done + self.overdue
    }

    /// The share in whole per cent, rounded down, of those who must take it that have done it; 0 when nobody must.
    #[must_use]
    pub fn completion(&self) -> u64 {
        self.done.saturating_mul(100).checked_div(self.required()).unwrap_or(0)
    }

    /// The rows with one status, of those who must take it and of the others.
    #[must_use]
    pub fn of(&self, status: ReportStatus) -> u64 {
        match status {
            ReportStatus::NotStarted => self.not_started + self.voluntary.not_started,
            ReportStatus::InProgress => self.in_progress + self.voluntary.in_progress,
            ReportStatus::Done => self.done + self.voluntary.done,
            ReportStatus::Overdue => self.overdue,
            ReportStatus::Exempt => self.exempt,
        }
    }

    fn add(&mut self, row: &CountRow) {
        let count = stored::size(row.people);
        let place = match (row.status.as_str(), row.is_assigned, row.is_exempt, row.is_over) {
            ("done", true, ..) => &mut self.done,
            ("done", false, ..) => &mut self.voluntary.done,
            (_, _, true, _) => &mut self.exempt,
            (_, _, false, true) => &mut self.overdue,
            ("in_progress", true, ..) => &mut self.in_progress,
            ("in_progress", false, ..) => &mut self.voluntary.in_progress,
            (_, true, ..) => &mut self.not_started,
            (_, false, ..) => &mut self.voluntary.not_started,
        };
        *place += count;
    }
}

impl Sum for Tallies {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, next| Self {
            not_started: sum.not_started + next.not_started,
            in_progress: sum.in_progress + next.in_progress,
            done: sum.done + next.done,
            overdue: sum.overdue + next.overdue,
            exempt: sum.exempt + next.exempt,
            voluntary: Voluntary {
                not_started: sum.voluntary.not_started + next.voluntary.not_started,
                in_progress: sum.voluntary.in_progress + next.voluntary.in_progress,
                done: sum.voluntary.done + next.voluntary.done,
            },
        })
    }
}

#[derive(FromRow)]
struct CountRow {
    course_id: Uuid,
    title: String,
    status: String,
    is_assigned: bool,
    is_exempt: bool,
    is_over: bool,
    people: i64,
}

impl Db {
    /// Counts by course: from the kept counts where they can answer, else from the rows.
    async fn counts(&self, filter: &ReportFilter, now: Timestamp) -> Result<Vec<CountRow>> {
        let mut sql = Sql::default();
        if filter.is_broad() {
            sql.bind(
                "SELECT t.course_id, c.title, t.status, t.is_assigned, t.is_exempt, t.due_at <= ",
                Arg::Number(now.0),
            )
            .push(
                " AS is_over, CAST(SUM(t.people) AS BIGINT) AS people
                 FROM tallies AS t JOIN courses AS c ON c.id = t.course_id WHERE t.people <> 0",
            );
            if let Some(course) = filter.course {
                sql.bind(" AND t.course_id = ", Arg::Id(course.0));
            }
            match filter.assigned {
                Some(true) => sql.push(" AND t.is_assigned"),
                Some(false) => sql.push(" AND NOT t.is_assigned"),
                None => &mut sql,
            };
        } else {
            sql.bind(
                "SELECT o.course_id, c.title, o.status, o.assigned_at IS NOT NULL AS is_assigned, o.is_exempt, COALESCE(o.due_at, 9223372036854775807) <= ",
                Arg::Number(now.0),
            )
            .push(
                " AS is_over, COUNT(*) AS people
                 FROM people AS p CROSS JOIN obligations AS o CROSS JOIN courses AS c
                 WHERE o.person_id = p.id AND c.id = o.course_id",
            );
            filter.push(&mut sql);
        }
        sql.push(" GROUP BY 1, 2, 3, 4, 5, 6, c.sort_key ORDER BY c.sort_key, 1, 3, 4, 5, 6");
        sql.rows(self).await
    }

    /// The tallies of each course, by the course's name; the status the filter asks for is left aside.
    pub(super) async fn by_course(&self, filter: &ReportFilter, now: Timestamp) -> Result<Vec<(CourseRef, Tallies)>> {
        let mut courses: Vec<(CourseRef, Tallies)> = Vec::new();
        for row in self.counts(filter, now).await? {
            let id = CourseId(row.course_id);
            if courses.last().is_none_or(|(course, _)| course.id != id) {
                courses.push((CourseRef { id, title: row.title.clone() }, Tallies::default()));
            }
            if let Some((_, tallies)) = courses.last_mut() {
                tallies.add(&row);
            }
        }
        Ok(courses)
    }

    /// The tallies of each course that anybody has, by the course's name: for a chart and the table beside it.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn course_tallies(
        &self,
        scope: Scope,
        group: Option<GroupId>,
        now: Timestamp,
    ) -> Result<Vec<(CourseRef, Tallies)>> {
        self.by_course(&ReportFilter { group, ..ReportFilter::all(scope) }, now).await
    }
}
