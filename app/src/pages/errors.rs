//! What to show when something is not there, not allowed or broken.

use crate::context::{Visit, status};
use crate::shell::{Frame, Gate};
use crate::t;
use crate::ui::{Actions, EmptyState, IconName, LinkButton};
use leptos::prelude::*;

/// The status whose texts say it best.
fn known(code: u16) -> u16 {
    match code {
        401 | 403 | 404 | 405 | 409 | 413 | 429 | 503 => code,
        400..500 => 400,
        _ => 500,
    }
}

/// What a status is called on screen.
#[must_use]
pub fn title(code: u16) -> String {
    t!(&format!("error-{}", known(code)))
}

/// The address asked for; of an action, the home page.
fn here(visit: &Visit) -> String {
    let page = ["/do/", "/live/"].iter().all(|actions| !visit.path.starts_with(actions));
    match (page, visit.query.is_empty()) {
        (false, _) => "/".to_owned(),
        (true, true) => visit.path.clone(),
        (true, false) => format!("{}?{}", visit.path, visit.query),
    }
}

/// The page for a status.
#[must_use]
pub fn page(code: u16) -> AnyView {
    status(code);
    let (title, words) = (title(code), t!(&format!("error-{}-text", known(code))));
    let visit = use_context::<Visit>();
    if code == 503 {
        let again = visit.map_or_else(|| "/".to_owned(), |visit| here(&visit));
        return view! {
            <Gate title=title.clone() heading=title lead=words>
                <Actions><LinkButton label=t!("try-again") href=again/></Actions>
            </Gate>
        }
        .into_any();
    }
    let signed_in = visit.is_some_and(|visit| visit.viewer.is_some());
    if signed_in {
        view! {
            <Frame title=title.clone() narrow=true>
                <EmptyState title=title text=words icon=IconName::Info level=1>
                    <LinkButton label=t!("back-home") href="/"/>
                </EmptyState>
            </Frame>
        }
        .into_any()
    } else {
        view! {
            <Gate title=title.clone() heading=title lead=words>
                <Actions><LinkButton label=t!("to-sign-in") href="/sign-in"/></Actions>
            </Gate>
        }
        .into_any()
    }
}
