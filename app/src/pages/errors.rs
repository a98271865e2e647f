//! What to show when something is not there, not allowed or broken.

use crate::context::{status, visit};
use crate::shell::{Frame, Gate};
use crate::t;
use crate::ui::{Actions, EmptyState, IconName, LinkButton};
use leptos::prelude::*;

/// The page for a status.
#[must_use]
pub fn page(code: u16) -> AnyView {
    status(code);
    let (title, words) = match code {
        401 => (t!("error-401"), t!("error-401-text")),
        403 => (t!("error-403"), t!("error-403-text")),
        404 => (t!("error-404"), t!("error-404-text")),
        409 => (t!("error-409"), t!("error-409-text")),
        413 => (t!("error-413"), t!("error-413-text")),
        400..500 => (t!("error-400"), t!("error-400-text")),
        _ => (t!("error-500"), t!("error-500-text")),
    };
    let signed_in = use_context::<crate::context::Visit>().is_some_and(|visit| visit.viewer.is_some());
    if signed_in {
        let _ = visit();
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
