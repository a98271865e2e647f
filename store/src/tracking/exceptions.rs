//! Extensions and exemptions: what is different for one person, and why.

use super::apply::end_of_day;
use crate::{
    Db, Object, Result, StoreError,
    people::read_person,
    tx::{Lock, Tx},
};
use domain::{
    assignment::Day,
    ids::{CourseId, PersonId, SubjectId, uuid_v7},
    time::{Entropy, Timestamp},
};
use serde_json::json;
use uuid::Uuid;

const NO_OBLIGATION: StoreError = StoreError::NotFound("obligation");

async fn end(tx: &mut Tx, person: PersonId, course: CourseId, kind: &'static str, now: Timestamp) -> Result<u64> {
    run!(
        tx,
        "UPDATE exceptions SET ended_at = $4
         WHERE person_id = $1 AND course_id = $2 AND kind = $3 AND ended_at IS NULL",
        person.0,
        course.0,
        kind,
        now.0
    )
}

struct New {
    id: Uuid,
    person: PersonId,
    course: CourseId,
    kind: &'static str,
    due_on: Option<Day>,
    reason: String,
}

async fn begin(tx: &mut Tx, new: New, by: Option<SubjectId>, now: Timestamp) -> Result<()> {
    end(tx, new.person, new.course, new.kind, now).await?;
    run!(
        tx,
        "INSERT INTO exceptions (id, person_id, course_id, kind, due_on, reason, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        new.person.0,
        new.course.0,
        new.kind,
        new.due_on.map(|day| day.to_string()),
        new.reason,
        now.0,
        by.map(|by| by.0)
    )?;
    Ok(())
}

impl Db {
    /// Gives one person another due day for a course they have and have not done. Rules leave it alone from then on.
    ///
    /// The reason is kept beside it and not in the audit log: it may be personal.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the person or an open obligation.
    #[expect(clippy::too_many_arguments)]
    pub async fn extend(
        &self,
        by: Option<SubjectId>,
        person: PersonId,
        course: CourseId,
        due_on: Day,
        reason: String,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let id = uuid_v7(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Assignment).await?;
                let who = read_person(&mut *tx, person).await?;
                let touched = run!(
                    tx,
                    "UPDATE obligations SET due_on = $3, due_zone = $4, due_at = $5, updated_at = $6
                     WHERE person_id = $1 AND course_id = $2 AND status <> 'done'",
                    person.0,
                    course.0,
                    due_on.to_string(),
                    who.zone.as_str(),
                    end_of_day(due_on, &who.zone)?.0,
                    now.0
                )?;
                if touched == 0 {
                    return Err(NO_OBLIGATION);
                }
                let new = New { id, person, course, kind: "extension", due_on: Some(due_on), reason };
                begin(tx, new, by, now).await?;
                let detail = json!({ "course": course, "due_on": due_on });
                tx.audit(by, "obligation.extend", Object::Person(who.subject), &detail, now).await
            })
        })
        .await
    }

    /// Excuses one person from a course they have and have not done: it is not overdue and not missing any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the person or an open obligation.
    pub async fn exempt(
        &self,
        by: Option<SubjectId>,
        person: PersonId,
        course: CourseId,
        reason: String,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let id = uuid_v7(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                let who = read_person(&mut *tx, person).await?;
                let touched = run!(
                    tx,
                    "UPDATE obligations SET is_exempt = TRUE, updated_at = $3
                     WHERE person_id = $1 AND course_id = $2 AND status <> 'done'",
                    person.0,
                    course.0,
                    now.0
                )?;
                if touched == 0 {
                    return Err(NO_OBLIGATION);
                }
                begin(tx, New { id, person, course, kind: "exemption", due_on: None, reason }, by, now).await?;
                let detail = json!({ "course": course });
                tx.audit(by, "obligation.exempt", Object::Person(who.subject), &detail, now).await
            })
        })
        .await
    }

    /// Ends an exemption.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the person is not exempt from the course.
    pub async fn end_exemption(
        &self,
        by: Option<SubjectId>,
        person: PersonId,
        course: CourseId,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let who = read_person(&mut *tx, person).await?;
                if end(tx, person, course, "exemption", now).await? == 0 {
                    return Err(StoreError::NotFound("exemption"));
                }
                run!(
                    tx,
                    "UPDATE obligations SET is_exempt = FALSE, updated_at = $3
                     WHERE person_id = $1 AND course_id = $2",
                    person.0,
                    course.0,
                    now.0
                )?;
                let detail = json!({ "course": course });
                tx.audit(by, "obligation.include", Object::Person(who.subject), &detail, now).await
            })
        })
        .await
    }
}
