//! A corrected key: runs of earlier versions are judged by it, in the background.
//!
//! Publishing puts in a job, and so does a run that ends when its version is not the newest any more. The job goes from
//! each version by which runs are judged to the versions after it, and takes every one that corrected the key for the next
//! judge. It changes runs in batches, each a transaction; a run that has its new judge is not looked for again, so the
//! job may be begun again at any time, and by several servers at once.

use super::{Cause, Finished, Judge, Judged, Regrade, alone, finished, put};
use crate::{
    Db, Object, Result, StoreError,
    jobs::NewJob,
    learning::{
        outline::{Outline, Step},
        receipt::Fresh,
        run, variant_column, variant_name,
    },
    read as stored,
    tx::Tx,
};
use domain::{
    conversation::{Difference, Scenario, Solved},
    course::Package,
    ids::{CourseId, JobId, RunId, SubjectId, VersionId},
    named::ActivityId,
    slug::Slug,
    time::{Entropy, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The kind of these jobs.
pub const REGRADE: &str = "regrade";

/// How many runs one transaction judges: a person who learns meanwhile waits for no more than these.
const BATCH: usize = 100;

/// How long a job waits, in milliseconds: until whatever was under way when the version was published is committed.
const SETTLE: i64 = 5 * Timestamp::SECOND;

/// What a job is about.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Task {
    /// Every finished run of a course.
    Course(CourseId),
    /// One that ended after a newer version was published.
    Run(RunId),
}

/// Puts in a job. `cause` is what it comes from, the version or the run: each has at most one.
pub(crate) async fn put_in(tx: &mut Tx, task: Task, cause: Uuid, now: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(&task).map_err(|problem| StoreError::corrupt("jobs", "payload", problem))?;
    let run_at = now.plus(SETTLE);
    let new = NewJob { kind: REGRADE.to_owned(), dedupe: cause.to_string(), payload, run_at };
    tx.put_job(JobId(cause), &new, now).await?;
    Ok(())
}

/// How many finished runs of a conversation are judged by the key of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRuns {
    /// By which version.
    pub version: VersionId,
    /// Which conversation.
    pub activity: ActivityId,
    /// Which variant of it; none for the main file.
    pub variant: Option<Slug>,
    /// How many.
    pub runs: u64,
}

/// A published version, in order.
struct Version {
    id: VersionId,
    is_minor: bool,
    by: Option<SubjectId>,
}

/// The versions of a course, and their packages as far as they were needed.
struct Versions<'d> {
    db: &'d Db,
    all: Vec<Version>,
    packages: HashMap<VersionId, Arc<Package>>,
}

impl<'d> Versions<'d> {
    async fn of(db: &'d Db, course: CourseId) -> Result<Self> {
        let rows = rows!(
            db,
            (Uuid, bool, Option<Uuid>),
            "SELECT id, change = 'minor' AS is_minor, published_by FROM course_versions
             WHERE course_id = $1 AND state = 'published' ORDER BY number",
            course.0
        )?;
        let all = rows
            .into_iter()
            .map(|(id, is_minor, by)| Version { id: VersionId(id), is_minor, by: by.map(SubjectId) })
            .collect();
        Ok(Self { db, all, packages: HashMap::new() })
    }

    async fn package(&mut self, version: VersionId) -> Result<Arc<Package>> {
        if let Some(known) = self.packages.get(&version) {
            return Ok(Arc::clone(known));
        }
        let package = Arc::new(self.db.package(version).await?);
        self.packages.insert(version, Arc::clone(&package));
        Ok(package)
    }

