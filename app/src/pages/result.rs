//! How it went: the feedback of a quiz, the debrief of a conversation.

use super::activity::crumbs;
use super::opened::Opened;
use crate::context::{services, viewer};
use crate::failure::Failure;
use crate::pages::{debrief, page, param, query, quiz_result};
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, ButtonKind, LinkButton, PageHeader};
use domain::course::{Activity, Body};
use domain::ids::{AttemptId, ReceiptId, RunId};
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;

/// The result of one attempt or one play.
#[component]
pub fn Outcome() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let slug: Slug = param("slug")?;
    let id: ActivityId = param("activity")?;
    let services = services();
    let opened = Opened::load(&slug).await?;
    let activity = opened.activity(&id)?.clone();
    let receipt: Option<ReceiptId> = query::<ReceiptId>("receipt").filter(|_| opened.enrolment.completed_at.is_some());
    let onward = Onward::of(&opened, &activity, receipt);
    let body = match &activity.body {
        Body::Quiz(quiz) => {
            let attempt: AttemptId = query("attempt").ok_or(Failure::NotFound)?;
            let attempt = services.db.attempt(attempt, viewer.person).await?.ok_or(Failure::NotFound)?;
            if attempt.submitted_at.is_none() || attempt.activity != id {
                return Err(Failure::NotFound);
            }
            quiz_result::show(&opened, &activity, quiz, &attempt, onward).await?
        }
        Body::Conversation { mode, .. } => {
            let run: RunId = query("run").ok_or(Failure::NotFound)?;
            let run = services.db.run(run, viewer.person).await?.ok_or(Failure::NotFound)?;
            if run.ended_at.is_none() || run.activity != id {
                return Err(Failure::NotFound);
            }
            let debrief = debrief::show(&opened, &activity, *mode, &run).await?;
            let again = opened.href(&activity.id);
            view! {
                {debrief}
                <Actions>
                    {onward.link(ButtonKind::Primary)}
                    <LinkButton label=t!("result-again") href=again kind=ButtonKind::Secondary/>
                </Actions>
            }
            .into_any()
        }
        _ => return Err(Failure::NotFound),
    };
    let above = crumbs(&opened);
    let title = activity.title.clone();
    let narrow = !matches!(activity.body, Body::Conversation { .. });
    Ok(view! {
        <Frame title=title.clone() narrow=narrow>
            {above}
            <PageHeader title=title kicker=t!("result-kicker")/>
            <div class="stack stack-wide">
                {body}
            </div>
        </Frame>
    }
    .into_any())
}

/// Where to go from here.
pub struct Onward {
    label: String,
    href: String,
}

impl Onward {
    /// To the receipt of a course that was just completed, else to the next activity, else back to the course.
    fn of(opened: &Opened, activity: &Activity, receipt: Option<ReceiptId>) -> Self {
        let next = opened.package.neighbours(&activity.id).1;
        let (label, href) = match (receipt, next) {
            (Some(receipt), _) => (t!("result-receipt"), format!("/receipts/{receipt}")),
            (None, Some(next)) => {
                (t!("result-next", title = next.title.clone(), minutes = next.minutes), opened.href(&next.id))
            }
            (None, None) => (t!("pager-course"), opened.home()),
        };
        Self { label, href }
    }

    /// The link that leads there.
    #[must_use]
    pub fn link(&self, kind: ButtonKind) -> AnyView {
        view! { <LinkButton label=self.label.clone() href=self.href.clone() kind=kind/> }.into_any()
    }
}
