//! The preview of an activity: what a learner will see, and beside it what only its author may.

use super::edition::Edition;
use super::findings::count;
use super::{key, map, play};
use crate::context::services;
use crate::failure::Failure;
use crate::pages::activity::kicker;
use crate::pages::conversation::note;
use crate::pages::course::rule_words;
use crate::pages::quiz::question;
use crate::pages::{page, param, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{ButtonKind, Disclosure, IconName, LinkButton, Notice, PageHeader, Pager};
use domain::acknowledgement::Acknowledgement;
use domain::conversation::Checked;
use domain::course::{Activity, Body, Mode, Telling};
use domain::lesson::Lesson;
use domain::named::ActivityId;
use domain::progress::Rule;
use domain::quiz::{Answers, Layout, Quiz, paper};
use domain::slug::Slug;
use leptos::prelude::*;
use std::sync::Arc;

/// The page of the preview.
#[component]
pub fn Preview() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let id: ActivityId = param("activity")?;
    let edition = Edition::load().await?;
    let activity = edition.package.activity(&id).ok_or(Failure::NotFound)?;
    let files = Arc::new(services().db.version_files(edition.version.id).await?);
    let variant: Option<Slug> = query("variant");
    let telling = match variant {
        Some(name) => Some(activity.telling(Some(&name)).ok_or(Failure::NotFound)?),
        None => activity.telling(None),
    };
    let file = telling.map_or(activity.file.as_str(), |telling| telling.file);
    let found = services().checks.course(edition.version.id, &files).await?;
    let findings = super::Findings::of(&found, String::new(), files.len()).only(file);
    let body = match &activity.body {
        Body::Lesson(lesson) => lesson_view(&edition, activity, lesson),
        Body::Quiz(quiz) => quiz_view(&edition, activity, quiz),
        Body::Acknowledgement(text) => acknowledgement_view(&edition, activity, text),
        Body::Conversation { mode, .. } => {
            let telling = telling.ok_or(Failure::NotFound)?;
            let source = files.get(file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            let checked = services().checks.conversation(&source, telling.file).await?;
            conversation_view(&edition, activity, telling, *mode, &checked)?
        }
    };
    let warned = (!findings.is_empty()).then(|| {
        view! { <Disclosure summary=t!("check-findings", count = count(findings.errors + findings.warnings))>{findings.view()}</Disclosure> }
    });
    let (title, crumbs, kicker, pager) =
        (activity.title.clone(), edition.crumbs(true), kicker(activity), pager(&edition, activity));
    let note = format!("{} {}", t!("preview-note"), rule_words(&Rule::of(activity)));
    let played = matches!(activity.body, Body::Conversation { .. }).then(|| {
        let href = edition.address(&id, "/insight", telling.and_then(|telling| telling.variant));
        view! { <LinkButton label=t!("insight-title") href=href kind=ButtonKind::Secondary icon=IconName::Chart/> }
    });
    Ok(view! {
        <Frame title=t!("preview-of", title = title.clone()) narrow=true>
            {crumbs}
            <PageHeader title=title kicker=t!("preview")>{played}</PageHeader>
            <div class="stack stack-wide">
                <div class="stack">{kicker}<Notice><p>{note}</p></Notice></div>
                {warned}
                {body}
                {pager}
            </div>
        </Frame>
    }
    .into_any())
}

fn lesson_view(edition: &Edition, activity: &Activity, lesson: &Lesson) -> AnyView {
    let html = edition.authored.page(activity.folder(), &lesson.text);
    view! { <article class="prose" inner_html=html.to_string()></article> }.into_any()
}

fn quiz_view(edition: &Edition, activity: &Activity, quiz: &Quiz) -> AnyView {
    let folder = activity.folder();
    let intro = edition.authored.part(folder, &quiz.intro);
    let paper = paper(quiz, 0, &Answers::default());
    let total = paper.items.len();
    let items = paper.items.iter().enumerate();
    let items = items.map(|(index, item)| question(&edition.authored, folder, item, index + 1, total)).collect_view();
    let one = (quiz.layout == Layout::One).then(|| t!("preview-one"));
    let shuffled = quiz.shuffle.then(|| t!("preview-shuffled"));
    view! {
        <div class="stack">
            {(!quiz.intro.is_empty()).then(|| view! { <div class="prose prose-small" inner_html=intro.to_string()></div> })}
            <p class="soft">{t!("quiz-about", count = count(total))}" "{one}" "{shuffled}</p>
            {items}
        </div>
        {key::view(edition, folder, quiz)}
    }
    .into_any()
}

fn acknowledgement_view(edition: &Edition, activity: &Activity, text: &Acknowledgement) -> AnyView {
    let html = edition.authored.page(activity.folder(), &text.text);
    view! {
        <article class="prose prose-small" inner_html=html.to_string()></article>
        <section class="card">
            <p class="strong">{edition.authored.plain(&text.statement)}</p>
            <p class="soft">{t!("preview-agree")}</p>
        </section>
    }
    .into_any()
}

fn conversation_view(
    edition: &Edition,
    activity: &Activity,
    telling: Telling<'_>,
    mode: Mode,
    checked: &Checked,
) -> Result<AnyView, Failure> {
    let scenario = telling.scenario;
    let briefing = edition.authored.part(telling.folder(), &scenario.briefing);
    let note = note(activity, mode);
    let stage = play::view(edition, activity, telling)?;
    Ok(view! {
        {edition.tellings(activity, telling.variant, "")}
        <Disclosure summary=t!("talk-briefing") open=true>
            <div class="prose prose-small" inner_html=briefing.to_string()></div>
            <p class="small soft">{note}</p>
        </Disclosure>
        {stage}
        {map::view(edition, scenario, checked)}
    }
    .into_any())
}

fn pager(edition: &Edition, activity: &Activity) -> AnyView {
    let (before, after) = edition.package.neighbours(&activity.id);
    let base = edition.base();
    let link = |item: Option<&Activity>| item.map(|item| (format!("{base}/a/{}", item.id), item.title.clone()));
    let (previous_href, previous_title) = link(before).unwrap_or_default();
    let (next_href, next_title) = link(after).unwrap_or_else(|| (base.clone(), super::edition::name(&edition.version)));
    let next_label = if after.is_some() { t!("pager-next") } else { t!("pager-course") };
    view! {
        <Pager label=t!("pager") previous_label=t!("pager-previous") previous_href=previous_href
            previous_title=previous_title next_label=next_label next_href=next_href next_title=next_title/>
    }
    .into_any()
}
