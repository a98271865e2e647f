//! One person's courses and what happened with them.

mod decide;
mod events;
mod standing;

use super::{page, param};
use crate::api::tracking::{decides_on, may_track, sees_results};
use crate::context::{Viewer, now, services, viewer, visit};
use crate::failure::Failure;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Crumb, Crumbs, EmptyState, Facts, IconName, LinkButton, PageHeader, fact};
use crate::when::Moment;
use domain::ids::PersonId;
use domain::sight::Reader;
use leptos::prelude::*;
use store::{GroupRef, Membership, Person, PersonState};

/// A person's page.
#[component]
pub fn History() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let visit = visit();
    let id: PersonId = param("id")?;
    may_track(&viewer, id).await?;
    let services = services();
    let person = services.db.person(id).await?;
    if person.state == PersonState::Erased {
        return Err(Failure::NotFound);
    }
    let groups = services.db.groups_of(id).await?;
    let history = services.db.person_history(id, now()).await?;
    let reader = if sees_results(&viewer) { Reader::Hr } else { Reader::Manager };
    let events = events::of(&services, &history, reader).await?;
    let name = person.name.to_string();
    let may_decide = decides_on(&viewer, id);
    let assign = (may_decide || sees_results(&viewer)).then(|| {
        let href = format!("/tracking/assign?person={id}");
        view! { <LinkButton label=t!("tracking-assign") href=href icon=IconName::Plus/> }
    });
    let courses = standing::courses(&person, &history, may_decide, &visit.refused);
    Ok(view! {
        <Frame title=name.clone()>
            <Crumbs label=t!("tracking-crumbs") items=vec![Crumb::new("/tracking", t!("tracking-title"))]/>
            <PageHeader title=name lead=person.login().to_owned()>
                {assign}
            </PageHeader>
            <div class="split">
                <div class="stack stack-wide">
                    {courses}
                    {events}
                </div>
                <aside class="stack">{about(&person, &groups)}{sight(&viewer, may_decide)}</aside>
            </div>
        </Frame>
    }
    .into_any())
}

fn about(person: &Person, groups: &[(GroupRef, Membership)]) -> AnyView {
    let names: Vec<String> = groups
        .iter()
        .map(|(group, membership)| {
            let name = group.name.to_string();
            if membership.manager { t!("history-manages", group = name) } else { name }
        })
        .collect();
    let names = if names.is_empty() { t!("history-no-group") } else { names.join(", ") };
    let items =
        vec![fact(t!("history-groups"), names), fact(t!("history-joined"), view! { <Moment at=person.created_at/> })];
    view! { <Facts items=items/> }.into_any()
}

/// What the viewer sees here and what not.
fn sight(viewer: &Viewer, may_decide: bool) -> AnyView {
    let words = if sees_results(viewer) { t!("history-results") } else { t!("history-dates-only") };
    view! {
        {(!may_decide).then(|| view! { <p class="small soft">{t!("history-own-case")}</p> })}
        <p class="small soft">{words} " " <a href="/recorded">{t!("history-recorded")}</a></p>
    }
    .into_any()
}

fn nothing(person: &Person) -> AnyView {
    let text = t!("history-no-courses-text", name = person.name.to_string());
    view! { <EmptyState title=t!("history-no-courses") text=text icon=IconName::Course/> }.into_any()
}
