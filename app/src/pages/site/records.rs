//! Whether receipts and the audit log still are what this site wrote: what the last check found, and what to keep elsewhere.

use crate::context::{now, services};
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Badge, BadgeKind, Button, ButtonKind, Crumb, Crumbs, Facts, Notice, NoticeKind, PageHeader, fact,
};
use crate::when::{Moment, day};
use leptos::prelude::*;
use store::{ChainCheck, SignedEnd};

/// The page of the signed records.
#[component]
pub fn Records() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let db = &services().db;
    let checks = db.chain_checks().await?;
    let late = checks.iter().all(|check| check.fault.is_none()) && db.chain_alarm(now()).await?;
    let ends = db.signed_ends().await?;
    let key = hex::encode(db.chain_keys()?.public());
    let verdict = verdict(&checks, late);
    let chains = checks.iter().map(chain).collect_view();
    Ok(view! {
        <Frame title=t!("records-title") narrow=true>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/site", t!("site-title"))]/>
            <PageHeader title=t!("records-title") lead=t!("records-lead")/>
            <div class="stack">
                {verdict}
                {chains}
                <form method="post" action="/do/check-records">
                    <Actions><Button label=t!("records-check") kind=ButtonKind::Secondary/></Actions>
                </form>
                {keep(&ends, key)}
            </div>
        </Frame>
    }
    .into_any())
}

fn verdict(checks: &[ChainCheck], late: bool) -> AnyView {
    if checks.is_empty() {
        return view! { <Notice><p>{t!("records-never")}</p></Notice> }.into_any();
    }
    if checks.iter().any(|check| check.fault.is_some()) {
        return view! {
            <Notice kind=NoticeKind::Bad title=t!("records-bad")><p>{t!("records-bad-text")}</p></Notice>
        }
        .into_any();
    }
    if late {
        return view! {
            <Notice kind=NoticeKind::Warn title=t!("records-late")><p>{t!("records-late-text")}</p></Notice>
        }
        .into_any();
    }
    view! { <Notice kind=NoticeKind::Good><p>{t!("records-good")}</p></Notice> }.into_any()
}

/// What does not hold, in words.
fn fault_words(code: &str, record: u64) -> String {
    let key = format!("records-fault-{code}");
    let record = i64::try_from(record).unwrap_or(i64::MAX);
    let known = crate::text::exists(&key);
    t!(if known { &key } else { "records-fault-unreadable" }, record = record)
}

fn chain(check: &ChainCheck) -> AnyView {
    let title =
        if check.chain == domain::receipt::RECEIPTS { t!("records-chain-receipts") } else { t!("records-chain-audit") };
    let badge = match check.fault {
        None => view! { <Badge label=t!("records-holds") kind=BadgeKind::Done/> }.into_any(),
        Some(_) => view! { <Badge label=t!("records-fails") kind=BadgeKind::Overdue/> }.into_any(),
    };
    let fault = check.fault.as_ref().map(|(code, record)| {
        let found = check.found_at.map(|at| t!("records-found", date = day(at)));
        view! { <p>{fault_words(code, *record)} <span class="sub">{found}</span></p> }
    });
    let items = vec![
        fact(t!("records-checked"), view! { <Moment at=check.checked_at time=true/> }),
        fact(t!("records-count"), check.records.to_string()),
    ];
    view! {
        <section class="card stack stack-close">
            <div class="row row-apart"><h2 class="card-title">{title}</h2>{badge}</div>
            {fault}
            <Facts items=items/>
        </section>
    }
    .into_any()
}

fn keep(ends: &[SignedEnd], key: String) -> AnyView {
    let lines = serde_json::to_string_pretty(ends).unwrap_or_default();
    view! {
        <section class="section stack stack-close">
            <h2>{t!("records-ends")}</h2>
            <p>{t!("records-ends-text")}</p>
            <pre class="source" tabindex="0"><code>{lines}</code></pre>
            <Facts items=vec![fact(t!("records-key"), view! { <span class="hash">{key}</span> })]/>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_words() {
        let codes = [
            "missing",
            "changed",
            "end",
            "unlinked",
            "unkeyed",
            "unsigned",
            "beyond",
            "revocations",
            "beside",
            "rows",
            "rewritten",
            "unreadable",
        ];
        for code in codes {
            assert!(crate::text::exists(&format!("records-fault-{code}")), "{code}");
        }
        assert!(fault_words("unkeyed", 5).contains('5'));
        assert_eq!(fault_words("nonsense", 5), fault_words("unreadable", 0));
    }
}
