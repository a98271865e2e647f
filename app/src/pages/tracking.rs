//! Where everybody stands: people × courses.

mod chart;
mod table;

use super::page;
use crate::api::tracking::{Filter, STATUSES, scope, status_name, taken_name, teams};
use crate::context::{now, services, viewer, visit};
use crate::failure::Failure;
use crate::pages::paging;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Badge, BadgeKind, Button, ButtonKind, EmptyState, Field, Hidden, IconName, LinkButton, PageHeader, Select,
    SelectOption,
};
use leptos::prelude::*;
use store::{CourseRef, GroupRef, Page, Report, ReportStatus, Scope, Tallies};

/// Rows on a page.
const ROWS: u32 = 50;

/// People and courses.
#[component]
pub fn Overview() -> impl IntoView {
    page(overview())
}

async fn overview() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let services = services();
    let now = now();
    let mut filter = Filter::read(&visit().query);
    let scope = scope(&viewer);
    let groups = teams(&viewer).await?;
    if matches!(scope, Scope::TeamsOf(_)) && groups.is_empty() {
        return Ok(no_team());
    }
    let db = &services.db;
    let tallies = db.course_tallies(scope, filter.group, now).await?;
    let courses = match filter.group {
        Some(_) => db.course_tallies(scope, None, now).await?.into_iter().map(|(course, _)| course).collect(),
        None => tallies.iter().map(|(course, _)| course.clone()).collect::<Vec<_>>(),
    };
    if courses.is_empty() && !filter.narrows() {
        return Ok(nothing_assigned());
    }
    let wanted = filter.report(scope);
    let at = |number| Page { number, size: ROWS };
    let mut report = db.report(&wanted, filter.order(), at(filter.page), now).await?;
    let last = paging::last(report.total, ROWS);
    if filter.page > last {
        // A list that became shorter, or a number somebody typed.
        filter.page = last;
        report = db.report(&wanted, filter.order(), at(last), now).await?;
    }
    let header = header(&filter);
    let chart = chart::courses(&filter, &tallies);
    let filters = filters(&filter, groups, courses);
    let results = results(&filter, &report);
    Ok(view! {
        <Frame title=t!("tracking-title") wide=true>
            {header}
            <div class="stack stack-wide">
                {chart}
                {filters}
                {results}
            </div>
        </Frame>
    }
    .into_any())
}

fn header(filter: &Filter) -> AnyView {
    let assign = match filter.course {
        Some(course) => format!("/tracking/assign?course={course}"),
        None => "/tracking/assign".to_owned(),
    };
    view! {
        <PageHeader title=t!("tracking-title") lead=t!("tracking-lead")>
            <LinkButton label=t!("tracking-assign") href=assign icon=IconName::Plus/>
        </PageHeader>
    }
    .into_any()
}

fn filters(filter: &Filter, groups: Vec<GroupRef>, courses: Vec<CourseRef>) -> AnyView {
    let any = |label| vec![SelectOption::new("", label)];
    let groups = groups.into_iter().map(|group| SelectOption::new(group.id.to_string(), group.name.to_string()));
    let courses = courses.into_iter().map(|course| SelectOption::new(course.id.to_string(), course.title));
    let statuses = STATUSES.iter().map(|(status, name)| SelectOption::new(*name, status_words(*status)));
    let taken = [true, false].map(|assigned| {
        let words = if assigned { t!("tracking-taken-assigned") } else { t!("tracking-taken-own") };
        SelectOption::new(taken_name(assigned), words)
    });
    let selected = |id: Option<String>| id.unwrap_or_default();
    let cleared = Filter { sort: filter.sort, descending: filter.descending, ..Filter::read("") };
    let order = filter.descending.then(|| view! { <Hidden name="order" value="descending"/> });
    view! {
        <form class="filters" method="get" action="/tracking" role="search" aria-label=t!("tracking-filter")>
            <div class="filters-search">
                <Field label=t!("tracking-search") name="q" kind="search"
                    value=filter.search.as_ref().map(ToString::to_string).unwrap_or_default() maxlength=100/>
            </div>
            <Select label=t!("tracking-group") name="group" selected=selected(filter.group.map(|id| id.to_string()))
                options=any(t!("tracking-every-group")).into_iter().chain(groups).collect()/>
            <Select label=t!("tracking-course") name="course" selected=selected(filter.course.map(|id| id.to_string()))
                options=any(t!("tracking-every-course")).into_iter().chain(courses).collect()/>
            <Select label=t!("tracking-status") name="status"
                selected=selected(filter.status.map(|status| status_name(status).to_owned()))
                options=any(t!("tracking-every-status")).into_iter().chain(statuses).collect()/>
            <Select label=t!("tracking-taken") name="taken"
                selected=selected(filter.assigned.map(|assigned| taken_name(assigned).to_owned()))
                options=any(t!("tracking-taken-any")).into_iter().chain(taken).collect()/>
            <Hidden name="sort" value=filter.sort_name()/>
            {order}
            <div class="actions">
                <Button label=t!("tracking-show") kind=ButtonKind::Secondary icon=IconName::Filter/>
                {filter.narrows().then(|| view! {
                    <LinkButton label=t!("tracking-clear") href=cleared.address() kind=ButtonKind::Quiet/>
                })}
            </div>
        </form>
    }
    .into_any()
}

