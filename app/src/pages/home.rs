//! Where everybody begins: what to do next, what is due, what is done.

use crate::context::{now, services, viewer};
use crate::failure::Failure;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Badge, BadgeKind, ButtonKind, Card, EmptyState, Icon, IconName, LinkButton, PageHeader, Progress,
};
use crate::when;
use domain::assignment::{Standing, Status};
use domain::course::Body;
use domain::ids::PersonId;
use domain::people::{Role, Roles};
use domain::progress;
use domain::time::Timestamp;
use leptos::prelude::*;
use store::HomeRow;

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let services = services();
    let mut rows = services.db.home(viewer.person).await?;
    rows.retain(|row| !row.exempt || row.completed_at.is_some());
    rows.sort_by_key(|row| (row.due_at.unwrap_or(Timestamp(i64::MAX)), row.title.clone()));
    let (done, open): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.completed_at.is_some());
    let resumed = open.iter().filter(|row| row.enrolment.is_some()).max_by_key(|row| row.seen_at);
    let chosen = resumed.or(open.first());
    let resume = match chosen {
        Some(row) => Some(resume(row, viewer.person).await?),
        None => None,
    };
    let first = viewer.name.split_whitespace().next().unwrap_or_default().to_owned();
    let lead = match (open.is_empty(), done.is_empty()) {
        (false, _) => t!("home-lead-open", count = i64::try_from(open.len()).unwrap_or(0)),
        (true, false) => t!("home-lead-done"),
        (true, true) => String::new(),
    };
    let nothing = resume.is_none() && done.is_empty();
    let suggestion = if nothing { suggestion(viewer.person).await? } else { None };
    let empty = (nothing && suggestion.is_none()).then(empty);
    let rest: Vec<_> = open.iter().filter(|row| chosen.is_none_or(|chosen| chosen.course != row.course)).collect();
    let (due, done) = (due_list(&rest), done_list(&done));
    Ok(view! {
        <Frame title=t!("home-title")>
            <PageHeader title=t!("home-greeting", name = first) lead=lead/>
            <div class="stack stack-wide">
                {resume}
                {suggestion}
                {due}
                {empty}
                {done}
                {work(viewer.roles)}
            </div>
        </Frame>
    }
    .into_any())
}

/// Where those who look after others go next.
fn work(roles: Roles) -> Option<AnyView> {
    let all: [(&[Role], &str, String, String); 5] = [
        (&[Role::Manager, Role::Hr, Role::Admin], "/tracking", t!("work-tracking"), t!("work-tracking-text")),
        (&[Role::Hr, Role::Trainer, Role::Admin], "/gap", t!("work-gap"), t!("work-gap-text")),
        (&[Role::Hr, Role::Admin], "/people", t!("work-people"), t!("work-people-text")),
        (&[Role::Trainer, Role::Admin], "/authoring", t!("work-authoring"), t!("work-authoring-text")),
        (&[Role::Admin], "/site", t!("work-site"), t!("work-site-text")),
    ];
    let cards = all
        .into_iter()
        .filter(|(wanted, ..)| roles.has_any(wanted))
        .map(|(_, href, title, text)| view! { <li><Card title=title href=href level=3><p class="soft">{text}</p></Card></li> })
        .collect::<Vec<_>>();
    (!cards.is_empty()).then(|| {
        view! {
            <section class="section">
                <div class="section-head"><h2>{t!("work-head")}</h2></div>
                <ul class="grid">{cards}</ul>
            </section>
        }
        .into_any()
    })
}

fn empty() -> AnyView {
    view! {
        <EmptyState title=t!("home-empty") text=t!("home-empty-text") icon=IconName::Course>
            <LinkButton label=t!("home-empty-do") href="/courses"/>
        </EmptyState>
    }
    .into_any()
}

/// The one card at the top: one click to exactly where the person was, or to the first thing of what is due.
async fn resume(row: &HomeRow, person: PersonId) -> Result<AnyView, Failure> {
    let services = services();
    let version = match row.version {
        Some(version) => Some(version),
        None => services.db.course(&row.slug).await?.and_then(|course| course.current).map(|current| current.id),
    };
    let mut title = row.title.clone();
    let mut place = String::new();
    let mut href = format!("/courses/{}", row.slug);
    let mut minutes = row.minutes;
    if let Some(version) = version {
        let package = services.packages.of_person(&services.db, version, person).await?;
        let states = match row.enrolment {
            Some(enrolment) => services.db.activity_states(enrolment).await?,
            None => progress::States::new(),
        };
        let last = row.last_activity.as_ref().filter(|id| states.get(id).is_some_and(|state| !state.is_completed()));
        let next = last.cloned().or_else(|| progress::course(&package, &states).next);
        if let Some(activity) = next.and_then(|id| package.activity(&id).cloned()) {
            let module = package.module_of(&activity.id).map(|module| module.title.clone()).unwrap_or_default();
            place = t!("home-place", course = row.title.clone(), module = module);
            // A conversation that is under way goes on where it stands; one that is not has no such place.
            let now = if matches!(activity.body, Body::Conversation { .. }) { "#now" } else { "" };
            title = activity.title;
            href = format!("/courses/{}/a/{}{now}", row.slug, activity.id);
            minutes = activity.minutes;
        }
    }
    let begun = row.enrolment.is_some();
    let (kicker, act) =
        if begun { (t!("home-continue"), t!("home-continue-do")) } else { (t!("home-begin"), t!("home-begin-do")) };
    Ok(view! {
        <section class="card resume">
            <p class="kicker">{kicker}</p>
            <h2>{title}</h2>
            <p class="soft">{place}</p>
            {begun.then(|| course_progress(row))}
            <p class="meta">{due_words(row, minutes)}</p>
            <Actions><LinkButton label=act href=href/></Actions>
        </section>
    }
    .into_any())
}

