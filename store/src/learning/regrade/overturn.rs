//! What a rule found in own words counts as if the author had written it, until a trainer overturns it.

use super::{Cause, Finished, Judge, Judged, Regrade, TABLE, alone, finished, of, put};
use crate::{Conflict, Db, Object, Result, StoreError, learning::receipt::Fresh, learning::run, read as stored};
use domain::{
    conversation::Event,
    ids::{CourseId, EnrolmentId, RunId, SubjectId, VersionId},
    named::ActivityId,
    phrasing::RuleId,
    slug::Slug,
    time::{Entropy, Timestamp},
};
use serde_json::json;
use sqlx::FromRow;
use std::sync::Arc;
use uuid::Uuid;

/// What is to be overturned, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overturning {
    /// In which run.
    pub run: RunId,
    /// At which turn.
    pub turn: u32,
    /// What the rule found there.
    pub rule: RuleId,
    /// Why it shall not count, for the learner to read.
    pub reason: String,
}

/// Own words that failed a run, for a trainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedReply {
    /// In which run.
    pub run: RunId,
    /// Stands for whoever said them.
    pub subject: SubjectId,
    /// In which version.
    pub version: VersionId,
    /// In which conversation.
    pub activity: ActivityId,
    /// Which variant of it; none for the main file.
    pub variant: Option<Slug>,
    /// At which turn.
    pub turn: u32,
    /// The words, as they are kept.
    pub words: String,
    /// What was found in them and counts.
    pub blockers: Vec<RuleId>,
    /// What was found in them and was overturned.
    pub overturned: Vec<RuleId>,
    /// What happened in the run before them.
    pub before: Vec<Event>,
    /// When the run came to its ending.
    pub ended_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    run_id: Uuid,
    subject_id: Uuid,
    version_id: Uuid,
    activity_id: String,
    variant: String,
    turn: i64,
    words: String,
    blockers: String,
    ended_at: i64,
}

impl Db {
    /// Own words that failed finished runs of a course, those of the newest runs first, at most `most`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn blocked_replies(&self, course: CourseId, most: u32) -> Result<Vec<BlockedReply>> {
        let rows = rows!(
            self,
            Row,
            "SELECT w.run_id, p.subject_id, r.version_id, r.activity_id, r.variant, w.turn, w.words, w.blockers, r.ended_at
             FROM replies AS w
             JOIN runs AS r ON r.id = w.run_id
             JOIN people AS p ON p.id = r.person_id
             JOIN course_versions AS v ON v.id = r.version_id
             WHERE v.course_id = $1 AND w.blockers <> '[]' AND r.ended_at IS NOT NULL AND r.mode IN ('practice', 'assessed')
             ORDER BY r.ended_at DESC, r.id, w.turn LIMIT $2",
            course.0,
            i64::from(most)
        )?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let run = RunId(row.run_id);
            let turn: u32 = stored::number("replies", "turn", row.turn)?;
            let all: Vec<RuleId> = serde_json::from_str(&row.blockers)
                .map_err(|problem| StoreError::corrupt("replies", "blockers", problem))?;
            let regrades = of(self, run).await?;
            let (overturned, blockers) = all
                .into_iter()
                .partition(|rule| regrades.iter().any(|it| it.cause == Cause::Overturned { turn, rule: *rule }));
            let mut before = run::events(self, run).await?;
            before.truncate(turn as usize);
            found.push(BlockedReply {
                run,
                subject: SubjectId(row.subject_id),
                version: VersionId(row.version_id),
                activity: stored::text(run::TABLE, "activity_id", &row.activity_id)?,
                variant: run::variant_name(run::TABLE, &row.variant)?,
                turn,
                words: row.words,
                blockers,
                overturned,
                before,
                ended_at: Timestamp(row.ended_at),
            });
        }
        Ok(found)
    }

    /// Overturns what a rule found in own words of a finished run of a course: the run is judged anew without it, and what
    /// follows for progress follows. Doing so twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the course has no such run or the rule found nothing there, [`Conflict::Oneself`] for
    /// the own words of `by`, [`Conflict::Changed`] when the run was judged anew in between.
    pub async fn overturn(
        &self,
        by: SubjectId,
        course: CourseId,
        what: Overturning,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let judged = self.judged_run(what.run).await?.filter(|(found, _)| *found == course);
        let (_, judged) = judged.ok_or(StoreError::NotFound("run"))?;
        let package = Arc::new(self.package(judged.version).await?);
        let ruling = Judge::of(course, judged.version, package, &judged.activity, judged.variant.as_ref()).await?;
        let fresh = Fresh::draw(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                alone(tx, course).await?;
                let found = finished(tx, what.run).await?.ok_or(StoreError::NotFound("run"))?;
                let Finished { subject_id, enrolment_id, mode, judge_id } = found;
                if subject_id == by.0 {
                    return Err(StoreError::Conflict(Conflict::Oneself));
                }
                if judge_id != ruling.version.0 {
                    return Err(StoreError::Conflict(Conflict::Changed("run")));
                }
                let said = run::replies(&mut *tx, what.run).await?;
                let said = said.iter().find(|reply| reply.turn == what.turn);
                if !said.is_some_and(|reply| reply.blockers.contains(&what.rule)) {
                    return Err(StoreError::NotFound("reply"));
                }
                let cause = Cause::Overturned { turn: what.turn, rule: what.rule };
                if of(&mut *tx, what.run).await?.iter().any(|known| known.cause == cause) {
                    return Ok(());
                }
                let verdict = ruling.judge(tx, what.run, &cause).await?;
                let verdict = verdict.ok_or_else(|| StoreError::corrupt(TABLE, "run_id", "the run does not fit"))?;
                let version = ruling.version;
                let new = Regrade { cause, version, verdict, reason: what.reason, by: Some(by), at: now };
                put(tx, what.run, &new).await?;
                let enrolment = enrolment_id.map(EnrolmentId);
                let judged = Judged { enrolment, is_assessed: mode == "assessed", verdict, fresh };
                ruling.follow(tx, vec![judged], now).await?;
                let (run, turn, rule) = (what.run, what.turn, what.rule);
                let detail = json!({ "course": course, "run": run, "turn": turn, "rule": rule });
                tx.audit(Some(by), "run.overturn", Object::Person(SubjectId(subject_id)), &detail, now).await
            })
        })
        .await
    }
}
