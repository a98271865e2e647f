//! Everybody, found and filtered.

use super::choices;
use super::{StateBadge, logins, state_words, summary};
use crate::api::people::may_look_after;
use crate::context::{Viewer, encode, services, viewer};
use crate::failure::Failure;
use crate::pages::paging::{self, number, pages};
use crate::pages::{page, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Button, ButtonKind, EmptyState, Field, Hidden, IconName, LinkButton, PageHeader, Select, SelectOption, Stat, Stats,
    TableRegion,
};
use crate::when::Moment;
use domain::ids::GroupId;
use domain::people::Role;
use domain::search::SearchTerm;
use leptos::prelude::*;
use store::{GroupRef, Page, PeopleCounts, PeopleFilter, PersonListed, PersonState};

/// The list of people.
#[component]
pub fn List() -> impl IntoView {
    page(content())
}

/// The address of the list with this filter, up to the number of a page.
fn address(filter: &PeopleFilter) -> String {
    let mut address = "/people?".to_owned();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            address.push_str(&format!("{name}={}&", encode(&value)));
        }
    };
    add("search", filter.search.as_ref().map(ToString::to_string));
    add("group", filter.group.map(|group| group.to_string()));
    add("role", filter.role.map(|role| role.to_string()));
    add("state", filter.state.map(|state| state.to_string()));
    address.push_str("page=");
    address
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let filter = PeopleFilter {
        search: query::<SearchTerm>("search"),
        group: query::<GroupId>("group"),
        role: query::<Role>("role"),
        state: query::<PersonState>("state").filter(|state| *state != PersonState::Erased),
    };
    let current = query::<u32>("page").unwrap_or(1).max(1);
    let db = &services().db;
    let counts = db.people_counts().await?;
    let groups = db.group_names().await?;
    let found = db.people(&filter, Page { number: current, size: paging::SIZE }).await?;
    let base = address(&filter);
    let back = format!("{base}{current}");
    let filtered = filter != PeopleFilter::default();
    let body = if found.items.is_empty() { nobody(filtered) } else { table(&viewer, found.items, &back, filter.group) };
    let shown = t!("people-count", count = number(found.total));
    Ok(view! {
        <Frame title=t!("people-title") wide=true>
            <PageHeader title=t!("people-title") lead=t!("people-lead")>
                <LinkButton label=t!("people-add-many") href="/people/new?many=1" kind=ButtonKind::Secondary icon=IconName::People/>
                <LinkButton label=t!("people-add") href="/people/new" icon=IconName::Plus/>
            </PageHeader>
            {summary(&["person[]"])}
            <div class="stack">
                {tallies(counts)}
                {filters(&filter, &groups)}
                <div class="result-bar"><p role="status">{shown}</p>{invite_waiting(&filter, &groups, counts, &back)}</div>
                {body}
                {pages(&base, current, found.total)}
            </div>
        </Frame>
    }
    .into_any())
}

fn tallies(counts: PeopleCounts) -> AnyView {
    let stat = |state: PersonState, count: u64| {
        Stat::new(state_words(state), count.to_string()).href(format!("/people?state={state}"))
    };
    let items = vec![
        Stat::new(t!("people-all"), counts.all.to_string()).href("/people"),
        stat(PersonState::Active, counts.active),
        stat(PersonState::Invited, counts.invited),
        stat(PersonState::Disabled, counts.disabled),
    ];
    view! { <Stats items=items/> }.into_any()
}

fn filters(filter: &PeopleFilter, groups: &[GroupRef]) -> AnyView {
    let any = || SelectOption::new("", t!("filter-any"));
    let roles = Role::ALL.map(|role| SelectOption::new(role.as_str(), choices::role_words(role)));
    let states = [PersonState::Active, PersonState::Invited, PersonState::Disabled]
        .map(|state| SelectOption::new(state.as_str(), state_words(state)));
    let clear = (*filter != PeopleFilter::default())
        .then(|| view! { <LinkButton label=t!("filter-clear") href="/people" kind=ButtonKind::Quiet/> });
    view! {
        <form class="filters" method="get" action="/people" role="search" aria-label=t!("people-filter")>
            <div class="filters-search">
                <Field label=t!("people-search") name="search" kind="search" value=filter.search.as_ref().map(ToString::to_string).unwrap_or_default() maxlength=100/>
            </div>
            <Select label=t!("person-group") name="group" options=choices::groups(groups, t!("filter-any"))
                selected=filter.group.map(|group| group.to_string()).unwrap_or_default()/>
            <Select label=t!("person-role") name="role" options=std::iter::once(any()).chain(roles).collect()
                selected=filter.role.map(|role| role.to_string()).unwrap_or_default()/>
            <Select label=t!("person-state") name="state" options=std::iter::once(any()).chain(states).collect()
                selected=filter.state.map(|state| state.to_string()).unwrap_or_default()/>
            <div class="actions">
                <Button label=t!("filter-do") kind=ButtonKind::Secondary icon=IconName::Search/>
                {clear}
            </div>
        </form>
    }
    .into_any()
}

