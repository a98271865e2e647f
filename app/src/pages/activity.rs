//! One activity: opens the page of its kind.

use super::course::{kind_icon, kind_words};
use super::opened::Opened;
use super::{acknowledgement, conversation, lesson, quiz};
use crate::context::{by_the_way, now, services, viewer};
use crate::failure::Failure;
use crate::pages::{page, param};
use crate::t;
use crate::ui::{Crumb, Crumbs, Icon, IconName, Pager};
use domain::course::{Activity as Item, Body};
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;

/// The activity page.
#[component]
pub fn Activity() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let slug: Slug = param("slug")?;
    let id: ActivityId = param("activity")?;
    let opened = Opened::load(&slug).await?;
    let activity = opened.activity(&id)?.clone();
    if !opened.enrolment.is_at(&id, &opened.states, now()) {
        by_the_way(services().db.visit_activity(opened.enrolment.id, viewer.person, &id, now()).await)?;
    }
    match &activity.body {
        Body::Lesson(lesson) => Ok(lesson::show(&opened, &activity, lesson)),
        Body::Quiz(quiz) => quiz::show(&opened, &activity, quiz).await,
        Body::Conversation { mode, .. } => conversation::show(&opened, &activity, *mode).await,
        Body::Acknowledgement(text) => Ok(acknowledgement::show(&opened, &activity, text)),
    }
}

/// The way back to the course.
#[must_use]
pub fn crumbs(opened: &Opened) -> AnyView {
    let items = vec![Crumb::new(opened.home(), opened.package.title.clone())];
    view! { <Crumbs label=t!("crumbs") items=items/> }.into_any()
}

/// The line above an activity's title: its kind and how long it takes.
#[must_use]
pub fn kicker(activity: &Item) -> AnyView {
    let minutes = t!("minutes", minutes = activity.minutes);
    view! {
        <p class="meta">
            <span><Icon name=kind_icon(activity.kind())/>{kind_words(activity.kind())}</span>
            <span>{minutes}</span>
        </p>
    }
    .into_any()
}

/// Links to the activities before and after.
#[must_use]
pub fn pager(opened: &Opened, activity: &Item) -> AnyView {
    let (before, after) = opened.package.neighbours(&activity.id);
    let link = |item: Option<&Item>| item.map(|item| (opened.href(&item.id), item.title.clone()));
    let (previous_href, previous_title) = link(before).unwrap_or_default();
    let (next_href, next_title) = link(after).unwrap_or_else(|| (opened.home(), opened.package.title.clone()));
    let next_label = if after.is_some() { t!("pager-next") } else { t!("pager-course") };
    view! {
        <Pager label=t!("pager") previous_label=t!("pager-previous") previous_href=previous_href
            previous_title=previous_title next_label=next_label next_href=next_href next_title=next_title/>
    }
    .into_any()
}

/// While something is under way: the way out, and no way on beside what is to be done here.
#[must_use]
pub fn quiet_pager(opened: &Opened, activity: &Item) -> AnyView {
    let before = opened.package.neighbours(&activity.id).0;
    let before = before.map(|item| {
        view! { <a href=opened.href(&item.id) rel="prev"><Icon name=IconName::Left/>{item.title.clone()}</a> }
    });
    view! {
        <nav class="pager-quiet" aria-label=t!("pager")>
            <a href=opened.home()>{t!("pager-leave")}</a>
            {before}
        </nav>
    }
    .into_any()
}
