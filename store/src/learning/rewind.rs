//! Going back to a decision of a finished run: unscored practice beside it, which never counts for anything.

use super::run::{self, Run};
use crate::{Conflict, Db, Result, StoreError};
use domain::{
    conversation::{Event, OwnReply, replay},
    course::Package,
    ids::{PersonId, RunId},
    named::ActivityId,
    slug::Slug,
    time::{Entropy, Timestamp},
};

impl Db {
    /// Begins a rewound run: the first `keep` events of somebody's own finished run are said already. `package` is that of
    /// the run's version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not this person's or is itself a preview; [`Conflict::Changed`] when it has not ended
    /// or has no such decision.
    pub async fn rewind(
        &self,
        origin: RunId,
        person: PersonId,
        keep: u32,
        package: &Package,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Run> {
        let origin = self.run(origin, person).await?.ok_or(StoreError::NotFound("run"))?;
        let enrolment = origin.enrolment.ok_or(StoreError::NotFound("run"))?;
        let kept = usize::try_from(keep).ok().filter(|keep| *keep < origin.events.len() && origin.ended_at.is_some());
        let kept = kept.ok_or(StoreError::Conflict(Conflict::Changed("run")))?;
        let events: Vec<Event> = origin.events[..kept].to_vec();
        let replies: Vec<OwnReply> = origin.replies.iter().filter(|reply| reply.turn < keep).cloned().collect();
        let played = run::played(package, &origin.activity, origin.variant.as_ref())
            .ok_or(StoreError::NotFound("conversation"))?;
        let state = replay(&played.scenario, &events).map_err(run::impossible)?;
        let limit = run::limit(&played.scenario, &state);
        let (fresh, seed) = (RunId::new(now, entropy), entropy.number().cast_signed());
        self.write(move |tx| {
            Box::pin(async move {
                let deadline = run::deadline(tx, person, limit, now).await?;
                run!(
                    tx,
                    "INSERT INTO runs (id, person_id, enrolment_id, activity_id, version_id, variant, scenario_hash, mode,
                         number, seed, origin_id, turns, deadline_at, started_at, seen_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, 'rewound', $8, $9, $10, $11, $12, $13, $13)",
                    fresh.0,
                    person.0,
                    enrolment.0,
                    origin.activity.as_str(),
                    origin.version.0,
                    run::variant_column(origin.variant.as_ref()),
                    origin.content.as_bytes().as_slice(),
                    i64::from(origin.number),
                    seed,
                    origin.id.0,
                    i64::from(keep),
                    deadline.map(|at| at.0),
                    now.0
                )?;
                for (turn, event) in (0..).zip(&events) {
                    run::append(tx, fresh, turn, *event, now).await?;
                }
                run::keep_replies(tx, fresh, &replies).await?;
                run::by_id(tx, fresh).await?.read(events, replies)
            })
        })
        .await
    }

    /// Somebody's finished runs of a conversation, or of one of its variants, with their events, the newest first, at most
    /// `most`: to compare with each other. Rewound ones are left out.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn finished_runs(
        &self,
        person: PersonId,
        activity: &ActivityId,
        variant: Option<&Slug>,
        most: u32,
    ) -> Result<Vec<Run>> {
        run::finished(self, person, activity, variant, most).await
    }
}