/// For somebody to whom nothing was assigned: the course that has been here the longest, straight to its beginning.
async fn suggestion(person: PersonId) -> Result<Option<AnyView>, Failure> {
    let services = services();
    let courses = services.db.courses(false).await?;
    // Identifiers sort by time: the course that has been here the longest is where this organisation begins.
    let open = courses.into_iter().filter(|course| !course.archived && course.current.is_some());
    let Some(course) = open.min_by_key(|course| course.id) else { return Ok(None) };
    let Some(current) = &course.current else { return Ok(None) };
    let package = services.packages.of_person(&services.db, current.id, person).await?;
    let Some(first) = package.activities().next() else { return Ok(None) };
    let href = format!("/courses/{}/a/{}", course.slug, first.id);
    let minutes = t!("course-minutes", minutes = course.minutes);
    let view = view! {
        <section class="card resume">
            <p class="kicker">{t!("home-suggestion")}</p>
            <h2>{course.title}</h2>
            <p class="soft">{course.summary}</p>
            <p class="meta"><span><Icon name=IconName::Clock/>{minutes}</span></p>
            <Actions>
                <LinkButton label=t!("home-begin-do") href=href/>
                <LinkButton label=t!("home-empty-do") href="/courses" kind=ButtonKind::Quiet/>
            </Actions>
        </section>
    };
    Ok(Some(view.into_any()))
}

fn course_progress(row: &HomeRow) -> AnyView {
    let text = t!("count-of", done = row.done, total = row.total);
    view! { <Progress label=t!("progress-of", course = row.title.clone()) done=row.done total=row.total text=text hide_label=true/> }
        .into_any()
}

fn standing(row: &HomeRow) -> Standing {
    Standing { started: row.started_at, completed: row.completed_at, due_at: row.due_at }
}

/// The badge and the date of something that is due, and the minutes of what comes next.
fn due_words(row: &HomeRow, minutes: u32) -> AnyView {
    let standing = standing(row);
    let badge = match standing.status(now()) {
        Status::Overdue => view! { <Badge label=t!("status-overdue") kind=BadgeKind::Overdue/> }.into_any(),
        _ if standing.is_due_soon(now()) => {
            view! { <Badge label=t!("status-due-soon") kind=BadgeKind::DueSoon/> }.into_any()
        }
        Status::InProgress => view! { <Badge label=t!("status-in-progress") kind=BadgeKind::InProgress/> }.into_any(),
        Status::Done => view! { <Badge label=t!("status-done") kind=BadgeKind::Done/> }.into_any(),
        Status::NotStarted => view! { <Badge label=t!("status-not-started") kind=BadgeKind::NotStarted/> }.into_any(),
    };
    let date = row.due_on.map(|day| {
        let left = row.due_zone.as_ref().map(|zone| when::until(day, zone)).unwrap_or_default();
        let words = t!("home-due", date = when::civil(&day.to_string()), left = left);
        view! { <span><Icon name=IconName::Calendar/>{words}</span> }
    });
    let minutes = t!("minutes", minutes = minutes);
    view! { {badge}{date}<span><Icon name=IconName::Clock/>{minutes}</span> }.into_any()
}

fn due_list(rows: &[&HomeRow]) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        let items = rows
            .iter()
            .map(|row| {
                let href = format!("/courses/{}", row.slug);
                view! {
                    <li class="card card-link due-item">
                        <div>
                            <h3 class="card-title"><a href=href>{row.title.clone()}</a></h3>
                            <p class="soft">{row.summary.clone()}</p>
                            <p class="meta">{due_words(row, row.minutes)}</p>
                        </div>
                        {course_progress(row)}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section">
                <div class="section-head"><h2>{t!("home-due-head")}</h2></div>
                <ul class="due">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn done_list(rows: &[HomeRow]) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        let items = rows
            .iter()
            .map(|row| {
                let when = row.completed_at.map(when::day).unwrap_or_default();
                let receipt = row.receipt.map(|id| {
                    view! { <a href=format!("/receipts/{id}")><Icon name=IconName::Receipt/>{t!("home-receipt")}</a> }
                });
                view! {
                    <li class="card due-item">
                        <div>
                            <h3 class="card-title"><a href=format!("/courses/{}", row.slug)>{row.title.clone()}</a></h3>
                            <p class="meta">
                                <Badge label=t!("status-done") kind=BadgeKind::Done/>
                                <span>{t!("home-done-on", date = when)}</span>
                                {receipt}
                            </p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="section">
                <div class="section-head"><h2>{t!("home-done-head")}</h2></div>
                <ul class="due">{items}</ul>
            </section>
        }
        .into_any()
    })
}
