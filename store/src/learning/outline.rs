//! What a transaction needs to know of a course: small enough to be copied into it.

use crate::{Db, Result, StoreError, tx::Tx};
use domain::{
    canonical::ContentHash,
    course::{Activity, Package},
    ids::VersionId,
    named::ActivityId,
    people::Locale,
    progress::{ActivityState, Rule, States},
    slug::Slug,
};

/// A course without its content.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub slug: Slug,
    pub title: String,
    pub language: Locale,
    pub keys: String,
    pub steps: Vec<Step>,
}

/// An activity without its content.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub id: ActivityId,
    pub title: String,
    pub required: bool,
    pub rule: Rule,
    pub hash: ContentHash,
}

impl Step {
    pub(super) fn of(activity: &Activity) -> Self {
        Self {
            id: activity.id.clone(),
            title: activity.title.clone(),
            required: activity.required,
            rule: Rule::of(activity),
            hash: activity.hash,
        }
    }
}

impl Outline {
    pub(super) fn of(package: &Package) -> Self {
        Self {
            slug: package.id.clone(),
            title: package.title.clone(),
            language: package.language.clone(),
            keys: package.keys.clone(),
            steps: package.activities().map(Step::of).collect(),
        }
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.required)
    }

    /// How many required activities are completed, and how many there are.
    pub(super) fn progress(&self, states: &States) -> (u32, u32) {
        let completed = |step: &&Step| states.get(&step.id).is_some_and(ActivityState::is_completed);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (count(self.required().filter(completed).count()), count(self.required().count()))
    }
}

fn read(json: &str) -> Result<Package> {
    serde_json::from_str(json).map_err(|problem| StoreError::corrupt("course_versions", "package", problem))
}

/// The stored package of a version: for the rare case that it is not the one the caller holds.
pub(super) async fn stored(tx: &mut Tx, version: VersionId) -> Result<Package> {
    let json = scalar!(tx, String, "SELECT package FROM course_versions WHERE id = $1", version.0)?;
    read(&json.ok_or(StoreError::NotFound("version"))?)
}

impl Db {
    /// The package of the version that an enrolment is pinned to.
    pub(super) async fn package_of(&self, enrolment: domain::ids::EnrolmentId) -> Result<Package> {
        let json = scalar!(
            self,
            String,
            "SELECT v.package FROM course_versions AS v JOIN enrolments AS e ON e.version_id = v.id WHERE e.id = $1",
            enrolment.0
        )?;
        read(&json.ok_or(StoreError::NotFound("enrolment"))?)
    }
}
