//! How much time somebody asked for.

use crate::{Db, Object, Result, StoreError, people::read_person, read as stored, tx::Source};
use domain::{
    ids::{PersonId, SubjectId},
    people::MoreTime,
    time::Timestamp,
};
use serde_json::json;

/// A person's setting.
pub(crate) async fn of(mut on: impl Source, person: PersonId) -> Result<MoreTime> {
    let found = scalar!(on, String, "SELECT more_time FROM people WHERE id = $1", person.0)?;
    stored::text("people", "more_time", &found.ok_or(StoreError::NotFound("person"))?)
}

impl Db {
    /// How much longer than usual somebody may take to answer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person.
    pub async fn more_time(&self, person: PersonId) -> Result<MoreTime> {
        of(self, person).await
    }

    /// Sets how much longer than usual somebody may take to answer, from the next limit on: one that runs stays as it is.
    ///
    /// The audit log keeps that a preference changed, not which: the setting is nobody else's business.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person.
    pub async fn set_more_time(
        &self,
        by: Option<SubjectId>,
        id: PersonId,
        more: MoreTime,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let person = read_person(&mut *tx, id).await?;
                run!(
                    tx,
                    "UPDATE people SET more_time = $2, updated_at = $3 WHERE id = $1 AND erased_at IS NULL",
                    id.0,
                    more.as_str(),
                    now.0
                )?;
                let detail = json!({ "changed": ["preferences"] });
                tx.audit(by, "person.update", Object::Person(person.subject), &detail, now).await
            })
        })
        .await
    }
}
