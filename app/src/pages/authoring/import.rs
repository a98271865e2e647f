//! The form that takes a story from elsewhere, and the draft that came out of it.

mod converted;
mod result;

pub use converted::{Converted, Unfit};

use super::{IMPORT_PAGE, UPLOAD_PAGE};
use crate::context::{flash_owner, now, services, viewer, visit};
use crate::failure::Failure;
use crate::pages::people::summary;
use crate::pages::{page, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Button, Crumb, Crumbs, Disclosure, FileField, Icon, IconName, Notice, NoticeKind, PageHeader, TextArea,
};
use domain::ids::FlashId;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Import() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let asked = query::<FlashId>("story");
    let kept = match asked {
        Some(id) => services().db.flash(id, Some(flash_owner(&viewer)), now()).await?,
        None => None,
    };
    let found = asked.zip(kept.and_then(|body| Converted::kept(&body)));
    let gone = asked.is_some() && found.is_none();
    let (title, lead) = match &found {
        Some((_, converted)) if converted.draft().is_some() => (t!("import-draft-title"), String::new()),
        Some(_) => (t!("import-unread-title"), String::new()),
        None => (t!("import-title"), t!("import-lead")),
    };
    let again = found.is_some();
    Ok(view! {
        <Frame title=title.clone()>
            <Crumbs label=t!("crumbs")
                items=vec![Crumb::new("/authoring", t!("nav-authoring")), Crumb::new(UPLOAD_PAGE, t!("upload-title"))]/>
            <PageHeader title=title lead=lead/>
            <div class="stack stack-wide">
                {gone.then(|| view! { <Notice kind=NoticeKind::Info><p>{t!("import-gone")}</p></Notice> })}
                {found.map(|(id, converted)| result::view(id, &converted))}
                {form(again)}
                {help()}
            </div>
        </Frame>
    }
    .into_any())
}

fn form(again: bool) -> AnyView {
    let refused = visit().refused;
    let problem = |field| refused.problem(field).unwrap_or_default();
    let heading = again.then(|| view! { <h2>{t!("import-again-title")}</h2> });
    view! {
        <form class="form" method="post" action=IMPORT_PAGE enctype="multipart/form-data">
            {heading}
            {summary(&["file", "text"])}
            <div class="drop">
                <Icon name=IconName::Upload/>
                <FileField label=t!("import-file") name="file" accept=".twee,.tw,.html,.htm,.txt,text/html,text/plain"
                    hint=t!("import-file-hint") error=problem("file")/>
            </div>
            <TextArea label=t!("import-text") name="text" rows=6 code=true value=refused.typed("text")
                hint=t!("import-text-hint") error=problem("text")/>
            <div><Button label=t!("import-convert")/></div>
            <p class="small soft">{t!("import-what-happens")}</p>
        </form>
    }
    .into_any()
}

/// How a draft becomes a conversation: for those who have not written one.
fn help() -> AnyView {
    let example = t!("import-help-before");
    let keyed = t!("import-help-after");
    view! {
        <Disclosure summary=t!("import-help")>
            <p>{t!("import-help-lead")}</p>
            <pre class="source" tabindex="0"><code>{example}</code></pre>
            <p>{t!("import-help-keyed")}</p>
            <pre class="source" tabindex="0"><code>{keyed}</code></pre>
            <ul>
                <li>{t!("import-help-rate")}</li>
                <li>{t!("import-help-why")}</li>
                <li>{t!("import-help-end")}</li>
                <li>{t!("import-help-speech")}</li>
            </ul>
            <p class="soft">{t!("import-help-then")}</p>
        </Disclosure>
    }
    .into_any()
}
