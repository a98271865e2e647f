//! Taking a turn.

use super::{Played, Row, Run, Said, TABLE, append, deadline, ending_name, events, impossible, limit, own, played};
use crate::{
    Conflict, Result, StoreError,
    learning::{
        Progressed, Task, Verdict, deed, enrolment,
        outline::{self, Outline, Step},
        put_in,
        receipt::Fresh,
    },
    read as stored,
    tx::Tx,
};
use domain::{
    canonical::ContentHash,
    conversation::{EndingKind, Event, OwnReply, Scenario, Solved, State, Unscorable, is_late, replay},
    course::Package,
    ids::{EnrolmentId, PersonId, RunId, SuggestionId, VersionId},
    named::ActivityId,
    percent::Percent,
    progress::Done,
    slug::Slug,
    time::Timestamp,
};
use std::sync::Arc;

/// What a turn is taken by, made ready before its transaction begins. Only the package must be there; the rest saves the
/// transaction finding it out.
#[derive(Debug, Clone)]
pub struct Prepared<'p> {
    /// The package of the run's version.
    pub package: &'p Package,
    /// The run before the turn, as `package` has it.
    pub state: Option<State>,
    /// The conversation of `package`, solved: for a turn that may end the run.
    pub solved: Option<Arc<Solved>>,
}

impl<'p> From<&'p Package> for Prepared<'p> {
    fn from(package: &'p Package) -> Self {
        Self { package, state: None, solved: None }
    }
}

/// A turn that is being taken.
pub(super) struct Taking {
    pub(super) run: RunId,
    pub(super) person: PersonId,
    pub(super) turn: u32,
    pub(super) said: Said,
    pub(super) suggestion: SuggestionId,
    pub(super) activity: ActivityId,
    pub(super) variant: Option<Slug>,
    pub(super) played: Option<Played>,
    pub(super) state: Option<State>,
    pub(super) solved: Option<Arc<Solved>>,
    pub(super) outline: Outline,
    pub(super) fresh: Fresh,
    pub(super) now: Timestamp,
}

impl Taking {
    pub(super) async fn take(self, tx: &mut Tx) -> Result<(Run, Progressed)> {
        let locked = run!(
            tx,
            "UPDATE runs SET seen_at = $3 WHERE id = $1 AND person_id = $2",
            self.run.0,
            self.person.0,
            self.now.0
        )?;
        let row = row!(tx, Row, runs!("WHERE id = $1"), self.run.0)?.filter(|_| locked > 0);
        let row = row.ok_or(StoreError::NotFound("run"))?;
        let mut events = events(&mut *tx, self.run).await?;
        let mut replies = own::replies(&mut *tx, self.run).await?;
        let taken = u32::try_from(events.len()).unwrap_or(u32::MAX);
        let late = row.deadline_at.is_some_and(|deadline| is_late(Timestamp(deadline), self.now));
        let early = self.said.event == Event::TimedOut && !late;
        if row.ended_at.is_some() || self.turn < taken || early {
            let progressed = self.standing(tx, &row).await?;
            return Ok((row.read(events, replies)?, progressed));
        }
        if self.turn > taken {
            return Err(StoreError::Conflict(Conflict::Changed("run")));
        }
        let Said { event, own, suggested } = if late { Event::TimedOut.into() } else { self.said.clone() };
        let content = ContentHash::from_bytes(stored::hash(TABLE, "scenario_hash", &row.scenario_hash)?);
        let version = VersionId(row.version_id);
        let given = self.played.clone().filter(|played| played.content == content);
        let known = self.state.clone().filter(|state| given.is_some() && state.turn == taken);
        let Played { step, scenario, .. } = match given {
            Some(played) => played,
            // Not the version the run was begun with: that one is stored.
            None => played(&outline::stored(tx, version).await?, &self.activity, self.variant.as_ref())
                .ok_or(StoreError::NotFound("conversation"))?,
        };
        let mut state = match known {
            // Events are only ever added, so those of so many turns are the same.
            Some(state) => state,
            None => replay(&scenario, &events).map_err(impossible)?,
        };
        if state.apply(&scenario, event).is_err() {
            return Err(StoreError::Conflict(Conflict::Changed("choice")));
        }
        events.push(event);
        append(tx, self.run, self.turn, event, self.now).await?;
        if let Some(own) = own {
            let own = OwnReply { turn: self.turn, ..own };
            own::keep_replies(tx, self.run, std::slice::from_ref(&own)).await?;
            replies.push(own);
        }
        if let Some(suggested) = suggested {
            own::suggest(tx, self.suggestion, (version, &self.activity, self.variant.as_ref()), &suggested, self.now)
                .await?;
        }
        let progressed = if let Some(ending) = state.ending(&scenario) {
            let kind = ending.kind;
            self.end(tx, &row, &step, &scenario, (&state, &replies), kind).await?
        } else {
            let next = deadline(tx, self.person, limit(&scenario, &state), self.now).await?;
            run!(
                tx,
                "UPDATE runs SET turns = $2, deadline_at = $3 WHERE id = $1",
                self.run.0,
                i64::from(self.turn) + 1,
                next.map(|at| at.0)
            )?;
            // A turn that ends nothing moves nothing on: not worth a look at the enrolment.
            Progressed { done: 0, total: 0, receipt: None }
        };
        let row = row!(tx, Row, runs!("WHERE id = $1"), self.run.0)?;
        Ok((row.ok_or(StoreError::NotFound("run"))?.read(events, replies)?, progressed))
    }

