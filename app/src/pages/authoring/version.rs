//! One version: what is in it, what the check says of it, and how to try it.

use super::edition::{Edition, badge, name};
use super::findings::{Findings, count};
use super::{keys, publish};
use crate::failure::Failure;
use crate::pages::course::{kind_icon, kind_words, rule_words};
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Badge, ButtonKind, Facts, Icon, IconName, LinkButton, Notice, NoticeKind, PageHeader, fact};
use crate::when::Moment;
use domain::course::{Activity, Body, Mode, Module};
use domain::progress::Rule;
use leptos::prelude::*;
use std::sync::Arc;

/// The page of a version.
#[component]
pub fn Version() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let edition = Edition::load().await?;
    let findings = edition.check().await?;
    let is_draft = edition.version.number.is_none();
    let changes = if is_draft { Some((publish::changes(&edition).await?, keys::view(&edition).await?)) } else { None };
    let publish = changes.map(|(changes, keys)| {
        let control = publish::control(&edition);
        view! {
            <section class="card stack">
                <h2>{t!("publish-title")}</h2>
                {changes}
                {keys}
                {control}
            </section>
        }
    });
    let modules = edition.package.modules.iter().map(|module| module_view(&edition, &findings, module)).collect_view();
    let (base, package) = (edition.base(), Arc::clone(&edition.package));
    let guide = package.guide.is_some().then(|| {
        view! { <LinkButton label=t!("version-guide") href=format!("{base}/guide") kind=ButtonKind::Secondary/> }
    });
    let job_aid = package.job_aid.is_some().then(|| {
        view! { <LinkButton label=t!("course-job-aid") href=format!("{base}/job-aid") kind=ButtonKind::Secondary/> }
    });
    let (crumbs, kicker, check, about) =
        (edition.crumbs(false), name(&edition.version), check_view(&findings), about(&edition));
    Ok(view! {
        <Frame title=format!("{} – {kicker}", package.title)>
            {crumbs}
            <PageHeader title=package.title.clone() kicker=kicker lead=package.summary.clone()>
                {guide}
                {job_aid}
                <LinkButton label=t!("version-export") href=format!("{base}/export.zip") kind=ButtonKind::Quiet
                    icon=IconName::Download download=true/>
            </PageHeader>
            <div class="stack stack-wide">
                {check}
                {publish}
                <section class="section">
                    <div class="section-head"><h2>{t!("version-outline")}</h2><span class="soft small">{t!("version-outline-lead")}</span></div>
                    <ol class="modules">{modules}</ol>
                </section>
                <section class="section"><h2>{t!("version-about")}</h2>{about}</section>
            </div>
        </Frame>
    }
    .into_any())
}

fn check_view(findings: &Findings) -> AnyView {
    if findings.is_empty() {
        return view! { <Notice kind=NoticeKind::Good><p>{t!("check-clean")}</p></Notice> }.into_any();
    }
    let (kind, title) = if findings.errors > 0 {
        (NoticeKind::Bad, t!("check-broken-now", count = count(findings.errors)))
    } else {
        (NoticeKind::Warn, t!("check-warned", count = count(findings.warnings)))
    };
    view! {
        <section class="section">
            <Notice kind=kind title=title><p>{t!("check-warned-text")}</p></Notice>
            {findings.view()}
        </section>
    }
    .into_any()
}

fn about(edition: &Edition) -> AnyView {
    let (version, package) = (&edition.version, &edition.package);
    let mut items = vec![
        fact(t!("about-state"), badge(version)),
        fact(t!("about-uploaded"), view! { <Moment at=version.created_at time=true/> }),
    ];
    if let Some(at) = version.published_at {
        items.push(fact(t!("about-published"), view! { <Moment at=at time=true/> }));
        let people = i64::try_from(version.people).unwrap_or(i64::MAX);
        items.push(fact(t!("about-people"), t!("version-people", count = people)));
    }
    items.push(fact(t!("about-minutes"), t!("minutes", minutes = package.minutes)));
    items.push(fact(t!("about-language"), package.language.as_str().to_owned()));
    items.push(fact(t!("about-keys"), package.keys.clone()));
    let competencies = package.competencies.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(", ");
    if !competencies.is_empty() {
        items.push(fact(t!("about-competencies"), competencies));
    }
    items.push(fact(t!("about-hash"), view! { <span class="hash">{version.hash.to_string()}</span> }));
    view! { <Facts items=items/> }.into_any()
}

fn module_view(edition: &Edition, findings: &Findings, module: &Module) -> AnyView {
    let items = module.activities.iter().map(|activity| activity_view(edition, findings, activity)).collect_view();
    let minutes: u32 = module.activities.iter().map(|activity| activity.minutes).sum();
    view! {
        <li class="module">
            <div class="module-head">
                <h3>{module.title.clone()}</h3>
                <span class="soft small">{t!("minutes", minutes = minutes)}</span>
            </div>
            <p class="module-summary">{module.summary.clone()}</p>
            <ul class="activities">{items}</ul>
        </li>
    }
    .into_any()
}

fn activity_view(edition: &Edition, findings: &Findings, activity: &Activity) -> AnyView {
    let found = findings.about(&activity.file);
    let variants = activity.tellings().filter(|telling| telling.variant.is_some());
    let found = found + variants.map(|telling| findings.about(telling.file)).sum::<usize>();
    let found = (found > 0).then(|| {
        view! { <p class="activity-missing">{t!("check-findings", count = count(found))}</p> }
    });
    let optional = (!activity.required).then(|| t!("activity-optional"));
    let mode = match &activity.body {
        Body::Conversation { mode: Mode::Practice, .. } => Some(t!("mode-practice")),
        Body::Conversation { .. } => Some(t!("mode-assessed")),
        _ => None,
    };
    let variants = activity.tellings().count().saturating_sub(1);
    let variants = (variants > 0).then(|| view! { <span>{t!("version-variants", count = count(variants))}</span> });
    view! {
        <li class="activity">
            <span class="activity-state"><Icon name=kind_icon(activity.kind())/></span>
            <p class="activity-title"><a href=format!("{}/a/{}", edition.base(), activity.id)>{activity.title.clone()}</a></p>
            <p class="activity-rule">{rule_words(&Rule::of(activity))}" "{optional}</p>
            {found}
            <p class="activity-side">
                <span>{kind_words(activity.kind())}</span>
                {mode.map(|mode| view! { <Badge label=mode/> })}
                <span>{t!("minutes", minutes = activity.minutes)}</span>
                <span><code>{activity.file.clone()}</code></span>
                {variants}
            </p>
        </li>
    }
    .into_any()
}
