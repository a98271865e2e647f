//! What a person has to do, is doing and has done.

use crate::{Db, Result, read as stored};
use domain::{
    assignment::Day,
    ids::{CourseId, EnrolmentId, PersonId, ReceiptId, VersionId},
    named::ActivityId,
    people::Zone,
    slug::Slug,
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

/// Where a person stands with one course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeRow {
    /// The course.
    pub course: CourseId,
    /// Its short name.
    pub slug: Slug,
    /// What the person's version is called; the current one, before they have one.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Whether they need not do it.
    pub exempt: bool,
    /// The day by whose end it is to be done.
    pub due_on: Option<Day>,
    /// Where the due day ends.
    pub due_zone: Option<Zone>,
    /// The first moment after that day.
    pub due_at: Option<Timestamp>,
    /// How many required activities are completed.
    pub done: u32,
    /// How many required activities there are.
    pub total: u32,
    /// When the first activity was begun.
    pub started_at: Option<Timestamp>,
    /// The current enrolment, once they have opened it.
    pub enrolment: Option<EnrolmentId>,
    /// The version they are pinned to.
    pub version: Option<VersionId>,
    /// Where they were last.
    pub last_activity: Option<ActivityId>,
    /// When they were last there.
    pub seen_at: Option<Timestamp>,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// The proof of that.
    pub receipt: Option<ReceiptId>,
}

#[derive(FromRow)]
struct Row {
    course_id: Uuid,
    slug: String,
    title: String,
    summary: String,
    minutes: i64,
    is_exempt: bool,
    due_on: Option<String>,
    due_zone: Option<String>,
    due_at: Option<i64>,
    activities_done: i64,
    total: i64,
    started_at: Option<i64>,
    enrolment_id: Option<Uuid>,
    version_id: Option<Uuid>,
    last_activity: Option<String>,
    seen_at: Option<i64>,
    completed_at: Option<i64>,
    receipt_id: Option<Uuid>,
}

impl Row {
    fn read(self) -> Result<HomeRow> {
        Ok(HomeRow {
            course: CourseId(self.course_id),
            slug: stored::text("courses", "slug", &self.slug)?,
            title: self.title,
            summary: self.summary,
            minutes: stored::number("course_versions", "minutes", self.minutes)?,
            exempt: self.is_exempt,
            due_on: stored::maybe("obligations", "due_on", self.due_on.as_deref())?,
            due_zone: stored::maybe("obligations", "due_zone", self.due_zone.as_deref())?,
            due_at: stored::moment(self.due_at),
            done: stored::number("obligations", "activities_done", self.activities_done)?,
            total: stored::number("obligations", "activities_total", self.total)?,
            started_at: stored::moment(self.started_at),
            enrolment: self.enrolment_id.map(EnrolmentId),
            version: self.version_id.map(VersionId),
            last_activity: stored::maybe("enrolments", "last_activity", self.last_activity.as_deref())?,
            seen_at: stored::moment(self.seen_at),
            completed_at: stored::moment(self.completed_at),
            receipt: self.receipt_id.map(ReceiptId),
        })
    }
}

impl Db {
    /// Everything a person has to do, is doing or has done, by due date and title. Courses of which nothing is published
    /// are left out.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn home(&self, person: PersonId) -> Result<Vec<HomeRow>> {
        // A person who has not begun will get the current version, so its count holds for them.
        rows!(
            self,
            Row,
            "SELECT o.course_id, c.slug, v.title, v.summary, v.minutes, o.is_exempt, o.due_on, o.due_zone,
                    o.due_at,
                    o.activities_done, CASE WHEN o.enrolment_id IS NULL THEN v.required ELSE o.activities_total END AS total,
                    o.started_at, o.enrolment_id, o.version_id, e.last_activity, e.seen_at, o.completed_at,
                    (SELECT r.receipt_id FROM receipt_subjects AS r WHERE r.enrolment_id = e.id LIMIT 1) AS receipt_id
             FROM obligations AS o
             JOIN courses AS c ON c.id = o.course_id
             JOIN course_versions AS v
               ON v.id = COALESCE(o.version_id, (SELECT w.id FROM course_versions AS w WHERE w.course_id = o.course_id AND w.is_current))
             LEFT JOIN enrolments AS e ON e.id = o.enrolment_id
             WHERE o.person_id = $1
             ORDER BY CASE WHEN o.due_at IS NULL THEN 1 ELSE 0 END, o.due_at, c.sort_key, o.course_id",
            person.0
        )?
        .into_iter()
        .map(Row::read)
        .collect()
    }
}
