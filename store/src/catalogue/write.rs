//! Importing and publishing.

use super::{Change, VersionListed, no_draft};
use crate::{
    Conflict, Db, Object, Result, StoreError,
    learning::{Task, put_in},
    page::key,
    tx::Tx,
};
use domain::{
    canonical::ContentHash,
    collation::sort_key,
    course::{Files, MediaKind, Package},
    facts::{Fact, Facts},
    ids::{CourseId, SubjectId, VersionId},
    slug::Slug,
    time::{Entropy, Timestamp},
};
use serde_json::json;
use uuid::Uuid;

fn media_type(path: &str) -> &'static str {
    MediaKind::of_path(path).map_or("text/plain; charset=utf-8", MediaKind::media_type)
}

fn stored_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Db {
    /// Stores a checked course as its draft, in place of an earlier draft. The draft gets an identifier of its own each
    /// time, so that whoever keeps a version by its identifier never holds an old one.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn import_draft(
        &self,
        by: Option<SubjectId>,
        package: &Package,
        files: &Files,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<VersionId> {
        let version = VersionId::new(now, entropy);
        let new_course = CourseId::new(now, entropy);
        let (package, files) = (package.clone(), files.clone());
        self.write(move |tx| {
            Box::pin(async move {
                let course = course_row(tx, new_course, &package, now).await?;
                run!(tx, "DELETE FROM course_versions WHERE course_id = $1 AND state = 'draft'", course.0)?;
                let required = package.activities().filter(|activity| activity.required).count();
                let hash = package.hash();
                run!(
                    tx,
                    "INSERT INTO course_versions (id, course_id, state, is_current, hash, title, summary, language, minutes,
                         activities, required, note, created_at, created_by, updated_at, package)
                     VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13, $14)",
                    version.0,
                    course.0,
                    false,
                    hash.as_bytes().to_vec(),
                    package.title.clone(),
                    package.summary.clone(),
                    package.language.as_str().to_owned(),
                    i64::from(package.minutes),
                    stored_count(package.activities().count()),
                    stored_count(required),
                    now.0,
                    by.map(|by| by.0),
                    now.0,
                    package.json(),
                )?;
                for (path, bytes) in files {
                    file_row(tx, version, &path, bytes, now).await?;
                }
                let detail = json!({ "course": package.id.as_str(), "hash": hash.to_string() });
                tx.audit(by, "course.import", Object::Version(version), &detail, now).await?;
                Ok(version)
            })
        })
        .await
    }

    /// Publishes a course's draft as its next version, from now on immutable. With [`Change::Minor`] everybody under way
    /// moves on to it and keeps their progress, and where only the key of a conversation was corrected, its finished runs
    /// are judged by it a little later ([`REGRADE`](crate::REGRADE)). The first version is always [`Change::First`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] without a draft, [`Conflict::FactsMissing`] when a site fact that the course names is not
    /// set.
    pub async fn publish(
        &self,
        by: Option<SubjectId>,
        slug: &Slug,
        change: Change,
        now: Timestamp,
    ) -> Result<VersionListed> {
        let slug = slug.clone();
        let course = self.course(&slug).await?.ok_or_else(no_draft)?;
        let draft = course.draft.ok_or_else(no_draft)?;
        let package = self.package(draft.id).await?;
        let (course, version) = (course.id, draft.id);
        self.write(move |tx| {
            Box::pin(async move {
                // Locks the course: of two that publish at once, the second finds no draft.
                run!(
                    tx,
                    "UPDATE courses SET title = $2, title_key = $3, updated_at = $4, sort_key = $5 WHERE id = $1",
                    course.0,
                    package.title.clone(),
                    key(&package.title),
                    now.0,
                    sort_key(&package.title)
                )?;
                let known = rows!(tx, (String, String), "SELECT name, value FROM facts")?;
                let known: Facts =
                    known.into_iter().filter_map(|(name, value)| Some((name.parse::<Fact>().ok()?, value))).collect();
                if !known.unset(&package.facts).is_empty() {
                    return Err(StoreError::Conflict(Conflict::FactsMissing));
                }
                let newest =
                    scalar!(tx, Option<i64>, "SELECT MAX(number) FROM course_versions WHERE course_id = $1", course.0)?;
                let newest = newest.flatten().unwrap_or(0);
                let change = if newest == 0 { Change::First } else { change };
                run!(
                    tx,
                    "UPDATE course_versions SET is_current = $2 WHERE course_id = $1 AND is_current = $3",
                    course.0,
                    false,
                    true
                )?;
                let published = run!(
                    tx,
                    "UPDATE course_versions SET state = 'published', number = $2, is_current = $3, change = $4,
                         published_at = $5, published_by = $6, updated_at = $5
                     WHERE id = $1 AND state = 'draft'",
                    version.0,
                    newest + 1,
                    true,
                    change.as_str(),
                    now.0,
                    by.map(|by| by.0)
                )?;
                if published == 0 {
                    return Err(StoreError::Conflict(Conflict::Changed("draft")));
                }
                let moved =
                    if change == Change::Minor { move_on(tx, course, version, &package, now).await? } else { 0 };
                if change == Change::Minor {
                    put_in(tx, Task::Course(course), version.0, now).await?;
                }
                let detail = json!({ "number": newest + 1, "change": change.as_str(), "moved": moved });
                tx.audit(by, "course.publish", Object::Version(version), &detail, now).await
            })
        })
        .await?;
        let versions = self.versions(course).await?;
        versions.into_iter().find(|listed| listed.id == version).ok_or(StoreError::NotFound("version"))
    }
}

