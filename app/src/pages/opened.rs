//! A course that somebody has open: their enrolment, the version it is pinned to, and how far they are.

use super::authored::Authored;
use crate::context::{now, services, viewer, visit};
use crate::failure::Failure;
use domain::course::{Activity, Package};
use domain::facts::Facts;
use domain::named::ActivityId;
use domain::progress::States;
use domain::slug::Slug;
use std::sync::Arc;
use store::Enrolment;

/// A course somebody takes.
pub struct Opened {
    /// Their enrolment.
    pub enrolment: Enrolment,
    /// The version it is pinned to.
    pub package: Arc<Package>,
    /// How far they are.
    pub states: States,
    /// For the course's texts.
    pub authored: Authored,
}

/// The site's facts as they were when the request began.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn facts() -> Result<Arc<Facts>, Failure> {
    let services = services();
    match visit().viewer {
        Some(viewer) => services.facts.get(&services.db, viewer.facts).await,
        None => Ok(Arc::new(services.db.facts().await?)),
    }
}

impl Opened {
    /// Opens a course, enrolling the person when they are not yet.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such course or nothing of it is published.
    pub async fn load(slug: &Slug) -> Result<Self, Failure> {
        let viewer = viewer()?;
        let services = services();
        let facts = facts().await?;
        let (enrolment, states) = match services.db.course_taken(viewer.person, slug).await? {
            Some(taken) => taken,
            None => (services.db.enrol(viewer.person, slug, now(), &*services.entropy).await?, States::new()),
        };
        let package = services.packages.of_person(&services.db, enrolment.version, viewer.person).await?;
        let version = enrolment.version;
        let prefix = format!("/courses/{slug}");
        let authored = Authored::new(Arc::clone(&services), Arc::clone(&package), version, facts, prefix);
        Ok(Self { enrolment, package, states, authored })
    }

    /// One of its activities.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when it has no such activity.
    pub fn activity(&self, id: &ActivityId) -> Result<&Activity, Failure> {
        self.package.activity(id).ok_or(Failure::NotFound)
    }

    /// The address of one of its activities.
    #[must_use]
    pub fn href(&self, id: &ActivityId) -> String {
        format!("/courses/{}/a/{id}", self.enrolment.slug)
    }

    /// The address of the course.
    #[must_use]
    pub fn home(&self) -> String {
        format!("/courses/{}", self.enrolment.slug)
    }
}
