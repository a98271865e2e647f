//! Beginning a conversation.

use super::{Row, Run, TABLE, deadline, events, impossible, limit, own, variant_column, variant_name};
use crate::{
    Conflict, Db, Result, StoreError,
    learning::{
        Enrolment, deed, enrolment,
        outline::{Outline, Step},
        receipt::Fresh,
        state,
    },
};
use domain::{
    canonical::ContentHash,
    conversation::State,
    course::{Activity, Body, Mode, Package, Telling, draw},
    ids::RunId,
    named::ActivityId,
    progress::Done,
    slug::Slug,
    time::{Entropy, Timestamp},
};

/// What a run may play: which variant, what it is, and the seconds for the first answer.
type Offer = (Option<Slug>, ContentHash, Option<u32>);

/// Everything that a run of an activity may play, the main file first.
fn offers(activity: &Activity) -> Result<Vec<Offer>> {
    let offer = |telling: Telling<'_>| {
        let state = State::start(telling.scenario).map_err(impossible)?;
        Ok((telling.variant.cloned(), telling.content, limit(telling.scenario, &state)))
    };
    activity.tellings().map(offer).collect()
}

/// The one of the offers that comes after these runs, the newest of which is the first.
fn drawn(offers: &[Offer], earlier: &[Row], seed: u64) -> Result<Offer> {
    let played: Vec<Option<Slug>> =
        earlier.iter().rev().map(|run| variant_name(TABLE, &run.variant)).collect::<Result<_>>()?;
    let all: Vec<Option<&Slug>> = offers.iter().map(|(variant, ..)| variant.as_ref()).collect();
    let played: Vec<Option<&Slug>> = played.iter().map(Option::as_ref).collect();
    offers.get(draw(&all, &played, seed)).cloned().ok_or(StoreError::NotFound("conversation"))
}

impl Db {
    /// Begins a conversation, or gives the run that is under way. A further attempt at an assessed one plays a variant that
    /// was not played in this enrolment yet, drawn by the run's seed; see [`draw`].
    ///
    /// `package` is that of the enrolment's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is no conversation of the course, [`Conflict::NoAttemptsLeft`] for an assessed one
    /// that was played as often as it may be.
    pub async fn start_run(
        &self,
        enrolment: &Enrolment,
        package: &Package,
        activity: &ActivityId,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Run> {
        let found = package.activity(activity).ok_or(StoreError::NotFound("conversation"))?;
        let Body::Conversation { mode, .. } = found.body else { return Err(StoreError::NotFound("conversation")) };
        let (step, offers) = (Step::of(found), offers(found)?);
        let (id, person, version) = (enrolment.id, enrolment.person, enrolment.version);
        let (fresh, seed) = (RunId::new(now, entropy), entropy.number());
        let (receipt, given) = (Fresh::draw(now, entropy), (version, Outline::of(package)));
        self.write(move |tx| {
            Box::pin(async move {
                let enrolment = enrolment::lock(tx, id, now).await?;
                let mut all = rows!(
                    tx,
                    Row,
                    runs!(
                        "WHERE enrolment_id = $1 AND activity_id = $2 AND mode IN ('practice', 'assessed')
                         ORDER BY r.number DESC"
                    ),
                    id.0,
                    step.id.as_str()
                )?;
                let number = i64::try_from(all.len()).unwrap_or(i64::MAX).saturating_add(1);
                let assessed = all.iter().filter(|run| run.mode == "assessed").count();
                if let Some(open) = all.iter().position(|run| run.ended_at.is_none()) {
                    let open = all.swap_remove(open);
                    let events = events(&mut *tx, RunId(open.id)).await?;
                    let replies = own::replies(&mut *tx, RunId(open.id)).await?;
                    return open.read(events, replies);
                }
                let name = match mode {
                    Mode::Practice => "practice",
                    Mode::Assessed { attempts } => {
                        let most = attempts.saturating_add(state::granted(&mut *tx, id, &step.id).await?);
                        if u32::try_from(assessed).map_or(true, |used| used >= most) {
                            return Err(StoreError::Conflict(Conflict::NoAttemptsLeft));
                        }
                        "assessed"
                    }
                };
                let (variant, content, limit) = drawn(&offers, &all, seed)?;
                let deadline = deadline(tx, person, limit, now).await?;
                run!(
                    tx,
                    "INSERT INTO runs (id, person_id, enrolment_id, activity_id, version_id, variant, scenario_hash, mode,
                         number, seed, turns, deadline_at, started_at, seen_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $12)",
                    fresh.0,
                    person.0,
                    id.0,
                    step.id.as_str(),
                    version.0,
                    variant_column(variant.as_ref()),
                    content.as_bytes().as_slice(),
                    name,
                    number,
                    seed.cast_signed(),
                    deadline.map(|at| at.0),
                    now.0
                )?;
                let outline = deed::current(tx, &enrolment, given).await?;
                deed::note(tx, &enrolment, &outline, &step, Done::Begun, receipt, now).await?;
                let row = row!(tx, Row, runs!("WHERE id = $1"), fresh.0)?;
                row.ok_or(StoreError::NotFound("run"))?.read(Vec::new(), Vec::new())
            })
        })
        .await
    }
}
