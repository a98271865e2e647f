//! One course: its modules, what there is to do in each, and what is still missing.

use super::opened::{Opened, facts};
use crate::context::{services, viewer};
use crate::failure::Failure;
use crate::pages::{page, param};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, ButtonKind, Crumb, Crumbs, Icon, IconName, LinkButton, Notice, NoticeKind, PageHeader, Progress,
};
use crate::when;
use domain::course::{Activity, Kind, Module, Package};
use domain::progress::{self, ActivityStatus, Missing, Rule, States};
use domain::slug::Slug;
use leptos::prelude::*;
use std::sync::Arc;
use store::Enrolment;

/// The course page.
#[component]
pub fn Course() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let slug: Slug = param("slug")?;
    let services = services();
    let (enrolment, states) = services.db.course_taken(viewer.person, &slug).await?.unzip();
    let version = match &enrolment {
        Some(enrolment) => enrolment.version,
        None => {
            let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
            course.current.ok_or(Failure::NotFound)?.id
        }
    };
    let package = services.packages.of_person(&services.db, version, viewer.person).await?;
    let states = states.unwrap_or_default();
    let known = facts().await?;
    let missing_facts = known.unset(&package.facts);
    Ok(show(&slug, &package, &states, enrolment.as_ref(), missing_facts.is_empty()))
}

fn show(slug: &Slug, package: &Arc<Package>, states: &States, enrolment: Option<&Enrolment>, ready: bool) -> AnyView {
    let whole = progress::course(package, states);
    let base = format!("/courses/{slug}");
    let next = whole.next.clone().filter(|_| !whole.is_complete());
    let go_on = next.as_ref().map(|id| {
        let label = if enrolment.is_some() { t!("course-continue") } else { t!("course-begin") };
        view! { <LinkButton label=label href=format!("{base}/a/{id}")/> }
    });
    let job_aid = package.job_aid.is_some().then(|| {
        view! { <LinkButton label=t!("course-job-aid") href=format!("{base}/job-aid") kind=ButtonKind::Secondary/> }
    });
    let done = enrolment.and_then(|enrolment| Some((enrolment.completed_at?, enrolment.receipt)));
    let notice = done.map(|(at, receipt)| {
        let link = receipt.map(|id| view! { <a href=format!("/receipts/{id}")>{t!("course-receipt")}</a> });
        view! {
            <Notice kind=NoticeKind::Good title=t!("course-done", date = when::day(at))>
                <p>{link}</p>
            </Notice>
        }
    });
    let modules = package.modules.iter().map(|module| module_view(module, &base, states, next.as_ref())).collect_view();
    let text = t!("count-of", done = whole.done, total = whole.total);
    let (title, summary) = (package.title.clone(), package.summary.clone());
    let (minutes, keys) = (package.minutes, package.keys.clone());
    view! {
        <Frame title=title.clone()>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/courses", t!("courses-title"))]/>
            <PageHeader title=title lead=summary/>
            <div class="stack stack-wide">
                {notice}
                {(!ready).then(|| view! { <Notice kind=NoticeKind::Warn><p>{t!("course-facts-missing")}</p></Notice> })}
                <div class="stack">
                    <Progress label=t!("course-progress") done=whole.done total=whole.total text=text/>
                    <p class="meta">
                        <span><Icon name=IconName::Clock/>{t!("course-minutes", minutes = minutes)}</span>
                        <span>{t!("course-rule")}</span>
                    </p>
                    <Actions>{go_on}{job_aid}</Actions>
                </div>
                <ol class="modules">{modules}</ol>
                <p class="small soft">{t!("course-keys", keys = keys)}</p>
            </div>
        </Frame>
    }
    .into_any()
}

fn module_view(module: &Module, base: &str, states: &States, next: Option<&domain::named::ActivityId>) -> AnyView {
    let part = progress::module(module, states);
    let items = module
        .activities
        .iter()
        .map(|activity| activity_view(activity, base, states, next == Some(&activity.id)))
        .collect_view();
    view! {
        <li class="module">
            <div class="module-head">
                <h2>{module.title.clone()}</h2>
                <span class="soft small">{t!("course-module-done", done = part.done, total = part.total)}</span>
            </div>
            <p class="module-summary">{module.summary.clone()}</p>
            <ul class="activities">{items}</ul>
        </li>
    }
    .into_any()
}

