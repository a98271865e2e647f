//! Courses and versions as lists.

use super::Change;
use crate::{Db, Result, read as stored};
use domain::{
    canonical::ContentHash,
    ids::{CourseId, VersionId},
    slug::Slug,
    time::Timestamp,
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A version in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionListed {
    /// Which.
    pub id: VersionId,
    /// Its number; a draft has none.
    pub number: Option<u32>,
    /// The SHA-256 of its package.
    pub hash: ContentHash,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// How many required activities it has.
    pub required: u32,
    /// Whether new enrolments get it.
    pub is_current: bool,
    /// What it meant to people under way.
    pub change: Option<Change>,
    /// When it was imported.
    pub created_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// How many people are pinned to it.
    pub people: u64,
}

/// A course in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseListed {
    /// Which.
    pub id: CourseId,
    /// Its short name.
    pub slug: Slug,
    /// What its current version is called, or its draft before the first one is published.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// The version that new enrolments get.
    pub current: Option<VersionListed>,
    /// What is being worked on.
    pub draft: Option<VersionListed>,
    /// Whether it was put away.
    pub archived: bool,
}

#[derive(FromRow)]
struct VersionRow {
    id: Uuid,
    course_id: Uuid,
    state: String,
    number: Option<i64>,
    is_current: bool,
    hash: Vec<u8>,
    title: String,
    summary: String,
    minutes: i64,
    required: i64,
    change: Option<String>,
    created_at: i64,
    published_at: Option<i64>,
    people: i64,
}

impl VersionRow {
    fn read(self) -> Result<VersionListed> {
        const TABLE: &str = "course_versions";
        let number = self.number.map(|number| stored::number(TABLE, "number", number));
        Ok(VersionListed {
            id: VersionId(self.id),
            number: number.transpose()?,
            hash: ContentHash::from_bytes(stored::hash(TABLE, "hash", &self.hash)?),
            title: self.title,
            summary: self.summary,
            minutes: stored::number(TABLE, "minutes", self.minutes)?,
            required: stored::number(TABLE, "required", self.required)?,
            is_current: self.is_current,
            change: stored::maybe(TABLE, "change", self.change.as_deref())?,
            created_at: Timestamp(self.created_at),
            published_at: stored::moment(self.published_at),
            people: stored::size(self.people),
        })
    }
}

#[derive(FromRow)]
struct CourseRow {
    id: Uuid,
    slug: String,
    title: String,
    archived_at: Option<i64>,
}

macro_rules! version_columns {
    () => {
        "v.id, v.course_id, v.state, v.number, v.is_current, v.hash, v.title, v.summary, v.minutes, v.required,
         v.change, v.created_at, v.published_at,
         (SELECT COUNT(*) FROM enrolments AS e WHERE e.version_id = v.id) AS people"
    };
}

impl Db {
    /// Every course by title, with its current version and its draft; without `drafts`, only what is published.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn courses(&self, drafts: bool) -> Result<Vec<CourseListed>> {
        let courses = rows!(self, CourseRow, "SELECT id, slug, title, archived_at FROM courses ORDER BY sort_key, id")?;
        let versions = rows!(
            self,
            VersionRow,
            concat!(
                "SELECT ",
                version_columns!(),
                " FROM course_versions AS v WHERE v.is_current = $1 OR v.state = 'draft'"
            ),
            true
        )?;
        let mut by_course: BTreeMap<Uuid, Vec<VersionRow>> = BTreeMap::new();
        for version in versions {
            by_course.entry(version.course_id).or_default().push(version);
        }
        let listed = courses.into_iter().map(|course| {
            let versions = by_course.remove(&course.id).unwrap_or_default();
            listed(course, versions)
        });
        let mut listed: Vec<_> = listed.collect::<Result<_>>()?;
        if !drafts {
            listed.retain(|course| course.current.is_some());
        }
        Ok(listed)
    }

    /// The course of this name.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn course(&self, slug: &Slug) -> Result<Option<CourseListed>> {
        let course =
            row!(self, CourseRow, "SELECT id, slug, title, archived_at FROM courses WHERE slug = $1", slug.as_str())?;
        let Some(course) = course else {
            return Ok(None);
        };
        let versions = rows!(
            self,
            VersionRow,
            concat!(
                "SELECT ",
                version_columns!(),
                " FROM course_versions AS v WHERE v.course_id = $1 AND (v.is_current = $2 OR v.state = 'draft')"
            ),
            course.id,
            true
        )?;
        listed(course, versions).map(Some)
    }

    /// Every version of a course, the draft first, then the newest.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn versions(&self, course: CourseId) -> Result<Vec<VersionListed>> {
        let rows = rows!(
            self,
            VersionRow,
            concat!(
                "SELECT ",
                version_columns!(),
                " FROM course_versions AS v WHERE v.course_id = $1
                 ORDER BY CASE WHEN v.number IS NULL THEN 0 ELSE 1 END, v.number DESC"
            ),
            course.0
        )?;
        rows.into_iter().map(VersionRow::read).collect()
    }
}

fn listed(course: CourseRow, versions: Vec<VersionRow>) -> Result<CourseListed> {
    let (mut current, mut draft) = (None, None);
    for version in versions {
        if version.state == "draft" {
            draft = Some(version.read()?);
        } else if version.is_current {
            current = Some(version.read()?);
        }
    }
    let shown = current.as_ref().or(draft.as_ref());
    Ok(CourseListed {
        id: CourseId(course.id),
        slug: stored::text("courses", "slug", &course.slug)?,
        title: shown.map_or(course.title, |version| version.title.clone()),
        summary: shown.map(|version| version.summary.clone()).unwrap_or_default(),
        minutes: shown.map_or(0, |version| version.minutes),
        archived: course.archived_at.is_some(),
        current,
        draft,
    })
}
