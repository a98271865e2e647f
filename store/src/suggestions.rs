//! Wordings that learners left to authors: without a person, so nobody has to be asked and nothing has to be erased.

use crate::{
    Db, Object, Page, Paged, Result,
    learning::variant_name,
    read::{self as stored, size},
};
use domain::{
    ids::{CourseId, SubjectId, SuggestionId, VersionId},
    named::ActivityId,
    slug::Slug,
    time::Timestamp,
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

const TABLE: &str = "suggestions";

/// A wording as its author reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Which.
    pub id: SuggestionId,
    /// In which version it was said.
    pub version: VersionId,
    /// In which conversation.
    pub activity: ActivityId,
    /// In which variant of it; none is its main file.
    pub variant: Option<Slug>,
    /// Where in it.
    pub node: Slug,
    /// The choice that came closest, by its position.
    pub choice: u16,
    /// The words, without personal data.
    pub words: String,
    /// When it was left.
    pub made_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    version_id: Uuid,
    activity_id: String,
    variant: String,
    node: String,
    choice: i64,
    words: String,
    made_at: i64,
}

impl Row {
    fn read(self) -> Result<Suggestion> {
        Ok(Suggestion {
            id: SuggestionId(self.id),
            version: VersionId(self.version_id),
            activity: stored::text(TABLE, "activity_id", &self.activity_id)?,
            variant: variant_name(TABLE, &self.variant)?,
            node: stored::text(TABLE, "node", &self.node)?,
            choice: stored::number(TABLE, "choice", self.choice)?,
            words: self.words,
            made_at: Timestamp(self.made_at),
        })
    }
}

impl Db {
    /// The wordings left to the author of a course, the newest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn suggestions(&self, course: CourseId, page: Page) -> Result<Paged<Suggestion>> {
        let total = count!(self, "SELECT COUNT(*) FROM suggestions WHERE course_id = $1", course.0)?;
        let items = rows!(
            self,
            Row,
            "SELECT id, version_id, activity_id, variant, node, choice, words, made_at FROM suggestions WHERE course_id = $1
             ORDER BY made_at DESC, id DESC LIMIT $2 OFFSET $3",
            course.0,
            page.limit(),
            page.offset()
        )?
        .into_iter()
        .map(Row::read)
        .collect::<Result<_>>()?;
        Ok(Paged { items, total: size(total) })
    }

    /// Clears a wording away once the author has made use of it. Saying so twice changes nothing.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn drop_suggestion(
        &self,
        by: SubjectId,
        course: CourseId,
        id: SuggestionId,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let gone = run!(tx, "DELETE FROM suggestions WHERE id = $1 AND course_id = $2", id.0, course.0)?;
                if gone == 0 {
                    return Ok(());
                }
                tx.audit(Some(by), "suggestion.dropped", Object::Course(course), &json!({ "suggestion": id }), now)
                    .await
            })
        })
        .await
    }
}
