//! The link that lets one person in, shown to whoever made it.

use crate::api::people::links::{Handout, kept};
use crate::context::{Viewer, services, viewer, visit};
use crate::failure::Failure;
use crate::mail;
use crate::pages::{page, param};
use crate::session::link_token;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, Crumb, Crumbs, EmptyState, Hidden, IconName, LinkButton, Notice, NoticeKind,
    PageHeader,
};
use crate::when::Moment;
use domain::ids::PersonId;
use leptos::prelude::*;

/// The page with a fresh link.
#[component]
pub fn Link() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let id: PersonId = param("id")?;
    let link = visit().query("link").unwrap_or_default();
    let (viewer, services) = (viewer()?, services());
    let person = services.db.person(id).await?;
    let handout = kept::<Handout>(Some(&link)).await?.filter(|handout| handout.person == id);
    let edit = format!("/people/{id}/edit");
    let crumbs = vec![Crumb::new("/people", t!("people-title")), Crumb::new(edit.clone(), person.name.to_string())];
    let Some(handout) = handout else {
        return Ok(view! {
            <Frame title=t!("link-title") narrow=true>
                <Crumbs label=t!("crumbs") items=crumbs/>
                <EmptyState title=t!("link-gone") text=t!("link-gone-text") icon=IconName::Key level=1>
                    <LinkButton label=t!("link-gone-do") href=edit/>
                </EmptyState>
            </Frame>
        }
        .into_any());
    };
    let name = handout.name.clone();
    let (title, lead) = if handout.reset {
        (t!("link-reset-title", name = name.clone()), t!("link-reset-lead"))
    } else {
        (t!("link-invite-title", name = name.clone()), t!("link-invite-lead"))
    };
    let send = (services.site.mail && person.email.is_some()).then(|| {
        let address = person.email.as_ref().map(ToString::to_string).unwrap_or_default();
        view! {
            <form method="post" action="/do/send-link">
                <Hidden name="link" value=link/>
                <Button label=t!("link-send", address = address) icon=IconName::Mail/>
            </form>
        }
    });
    let how = match (&send, person.email.is_some()) {
        (Some(_), _) => t!("link-how-mail"),
        (None, true) => t!("link-how-no-mail"),
        (None, false) => t!("link-how-no-address"),
    };
    Ok(view! {
        <Frame title=title.clone() narrow=true>
            <Crumbs label=t!("crumbs") items=crumbs/>
            <PageHeader title=title lead=lead/>
            <div class="stack">
                <div class="no-print"><Notice kind=NoticeKind::Warn title=t!("link-once")><p>{t!("link-once-text")}</p></Notice></div>
                <div class="sheet">{card(&viewer, &handout)}</div>
                <p class="soft no-print">{how}</p>
                <Actions>
                    {send}
                    <LinkButton label=t!("link-another") href="/people/new" kind=ButtonKind::Secondary icon=IconName::Plus/>
                    <LinkButton label=t!("link-to-person") href=edit kind=ButtonKind::Quiet/>
                </Actions>
            </div>
        </Frame>
    }
    .into_any())
}

/// What a person gets, on screen or on paper.
pub(super) fn card(viewer: &Viewer, handout: &Handout) -> AnyView {
    let (token, _) = link_token(viewer, &handout.seed);
    let words = if handout.reset { t!("card-reset") } else { t!("card-invite") };
    view! {
        <section class="card invitation">
            <h2>{handout.name.clone()}</h2>
            <p>{words}</p>
            <p class="invitation-link">{mail::link(&token)}</p>
            <p class="small">{t!("card-login")}" "<strong>{handout.login.clone()}</strong></p>
            <p class="small soft">{t!("card-ends")}" "<Moment at=handout.ends time=true/></p>
        </section>
    }
    .into_any()
}
