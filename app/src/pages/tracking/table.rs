//! The table of people and courses.

use super::status_badge;
use crate::api::tracking::Filter;
use crate::t;
use crate::ui::{Progress, SortHeader, Sorted, TableRegion};
use crate::when::{DayThere, civil, until};
use leptos::prelude::*;
use store::{Report, ReportRow, ReportStatus, SortBy};

/// One page of the table.
pub fn rows(filter: &Filter, report: &Report) -> AnyView {
    let rows = report.rows.iter().map(row).collect_view();
    let heads = view! {
        {head(filter, SortBy::Name, t!("tracking-person"))}
        {head(filter, SortBy::Course, t!("tracking-course"))}
        {head(filter, SortBy::Status, t!("tracking-status"))}
        <th scope="col">{t!("tracking-progress")}</th>
        {head(filter, SortBy::Due, t!("tracking-due"))}
        {head(filter, SortBy::Completed, t!("tracking-completed"))}
    };
    view! {
        <TableRegion label=t!("tracking-table")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("tracking-caption")}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

fn head(filter: &Filter, by: SortBy, label: String) -> AnyView {
    let sorted = (filter.sort == by).then_some(if filter.descending { Sorted::Descending } else { Sorted::Ascending });
    let href = filter.clone().sorted_by(by).address();
    view! { <SortHeader label=label href=href sorted=sorted/> }.into_any()
}

fn row(row: &ReportRow) -> AnyView {
    let name = row.name.to_string();
    let login = row.email.as_ref().map(ToString::to_string);
    let login = login.or_else(|| row.number.as_ref().map(ToString::to_string));
    let progress = t!("tracking-done-parts", done = row.done, total = row.total);
    let bar = (row.total > 0 && row.status != ReportStatus::Exempt).then(|| {
        let label = t!("tracking-progress-of", name = name.clone(), course = row.course_title.clone());
        view! { <Progress label=label done=row.done total=row.total text=progress hide_label=true/> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/tracking/people/{}", row.person)>{name}</a>
                {login.map(|login| view! { <span class="sub">{login}</span> })}
            </th>
            <td data-label=t!("tracking-course")>{row.course_title.clone()}</td>
            <td data-label=t!("tracking-status")>{status_badge(row.status)}</td>
            <td data-label=t!("tracking-progress")>{bar}</td>
            <td data-label=t!("tracking-due") class="nowrap">{due(row)}</td>
            <td data-label=t!("tracking-completed") class="nowrap">{completed(row)}</td>
        </tr>
    }
    .into_any()
}

fn due(row: &ReportRow) -> AnyView {
    let Some(day) = row.due_on else {
        let words = if row.assigned_at.is_some() { t!("tracking-no-due") } else { t!("history-own-accord") };
        return words.into_any();
    };
    let open = matches!(row.status, ReportStatus::NotStarted | ReportStatus::InProgress | ReportStatus::Overdue);
    let zone = row.due_zone.as_ref().filter(|_| open);
    let left = zone.map(|zone| view! { <span class="sub">{until(day, zone)}</span> });
    let day = day.to_string();
    view! { <span><time datetime=day.clone()>{civil(&day)}</time>{left}</span> }.into_any()
}

fn completed(row: &ReportRow) -> AnyView {
    let Some(at) = row.completed_at else { return ().into_any() };
    let late = row.due_at.is_some_and(|due| at >= due);
    view! {
        <span><DayThere at=at zone=row.zone.clone()/>{late.then(|| view! { <span class="sub">{t!("tracking-late")}</span> })}</span>
    }
    .into_any()
}
