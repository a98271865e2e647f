//! Giving a course to a person, a group or everyone, and taking it back.

mod rules;
mod who;

use super::entry::problems;
use super::page;
use crate::api::tracking::{may_withdraw, rules as rules_for, scope, teams};
use crate::context::{Viewer, services, viewer, visit};
use crate::failure::Failure;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Button, Crumb, Crumbs, EmptyState, ErrorSummary, Field, Hidden, IconName, Notice, NoticeKind, PageHeader,
    Select, SelectOption, Tab, Tabs,
};
use crate::when::today;
use domain::ids::CourseId;
use leptos::prelude::*;
use store::{CourseListed, Scope};
use who::{Target, Whom};

/// Where courses are assigned.
#[component]
pub fn Assign() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let visit = visit();
    let asked = |name| visit.query(name).unwrap_or_default();
    let (course, reached) = (asked("course"), asked("reached").parse::<i64>().ok());
    let whom = Whom::read(&visit, &viewer);
    let groups = teams(&viewer).await?;
    if matches!(scope(&viewer), Scope::TeamsOf(_)) && groups.is_empty() {
        return Ok(framed(
            view! {
                <EmptyState title=t!("tracking-no-team") text=t!("tracking-no-team-text") icon=IconName::People/>
            }
            .into_any(),
        ));
    }
    let courses = services().db.courses(false).await?;
    if courses.is_empty() {
        return Ok(framed(
            view! {
                <EmptyState title=t!("assign-no-course") text=t!("assign-no-course-text") icon=IconName::Course/>
            }
            .into_any(),
        ));
    }
    let target = who::target(&viewer, &whom, &course, groups).await?;
    let only = course.parse::<CourseId>().ok();
    let mut rules = vec![];
    for rule in rules_for(&viewer, only).await? {
        let mine = may_withdraw(&viewer, &rule).await?;
        rules.push((rule, mine));
    }
    let form = match target {
        Target::Missing(search) => search,
        Target::Ready(fields) => form(&whom, &course, &courses, fields),
    };
    let title =
        only.and_then(|only| courses.iter().find(|course| course.id == only)).map(|course| course.title.clone());
    Ok(framed(
        view! {
            {reached.map(|people| view! {
                <Notice kind=NoticeKind::Good live=true title=t!("assign-done")>
                    <p>{t!("assign-reached", people = people)}</p>
                </Notice>
            })}
            {tabs(&viewer, &whom, &course)}
            {matches!(scope(&viewer), Scope::TeamsOf(_)).then(|| view! { <p class="soft">{t!("assign-not-you")}</p> })}
            {form}
            {rules::list(rules, title)}
        }
        .into_any(),
    ))
}

fn framed(content: AnyView) -> AnyView {
    view! {
        <Frame title=t!("assign-title")>
            <Crumbs label=t!("tracking-crumbs") items=vec![Crumb::new("/tracking", t!("tracking-title"))]/>
            <PageHeader title=t!("assign-title") lead=t!("assign-lead")/>
            <div class="stack stack-wide">{content}</div>
        </Frame>
    }
    .into_any()
}

fn tabs(viewer: &Viewer, whom: &Whom, course: &str) -> AnyView {
    let tab = |to: &str, label: String| {
        let course =
            if course.is_empty() { String::new() } else { format!("&course={}", crate::context::encode(course)) };
        Tab::new(format!("/tracking/assign?to={to}{course}"), label).current(whom.to == to)
    };
    let mut tabs = vec![tab("group", t!("assign-to-group")), tab("person", t!("assign-to-person"))];
    if matches!(scope(viewer), Scope::Everyone) {
        tabs.push(tab("everyone", t!("assign-to-everyone")));
    }
    view! { <Tabs label=t!("assign-to") tabs=tabs/> }.into_any()
}

/// The form, once it is clear whom it is about; `who` is the part that says so.
fn form(whom: &Whom, course: &str, courses: &[CourseListed], who: AnyView) -> AnyView {
    let refused = visit().refused;
    let problem = |field| refused.problem(field).unwrap_or_default();
    let mut options = vec![];
    if courses.len() > 1 {
        options.push(SelectOption::new("", t!("assign-course-choose")));
    }
    options.extend(courses.iter().map(|course| SelectOption::new(course.id.to_string(), course.title.clone())));
    view! {
        <form class="form" method="post" action="/do/assign">
            <ErrorSummary title=t!("form-problem") errors=problems(&["group", "course", "due"])/>
            <Hidden name="to" value=whom.to.clone()/>
            {who}
            <Select label=t!("tracking-course") name="course" options=options selected=course.to_owned()
                error=problem("course") required=true/>
            <Field label=t!("assign-due") name="due" kind="date" note=t!("tracking-optional") hint=t!("assign-due-hint")
                value=refused.typed("due") error=problem("due") min=today().to_string() short=true/>
            <Actions><Button label=t!("assign-do")/></Actions>
        </form>
    }
    .into_any()
}