    /// The version whose key counts now for what is judged by `judge`.
    async fn ruling(&mut self, judge: VersionId, activity: &ActivityId, variant: Option<&Slug>) -> Result<VersionId> {
        let Some(place) = self.all.iter().position(|version| version.id == judge) else { return Ok(judge) };
        let later: Vec<VersionId> =
            self.all[place + 1..].iter().filter(|version| version.is_minor).map(|version| version.id).collect();
        let mut ruling = judge;
        for next in later {
            let (before, after) = (self.package(ruling).await?, self.package(next).await?);
            let both = conversation(&before, activity, variant).zip(conversation(&after, activity, variant));
            if both.is_some_and(|(before, after)| before.difference(after) == Difference::KeyCorrected) {
                ruling = next;
            }
        }
        Ok(ruling)
    }

    fn published_by(&self, version: VersionId) -> Option<SubjectId> {
        self.all.iter().find(|known| known.id == version).and_then(|known| known.by)
    }
}

/// The conversation of an activity, or a variant of it.
fn conversation<'p>(package: &'p Package, activity: &ActivityId, variant: Option<&Slug>) -> Option<&'p Scenario> {
    Some(package.activity(activity)?.telling(variant)?.scenario)
}

impl Judge {
    /// The key of a version, solved on a thread of its own: a large conversation takes a while.
    pub(super) async fn of(
        course: CourseId,
        version: VersionId,
        package: Arc<Package>,
        activity: &ActivityId,
        variant: Option<&Slug>,
    ) -> Result<Self> {
        let (id, variant) = (activity.clone(), variant.cloned());
        let solving = tokio::task::spawn_blocking(move || {
            let solved = Solved::new(conversation(&package, &id, variant.as_ref())?);
            Some((Step::of(package.activity(&id)?), Outline::of(&package), solved))
        });
        let solved = solving.await.map_err(|error| StoreError::Unavailable(error.into()))?;
        let (step, outline, solved) = solved.ok_or(StoreError::NotFound("conversation"))?;
        let solved = solved.map_err(|problem| StoreError::corrupt("course_versions", "package", problem))?;
        Ok(Self { course, version, step, outline, solved })
    }
}

