//! Attempts at quizzes.

use super::{
    Enrolment, Progressed, deed, enrolment,
    outline::{self, Outline, Step},
    receipt::Fresh,
    state::{self, percent},
};
use crate::{
    Conflict, Db, Result, StoreError, read as stored,
    sql::{Arg, Sql},
    tx::{Source, Tx},
};
use domain::{
    canonical::ContentHash,
    course::{Body, Package},
    ids::{AttemptId, EnrolmentId, PersonId, VersionId},
    named::{ActivityId, ItemId},
    percent::Percent,
    progress::Done,
    quiz::{Answer, Answers, Quiz, mark},
    slug::Slug,
    time::{Entropy, Timestamp},
};
use sqlx::FromRow;
use uuid::Uuid;

const TABLE: &str = "quiz_attempts";

/// One attempt at a quiz.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Which.
    pub id: AttemptId,
    /// In which enrolment.
    pub enrolment: EnrolmentId,
    /// The short name of the enrolment's course.
    pub course: Slug,
    /// At which quiz.
    pub activity: ActivityId,
    /// The version it was begun with, and is marked by.
    pub version: VersionId,
    /// Its number among this person's attempts at this quiz, from 1.
    pub number: u32,
    /// What decides the order of things.
    pub seed: u64,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// The mark.
    pub percent: Option<Percent>,
    /// Whether that passed.
    pub passed: Option<bool>,
    /// The answers; empty in lists.
    pub answers: Answers,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    enrolment_id: Uuid,
    slug: String,
    activity_id: String,
    version_id: Uuid,
    content_hash: Vec<u8>,
    number: i64,
    seed: i64,
    started_at: i64,
    submitted_at: Option<i64>,
    percent: Option<f64>,
    is_passed: Option<bool>,
}

impl Row {
    fn read(self, answers: Answers) -> Result<Attempt> {
        Ok(Attempt {
            id: AttemptId(self.id),
            enrolment: EnrolmentId(self.enrolment_id),
            course: stored::text("courses", "slug", &self.slug)?,
            activity: stored::text(TABLE, "activity_id", &self.activity_id)?,
            version: VersionId(self.version_id),
            number: stored::number(TABLE, "number", self.number)?,
            seed: self.seed.cast_unsigned(),
            started_at: Timestamp(self.started_at),
            submitted_at: stored::moment(self.submitted_at),
            percent: percent(TABLE, "percent", self.percent)?,
            passed: self.is_passed,
            answers,
        })
    }

    fn content(&self) -> Result<ContentHash> {
        Ok(ContentHash::from_bytes(stored::hash(TABLE, "content_hash", &self.content_hash)?))
    }
}

macro_rules! attempts {
    ($where:literal) => {
        concat!(
            "SELECT a.id, a.enrolment_id, c.slug, a.activity_id, a.version_id, a.content_hash, a.number, a.seed,
                    a.started_at, a.submitted_at, a.percent, a.is_passed
             FROM quiz_attempts AS a
             JOIN enrolments AS e ON e.id = a.enrolment_id
             JOIN courses AS c ON c.id = e.course_id ",
            $where
        )
    };
}

async fn by_id(mut on: impl Source, id: AttemptId) -> Result<Row> {
    row!(on, Row, attempts!("WHERE a.id = $1"), id.0)?.ok_or(StoreError::NotFound("attempt"))
}

async fn answers(mut on: impl Source, id: AttemptId) -> Result<Answers> {
    let rows = rows!(
        on,
        (String, String),
        "SELECT item_id, answer FROM quiz_answers WHERE attempt_id = $1 ORDER BY item_id",
        id.0
    )?;
    rows.into_iter()
        .map(|(item, answer)| {
            let item: ItemId = stored::text("quiz_answers", "item_id", &item)?;
            let answer: Answer = serde_json::from_str(&answer)
                .map_err(|problem| StoreError::corrupt("quiz_answers", "answer", problem))?;
            Ok((item, answer))
        })
        .collect()
}

/// Locks an attempt that is still open and somebody's own. Gives nothing when it was handed in.
async fn lock_open(tx: &mut Tx, id: AttemptId, person: PersonId) -> Result<bool> {
    // Changes nothing: an UPDATE is the one lock that both databases know.
    let open = run!(
        tx,
        "UPDATE quiz_attempts SET number = number
         WHERE id = $1 AND submitted_at IS NULL
           AND EXISTS (SELECT 1 FROM enrolments AS e WHERE e.id = quiz_attempts.enrolment_id AND e.person_id = $2)",
        id.0,
        person.0
    )?;
    Ok(open > 0)
}

