//! Adding and changing people.

use super::{Person, read};
use crate::{
    Conflict, Db, Object, Result, StoreError,
    page::key,
    tracking,
    tx::{Lock, Tx},
};
use domain::{
    ids::{PersonId, SessionId, SubjectId},
    people::{Email, EmployeeNumber, Locale, PersonName, Role, Roles, Zone},
    time::{Entropy, Timestamp},
};
use serde_json::json;

/// A person to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// What they are called.
    pub name: PersonName,
    /// Their e-mail address. This or the number must be there.
    pub email: Option<Email>,
    /// Their employee number.
    pub number: Option<EmployeeNumber>,
    /// What they may do.
    pub roles: Roles,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub zone: Zone,
}

/// What a person is to be from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    /// What they are called.
    pub name: PersonName,
    /// Their e-mail address. This or the number must be there.
    pub email: Option<Email>,
    /// Their employee number.
    pub number: Option<EmployeeNumber>,
    /// Their language.
    pub locale: Locale,
    /// Their time zone. Due dates that are set already stay as they are.
    pub zone: Zone,
}

/// A fresh stand-in for a person. Purely random, unlike other identifiers: a time of creation would help to guess who
/// was meant after the person has been erased.
pub(crate) fn subject(entropy: &dyn Entropy) -> SubjectId {
    let mut random = [0; 16];
    entropy.fill(&mut random);
    SubjectId(uuid::Builder::from_random_bytes(random).into_uuid())
}

fn taken(error: StoreError) -> StoreError {
    error
        .unique("employee_number", Conflict::EmployeeNumberTaken)
        .unique("email", Conflict::EmailTaken)
}

/// Adds a person and what rules for everyone ask of them. With a password, they can sign in at once.
pub(crate) async fn insert(
    tx: &mut Tx,
    by: Option<SubjectId>,
    (id, subject): (PersonId, SubjectId),
    new: NewPerson,
    password_hash: Option<String>,
    now: Timestamp,
) -> Result<Person> {
    run!(
        tx,
        "INSERT INTO people (id, subject_id, name, name_key, email, employee_number, password_hash, language, zone,
                             created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        id.0,
        subject.0,
        new.name.as_str(),
        key(new.name.as_str()),
        new.email.as_ref().map(Email::as_str),
        new.number.as_ref().map(EmployeeNumber::as_str),
        password_hash,
        new.locale.as_str(),
        new.zone.as_str(),
        now.0,
    )
    .map_err(taken)?;
    insert_roles(tx, id, new.roles).await?;
    tx.lock(Lock::Assignment).await?;
    tracking::apply_to_person(tx, id, now).await?;
    tx.audit(
        by,
        "person.create",
        Object::Person(subject),
        &json!({ "roles": new.roles }),
        now,
    )
    .await?;
    read::person(tx, id).await
}

async fn insert_roles(tx: &mut Tx, id: PersonId, roles: Roles) -> Result<()> {
    for role in roles.iter() {
        run!(
            tx,
            "INSERT INTO roles (person_id, role) VALUES ($1, $2)",
            id.0,
            role.as_str()
        )?;
    }
    Ok(())
}

/// Refuses when nobody but `person` could administer the site.
async fn keep_an_admin(tx: &mut Tx, person: &Person) -> Result<()> {
    tx.lock(Lock::Admins).await?;
    if person.roles.has(Role::Admin) && !read::has_admin_besides(tx, Some(person.id)).await? {
        return Err(StoreError::Conflict(Conflict::LastAdmin));
    }
    Ok(())
}

impl Db {
    /// Adds a person who will choose a password by an invitation.
    ///
    /// # Errors
    /// [`Conflict::EmailTaken`], [`Conflict::EmployeeNumberTaken`].
    pub async fn create_person(
        &self,
        by: Option<SubjectId>,
        new: NewPerson,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Person> {
        self.create(by, new, None, now, entropy).await
    }

    /// Adds a person who has a password already.
    ///
    /// # Errors
    /// [`Conflict::EmailTaken`], [`Conflict::EmployeeNumberTaken`].
    pub async fn create_person_with_password(
        &self,
        by: Option<SubjectId>,
        new: NewPerson,
        password_hash: String,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Person> {
        self.create(by, new, Some(password_hash), now, entropy)
            .await
    }

    async fn create(
        &self,
        by: Option<SubjectId>,
        new: NewPerson,
        password_hash: Option<String>,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Person> {
        let ids = (PersonId::new(now, entropy), subject(entropy));
        self.write(move |tx| {
            Box::pin(async move { insert(tx, by, ids, new, password_hash, now).await })
        })
        .await
    }

    /// Changes who a person is. Somebody who may sign in by another address from now on stays signed in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`Conflict::EmailTaken`], [`Conflict::EmployeeNumberTaken`].
    pub async fn update_person(
        &self,
        by: Option<SubjectId>,
        id: PersonId,
        change: PersonChange,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let before = read::person(&mut *tx, id).await?;
                run!(
                    tx,
                    "UPDATE people SET name = $2, name_key = $3, email = $4, employee_number = $5, language = $6,
                                       zone = $7, updated_at = $8
                     WHERE id = $1 AND erased_at IS NULL",
                    id.0,
                    change.name.as_str(),
                    key(change.name.as_str()),
                    change.email.as_ref().map(Email::as_str),
                    change.number.as_ref().map(EmployeeNumber::as_str),
                    change.locale.as_str(),
                    change.zone.as_str(),
                    now.0,
                )
                .map_err(taken)?;
                let changed: Vec<&str> = [
                    ("name", before.name != change.name),
                    ("email", before.email != change.email),
                    ("number", before.number != change.number),
                    ("locale", before.locale != change.locale),
                    ("zone", before.zone != change.zone),
                ]
                .into_iter()
                .filter_map(|(what, changed)| changed.then_some(what))
                .collect();
                let detail = json!({ "changed": changed });
                tx.audit(by, "person.update", Object::Person(before.subject), &detail, now).await
            })
        })
        .await
    }

    /// Sets what a person may do; it holds from their next request on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`Conflict::LastAdmin`].
    pub async fn set_roles(
        &self,
        by: Option<SubjectId>,
        id: PersonId,
        roles: Roles,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let before = read::person(&mut *tx, id).await?;
                if !roles.has(Role::Admin) {
                    keep_an_admin(tx, &before).await?;
                }
                run!(tx, "DELETE FROM roles WHERE person_id = $1", id.0)?;
                insert_roles(tx, id, roles).await?;
                let detail = json!({ "from": before.roles, "to": roles });
                tx.audit(
                    by,
                    "person.roles",
                    Object::Person(before.subject),
                    &detail,
                    now,
                )
                .await
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
    pub async fn rehash_password(
        &self,
        id: PersonId,
        old: String,
        new: String,
        now: Timestamp,
    ) -> Result<()> {
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
    pub async fn disable_person(
        &self,
        by: Option<SubjectId>,
        id: PersonId,
        now: Timestamp,
    ) -> Result<()> {
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
    pub async fn enable_person(
        &self,
        by: Option<SubjectId>,
        id: PersonId,
        now: Timestamp,
    ) -> Result<()> {
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
