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
use domain::receipt::{Receipt as Body, Rule};
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{Doubt, StoredReceipt};

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
    let zone = zone_of(&stored, &body);
    let name = stored.holder.as_ref().map_or_else(|| t!("receipt-erased"), |holder| holder.name.clone());
    let address = format!("{}/verify/{}", services.site.public_url, stored.code);
    let broken = doubt(&stored).await?.map(|doubt| {
        let (title, text) = doubt_words(doubt);
        view! { <Notice kind=NoticeKind::Bad title=title><p>{text}</p></Notice> }
    });
    let renamed = stored.holder.as_ref().filter(|holder| holder.present_name != holder.name).map(|holder| {
        view! { <p class="small soft">{t!("receipt-renamed", name = holder.present_name.clone())}</p> }
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
                    {renamed}
                    <p>{t!("receipt-has-completed")}</p>
                    <h1>{body.title.clone()}</h1>
                </header>
                {facts(&body, &zone, stored.signed_late_at)}
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

/// Why the record is not what this site issued, where it is not. The log says it in the words of whoever looks after it.
async fn doubt(stored: &StoredReceipt) -> Result<Option<Doubt>, Failure> {
    let doubt = services().db.receipt_doubt(stored).await?;
    if let Some(doubt) = doubt {
        tracing::error!(receipt = %stored.id, %doubt, "a receipt cannot be confirmed");
    }
    Ok(doubt)
}

/// A doubt about this very receipt, or about the chain it belongs to, as title and text.
fn doubt_words(doubt: Doubt) -> (String, String) {
    match doubt {
        Doubt::Unsigned | Doubt::Revocations => (t!("verify-unsure"), t!("verify-unsure-text")),
        _ => (t!("verify-changed"), t!("verify-changed-text")),
    }
}

/// What a stored receipt says.
fn read(stored: &StoredReceipt) -> Result<Body, Failure> {
    serde_json::from_str(&stored.body).map_err(|error| {
        tracing::error!(%error, receipt = %stored.id, "a receipt cannot be read");
        Failure::Internal
    })
}

/// Where the holder was when it was issued; for receipts of earlier releases, where they were when it was signed.
fn zone_of(stored: &StoredReceipt, body: &Body) -> Zone {
    body.zone.clone().or_else(|| stored.zone.clone()).unwrap_or_default()
}

/// The day of a moment where the holder was.
fn day_there(at: Timestamp, zone: &Zone) -> String {
    day_at(at, zone).map_or_else(|_| day(at), |day| civil(&day.to_string()))
}

fn facts(body: &Body, zone: &Zone, signed_late: Option<Timestamp>) -> AnyView {
    let rule = match body.rule {
        Rule::EveryRequiredActivity => t!("receipt-rule-every-required"),
    };
    let mut items = vec![
        fact(
            t!("receipt-date"),
            t!("receipt-day", date = day_there(body.issued, zone), zone = zone.as_str().to_owned()),
        ),
        fact(t!("receipt-version"), t!("receipt-version-number", version = body.version)),
    ];
    if let Some(at) = signed_late {
        items.push(fact(t!("receipt-signed"), t!("receipt-signed-late", date = day(at))));
    }
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
