//! What a person may do, their password, and whether they may come in.

use super::{Person, read, write::insert_roles};
use crate::{
    Conflict, Db, Object, Result, StoreError, tracking,
    tx::{Lock, Tx},
};
use domain::{
    ids::{PersonId, SessionId, SubjectId},
    people::{Role, Roles},
    time::Timestamp,
};
use serde_json::json;

/// Refuses when nobody but `person` could administer the site.
async fn keep_an_admin(tx: &mut Tx, person: &Person) -> Result<()> {
    tx.lock(Lock::Admins).await?;
    if person.roles.has(Role::Admin) && !read::has_admin_besides(tx, Some(person.id)).await? {
        return Err(StoreError::Conflict(Conflict::LastAdmin));
    }
    Ok(())
}

impl Db {
    /// Sets what a person may do; it holds from their next request on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`Conflict::LastAdmin`].
    pub async fn set_roles(&self, by: Option<SubjectId>, id: PersonId, roles: Roles, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let before = read::person(&mut *tx, id).await?;
                if !roles.has(Role::Admin) {
                    keep_an_admin(tx, &before).await?;
                }
                run!(tx, "DELETE FROM roles WHERE person_id = $1", id.0)?;
                insert_roles(tx, id, roles).await?;
                let detail = json!({ "from": before.roles, "to": roles });
                tx.audit(by, "person.roles", Object::Person(before.subject), &detail, now).await
            })
        })
        .await
    }

    /// Sets a password and ends every session of the person but `keep`, and every open ticket.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn set_password(
        &self,
        by: Option<SubjectId>,
        id: PersonId,
        password_hash: String,
        keep: Option<SessionId>,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let person = read::person(&mut *tx, id).await?;
                run!(
                    tx,
                    "UPDATE people SET password_hash = $2, updated_at = $3 WHERE id = $1 AND erased_at IS NULL",
                    id.0,
                    password_hash,
                    now.0
                )?;
                crate::sessions::end_all(tx, id, keep).await?;
                crate::sign_in::forget_browsers(tx, id).await?;
                crate::tickets::close_all(tx, id, now).await?;
                tx.audit(by, "person.password", Object::Person(person.subject), &json!({}), now).await
            })
        })
        .await
    }

    /// Replaces a password's hash by one of the same password with present parameters. Nothing happens when the hash
    /// is no longer `old`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn rehash_password(&self, id: PersonId, old: String, new: String, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "UPDATE people SET password_hash = $3, updated_at = $4 WHERE id = $1 AND password_hash = $2",
                    id.0,
                    old,
                    new,
                    now.0
                )?;
                Ok(())
            })
        })
        .await
    }

    /// Bars a person from signing in: ends sessions and open tickets, leaves them out of reports.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`Conflict::LastAdmin`].
    pub async fn disable_person(&self, by: Option<SubjectId>, id: PersonId, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let person = read::person(&mut *tx, id).await?;
                keep_an_admin(tx, &person).await?;
                tx.lock(Lock::Assignment).await?;
                let touched = run!(
                    tx,
                    "UPDATE people SET disabled_at = $2, updated_at = $2 WHERE id = $1 AND disabled_at IS NULL",
                    id.0,
                    now.0
                )?;
                if touched == 0 {
                    return Ok(());
                }
                run!(tx, "UPDATE obligations SET is_counted = FALSE WHERE person_id = $1 AND is_counted", id.0)?;
                crate::sessions::end_all(tx, id, None).await?;
                crate::tickets::close_all(tx, id, now).await?;
                tx.audit(by, "person.disable", Object::Person(person.subject), &json!({}), now).await
            })
        })
        .await
    }

    /// Lets a person sign in again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn enable_person(&self, by: Option<SubjectId>, id: PersonId, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let person = read::person(&mut *tx, id).await?;
                tx.lock(Lock::Assignment).await?;
                let touched = run!(
                    tx,
                    "UPDATE people SET disabled_at = NULL, updated_at = $2
                     WHERE id = $1 AND disabled_at IS NOT NULL AND erased_at IS NULL",
                    id.0,
                    now.0
                )?;
                if touched == 0 {
                    return Ok(());
                }
                run!(tx, "UPDATE obligations SET is_counted = TRUE WHERE person_id = $1 AND NOT is_counted", id.0)?;
                tracking::apply_to_person(tx, id, now).await?;
                tx.audit(by, "person.enable", Object::Person(person.subject), &json!({}), now).await
            })
        })
        .await
    }
}
