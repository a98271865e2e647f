//! Runs of conversations: a row, and the events that its state is folded from.

use self::turn::Taking;
use super::{
    Progressed,
    outline::{Outline, Step},
    receipt::Fresh,
    regrade::{self, Regrade, Verdict},
    state::percent,
};
use crate::{
    Conflict, Db, Result, StoreError,
    people::more_time,
    read as stored,
    tx::{Source, Tx},
};
use domain::{
    canonical::ContentHash,
    conversation::{EndingKind, Event, OwnReply, Scenario, State},
    course::{Body, Mode, Package},
    ids::{EnrolmentId, PersonId, RunId, SuggestionId, VersionId},
    named::ActivityId,
    percent::Percent,
    slug::Slug,
    time::{Entropy, Timestamp},
};
use sqlx::FromRow;
use uuid::Uuid;

pub(super) const TABLE: &str = "runs";

/// One play of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Which.
    pub id: RunId,
    /// Who plays.
    pub person: PersonId,
    /// In which enrolment; none for a preview.
    pub enrolment: Option<EnrolmentId>,
    /// Which conversation.
    pub activity: ActivityId,
    /// The version it was begun with, and is played by.
    pub version: VersionId,
    /// Its number among this person's runs of this conversation, from 1.
    pub number: u32,
    /// What decides the order of choices.
    pub seed: u64,
    /// Whether it is practice: it never certifies.
    pub practice: bool,
    /// Whether it went back to a decision of another run: practice that is not even scored.
    pub rewound: bool,
    /// The run it went back from.
    pub origin: Option<RunId>,
    /// Which variant of an assessed conversation; none is its main file.
    pub variant: Option<Slug>,
    /// What was played: runs of the same content can be compared.
    pub content: ContentHash,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When silence counts as the answer, where the present node has a timer.
    pub deadline_at: Option<Timestamp>,
    /// When it came to an ending.
    pub ended_at: Option<Timestamp>,
    /// The score, of a finished run that has one.
    pub score: Option<Percent>,
    /// Whether that passed.
    pub passed: Option<bool>,
    /// The version whose key it is judged by: its own, or a later one that corrected it.
    pub judge: VersionId,
    /// What it was judged to be first, if it was judged anew since.
    pub first: Option<Verdict>,
    /// How it was judged anew, in order; empty in lists.
    pub regrades: Vec<Regrade>,
    /// What happened; empty in lists.
    pub events: Vec<Event>,
    /// What was said in own words, by turn; empty in lists.
    pub replies: Vec<OwnReply>,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    person_id: Uuid,
    enrolment_id: Option<Uuid>,
    activity_id: String,
    version_id: Uuid,
    variant: String,
    scenario_hash: Vec<u8>,
    mode: String,
    number: i64,
    seed: i64,
    origin_id: Option<Uuid>,
    started_at: i64,
    deadline_at: Option<i64>,
    ended_at: Option<i64>,
    score: Option<f64>,
    is_passed: Option<bool>,
    judge_id: Option<Uuid>,
    new_score: Option<f64>,
    is_now_passed: Option<bool>,
}

impl Run {
    /// The own words with what still counts of what was found in them.
    #[must_use]
    pub fn standing_replies(&self) -> Vec<OwnReply> {
        regrade::standing(&self.replies, &self.regrades)
    }
}

impl Row {
    pub(super) fn read(self, events: Vec<Event>, replies: Vec<OwnReply>) -> Result<Run> {
        let first = percent(TABLE, "score", self.score)?;
        let (score, passed) = match self.judge_id {
            Some(_) => (percent("regrades", "score", self.new_score)?, self.is_now_passed),
            None => (first, self.is_passed),
        };
        let before = Verdict { score: first, passed: self.is_passed.unwrap_or_default() };
        Ok(Run {
            id: RunId(self.id),
            person: PersonId(self.person_id),
            enrolment: self.enrolment_id.map(EnrolmentId),
            activity: stored::text(TABLE, "activity_id", &self.activity_id)?,
            version: VersionId(self.version_id),
            variant: variant_name(TABLE, &self.variant)?,
            number: stored::number(TABLE, "number", self.number)?,
            seed: self.seed.cast_unsigned(),
            practice: self.mode != "assessed",
            rewound: self.mode == "rewound",
            origin: self.origin_id.map(RunId),
            content: ContentHash::from_bytes(stored::hash(TABLE, "scenario_hash", &self.scenario_hash)?),
            started_at: Timestamp(self.started_at),
            deadline_at: stored::moment(self.deadline_at),
            ended_at: stored::moment(self.ended_at),
            score,
            passed,
            judge: VersionId(self.judge_id.unwrap_or(self.version_id)),
            first: self.judge_id.map(|_| before),
            regrades: Vec::new(),
            events,
            replies,
        })
    }
}

