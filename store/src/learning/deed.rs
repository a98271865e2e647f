//! What a deed changes: the activity's state, the obligation and, with the last one, the proof.

use super::{
    Enrolment, Progressed,
    outline::{self, Outline, Step},
    receipt::{self, Fresh},
    state,
};
use crate::{Result, tx::Tx};
use domain::{
    ids::VersionId,
    progress::{ActivityState, Done},
    time::Timestamp,
};

/// The outline that holds for an enrolment: the given one, unless a minor change has moved the enrolment to another
/// version meanwhile.
pub(super) async fn current(tx: &mut Tx, enrolment: &Enrolment, given: (VersionId, Outline)) -> Result<Outline> {
    if given.0 == enrolment.version {
        Ok(given.1)
    } else {
        Ok(Outline::of(&outline::stored(tx, enrolment.version).await?))
    }
}

/// Notes a deed at an activity of a locked enrolment, and everything that follows from it.
///
/// `step` is the activity as the deed was done at it; `outline` is that of the enrolment's own version.
pub(super) async fn note(
    tx: &mut Tx,
    enrolment: &Enrolment,
    outline: &Outline,
    step: &Step,
    done: Done,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Progressed> {
    let mut states = state::all(&mut *tx, enrolment.id).await?;
    let before = states.get(&step.id).cloned();
    let mut after = match &before {
        Some(state) => state.after(&step.rule, done, now),
        None => untouched(step).after(&step.rule, done, now),
    };
    if after.is_completed() && !before.as_ref().is_some_and(ActivityState::is_completed) {
        after.content = step.hash;
    }
    if before.as_ref() != Some(&after) {
        state::put(tx, enrolment.id, &after, now).await?;
    }
    states.insert(step.id.clone(), after);
    let (done, total) = outline.progress(&states);
    if enrolment.completed_at.is_some() {
        return Ok(Progressed { done, total, receipt: enrolment.receipt });
    }
    let complete = done == total;
    run!(
        tx,
        "UPDATE obligations SET
             status = $3, activities_done = $4, activities_total = $5, started_at = COALESCE(started_at, $6),
             completed_at = $7, updated_at = $6
         WHERE person_id = $1 AND course_id = $2 AND enrolment_id = $8",
        enrolment.person.0,
        enrolment.course.0,
        if complete { "done" } else { "in_progress" },
        i64::from(done),
        i64::from(total),
        now.0,
        complete.then_some(now.0),
        enrolment.id.0
    )?;
    let receipt = if complete {
        run!(tx, "UPDATE enrolments SET completed_at = $2 WHERE id = $1", enrolment.id.0, now.0)?;
        Some(receipt::issue(tx, enrolment, outline, &states, fresh, now).await?)
    } else {
        None
    };
    Ok(Progressed { done, total, receipt })
}

/// How far a locked enrolment is, with nothing changed.
pub(super) async fn standing(tx: &mut Tx, enrolment: &Enrolment, outline: &Outline) -> Result<Progressed> {
    let (done, total) = outline.progress(&state::all(tx, enrolment.id).await?);
    Ok(Progressed { done, total, receipt: enrolment.receipt })
}

pub(super) fn untouched(step: &Step) -> ActivityState {
    ActivityState {
        activity: step.id.clone(),
        content: step.hash,
        status: domain::progress::ActivityStatus::NotStarted,
        first: None,
        best: None,
        attempts: 0,
        granted: 0,
        started: None,
        completed: None,
    }
}
