//! Everybody's first finished run of each conversation: what comparisons between channels are made from.

use super::{run, state::percent};
use crate::{
    Db, Result, StoreError, read as stored,
    sql::{Arg, Sql},
};
use domain::{
    conversation::Event,
    ids::{GroupId, SubjectId, VersionId},
    named::ActivityId,
    percent::Percent,
    phrasing::RuleId,
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Somebody's first finished run of a conversation, under a pseudonym.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstRun {
    /// Whose.
    pub subject: SubjectId,
    /// The version whose key it is judged by: that it was played by, or a later one that corrected it.
    pub version: VersionId,
    /// Which conversation.
    pub activity: ActivityId,
    /// Its score, where the conversation has one.
    pub score: Option<Percent>,
    /// When it came to an ending.
    pub ended_at: Timestamp,
    /// What happened.
    pub events: Vec<Event>,
    /// The blockers that rules found in own words, but for those that a trainer overturned.
    pub found: BTreeSet<RuleId>,
}

/// All first finished runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FirstRuns {
    /// One for each person and conversation, by time of ending.
    pub runs: Vec<FirstRun>,
    /// How often somebody has begun a conversation and never come to an ending of it.
    pub unfinished: u64,
}

type Head = (Uuid, Uuid, Uuid, String, Option<f64>, i64);

/// Practice and assessments count alike, previews and replays from the middle do not. A conversation is the same through
/// all versions of its course. Of runs that ended together the one with the lower number is the first. Everybody begins with
/// the main file of an assessed case: its variants are for later attempts.
const FINISHED: &str = "WITH finished AS (
     SELECT r.id, r.person_id, p.subject_id, r.activity_id, r.ended_at,
            COALESCE(g.version_id, r.version_id) AS version_id,
            CASE WHEN g.run_id IS NULL THEN r.score ELSE g.score END AS score,
            ROW_NUMBER() OVER (PARTITION BY r.person_id, v.course_id, r.activity_id ORDER BY r.ended_at, r.number, r.id) AS place
     FROM runs AS r
     JOIN people AS p ON p.id = r.person_id
     JOIN course_versions AS v ON v.id = r.version_id
     LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
     WHERE r.ended_at IS NOT NULL AND r.variant = '' AND r.mode IN ('practice', 'assessed'))";

const UNFINISHED: &str = "SELECT COUNT(*) FROM (
     SELECT r.person_id FROM runs AS r JOIN course_versions AS v ON v.id = r.version_id
     WHERE r.mode IN ('practice', 'assessed')";

fn push_group(sql: &mut Sql, column: &'static str, group: Option<GroupId>) {
    if let Some(group) = group {
        sql.push(" AND ")
            .push(column)
            .bind(" IN (SELECT m.person_id FROM memberships AS m WHERE m.is_member AND m.group_id = ", Arg::Id(group.0))
            .push(")");
    }
}

impl Db {
    /// Everybody's first finished run of each conversation, or that of the people in a group.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn first_runs(&self, group: Option<GroupId>) -> Result<FirstRuns> {
        let mut heads = Sql::new(FINISHED);
        heads.push(" SELECT id, subject_id, version_id, activity_id, score, ended_at FROM finished WHERE place = 1");
        push_group(&mut heads, "person_id", group);
        heads.push(" ORDER BY ended_at, id");
        // First the runs, then their events: a finished run never changes, so none can lack its events.
        let heads: Vec<Head> = heads.rows(self).await?;
        let mut events = Sql::new(FINISHED);
        events.push(
            " SELECT e.run_id, e.kind, e.choice FROM finished AS f JOIN run_events AS e ON e.run_id = f.id WHERE f.place = 1",
        );
        push_group(&mut events, "f.person_id", group);
        events.push(" ORDER BY e.run_id, e.turn");
        let mut by_run: HashMap<Uuid, Vec<Event>> = HashMap::with_capacity(heads.len());
        for (run, kind, choice) in events.rows::<(Uuid, String, Option<i64>)>(self).await? {
            by_run.entry(run).or_default().push(run::event(&kind, choice)?);
        }
        let mut found = self.found_in_first(group).await?;
        let mut unfinished = Sql::new(UNFINISHED);
        push_group(&mut unfinished, "r.person_id", group);
        unfinished.push(" GROUP BY r.person_id, v.course_id, r.activity_id HAVING MAX(r.ended_at) IS NULL) AS begun");
        let runs = heads
            .into_iter()
            .map(|(id, subject, version, activity, score, ended_at)| {
                Ok(FirstRun {
                    subject: SubjectId(subject),
                    version: VersionId(version),
                    activity: stored::text("runs", "activity_id", &activity)?,
                    score: percent("runs", "score", score)?,
                    ended_at: Timestamp(ended_at),
                    events: by_run.remove(&id).unwrap_or_default(),
                    found: found.remove(&id).unwrap_or_default(),
                })
            })
            .collect::<Result<_>>()?;
        Ok(FirstRuns { runs, unfinished: unfinished.count(self).await? })
    }
    /// By first run, the blockers that rules found in its own words and that still count.
    async fn found_in_first(&self, group: Option<GroupId>) -> Result<HashMap<Uuid, BTreeSet<RuleId>>> {
        let mut said = Sql::new(FINISHED);
        said.push(
            " SELECT w.run_id, w.turn, w.blockers FROM finished AS f JOIN replies AS w ON w.run_id = f.id
             WHERE f.place = 1 AND w.blockers <> '[]'",
        );
        push_group(&mut said, "f.person_id", group);
        let said: Vec<(Uuid, i64, String)> = said.rows(self).await?;
        if said.is_empty() {
            return Ok(HashMap::new());
        }
        let overturned = Sql::new("SELECT run_id, turn, rule FROM regrades WHERE cause = 'overturned'");
        let overturned: HashSet<(Uuid, i64, String)> = overturned.rows(self).await?.into_iter().collect();
        let mut found: HashMap<Uuid, BTreeSet<RuleId>> = HashMap::new();
        for (run, turn, rules) in said {
            let rules: Vec<RuleId> =
                serde_json::from_str(&rules).map_err(|problem| StoreError::corrupt("replies", "blockers", problem))?;
            let standing = rules.into_iter().filter(|rule| !overturned.contains(&(run, turn, rule.name().to_owned())));
            found.entry(run).or_default().extend(standing);
        }
        Ok(found)
    }
}