fn activity_view(activity: &Activity, base: &str, states: &States, is_next: bool) -> AnyView {
    let rule = Rule::of(activity);
    let state = states.get(&activity.id);
    let missing = progress::missing(&rule, state);
    let status = state.map(|state| state.status).unwrap_or_default();
    let stuck = matches!(missing, Some(Missing::NoAttemptLeft { .. }));
    let (class, icon, words) = match status {
        _ if stuck => ("activity-failed", IconName::Retry, t!("status-stuck")),
        ActivityStatus::Completed => ("activity-done", IconName::Done, t!("status-done")),
        ActivityStatus::InProgress => ("activity-in-progress", IconName::Half, t!("status-in-progress")),
        ActivityStatus::NotStarted => ("activity-not-started", IconName::Circle, t!("status-not-started")),
    };
    let class = if is_next { format!("activity {class} activity-next") } else { format!("activity {class}") };
    let open = (status == ActivityStatus::InProgress || stuck).then(|| missing.map(missing_words)).flatten();
    let optional = (!activity.required).then(|| t!("activity-optional"));
    view! {
        <li class=class>
            <span class="activity-state"><Icon name=icon/></span>
            <p class="activity-title">
                <a href=format!("{base}/a/{}", activity.id)>{activity.title.clone()}</a>
                <span class="visually-hidden">" – "{words}</span>
            </p>
            <p class="activity-rule">{rule_words(&rule)}" "{optional}</p>
            {open.map(|words| view! { <p class="activity-missing">{words}</p> })}
            <p class="activity-side">
                <span><Icon name=kind_icon(activity.kind())/>{kind_words(activity.kind())}</span>
                <span>{t!("minutes", minutes = activity.minutes)}</span>
            </p>
        </li>
    }
    .into_any()
}

/// What completes an activity, in words.
#[must_use]
pub fn rule_words(rule: &Rule) -> String {
    match rule {
        Rule::Read => t!("rule-read"),
        Rule::PassQuiz { pass, attempts: None } => t!("rule-quiz", pass = i64::from(pass.whole())),
        Rule::PassQuiz { pass, attempts: Some(most) } => {
            t!("rule-quiz-attempts", pass = i64::from(pass.whole()), most = *most)
        }
        Rule::PlayToEnding => t!("rule-practice"),
        Rule::PassConversation { pass, attempts } => {
            t!("rule-assessed", pass = i64::from(pass.whole()), most = *attempts)
        }
        Rule::Agree => t!("rule-agree"),
    }
}

/// What is still missing, in words.
#[must_use]
pub fn missing_words(missing: Missing) -> String {
    let best = |best: Option<domain::percent::Percent>| best.map(|best| i64::from(best.whole()));
    match missing {
        Missing::Read => t!("missing-read"),
        Missing::PlayToEnding => t!("missing-practice"),
        Missing::Agree => t!("missing-agree"),
        Missing::PassQuiz { pass, best: mark, .. } | Missing::PassConversation { pass, best: mark, .. } => {
            let pass = i64::from(pass.whole());
            match best(mark) {
                Some(mark) => t!("missing-pass-best", pass = pass, best = mark),
                None => t!("missing-pass", pass = pass),
            }
        }
        Missing::NoAttemptLeft { pass, .. } => t!("missing-none-left", pass = i64::from(pass.whole())),
    }
}

/// The icon of a kind of activity.
#[must_use]
pub fn kind_icon(kind: Kind) -> IconName {
    match kind {
        Kind::Lesson => IconName::Lesson,
        Kind::Quiz => IconName::Quiz,
        Kind::Conversation => IconName::Talk,
        Kind::Acknowledgement => IconName::Pledge,
    }
}

/// The name of a kind of activity.
#[must_use]
pub fn kind_words(kind: Kind) -> String {
    t!(&format!("kind-{}", kind.as_str()))
}

/// The page learners may print.
#[component]
pub fn JobAid() -> impl IntoView {
    page(job_aid())
}

async fn job_aid() -> Result<AnyView, Failure> {
    let slug: Slug = param("slug")?;
    let opened = Opened::load(&slug).await?;
    let aid = opened.package.job_aid.clone().ok_or(Failure::NotFound)?;
    let html = opened.authored.page("", &aid.text);
    let crumbs =
        vec![Crumb::new("/courses", t!("courses-title")), Crumb::new(opened.home(), opened.package.title.clone())];
    let title = aid.title.clone().unwrap_or_else(|| t!("course-job-aid"));
    Ok(view! {
        <Frame title=t!("course-job-aid") narrow=true>
            <Crumbs label=t!("crumbs") items=crumbs/>
            <PageHeader title=title lead=t!("job-aid-lead")/>
            <article class="prose" inner_html=html.to_string()></article>
        </Frame>
    }
    .into_any())
}
