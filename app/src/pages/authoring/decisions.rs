//! People who have no attempt left, and what trainers decide about them: under a pseudonym, because trainers see how it went.

use super::remarks::pseudonym;
use crate::context::{services, viewer, visit};
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, Crumb, Crumbs, EmptyState, ErrorSummary, FieldError, Hidden, IconName, Notice,
    PageHeader, TextArea,
};
use crate::when::Moment;
use domain::course::{Activity, Package};
use domain::ids::{EnrolmentId, SubjectId};
use domain::named::ActivityId;
use domain::percent::Percent;
use domain::progress::{Missing, Rule, Ruling, missing, waits};
use domain::slug::Slug;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{RuledListed, Tried};

/// The page's address.
pub const PAGE: &str = "/authoring/decisions";

/// The most people on the page who wait; more come up as these are decided about.
const MOST: usize = 20;

/// How many decisions are told of.
const LATEST: u32 = 8;

/// Somebody who waits for a decision.
pub struct Waiting {
    /// Who, and where they stand.
    pub tried: Tried,
    package: Arc<Package>,
}

/// The field of the reason: several of these forms stand on one page, and every field there has a name of its own.
#[must_use]
pub fn field(enrolment: EnrolmentId, activity: &ActivityId) -> String {
    format!("reason.{enrolment}.{activity}")
}

/// Everybody who waits, the longest first.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn waiting() -> Result<Vec<Waiting>, Failure> {
    let services = services();
    let mut all = Vec::new();
    for tried in services.db.tried().await? {
        let package = services.packages.get(&services.db, tried.version).await?;
        let rule = package.activity(&tried.state.activity).map(Rule::of);
        if rule.is_some_and(|rule| waits(&rule, &tried.state)) {
            all.push(Waiting { tried, package });
        }
    }
    Ok(all)
}

/// The page.
#[component]
pub fn Decisions() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let waiting = waiting().await?;
    let mut cards = Vec::new();
    for one in waiting.iter().take(MOST) {
        cards.push(one.card().await?);
    }
    let more = waiting.len().saturating_sub(MOST);
    let more = (more > 0).then(|| {
        view! { <Notice><p>{t!("decisions-more", count = super::findings::count(more))}</p></Notice> }
    });
    let body = if cards.is_empty() {
        view! { <EmptyState title=t!("decisions-none") text=t!("decisions-none-text") icon=IconName::Done/> }.into_any()
    } else {
        view! { <ul class="remarks">{cards}</ul> }.into_any()
    };
    let refused = visit().refused;
    let errors = waiting.iter().filter_map(|one| {
        let field = one.field();
        Some(FieldError::new(field.clone(), refused.problem(&field)?))
    });
    let errors = errors.collect::<Vec<_>>();
    let general = refused.problem("").map(|problem| view! { <Notice><p>{problem}</p></Notice> });
    let decided = decided(&services().db.rulings(LATEST).await?).await?;
    let crumbs = vec![Crumb::new("/authoring", t!("nav-authoring"))];
    Ok(view! {
        <Frame title=t!("decisions-title") narrow=true>
            <Crumbs label=t!("crumbs") items=crumbs/>
            <PageHeader title=t!("decisions-title") lead=t!("decisions-lead")/>
            <div class="stack stack-wide">
                <ErrorSummary title=t!("form-problem") errors=errors/>
                {general}
                {more}
                {body}
                {decided}
            </div>
        </Frame>
    }
    .into_any())
}

/// An attempt that was used.
struct Attempt {
    percent: Option<Percent>,
    variant: Option<Slug>,
}

impl Waiting {
    fn field(&self) -> String {
        field(self.tried.enrolment, &self.tried.state.activity)
    }

    /// The preview of the activity: of the telling that was played, where there are several.
    fn preview(&self, variant: Option<&Slug>) -> String {
        let Tried { slug, version, state, .. } = &self.tried;
        let variant = variant.map(|name| format!("?variant={name}")).unwrap_or_default();
        format!("/authoring/{slug}/{version}/a/{}{variant}", state.activity)
    }

    /// What was tried, the oldest first.
    async fn attempts(&self, rule: &Rule) -> Result<Vec<Attempt>, Failure> {
        let services = services();
        let (enrolment, activity) = (self.tried.enrolment, &self.tried.state.activity);
        if matches!(rule, Rule::PassQuiz { .. }) {
            let found = services.db.attempts(enrolment, activity).await?;
            let used = found.into_iter().filter(|attempt| attempt.submitted_at.is_some());
            let used = used.map(|one| Attempt { percent: one.percent, variant: None });
            return Ok(used.collect());
        }
        let found = services.db.runs(enrolment, activity).await?;
        let used = found.into_iter().rev().filter(|run| !run.practice && run.ended_at.is_some());
        Ok(used.map(|one| Attempt { percent: one.score, variant: one.variant }).collect())
    }

