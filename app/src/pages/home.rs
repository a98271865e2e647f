//! Where everybody begins.

use crate::context::viewer;
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::PageHeader;
use leptos::prelude::*;

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    Ok(view! {
        <Frame title=t!("home-title")>
            <PageHeader title=t!("home-greeting", name = viewer.name.clone())/>
        </Frame>
    }
    .into_any())
}