macro_rules! runs {
    ($where:literal) => {
        concat!(
            "SELECT r.id, r.person_id, r.enrolment_id, r.activity_id, r.version_id, r.variant, r.scenario_hash, r.mode, r.number,
                    r.seed, r.origin_id, r.started_at, r.deadline_at, r.ended_at, r.score, r.is_passed, g.version_id AS judge_id,
                    g.score AS new_score, g.is_passed AS is_now_passed
             FROM runs AS r LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present ",
            $where
        )
    };
}

// After the macro, which it uses.
mod own;
mod start;
mod turn;

mod past;

pub use own::{Said, Suggested};
pub use past::PastRun;
pub use turn::Prepared;

pub(super) use own::{keep_replies, replies};

/// A variant from its column, which is empty for the main file.
pub(crate) fn variant_name(table: &'static str, name: &str) -> Result<Option<Slug>> {
    stored::maybe(table, "variant", Some(name).filter(|name| !name.is_empty()))
}

/// A variant for its column.
pub(crate) fn variant_column(variant: Option<&Slug>) -> &str {
    variant.map_or("", Slug::as_str)
}

pub(super) async fn events(mut on: impl Source, run: RunId) -> Result<Vec<Event>> {
    let rows =
        rows!(on, (String, Option<i64>), "SELECT kind, choice FROM run_events WHERE run_id = $1 ORDER BY turn", run.0)?;
    rows.into_iter().map(|(kind, choice)| event(&kind, choice)).collect()
}

/// An event from its columns.
pub(super) fn event(kind: &str, choice: Option<i64>) -> Result<Event> {
    match (kind, choice) {
        ("timed_out", None) => Ok(Event::TimedOut),
        ("chose", Some(choice)) => stored::number("run_events", "choice", choice).map(Event::Chose),
        _ => Err(StoreError::corrupt("run_events", "kind", format!("`{kind}` with {choice:?}"))),
    }
}

/// The columns of an event.
fn columns(event: Event) -> (&'static str, Option<i64>) {
    match event {
        Event::Chose(choice) => ("chose", Some(i64::from(choice))),
        Event::TimedOut => ("timed_out", None),
    }
}

/// The run as a transaction sees it.
pub(super) async fn by_id(mut on: impl Source, id: RunId) -> Result<Row> {
    row!(on, Row, runs!("WHERE id = $1"), id.0)?.ok_or(StoreError::NotFound("run"))
}

/// Adds an event at its turn.
pub(super) async fn append(tx: &mut Tx, run: RunId, turn: u32, event: Event, now: Timestamp) -> Result<()> {
    let (kind, choice) = columns(event);
    run!(
        tx,
        "INSERT INTO run_events (run_id, turn, kind, choice, happened_at) VALUES ($1, $2, $3, $4, $5)",
        run.0,
        i64::from(turn),
        kind,
        choice,
        now.0
    )
    .map_err(|error| error.unique("run_events", Conflict::Changed("run")))?;
    Ok(())
}

/// See [`Db::finished_runs`].
pub(super) async fn finished(
    db: &Db,
    person: PersonId,
    activity: &ActivityId,
    variant: Option<&Slug>,
    most: u32,
) -> Result<Vec<Run>> {
    let rows = rows!(
        db,
        Row,
        runs!(
            "WHERE person_id = $1 AND activity_id = $2 AND variant = $3 AND mode IN ('practice', 'assessed')
               AND ended_at IS NOT NULL
             ORDER BY started_at DESC, id DESC LIMIT $4"
        ),
        person.0,
        activity.as_str(),
        variant_column(variant),
        i64::from(most)
    )?;
    let mut runs = Vec::with_capacity(rows.len());
    for row in rows {
        let events = events(db, RunId(row.id)).await?;
        runs.push(row.read(events, Vec::new())?);
    }
    Ok(runs)
}

/// The seconds that the author gave for answering at the present node.
pub(super) fn limit(scenario: &Scenario, state: &State) -> Option<u32> {
    state.timer(scenario).map(|timer| timer.seconds)
}

