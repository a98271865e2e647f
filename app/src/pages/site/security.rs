//! What happened at the door: sign-ins, failures, lock-outs, refused requests.

use super::audit::{Names, action_words, detail_of};
use crate::context::{by_the_way, now, services};
use crate::failure::Failure;
use crate::pages::{page, query};
use crate::security;
use crate::shell::Frame;
use crate::t;
use crate::text::exists;
use crate::ui::{
    ButtonKind, Crumb, Crumbs, EmptyState, IconName, LinkButton, PageHeader, Stat, StatTone, Stats, TableRegion,
};
use crate::when::Moment;
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{AuditRow, REQUEST_REFUSED, SIGN_IN_FAILED, SIGN_IN_LOCKED, SIGNED_IN};

/// Rows on a page.
const ROWS: u32 = 50;

/// The page of security events.
#[component]
pub fn Security() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let services = services();
    let before = query::<i64>("before");
    // What this server gathered and has not written yet.
    by_the_way(security::write(&services).await)?;
    let day = Counts::since(now().plus(-Timestamp::DAY)).await?;
    let lately = Counts::since(now().plus(-Timestamp::HOUR)).await?;
    let mut rows = services.db.security_events(before, ROWS + 1).await?;
    let more = rows.len() > ROWS as usize;
    rows.truncate(ROWS as usize);
    let names = Names::of(&rows).await?;
    let older = rows.last().filter(|_| more).map(|row| format!("/site/security?before={}", row.id));
    let newest = before.map(|_| "/site/security");
    let body = if rows.is_empty() {
        view! { <EmptyState title=t!("audit-none") text=t!("security-none") icon=IconName::Eye/> }.into_any()
    } else {
        table(&rows, &names)
    };
    Ok(view! {
        <Frame title=t!("security-title") wide=true>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/site", t!("site-title"))]/>
            <PageHeader title=t!("security-title") lead=t!("security-lead")/>
            <div class="stack">
                <Stats items=day.stats(&lately)/>
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

/// How often what happened within some time.
#[derive(Default)]
struct Counts {
    succeeded: u64,
    failed: u64,
    locked: u64,
    refused: u64,
}

impl Counts {
    async fn since(moment: Timestamp) -> Result<Self, Failure> {
        let mut counts = Self::default();
        for (action, events) in services().db.security_counts(moment).await? {
            match action.as_str() {
                SIGNED_IN => counts.succeeded = events,
                SIGN_IN_FAILED => counts.failed = events,
                SIGN_IN_LOCKED => counts.locked = events,
                REQUEST_REFUSED => counts.refused = events,
                _ => {}
            }
        }
        Ok(counts)
    }

    /// Failures out of a hundred attempts, rounded.
    fn failing(&self) -> u64 {
        let attempts = self.succeeded + self.failed;
        (self.failed * 100 + attempts / 2).checked_div(attempts).unwrap_or(0)
    }

    /// The figures of a day, each with those of the last hours beside it.
    fn stats(&self, lately: &Self) -> Vec<Stat> {
        let tone = |bad: bool| if bad { StatTone::Bad } else { StatTone::Plain };
        vec![
            Stat::new(t!("security-succeeded", lately = lately.succeeded), self.succeeded.to_string()),
            Stat::new(t!("security-failed", lately = lately.failed), self.failed.to_string()),
            Stat::new(t!("security-rate", lately = lately.failing()), t!("security-percent", rate = self.failing()))
                .tone(tone(lately.failing() > 50 && lately.failed > 20)),
            Stat::new(t!("security-locked", lately = lately.locked), self.locked.to_string())
                .tone(tone(lately.locked > 20)),
            Stat::new(t!("security-refused", lately = lately.refused), self.refused.to_string()),
        ]
    }
}

/// Why it happened, in words.
fn reason_words(row: &AuditRow) -> String {
    let reason = detail_of(row, "reason");
    let key = format!("security-reason-{reason}");
    if exists(&key) { t!(&key) } else { reason }
}

fn table(rows: &[AuditRow], names: &Names) -> AnyView {
    let rows = rows
        .iter()
        .map(|row| {
            let whom = if row.object_kind == "person" { names.object(row) } else { t!("security-nobody").into_any() };
            view! {
                <tr>
                    <td data-label=t!("audit-when") class="nowrap"><Moment at=row.at time=true/></td>
                    <td data-label=t!("audit-action")>{action_words(&row.action)}</td>
                    <td data-label=t!("security-why")>{reason_words(row)}</td>
                    <td data-label=t!("security-whom")>{whom}</td>
                    <td data-label=t!("security-from")><code class="nowrap">{detail_of(row, "address")}</code></td>
                    <td data-label=t!("security-count")>{detail_of(row, "count")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label=t!("security-title")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("security-title")}</caption>
                <thead><tr>
                    <th scope="col">{t!("audit-when")}</th>
                    <th scope="col">{t!("audit-action")}</th>
                    <th scope="col">{t!("security-why")}</th>
                    <th scope="col">{t!("security-whom")}</th>
                    <th scope="col">{t!("security-from")}</th>
                    <th scope="col">{t!("security-count")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}