/// The enrolment of somebody's own attempt.
async fn enrolment_of(mut on: impl Source, id: AttemptId, person: PersonId) -> Result<EnrolmentId> {
    scalar!(
        on,
        Uuid,
        "SELECT e.id FROM quiz_attempts AS a JOIN enrolments AS e ON e.id = a.enrolment_id
         WHERE a.id = $1 AND e.person_id = $2",
        id.0,
        person.0
    )?
    .map(EnrolmentId)
    .ok_or(StoreError::NotFound("attempt"))
}

fn quiz_of(package: &Package, activity: &ActivityId) -> Option<(Step, Quiz)> {
    let activity = package.activity(activity)?;
    match &activity.body {
        Body::Quiz(quiz) => Some((Step::of(activity), quiz.clone())),
        _ => None,
    }
}

impl Db {
    /// Every attempt at a quiz in an enrolment, in order, without the answers.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn attempts(&self, enrolment: EnrolmentId, activity: &ActivityId) -> Result<Vec<Attempt>> {
        rows!(
            self,
            Row,
            attempts!("WHERE a.enrolment_id = $1 AND a.activity_id = $2 ORDER BY a.number"),
            enrolment.0,
            activity.as_str()
        )?
        .into_iter()
        .map(|row| row.read(Answers::new()))
        .collect()
    }

    /// Somebody's own attempt with its answers; nothing when it is another's.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn attempt(&self, id: AttemptId, person: PersonId) -> Result<Option<Attempt>> {
        let Some(attempt) = self.attempt_alone(id, person).await? else { return Ok(None) };
        let answers = answers(self, id).await?;
        Ok(Some(Attempt { answers, ..attempt }))
    }

    /// As [`Db::attempt`], without the answers.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn attempt_alone(&self, id: AttemptId, person: PersonId) -> Result<Option<Attempt>> {
        row!(self, Row, attempts!("WHERE a.id = $1 AND e.person_id = $2"), id.0, person.0)?
            .map(|row| row.read(Answers::new()))
            .transpose()
    }

    /// Begins an attempt, or gives the open one.
    ///
    /// `package` is that of the enrolment's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no quiz of the course, [`Conflict::NoAttemptsLeft`].
    pub async fn start_attempt(
        &self,
        enrolment: &Enrolment,
        package: &Package,
        activity: &ActivityId,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Attempt> {
        let (step, quiz) = quiz_of(package, activity).ok_or(StoreError::NotFound("quiz"))?;
        let (id, version) = (enrolment.id, enrolment.version);
        let (fresh, seed) = (AttemptId::new(now, entropy), entropy.number().cast_signed());
        let (receipt, given) = (Fresh::draw(now, entropy), (version, Outline::of(package)));
        self.write(move |tx| {
            Box::pin(async move {
                let enrolment = enrolment::lock(tx, id, now).await?;
                let all = rows!(
                    tx,
                    Row,
                    attempts!("WHERE a.enrolment_id = $1 AND a.activity_id = $2 ORDER BY a.number DESC"),
                    id.0,
                    step.id.as_str()
                )?;
                let used = u32::try_from(all.len()).unwrap_or(u32::MAX);
                if let Some(open) = all.into_iter().next().filter(|newest| newest.submitted_at.is_none()) {
                    let answers = answers(&mut *tx, AttemptId(open.id)).await?;
                    return open.read(answers);
                }
                if let Some(most) = quiz.attempts {
                    let granted = state::granted(&mut *tx, id, &step.id).await?;
                    if used >= most.saturating_add(granted) {
                        return Err(StoreError::Conflict(Conflict::NoAttemptsLeft));
                    }
                }
                run!(
                    tx,
                    "INSERT INTO quiz_attempts (id, enrolment_id, activity_id, version_id, content_hash, number, seed, started_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    fresh.0,
                    id.0,
                    step.id.as_str(),
                    version.0,
                    step.hash.as_bytes().as_slice(),
                    i64::from(used) + 1,
                    seed,
                    now.0
                )?;
                let outline = deed::current(tx, &enrolment, given).await?;
                deed::note(tx, &enrolment, &outline, &step, Done::Begun, receipt, now).await?;
                by_id(tx, fresh).await?.read(Answers::new())
            })
        })
        .await
    }

    /// Stores an answer that was given at `given`, in place of one to the same question that was given earlier. Answers may
    /// arrive in another order: one that was given before the stored one changes nothing. When this returns, the latest is
    /// durable. Whether it fits the question is for the caller to check; one that does not fit earns nothing.
    ///
    /// # Errors
    /// [`Conflict::Submitted`] when the attempt was handed in, [`StoreError::NotFound`] when it is not this person's.
    pub async fn answer(
        &self,
        attempt: AttemptId,
        person: PersonId,
        item: &ItemId,
        answer: &Answer,
        given: Timestamp,
    ) -> Result<()> {
        let json =
            serde_json::to_string(answer).map_err(|problem| StoreError::corrupt("quiz_answers", "answer", problem))?;
        let item = item.to_string();
        self.write(move |tx| {
            Box::pin(async move {
                let mut insert =
                    Sql::new("INSERT INTO quiz_answers (attempt_id, item_id, answer, answered_at) SELECT ");
                insert
                    .bind("", Arg::Id(attempt.0))
                    .bind(", ", Arg::Text(item))
                    .bind(", ", Arg::Text(json))
                    .bind(", ", Arg::Number(given.0))
                    .bind(
                        " FROM quiz_attempts AS a JOIN enrolments AS e ON e.id = a.enrolment_id
                          WHERE a.submitted_at IS NULL AND a.id = ",
                        Arg::Id(attempt.0),
                    )
                    .bind(" AND e.person_id = ", Arg::Id(person.0))
                    // Handing in waits for answers under way; on SQLite every write transaction is alone anyway.
                    .push(if tx.is_sqlite() { "" } else { " FOR SHARE OF a" })
                    .push(
                        " ON CONFLICT (attempt_id, item_id) DO UPDATE SET answer = excluded.answer,
                              answered_at = excluded.answered_at
                          WHERE excluded.answered_at >= quiz_answers.answered_at",
                    );
                if insert.run(tx).await? == 0 {
                    enrolment_of(&mut *tx, attempt, person).await?;
                    let open = count!(
                        tx,
                        "SELECT COUNT(*) FROM quiz_attempts WHERE id = $1 AND submitted_at IS NULL",
                        attempt.0
                    )?;
                    if open == 0 {
                        return Err(StoreError::Conflict(Conflict::Submitted));
                    }
                }
                Ok(())
            })
        })
        .await
    }

    /// Hands an attempt in and marks it. Handing in again changes nothing and gives the same mark.
    ///
    /// `package` is that of the attempt's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not this person's.
    pub async fn submit_attempt(
        &self,
        attempt: AttemptId,
        person: PersonId,
        package: &Package,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(Attempt, Progressed)> {
        let id = enrolment_of(self, attempt, person).await?;
        let row = by_id(self, attempt).await?;
        let activity: ActivityId = stored::text(TABLE, "activity_id", &row.activity_id)?;
        let version = VersionId(row.version_id);
        let content = row.content()?;
        let quiz = quiz_of(package, &activity).filter(|(step, _)| step.hash == content);
        let (fresh, given) = (Fresh::draw(now, entropy), (version, Outline::of(package)));
        self.write(move |tx| {
            Box::pin(async move {
                let enrolment = enrolment::lock(tx, id, now).await?;
                let open = lock_open(tx, attempt, person).await?;
                let answers = answers(&mut *tx, attempt).await?;
                let (step, quiz) = match quiz {
                    Some(quiz) => quiz,
                    // Not the version the attempt was begun with: that one is stored.
                    None => {
                        quiz_of(&outline::stored(tx, version).await?, &activity).ok_or(StoreError::NotFound("quiz"))?
                    }
                };
                let outline = deed::current(tx, &enrolment, given).await?;
                let progressed = if open {
                    let marked = mark(&quiz, &answers);
                    run!(
                        tx,
                        "UPDATE quiz_attempts SET submitted_at = $2, percent = $3, is_passed = $4 WHERE id = $1",
                        attempt.0,
                        now.0,
                        marked.percent.value(),
                        marked.passed
                    )?;
                    for item in &marked.items {
                        run!(
                            tx,
                            "UPDATE quiz_answers SET credit = $3 WHERE attempt_id = $1 AND item_id = $2",
                            attempt.0,
                            item.item.as_str(),
                            item.percent.value()
                        )?;
                    }
                    let done = Done::HandedIn { percent: marked.percent, passed: marked.passed };
                    deed::note(tx, &enrolment, &outline, &step, done, fresh, now).await?
                } else {
                    deed::standing(tx, &enrolment, &outline).await?
                };
                Ok((by_id(tx, attempt).await?.read(answers)?, progressed))
            })
        })
        .await
    }
}
