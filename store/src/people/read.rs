//! Finding one person.

use super::{Credentials, Person, PersonRow, person_columns};
use crate::{Db, Result, StoreError, tx::Source};
use domain::{
    ids::{PersonId, SubjectId},
    people::{Login, PersonName},
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The person with this identifier.
pub(crate) async fn person(mut on: impl Source, id: PersonId) -> Result<Person> {
    row!(on, PersonRow, concat!("SELECT ", person_columns!(), " FROM people AS p WHERE p.id = $1"), id.0)?
        .ok_or(StoreError::NotFound("person"))?
        .read()
}

#[derive(FromRow)]
struct CredentialsRow {
    #[sqlx(flatten)]
    person: PersonRow,
    password_hash: Option<String>,
}

impl Db {
    /// The person with this identifier.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn person(&self, id: PersonId) -> Result<Person> {
        person(self, id).await
    }

    /// The person behind a subject id, unless they were never there or were erased.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn person_by_subject(&self, subject: SubjectId) -> Result<Option<Person>> {
        row!(
            self,
            PersonRow,
            concat!("SELECT ", person_columns!(), " FROM people AS p WHERE p.subject_id = $1 AND p.erased_at IS NULL"),
            subject.0
        )?
        .map(PersonRow::read)
        .transpose()
    }

    /// The names behind subject ids, for showing an audit log. Those of erased people are missing.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn people_by_subject(&self, subjects: &[SubjectId]) -> Result<BTreeMap<SubjectId, PersonName>> {
        let mut sql =
            crate::sql::Sql::new("SELECT subject_id, name FROM people WHERE erased_at IS NULL AND subject_id IN (");
        for (index, subject) in subjects.iter().enumerate() {
            sql.bind(if index == 0 { "" } else { ", " }, crate::sql::Arg::Id(subject.0));
        }
        if subjects.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows: Vec<(Uuid, String)> = sql.push(")").rows(self).await?;
        Ok(rows.into_iter().map(|(subject, name)| (SubjectId(subject), PersonName::stored(&name))).collect())
    }

    /// Who signs in with `login`, and what their password is checked against.
    ///
    /// Whoever is found may be disabled: their password is to be checked all the same, so that the answer takes the
    /// same time for everyone.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn credentials(&self, login: &Login) -> Result<Option<Credentials>> {
        let found = match login {
            Login::Email(email) => row!(
                self,
                CredentialsRow,
                concat!("SELECT ", person_columns!(), ", p.password_hash FROM people AS p WHERE p.email = $1"),
                email.as_str()
            )?,
            Login::Number(number) => row!(
                self,
                CredentialsRow,
                concat!(
                    "SELECT ",
                    person_columns!(),
                    ", p.password_hash FROM people AS p WHERE p.employee_number = $1"
                ),
                number.as_str()
            )?,
        };
        found.map(|row| Ok(Credentials { person: row.person.read()?, password_hash: row.password_hash })).transpose()
    }

    /// Whether anybody can administer the site.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn has_admin(&self) -> Result<bool> {
        has_admin_besides(self, None).await
    }
}

/// Whether anybody (other than `besides`) can administer the site.
pub(crate) async fn has_admin_besides(mut on: impl Source, besides: Option<PersonId>) -> Result<bool> {
    let admins = count!(
        on,
        "SELECT COUNT(*) FROM roles AS r JOIN people AS p ON p.id = r.person_id
         WHERE r.role = 'admin' AND p.disabled_at IS NULL AND p.erased_at IS NULL AND p.id <> $1",
        besides.map_or(Uuid::nil(), |person| person.0)
    )?;
    Ok(admins > 0)
}
