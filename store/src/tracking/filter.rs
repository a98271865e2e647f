//! Which rows of the report, and in which order.

use super::ReportStatus;
use crate::{
    people::push_search,
    sql::{Arg, Sql},
};
use domain::{
    ids::{CourseId, GroupId, PersonId},
    search::SearchTerm,
    time::Timestamp,
};

/// Whose rows somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's.
    Everyone,
    /// Those of who belongs to a group this person manages.
    TeamsOf(PersonId),
}

/// Which rows are wanted; everything given must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFilter {
    /// Whose rows may be seen at all.
    pub scope: Scope,
    /// Belonging to this group.
    pub group: Option<GroupId>,
    /// Of this course.
    pub course: Option<CourseId>,
    /// With this status.
    pub status: Option<ReportStatus>,
    /// Of those to whom the course was assigned; with `false`, of those who take it of their own accord.
    pub assigned: Option<bool>,
    /// A part of the name, the e-mail address or the employee number, in any letter case.
    pub search: Option<SearchTerm>,
}

impl ReportFilter {
    /// Everything within a scope.
    #[must_use]
    pub fn all(scope: Scope) -> Self {
        Self { scope, group: None, course: None, status: None, assigned: None, search: None }
    }

    /// Whether nothing but the course (the status, whether it was assigned) narrows the rows: then the kept counts answer.
    pub(super) fn is_broad(&self) -> bool {
        self.scope == Scope::Everyone && self.group.is_none() && self.search.is_none()
    }

    /// Adds the conditions on `obligations AS o` and `people AS p`, all but the status.
    pub(super) fn push(&self, sql: &mut Sql) {
        sql.push(" AND o.is_counted");
        if let Scope::TeamsOf(manager) = self.scope {
            sql.bind(
                " AND p.id IN (SELECT b.person_id FROM memberships AS a JOIN memberships AS b
                                      ON b.group_id = a.group_id AND b.is_member
                                      WHERE a.is_manager AND a.person_id = ",
                Arg::Id(manager.0),
            );
            if let Some(group) = self.group {
                sql.bind(" AND a.group_id = ", Arg::Id(group.0));
            }
            sql.push(")");
        } else if let Some(group) = self.group {
            sql.bind(
                " AND p.id IN (SELECT m.person_id FROM memberships AS m WHERE m.is_member AND m.group_id = ",
                Arg::Id(group.0),
            )
            .push(")");
        }
        if let Some(course) = self.course {
            sql.bind(" AND o.course_id = ", Arg::Id(course.0));
        }
        match self.assigned {
            Some(true) => {
                sql.push(" AND o.assigned_at IS NOT NULL");
            }
            Some(false) => {
                sql.push(" AND o.assigned_at IS NULL");
            }
            None => {}
        }
        push_search(sql, self.search.as_ref());
    }
}

/// Adds the condition that `obligations AS o` has this status as of `now`.
pub(super) fn push_status(sql: &mut Sql, status: ReportStatus, now: Timestamp) {
    match status {
        ReportStatus::Done => {
            // The second half says the same, in the words of the index of completions.
            sql.push(" AND o.status = 'done' AND COALESCE(o.completed_at, 0) > 0");
        }
        ReportStatus::Exempt => {
            sql.push(" AND o.status <> 'done' AND o.is_exempt");
        }
        ReportStatus::Overdue => {
            sql.bind(
                " AND o.status <> 'done' AND NOT o.is_exempt AND COALESCE(o.due_at, 9223372036854775807) <= ",
                Arg::Number(now.0),
            );
        }
        ReportStatus::InProgress => {
            sql.bind(
                " AND o.status = 'in_progress' AND NOT o.is_exempt AND COALESCE(o.due_at, 9223372036854775807) > ",
                Arg::Number(now.0),
            );
        }
        ReportStatus::NotStarted => {
            sql.bind(
                " AND o.status = 'not_started' AND NOT o.is_exempt AND COALESCE(o.due_at, 9223372036854775807) > ",
                Arg::Number(now.0),
            );
        }
    }
}

/// What rows are ordered by. Rows that are equal there come in a fixed order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// The person's name, then the course's.
    #[default]
    Name,
    /// The course's name, then the person's.
    Course,
    /// The due date; rows without one last.
    Due,
    /// Overdue, not started, in progress, done, exempt.
    Status,
    /// The time of completion; rows without one first.
    Completed,
}

/// An order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReportSort {
    /// By what.
    pub by: SortBy,
    /// The other way round.
    pub descending: bool,
}

impl ReportSort {
    /// The same order for rows of one status, by something that tells them apart: what is not done has no time of
    /// completion, and all rows of one status have that status.
    pub(super) fn sensible(self, status: Option<ReportStatus>) -> Self {
        match (self.by, status) {
            (SortBy::Completed, Some(status)) if status != ReportStatus::Done => Self::default(),
            (SortBy::Status, Some(_)) => Self::default(),
            _ => self,
        }
    }

    /// Adds the order.
    pub(super) fn push(self, sql: &mut Sql, now: Timestamp) {
        match (self.by, self.descending) {
            (SortBy::Name, false) => sql.push(" ORDER BY p.sort_key, p.id, c.sort_key, c.id"),
            (SortBy::Name, true) => sql.push(" ORDER BY p.sort_key DESC, p.id DESC, c.sort_key, c.id"),
            (SortBy::Course, false) => sql.push(" ORDER BY c.sort_key, c.id, p.sort_key, p.id"),
            (SortBy::Course, true) => sql.push(" ORDER BY c.sort_key DESC, c.id DESC, p.sort_key, p.id"),
            (SortBy::Due, false) => {
                sql.push(" ORDER BY COALESCE(o.due_at, 9223372036854775807), o.person_id, o.course_id")
            }
            (SortBy::Due, true) => {
                sql.push(" ORDER BY COALESCE(o.due_at, 9223372036854775807) DESC, o.person_id DESC, o.course_id DESC")
            }
            (SortBy::Completed, false) => sql.push(" ORDER BY COALESCE(o.completed_at, 0), o.person_id, o.course_id"),
            (SortBy::Completed, true) => {
                sql.push(" ORDER BY COALESCE(o.completed_at, 0) DESC, o.person_id DESC, o.course_id DESC")
            }
            (SortBy::Status, descending) => sql
                .bind(
                    " ORDER BY CASE WHEN o.status = 'done' THEN 3 WHEN o.is_exempt THEN 4 WHEN o.due_at <= ",
                    Arg::Number(now.0),
                )
                .push(" THEN 0 WHEN o.status = 'not_started' THEN 1 ELSE 2 END")
                .push(if descending { " DESC" } else { "" })
                .push(", p.sort_key, p.id, c.sort_key, c.id"),
        };
    }
}
