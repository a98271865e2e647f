//! One group and who is in it.

use crate::context::{Refused, services, visit};
use crate::failure::Failure;
use crate::pages::paging::{self, number, pages};
use crate::pages::people::{StateBadge, summary};
use crate::pages::{page, param, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Badge, Button, ButtonKind, ButtonSize, Card, Confirm, Crumb, Crumbs, EmptyState, Field, Hidden, IconName,
    LinkButton, PageHeader, TableRegion,
};
use domain::ids::{GroupId, PersonId};
use domain::search::SearchTerm;
use leptos::prelude::*;
use store::{Group, GroupPerson, Membership, Page, PeopleFilter, PersonListed, PersonState};

/// How many matches the search for somebody to add shows.
const MATCHES: u32 = 10;

/// The page of a group.
#[component]
pub fn One() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let id: GroupId = param("id")?;
    let current = query::<u32>("page").unwrap_or(1).max(1);
    let term: Option<SearchTerm> = query("find");
    let find = term.as_ref().map(ToString::to_string).unwrap_or_default();
    let refused = visit().refused;
    let db = &services().db;
    let group = db.group(id).await?;
    let people = db.group_people(id, Page { number: current, size: paging::SIZE }).await?;
    let found = match term {
        None => None,
        search => Some(db.people(&PeopleFilter { search, ..PeopleFilter::default() }, Page::first(MATCHES)).await?),
    };
    let total = people.total;
    let waiting = people.items.iter().any(|person| person.state == PersonState::Invited);
    let members = if people.items.is_empty() { nobody() } else { table(id, people.items) };
    let matches = found.map(|found| matches(id, &find, found.items, found.total));
    let lead = t!("group-lead", members = number(group.members), managers = number(group.managers));
    Ok(view! {
        <Frame title=group.name.to_string()>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/groups", t!("groups-title"))]/>
            <PageHeader title=group.name.to_string() lead=lead>
                <LinkButton label=t!("group-progress") href=format!("/tracking?group={id}") kind=ButtonKind::Secondary icon=IconName::Chart/>
                <LinkButton label=t!("group-add-new") href=format!("/people/new?group={id}") kind=ButtonKind::Secondary icon=IconName::Plus/>
            </PageHeader>
            {summary(&["person[]"])}
            <div class="split">
                <div class="stack stack-wide">
                    <section class="section" id="add">
                        <h2>{t!("group-add")}</h2>
                        {finder(id, find)}
                        {matches}
                    </section>
                    <section class="section">
                        <div class="section-head"><h2>{t!("group-people")}</h2>{waiting.then(|| sheet(id))}</div>
                        {members}
                        {pages(&format!("/groups/{id}?page="), current, total)}
                    </section>
                </div>
                <aside class="stack">{rename(&group, &refused)}{delete(&group)}</aside>
            </div>
        </Frame>
    }
    .into_any())
}

fn finder(id: GroupId, find: String) -> AnyView {
    view! {
        <form class="filters" method="get" action=format!("/groups/{id}") role="search" aria-label=t!("group-add")>
            <div class="filters-search"><Field label=t!("group-find") name="find" kind="search" value=find/></div>
            <div class="actions"><Button label=t!("filter-do") kind=ButtonKind::Secondary icon=IconName::Search/></div>
        </form>
    }
    .into_any()
}

fn matches(id: GroupId, find: &str, found: Vec<PersonListed>, total: u64) -> AnyView {
    if found.is_empty() {
        let href = format!("/people/new?group={id}");
        return view! {
            <EmptyState title=t!("people-none-found") text=t!("group-find-none") level=3>
                <LinkButton label=t!("people-add") href=href kind=ButtonKind::Secondary/>
            </EmptyState>
        }
        .into_any();
    }
    let lines = found
        .into_iter()
        .map(|listed| {
            let name = listed.person.name.to_string();
            let inside = listed.groups.iter().any(|group| group.id == id);
            let side = if inside {
                view! { <span class="soft small">{t!("group-already")}</span> }.into_any()
            } else {
                let label = t!("group-add-one", name = name.clone());
                view! {
                    <form method="post" action="/do/add-member">
                        <Hidden name="group" value=id.to_string()/>
                        <Hidden name="person" value=listed.person.id.to_string()/>
                        <Hidden name="find" value=find.to_owned()/>
                        <button class="btn btn-secondary btn-small" aria-label=label>{t!("group-add-do-one")}</button>
                    </form>
                }
                .into_any()
            };
            let logins = crate::pages::people::logins(&listed.person);
            view! { <li class="row row-apart"><span><strong>{name}</strong>" "<span class="soft small">{logins}</span></span>{side}</li> }
        })
        .collect_view();
    let shown = total.min(u64::from(MATCHES));
    let more = (total > shown).then(|| {
        view! { <p class="soft small">{t!("group-find-more", shown = number(shown), total = number(total))}</p> }
    });
    view! { <div class="card"><ul class="stack stack-tight">{lines}</ul>{more}</div> }.into_any()
}

