//! Checking a receipt by its code, without an account. Says nothing about who holds it or how they did.

use super::{day_there, doubt, doubt_words, read, zone_of};
use crate::context::{by_the_way, now, services, status, visit};
use crate::counting;
use crate::failure::Failure;
use crate::pages::{page, param};
use crate::shell::Gate;
use crate::t;
use crate::ui::{Actions, Button, ButtonSize, Facts, Field, Notice, NoticeKind, fact};
use crate::when::day;
use domain::people::Zone;
use domain::receipt::Receipt;
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{Allowance, StoredReceipt};

/// Codes have 16 letters and digits; what is much longer is none.
const LONGEST_CODE: usize = 32;

/// The form for a code, and what is known about it.
#[component]
pub fn Verify() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let visit = visit();
    let named: Result<String, Failure> = param("code");
    let typed = named.ok().or_else(|| visit.query("code"));
    let Some(typed) = typed else { return Ok(ask(String::new())) };
    let code = tidy(&typed);
    if code.is_empty() {
        return Ok(ask(t!("verify-code-empty")));
    }
    let services = services();
    // Codes are for checking one in hand, not for trying many.
    let who = visit.viewer.as_ref().map_or_else(|| visit.address.clone(), |viewer| viewer.person.to_string());
    let key = counting::key("verify", &who).await?;
    let allowance = Allowance { key, most: 60, refill: 15 * Timestamp::MINUTE };
    by_the_way(services.db.take(allowance, now()).await)?;
    match services.db.receipt_by_code(&code).await? {
        Some(stored) => known(&stored).await,
        None => {
            status(404);
            Ok(unknown(&typed))
        }
    }
}

/// A code as it is stored, however it was typed: groups of four in Crockford's base 32, where letters that look like
/// digits stand for them.
fn tidy(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).take(LONGEST_CODE);
    let letters: Vec<char> = letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn form(value: &str, error: String) -> AnyView {
    view! {
        <form class="form" method="get" action="/verify">
            <Field label=t!("verify-code") name="code" value=value.to_owned() error=error autocomplete="off" required=true
                maxlength=80/>
            <Actions><Button label=t!("verify-do") size=ButtonSize::Wide/></Actions>
        </form>
    }
    .into_any()
}

fn ask(error: String) -> AnyView {
    let form = form("", error);
    view! {
        <Gate title=t!("verify-title") heading=t!("verify-title") lead=t!("verify-lead")>{form}</Gate>
    }
    .into_any()
}

fn unknown(typed: &str) -> AnyView {
    let form = form(typed, String::new());
    view! {
        <Gate title=t!("verify-unknown") heading=t!("verify-title")>
            <Notice kind=NoticeKind::Warn title=t!("verify-unknown") live=true><p>{t!("verify-unknown-text")}</p></Notice>
            {form}
        </Gate>
    }
    .into_any()
}

async fn known(stored: &StoredReceipt) -> Result<AnyView, Failure> {
    if let Some(doubt) = doubt(stored).await? {
        let (title, text) = doubt_words(doubt);
        return Ok(verdict(NoticeKind::Bad, title, text, ().into_any()));
    }
    let body = read(stored)?;
    let (kind, title, text) = match (stored.revoked_at, stored.signed_late_at) {
        (Some(at), _) => (NoticeKind::Bad, t!("verify-revoked"), t!("verify-revoked-text", date = day(at))),
        (None, Some(at)) => (NoticeKind::Good, t!("verify-genuine"), t!("verify-genuine-late", date = day(at))),
        (None, None) => (NoticeKind::Good, t!("verify-genuine"), t!("verify-genuine-text")),
    };
    let zone = zone_of(stored, &body);
    let key = hex::encode(services().db.chain_keys()?.public());
    Ok(verdict(kind, title, text, about(stored, &body, &zone, key)))
}

fn verdict(kind: NoticeKind, title: String, text: String, more: AnyView) -> AnyView {
    view! {
        <Gate title=title.clone() heading=t!("verify-title")>
            <Notice kind=kind title=title live=true><p>{text}</p></Notice>
            {more}
            <p class="gate-foot"><a href="/verify">{t!("verify-another")}</a></p>
        </Gate>
    }
    .into_any()
}

fn about(stored: &StoredReceipt, body: &Receipt, zone: &Zone, key: String) -> AnyView {
    let hash = |text: String| view! { <span class="hash">{text}</span> };
    let sequence = i64::try_from(stored.sequence).unwrap_or(i64::MAX);
    let items = vec![
        fact(t!("verify-course"), body.title.clone()),
        // The day that stands on the receipt itself, wherever the reader is and wherever the holder went.
        fact(
            t!("verify-issued"),
            t!("receipt-day", date = day_there(body.issued, zone), zone = zone.as_str().to_owned()),
        ),
        fact(t!("receipt-version"), t!("receipt-version-number", version = body.version)),
        fact(t!("receipt-hash"), hash(body.package.to_string())),
        fact(t!("receipt-code"), hash(stored.code.clone())),
        fact(t!("receipt-seal"), hash(stored.link.to_string())),
        fact(t!("verify-key"), hash(key)),
    ];
    view! {
        <Facts items=items/>
        <section class="stack stack-close" aria-labelledby="more">
            <h2 id="more">{t!("verify-more")}</h2>
            <ul class="small stack stack-tight">
                <li>{t!("verify-more-name")}</li>
                <li>{t!("verify-more-content")}</li>
                <li>{t!("verify-more-seal")} " " {t!("receipt-chain", sequence = sequence)}</li>
            </ul>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for typed in ["0123-4567-89AB-CDEF", "0123456789abcdef", " o123 4567 89ab cdef ", "O I-23 4567 89AB.CDEF"] {
            assert_eq!(tidy(typed), "0123-4567-89AB-CDEF", "{typed}");
        }
        assert_eq!(tidy(" -- é "), "");
    }
}
