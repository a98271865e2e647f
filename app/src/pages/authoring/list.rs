//! Every course: what is live, what is being worked on, and who takes it.

use super::decisions;
use super::edition::badge;
use super::{IMPORT_PAGE, UPLOAD_PAGE};
use crate::context::services;
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{ButtonKind, EmptyState, IconName, LinkButton, PageHeader, TableRegion};
use crate::when::Moment;
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{CourseListed, VersionListed};

/// The list of courses.
#[component]
pub fn List() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let courses = services().db.courses(true).await?;
    let waiting = decisions::waiting().await?.len();
    let decisions = match waiting {
        0 => t!("decisions-title"),
        count => t!("decisions-link", count = super::findings::count(count)),
    };
    let list = if courses.is_empty() { empty() } else { table(&courses) };
    let upload = (!courses.is_empty()).then(|| {
        view! { <LinkButton label=t!("upload-do") href=UPLOAD_PAGE icon=IconName::Upload/> }
    });
    Ok(view! {
        <Frame title=t!("nav-authoring")>
            <PageHeader title=t!("nav-authoring") lead=t!("authoring-lead")>
                {upload}
                <LinkButton label=t!("import-do") href=IMPORT_PAGE kind=ButtonKind::Secondary/>
                <LinkButton label=decisions href=decisions::PAGE kind=ButtonKind::Secondary/>
                <LinkButton label=t!("authoring-facts") href="/site/facts" kind=ButtonKind::Secondary/>
            </PageHeader>
            {list}
        </Frame>
    }
    .into_any())
}

fn empty() -> AnyView {
    view! {
        <EmptyState title=t!("authoring-empty") text=t!("authoring-empty-text") icon=IconName::Course>
            <LinkButton label=t!("upload-do") href=UPLOAD_PAGE icon=IconName::Upload/>
        </EmptyState>
    }
    .into_any()
}

fn table(courses: &[CourseListed]) -> AnyView {
    let rows = courses.iter().map(row).collect_view();
    view! {
        <TableRegion label=t!("authoring-table")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("authoring-table")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("col-course")}</th>
                        <th scope="col">{t!("col-live")}</th>
                        <th scope="col">{t!("col-draft")}</th>
                        <th scope="col" class="num">{t!("col-people")}</th>
                        <th scope="col" class="num">{t!("col-minutes")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

fn row(course: &CourseListed) -> AnyView {
    let page = format!("/authoring/{}", course.slug);
    let people = course.current.as_ref().map_or(0, |version| version.people);
    let live = match &course.current {
        Some(version) => cell(&page, version, version.published_at),
        None => view! { <span class="soft">{t!("state-not-live")}</span> }.into_any(),
    };
    let draft = match &course.draft {
        Some(version) => cell(&page, version, Some(version.created_at)),
        None => view! { <span class="soft">{t!("state-no-draft")}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a href=page>{course.title.clone()}</a><span class="sub">{course.slug.to_string()}</span></th>
            <td data-label=t!("col-live")>{live}</td>
            <td data-label=t!("col-draft")>{draft}</td>
            <td data-label=t!("col-people") class="num">{people}</td>
            <td data-label=t!("col-minutes") class="num">{course.minutes}</td>
        </tr>
    }
    .into_any()
}

fn cell(page: &str, version: &VersionListed, at: Option<Timestamp>) -> AnyView {
    let href = format!("{page}/{}", version.id);
    view! {
        <a href=href>{super::edition::name(version)}</a>" "{badge(version)}
        {at.map(|at| view! { <span class="sub"><Moment at=at/></span> })}
    }
    .into_any()
}
