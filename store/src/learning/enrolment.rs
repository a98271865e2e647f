//! One person taking a course, pinned to one version of it.

use super::state;
use crate::{
    Db, Object, Result, StoreError, read as stored,
    tx::{Source, Tx},
};
use domain::{
    ids::{CourseId, EnrolmentId, PersonId, ReceiptId, SubjectId, VersionId},
    named::ActivityId,
    progress::States,
    slug::Slug,
    time::{Entropy, Timestamp},
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

/// One person taking a course once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Which.
    pub id: EnrolmentId,
    /// Who takes it.
    pub person: PersonId,
    /// The course.
    pub course: CourseId,
    /// The course's short name.
    pub slug: Slug,
    /// The version they take.
    pub version: VersionId,
    /// That version's number.
    pub number: u32,
    /// Which time round, from 1.
    pub cycle: u32,
    /// When it was opened first.
    pub started_at: Timestamp,
    /// When the last required activity was completed.
    pub completed_at: Option<Timestamp>,
    /// Where they were last.
    pub last_activity: Option<ActivityId>,
    /// When they were last there.
    pub seen_at: Timestamp,
    /// The proof of completion.
    pub receipt: Option<ReceiptId>,
}

/// A visit within this time of the last one to the same activity is not noted again.
pub(super) const VISIT: i64 = Timestamp::MINUTE;

impl Enrolment {
    /// Whether it is already noted that its person is at this activity now, and that they have begun it.
    #[must_use]
    pub fn is_at(&self, activity: &ActivityId, states: &States, now: Timestamp) -> bool {
        self.last_activity.as_ref() == Some(activity)
            && states.contains_key(activity)
            && now.since(self.seen_at) < VISIT
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    course_id: Uuid,
    slug: String,
    version_id: Uuid,
    number: Option<i64>,
    cycle: i64,
    started_at: i64,
    completed_at: Option<i64>,
    last_activity: Option<String>,
    seen_at: i64,
    receipt_id: Option<Uuid>,
}

impl Row {
    fn read(self) -> Result<Enrolment> {
        Ok(Enrolment {
            id: EnrolmentId(self.id),
            person: PersonId(self.person_id),
            course: CourseId(self.course_id),
            slug: stored::text("courses", "slug", &self.slug)?,
            version: VersionId(self.version_id),
            number: stored::number("course_versions", "number", self.number.unwrap_or_default())?,
            cycle: stored::number("enrolments", "cycle", self.cycle)?,
            started_at: Timestamp(self.started_at),
            completed_at: stored::moment(self.completed_at),
            last_activity: stored::maybe("enrolments", "last_activity", self.last_activity.as_deref())?,
            seen_at: Timestamp(self.seen_at),
            receipt: self.receipt_id.map(ReceiptId),
        })
    }
}

macro_rules! enrolments {
    ($where:literal) => {
        enrolments!("", $where)
    };
    // With further columns of tables that the rest joins.
    ($more:literal, $where:literal) => {
        concat!(
            "SELECT e.id, e.person_id, e.course_id, c.slug, e.version_id, v.number, e.cycle, e.started_at,
                    e.completed_at, e.last_activity, e.seen_at,
                    (SELECT r.receipt_id FROM receipt_subjects AS r WHERE r.enrolment_id = e.id LIMIT 1) AS receipt_id",
            $more,
            " FROM enrolments AS e
             JOIN courses AS c ON c.id = e.course_id
             JOIN course_versions AS v ON v.id = e.version_id ",
            $where
        )
    };
}

/// An enrolment beside one of its activities' states, or beside none.
#[derive(FromRow)]
struct WithState {
    #[sqlx(flatten)]
    enrolment: Row,
    #[sqlx(flatten)]
    state: state::MaybeRow,
}

/// The enrolment as a transaction sees it.
pub(super) async fn by_id(mut on: impl Source, id: EnrolmentId) -> Result<Enrolment> {
    row!(on, Row, enrolments!("WHERE e.id = $1"), id.0)?.ok_or(StoreError::NotFound("enrolment"))?.read()
}

/// Locks an enrolment until the transaction ends and notes that its person was here.
pub(super) async fn lock(tx: &mut Tx, id: EnrolmentId, now: Timestamp) -> Result<Enrolment> {
    // An UPDATE is the one lock that both databases know.
    let found = run!(
        tx,
        "UPDATE enrolments SET seen_at = CASE WHEN seen_at > $2 THEN seen_at ELSE $2 END WHERE id = $1",
        id.0,
        now.0
    )?;
    if found == 0 {
        return Err(StoreError::NotFound("enrolment"));
    }
    by_id(tx, id).await
}

impl Db {
    /// The person's current enrolment in the course of this name, if they have one.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn enrolment(&self, person: PersonId, slug: &Slug) -> Result<Option<Enrolment>> {
        row!(
            self,
            Row,
            enrolments!(
                "JOIN obligations AS o ON o.enrolment_id = e.id
                 WHERE o.person_id = $1 AND o.course_id = (SELECT id FROM courses WHERE slug = $2)"
            ),
            person.0,
            slug.as_str()
        )?
        .map(Row::read)
        .transpose()
    }

