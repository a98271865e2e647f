//! Groups: made, renamed, joined and left.

use super::people::may_look_after;
use crate::context::{Refused, encode, go, now, refuse, services, viewer};
use crate::failure::Failure;
use crate::groups;
use domain::ids::{GroupId, PersonId};
use domain::people::{GroupName, Role};
use leptos::prelude::*;
use store::{Conflict, Membership, Person, Scope, StoreError};

fn group_id(text: &str) -> Result<GroupId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Makes a group and goes on to it.
#[server(prefix = "/do", endpoint = "add-group")]
pub async fn add_group(#[server(default)] name: String) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let back = Refused::default().value("name", &name);
    let parsed = match GroupName::parse(&name) {
        Ok(parsed) => parsed,
        Err(problem) => return refuse("/groups", back.error("name", problem.code())).await,
    };
    match services.db.create_group(Some(viewer.subject), parsed, now(), &*services.entropy).await {
        Ok(id) => go(format!("/groups/{id}?done=group-added")),
        Err(StoreError::Conflict(Conflict::GroupNameTaken)) => {
            return refuse("/groups", back.error("name", "group-name-taken")).await;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Calls a group something else.
#[server(prefix = "/do", endpoint = "rename-group")]
pub async fn rename_group(#[server(default)] group: String, #[server(default)] name: String) -> Result<(), Failure> {
    let (viewer, services, id) = (viewer()?, services(), group_id(&group)?);
    let page = format!("/groups/{id}");
    let back = Refused::default().value("name", &name);
    let parsed = match GroupName::parse(&name) {
        Ok(parsed) => parsed,
        Err(problem) => return refuse(&page, back.error("name", problem.code())).await,
    };
    match services.db.rename_group(Some(viewer.subject), id, parsed, now()).await {
        Ok(()) => go(format!("{page}?done=saved")),
        Err(StoreError::Conflict(Conflict::GroupNameTaken)) => {
            return refuse(&page, back.error("name", "group-name-taken")).await;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Deletes a group; its people stay.
#[server(prefix = "/do", endpoint = "delete-group")]
pub async fn delete_group(#[server(default)] group: String) -> Result<(), Failure> {
    let (viewer, services, id) = (viewer()?, services(), group_id(&group)?);
    match services.db.delete_group(Some(viewer.subject), id, now()).await {
        // Gone already: a second click finds what it wanted.
        Ok(()) | Err(StoreError::NotFound(_)) => go("/groups?done=group-deleted"),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Where a form about a membership goes on: the person's page or the group's, with the search kept.
fn next(back: &str, group: GroupId, person: PersonId, find: &str, done: &str) -> String {
    if back == "person" {
        return format!("/people/{person}/edit?done={done}#groups");
    }
    let find = if find.is_empty() { String::new() } else { format!("&find={}", encode(find)) };
    format!("/groups/{group}?done={done}{find}")
}

/// The person and what they are to the group now.
async fn standing(group: GroupId, person: &str) -> Result<(Person, Membership), Failure> {
    let db = &services().db;
    let person = db.person(person.parse().map_err(|_| Failure::NotFound)?).await?;
    let of = db.groups_of(person.id).await?;
    let now = of.into_iter().find(|(found, _)| found.id == group).map(|(_, membership)| membership);
    Ok((person, now.unwrap_or_default()))
}

/// Makes somebody a member of a group, or its manager (`part` is `manager`), who then gets the role as well.
#[server(prefix = "/do", endpoint = "add-member")]
pub async fn add_member(
    #[server(default)] group: String,
    #[server(default)] person: String,
    #[server(default)] part: String,
    #[server(default)] back: String,
    #[server(default)] find: String,
) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let by = Some(viewer.subject);
    let group = if back == "person" {
        // Chosen on the person's page, by its id or its name.
        let named = groups::named(Scope::Everyone, &group).await?;
        match named.id() {
            Some(id) => id,
            None => {
                let id: PersonId = person.parse().map_err(|_| Failure::NotFound)?;
                let key = named.problem().unwrap_or("person-group-missing");
                let refused = Refused::default().value("group", &group).error("group", key);
                return refuse(&format!("/people/{id}/edit"), refused).await;
            }
        }
    } else {
        group_id(&group)?
    };
    let (person, before) = standing(group, &person).await?;
    let manager = part == "manager";
    if manager && !person.roles.has(Role::Manager) {
        // Roles of admins' accounts are theirs to change; the membership alone would show them nothing.
        if !may_look_after(&viewer, person.roles) {
            return Err(Failure::Forbidden);
        }
        services.db.set_roles(by, person.id, person.roles.with(Role::Manager), now()).await?;
    }
    let wanted = Membership { member: before.member || !manager, manager: before.manager || manager };
    services.db.set_membership(by, group, person.id, wanted, now()).await?;
    go(next(&back, group, person.id, &find, if manager { "manager-made" } else { "member-added" }));
    Ok(())
}

/// Ends somebody's being the manager of a group (`part` is `manager`), or everything they are to it.
#[server(prefix = "/do", endpoint = "remove-member")]
pub async fn remove_member(
    #[server(default)] group: String,
    #[server(default)] person: String,
    #[server(default)] part: String,
    #[server(default)] back: String,
) -> Result<(), Failure> {
    let (viewer, services, group) = (viewer()?, services(), group_id(&group)?);
    let (person, before) = standing(group, &person).await?;
    let (wanted, done) = if part == "manager" {
        (Membership { manager: false, ..before }, "manager-unmade")
    } else {
        (Membership::default(), "member-removed")
    };
    services.db.set_membership(Some(viewer.subject), group, person.id, wanted, now()).await?;
    go(next(&back, group, person.id, "", done));
    Ok(())
}
