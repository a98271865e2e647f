//! The facts about the organisation that fill the gaps in courses.

use crate::api::site::fact_field;
use crate::context::{Refused, services, viewer, visit};
use crate::failure::Failure;
use crate::pages::page;
use crate::pages::people::summary;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, Button, Crumb, Crumbs, Field, Notice, NoticeKind, PageHeader};
use domain::facts::{Fact, Facts as Filled};
use domain::people::Role;
use leptos::prelude::*;

/// The page of the facts.
#[component]
pub fn Facts() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let admin = viewer()?.roles.has(Role::Admin);
    let refused = visit().refused;
    let stored = services().db.facts().await?;
    let names = Fact::ALL.map(fact_field);
    let problems = summary(&names.each_ref().map(String::as_str));
    let missing = stored.unset(&Fact::ALL).len();
    let notice = if missing == 0 {
        view! { <Notice kind=NoticeKind::Good><p>{t!("facts-all-set")}</p></Notice> }.into_any()
    } else {
        let count = i64::try_from(missing).unwrap_or(i64::MAX);
        view! { <Notice kind=NoticeKind::Warn><p>{t!("facts-missing", count = count)}</p></Notice> }.into_any()
    };
    let fields = Fact::ALL.map(|fact| field(fact, &stored, &refused)).into_iter().collect_view();
    let crumbs = if admin {
        vec![Crumb::new("/site", t!("site-title"))]
    } else {
        vec![Crumb::new("/authoring", t!("nav-authoring"))]
    };
    Ok(view! {
        <Frame title=t!("facts-title") narrow=true>
            <Crumbs label=t!("crumbs") items=crumbs/>
            <PageHeader title=t!("facts-title") lead=t!("facts-lead")/>
            <div class="stack">
                {notice}
                <form class="form" method="post" action="/do/set-facts">
                    {problems}
                    {fields}
                    <Actions><Button label=t!("save")/></Actions>
                </form>
            </div>
        </Frame>
    }
    .into_any())
}

/// The field of one fact.
pub fn field(fact: Fact, stored: &Filled, refused: &Refused) -> AnyView {
    let name = fact_field(fact);
    let typed = refused.values.get(&name).map(String::as_str);
    let value = typed.or_else(|| stored.get(fact)).unwrap_or_default().to_owned();
    let label = fact_label(fact);
    let what = match fact {
        Fact::CompanyName => t!("fact-company-name-hint"),
        Fact::SupportHours => t!("fact-support-hours-hint"),
        Fact::RefundLimit => t!("fact-refund-limit-hint"),
        Fact::PrivacyContact => t!("fact-privacy-contact-hint"),
        Fact::ResponseTime => t!("fact-response-time-hint"),
        Fact::SocialHandle => t!("fact-social-handle-hint"),
    };
    let placeholder = format!("{{{{{}}}}}", fact.key());
    let hint = t!("fact-hint", what = what, example = fact.example(), placeholder = placeholder);
    let most = u32::try_from(fact.most()).unwrap_or_default();
    view! {
        <Field label=label name=name.clone() value=value autocomplete="off" maxlength=most hint=hint
            error=refused.problem(&name).unwrap_or_default()/>
    }
    .into_any()
}

/// What a fact is called.
#[must_use]
pub fn fact_label(fact: Fact) -> String {
    match fact {
        Fact::CompanyName => t!("fact-company-name"),
        Fact::SupportHours => t!("fact-support-hours"),
        Fact::RefundLimit => t!("fact-refund-limit"),
        Fact::PrivacyContact => t!("fact-privacy-contact"),
        Fact::ResponseTime => t!("fact-response-time"),
        Fact::SocialHandle => t!("fact-social-handle"),
    }
}
