//! All runs of a conversation, for those who wrote it: what happened in each and when, and nothing of whose it is.

use super::{run, state::percent};
use crate::{Db, Result, read as stored};
use domain::{
    conversation::{Event, Track},
    ids::VersionId,
    named::ActivityId,
    slug::Slug,
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A run beside one of its events; a run without events has one row.
#[derive(FromRow)]
struct Row {
    id: Uuid,
    learner: i64,
    number: i64,
    started_at: i64,
    seen_at: i64,
    score: Option<f64>,
    is_passed: Option<bool>,
    kind: Option<String>,
    choice: Option<i64>,
    happened_at: Option<i64>,
}

impl Db {
    /// The newest runs of a conversation, or of one of its variants, in a version, the newest first, at most `most`; and how many there are. Practice and
    /// assessed ones, finished or not; what somebody went back to and what authors tried out are no runs. With `first`,
    /// only the one that each person began with.
    ///
    /// People are numbered anew each time: no name, address or id is read.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn tracks(
        &self,
        version: VersionId,
        activity: &ActivityId,
        variant: Option<&Slug>,
        first: bool,
        most: u32,
    ) -> Result<(Vec<Track>, u64)> {
        let last = if first { 1 } else { i64::MAX };
        let all = count!(
            self,
            "SELECT COUNT(*) FROM runs
             WHERE version_id = $1 AND activity_id = $2 AND variant = $3 AND number <= $4
               AND mode IN ('practice', 'assessed')",
            version.0,
            activity.as_str(),
            run::variant_column(variant),
            last
        )?;
        let rows = rows!(
            self,
            Row,
            "WITH newest AS (
                 SELECT r.id, r.person_id, r.number, r.started_at, r.seen_at,
                        CASE WHEN g.run_id IS NULL THEN r.score ELSE g.score END AS score,
                        CASE WHEN g.run_id IS NULL THEN r.is_passed ELSE g.is_passed END AS is_passed
                 FROM runs AS r LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
                 WHERE r.version_id = $1 AND r.activity_id = $2 AND r.variant = $3 AND r.number <= $4
                   AND r.mode IN ('practice', 'assessed')
                 ORDER BY r.started_at DESC, r.id DESC LIMIT $5
             )
             SELECT n.id, DENSE_RANK() OVER (ORDER BY n.person_id) AS learner, n.number, n.started_at, n.seen_at, n.score, n.is_passed,
                    e.kind, e.choice, e.happened_at
             FROM newest n LEFT JOIN run_events e ON e.run_id = n.id
             ORDER BY n.started_at DESC, n.id DESC, e.turn",
            version.0,
            activity.as_str(),
            run::variant_column(variant),
            last,
            i64::from(most)
        )?;
        let mut tracks: Vec<(Uuid, Track)> = Vec::new();
        for row in rows {
            let event = match (&row.kind, row.happened_at) {
                (Some(kind), Some(at)) => Some((run::event(kind, row.choice)?, Timestamp(at))),
                _ => None,
            };
            match tracks.last_mut().filter(|(id, _)| *id == row.id) {
                Some((_, track)) => track.events.extend(event),
                None => tracks.push((row.id, row.begin(event)?)),
            }
        }
        Ok((tracks.into_iter().map(|(_, track)| track).collect(), stored::size(all)))
    }
}

impl Row {
    fn begin(self, first: Option<(Event, Timestamp)>) -> Result<Track> {
        Ok(Track {
            learner: stored::number(run::TABLE, "person_id", self.learner)?,
            number: stored::number(run::TABLE, "number", self.number)?,
            started_at: Timestamp(self.started_at),
            seen_at: Timestamp(self.seen_at),
            score: percent(run::TABLE, "score", self.score)?,
            passed: self.is_passed,
            events: first.into_iter().collect(),
        })
    }
}
