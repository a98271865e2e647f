//! The courses that come with the program: offered, and looked into before one is used.

use crate::api::setup::offered;
use crate::context::{Offered, services};
use crate::failure::Failure;
use crate::pages::course::{kind_icon, kind_words};
use crate::pages::opened::facts;
use crate::pages::site::fact_label;
use crate::pages::{page, param};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonSize, Crumb, Crumbs, Hidden, Icon, IconName, LinkButton, PageHeader,
};
use domain::course::{Activity, Body, Kind, Module, Package};
use domain::facts::Facts;
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::CourseListed;

/// All of them, each with what it holds and what it needs.
pub(super) async fn list(known: &Facts) -> Result<AnyView, Failure> {
    let services = services();
    let courses = services.db.courses(true).await?.into_iter();
    let here: Here = courses.map(|course| (course.slug.to_string(), course)).collect();
    let all = services.shipped.all().await;
    let cards = all.iter().enumerate().map(|(at, offer)| card(offer, at == 0, known, &here)).collect_view();
    Ok(view! {
        <p>{t!("offers-text")}</p>
        <ul class="offers">{cards}</ul>
        <p class="small soft">{t!("offers-copy")}" "<a href="/authoring/upload">{t!("offers-own")}</a></p>
    }
    .into_any())
}

/// The courses that are here, by name.
type Here = BTreeMap<String, CourseListed>;

/// Whether one click makes it a published course: it is not here, or here as it came and not published for want of a fact.
fn is_open(package: &Package, known: &Facts, here: Option<&CourseListed>) -> bool {
    let Some(here) = here else { return true };
    let unchanged = here.draft.as_ref().is_some_and(|draft| draft.hash == package.hash());
    here.current.is_none() && unchanged && known.unset(&package.facts).is_empty()
}

fn card(offer: &Offered, first: bool, known: &Facts, here: &Here) -> AnyView {
    let package = &offer.package;
    let opening = opening(package).map(|line| view! { <blockquote class="look">{known.fill(line)}</blockquote> });
    let look = format!("/setup/courses/{}", package.id);
    let title = package.title.clone();
    let hidden = format!(": {title}");
    let act = if !is_open(package, known, here.get(package.id.as_str())) {
        let href = format!("/authoring/{}", package.id);
        view! { <LinkButton label=t!("offers-here") href=href kind=ButtonKind::Quiet size=ButtonSize::Small icon=IconName::Done/> }
            .into_any()
    } else {
        use_it(package, known, first, &hidden)
    };
    view! {
        <li class="offer">
            <h3>{title.clone()}</h3>
            <p class="meta"><span><Icon name=IconName::Clock/>{t!("minutes", minutes = package.minutes)}</span><span>{counts(package)}</span></p>
            <p>{known.fill(&package.summary)}</p>
            {opening}
            {needs(package, known)}
            <div class="card-foot">
                {act}
                <a class="btn btn-quiet btn-small" href=look>{t!("offers-look")}<span class="visually-hidden">{hidden}</span></a>
            </div>
        </li>
    }
    .into_any()
}

/// The button that puts a course in.
fn use_it(package: &Package, known: &Facts, first: bool, hidden: &str) -> AnyView {
    let ready = known.unset(&package.facts).is_empty();
    let label = if ready { t!("offers-use") } else { t!("offers-use-draft") };
    let class = if first && ready { "btn btn-small" } else { "btn btn-secondary btn-small" };
    let hidden = hidden.to_owned();
    view! {
        <form method="post" action="/do/use-course">
            <Hidden name="course" value=package.id.to_string()/>
            <button class=class type="submit">{label}<span class="visually-hidden">{hidden}</span></button>
        </form>
    }
    .into_any()
}

/// Which facts a course names, and which of them are still empty.
fn needs(package: &Package, known: &Facts) -> AnyView {
    let unset = known.unset(&package.facts);
    let all = i64::try_from(package.facts.len()).unwrap_or(i64::MAX);
    if unset.is_empty() {
        return view! { <p class="small soft">{t!("offers-facts-set", count = all)}</p> }.into_any();
    }
    let missing = i64::try_from(unset.len()).unwrap_or(i64::MAX);
    let names = unset.into_iter().map(fact_label).collect::<Vec<_>>().join(", ");
    view! {
        <p class="small warn">
            <a href="/setup?step=facts#step">{t!("offers-facts-missing", missing = missing, count = all, names = names)}</a>
        </p>
    }
    .into_any()
}

