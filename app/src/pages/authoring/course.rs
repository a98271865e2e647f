//! One course: its draft, what is live, and what was live before.

use super::UPLOAD_PAGE;
use super::edition::{Edition, badge, name};
use super::publish;
use crate::context::{services, visit};
use crate::failure::Failure;
use crate::pages::{page, param};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, ButtonKind, ButtonSize, Crumb, Crumbs, Icon, IconName, LinkButton, Notice, NoticeKind, PageHeader,
};
use crate::when::Moment;
use domain::slug::Slug;
use leptos::prelude::*;
use store::VersionListed;

/// The page of a course.
#[component]
pub fn Course() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let slug: Slug = param("slug")?;
    let services = services();
    let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
    let versions = services.db.versions(course.id).await?;
    let draft = match &course.draft {
        Some(draft) => Some(draft_view(&Edition::open(&slug, draft.id).await?).await?),
        None => None,
    };
    let problem = visit().refused.problem("");
    let published = versions.iter().filter(|version| version.number.is_some()).collect::<Vec<_>>();
    let list = versions_view(&slug, &published);
    let remarks = i64::try_from(services.db.open_remarks(course.id).await?).unwrap_or(i64::MAX);
    let said = format!("/authoring/{slug}/remarks");
    Ok(view! {
        <Frame title=course.title.clone()>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/authoring", t!("nav-authoring"))]/>
            <PageHeader title=course.title.clone() kicker=slug.to_string() lead=course.summary.clone()>
                <LinkButton label=t!("remarks-link", count = remarks) href=said kind=ButtonKind::Secondary icon=IconName::Flag/>
                <LinkButton label=t!("upload-new") href=UPLOAD_PAGE kind=ButtonKind::Secondary icon=IconName::Upload/>
            </PageHeader>
            <div class="stack stack-wide">
                {problem.map(|problem| view! { <Notice kind=NoticeKind::Bad live=true><p>{problem}</p></Notice> })}
                <section class="section">
                    <div class="section-head"><h2>{t!("version-draft")}</h2></div>
                    {draft.unwrap_or_else(|| view! { <p class="soft">{t!("course-no-draft")}</p> }.into_any())}
                </section>
                <section class="section">
                    <div class="section-head"><h2>{t!("course-versions")}</h2></div>
                    {list}
                </section>
            </div>
        </Frame>
    }
    .into_any())
}

async fn draft_view(draft: &Edition) -> Result<AnyView, Failure> {
    let changes = publish::changes(draft).await?;
    let count = i64::try_from(draft.package.activities().count()).unwrap_or(0);
    let (look, export) = (draft.base(), export(draft.base(), ButtonSize::Normal, &draft.version));
    Ok(view! {
        <div class="card stack">
            <p class="row">
                {badge(&draft.version)}
                <span>{t!("draft-since")}" "<Moment at=draft.version.created_at time=true/></span>
                <span class="soft">{t!("draft-size", count = count, minutes = draft.package.minutes)}</span>
            </p>
            <div><h3>{t!("changes-title")}</h3>{changes}</div>
            <Actions>
                <LinkButton label=t!("draft-look") href=look kind=ButtonKind::Secondary icon=IconName::Eye/>
                {export}
            </Actions>
            {publish::control(draft)}
        </div>
    }
    .into_any())
}

fn export(base: String, size: ButtonSize, version: &VersionListed) -> AnyView {
    let hidden = name(version);
    view! {
        <a class=if size == ButtonSize::Small { "btn btn-quiet btn-small" } else { "btn btn-quiet" }
            href=format!("{base}/export.zip") download="">
            <Icon name=IconName::Download/>{t!("version-export")}<span class="visually-hidden">" – "{hidden}</span>
        </a>
    }
    .into_any()
}

fn versions_view(slug: &Slug, versions: &[&VersionListed]) -> AnyView {
    if versions.is_empty() {
        return view! { <p class="soft">{t!("course-no-versions")}</p> }.into_any();
    }
    let items = versions.iter().map(|version| version_view(slug, version)).collect_view();
    view! { <ul class="versions">{items}</ul> }.into_any()
}

fn version_view(slug: &Slug, version: &VersionListed) -> AnyView {
    let base = format!("/authoring/{slug}/{}", version.id);
    let people = i64::try_from(version.people).unwrap_or(i64::MAX);
    view! {
        <li class="version">
            <div class="version-text">
                <p class="strong"><a href=base.clone()>{name(version)}</a>" "{badge(version)}</p>
                <p class="soft small">
                    {version.published_at.map(|at| view! { {t!("version-since")}" "<Moment at=at time=true/>" · " })}
                    {t!("version-people", count = people)}" · "
                    <span class="hash">{version.hash.short()}</span>
                </p>
            </div>
            <div class="actions">{export(base, ButtonSize::Small, version)}</div>
        </li>
    }
    .into_any()
}
