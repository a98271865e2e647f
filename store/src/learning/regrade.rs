//! Verdicts that replace that of a finished run.
//!
//! A run is judged by the version it was played by. When a later version corrects the key of its conversation, it is judged
//! by that one ([`key`]); when a trainer overturns what a rule found in own words, that rule counts no more ([`overturn`]).
//! Each time a row is added here and becomes the present verdict; the run keeps its first one. What follows for progress
//! follows as from a deed, but nothing ever goes down.

mod key;
mod overturn;

pub use key::{JudgedRuns, REGRADE};
pub use overturn::{BlockedReply, Overturning};

pub(crate) use key::{Task, put_in};

use super::{
    deed, enrolment,
    outline::{self, Outline, Step},
    receipt::Fresh,
    run,
    state::percent,
};
use crate::{
    Result, StoreError, read as stored,
    tx::{Lock, Source, Tx},
};
use domain::{
    conversation::{EndingKind, OwnReply, Score, Solved, State, score::Unscorable},
    ids::{CourseId, EnrolmentId, RunId, SubjectId, VersionId},
    percent::Percent,
    phrasing::RuleId,
    progress::Done,
    time::Timestamp,
};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

const TABLE: &str = "regrades";

/// What a run is judged to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The score, of a conversation that has one.
    pub score: Option<Percent>,
    /// Whether it passes.
    pub passed: bool,
}

/// Why a run was judged anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The author corrected the key.
    Key,
    /// A trainer overturned what was found in own words.
    Overturned {
        /// At which turn they were said.
        turn: u32,
        /// Which rule had found them wanting.
        rule: RuleId,
    },
}

/// A verdict that replaced an earlier one.
#[derive(Debug, Clone, PartialEq)]
pub struct Regrade {
    /// Why.
    pub cause: Cause,
    /// The version by whose key the run is judged since.
    pub version: VersionId,
    /// The new verdict.
    pub verdict: Verdict,
    /// The reason that a trainer gave; empty for a corrected key.
    pub reason: String,
    /// Who is behind it: the trainer, or whoever published the version.
    pub by: Option<SubjectId>,
    /// When.
    pub at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    cause: String,
    version_id: Uuid,
    turn: Option<i64>,
    rule: Option<String>,
    score: Option<f64>,
    is_passed: bool,
    reason: String,
    made_by: Option<Uuid>,
    made_at: i64,
}

impl Row {
    fn read(self) -> Result<Regrade> {
        let cause = match (self.cause.as_str(), self.turn, self.rule) {
            ("key", None, None) => Cause::Key,
            ("overturned", Some(turn), Some(rule)) => Cause::Overturned {
                turn: stored::number(TABLE, "turn", turn)?,
                rule: stored::text(TABLE, "rule", &rule)?,
            },
            (other, ..) => return Err(StoreError::corrupt(TABLE, "cause", format!("`{other}`"))),
        };
        Ok(Regrade {
            cause,
            version: VersionId(self.version_id),
            verdict: Verdict { score: percent(TABLE, "score", self.score)?, passed: self.is_passed },
            reason: self.reason,
            by: self.made_by.map(SubjectId),
            at: Timestamp(self.made_at),
        })
    }
}

/// How a run was judged anew, in order.
pub(super) async fn of(mut on: impl Source, run: RunId) -> Result<Vec<Regrade>> {
    rows!(
        on,
        Row,
        "SELECT cause, version_id, turn, rule, score, is_passed, reason, made_by, made_at
         FROM regrades WHERE run_id = $1 ORDER BY number",
        run.0
    )?
    .into_iter()
    .map(Row::read)
    .collect()
}

/// Own words without the rules that were overturned: what still counts of them.
pub(super) fn standing(replies: &[OwnReply], regrades: &[Regrade]) -> Vec<OwnReply> {
    let overturned = |at: u32, found: RuleId| {
        regrades.iter().any(|regrade| regrade.cause == Cause::Overturned { turn: at, rule: found })
    };
    let mut replies = replies.to_vec();
    for reply in &mut replies {
        let turn = reply.turn;
        reply.blockers.retain(|rule| !overturned(turn, *rule));
    }
    replies
}

impl Verdict {
    /// What a run is judged to be that came to `ending`, with what counts of its own words.
    pub(super) fn of(score: Result<Score, Unscorable>, ending: EndingKind, replies: &[OwnReply]) -> Self {
        // A scenario that cannot be scored passes by its ending, like one without ratings.
        let (score, passed) = match score {
            Ok(score) => (score.percent, score.passed),
            Err(_) => (None, ending == EndingKind::Success),
        };
        Self { score, passed: passed && replies.iter().all(|reply| reply.blockers.is_empty()) }
    }
}

/// By whose key runs are judged anew.
struct Judge {
    course: CourseId,
    version: VersionId,
    step: Step,
    outline: Outline,
    solved: Solved,
}

