//! Adding and changing people.

use super::{Person, read};
use crate::{
    Conflict, Db, Object, Result, StoreError,
    keys::Keys,
    page::key,
    tracking,
    tx::{Lock, Tx},
};
use domain::{
    ids::{PersonId, SubjectId},
    people::{Email, EmployeeNumber, Locale, PersonName, Roles, Zone},
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
    /// Their time zone. What is not yet due ends with its day there, where that is later.
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
    error.unique("employee_number", Conflict::EmployeeNumberTaken).unique("email", Conflict::EmailTaken)
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
    let keys = Keys::of(new.name.as_str());
    run!(
        tx,
        "INSERT INTO people (id, subject_id, name, name_key, email, employee_number, password_hash, language, zone,
                             created_at, updated_at, sort_key, search_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)",
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
        keys.sort,
        keys.search,
    )
    .map_err(taken)?;
    insert_roles(tx, id, new.roles).await?;
    tx.lock(Lock::Assignment).await?;
    tracking::apply_to_person(tx, id, now).await?;
    tx.audit(by, "person.create", Object::Person(subject), &json!({ "roles": new.roles }), now).await?;
    read::person(tx, id).await
}

pub(super) async fn insert_roles(tx: &mut Tx, id: PersonId, roles: Roles) -> Result<()> {
    for role in roles.iter() {
        run!(tx, "INSERT INTO roles (person_id, role) VALUES ($1, $2)", id.0, role.as_str())?;
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
        self.create(by, new, Some(password_hash), now, entropy).await
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
        self.write(move |tx| Box::pin(async move { insert(tx, by, ids, new, password_hash, now).await })).await
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
                let keys = Keys::of(change.name.as_str());
                run!(
                    tx,
                    "UPDATE people SET name = $2, name_key = $3, email = $4, employee_number = $5, language = $6,
                                       zone = $7, updated_at = $8, sort_key = $9, search_key = $10
                     WHERE id = $1 AND erased_at IS NULL",
                    id.0,
                    change.name.as_str(),
                    key(change.name.as_str()),
                    change.email.as_ref().map(Email::as_str),
                    change.number.as_ref().map(EmployeeNumber::as_str),
                    change.locale.as_str(),
                    change.zone.as_str(),
                    now.0,
                    keys.sort,
                    keys.search,
                )
                .map_err(taken)?;
                if before.zone != change.zone {
                    tracking::move_due(tx, id, &change.zone, now).await?;
                }
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
}
