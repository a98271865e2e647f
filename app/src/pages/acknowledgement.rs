//! A text to agree to, word for word.

use super::activity::{crumbs, kicker, pager, quiet_pager};
use super::opened::Opened;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, Button, Hidden, Icon, IconName, PageHeader};
use crate::when;
use domain::acknowledgement::Acknowledgement;
use domain::course::Activity;
use leptos::prelude::*;

/// The page of an acknowledgement.
#[must_use]
pub fn show(opened: &Opened, activity: &Activity, text: &Acknowledgement) -> AnyView {
    let html = opened.authored.page(activity.folder(), &text.text);
    let agreed = opened.states.get(&activity.id).and_then(|state| state.completed);
    let statement = opened.authored.plain(&text.statement);
    let end = match agreed {
        Some(at) => {
            view! { <p class="good"><Icon name=IconName::Done/>" "{t!("agree-done", date = when::day(at))}</p> }
                .into_any()
        }
        None => view! {
            <form method="post" action="/do/agree" class="card">
                <Hidden name="course" value=opened.enrolment.slug.to_string()/>
                <Hidden name="activity" value=activity.id.to_string()/>
                <Hidden name="text" value=text.exact(opened.authored.facts()).hash.to_string()/>
                <p class="strong">{statement}</p>
                <Actions><Button label=t!("agree-do")/></Actions>
            </form>
        }
        .into_any(),
    };
    let title = activity.title.clone();
    let (above, what) = (crumbs(opened), kicker(activity));
    // Until then there is one way on: the button.
    let below = if agreed.is_some() { pager(opened, activity) } else { quiet_pager(opened, activity) };
    view! {
        <Frame title=title.clone() narrow=true>
            {above}
            <PageHeader title=title lead=t!("agree-lead")/>
            <div class="stack">
                {what}
                <article class="prose prose-small" inner_html=html.to_string()></article>
                {end}
                {below}
            </div>
        </Frame>
    }
    .into_any()
}
