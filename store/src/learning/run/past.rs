//! Runs that are over before they are stored: those of a demonstration's people.

use super::{Played, columns, ending_name, impossible, played};
use crate::{
    Conflict, Db, Result, StoreError,
    learning::{Enrolment, Progressed, deed, enrolment, outline::Outline, receipt::Fresh},
    tx::Tx,
};
use domain::{
    conversation::{Event, Score, replay},
    course::{Mode, Package},
    ids::RunId,
    named::ActivityId,
    percent::Percent,
    progress::Done,
    time::{Entropy, Timestamp},
};

/// A run that is over, of an activity's main file.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRun {
    /// Which conversation.
    pub activity: ActivityId,
    /// What decided the order of choices.
    pub seed: u64,
    /// When it was begun.
    pub started_at: Timestamp,
    /// What happened, up to an ending, each with its time.
    pub turns: Vec<(Event, Timestamp)>,
    /// The score of these events.
    pub score: Score,
}

impl PastRun {
    fn ended_at(&self) -> Timestamp {
        self.turns.last().map_or(self.started_at, |(_, at)| *at)
    }
}

impl Db {
    /// Keeps runs that are over, all of one enrolment, in one transaction; nothing happens to runs under way. What follows
    /// from them for progress follows as if they had been played here.
    ///
    /// `package` is that of the enrolment's version. The number of attempts at an assessment is not looked at.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for what is no conversation of the course, [`StoreError::Corrupt`] for events it does not
    /// allow, [`Conflict::Changed`] for events that come to no ending.
    pub async fn record_runs(
        &self,
        enrolment: &Enrolment,
        package: &Package,
        runs: Vec<PastRun>,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let mut all = Vec::with_capacity(runs.len());
        for past in runs {
            let played = played(package, &past.activity, None).ok_or(StoreError::NotFound("conversation"))?;
            let events: Vec<Event> = past.turns.iter().map(|(event, _)| *event).collect();
            if replay(&played.scenario, &events).map_err(impossible)?.ending(&played.scenario).is_none() {
                return Err(StoreError::Conflict(Conflict::Changed("run")));
            }
            let id = RunId::new(past.started_at, entropy);
            all.push((id, played, Fresh::draw(past.ended_at(), entropy), past));
        }
        let (enrolment, outline) = (enrolment.clone(), Outline::of(package));
        self.write(move |tx| {
            Box::pin(async move {
                for (id, played, fresh, past) in all {
                    record(tx, &enrolment, &outline, id, &played, fresh, &past).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

async fn record(
    tx: &mut Tx,
    enrolment: &Enrolment,
    outline: &Outline,
    id: RunId,
    played: &Played,
    fresh: Fresh,
    past: &PastRun,
) -> Result<Progressed> {
    let version = enrolment.version;
    let (step, ended_at) = (&played.step, past.ended_at());
    let enrolment = enrolment::lock(tx, enrolment.id, ended_at).await?;
    let mode = match played.mode {
        Mode::Practice => "practice",
        Mode::Assessed { .. } => "assessed",
    };
    run!(
        tx,
        "INSERT INTO runs (id, person_id, enrolment_id, activity_id, version_id, scenario_hash, mode, number, seed, turns,
             started_at, seen_at, ended_at, ending, score, is_passed)
         VALUES ($1, $2, $3, $4, $5, $6, $7,
             (SELECT COUNT(*) + 1 FROM runs WHERE enrolment_id = $3 AND activity_id = $4 AND mode IN ('practice', 'assessed')),
             $8, $9, $10, $11, $11, $12, $13, $14)",
        id.0,
        enrolment.person.0,
        enrolment.id.0,
        step.id.as_str(),
        version.0,
        played.content.as_bytes().as_slice(),
        mode,
        past.seed.cast_signed(),
        i64::try_from(past.turns.len()).unwrap_or(i64::MAX),
        past.started_at.0,
        ended_at.0,
        ending_name(past.score.ending),
        past.score.percent.map(Percent::value),
        past.score.passed
    )?;
    for (turn, (event, at)) in (0_i64..).zip(&past.turns) {
        let (kind, choice) = columns(*event);
        run!(
            tx,
            "INSERT INTO run_events (run_id, turn, kind, choice, happened_at) VALUES ($1, $2, $3, $4, $5)",
            id.0,
            turn,
            kind,
            choice,
            at.0
        )?;
    }
    let outline = deed::current(tx, &enrolment, (version, outline.clone())).await?;
    deed::note(tx, &enrolment, &outline, step, Done::Begun, fresh.clone(), past.started_at).await?;
    let done = Done::Played { percent: past.score.percent, passed: past.score.passed };
    deed::note(tx, &enrolment, &outline, step, done, fresh, ended_at).await
}