/// A finished run as it is judged now.
#[derive(FromRow)]
struct Finished {
    subject_id: Uuid,
    enrolment_id: Option<Uuid>,
    mode: String,
    judge_id: Uuid,
}

/// A run that was judged anew, and what its progress needs.
struct Judged {
    enrolment: Option<EnrolmentId>,
    is_assessed: bool,
    verdict: Verdict,
    fresh: Fresh,
}

/// Waits until no other transaction judges runs of the course anew or publishes it, or hands out obligations: those touch
/// many people's rows too, and in another order.
async fn alone(tx: &mut Tx, course: CourseId) -> Result<()> {
    tx.lock(Lock::Assignment).await?;
    run!(tx, "UPDATE courses SET updated_at = updated_at WHERE id = $1", course.0)?;
    Ok(())
}

async fn finished(tx: &mut Tx, run: RunId) -> Result<Option<Finished>> {
    row!(
        tx,
        Finished,
        "SELECT p.subject_id, r.enrolment_id, r.mode, COALESCE(g.version_id, r.version_id) AS judge_id
         FROM runs AS r
         JOIN people AS p ON p.id = r.person_id
         LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
         WHERE r.id = $1 AND r.ended_at IS NOT NULL AND r.mode IN ('practice', 'assessed')",
        run.0
    )
}

impl Judge {
    /// Judges a run anew, with one more rule overturned if that is the cause. Nothing when its events do not fit, which
    /// stays in the log: one bad row must not keep all others from their verdict.
    async fn judge(&self, tx: &mut Tx, run: RunId, cause: &Cause) -> Result<Option<Verdict>> {
        let scenario = self.solved.scenario();
        let events = run::events(&mut *tx, run).await?;
        let state = State::start(scenario).and_then(|mut state| state.follow(scenario, &events).map(|()| state));
        let state = match state {
            Ok(state) => state,
            Err(problem) => {
                tracing::error!(%run, version = %self.version, %problem, "a run cannot be judged anew");
                return Ok(None);
            }
        };
        let Some(ending) = state.ending(scenario) else { return Ok(None) };
        let replies = run::replies(&mut *tx, run).await?;
        let mut standing = standing(&replies, &of(&mut *tx, run).await?);
        if let Cause::Overturned { turn, rule } = cause {
            let said = standing.iter_mut().filter(|reply| reply.turn == *turn);
            said.for_each(|reply| reply.blockers.retain(|found| found != rule));
        }
        Ok(Some(Verdict::of(self.solved.judge(&state), ending.kind, &standing)))
    }

    /// Notes what follows from new verdicts, enrolment by enrolment in the order of their ids: two transactions that do so
    /// never wait for each other crosswise.
    async fn follow(&self, tx: &mut Tx, mut judged: Vec<Judged>, now: Timestamp) -> Result<()> {
        judged.sort_by_key(|judged| judged.enrolment);
        let mut outlines = HashMap::from([(self.version, self.outline.clone())]);
        for Judged { enrolment, is_assessed, verdict, fresh } in judged {
            let Some(enrolment) = enrolment else { continue };
            // Its person was not here.
            let enrolment = enrolment::lock(tx, enrolment, Timestamp(0)).await?;
            let outline = match outlines.get(&enrolment.version) {
                Some(known) => known.clone(),
                None => {
                    let outline = Outline::of(&outline::stored(tx, enrolment.version).await?);
                    outlines.insert(enrolment.version, outline.clone());
                    outline
                }
            };
            // Practice never certifies.
            let done = Done::Regraded { percent: verdict.score, passed: verdict.passed && is_assessed };
            deed::note(tx, &enrolment, &outline, &self.step, done, fresh, now).await?;
        }
        Ok(())
    }
}

/// Adds a verdict, which is the present one from now on.
async fn put(tx: &mut Tx, run: RunId, new: &Regrade) -> Result<()> {
    let number = count!(tx, "SELECT COUNT(*) FROM regrades WHERE run_id = $1", run.0)?;
    run!(tx, "UPDATE regrades SET is_present = FALSE WHERE run_id = $1 AND is_present", run.0)?;
    let (cause, turn, rule) = match &new.cause {
        Cause::Key => ("key", None, None),
        Cause::Overturned { turn, rule } => ("overturned", Some(i64::from(*turn)), Some(rule.name())),
    };
    run!(
        tx,
        "INSERT INTO regrades (run_id, number, is_present, cause, version_id, turn, rule, score, is_passed, reason, made_by, made_at)
         VALUES ($1, $2, TRUE, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        run.0,
        number + 1,
        cause,
        new.version.0,
        turn,
        rule,
        new.verdict.score.map(Percent::value),
        new.verdict.passed,
        new.reason.as_str(),
        new.by.map(|by| by.0),
        new.at.0
    )?;
    Ok(())
}