    /// Scores a run that came to an ending, and notes what follows from it.
    async fn end(
        &self,
        tx: &mut Tx,
        row: &Row,
        step: &Step,
        scenario: &Scenario,
        (state, replies): (&State, &[OwnReply]),
        ending: EndingKind,
    ) -> Result<Progressed> {
        let score = match self.solved.as_ref().filter(|solved| solved.scenario() == scenario) {
            Some(solved) => solved.judge(state),
            // Of another version than was handed in, or ended by a deadline that passed on the way here.
            None => Solved::new(scenario).map_err(Unscorable::from).and_then(|solved| solved.judge(state)),
        };
        let Verdict { score: percent, passed } = Verdict::of(score, ending, replies);
        run!(
            tx,
            "UPDATE runs SET turns = $2, deadline_at = NULL, ended_at = $3, ending = $4, score = $5, is_passed = $6
             WHERE id = $1",
            self.run.0,
            i64::from(self.turn) + 1,
            self.now.0,
            ending_name(ending),
            percent.map(Percent::value),
            passed
        )?;
        let Some(enrolment) = row.enrolment_id.filter(|_| matches!(row.mode.as_str(), "practice" | "assessed")) else {
            return Ok(Progressed { done: 0, total: 0, receipt: None });
        };
        let enrolment = enrolment::lock(tx, EnrolmentId(enrolment), self.now).await?;
        // Whoever publishes moves the enrolment, and so comes before this or waits for it.
        let newer = count!(
            tx,
            "SELECT COUNT(*) FROM course_versions AS v JOIN course_versions AS own ON own.course_id = v.course_id
             WHERE own.id = $1 AND v.number > own.number",
            row.version_id
        )?;
        if newer > 0 {
            put_in(tx, Task::Run(self.run), self.run.0, self.now).await?;
        }
        let outline = deed::current(tx, &enrolment, (VersionId(row.version_id), self.outline.clone())).await?;
        let done = Done::Played { percent, passed };
        deed::note(tx, &enrolment, &outline, step, done, self.fresh.clone(), self.now).await
    }

    async fn standing(&self, tx: &mut Tx, row: &Row) -> Result<Progressed> {
        let Some(enrolment) = row.enrolment_id else {
            return Ok(Progressed { done: 0, total: 0, receipt: None });
        };
        let enrolment = enrolment::by_id(&mut *tx, EnrolmentId(enrolment)).await?;
        let outline = deed::current(tx, &enrolment, (VersionId(row.version_id), self.outline.clone())).await?;
        deed::standing(tx, &enrolment, &outline).await
    }
}
