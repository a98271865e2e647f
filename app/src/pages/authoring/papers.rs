//! The pages that go with a course: the facilitator's guide and the job aid.

use super::edition::Edition;
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::PageHeader;
use domain::lesson::Lesson;
use leptos::prelude::*;

/// The facilitator's guide, for trainers only.
#[component]
pub fn Guide() -> impl IntoView {
    page(async {
        let edition = Edition::load().await?;
        let guide = edition.package.guide.as_ref().ok_or(Failure::NotFound)?;
        Ok(show(&edition, guide, t!("version-guide"), t!("guide-lead")))
    })
}

/// The page learners may print.
#[component]
pub fn JobAid() -> impl IntoView {
    page(async {
        let edition = Edition::load().await?;
        let aid = edition.package.job_aid.as_ref().ok_or(Failure::NotFound)?;
        Ok(show(&edition, aid, t!("course-job-aid"), t!("preview-job-aid-lead")))
    })
}

fn show(edition: &Edition, paper: &Lesson, kicker: String, lead: String) -> AnyView {
    let html = edition.authored.page("", &paper.text);
    let title = paper.title.clone().unwrap_or_else(|| kicker.clone());
    let crumbs = edition.crumbs(true);
    view! {
        <Frame title=title.clone() narrow=true>
            {crumbs}
            <PageHeader title=title kicker=kicker lead=lead/>
            <article class="prose" inner_html=html.to_string()></article>
        </Frame>
    }
    .into_any()
}