    async fn card(&self) -> Result<AnyView, Failure> {
        let Tried { subject, slug, title, state, person, .. } = &self.tried;
        let activity = self.package.activity(&state.activity).ok_or(Failure::Internal)?;
        let rule = Rule::of(activity);
        let attempts = self.attempts(&rule).await?;
        let pass = match missing(&rule, Some(state)) {
            Some(Missing::NoAttemptLeft { pass, .. }) => i64::from(pass.whole()),
            _ => return Err(Failure::Internal),
        };
        let best = match state.best {
            Some(best) => t!("decisions-best", best = i64::from(best.whole()), pass = pass),
            None => t!("decisions-no-best", pass = pass),
        };
        let next = next(activity, &attempts);
        let tried = attempts
            .iter()
            .map(|attempt| {
                let mark = attempt.percent.map(|mark| mark.to_string()).unwrap_or_default();
                let told = attempt.variant.as_ref().map(|name| {
                    view! { " "<a href=self.preview(Some(name))>{t!("decisions-variant", name = name.to_string())}</a> }
                });
                view! { <li><b>{mark}</b>{told}</li> }
            })
            .collect_view();
        let decide = if *person == viewer()?.person {
            view! { <p class="soft">{t!("decisions-self")}</p> }.into_any()
        } else {
            self.form()
        };
        Ok(view! {
            <li class="card remark-card">
                <h2>{someone(slug, *subject)}</h2>
                <p><a href=self.preview(None)>{activity.title.clone()}</a>" · "<span class="soft">{title.clone()}</span></p>
                <p>{best}</p>
                <ol>{tried}</ol>
                <p class="small soft">{next}</p>
                {decide}
            </li>
        }
        .into_any())
    }

    fn form(&self) -> AnyView {
        let refused = visit().refused;
        let field = self.field();
        let (typed, error) = (refused.typed(&field), refused.problem(&field).unwrap_or_default());
        let (enrolment, state) = (self.tried.enrolment.to_string(), &self.tried.state);
        view! {
            <form class="form" method="post" action="/do/decide">
                <Hidden name="enrolment" value=enrolment/>
                <Hidden name="activity" value=state.activity.to_string()/>
                <Hidden name="attempts" value=state.attempts.to_string()/>
                <TextArea label=t!("decision-reason") name=field hint=t!("decisions-reason-hint") value=typed error=error rows=2
                    maxlength=500/>
                <Actions>
                    <Button label=t!("decisions-again") name="ruling" value=Ruling::Again.as_str()/>
                    <Button label=t!("decisions-accept") name="ruling" value=Ruling::Accepted.as_str() kind=ButtonKind::Secondary/>
                </Actions>
            </form>
        }
        .into_any()
    }
}

/// Who somebody is to trainers.
fn someone(slug: &Slug, subject: SubjectId) -> String {
    t!("decisions-who", name = pseudonym(slug, subject))
}

/// What one more attempt would be, given what was shown already.
fn next(activity: &Activity, attempts: &[Attempt]) -> String {
    let played: BTreeSet<Option<&Slug>> = attempts.iter().map(|attempt| attempt.variant.as_ref()).collect();
    let left = activity.tellings().filter(|telling| !played.contains(&telling.variant)).count();
    match (activity.tellings().count(), left) {
        (0, _) => t!("decisions-next-quiz"),
        (_, 0) => t!("decisions-next-same"),
        (_, left) => t!("decisions-next-other", count = super::findings::count(left)),
    }
}

/// The latest decisions.
async fn decided(all: &[RuledListed]) -> Result<Option<AnyView>, Failure> {
    let services = services();
    let mut items = Vec::new();
    for RuledListed { ruled, subject, slug, title, version, by } in all {
        let package = services.packages.get(&services.db, *version).await?;
        let activity = package.activity(&ruled.activity);
        let what = activity.map_or_else(|| ruled.activity.to_string(), |activity| activity.title.clone());
        let href = format!("/authoring/{slug}/{version}/a/{}", ruled.activity);
        let words = match ruled.ruling {
            Ruling::Again => t!("decisions-was-again", name = someone(slug, *subject)),
            Ruling::Accepted => t!("decisions-was-accepted", name = someone(slug, *subject)),
        };
        let by = by.clone().map(|name| t!("decisions-by", name = name));
        items.push(view! {
            <li>
                <p><b>{words}</b>" "<a href=href>{what}</a>" · "<span class="soft">{title.clone()}</span></p>
                <p>{t!("event-reason", reason = ruled.reason.clone())}</p>
                <p class="small soft"><Moment at=ruled.made_at/>" "{by}</p>
            </li>
        });
    }
    Ok((!items.is_empty()).then(|| {
        view! {
            <section class="section">
                <div class="section-head"><h2>{t!("decisions-decided")}</h2></div>
                <ul class="stack">{items}</ul>
            </section>
        }
        .into_any()
    }))
}
