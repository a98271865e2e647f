//! A lesson: comfortable reading, and one button at the end.

use super::activity::{crumbs, kicker, pager, quiet_pager};
use super::opened::Opened;
use super::remark;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, Button, Hidden, Icon, IconName, PageHeader};
use domain::course::Activity;
use domain::lesson::Lesson;
use domain::progress::ActivityState;
use leptos::prelude::*;

/// The page of a lesson.
#[must_use]
pub fn show(opened: &Opened, activity: &Activity, lesson: &Lesson) -> AnyView {
    let html = opened.authored.page(activity.folder(), &lesson.text);
    let read = opened.states.get(&activity.id).is_some_and(ActivityState::is_completed);
    let last = opened.package.neighbours(&activity.id).1.is_none();
    let end = if read {
        view! { <p class="good"><Icon name=IconName::Done/>" "{t!("lesson-done")}</p> }.into_any()
    } else {
        let label = if last { t!("lesson-finish-last") } else { t!("lesson-finish") };
        view! {
            <form method="post" action="/do/finish-lesson">
                <Hidden name="course" value=opened.enrolment.slug.to_string()/>
                <Hidden name="activity" value=activity.id.to_string()/>
                <Actions><Button label=label/></Actions>
            </form>
        }
        .into_any()
    };
    let about = remark::Subject::Whole(opened.enrolment.slug.to_string(), activity.id.to_string());
    let remark = remark::form(&about);
    let title = activity.title.clone();
    let (above, what) = (crumbs(opened), kicker(activity));
    // Until then there is one way on: the button.
    let below = if read { pager(opened, activity) } else { quiet_pager(opened, activity) };
    view! {
        <Frame title=title.clone() narrow=true>
            {above}
            <PageHeader title=title/>
            <div class="stack">
                {what}
                <article class="prose" inner_html=html.to_string()></article>
                {end}
                {remark}
                {below}
            </div>
        </Frame>
    }
    .into_any()
}
