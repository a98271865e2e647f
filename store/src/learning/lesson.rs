//! Reading, agreeing, and where somebody was last.

use super::{
    Enrolment, Progressed, deed,
    enrolment::{self, VISIT},
    outline::{Outline, Step},
    receipt::Fresh,
    state,
};
use crate::{Db, Result, StoreError};
use domain::{
    acknowledgement::ExactText,
    course::{Body, Package},
    ids::{EnrolmentId, PersonId},
    named::ActivityId,
    progress::{Done, Rule},
    time::{Entropy, Timestamp},
};

impl Db {
    /// Notes that a person looks at an activity: where they were last, and that they began it. Whoever holds the enrolment
    /// and its states need not ask when [`Enrolment::is_at`] says that it is noted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the enrolment is not theirs or has no such activity.
    pub async fn visit_activity(
        &self,
        enrolment: EnrolmentId,
        person: PersonId,
        activity: &ActivityId,
        now: Timestamp,
    ) -> Result<()> {
        let (last, seen_at) = row!(
            self,
            (Option<String>, i64),
            "SELECT last_activity, seen_at FROM enrolments WHERE id = $1 AND person_id = $2",
            enrolment.0,
            person.0
        )?
        .ok_or(StoreError::NotFound("enrolment"))?;
        let begun = self.has_state(enrolment, activity).await?;
        if begun && last.as_deref() == Some(activity.as_str()) && now.since(Timestamp(seen_at)) < VISIT {
            return Ok(());
        }
        let step = if begun {
            None
        } else {
            let package = self.package_of(enrolment).await?;
            Some(Step::of(package.activity(activity).ok_or(StoreError::NotFound("activity"))?))
        };
        let activity = activity.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let found = enrolment::lock(tx, enrolment, now).await?;
                run!(tx, "UPDATE enrolments SET last_activity = $2 WHERE id = $1", enrolment.0, activity.as_str())?;
                let Some(step) = step else { return Ok(()) };
                if state::all(&mut *tx, enrolment).await?.contains_key(&activity) {
                    return Ok(());
                }
                let begun = deed::untouched(&step).after(&step.rule, Done::Begun, now);
                state::put(tx, enrolment, &begun, now).await?;
                run!(
                    tx,
                    "UPDATE obligations SET started_at = COALESCE(started_at, $3), updated_at = $3,
                         status = CASE WHEN status = 'not_started' THEN 'in_progress' ELSE status END
                     WHERE person_id = $1 AND course_id = $2 AND enrolment_id = $4",
                    found.person.0,
                    found.course.0,
                    now.0,
                    enrolment.0
                )?;
                Ok(())
            })
        })
        .await
    }

    /// Marks a lesson as read. Doing it again changes nothing.
    ///
    /// `package` is that of the enrolment's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no lesson of the course.
    pub async fn finish_lesson(
        &self,
        enrolment: &Enrolment,
        package: &Package,
        activity: &ActivityId,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Progressed> {
        let found = package.activity(activity).map(Step::of);
        let step = found.filter(|step| step.rule == Rule::Read).ok_or(StoreError::NotFound("lesson"))?;
        let fresh = Fresh::draw(now, entropy);
        let (id, given) = (enrolment.id, (enrolment.version, Outline::of(package)));
        self.write(move |tx| {
            Box::pin(async move {
                let enrolment = enrolment::lock(tx, id, now).await?;
                let outline = deed::current(tx, &enrolment, given).await?;
                deed::note(tx, &enrolment, &outline, &step, Done::Read, fresh, now).await
            })
        })
        .await
    }

    /// Keeps the exact text a person has agreed to. Doing it again changes nothing.
    ///
    /// `package` is that of the enrolment's version, `exact` the acknowledgement's text with the site's facts.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no acknowledgement of the course.
    pub async fn acknowledge(
        &self,
        enrolment: &Enrolment,
        package: &Package,
        activity: &ActivityId,
        exact: &ExactText,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Progressed> {
        let found = package.activity(activity).ok_or(StoreError::NotFound("acknowledgement"))?;
        let Body::Acknowledgement(acknowledgement) = &found.body else {
            return Err(StoreError::NotFound("acknowledgement"));
        };
        let (step, statement, exact) = (Step::of(found), acknowledgement.statement.clone(), exact.clone());
        let fresh = Fresh::draw(now, entropy);
        let (id, given) = (enrolment.id, (enrolment.version, Outline::of(package)));
        self.write(move |tx| {
            Box::pin(async move {
                let enrolment = enrolment::lock(tx, id, now).await?;
                run!(
                    tx,
                    "INSERT INTO acknowledgements (enrolment_id, activity_id, version_id, content_hash, statement, body,
                         acknowledged_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)
                     ON CONFLICT (enrolment_id, activity_id, content_hash) DO NOTHING",
                    id.0,
                    step.id.as_str(),
                    given.0.0,
                    exact.hash.as_bytes().as_slice(),
                    statement,
                    exact.text,
                    now.0
                )?;
                let outline = deed::current(tx, &enrolment, given).await?;
                deed::note(tx, &enrolment, &outline, &step, Done::Agreed, fresh, now).await
            })
        })
        .await
    }
}
