//! People: adding them, changing them, letting them in.

mod add;
mod edit;
pub mod links;
mod many;
mod remove;

pub use add::*;
pub use edit::*;
pub use links::{SHEET_MOST, invite, print_sheet, send_link};
pub use many::*;
pub use remove::*;

use crate::context::{Refused, Viewer};
use crate::failure::Failure;
use crate::groups;
use domain::ids::GroupId;
use domain::people::{Email, EmployeeNumber, Locale, PersonName, Role, Roles, Zone};
use store::{Conflict, NewPerson, Scope, StoreError};

/// Whether this viewer may change an account with these roles, and grant or take them. The accounts of HR and of admins
/// are looked after by admins alone: whoever can make a link for an account can become it.
#[must_use]
pub fn may_look_after(viewer: &Viewer, roles: Roles) -> bool {
    viewer.roles.has(Role::Admin) || !roles.has_any(&[Role::Admin, Role::Hr])
}

/// What was typed about a person.
struct Typed<'a> {
    name: &'a str,
    email: &'a str,
    number: &'a str,
    roles: &'a [String],
    locale: &'a str,
    zone: &'a str,
}

impl Typed<'_> {
    /// What was typed, to be shown again.
    fn refused(&self) -> Refused {
        Refused::default()
            .value("name", self.name)
            .value("email", self.email)
            .value("number", self.number)
            .value("roles[]", &self.roles.join(","))
            .value("locale", self.locale)
            .value("zone", self.zone)
    }

    /// The person, or everything that is wrong, field by field.
    fn read(&self) -> Result<NewPerson, Refused> {
        let mut refused = self.refused();
        let name = noted(&mut refused, "name", PersonName::parse(self.name).map_err(|problem| problem.code()));
        let email = optional(self.email, |text| Email::parse(text).map_err(|problem| problem.code()));
        let email = noted(&mut refused, "email", email);
        let number = optional(self.number, |text| EmployeeNumber::parse(text).map_err(|problem| problem.code()));
        let number = noted(&mut refused, "number", number);
        if let (Some(None), Some(None)) = (&email, &number) {
            refused = refused.error("email", "person-login-missing");
        }
        let roles = self.roles.iter().map(|role| role.parse::<Role>()).collect::<Result<Roles, _>>();
        let roles = roles.ok().filter(|roles| !roles.is_empty()).ok_or("person-roles-missing");
        let roles = noted(&mut refused, "roles[]", roles);
        let locale = noted(&mut refused, "locale", Locale::parse(self.locale).map_err(|problem| problem.code()));
        let zone = noted(&mut refused, "zone", Zone::parse(self.zone).map_err(|problem| problem.code()));
        match (name, email, number, roles, locale, zone) {
            (Some(name), Some(email), Some(number), Some(roles), Some(locale), Some(zone))
                if refused.errors.is_empty() =>
            {
                Ok(NewPerson { name, email, number, roles, locale, zone })
            }
            _ => Err(refused),
        }
    }
}

/// Notes what is wrong with a field, and goes on with what is right.
fn noted<T>(refused: &mut Refused, field: &str, parsed: Result<T, &'static str>) -> Option<T> {
    parsed.map_err(|key| refused.errors.insert(field.to_owned(), key.to_owned())).ok()
}

fn optional<T>(text: &str, parse: impl Fn(&str) -> Result<T, &'static str>) -> Result<Option<T>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

/// What stands in the way of a change, beside its field; anything else is a failure.
fn beside_field(refused: Refused, error: StoreError) -> Result<Refused, Failure> {
    match error {
        StoreError::Conflict(Conflict::EmailTaken) => Ok(refused.error("email", "person-email-taken")),
        StoreError::Conflict(Conflict::EmployeeNumberTaken) => Ok(refused.error("number", "person-number-taken")),
        StoreError::Conflict(Conflict::LastAdmin) => Ok(refused.error("roles[]", "person-last-admin")),
        other => Err(other.into()),
    }
}

/// The group chosen in a form, by its id or by its name: nothing for none, the key of what is wrong when it is gone or not
/// clear.
async fn chosen_group(text: &str) -> Result<Option<GroupId>, &'static str> {
    let Ok(named) = groups::named(Scope::Everyone, text).await else { return Err("person-group-gone") };
    match named.problem() {
        Some(_) if text.parse::<GroupId>().is_ok() => Err("person-group-gone"),
        Some(key) => Err(key),
        None => Ok(named.id()),
    }
}
