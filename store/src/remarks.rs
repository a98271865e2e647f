//! What learners say back to authors.

use crate::{
    Conflict, Db, Object, Page, Paged, Result, StoreError,
    learning::{variant_column, variant_name},
    read::{self as stored, size},
};
use domain::{
    ids::{CourseId, PersonId, RemarkId, SubjectId, VersionId},
    remark::{At, RemarkKind, RemarkText, Spot},
    slug::Slug,
    time::{Entropy, Timestamp},
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

const TABLE: &str = "remarks";
/// More remarks than this from one person in an hour are a mishap or mischief.
const HOURLY: i64 = 30;

/// A remark to be made.
#[derive(Debug, Clone)]
pub struct NewRemark {
    /// Who makes it.
    pub person: PersonId,
    /// About which version.
    pub version: VersionId,
    /// About what in it.
    pub spot: Spot,
    /// What sort of remark.
    pub kind: RemarkKind,
    /// The words.
    pub text: RemarkText,
}

/// A remark as its author reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Which.
    pub id: RemarkId,
    /// Stands for whoever made it: authors read under pseudonyms.
    pub subject: SubjectId,
    /// About which version.
    pub version: VersionId,
    /// That version's number.
    pub number: Option<u32>,
    /// About what in it.
    pub spot: Spot,
    /// What sort of remark.
    pub kind: RemarkKind,
    /// The words.
    pub words: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When an author said that it is dealt with.
    pub settled_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    subject_id: Uuid,
    version_id: Uuid,
    number: Option<i64>,
    activity_id: String,
    kind: String,
    variant: String,
    node: Option<String>,
    choice: Option<i64>,
    item: Option<String>,
    words: String,
    made_at: i64,
    settled_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Remark> {
        let node: Option<Slug> = stored::maybe(TABLE, "node", self.node.as_deref())?;
        let at = match (node, self.item) {
            (Some(node), _) => {
                let choice = self.choice.map(|choice| stored::number(TABLE, "choice", choice)).transpose()?;
                At::Decision { variant: variant_name(TABLE, &self.variant)?, node, choice }
            }
            (None, Some(item)) => At::Item(stored::text(TABLE, "item", &item)?),
            (None, None) => At::Whole,
        };
        Ok(Remark {
            id: RemarkId(self.id),
            subject: SubjectId(self.subject_id),
            version: VersionId(self.version_id),
            number: self.number.map(|number| stored::number("course_versions", "number", number)).transpose()?,
            spot: Spot { activity: stored::text(TABLE, "activity_id", &self.activity_id)?, at },
            kind: stored::text(TABLE, "kind", &self.kind)?,
            words: self.words,
            made_at: Timestamp(self.made_at),
            settled_at: stored::moment(self.settled_at),
        })
    }
}

impl Db {
    /// Keeps a remark for the author.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such version, [`Conflict::TooMany`] when the person has made very many within
    /// the hour.
    pub async fn remark(&self, new: NewRemark, now: Timestamp, entropy: &dyn Entropy) -> Result<RemarkId> {
        let id = RemarkId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                let lately = count!(
                    tx,
                    "SELECT COUNT(*) FROM remarks WHERE person_id = $1 AND made_at > $2",
                    new.person.0,
                    now.plus(-Timestamp::HOUR).0
                )?;
                if lately >= HOURLY {
                    return Err(StoreError::Conflict(Conflict::TooMany));
                }
                let (variant, node, choice, item) = match &new.spot.at {
                    At::Whole => (None, None, None, None),
                    At::Decision { variant, node, choice } => {
                        (variant.as_ref(), Some(node.as_str()), choice.map(i64::from), None)
                    }
                    At::Item(item) => (None, None, None, Some(item.as_str())),
                };
                let kept = run!(
                    tx,
                    "INSERT INTO remarks (id, person_id, course_id, version_id, activity_id, kind, variant, node, choice,
                         item, words, made_at)
                     SELECT $1, $2, v.course_id, v.id, $4, $5, $6, $7, $8, $9, $10, $11 FROM course_versions AS v WHERE v.id = $3",
                    id.0,
                    new.person.0,
                    new.version.0,
                    new.spot.activity.as_str(),
                    new.kind.name(),
                    variant_column(variant),
                    node,
                    choice,
                    item,
                    new.text.as_str(),
                    now.0
                )?;
                if kept == 0 { Err(StoreError::NotFound("version")) } else { Ok(id) }
            })
        })
        .await
    }

    /// The remarks about a course, those that nobody has dealt with first, then the newest.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn remarks(&self, course: CourseId, page: Page) -> Result<Paged<Remark>> {
        let total = count!(self, "SELECT COUNT(*) FROM remarks WHERE course_id = $1", course.0)?;
        let items = rows!(
            self,
            Row,
            "SELECT r.id, p.subject_id, r.version_id, v.number, r.activity_id, r.kind, r.variant, r.node, r.choice, r.item,
                    r.words, r.made_at, r.settled_at
             FROM remarks AS r
             JOIN people AS p ON p.id = r.person_id
             JOIN course_versions AS v ON v.id = r.version_id
             WHERE r.course_id = $1
             ORDER BY CASE WHEN r.settled_at IS NULL THEN 0 ELSE 1 END, r.made_at DESC, r.id DESC
             LIMIT $2 OFFSET $3",
            course.0,
            page.limit(),
            page.offset()
        )?
        .into_iter()
        .map(Row::read)
        .collect::<Result<_>>()?;
        Ok(Paged { items, total: size(total) })
    }

    /// How many remarks about a course nobody has dealt with.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn open_remarks(&self, course: CourseId) -> Result<u64> {
        count!(self, "SELECT COUNT(*) FROM remarks WHERE course_id = $1 AND settled_at IS NULL", course.0).map(size)
    }

    /// Says that a remark about a course is dealt with, or that it is not after all. Saying so twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the course has no such remark.
    pub async fn settle_remark(
        &self,
        by: SubjectId,
        course: CourseId,
        id: RemarkId,
        settled: bool,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let found = run!(
                    tx,
                    "UPDATE remarks SET settled_at = $3 WHERE id = $1 AND course_id = $2",
                    id.0,
                    course.0,
                    settled.then_some(now.0)
                )?;
                if found == 0 {
                    return Err(StoreError::NotFound("remark"));
                }
                let action = if settled { "remark.settled" } else { "remark.reopened" };
                tx.audit(Some(by), action, Object::Course(course), &json!({ "remark": id }), now).await
            })
        })
        .await
    }
}
