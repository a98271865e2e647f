//! Every group.

use crate::context::{encode, services, visit};
use crate::failure::Failure;
use crate::pages::paging::{self, number, pages};
use crate::pages::people::summary;
use crate::pages::{page, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, Button, ButtonKind, Card, EmptyState, Field, IconName, LinkButton, PageHeader, TableRegion};
use crate::when::Moment;
use domain::search::SearchTerm;
use leptos::prelude::*;
use store::{Group, Page};

/// The list of groups.
#[component]
pub fn List() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let search: Option<SearchTerm> = query("search");
    let current = query::<u32>("page").unwrap_or(1).max(1);
    let refused = visit().refused;
    let found = services().db.groups(search.as_ref(), Page { number: current, size: paging::SIZE }).await?;
    let base = match &search {
        Some(term) => format!("/groups?search={}&page=", encode(term.as_str())),
        None => "/groups?page=".to_owned(),
    };
    let none = found.total == 0 && search.is_none();
    let count = t!("groups-count", count = number(found.total));
    let total = found.total;
    let body = if found.items.is_empty() { nothing(search.is_some()) } else { table(found.items) };
    let find = (!none).then(|| finder(search.as_ref().map(ToString::to_string).unwrap_or_default()));
    Ok(view! {
        <Frame title=t!("groups-title")>
            <PageHeader title=t!("groups-title") lead=t!("groups-lead")/>
            <div class="split">
                <div class="stack">
                    {find}
                    {(!none).then(|| view! { <div class="result-bar"><p role="status">{count}</p></div> })}
                    {body}
                    {pages(&base, current, total)}
                </div>
                <aside>
                    <Card title=t!("group-new")>
                        <form class="form" method="post" action="/do/add-group">
                            {summary(&["name"])}
                            <Field label=t!("group-name") name="name" value=refused.typed("name") autocomplete="off" maxlength=80
                                hint=t!("group-name-hint") error=refused.problem("name").unwrap_or_default() required=true/>
                            <Actions><Button label=t!("group-add-do") icon=IconName::Plus/></Actions>
                        </form>
                    </Card>
                </aside>
            </div>
        </Frame>
    }
    .into_any())
}

fn finder(search: String) -> AnyView {
    let clear = (!search.is_empty())
        .then(|| view! { <LinkButton label=t!("filter-clear") href="/groups" kind=ButtonKind::Quiet/> });
    view! {
        <form class="filters" method="get" action="/groups" role="search" aria-label=t!("groups-filter")>
            <div class="filters-search"><Field label=t!("groups-search") name="search" kind="search" value=search maxlength=100/></div>
            <div class="actions"><Button label=t!("filter-do") kind=ButtonKind::Secondary icon=IconName::Search/>{clear}</div>
        </form>
    }
    .into_any()
}

fn nothing(searched: bool) -> AnyView {
    if searched {
        view! { <EmptyState title=t!("groups-none-found") text=t!("groups-none-found-text") icon=IconName::Search/> }
            .into_any()
    } else {
        view! { <EmptyState title=t!("groups-none") text=t!("groups-none-text") icon=IconName::People/> }.into_any()
    }
}

fn table(groups: Vec<Group>) -> AnyView {
    let rows = groups
        .into_iter()
        .map(|group| {
            let managers = if group.managers == 0 {
                view! { <span class="soft">{t!("group-no-manager")}</span> }.into_any()
            } else {
                group.managers.to_string().into_any()
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("/groups/{}", group.id)>{group.name.to_string()}</a></th>
                    <td data-label=t!("group-members") class="num">{group.members.to_string()}</td>
                    <td data-label=t!("group-managers") class="num">{managers}</td>
                    <td data-label=t!("group-made") class="nowrap"><Moment at=group.created_at/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label=t!("groups-title")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("groups-title")}</caption>
                <thead><tr>
                    <th scope="col">{t!("group-name")}</th>
                    <th scope="col" class="num">{t!("group-members")}</th>
                    <th scope="col" class="num">{t!("group-managers")}</th>
                    <th scope="col">{t!("group-made")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}