fn results(filter: &Filter, report: &Report) -> AnyView {
    let total = i64::try_from(report.total).unwrap_or(i64::MAX);
    if report.total == 0 {
        let everything = Filter::read("").address();
        return view! {
            <EmptyState title=t!("tracking-no-match") text=t!("tracking-no-match-text") icon=IconName::Search>
                <LinkButton label=t!("tracking-clear") href=everything kind=ButtonKind::Secondary/>
            </EmptyState>
        }
        .into_any();
    }
    let first = i64::from(filter.page - 1) * i64::from(ROWS) + 1;
    let until = first - 1 + i64::try_from(report.rows.len()).unwrap_or(0);
    let count = if report.total > u64::from(ROWS) {
        t!("tracking-count-part", first = first, last = until, total = total)
    } else {
        t!("tracking-count", total = total)
    };
    view! {
        <section class="stack">
            <h2 class="visually-hidden">{t!("tracking-table")}</h2>
            <div class="result-bar">
                <p>{count}</p>
                <div class="row">
                    {state_counts(filter, &report.tallies)}
                    <LinkButton label=t!("tracking-export-xlsx") href=filter.export_address("xlsx") kind=ButtonKind::Secondary
                        icon=IconName::Download download=true/>
                    <LinkButton label=t!("tracking-export") href=filter.export_address("csv") kind=ButtonKind::Secondary
                        icon=IconName::Download download=true/>
                </div>
            </div>
            {table::rows(filter, report)}
            {paging::links(|page| filter.clone().on_page(page).address(), filter.page, paging::last(report.total, ROWS))}
        </section>
    }
    .into_any()
}

/// How many of the rows are in each state, as words.
fn state_counts(filter: &Filter, tallies: &Tallies) -> AnyView {
    if filter.status.is_some() {
        return ().into_any();
    }
    let overdue = i64::try_from(tallies.overdue).unwrap_or(i64::MAX);
    (overdue > 0)
        .then(|| {
            let mut only = filter.clone().on_page(1);
            only.status = Some(ReportStatus::Overdue);
            view! { <a href=only.address()>{t!("tracking-overdue-count", count = overdue)}</a> }
        })
        .into_any()
}

fn no_team() -> AnyView {
    view! {
        <Frame title=t!("tracking-title")>
            <PageHeader title=t!("tracking-title")/>
            <EmptyState title=t!("tracking-no-team") text=t!("tracking-no-team-text") icon=IconName::People/>
        </Frame>
    }
    .into_any()
}

fn nothing_assigned() -> AnyView {
    view! {
        <Frame title=t!("tracking-title")>
            <PageHeader title=t!("tracking-title")/>
            <EmptyState title=t!("tracking-empty") text=t!("tracking-empty-text") icon=IconName::Course>
                <LinkButton label=t!("tracking-assign") href="/tracking/assign" icon=IconName::Plus/>
            </EmptyState>
        </Frame>
    }
    .into_any()
}

/// A status in words.
#[must_use]
pub fn status_words(status: ReportStatus) -> String {
    t!(&format!("status-{}", status_name(status)))
}

/// A status as a badge.
#[must_use]
pub fn status_badge(status: ReportStatus) -> AnyView {
    let kind = match status {
        ReportStatus::NotStarted => BadgeKind::NotStarted,
        ReportStatus::InProgress => BadgeKind::InProgress,
        ReportStatus::Done => BadgeKind::Done,
        ReportStatus::Overdue => BadgeKind::Overdue,
        ReportStatus::Exempt => BadgeKind::Plain,
    };
    view! { <Badge label=status_words(status) kind=kind/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_words() {
        for (_, name) in STATUSES {
            assert!(crate::text::exists(&format!("status-{name}")), "{name}");
        }
    }
}
