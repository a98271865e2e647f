//! Proof that a course was completed: the receipt to print, and the page where anybody can check one.

mod evidence;
mod verify;

pub use verify::Verify;

use super::{page, param};
use crate::api::tracking::{may_track, sees_results};
use crate::context::{Viewer, services, viewer};
use crate::failure::Failure;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Facts, Mark, Notice, NoticeKind, fact};
use crate::when::{civil, day};
use domain::assignment::day_at;
use domain::ids::ReceiptId;
use domain::people::{Role, Zone};
use domain::receipt::{Identity, Receipt as Body, Rule, link};
use domain::time::Timestamp;
use leptos::prelude::*;
use store::StoredReceipt;

/// A receipt as its holder prints it.
#[component]
pub fn Receipt() -> impl IntoView {
    page(receipt())
}

async fn receipt() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let id: ReceiptId = param("id")?;
    let services = services();
    let stored = services.db.receipt(id).await?.ok_or(Failure::NotFound)?;
    let results = sight(&viewer, &stored).await?;
    let body: Body = read(&stored)?;
    let zone = zone_of(&stored).await?;
    let name = stored.holder.as_ref().map_or_else(|| t!("receipt-erased"), |holder| holder.name.clone());
    let address = format!("{}/verify/{}", services.site.public_url, stored.code);
    let broken = (!holds(&stored)).then(|| {
        view! {
            <Notice kind=NoticeKind::Bad title=t!("verify-changed")><p>{t!("verify-changed-text")}</p></Notice>
        }
    });
    let withdrawn = stored.revoked_at.map(|at| {
        view! {
            <Notice kind=NoticeKind::Bad title=t!("receipt-withdrawn", date = day(at))>
                <p>{t!("receipt-withdrawn-text")}</p>
            </Notice>
        }
    });
    Ok(view! {
        <Frame title=t!("receipt-title")>
            {broken}
            {withdrawn}
            <article class="receipt">
                <header class="receipt-head">
                    <Mark large=true/>
                    <p class="kicker">{t!("receipt-kicker")}</p>
                    <p class="receipt-name">{name.clone()}</p>
                    <p>{t!("receipt-has-completed")}</p>
                    <h1>{body.title.clone()}</h1>
                </header>
                {facts(&body, &zone)}
                {evidence::table(&body, &zone, results)}
                {(!results).then(|| view! { <p class="small soft">{t!("receipt-results-hidden", name = name)}</p> })}
                {foot(&stored, &address)}
            </article>
            <p class="small soft center no-print">{t!("receipt-print-hint")}</p>
        </Frame>
    }
    .into_any())
}

/// Whether the viewer may see this receipt, and the results on it: its holder and HR may see both, the holder's manager
/// status and dates alone.
async fn sight(viewer: &Viewer, stored: &StoredReceipt) -> Result<bool, Failure> {
    let holder = stored.holder.as_ref().map(|holder| holder.person);
    if holder == Some(viewer.person) || sees_results(viewer) {
        return Ok(true);
    }
    match holder {
        Some(holder) if viewer.roles.has(Role::Manager) => may_track(viewer, holder).await.map(|()| false),
        _ => Err(Failure::NotFound),
    }
}

/// Whether the record still is what was sealed, and its holder the one it was sealed for.
fn holds(stored: &StoredReceipt) -> bool {
    let sealed = link(&stored.previous, stored.sequence, &stored.body) == stored.link;
    let commitment = read(stored).map(|body| body.commitment);
    let same = stored.holder.as_ref().is_none_or(|holder| {
        let identity = Identity { salt: holder.salt, name: &holder.name, login: &holder.login };
        commitment.is_ok_and(|commitment| identity.commit() == commitment)
    });
    sealed && same
}

/// What a stored receipt says.
fn read(stored: &StoredReceipt) -> Result<Body, Failure> {
    serde_json::from_str(&stored.body).map_err(|error| {
        tracing::error!(%error, receipt = %stored.id, "a receipt cannot be read");
        Failure::Internal
    })
}

/// Where the holder is.
async fn zone_of(stored: &StoredReceipt) -> Result<Zone, Failure> {
    Ok(match &stored.holder {
        Some(holder) => services().db.person(holder.person).await?.zone,
        None => Zone::default(),
    })
}

/// The day of a moment where the holder is.
fn day_there(at: Timestamp, zone: &Zone) -> String {
    day_at(at, zone).map_or_else(|_| day(at), |day| civil(&day.to_string()))
}

fn facts(body: &Body, zone: &Zone) -> AnyView {
    let rule = match body.rule {
        Rule::EveryRequiredActivity => t!("receipt-rule-every-required"),
    };
    let mut items = vec![
        fact(t!("receipt-date"), day_there(body.issued, zone)),
        fact(t!("receipt-version"), t!("receipt-version-number", version = body.version)),
    ];
    if body.cycle > 1 {
        items.push(fact(t!("receipt-cycle"), body.cycle.to_string()));
    }
    items.push(fact(t!("receipt-rule"), rule));
    if !body.keys.is_empty() {
        items.push(fact(t!("receipt-keys"), body.keys.clone()));
    }
    items.push(fact(t!("receipt-hash"), view! { <span class="hash">{body.package.to_string()}</span> }));
    view! { <Facts items=items/> }.into_any()
}

fn foot(stored: &StoredReceipt, address: &str) -> AnyView {
    let shown = address.to_owned();
    let sequence = i64::try_from(stored.sequence).unwrap_or(i64::MAX);
    view! {
        <footer class="receipt-foot stack stack-tight">
            <p>{t!("receipt-code")} " " <strong class="hash">{stored.code.clone()}</strong></p>
            <p>{t!("receipt-verify")} " " <a class="hash" href=address.to_owned()>{shown}</a></p>
            <p>{t!("receipt-chain", sequence = sequence)} " " {t!("receipt-seal")} " "
                <span class="hash">{stored.link.to_string()}</span></p>
        </footer>
    }
    .into_any()
}
