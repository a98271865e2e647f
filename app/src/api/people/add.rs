//! Adding one person.

use super::{Typed, beside_field, chosen_group, links, may_look_after};
use crate::context::{now, refuse, services, viewer};
use crate::failure::Failure;
use domain::ids::GroupId;
use leptos::prelude::*;
use store::{Membership, Person};

const MEMBER: Membership = Membership { member: true, manager: false };

/// Adds a person and shows the link that lets them in.
#[server(prefix = "/do", endpoint = "add-person")]
pub async fn add_person(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] number: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] group: String,
    #[server(default)] locale: String,
    #[server(default)] zone: String,
) -> Result<(), Failure> {
    let (viewer, services, page) = (viewer()?, services(), "/people/new");
    let typed = Typed { name: &name, email: &email, number: &number, roles: &roles, locale: &locale, zone: &zone };
    let (read, chosen) = (typed.read(), chosen_group(&group).await);
    let (new, group) = match (read, chosen) {
        (Ok(new), Ok(chosen)) => (new, chosen),
        (read, chosen) => {
            let refused = read.err().unwrap_or_else(|| typed.refused()).value("group", &group);
            let refused = chosen.err().into_iter().fold(refused, |refused, key| refused.error("group", key));
            return refuse(page, refused).await;
        }
    };
    if !may_look_after(&viewer, new.roles) {
        return Err(Failure::Forbidden);
    }
    let person = match services.db.create_person(Some(viewer.subject), new, now(), &*services.entropy).await {
        Ok(person) => person,
        Err(error) => {
            let kept = group.map(|group| group.to_string()).unwrap_or_default();
            return refuse(page, beside_field(typed.refused().value("group", &kept), error)?).await;
        }
    };
    join(std::slice::from_ref(&person), group).await?;
    links::hand_out(&viewer, &person).await
}

/// Makes people members of a group, where one was chosen.
pub(super) async fn join(people: &[Person], group: Option<GroupId>) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    for person in people {
        if let Some(group) = group {
            services.db.set_membership(Some(viewer.subject), group, person.id, MEMBER, now()).await?;
        }
    }
    Ok(())
}
