//! What learners say in their own words: kept beside the event, and left to the author where they agree.

use crate::{
    Conflict, Result, StoreError, read as stored,
    tx::{Source, Tx},
};
use domain::{
    conversation::{Event, OwnReply},
    ids::{RunId, SuggestionId, VersionId},
    named::ActivityId,
    phrasing::RuleId,
    slug::Slug,
    time::Timestamp,
};

/// What happens in a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The event.
    pub event: Event,
    /// The own words that were read as it; its turn is that of the event.
    pub own: Option<OwnReply>,
    /// What is left to the author of it.
    pub suggested: Option<Suggested>,
}

/// A wording that is left to the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Where it was said.
    pub node: Slug,
    /// The choice that came closest.
    pub choice: u16,
    /// The words, without personal data.
    pub words: String,
}

impl From<Event> for Said {
    fn from(event: Event) -> Self {
        Self { event, own: None, suggested: None }
    }
}

/// The own words of a run, by turn.
pub(in crate::learning) async fn replies(mut on: impl Source, run: RunId) -> Result<Vec<OwnReply>> {
    let rows = rows!(
        on,
        (i64, String, String),
        "SELECT turn, words, blockers FROM replies WHERE run_id = $1 ORDER BY turn",
        run.0
    )?;
    rows.into_iter()
        .map(|(turn, words, blockers)| {
            let blockers: Vec<RuleId> = serde_json::from_str(&blockers)
                .map_err(|problem| StoreError::corrupt("replies", "blockers", problem))?;
            Ok(OwnReply { turn: stored::number("replies", "turn", turn)?, words, blockers })
        })
        .collect()
}

/// Keeps own words beside their events, which are there.
pub(in crate::learning) async fn keep_replies(tx: &mut Tx, run: RunId, replies: &[OwnReply]) -> Result<()> {
    for reply in replies {
        let blockers = serde_json::to_string(&reply.blockers)
            .map_err(|problem| StoreError::corrupt("replies", "blockers", problem))?;
        run!(
            tx,
            "INSERT INTO replies (run_id, turn, words, blockers) VALUES ($1, $2, $3, $4)",
            run.0,
            i64::from(reply.turn),
            reply.words.as_str(),
            blockers
        )
        .map_err(|error| error.unique("replies", Conflict::Changed("run")))?;
    }
    Ok(())
}

/// Leaves a wording to the author.
pub(super) async fn suggest(
    tx: &mut Tx,
    id: SuggestionId,
    (version, activity, variant): (VersionId, &ActivityId, Option<&Slug>),
    new: &Suggested,
    now: Timestamp,
) -> Result<()> {
    run!(
        tx,
        "INSERT INTO suggestions (id, course_id, version_id, activity_id, variant, node, choice, words, made_at)
         SELECT $1, v.course_id, v.id, $3, $4, $5, $6, $7, $8 FROM course_versions AS v WHERE v.id = $2",
        id.0,
        version.0,
        activity.as_str(),
        super::variant_column(variant),
        new.node.as_str(),
        i64::from(new.choice),
        new.words.as_str(),
        now.0
    )?;
    Ok(())
}
