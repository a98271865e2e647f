//! Mind the gap: the same case on two channels, compared over many people.

mod attempts;
mod headline;
mod how;
mod table;

use super::page;
use crate::context::visit;
use crate::failure::Failure;
use crate::groups::{GroupChoice, GroupField};
use crate::shell::Frame;
use crate::t;
use crate::ui::{Button, ButtonKind, EmptyState, IconName, LinkButton, Notice, PageHeader};
use domain::conversation::Channel;
use domain::gap::{Gap, gaps};
use domain::ids::GroupId;
use leptos::prelude::*;
use store::Scope;

const PAGE: &str = "/gap";

/// All pairs of channels.
#[component]
pub fn Overview() -> impl IntoView {
    page(overview())
}

async fn overview() -> Result<AnyView, Failure> {
    let choice = GroupChoice::load(Scope::Everyone, &visit().query("group").unwrap_or_default()).await?;
    let group = choice.named.id();
    let (attempts, unfinished) = attempts::all(group).await?;
    let found = gaps(&attempts);
    let results = match choice.problem() {
        Some(problem) => view! { <EmptyState title=t!("gap-nothing") text=problem icon=IconName::Talk/> }.into_any(),
        None if found.is_empty() => nothing(group),
        None => results(&found, unfinished),
    };
    let filters = filters(choice);
    Ok(view! {
        <Frame title=t!("gap-title") wide=true>
            <PageHeader title=t!("gap-title") lead=t!("gap-lead")/>
            <div class="stack stack-wide">
                <Notice title=t!("gap-simulated")><p>{t!("gap-simulated-text")}</p></Notice>
                {filters}
                {results}
                {how::details(&found)}
            </div>
        </Frame>
    }
    .into_any())
}

fn filters(choice: GroupChoice) -> Option<AnyView> {
    (!choice.is_empty()).then(|| {
        let group = choice.named.id();
        let problem = choice.problem().unwrap_or_default();
        view! {
            <form class="filters" method="get" action=PAGE aria-label=t!("gap-filter")>
                <GroupField choice=choice label=t!("gap-group") none=t!("gap-everybody") error=problem/>
                <div class="actions">
                    <Button label=t!("gap-show") kind=ButtonKind::Secondary icon=IconName::Filter/>
                    {group.map(|_| view! { <LinkButton label=t!("gap-clear") href=PAGE kind=ButtonKind::Quiet/> })}
                </div>
            </form>
        }
        .into_any()
    })
}

fn results(found: &[Gap], unfinished: u64) -> AnyView {
    let unfinished = i64::try_from(unfinished).unwrap_or(i64::MAX);
    view! {
        <section class="stack" aria-labelledby="gap-found">
            <h2 id="gap-found">{headline::words(found)}</h2>
            {table::pairs(found)}
            <p class="small soft">{t!("gap-left-out", count = unfinished)}</p>
        </section>
    }
    .into_any()
}

fn nothing(group: Option<GroupId>) -> AnyView {
    let text = if group.is_some() { t!("gap-nothing-group") } else { t!("gap-nothing-text") };
    view! { <EmptyState title=t!("gap-nothing") text=text icon=IconName::Talk/> }.into_any()
}

/// A channel by the name that course files give it, as the catalogue's keys end: `public`, `dm`.
fn key(channel: Channel) -> String {
    serde_json::to_value(channel).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A channel as a noun.
fn noun(channel: Channel) -> String {
    t!(&format!("gap-noun-{}", key(channel)))
}

/// A channel as where something happens.
fn place(channel: Channel) -> String {
    t!(&format!("gap-place-{}", key(channel)))
}

/// A difference of scores in points of a hundred, with its sign.
fn points(difference: f64) -> String {
    let shown = format!("{:.1}", difference.abs() * 100.0);
    match shown.as_str() {
        "0.0" => shown,
        _ if difference < 0.0 => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

/// A share as whole percent.
fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_in_points_with_a_sign() {
        let shown: Vec<_> = [0.081, -0.204, 0.0004, -0.0004].into_iter().map(points).collect();
        assert_eq!(shown, ["+8.1", "−20.4", "0.0", "0.0"]);
    }

    #[test]
    fn every_channel_has_its_words() {
        for channel in [Channel::Public, Channel::DirectMessage, Channel::Phone, Channel::Email] {
            for part in ["noun", "place"] {
                let key = format!("gap-{part}-{}", key(channel));
                assert!(crate::text::exists(&key), "{key}");
            }
        }
    }
}