/// The button that prints invitations for everybody who has not arrived: of the group that is being looked at, or of all.
fn invite_waiting(filter: &PeopleFilter, groups: &[GroupRef], counts: PeopleCounts, back: &str) -> AnyView {
    if counts.invited == 0 {
        return ().into_any();
    }
    let group = filter.group.and_then(|id| groups.iter().find(|group| group.id == id));
    let (id, label) = match group {
        Some(group) => (group.id.to_string(), t!("people-invite-group", group = group.name.to_string())),
        None => (String::new(), t!("people-invite-all")),
    };
    view! {
        <form method="post" action="/do/print-sheet">
            <Hidden name="whom" value="waiting"/>
            <Hidden name="group" value=id/>
            <Hidden name="back" value=back/>
            <Button label=label kind=ButtonKind::Quiet icon=IconName::Print/>
        </form>
    }
    .into_any()
}

fn nobody(filtered: bool) -> AnyView {
    if filtered {
        view! {
            <EmptyState title=t!("people-none-found") text=t!("people-none-found-text") icon=IconName::Search>
                <LinkButton label=t!("filter-clear") href="/people" kind=ButtonKind::Secondary/>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title=t!("people-none") text=t!("people-none-text") icon=IconName::People>
                <LinkButton label=t!("people-add") href="/people/new"/>
            </EmptyState>
        }
        .into_any()
    }
}

fn table(viewer: &Viewer, people: Vec<PersonListed>, back: &str, group: Option<GroupId>) -> AnyView {
    let can_invite = |listed: &PersonListed| {
        listed.person.state == PersonState::Invited && may_look_after(viewer, listed.person.roles)
    };
    let choosing = people.iter().any(can_invite);
    let rows = people
        .into_iter()
        .map(|listed| {
            let invite = can_invite(&listed);
            row(listed, choosing, invite)
        })
        .collect_view();
    let pick =
        choosing.then(|| view! { <th scope="col"><span class="visually-hidden">{t!("people-choose")}</span></th> });
    let actions = choosing.then(|| {
        view! {
            <div class="actions">
                <Button label=t!("people-print-chosen") name="whom" value="chosen" kind=ButtonKind::Secondary icon=IconName::Print/>
                <p class="soft small">{t!("people-print-hint")}</p>
            </div>
        }
    });
    let table = view! {
        <TableRegion label=t!("people-title")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("people-title")}</caption>
                <thead><tr>
                    {pick}
                    <th scope="col">{t!("person-name")}</th>
                    <th scope="col">{t!("person-groups")}</th>
                    <th scope="col">{t!("person-roles")}</th>
                    <th scope="col">{t!("person-state")}</th>
                    <th scope="col">{t!("person-seen")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    };
    if !choosing {
        return table.into_any();
    }
    view! {
        <form class="stack stack-close" method="post" action="/do/print-sheet">
            <Hidden name="back" value=back/>
            <Hidden name="group" value=group.map(|group| group.to_string()).unwrap_or_default()/>
            {table}
            {actions}
        </form>
    }
    .into_any()
}

fn row(listed: PersonListed, choosing: bool, invite: bool) -> AnyView {
    let PersonListed { person, groups } = listed;
    let id = person.id.to_string();
    let name = person.name.to_string();
    let pick = choosing.then(|| {
        let field = invite.then(|| {
            let label = t!("people-choose-one", name = name.clone());
            view! {
                <label class="check">
                    <input type="checkbox" name="person[]" value=id.clone()/>
                    <span class="visually-hidden">{label}</span>
                </label>
            }
        });
        view! { <td data-label=t!("people-choose")>{field}</td> }
    });
    let groups = groups.iter().map(|group| group.name.to_string()).collect::<Vec<_>>().join(", ");
    let groups = if groups.is_empty() {
        view! { <span class="soft">{t!("person-group-nothing")}</span> }.into_any()
    } else {
        groups.into_any()
    };
    let seen = match person.seen_at {
        Some(at) => view! { <Moment at=at/> }.into_any(),
        None => view! { <span class="soft">{t!("person-never-seen")}</span> }.into_any(),
    };
    let logins = logins(&person);
    view! {
        <tr>
            {pick}
            <th scope="row"><a href=format!("/people/{id}/edit")>{name}</a><span class="sub">{logins}</span></th>
            <td data-label=t!("person-groups")>{groups}</td>
            <td data-label=t!("person-roles")>{choices::roles_words(person.roles)}</td>
            <td data-label=t!("person-state")><StateBadge state=person.state/></td>
            <td data-label=t!("person-seen") class="nowrap">{seen}</td>
        </tr>
    }
    .into_any()
}
