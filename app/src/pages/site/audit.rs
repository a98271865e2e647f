//! Who did what, the latest first.

mod actions;
mod filter;
mod names;

use crate::context::{services, viewer, visit};
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{ButtonKind, Crumb, Crumbs, EmptyState, IconName, LinkButton, PageHeader, TableRegion};
use crate::when::Moment;
pub(super) use actions::words as action_words;
use domain::people::Role;
use filter::Asked;
use leptos::prelude::*;
pub(super) use names::{Names, detail_of};
use store::AuditRow;

/// Rows on a page.
const ROWS: u32 = 50;

/// The page of the log.
#[component]
pub fn Audit() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let (viewer, asked) = (viewer()?, Asked::read(&visit()));
    let db = &services().db;
    let (mut rows, problems) = match asked.filter(&viewer).await? {
        Ok(filter) => (db.audit(&filter, ROWS + 1).await?, vec![]),
        Err(problems) => (vec![], problems),
    };
    let more = rows.len() > ROWS as usize;
    rows.truncate(ROWS as usize);
    let names = Names::of(&rows).await?;
    let base = asked.address();
    let older = rows.last().filter(|_| more).map(|row| format!("{base}&before={}", row.id));
    let newest = asked.before.map(|_| base);
    let form = asked.form(&viewer, &problems);
    let body = if rows.is_empty() { nothing(asked.narrows()) } else { table(&rows, &names) };
    let crumb = if viewer.roles.has(Role::Admin) {
        Crumb::new("/site", t!("site-title"))
    } else {
        Crumb::new("/people", t!("people-title"))
    };
    let lead = if viewer.roles.has(Role::Admin) { t!("audit-lead") } else { t!("audit-lead-hr") };
    Ok(view! {
        <Frame title=t!("audit-title") wide=true>
            <Crumbs label=t!("crumbs") items=vec![crumb]/>
            <PageHeader title=t!("audit-title") lead=lead/>
            <div class="stack">
                {form}
                {body}
                <div class="actions">
                    {newest.map(|href| view! { <LinkButton label=t!("audit-newest") href=href kind=ButtonKind::Quiet/> })}
                    {older.map(|href| view! { <LinkButton label=t!("audit-older") href=href kind=ButtonKind::Secondary/> })}
                </div>
            </div>
        </Frame>
    }
    .into_any())
}

fn nothing(filtered: bool) -> AnyView {
    let text = if filtered { t!("audit-none-found-text") } else { t!("audit-none-text") };
    view! { <EmptyState title=t!("audit-none") text=text icon=IconName::Eye/> }.into_any()
}

fn table(rows: &[AuditRow], names: &Names) -> AnyView {
    let rows = rows
        .iter()
        .map(|row| {
            let actor = row.actor.map_or_else(|| t!("audit-program"), |actor| names.person(actor));
            view! {
                <tr>
                    <td data-label=t!("audit-when") class="nowrap"><Moment at=row.at time=true/></td>
                    <td data-label=t!("audit-who")>{actor}</td>
                    <td data-label=t!("audit-action")>{actions::words(&row.action)}</td>
                    <td data-label=t!("audit-object")>{names.object(row)}</td>
                    <td data-label=t!("audit-detail") class="small soft">{names.detail(row)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label=t!("audit-title")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("audit-title")}</caption>
                <thead><tr>
                    <th scope="col">{t!("audit-when")}</th>
                    <th scope="col">{t!("audit-who")}</th>
                    <th scope="col">{t!("audit-action")}</th>
                    <th scope="col">{t!("audit-object")}</th>
                    <th scope="col">{t!("audit-detail")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}
