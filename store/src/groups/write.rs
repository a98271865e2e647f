//! Making and changing groups.

use super::Membership;
use crate::{
    Conflict, Db, Object, Result, StoreError,
    keys::Keys,
    page::key,
    people::read_person,
    tracking,
    tx::{Lock, Source, Tx},
};
use domain::{
    ids::{GroupId, PersonId, SubjectId},
    people::GroupName,
    time::{Entropy, Timestamp},
};
use serde_json::json;

async fn membership(mut on: impl Source, group: GroupId, person: PersonId) -> Result<Membership> {
    let found = row!(
        on,
        (bool, bool),
        "SELECT is_member, is_manager FROM memberships WHERE group_id = $1 AND person_id = $2",
        group.0,
        person.0
    )?;
    Ok(found.map_or_else(Membership::default, |(member, manager)| Membership { member, manager }))
}

async fn expect(tx: &mut Tx, id: GroupId) -> Result<()> {
    scalar!(tx, i64, "SELECT created_at FROM groups WHERE id = $1", id.0)?
        .map(|_| ())
        .ok_or(StoreError::NotFound("group"))
}

impl Db {
    /// Makes a group.
    ///
    /// # Errors
    /// [`Conflict::GroupNameTaken`], whatever the letter case.
    pub async fn create_group(
        &self,
        by: Option<SubjectId>,
        name: GroupName,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<GroupId> {
        let id = GroupId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                let keys = Keys::of(name.as_str());
                run!(
                    tx,
                    "INSERT INTO groups (id, name, name_key, created_at, updated_at, sort_key, search_key)
                     VALUES ($1, $2, $3, $4, $4, $5, $6)",
                    id.0,
                    name.as_str(),
                    key(name.as_str()),
                    now.0,
                    keys.sort,
                    keys.search
                )
                .map_err(|error| error.unique("name_key", Conflict::GroupNameTaken))?;
                tx.audit(by, "group.create", Object::Group(id), &json!({ "name": name }), now).await?;
                Ok(id)
            })
        })
        .await
    }

    /// Calls a group something else.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`Conflict::GroupNameTaken`].
    pub async fn rename_group(
        &self,
        by: Option<SubjectId>,
        id: GroupId,
        name: GroupName,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let keys = Keys::of(name.as_str());
                let touched = run!(
                    tx,
                    "UPDATE groups SET name = $2, name_key = $3, updated_at = $4, sort_key = $5, search_key = $6
                     WHERE id = $1",
                    id.0,
                    name.as_str(),
                    key(name.as_str()),
                    now.0,
                    keys.sort,
                    keys.search
                )
                .map_err(|error| error.unique("name_key", Conflict::GroupNameTaken))?;
                if touched == 0 {
                    return Err(StoreError::NotFound("group"));
                }
                tx.audit(by, "group.rename", Object::Group(id), &json!({ "name": name }), now).await
            })
        })
        .await
    }

    /// Sets what somebody is to a group; with neither they leave it. Courses assigned to the group reach who joins
    /// it, and let go of who leaves it without having begun.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the group or the person.
    pub async fn set_membership(
        &self,
        by: Option<SubjectId>,
        group: GroupId,
        person: PersonId,
        wanted: Membership,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Assignment).await?;
                expect(tx, group).await?;
                let subject = read_person(&mut *tx, person).await?.subject;
                let before = membership(&mut *tx, group, person).await?;
                if before == wanted {
                    return Ok(());
                }
                if wanted == Membership::default() {
                    run!(tx, "DELETE FROM memberships WHERE group_id = $1 AND person_id = $2", group.0, person.0)?;
                } else {
                    run!(
                        tx,
                        "INSERT INTO memberships (group_id, person_id, is_member, is_manager, added_at)
                         VALUES ($1, $2, $3, $4, $5)
                         ON CONFLICT (group_id, person_id) DO UPDATE SET
                             is_member = excluded.is_member, is_manager = excluded.is_manager",
                        group.0,
                        person.0,
                        wanted.member,
                        wanted.manager,
                        now.0
                    )?;
                }
                if wanted.member && !before.member {
                    tracking::apply_to_person(tx, person, now).await?;
                } else if before.member && !wanted.member {
                    tracking::release_from_group(tx, person, group, now).await?;
                }
                let detail = json!({ "person": subject, "member": wanted.member, "manager": wanted.manager });
                tx.audit(by, "group.membership", Object::Group(group), &detail, now).await
            })
        })
        .await
    }
}
