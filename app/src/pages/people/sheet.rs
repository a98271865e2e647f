//! Invitations to print, one card for each person.

use super::link::card;
use crate::api::people::{
    SHEET_MOST,
    links::{Sheet as Printed, kept},
};
use crate::context::{viewer, visit};
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, ButtonKind, Crumb, Crumbs, EmptyState, IconName, LinkButton, Notice, NoticeKind, PageHeader};
use leptos::prelude::*;

/// The page with the sheet.
#[component]
pub fn Sheet() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let (viewer, id) = (viewer()?, visit().query("sheet"));
    let crumbs = vec![Crumb::new("/people", t!("people-title"))];
    let Some(sheet) = kept::<Printed>(id.as_deref()).await? else {
        return Ok(view! {
            <Frame title=t!("sheet-title") narrow=true>
                <Crumbs label=t!("crumbs") items=crumbs/>
                <EmptyState title=t!("sheet-gone") text=t!("sheet-gone-text") icon=IconName::Print level=1>
                    <LinkButton label=t!("sheet-back") href="/people"/>
                </EmptyState>
            </Frame>
        }
        .into_any());
    };
    let count = i64::try_from(sheet.cards.len()).unwrap_or(i64::MAX);
    let most = i64::try_from(SHEET_MOST).unwrap_or(i64::MAX);
    let left_out = (sheet.left_out > 0).then(|| view! { <p>{t!("sheet-left-out", count = sheet.left_out)}</p> });
    let more = sheet.more.then(|| view! { <p>{t!("sheet-more", most = most)}</p> });
    let cards = sheet.cards.iter().map(|handout| card(&viewer, handout)).collect_view();
    Ok(view! {
        <Frame title=t!("sheet-title")>
            <Crumbs label=t!("crumbs") items=crumbs/>
            <div class="no-print">
                <PageHeader title=t!("sheet-title") lead=t!("sheet-lead", count = count)/>
            </div>
            <div class="stack">
                <div class="no-print">
                    <Notice kind=NoticeKind::Warn title=t!("sheet-once")>
                        <p>{t!("sheet-once-text")}</p>
                        {left_out}
                        {more}
                    </Notice>
                </div>
                <div class="sheet">{cards}</div>
                <Actions><LinkButton label=t!("sheet-back") href=sheet.back kind=ButtonKind::Secondary icon=IconName::Left/></Actions>
            </div>
        </Frame>
    }
    .into_any())
}
