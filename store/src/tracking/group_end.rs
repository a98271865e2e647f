//! The end of a group, and of what was assigned to it.

use super::apply::{RuleRow, release_all};
use crate::{Db, Object, Result, StoreError, tx::Lock};
use domain::{
    ids::{GroupId, RuleId, SubjectId},
    time::Timestamp,
};
use serde_json::json;

impl Db {
    /// Deletes a group. Its people stay; rules for it are withdrawn first, and let go of everybody whom no other rule
    /// holds.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn delete_group(&self, by: Option<SubjectId>, id: GroupId, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Assignment).await?;
                let name = scalar!(tx, String, "SELECT name FROM groups WHERE id = $1", id.0)?
                    .ok_or(StoreError::NotFound("group"))?;
                let withdrawn = rows!(
                    tx,
                    RuleRow,
                    "UPDATE rules SET withdrawn_at = $2, withdrawn_by = $3 WHERE group_id = $1 AND withdrawn_at IS NULL
                     RETURNING id, course_id, person_id, group_id, due_on, created_at, created_by, as_manager",
                    id.0,
                    now.0,
                    by.map(|by| by.0)
                )?;
                for rule in &withdrawn {
                    release_all(tx, rule, now).await?;
                    let detail = json!({ "course": rule.course_id });
                    tx.audit(by, "rule.withdraw", Object::Rule(RuleId(rule.id)), &detail, now).await?;
                }
                // Memberships and the withdrawn rules go with it.
                run!(tx, "DELETE FROM groups WHERE id = $1", id.0)?;
                tx.audit(by, "group.delete", Object::Group(id), &json!({ "name": name }), now).await
            })
        })
        .await
    }
}
