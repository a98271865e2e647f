//! Where the person stands with each course now.

use super::decide::{self, Case};
use super::nothing;
use crate::context::Refused;
use crate::pages::tracking::status_badge;
use crate::t;
use crate::ui::{Facts, Progress, fact};
use crate::when::{DayThere, Moment, civil, until};
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{ExceptionKind, Person, PersonHistory, ReportRow, ReportStatus};

/// The person's courses: what is open first, then what is done.
pub fn courses(person: &Person, history: &PersonHistory, may_decide: bool, refused: &Refused) -> AnyView {
    let mut wanted: Vec<_> = history.standing.iter().collect();
    wanted.sort_by_key(|one| (rank(one.status), one.due_at.unwrap_or(Timestamp(i64::MAX)), one.course_title.clone()));
    let cards = wanted.iter().map(|one| card(person, history, one, may_decide, refused)).collect_view();
    let body = if wanted.is_empty() { nothing(person) } else { view! { <div class="stack">{cards}</div> }.into_any() };
    view! {
        <section class="section" aria-labelledby="courses">
            <div class="section-head"><h2 id="courses">{t!("history-courses")}</h2></div>
            {body}
        </section>
    }
    .into_any()
}

fn rank(status: ReportStatus) -> u8 {
    match status {
        ReportStatus::Overdue => 0,
        ReportStatus::InProgress | ReportStatus::NotStarted => 1,
        ReportStatus::Done => 2,
        ReportStatus::Exempt => 3,
    }
}

fn card(person: &Person, history: &PersonHistory, one: &ReportRow, may_decide: bool, refused: &Refused) -> AnyView {
    let status = one.status;
    let case =
        Case { person: person.id, name: person.name.to_string(), course: one.course, title: one.course_title.clone() };
    let decisions = match status {
        _ if !may_decide => ().into_any(),
        ReportStatus::Exempt => decide::exempted(&case),
        ReportStatus::Done => ().into_any(),
        _ if one.assigned_at.is_some() => decide::open(&case, refused),
        _ => ().into_any(),
    };
    let progress = (one.total > 0 && status != ReportStatus::Exempt).then(|| {
        let text = t!("history-activities", done = one.done, total = one.total);
        let label = t!("tracking-progress-of", name = case.name.clone(), course = case.title.clone());
        view! { <Progress label=label done=one.done total=one.total text=text hide_label=true/> }
    });
    view! {
        <article class="card">
            <div class="row row-apart">
                <h3 class="card-title">{one.course_title.clone()}</h3>
                {status_badge(status)}
            </div>
            {progress}
            {dates(history, one)}
            {decisions}
        </article>
    }
    .into_any()
}

fn dates(history: &PersonHistory, one: &ReportRow) -> AnyView {
    let status = one.status;
    let mut items = vec![];
    let open = !matches!(status, ReportStatus::Done | ReportStatus::Exempt);
    if let Some(day) = one.due_on {
        let left = one.due_zone.as_ref().filter(|_| open).map(|zone| until(day, zone)).map(|left| format!(" ({left})"));
        items.push(fact(t!("tracking-due"), format!("{}{}", civil(&day.to_string()), left.unwrap_or_default())));
    }
    match one.assigned_at {
        Some(at) => items.push(fact(t!("history-assigned-on"), view! { <DayThere at=at zone=one.zone.clone()/> })),
        None => items.push(fact(t!("history-assigned-on"), t!("history-own-accord"))),
    }
    if let Some(at) = one.started_at {
        items.push(fact(t!("history-started-on"), view! { <DayThere at=at zone=one.zone.clone()/> }));
    }
    if let Some(at) = one.completed_at {
        items.push(fact(t!("tracking-completed"), view! { <DayThere at=at zone=one.zone.clone()/> }));
    }
    let latest = history
        .enrolments
        .iter()
        .filter(|enrolment| enrolment.course == one.course)
        .max_by_key(|enrolment| enrolment.cycle);
    if let Some(number) = latest.and_then(|enrolment| enrolment.number) {
        items.push(fact(t!("history-version"), number.to_string()));
    }
    let exempt = history.exceptions.iter().find(|exception| {
        exception.course == one.course
            && exception.ended_at.is_none()
            && matches!(exception.kind, ExceptionKind::Exemption)
    });
    if let Some(exception) = exempt.filter(|_| status == ReportStatus::Exempt) {
        items.push(fact(t!("status-exempt"), view! { <Moment at=exception.created_at/> }));
        items.push(fact(t!("decision-reason"), exception.reason.clone()));
    }
    let receipts =
        history.receipts.iter().filter(|receipt| receipt.course == one.course && receipt.revoked_at.is_none());
    if let Some(receipt) = receipts.max_by_key(|receipt| receipt.issued_at) {
        let href = format!("/receipts/{}", receipt.id);
        items.push(fact(t!("history-open-receipt"), view! { <a href=href>{receipt.code.clone()}</a> }));
    }
    view! { <Facts items=items/> }.into_any()
}
