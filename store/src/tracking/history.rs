//! One person's past: what was asked of them, what they did, with dates and the marks that count, without practice and
//! transcripts.

use super::{ActivityPast, AttemptPast, EnrolmentPast, ExceptionKind, ExceptionPast, PersonHistory, RunPast};
use crate::{
    Db, Result, StoreError, Verdict,
    learning::{Ruled, ruled},
    read as stored,
};
use domain::{
    assignment::Day,
    ids::{AttemptId, CourseId, EnrolmentId, PersonId, RunId, SubjectId, VersionId},
    percent::Percent,
    time::Timestamp,
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(FromRow)]
struct EnrolmentRow {
    id: Uuid,
    course_id: Uuid,
    title: String,
    version_id: Uuid,
    number: Option<i64>,
    cycle: i64,
    started_at: i64,
    seen_at: i64,
    completed_at: Option<i64>,
}

#[derive(FromRow)]
struct ActivityRow {
    enrolment_id: Uuid,
    activity_id: String,
    attempts: i64,
    first: Option<f64>,
    best: Option<f64>,
    started_at: i64,
    completed_at: Option<i64>,
}

#[derive(FromRow)]
struct AttemptRow {
    id: Uuid,
    enrolment_id: Uuid,
    activity_id: String,
    number: i64,
    started_at: i64,
    submitted_at: Option<i64>,
    percent: Option<f64>,
    is_passed: Option<bool>,
}

#[derive(FromRow)]
struct RunRow {
    id: Uuid,
    enrolment_id: Uuid,
    activity_id: String,
    number: i64,
    started_at: i64,
    ended_at: Option<i64>,
    score: Option<f64>,
    is_passed: Option<bool>,
    new_score: Option<f64>,
    is_now_passed: Option<bool>,
    regraded_at: Option<i64>,
}

fn percent(table: &'static str, column: &'static str, stored: Option<f64>) -> Result<Option<Percent>> {
    stored.map(|value| Percent::new(value).map_err(|problem| StoreError::corrupt(table, column, problem))).transpose()
}

