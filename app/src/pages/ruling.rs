//! What a learner reads where no attempt was left: that a trainer decides, and then what was decided and why.

use super::opened::Opened;
use crate::context::services;
use crate::failure::Failure;
use crate::t;
use crate::ui::{Actions, Button, Hidden, Notice, NoticeKind};
use crate::when;
use domain::course::Activity;
use domain::progress::{Rule, Ruling, waits};
use leptos::prelude::*;

/// The notice on an activity's page; with `begin`, a given attempt can be begun from it. Nothing where attempts were never used up.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn notice(opened: &Opened, activity: &Activity, begin: bool) -> Result<Option<AnyView>, Failure> {
    let rule = Rule::of(activity);
    let used_up =
        opened.states.get(&activity.id).filter(|state| rule.attempts().is_some_and(|most| state.attempts >= most));
    let Some(state) = used_up else { return Ok(None) };
    if waits(&rule, state) {
        return Ok(Some(view! { <Notice kind=NoticeKind::Warn><p>{t!("ruling-waits")}</p></Notice> }.into_any()));
    }
    let latest = services().db.rulings_on(opened.enrolment.id, &activity.id).await?.into_iter().next();
    let Some(ruled) = latest else { return Ok(None) };
    let title = match ruled.ruling {
        Ruling::Accepted => t!("ruling-accepted", date = when::moment(ruled.made_at)),
        // Once that attempt passed, it is a pass like any other.
        Ruling::Again if state.is_completed() => return Ok(None),
        Ruling::Again => t!("ruling-again", date = when::moment(ruled.made_at)),
    };
    let form = (begin && ruled.ruling == Ruling::Again).then(|| {
        view! {
            <form method="post" action="/do/start-run">
                <Hidden name="course" value=opened.enrolment.slug.to_string()/>
                <Hidden name="activity" value=activity.id.to_string()/>
                <Actions><Button label=t!("ruling-begin")/></Actions>
            </form>
        }
    });
    Ok(Some(
        view! {
            <Notice kind=NoticeKind::Info title=title>
                <p>{t!("event-reason", reason = ruled.reason)}</p>
                {form}
            </Notice>
        }
        .into_any(),
    ))
}
