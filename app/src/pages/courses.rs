//! All courses that can be taken.

use crate::context::{services, viewer};
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Badge, BadgeKind, EmptyState, Icon, IconName, PageHeader};
use leptos::prelude::*;

/// The catalogue.
#[component]
pub fn Courses() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let services = services();
    let mine = services.db.home(viewer.person).await?;
    let courses = services.db.courses(false).await?;
    let cards = courses
        .iter()
        .filter(|course| course.current.is_some() && !course.archived)
        .map(|course| {
            let own = mine.iter().find(|row| row.course == course.id);
            let badge = own.map(|row| match (row.completed_at.is_some(), row.enrolment.is_some()) {
                (true, _) => view! { <Badge label=t!("status-done") kind=BadgeKind::Done/> }.into_any(),
                (_, true) => view! { <Badge label=t!("status-in-progress") kind=BadgeKind::InProgress/> }.into_any(),
                _ => view! { <Badge label=t!("courses-assigned") kind=BadgeKind::NotStarted/> }.into_any(),
            });
            view! {
                <li class="card card-link">
                    <h2 class="card-title"><a href=format!("/courses/{}", course.slug)>{course.title.clone()}</a></h2>
                    <p>{course.summary.clone()}</p>
                    <p class="meta">
                        {badge}
                        <span><Icon name=IconName::Clock/>{t!("minutes", minutes = course.minutes)}</span>
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let body = if cards.is_empty() {
        view! { <EmptyState title=t!("courses-empty") text=t!("courses-empty-text") icon=IconName::Course/> }.into_any()
    } else {
        view! { <ul class="grid grid-large">{cards}</ul> }.into_any()
    };
    Ok(view! {
        <Frame title=t!("courses-title")>
            <PageHeader title=t!("courses-title") lead=t!("courses-lead")/>
            {body}
        </Frame>
    }
    .into_any())
}