impl Db {
    /// By whose key the finished runs of a course are judged.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn judged_runs(&self, course: CourseId) -> Result<Vec<JudgedRuns>> {
        rows!(
            self,
            (Uuid, String, String, i64),
            "SELECT COALESCE(g.version_id, r.version_id), r.activity_id, r.variant, COUNT(*)
             FROM course_versions AS v
             JOIN runs AS r ON r.version_id = v.id
             LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
             WHERE v.course_id = $1 AND r.ended_at IS NOT NULL AND r.mode IN ('practice', 'assessed')
             GROUP BY COALESCE(g.version_id, r.version_id), r.activity_id, r.variant
             ORDER BY r.activity_id, r.variant",
            course.0
        )?
        .into_iter()
        .map(|(version, activity, variant, runs)| {
            let activity = stored::text(run::TABLE, "activity_id", &activity)?;
            let variant = variant_name(run::TABLE, &variant)?;
            Ok(JudgedRuns { version: VersionId(version), activity, variant, runs: stored::size(runs) })
        })
        .collect()
    }

    /// Does a job of the kind [`REGRADE`]: judges finished runs by the corrected keys of later versions, in at most
    /// `most` batches. True when nothing is left to do.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for what is no such job or for a version that cannot be read, and those of the database.
    /// What was judged until then stays so.
    pub async fn regrade(&self, payload: &str, most: u32, now: Timestamp, entropy: &dyn Entropy) -> Result<bool> {
        let task = serde_json::from_str(payload).map_err(|problem| StoreError::corrupt("jobs", "payload", problem))?;
        let (course, groups) = match task {
            Task::Course(course) => (course, self.judged_runs(course).await?),
            Task::Run(run) => match self.judged_run(run).await? {
                Some((course, judged)) => (course, vec![judged]),
                None => return Ok(true),
            },
        };
        let mut versions = Versions::of(self, course).await?;
        let mut left = most;
        for JudgedRuns { version: judge, activity, variant, .. } in groups {
            let variant = variant.as_ref();
            let to = versions.ruling(judge, &activity, variant).await?;
            if to == judge {
                continue;
            }
            let by = versions.published_by(to);
            let ruling = Arc::new(Judge::of(course, to, versions.package(to).await?, &activity, variant).await?);
            let runs = match task {
                Task::Course(_) => self.runs_judged_by(course, judge, &activity, variant).await?,
                Task::Run(run) => vec![run],
            };
            for batch in runs.chunks(BATCH) {
                if left == 0 {
                    return Ok(false);
                }
                left -= 1;
                let batch = batch.iter().map(|run| (*run, Fresh::draw(now, entropy))).collect();
                let ruling = Arc::clone(&ruling);
                self.write(move |tx| Box::pin(async move { ruling.batch(tx, judge, batch, by, now).await })).await?;
            }
        }
        Ok(true)
    }

    pub(super) async fn judged_run(&self, run: RunId) -> Result<Option<(CourseId, JudgedRuns)>> {
        let found = row!(
            self,
            (Uuid, Uuid, String, String),
            "SELECT v.course_id, COALESCE(g.version_id, r.version_id), r.activity_id, r.variant
             FROM runs AS r
             JOIN course_versions AS v ON v.id = r.version_id
             LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
             WHERE r.id = $1 AND r.ended_at IS NOT NULL AND r.mode IN ('practice', 'assessed')",
            run.0
        )?;
        found
            .map(|(course, version, activity, variant)| {
                let activity = stored::text(run::TABLE, "activity_id", &activity)?;
                let variant = variant_name(run::TABLE, &variant)?;
                Ok((CourseId(course), JudgedRuns { version: VersionId(version), activity, variant, runs: 1 }))
            })
            .transpose()
    }

    async fn runs_judged_by(
        &self,
        course: CourseId,
        judge: VersionId,
        activity: &ActivityId,
        variant: Option<&Slug>,
    ) -> Result<Vec<RunId>> {
        let rows = rows!(
            self,
            (Uuid,),
            "SELECT r.id FROM course_versions AS v
             JOIN runs AS r ON r.version_id = v.id
             LEFT JOIN regrades AS g ON g.run_id = r.id AND g.is_present
             WHERE v.course_id = $1 AND COALESCE(g.version_id, r.version_id) = $2 AND r.activity_id = $3
               AND r.variant = $4 AND r.ended_at IS NOT NULL AND r.mode IN ('practice', 'assessed')
             ORDER BY r.id",
            course.0,
            judge.0,
            activity.as_str(),
            variant_column(variant)
        )?;
        Ok(rows.into_iter().map(|(id,)| RunId(id)).collect())
    }
}

impl Judge {
    async fn batch(
        &self,
        tx: &mut Tx,
        judge: VersionId,
        runs: Vec<(RunId, Fresh)>,
        by: Option<SubjectId>,
        now: Timestamp,
    ) -> Result<()> {
        alone(tx, self.course).await?;
        let mut judged = Vec::with_capacity(runs.len());
        for (run, fresh) in runs {
            let found = finished(tx, run).await?.filter(|found| found.judge_id == judge.0);
            // Another server was here, or the person is gone.
            let Some(Finished { enrolment_id, mode, .. }) = found else { continue };
            let Some(verdict) = self.judge(tx, run, &Cause::Key).await? else { continue };
            let new = Regrade { cause: Cause::Key, version: self.version, verdict, reason: String::new(), by, at: now };
            put(tx, run, &new).await?;
            let enrolment = enrolment_id.map(domain::ids::EnrolmentId);
            judged.push(Judged { enrolment, is_assessed: mode == "assessed", verdict, fresh });
        }
        if judged.is_empty() {
            return Ok(());
        }
        let detail = json!({ "activity": self.step.id, "runs": judged.len() });
        self.follow(tx, judged, now).await?;
        tx.audit(by, "run.regrade", Object::Version(self.version), &detail, now).await
    }
}