async fn course_row(tx: &mut Tx, fresh: CourseId, package: &Package, now: Timestamp) -> Result<CourseId> {
    run!(
        tx,
        "INSERT INTO courses (id, slug, title, title_key, created_at, updated_at, sort_key)
         VALUES ($1, $2, $3, $4, $5, $5, $6)
         ON CONFLICT (slug) DO UPDATE SET updated_at = excluded.updated_at",
        fresh.0,
        package.id.as_str().to_owned(),
        package.title.clone(),
        key(&package.title),
        now.0,
        sort_key(&package.title)
    )?;
    let id = scalar!(tx, Uuid, "SELECT id FROM courses WHERE slug = $1", package.id.as_str().to_owned())?;
    id.map(CourseId).ok_or(StoreError::NotFound("course"))
}

async fn file_row(tx: &mut Tx, version: VersionId, path: &str, bytes: Vec<u8>, now: Timestamp) -> Result<()> {
    let hash = ContentHash::of(&bytes).as_bytes().to_vec();
    run!(
        tx,
        "INSERT INTO blobs (hash, size, media_type, created_at, bytes) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (hash) DO NOTHING",
        hash.clone(),
        stored_count(bytes.len()),
        media_type(path),
        now.0,
        bytes
    )?;
    run!(
        tx,
        "INSERT INTO version_files (version_id, path, blob_hash) VALUES ($1, $2, $3)",
        version.0,
        path.to_owned(),
        hash
    )?;
    Ok(())
}

/// Moves everybody under way to a new version and counts anew what they have done of it.
async fn move_on(tx: &mut Tx, course: CourseId, version: VersionId, package: &Package, now: Timestamp) -> Result<u64> {
    let required: Vec<&str> =
        package.activities().filter(|activity| activity.required).map(|activity| activity.id.as_str()).collect();
    // The enrolments first, as every deed of a learner does: this locks them, so that nothing is done in between.
    let moved = run!(
        tx,
        "UPDATE enrolments SET version_id = $2
         WHERE course_id = $1 AND completed_at IS NULL
           AND EXISTS (SELECT 1 FROM obligations AS o WHERE o.enrolment_id = enrolments.id)",
        course.0,
        version.0
    )?;
    // Names of activities have neither % nor _ nor |, so a pattern can look them up in a list.
    run!(
        tx,
        "UPDATE obligations SET version_id = $2, activities_total = $3, updated_at = $5,
             activities_done = (SELECT COUNT(*) FROM activity_states AS s
                                WHERE s.enrolment_id = obligations.enrolment_id AND s.status = 'done'
                                  AND $4 LIKE '%|' || s.activity_id || '|%')
         WHERE course_id = $1
           AND enrolment_id IN (SELECT e.id FROM enrolments AS e WHERE e.version_id = $2 AND e.completed_at IS NULL)",
        course.0,
        version.0,
        stored_count(required.len()),
        format!("|{}|", required.join("|")),
        now.0
    )?;
    Ok(moved)
}
