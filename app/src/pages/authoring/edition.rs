//! One version of a course, opened by an author.

use super::findings::Findings;
use crate::context::services;
use crate::failure::Failure;
use crate::pages::authored::Authored;
use crate::pages::param;
use crate::t;
use crate::ui::{Badge, BadgeKind, Crumb, Crumbs};
use domain::course::{Activity, Package, Telling};
use domain::facts::{Fact, Facts};
use domain::ids::VersionId;
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;
use std::sync::Arc;
use store::{CourseListed, VersionListed};

/// A version with everything its pages need.
pub struct Edition {
    /// Its course.
    pub course: CourseListed,
    /// What is known of it.
    pub version: VersionListed,
    /// Its content.
    pub package: Arc<Package>,
    /// The facts about the organisation.
    pub facts: Arc<Facts>,
    /// For its texts.
    pub authored: Authored,
}

impl Edition {
    /// Opens the version that the page's address names.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the course has no such version.
    pub async fn load() -> Result<Self, Failure> {
        let (slug, id) = (param("slug")?, param("version")?);
        Self::open(&slug, id).await
    }

    /// Opens a version of a course.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the course has no such version.
    pub async fn open(slug: &Slug, id: VersionId) -> Result<Self, Failure> {
        let services = services();
        let course = services.db.course(slug).await?.ok_or(Failure::NotFound)?;
        let versions = services.db.versions(course.id).await?;
        let version = versions.into_iter().find(|version| version.id == id).ok_or(Failure::NotFound)?;
        let package = services.packages.get(&services.db, id).await?;
        let facts = Arc::new(services.db.facts().await?);
        let prefix = base(slug, id);
        let authored = Authored::new(Arc::clone(&services), Arc::clone(&package), id, Arc::clone(&facts), prefix);
        Ok(Self { course, version, package, facts, authored })
    }

    /// The address of the version's page.
    #[must_use]
    pub fn base(&self) -> String {
        base(&self.course.slug, self.version.id)
    }

    /// The address of one of its activities, of a page below it where one is named, for a variant of it.
    #[must_use]
    pub fn address(&self, activity: &ActivityId, below: &str, variant: Option<&Slug>) -> String {
        let variant = variant.map(|name| format!("?variant={name}")).unwrap_or_default();
        format!("{}/a/{activity}{below}{variant}", self.base())
    }

    /// Links to the main file and the variants of a conversation that has any.
    #[must_use]
    pub fn tellings(&self, activity: &Activity, shown: Option<&Slug>, below: &str) -> Option<AnyView> {
        let label = |telling: Telling<'_>| telling.variant.map_or_else(|| t!("variant-main"), ToString::to_string);
        let links = activity.tellings().map(|telling| {
            let href = self.address(&activity.id, below, telling.variant);
            let current = (telling.variant == shown).then_some("page");
            view! { <li><a href=href aria-current=current>{label(telling)}</a></li> }
        });
        let links = links.collect::<Vec<_>>();
        (links.len() > 1).then(|| {
            view! { <nav class="row" aria-label=t!("variants")><span class="soft">{t!("variants")}</span><ul class="insight-others">{links}</ul></nav> }.into_any()
        })
    }

    /// Facts that its texts name and that nobody has filled in yet.
    #[must_use]
    pub fn missing_facts(&self) -> Vec<Fact> {
        self.facts.unset(&self.package.facts)
    }

    /// Checks its files anew, once: rules may have become better since it was uploaded.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn check(&self) -> Result<Findings, Failure> {
        let files = Arc::new(services().db.version_files(self.version.id).await?);
        let found = services().checks.course(self.version.id, &files).await?;
        Ok(Findings::of(&found, String::new(), files.len()))
    }

    /// The way back, down to the version's page with `inside`.
    #[must_use]
    pub fn crumbs(&self, inside: bool) -> AnyView {
        let mut items = vec![
            Crumb::new("/authoring", t!("nav-authoring")),
            Crumb::new(format!("/authoring/{}", self.course.slug), self.course.title.clone()),
        ];
        if inside {
            items.push(Crumb::new(self.base(), name(&self.version)));
        }
        view! { <Crumbs label=t!("crumbs") items=items/> }.into_any()
    }
}

fn base(slug: &Slug, id: VersionId) -> String {
    format!("/authoring/{slug}/{id}")
}

/// A version's name: "Version 3", "Draft".
#[must_use]
pub fn name(version: &VersionListed) -> String {
    version.number.map_or_else(|| t!("version-draft"), |number| t!("version-number", number = number))
}

/// Whether a version is being worked on, live, or of the past.
#[must_use]
pub fn badge(version: &VersionListed) -> AnyView {
    let (kind, label) = if version.number.is_none() {
        (BadgeKind::Draft, t!("state-draft"))
    } else if version.is_current {
        (BadgeKind::Live, t!("state-live"))
    } else {
        (BadgeKind::Plain, t!("state-earlier"))
    };
    view! { <Badge label=label kind=kind/> }.into_any()
}
