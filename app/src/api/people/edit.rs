//! Changing a person, and whether they can sign in.

use super::{Typed, beside_field, may_look_after};
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::ids::PersonId;
use domain::people::Role;
use leptos::prelude::*;
use store::{Conflict, Person, PersonChange, PersonState, StoreError};

/// The person a form is about, if the viewer may change their account.
///
/// # Errors
/// [`Failure::NotFound`] for nobody or somebody erased, [`Failure::Forbidden`] for accounts that admins look after.
pub(super) async fn looked_after(id: &str) -> Result<Person, Failure> {
    let viewer = viewer()?;
    let id: PersonId = id.parse().map_err(|_| Failure::NotFound)?;
    let person = services().db.person(id).await?;
    if person.state == PersonState::Erased {
        return Err(Failure::NotFound);
    }
    if may_look_after(&viewer, person.roles) { Ok(person) } else { Err(Failure::Forbidden) }
}

/// Changes a person's name, logins, roles, language and time zone.
#[server(prefix = "/do", endpoint = "edit-person")]
pub async fn edit_person(
    #[server(default)] person: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] number: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] locale: String,
    #[server(default)] zone: String,
) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let before = looked_after(&person).await?;
    let page = format!("/people/{}/edit", before.id);
    let typed = Typed { name: &name, email: &email, number: &number, roles: &roles, locale: &locale, zone: &zone };
    let new = match typed.read() {
        Ok(new) => new,
        Err(refused) => return refuse(&page, refused).await,
    };
    if !may_look_after(&viewer, new.roles) {
        return Err(Failure::Forbidden);
    }
    let (by, roles) = (Some(viewer.subject), new.roles);
    if roles != before.roles
        && let Err(error) = services.db.set_roles(by, before.id, roles, now()).await
    {
        return refuse(&page, beside_field(typed.refused(), error)?).await;
    }
    let change =
        PersonChange { name: new.name, email: new.email, number: new.number, locale: new.locale, zone: new.zone };
    if let Err(error) = services.db.update_person(by, before.id, change, now()).await {
        return refuse(&page, beside_field(typed.refused(), error)?).await;
    }
    let still_here = before.id != viewer.person || roles.has_any(&[Role::Hr, Role::Admin]);
    go(if still_here { format!("{page}?done=saved") } else { "/?done=saved".to_owned() });
    Ok(())
}

/// Bars a person from signing in, or lets them in again.
#[server(prefix = "/do", endpoint = "set-active")]
pub async fn set_active(#[server(default)] person: String, #[server(default)] active: String) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let person = looked_after(&person).await?;
    let page = format!("/people/{}/edit", person.id);
    let by = Some(viewer.subject);
    if active == "yes" {
        services.db.enable_person(by, person.id, now()).await?;
        go(format!("{page}?done=person-enabled"));
        return Ok(());
    }
    if person.id == viewer.person {
        return refuse(&page, Refused::default().error("active", "person-not-yourself")).await;
    }
    match services.db.disable_person(by, person.id, now()).await {
        Ok(()) => go(format!("{page}?done=person-disabled")),
        Err(StoreError::Conflict(Conflict::LastAdmin)) => {
            return refuse(&page, Refused::default().error("active", "person-last-admin")).await;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
