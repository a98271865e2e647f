//! People: who they are, what they may do, how they sign in.

mod access;
mod list;
mod many;
pub(crate) mod more_time;
mod read;
mod state;
mod write;

pub use list::{PeopleCounts, PeopleFilter, PersonListed};
pub use state::{PersonState, UnknownState};
pub use write::{NewPerson, PersonChange};

pub(crate) use list::push_search;
pub(crate) use read::{has_admin_besides, person as read_person};
pub(crate) use write::{insert, subject};

use crate::{Result, read as stored};
use domain::{
    ids::{PersonId, SubjectId},
    people::{Email, EmployeeNumber, Locale, PersonName, Roles, Zone},
    time::Timestamp,
};
use uuid::Uuid;

/// A person who can, could, or will sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The stand-in in chained records.
    pub subject: SubjectId,
    /// What they are called.
    pub name: PersonName,
    /// Where mail reaches them, and what they may sign in with.
    pub email: Option<Email>,
    /// What they may sign in with instead.
    pub number: Option<EmployeeNumber>,
    /// What they may do.
    pub roles: Roles,
    /// Their language.
    pub locale: Locale,
    /// Their time zone: due dates end there.
    pub zone: Zone,
    /// Whether they can sign in.
    pub state: PersonState,
    /// When they were added.
    pub created_at: Timestamp,
    /// When they were last here, to the minute.
    pub seen_at: Option<Timestamp>,
}

impl Person {
    /// What they sign in with: the e-mail address, or else the employee number.
    #[must_use]
    pub fn login(&self) -> &str {
        let email = self.email.as_ref().map(Email::as_str);
        email.or(self.number.as_ref().map(EmployeeNumber::as_str)).unwrap_or_default()
    }
}

/// A person and what their password is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// Who.
    pub person: Person,
    /// The hash in PHC string form; none before an invitation is accepted.
    pub password_hash: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("person", &self.person.id).finish_non_exhaustive()
    }
}

/// The columns of [`PersonRow`], from `people AS p`.
macro_rules! person_columns {
    () => {
        "p.id, p.subject_id, p.name, p.email, p.employee_number, p.language, p.zone, p.created_at, p.seen_at,
         p.disabled_at, p.erased_at, p.password_hash IS NOT NULL AS has_password,
         (SELECT string_agg(r.role, ',') FROM roles AS r WHERE r.person_id = p.id) AS roles"
    };
}
pub(crate) use person_columns;

/// A person as stored.
#[derive(sqlx::FromRow)]
pub(crate) struct PersonRow {
    id: Uuid,
    subject_id: Uuid,
    name: String,
    email: Option<String>,
    employee_number: Option<String>,
    language: String,
    zone: String,
    created_at: i64,
    seen_at: Option<i64>,
    disabled_at: Option<i64>,
    erased_at: Option<i64>,
    has_password: bool,
    roles: Option<String>,
}

impl PersonRow {
    /// The person it stands for.
    pub(crate) fn read(self) -> Result<Person> {
        Ok(Person {
            id: PersonId(self.id),
            subject: SubjectId(self.subject_id),
            name: PersonName::stored(&self.name),
            email: stored::maybe("people", "email", self.email.as_deref())?,
            number: stored::maybe("people", "employee_number", self.employee_number.as_deref())?,
            roles: roles(self.roles.as_deref())?,
            locale: stored::text("people", "language", &self.language)?,
            zone: stored::text("people", "zone", &self.zone)?,
            state: PersonState::of(self.erased_at.is_some(), self.disabled_at.is_some(), self.has_password),
            created_at: Timestamp(self.created_at),
            seen_at: stored::moment(self.seen_at),
        })
    }
}

/// Roles as `string_agg` gives them: nothing at all when there is none.
pub(crate) fn roles(stored_roles: Option<&str>) -> Result<Roles> {
    Ok(stored::maybe("roles", "role", stored_roles)?.unwrap_or(Roles::NONE))
}