impl Db {
    /// One person's past. Whoever shows it leaves out what the reader may not see; what was done about them is in the
    /// audit log.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn person_history(&self, person: PersonId, now: Timestamp) -> Result<PersonHistory> {
        Ok(PersonHistory {
            standing: self.standing_of(person, now).await?,
            enrolments: self.enrolments_of(person).await?,
            exceptions: self.exceptions_of(person).await?,
            receipts: self.receipts_of(person).await?,
        })
    }

    async fn enrolments_of(&self, person: PersonId) -> Result<Vec<EnrolmentPast>> {
        let rows = rows!(
            self,
            EnrolmentRow,
            "SELECT e.id, e.course_id, v.title, e.version_id, v.number, e.cycle, e.started_at, e.seen_at, e.completed_at
             FROM enrolments AS e JOIN course_versions AS v ON v.id = e.version_id
             WHERE e.person_id = $1 ORDER BY e.started_at DESC, e.id DESC",
            person.0
        )?;
        let mut activities = self.activities_of(person).await?;
        let mut attempts = self.attempts_of(person).await?;
        let mut runs = self.runs_of(person).await?;
        let mut rulings = self.rulings_of(person).await?;
        rows.into_iter()
            .map(|row| {
                Ok(EnrolmentPast {
                    id: EnrolmentId(row.id),
                    course: CourseId(row.course_id),
                    title: row.title,
                    version: VersionId(row.version_id),
                    number: row.number.map(|n| stored::number("course_versions", "number", n)).transpose()?,
                    cycle: stored::number("enrolments", "cycle", row.cycle)?,
                    started_at: Timestamp(row.started_at),
                    seen_at: Timestamp(row.seen_at),
                    completed_at: stored::moment(row.completed_at),
                    activities: activities.remove(&row.id).unwrap_or_default(),
                    attempts: attempts.remove(&row.id).unwrap_or_default(),
                    runs: runs.remove(&row.id).unwrap_or_default(),
                    rulings: rulings.remove(&row.id).unwrap_or_default(),
                })
            })
            .collect()
    }

    async fn activities_of(&self, person: PersonId) -> Result<BTreeMap<Uuid, Vec<ActivityPast>>> {
        let rows = rows!(
            self,
            ActivityRow,
            "SELECT a.enrolment_id, a.activity_id, a.attempts, a.first, a.best, a.started_at, a.completed_at
             FROM activity_states AS a JOIN enrolments AS e ON e.id = a.enrolment_id
             WHERE e.person_id = $1 ORDER BY a.started_at, a.activity_id",
            person.0
        )?;
        let mut past: BTreeMap<Uuid, Vec<ActivityPast>> = BTreeMap::new();
        for row in rows {
            past.entry(row.enrolment_id).or_default().push(ActivityPast {
                activity: stored::text("activity_states", "activity_id", &row.activity_id)?,
                attempts: stored::number("activity_states", "attempts", row.attempts)?,
                first: percent("activity_states", "first", row.first)?,
                best: percent("activity_states", "best", row.best)?,
                started_at: Timestamp(row.started_at),
                completed_at: stored::moment(row.completed_at),
            });
        }
        Ok(past)
    }

    async fn attempts_of(&self, person: PersonId) -> Result<BTreeMap<Uuid, Vec<AttemptPast>>> {
        let rows = rows!(
            self,
            AttemptRow,
            "SELECT a.id, a.enrolment_id, a.activity_id, a.number, a.started_at, a.submitted_at, a.percent, a.is_passed
             FROM quiz_attempts AS a JOIN enrolments AS e ON e.id = a.enrolment_id
             WHERE e.person_id = $1 ORDER BY a.started_at, a.id",
            person.0
        )?;
        let mut past: BTreeMap<Uuid, Vec<AttemptPast>> = BTreeMap::new();
        for row in rows {
            past.entry(row.enrolment_id).or_default().push(AttemptPast {
                id: AttemptId(row.id),
                activity: stored::text("quiz_attempts", "activity_id", &row.activity_id)?,
                number: stored::number("quiz_attempts", "number", row.number)?,
                started_at: Timestamp(row.started_at),
                submitted_at: stored::moment(row.submitted_at),
                percent: percent("quiz_attempts", "percent", row.percent)?,
                passed: row.is_passed,
            });
        }
        Ok(past)
    }

    async fn runs_of(&self, person: PersonId) -> Result<BTreeMap<Uuid, Vec<RunPast>>> {
        let rows = rows!(
            self,
            RunRow,
            "SELECT r.id, r.enrolment_id, r.activity_id, r.number, r.started_at, r.ended_at, r.score, r.is_passed,
                    g.score AS new_score, g.is_passed AS is_now_passed, g.made_at AS regraded_at
             FROM runs AS r LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
             WHERE r.person_id = $1 AND r.enrolment_id IS NOT NULL AND r.mode = 'assessed' ORDER BY r.started_at, r.id",
            person.0
        )?;
        let mut past: BTreeMap<Uuid, Vec<RunPast>> = BTreeMap::new();
        for row in rows {
            let first = percent("runs", "score", row.score)?;
            let before = Verdict { score: first, passed: row.is_passed.unwrap_or_default() };
            let (score, passed) = match row.regraded_at {
                Some(_) => (percent("regrades", "score", row.new_score)?, row.is_now_passed),
                None => (first, row.is_passed),
            };
            past.entry(row.enrolment_id).or_default().push(RunPast {
                id: RunId(row.id),
                activity: stored::text("runs", "activity_id", &row.activity_id)?,
                number: stored::number("runs", "number", row.number)?,
                started_at: Timestamp(row.started_at),
                ended_at: stored::moment(row.ended_at),
                score,
                passed,
                regraded: row.regraded_at.map(|at| (Timestamp(at), before)),
            });
        }
        Ok(past)
    }

    async fn rulings_of(&self, person: PersonId) -> Result<BTreeMap<Uuid, Vec<Ruled>>> {
        let rows = rows!(
            self,
            (Uuid, String, String, String, i64),
            "SELECT r.enrolment_id, r.activity_id, r.kind, r.reason, r.made_at
             FROM rulings AS r JOIN enrolments AS e ON e.id = r.enrolment_id
             WHERE e.person_id = $1 ORDER BY r.made_at, r.id",
            person.0
        )?;
        let mut past: BTreeMap<Uuid, Vec<Ruled>> = BTreeMap::new();
        for (enrolment, activity, kind, reason, made_at) in rows {
            past.entry(enrolment).or_default().push(ruled(&activity, &kind, reason, made_at)?);
        }
        Ok(past)
    }

    async fn exceptions_of(&self, person: PersonId) -> Result<Vec<ExceptionPast>> {
        rows!(
            self,
            (Uuid, Option<String>, String, i64, Option<Uuid>, Option<i64>),
            "SELECT course_id, due_on, reason, created_at, created_by, ended_at FROM exceptions
             WHERE person_id = $1 ORDER BY created_at DESC, id DESC",
            person.0
        )?
        .into_iter()
        .map(|(course, due_on, reason, created_at, created_by, ended_at)| {
            let due_on: Option<Day> = stored::maybe("exceptions", "due_on", due_on.as_deref())?;
            Ok(ExceptionPast {
                course: CourseId(course),
                kind: due_on.map_or(ExceptionKind::Exemption, ExceptionKind::Extension),
                reason,
                created_at: Timestamp(created_at),
                created_by: created_by.map(SubjectId),
                ended_at: stored::moment(ended_at),
            })
        })
        .collect()
    }
}
