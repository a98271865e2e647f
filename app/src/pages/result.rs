//! How it went: the feedback of a quiz, the debrief of a conversation.

use super::activity::crumbs;
use super::opened::Opened;
use crate::context::{services, viewer};
use crate::failure::Failure;
use crate::pages::{debrief, page, param, query, remark};
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, ButtonKind, Icon, IconName, LinkButton, PageHeader};
use domain::course::{Activity, Body};
use domain::ids::{AttemptId, ReceiptId, RunId};
use domain::named::ActivityId;
use domain::quiz::{Feedback, FeedbackItem, FeedbackOption, ItemKind, Quiz, feedback, reveal};
use domain::slug::Slug;
use leptos::prelude::*;
use store::Attempt;

/// The result of one attempt or one play.
#[component]
pub fn Outcome() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let slug: Slug = param("slug")?;
    let id: ActivityId = param("activity")?;
    let services = services();
    let opened = Opened::load(&slug).await?;
    let activity = opened.activity(&id)?.clone();
    let body = match &activity.body {
        Body::Quiz(quiz) => {
            let attempt: AttemptId = query("attempt").ok_or(Failure::NotFound)?;
            let attempt = services.db.attempt(attempt, viewer.person).await?.ok_or(Failure::NotFound)?;
            if attempt.submitted_at.is_none() || attempt.activity != id {
                return Err(Failure::NotFound);
            }
            quiz_result(&opened, &activity, quiz, &attempt)
        }
        Body::Conversation { mode, .. } => {
            let run: RunId = query("run").ok_or(Failure::NotFound)?;
            let run = services.db.run(run, viewer.person).await?.ok_or(Failure::NotFound)?;
            if run.ended_at.is_none() || run.activity != id {
                return Err(Failure::NotFound);
            }
            debrief::show(&opened, &activity, *mode, &run).await?
        }
        _ => return Err(Failure::NotFound),
    };
    let above = crumbs(&opened);
    let receipt: Option<ReceiptId> = query::<ReceiptId>("receipt").filter(|_| opened.enrolment.completed_at.is_some());
    let onward = onward(&opened, &activity, receipt);
    let title = activity.title.clone();
    let narrow = !matches!(activity.body, Body::Conversation { .. });
    Ok(view! {
        <Frame title=title.clone() narrow=narrow>
            {above}
            <PageHeader title=title kicker=t!("result-kicker")/>
            <div class="stack stack-wide">
                {body}
                {onward}
            </div>
        </Frame>
    }
    .into_any())
}

/// Where to go from here.
fn onward(opened: &Opened, activity: &Activity, receipt: Option<ReceiptId>) -> AnyView {
    let next = opened.package.neighbours(&activity.id).1;
    let (label, href) = match (receipt, next) {
        (Some(receipt), _) => (t!("result-receipt"), format!("/receipts/{receipt}")),
        (None, Some(next)) => (t!("result-next", title = next.title.clone()), opened.href(&next.id)),
        (None, None) => (t!("pager-course"), opened.home()),
    };
    let again = opened.href(&activity.id);
    view! {
        <Actions>
            <LinkButton label=label href=href/>
            <LinkButton label=t!("result-again") href=again kind=ButtonKind::Secondary/>
        </Actions>
    }
    .into_any()
}

fn quiz_result(opened: &Opened, activity: &Activity, quiz: &Quiz, attempt: &Attempt) -> AnyView {
    let state = opened.states.get(&activity.id);
    let passed_ever = state.is_some_and(domain::progress::ActivityState::is_completed);
    let used = state.map_or(attempt.number, |state| state.attempts);
    let shown = reveal(quiz, passed_ever, used, state.map_or(0, |state| state.granted));
    let result = feedback(quiz, attempt.seed, &attempt.answers, shown);
    let items = result
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| item_view(opened, activity, attempt, item, index + 1))
        .collect_view();
    let held_back = shown == domain::quiz::Reveal::Chosen;
    view! {
        {score_card(&result)}
        {held_back.then(|| view! { <p class="soft">{t!("quiz-held-back")}</p> })}
        <ol class="stack">{items}</ol>
    }
    .into_any()
}

fn score_card(result: &Feedback) -> AnyView {
    let pass = i64::from(result.pass.whole());
    let (class, title, words) = if result.passed {
        ("card result result-pass", t!("quiz-passed"), t!("quiz-passed-text", pass = pass))
    } else {
        ("card result result-fail", t!("quiz-failed"), t!("quiz-failed-text", pass = pass))
    };
    view! {
        <section class=class>
            <p class="result-score">{result.percent.to_string()}</p>
            <div class="result-text"><h2>{title}</h2><p>{words}</p></div>
        </section>
    }
    .into_any()
}

fn item_view(opened: &Opened, activity: &Activity, attempt: &Attempt, item: &FeedbackItem, number: usize) -> AnyView {
    let remark = remark::form(&remark::Subject::Item(attempt.id.to_string(), item.id.to_string()));
    let folder = activity.folder();
    let stem = opened.authored.part(folder, &item.stem);
    let options = item.options.iter().map(|option| option_view(opened, folder, item.kind, option)).collect_view();
    let why = item.why.as_ref().filter(|why| !why.is_empty()).map(|why| {
        let html = opened.authored.part(folder, why);
        view! { <div class="prose prose-small" inner_html=html.to_string()></div> }
    });
    let head =
        t!("quiz-item-result", number = i64::try_from(number).unwrap_or(0), mark = i64::from(item.percent.whole()));
    view! {
        <li class="question">
            <h2 class="small soft">{head}</h2>
            <div class="question-stem" inner_html=stem.to_string()></div>
            <div class="options">{options}</div>
            {why}
            {remark}
        </li>
    }
    .into_any()
}

fn option_view(opened: &Opened, folder: &str, kind: ItemKind, option: &FeedbackOption) -> AnyView {
    let text = opened.authored.phrase(folder, &option.text);
    let good = match kind {
        ItemKind::Judgement => option.key.map(|key| Some(key) == option.rating),
        _ => option.right.map(|right| right == option.chosen),
    };
    let (class, icon) = match (good, option.chosen || option.rating.is_some()) {
        (Some(true), true) => ("option option-right", Some(IconName::Check)),
        (Some(false), _) => ("option option-wrong", Some(IconName::Cross)),
        _ => ("option option-plain", None),
    };
    let verdict = if kind == ItemKind::Judgement {
        let rating = |value: u8| t!(&format!("rating-{value}"));
        match (option.rating, option.key) {
            (Some(yours), Some(key)) if yours == key => t!("verdict-rated-same", rating = rating(yours)),
            (Some(yours), Some(key)) => t!("verdict-rated", yours = rating(yours), key = rating(key)),
            (Some(yours), None) => t!("verdict-rated-only", yours = rating(yours)),
            (None, _) => t!("quiz-not-answered"),
        }
    } else {
        match (option.chosen, option.right) {
            (true, Some(true)) => t!("verdict-right"),
            (true, Some(false)) => t!("verdict-wrong"),
            (true, None) => t!("verdict-chosen"),
            (false, Some(true)) => t!("verdict-missed"),
            (false, _) => String::new(),
        }
    };
    let why = option.why.as_ref().filter(|why| !why.is_empty()).map(|why| {
        let html = opened.authored.phrase(folder, why);
        view! { <p class="option-why" inner_html=html.to_string()></p> }
    });
    view! {
        <div class=class>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <div inner_html=text.to_string()></div>
            {(!verdict.is_empty()).then(|| view! { <p class="option-verdict">{verdict}</p> })}
            {why}
        </div>
    }
    .into_any()
}
