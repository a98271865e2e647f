//! The form that takes a course, and what its check found.

use super::findings::{Findings, count};
use super::{IMPORT_PAGE, UPLOAD_PAGE};
use crate::context::{flash_owner, now, services, viewer, visit};
use crate::failure::Failure;
use crate::pages::people::summary;
use crate::pages::{page, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{Button, Crumb, Crumbs, Disclosure, FileField, Icon, IconName, Notice, NoticeKind, PageHeader};
use domain::ids::FlashId;
use leptos::prelude::*;

/// The page of the form.
#[component]
pub fn Upload() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let asked = query::<FlashId>("check");
    let kept = match asked {
        Some(id) => services().db.flash(id, Some(flash_owner(&viewer)), now()).await?,
        None => None,
    };
    let findings = kept.and_then(|body| serde_json::from_str::<Findings>(&body).ok());
    let gone = asked.is_some() && findings.is_none();
    let title = if findings.is_some() { t!("check-title") } else { t!("upload-title") };
    let lead = if findings.is_some() { String::new() } else { t!("upload-lead") };
    let again = findings.is_some();
    Ok(view! {
        <Frame title=title.clone()>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/authoring", t!("nav-authoring"))]/>
            <PageHeader title=title lead=lead/>
            <div class="stack stack-wide">
                {gone.then(|| view! { <Notice kind=NoticeKind::Info><p>{t!("check-gone")}</p></Notice> })}
                {findings.map(|findings| result(&findings))}
                {form(again)}
                {(!again).then(contents)}
                <p class="soft">{t!("upload-import")}" "<a href=IMPORT_PAGE>{t!("import-do")}</a></p>
            </div>
        </Frame>
    }
    .into_any())
}

fn result(findings: &Findings) -> AnyView {
    let title = t!("check-broken", count = count(findings.errors));
    let about = if findings.archive.is_empty() {
        t!("check-about-nameless", files = count(findings.files))
    } else {
        t!("check-about", archive = findings.archive.clone(), files = count(findings.files))
    };
    view! {
        <div class="stack">
            <Notice kind=NoticeKind::Bad title=title live=true>
                <p>{about}</p>
                <p>{t!("check-nothing-lost")}</p>
            </Notice>
            <section class="section">
                <div class="section-head"><h2>{t!("check-list")}</h2><span class="soft">{findings.counted()}</span></div>
                {findings.view()}
            </section>
        </div>
    }
    .into_any()
}

fn form(again: bool) -> AnyView {
    let problem = visit().refused.problem("file").unwrap_or_default();
    let (label, heading) = if again {
        (t!("upload-again"), Some(view! { <h2>{t!("upload-again-title")}</h2> }))
    } else {
        (t!("upload-check"), None)
    };
    view! {
        <form class="form" method="post" action=UPLOAD_PAGE enctype="multipart/form-data">
            {heading}
            {summary(&["file"])}
            <div class="drop">
                <Icon name=IconName::Upload/>
                <FileField label=t!("upload-file") name="file" accept=".zip,application/zip" required=true
                    hint=t!("upload-file-hint") error=problem/>
                <Button label=label/>
            </div>
            <p class="small soft">{t!("upload-what-happens")}</p>
        </form>
    }
    .into_any()
}

/// What belongs into a course folder: for those who begin.
fn contents() -> AnyView {
    let parts = [
        ("course.toml", t!("folder-toml")),
        ("guide.md", t!("folder-guide")),
        ("job-aid.md", t!("folder-job-aid")),
        ("*.md", t!("folder-lesson")),
        ("*.quiz", t!("folder-quiz")),
        ("*.conversation", t!("folder-conversation")),
        ("*.plan", t!("folder-plan")),
        ("*.ack", t!("folder-ack")),
        ("media/", t!("folder-media")),
    ];
    let parts =
        parts.into_iter().map(|(name, about)| view! { <dt><code>{name}</code></dt><dd>{about}</dd> }).collect_view();
    view! {
        <Disclosure summary=t!("folder-title") open=true>
            <p>{t!("folder-lead")}</p>
            <dl class="facts">{parts}</dl>
            <p class="soft">{t!("folder-example")}</p>
        </Disclosure>
    }
    .into_any()
}
