//! A worked example: the best way through a practice conversation, with the reason for each reply. Only shown when asked for.

use super::activity::crumbs;
use super::conversation::{shows_example, style};
use super::opened::Opened;
use super::{page, param};
use crate::api::conversation::entry_of;
use crate::context::services;
use crate::failure::Failure;
use crate::islands::transcript;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, LinkButton, Notice, NoticeKind, PageHeader};
use domain::conversation::{Scenario, scene};
use domain::course::{Activity, Body};
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;

/// The page of the example.
#[component]
pub fn Example() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let slug: Slug = param("slug")?;
    let id: ActivityId = param("activity")?;
    let opened = Opened::load(&slug).await?;
    let activity = opened.activity(&id)?.clone();
    let Body::Conversation { scenario, mode, .. } = &activity.body else { return Err(Failure::NotFound) };
    if !shows_example(scenario, *mode) {
        return Err(Failure::NotFound);
    }
    // Whoever has begun finishes first: what is read here would be what is said there.
    let runs = services().db.runs(opened.enrolment.id, &id).await?;
    let body = if runs.first().is_some_and(|run| run.ended_at.is_none()) {
        view! { <Notice kind=NoticeKind::Info title=t!("example-kicker")><p>{t!("example-later")}</p></Notice> }
            .into_any()
    } else {
        best_way(&opened, &activity, scenario)?
    };
    let above = crumbs(&opened);
    let title = activity.title.clone();
    let back = opened.href(&id);
    Ok(view! {
        <Frame title=title.clone() narrow=true>
            {above}
            <PageHeader title=title kicker=t!("example-kicker") lead=t!("example-lead")/>
            <div class="stack stack-wide">
                {body}
                <Actions><LinkButton label=t!("example-then") href=back/></Actions>
            </div>
        </Frame>
    }
    .into_any())
}

/// What is said on the best way, each reply followed by its reason.
fn best_way(opened: &Opened, activity: &Activity, scenario: &Scenario) -> Result<AnyView, Failure> {
    let facts = opened.authored.facts();
    let lookup = |key: &str| facts.look_up(key);
    let failed = |problem: &dyn std::fmt::Display| {
        tracing::error!(activity = %activity.id, %problem, "a published conversation has no example");
        Failure::Internal
    };
    let solved = services().solved.get(&activity.hash, scenario).map_err(|problem| failed(&problem))?;
    let debrief = solved.debrief(&solved.best_run(), &lookup).map_err(|problem| failed(&problem))?;
    let about = scene(scenario, &lookup);
    let style = style(&about, opened.authored.media_prefix());
    let said = |lines: &[domain::conversation::view::Entry]| {
        let entries = lines.iter().map(|line| entry_of(line, &about, opened.authored.media())).collect::<Vec<_>>();
        (!entries.is_empty()).then(|| transcript(&entries, entries.len(), &style, None, None))
    };
    let decisions = debrief
        .decisions
        .iter()
        .map(|decision| {
            let lines = [decision.lines.as_slice(), std::slice::from_ref(&decision.reply)].concat();
            let why = opened.authored.plain(&decision.why);
            view! {
                {said(&lines)}
                <p class="example-why"><b>{t!("example-why")}</b>" "{why}</p>
            }
        })
        .collect_view();
    Ok(view! { <div class="conversation example">{decisions}{said(&debrief.closing)}</div> }.into_any())
}