    /// The person's current enrolment in the course of this name, if they have one, and the state of every activity they
    /// began: what [`Db::enrolment`] and [`Db::activity_states`] give, in one reading.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn course_taken(&self, person: PersonId, slug: &Slug) -> Result<Option<(Enrolment, States)>> {
        let rows = rows!(
            self,
            WithState,
            enrolments!(
                ", s.activity_id, s.status, s.content_hash, s.attempts, s.granted, s.first, s.best,
                   s.started_at AS begun_at,
                   s.completed_at AS done_at",
                "JOIN obligations AS o ON o.enrolment_id = e.id
                 LEFT JOIN activity_states AS s ON s.enrolment_id = e.id
                 WHERE o.person_id = $1 AND o.course_id = (SELECT id FROM courses WHERE slug = $2)
                 ORDER BY s.activity_id"
            ),
            person.0,
            slug.as_str()
        )?;
        let (mut enrolment, mut states) = (None, States::new());
        for row in rows {
            if let Some(state) = row.state.read()? {
                states.insert(state.activity.clone(), state);
            }
            enrolment = Some(row.enrolment);
        }
        enrolment.map(|row| Ok((row.read()?, states))).transpose()
    }

    /// An enrolment by its identifier. Whose it is, is for the caller to check.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn enrolment_by_id(&self, id: EnrolmentId) -> Result<Enrolment> {
        by_id(self, id).await
    }

    /// Enrols a person in the current version of a course, or gives the enrolment they have. Somebody to whom the course
    /// was not assigned takes it of their own accord.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person or course, or nothing of it is published.
    pub async fn enrol(
        &self,
        person: PersonId,
        slug: &Slug,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Enrolment> {
        let fresh = EnrolmentId::new(now, entropy);
        let slug = slug.clone();
        self.write(move |tx| Box::pin(async move { enrol(tx, person, &slug, fresh, now).await })).await
    }
}

async fn enrol(tx: &mut Tx, person: PersonId, slug: &Slug, fresh: EnrolmentId, now: Timestamp) -> Result<Enrolment> {
    let (subject, active) = row!(
        tx,
        (Uuid, bool),
        "SELECT subject_id, disabled_at IS NULL AND erased_at IS NULL FROM people WHERE id = $1",
        person.0
    )?
    .ok_or(StoreError::NotFound("person"))?;
    let (course, version, required) = row!(
        tx,
        (Uuid, Uuid, i64),
        "SELECT c.id, v.id, v.required FROM courses AS c
         JOIN course_versions AS v ON v.course_id = c.id AND v.is_current
         WHERE c.slug = $1",
        slug.as_str()
    )?
    .ok_or(StoreError::NotFound("course"))?;
    run!(
        tx,
        "INSERT INTO obligations (person_id, course_id, status, is_exempt, is_counted, cycle, activities_done,
             activities_total, updated_at)
         VALUES ($1, $2, 'not_started', $3, $4, 1, 0, $5, $6)
         ON CONFLICT (person_id, course_id) DO NOTHING",
        person.0,
        course,
        false,
        active,
        required,
        now.0
    )?;
    // Locks the obligation: of two requests that enrol, the second finds the first one's enrolment.
    let (enrolled, cycle) = row!(
        tx,
        (Option<Uuid>, i64),
        "UPDATE obligations SET updated_at = $3 WHERE person_id = $1 AND course_id = $2 RETURNING enrolment_id, cycle",
        person.0,
        course,
        now.0
    )?
    .ok_or(StoreError::NotFound("obligation"))?;
    if let Some(enrolled) = enrolled {
        return by_id(tx, EnrolmentId(enrolled)).await;
    }
    run!(
        tx,
        "INSERT INTO enrolments (id, person_id, course_id, version_id, cycle, started_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        fresh.0,
        person.0,
        course,
        version,
        cycle,
        now.0
    )?;
    run!(
        tx,
        "UPDATE obligations SET enrolment_id = $3, version_id = $4, activities_done = 0, activities_total = $5
         WHERE person_id = $1 AND course_id = $2",
        person.0,
        course,
        fresh.0,
        version,
        required
    )?;
    let detail = json!({ "course": slug.as_str(), "cycle": cycle });
    tx.audit(Some(SubjectId(subject)), "enrolment.start", Object::Enrolment(fresh), &detail, now).await?;
    by_id(tx, fresh).await
}
