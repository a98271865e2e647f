//! The question before people who were added by mistake are removed.

use super::{logins, remove_address};
use crate::api::people::{REMOVE_MOST, may_look_after};
use crate::context::{form_values, services, viewer, visit};
use crate::failure::Failure;
use crate::pages::page;
use crate::pages::paging::number;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, Crumb, Crumbs, EmptyState, Hidden, IconName, LinkButton, Notice, NoticeKind,
    PageHeader,
};
use domain::ids::PersonId;
use leptos::prelude::*;
use store::Person;

/// The page that asks.
#[component]
pub fn Remove() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let (viewer, db) = (viewer()?, &services().db);
    let mut ids: Vec<PersonId> =
        form_values(&visit().query, "person[]").iter().filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(REMOVE_MOST);
    let removable = db.removable(&ids).await?;
    let (mut going, mut staying) = (vec![], vec![]);
    for id in ids {
        // Somebody else may have removed them meanwhile.
        let Ok(person) = db.person(id).await else { continue };
        let fits = removable.contains(&id) && may_look_after(&viewer, person.roles);
        if fits { going.push(person) } else { staying.push(person) }
    }
    Ok(view! {
        <Frame title=t!("remove-title") narrow=true>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/people", t!("people-title"))]/>
            <PageHeader title=t!("remove-title") lead=t!("remove-lead")/>
            <div class="stack">
                {(!staying.is_empty()).then(|| kept(&staying))}
                {if going.is_empty() { nobody(staying.is_empty()) } else { question(&going) }}
            </div>
        </Frame>
    }
    .into_any())
}

fn question(people: &[Person]) -> AnyView {
    let count = number(people.len() as u64);
    let hidden =
        people.iter().map(|person| view! { <Hidden name="person[]" value=person.id.to_string()/> }).collect_view();
    view! {
        <form class="stack" method="post" action="/do/remove-people">
            {hidden}
            {names(people)}
            <Notice kind=NoticeKind::Warn><p>{t!("remove-what")}</p></Notice>
            <Actions>
                <Button label=t!("remove-do", count = count) kind=ButtonKind::Danger icon=IconName::Trash/>
                <LinkButton label=t!("cancel") href="/people" kind=ButtonKind::Quiet/>
            </Actions>
        </form>
    }
    .into_any()
}

fn names(people: &[Person]) -> AnyView {
    let line = |person: &Person| {
        view! { <li><strong>{person.name.to_string()}</strong>" "<span class="soft">{logins(person)}</span></li> }
    };
    view! { <ul>{people.iter().map(line).collect_view()}</ul> }.into_any()
}

/// Who cannot be removed, and what to do instead.
fn kept(people: &[Person]) -> AnyView {
    let names = names(people);
    view! {
        <Notice title=t!("remove-kept")>
            <p>{t!("remove-kept-text")}</p>
            {names}
        </Notice>
    }
    .into_any()
}

fn nobody(none: bool) -> AnyView {
    let text = if none { t!("people-remove-nobody") } else { t!("remove-none-text") };
    view! {
        <EmptyState title=t!("remove-none") text=text icon=IconName::People>
            <LinkButton label=t!("remove-back") href="/people" kind=ButtonKind::Secondary/>
        </EmptyState>
    }
    .into_any()
}

/// The way to the question about one person.
pub(super) fn way(person: &Person) -> AnyView {
    view! { <LinkButton label=t!("remove-open") href=remove_address(person.id) kind=ButtonKind::DangerQuiet/> }
        .into_any()
}
