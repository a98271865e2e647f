//! What trainers decide about people who have no attempt left.

use super::{
    Enrolment, deed, enrolment,
    outline::Outline,
    receipt::Fresh,
    state::{self, MaybeRow},
};
use crate::{Conflict, Db, Object, Result, StoreError, read as stored};
use domain::{
    course::Package,
    ids::{EnrolmentId, PersonId, SubjectId, VersionId, uuid_v7},
    named::ActivityId,
    progress::{ActivityState, Ruling, waits},
    slug::Slug,
    time::{Entropy, Timestamp},
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

const TABLE: &str = "rulings";

/// A decision to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRuling {
    /// About which activity.
    pub activity: ActivityId,
    /// After how many attempts: what the trainer saw. Each number is decided about once.
    pub attempts: u32,
    /// What is decided.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
}

/// A decision that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// About which activity.
    pub activity: ActivityId,
    /// What was decided.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
    /// When.
    pub made_at: Timestamp,
}

/// A decision with what a list tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuledListed {
    /// What was decided.
    pub ruled: Ruled,
    /// About whom. Trainers know nobody's name.
    pub subject: SubjectId,
    /// In which course.
    pub slug: Slug,
    /// What the course was called.
    pub title: String,
    /// In which version of it.
    pub version: VersionId,
    /// Who decided, where they are still known.
    pub by: Option<String>,
}

/// Somebody who has tried an activity and neither passed it nor begun the course anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// In which enrolment.
    pub enrolment: EnrolmentId,
    /// Who.
    pub person: PersonId,
    /// Who that is to trainers, who know nobody's name.
    pub subject: SubjectId,
    /// In which course.
    pub slug: Slug,
    /// What the course is called.
    pub title: String,
    /// In which version of it.
    pub version: VersionId,
    /// How far they are with the activity.
    pub state: ActivityState,
}

#[derive(FromRow)]
struct TriedRow {
    enrolment_id: Uuid,
    person_id: Uuid,
    subject_id: Uuid,
    slug: String,
    title: String,
    version_id: Uuid,
    #[sqlx(flatten)]
    state: MaybeRow,
}

#[derive(FromRow)]
struct ListedRow {
    activity_id: String,
    kind: String,
    reason: String,
    made_at: i64,
    subject_id: Uuid,
    slug: String,
    title: String,
    version_id: Uuid,
    by_name: Option<String>,
}

/// A decision from its columns.
pub(crate) fn ruled(activity: &str, kind: &str, reason: String, made_at: i64) -> Result<Ruled> {
    Ok(Ruled {
        activity: stored::text(TABLE, "activity_id", activity)?,
        ruling: stored::text(TABLE, "kind", kind)?,
        reason,
        made_at: Timestamp(made_at),
    })
}