fn nobody() -> AnyView {
    view! { <EmptyState title=t!("group-empty") text=t!("group-empty-text") icon=IconName::People level=3/> }.into_any()
}

/// The button that prints invitations for those of the group who have not arrived.
fn sheet(id: GroupId) -> AnyView {
    view! {
        <form method="post" action="/do/print-sheet">
            <Hidden name="whom" value="waiting"/>
            <Hidden name="group" value=id.to_string()/>
            <Hidden name="back" value=format!("/groups/{id}")/>
            <Button label=t!("group-print") kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Print/>
        </form>
    }
    .into_any()
}

fn table(group: GroupId, people: Vec<GroupPerson>) -> AnyView {
    let rows = people.into_iter().map(|person| row(group, &person)).collect_view();
    view! {
        <TableRegion label=t!("group-people")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("group-people")}</caption>
                <thead><tr>
                    <th scope="col">{t!("person-name")}</th>
                    <th scope="col">{t!("group-part")}</th>
                    <th scope="col">{t!("person-state")}</th>
                    <th scope="col"><span class="visually-hidden">{t!("group-actions")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

/// A form of one button that changes what a person is to the group.
fn change(
    action: &'static str,
    part: &'static str,
    group: GroupId,
    person: PersonId,
    text: String,
    label: String,
) -> AnyView {
    view! {
        <form method="post" action=action>
            <Hidden name="group" value=group.to_string()/>
            <Hidden name="person" value=person.to_string()/>
            <Hidden name="part" value=part/>
            <button class="btn btn-quiet btn-small" aria-label=label>{text}</button>
        </form>
    }
    .into_any()
}

fn part_words(membership: Membership) -> AnyView {
    match (membership.member, membership.manager) {
        (true, true) => {
            view! { <span class="row">{t!("group-part-member")}" "<Badge label=t!("group-part-manager")/></span> }
                .into_any()
        }
        (false, true) => view! { <Badge label=t!("group-part-manager")/> }.into_any(),
        _ => t!("group-part-member").into_any(),
    }
}

fn row(group: GroupId, person: &GroupPerson) -> AnyView {
    let (id, name) = (person.id, person.name.to_string());
    let email = person.email.as_ref().map(ToString::to_string);
    let login = email.or_else(|| person.number.as_ref().map(ToString::to_string)).unwrap_or_default();
    let lead = if person.membership.manager {
        let label = t!("group-unmake-one", name = name.clone());
        change("/do/remove-member", "manager", group, id, t!("group-unmake"), label)
    } else {
        let label = t!("group-make-one", name = name.clone());
        change("/do/add-member", "manager", group, id, t!("group-make"), label)
    };
    let remove = t!("group-remove-one", name = name.clone());
    let remove = change("/do/remove-member", "", group, id, t!("group-remove"), remove);
    view! {
        <tr>
            <th scope="row"><a href=format!("/people/{id}/edit")>{name}</a><span class="sub">{login}</span></th>
            <td data-label=t!("group-part")>{part_words(person.membership)}</td>
            <td data-label=t!("person-state")><StateBadge state=person.state/></td>
            <td><div class="row">{lead}{remove}</div></td>
        </tr>
    }
    .into_any()
}

fn rename(group: &Group, refused: &Refused) -> AnyView {
    let name = refused.values.get("name").cloned().unwrap_or_else(|| group.name.to_string());
    let problem = refused.problem("name").unwrap_or_default();
    let id = group.id.to_string();
    view! {
        <Card title=t!("group-rename")>
            <form class="form" method="post" action="/do/rename-group">
                {summary(&["name"])}
                <Hidden name="group" value=id/>
                <Field label=t!("group-name") name="name" value=name autocomplete="off" maxlength=80
                    error=problem required=true/>
                <Actions><Button label=t!("save") kind=ButtonKind::Secondary/></Actions>
            </form>
        </Card>
    }
    .into_any()
}

fn delete(group: &Group) -> AnyView {
    let question = t!("group-delete-question", name = group.name.to_string(), members = number(group.members));
    let id = group.id.to_string();
    view! {
        <Card title=t!("group-delete")>
            <p class="soft small">{t!("group-delete-text")}</p>
            <Confirm open=t!("group-delete-open") question=question action="/do/delete-group" confirm=t!("group-delete-do")
                size=ButtonSize::Small>
                <Hidden name="group" value=id/>
            </Confirm>
        </Card>
    }
    .into_any()
}