/// When silence counts as the answer, for somebody who sees a node with this limit at `now`: with the time they asked for.
pub(super) async fn deadline(
    tx: &mut Tx,
    person: PersonId,
    limit: Option<u32>,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let Some(seconds) = limit else { return Ok(None) };
    let more = more_time::of(tx, person).await?;
    Ok(more.milliseconds(seconds).map(|time| now.plus(time)))
}

fn ending_name(kind: EndingKind) -> &'static str {
    match kind {
        EndingKind::Success => "success",
        EndingKind::Failure => "failure",
        EndingKind::Neutral => "neutral",
    }
}

/// A conversation as a transaction needs it.
#[derive(Clone)]
pub(super) struct Played {
    step: Step,
    mode: Mode,
    content: ContentHash,
    pub(super) scenario: Scenario,
}

/// A conversation, or one of its variants.
pub(super) fn played(package: &Package, activity: &ActivityId, variant: Option<&Slug>) -> Option<Played> {
    let activity = package.activity(activity)?;
    let Body::Conversation { mode, .. } = &activity.body else { return None };
    let telling = activity.telling(variant)?;
    let (content, scenario) = (telling.content, telling.scenario.clone());
    Some(Played { step: Step::of(activity), mode: *mode, content, scenario })
}

pub(super) fn impossible(problem: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::corrupt("run_events", "choice", problem)
}

impl Db {
    /// Every run of a conversation in an enrolment, the newest first, without the events.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn runs(&self, enrolment: EnrolmentId, activity: &ActivityId) -> Result<Vec<Run>> {
        rows!(
            self,
            Row,
            runs!(
                "WHERE enrolment_id = $1 AND activity_id = $2 AND mode IN ('practice', 'assessed')
                 ORDER BY r.started_at DESC, r.number DESC"
            ),
            enrolment.0,
            activity.as_str()
        )?
        .into_iter()
        .map(|row| row.read(Vec::new(), Vec::new()))
        .collect()
    }

    /// Somebody's own run with its events; nothing when it is another's.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn run(&self, id: RunId, person: PersonId) -> Result<Option<Run>> {
        let found = row!(self, Row, runs!("WHERE id = $1 AND person_id = $2"), id.0, person.0)?;
        let Some(row) = found else { return Ok(None) };
        let (events, replies) = (events(self, id).await?, own::replies(self, id).await?);
        let regrades = if row.judge_id.is_some() { regrade::of(self, id).await? } else { Vec::new() };
        Ok(Some(Run { regrades, ..row.read(events, replies)? }))
    }

    /// Lets something happen in a run. When this returns, it is durable.
    ///
    /// `turn` is the number of events before it: a turn that was taken already changes nothing and gives the run as it
    /// stands, so a double click, a retry and two racing requests count once. After a deadline and its grace a choice
    /// counts as silence; silence before that changes nothing. Own words are kept with the choice that they were read as, and what must not
    /// be said in them fails the run. `prepared` may be no more than the package of the run's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not this person's run; [`Conflict::Changed`] when the turn lies ahead or the
    /// choice is not offered there.
    #[expect(clippy::too_many_arguments, reason = "each is a fact about the turn, and all callers have them at hand")]
    pub async fn take_turn<'p>(
        &self,
        run: RunId,
        person: PersonId,
        turn: u32,
        said: impl Into<Said>,
        prepared: impl Into<Prepared<'p>>,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(Run, Progressed)> {
        let (activity, variant) = row!(
            self,
            (String, String),
            "SELECT activity_id, variant FROM runs WHERE id = $1 AND person_id = $2",
            run.0,
            person.0
        )?
        .ok_or(StoreError::NotFound("run"))?;
        let activity: ActivityId = stored::text(TABLE, "activity_id", &activity)?;
        let variant = variant_name(TABLE, &variant)?;
        let Prepared { package, state, solved } = prepared.into();
        let taking = Taking {
            run,
            person,
            turn,
            said: said.into(),
            suggestion: SuggestionId::new(now, entropy),
            played: played(package, &activity, variant.as_ref()),
            state,
            solved,
            activity,
            variant,
            outline: Outline::of(package),
            fresh: Fresh::draw(now, entropy),
            now,
        };
        self.write(move |tx| Box::pin(taking.take(tx))).await
    }
}