impl Db {
    /// Everybody who has tried an activity of a course they take now and has not passed it, whoever waits longest first. Whether
    /// attempts are left hangs on the course's version, and is for the caller to look at.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn tried(&self) -> Result<Vec<Tried>> {
        let rows = rows!(
            self,
            TriedRow,
            "SELECT e.id AS enrolment_id, p.id AS person_id, p.subject_id, c.slug, v.title, e.version_id, s.activity_id, s.status,
                    s.content_hash, s.attempts, s.granted, s.first, s.best, s.started_at AS begun_at, s.completed_at AS done_at
             FROM activity_states AS s
             JOIN enrolments AS e ON e.id = s.enrolment_id
             JOIN obligations AS o ON o.enrolment_id = e.id
             JOIN people AS p ON p.id = e.person_id
             JOIN courses AS c ON c.id = e.course_id
             JOIN course_versions AS v ON v.id = e.version_id
             WHERE s.status = 'started' AND s.attempts > 0 AND p.disabled_at IS NULL AND p.erased_at IS NULL
             ORDER BY s.seen_at, e.id, s.activity_id"
        )?;
        let tried = rows.into_iter().map(|row| {
            let Some(state) = row.state.read()? else { return Ok(None) };
            Ok(Some(Tried {
                enrolment: EnrolmentId(row.enrolment_id),
                person: PersonId(row.person_id),
                subject: SubjectId(row.subject_id),
                slug: stored::text("courses", "slug", &row.slug)?,
                title: row.title,
                version: VersionId(row.version_id),
                state,
            }))
        });
        tried.filter_map(Result::transpose).collect()
    }

    /// What was decided about one activity of an enrolment, the latest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn rulings_on(&self, enrolment: EnrolmentId, activity: &ActivityId) -> Result<Vec<Ruled>> {
        let rows = rows!(
            self,
            (String, String, i64),
            "SELECT kind, reason, made_at FROM rulings WHERE enrolment_id = $1 AND activity_id = $2 ORDER BY attempts DESC",
            enrolment.0,
            activity.as_str()
        )?;
        rows.into_iter().map(|(kind, reason, made_at)| ruled(activity.as_str(), &kind, reason, made_at)).collect()
    }

    /// The latest decisions, at most `most`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn rulings(&self, most: u32) -> Result<Vec<RuledListed>> {
        let rows = rows!(
            self,
            ListedRow,
            "SELECT r.activity_id, r.kind, r.reason, r.made_at, p.subject_id, c.slug, v.title, e.version_id, t.name AS by_name
             FROM rulings AS r
             JOIN enrolments AS e ON e.id = r.enrolment_id
             JOIN people AS p ON p.id = e.person_id
             JOIN courses AS c ON c.id = e.course_id
             JOIN course_versions AS v ON v.id = e.version_id
             LEFT JOIN people AS t ON t.subject_id = r.made_by
             ORDER BY r.made_at DESC, r.id DESC LIMIT $1",
            i64::from(most)
        )?;
        rows.into_iter()
            .map(|row| {
                Ok(RuledListed {
                    ruled: ruled(&row.activity_id, &row.kind, row.reason, row.made_at)?,
                    subject: SubjectId(row.subject_id),
                    slug: stored::text("courses", "slug", &row.slug)?,
                    title: row.title,
                    version: VersionId(row.version_id),
                    by: row.by_name,
                })
            })
            .collect()
    }

    /// Decides about somebody who has no attempt left: gives one more, or counts the activity as done. Says whether this call
    /// decided; the same decision by the same person again changes nothing.
    ///
    /// `package` is that of the enrolment's version. The reason is kept beside the decision and not in the audit log: it may
    /// be personal. Whether `by` may decide about this person is for the caller to check.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the course has no such activity; [`Conflict::Decided`] when somebody has decided otherwise, or
    /// somebody else has; [`Conflict::Changed`] when it does not wait for a decision after so many attempts.
    pub async fn decide(
        &self,
        by: SubjectId,
        enrolment: &Enrolment,
        package: &Package,
        new: NewRuling,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<bool> {
        let (id, given) = (enrolment.id, (enrolment.version, Outline::of(package)));
        let (fresh, receipt) = (uuid_v7(now, entropy), Fresh::draw(now, entropy));
        self.write(move |tx| {
            Box::pin(async move {
                let enrolment = enrolment::lock(tx, id, now).await?;
                let outline = deed::current(tx, &enrolment, given).await?;
                let step = outline.steps.iter().find(|step| step.id == new.activity);
                let step = step.cloned().ok_or(StoreError::NotFound("activity"))?;
                let states = state::all(&mut *tx, id).await?;
                let state = states.get(&step.id).filter(|state| state.attempts == new.attempts);
                if !state.is_some_and(|state| waits(&step.rule, state)) {
                    let made = row!(
                        tx,
                        (String, Option<Uuid>),
                        "SELECT kind, made_by FROM rulings WHERE enrolment_id = $1 AND activity_id = $2 AND attempts = $3",
                        id.0,
                        step.id.as_str(),
                        i64::from(new.attempts)
                    )?;
                    return match made {
                        Some((kind, Some(maker))) if kind == new.ruling.as_str() && maker == by.0 => Ok(false),
                        Some(_) => Err(StoreError::Conflict(Conflict::Decided)),
                        None => Err(StoreError::Conflict(Conflict::Changed("attempts"))),
                    };
                }
                run!(
                    tx,
                    "INSERT INTO rulings (id, enrolment_id, activity_id, attempts, kind, reason, made_at, made_by)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    fresh,
                    id.0,
                    step.id.as_str(),
                    i64::from(new.attempts),
                    new.ruling.as_str(),
                    new.reason,
                    now.0,
                    by.0
                )?;
                deed::note(tx, &enrolment, &outline, &step, new.ruling.deed(), receipt, now).await?;
                let action = match new.ruling {
                    Ruling::Again => "attempt.grant",
                    Ruling::Accepted => "attempt.accept",
                };
                let detail = json!({ "activity": step.id, "attempts": new.attempts });
                tx.audit(Some(by), action, Object::Enrolment(id), &detail, now).await?;
                Ok(true)
            })
        })
        .await
    }
}