/// How much of each kind a course holds, in words.
fn counts(package: &Package) -> String {
    let of = |kind: Kind| {
        i64::try_from(package.activities().filter(|activity| activity.kind() == kind).count()).unwrap_or(0)
    };
    let parts = [
        (of(Kind::Conversation), "offers-conversations"),
        (of(Kind::Lesson), "offers-lessons"),
        (of(Kind::Quiz), "offers-quizzes"),
        (of(Kind::Acknowledgement), "offers-agreements"),
    ];
    let filled = parts.into_iter().filter(|(count, _)| *count > 0);
    filled.map(|(count, key)| t!(key, count = count)).collect::<Vec<_>>().join(", ")
}

/// The first words that somebody says in the course's first conversation.
fn opening(package: &Package) -> Option<&str> {
    package.activities().find_map(first_line)
}

fn first_line(activity: &Activity) -> Option<&str> {
    let Body::Conversation { scenario, .. } = &activity.body else { return None };
    scenario
        .nodes
        .iter()
        .flat_map(|node| &node.lines)
        .find(|line| line.speaker.is_some())
        .map(|line| line.text.as_str())
}

/// What one of them holds.
#[component]
pub fn Look() -> impl IntoView {
    page(look())
}

async fn look() -> Result<AnyView, Failure> {
    let slug: String = param("slug")?;
    let offer = offered(&slug).await?;
    let (package, known) = (&offer.package, facts().await?);
    let here = services().db.course(&package.id).await?;
    let act = if !is_open(package, &known, here.as_ref()) {
        view! { <LinkButton label=t!("offers-here") href=format!("/authoring/{}", package.id) kind=ButtonKind::Secondary/> }.into_any()
    } else {
        let ready = known.unset(&package.facts).is_empty();
        let label = if ready { t!("offers-use") } else { t!("offers-use-draft") };
        view! {
            <form method="post" action="/do/use-course">
                <Hidden name="course" value=package.id.to_string()/>
                <Button label=label/>
            </form>
        }
        .into_any()
    };
    let modules = package.modules.iter().map(|module| outline(module, &known)).collect_view();
    let title = package.title.clone();
    Ok(view! {
        <Frame title=title.clone()>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/setup?step=course#step", t!("setup-course"))]/>
            <PageHeader title=title kicker=t!("offers-kicker") lead=known.fill(&package.summary)/>
            <div class="stack stack-wide">
                <div class="stack">
                    <p class="meta"><span><Icon name=IconName::Clock/>{t!("minutes", minutes = package.minutes)}</span><span>{counts(package)}</span></p>
                    {needs(package, &known)}
                    <Actions>
                        {act}
                        <LinkButton label=t!("offers-others") href="/setup?step=course#step" kind=ButtonKind::Quiet/>
                    </Actions>
                </div>
                <ol class="modules">{modules}</ol>
            </div>
        </Frame>
    }
    .into_any())
}

fn outline(module: &Module, known: &Facts) -> AnyView {
    let items = module
        .activities
        .iter()
        .map(|activity| {
            let kind = activity.kind();
            let line =
                first_line(activity).map(|line| view! { <blockquote class="look">{known.fill(line)}</blockquote> });
            view! {
                <li class="activity activity-not-started">
                    <span class="activity-state"><Icon name=kind_icon(kind)/></span>
                    <p class="activity-title">{activity.title.clone()}</p>
                    <div class="activity-rule">{line}</div>
                    <p class="activity-side">
                        <span>{kind_words(kind)}</span>
                        <span>{t!("minutes", minutes = activity.minutes)}</span>
                    </p>
                </li>
            }
        })
        .collect_view();
    let summary = known.fill(&module.summary);
    view! {
        <li class="module">
            <div class="module-head"><h2>{module.title.clone()}</h2></div>
            <p class="module-summary">{summary}</p>
            <ul class="activities">{items}</ul>
        </li>
    }
    .into_any()
}
