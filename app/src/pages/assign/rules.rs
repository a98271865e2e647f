//! The assignments in force.

use crate::pages::paging::pages;
use crate::t;
use crate::ui::{ButtonSize, Confirm, Hidden, TableRegion};
use crate::when::{Moment, civil};
use domain::ids::CourseId;
use leptos::prelude::*;
use store::{Paged, Rule, Target};

/// A page of the assignments, the newest first, and whether the viewer may withdraw each; of one course where `course` names it.
pub fn list(rules: Paged<(Rule, bool)>, current: u32, course: Option<CourseId>, title: Option<String>) -> AnyView {
    let heading = match &title {
        Some(title) => t!("rules-of", course = title.clone()),
        None => t!("rules-title"),
    };
    let base = course.map(|course| format!("course={course}&")).unwrap_or_default();
    let pages = pages(&format!("/tracking/assign?{base}page="), current, rules.total);
    let body = if rules.items.is_empty() {
        view! { <p class="soft">{t!("rules-none")}</p> }.into_any()
    } else {
        table(rules.items)
    };
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{heading}</h2>
                {title.map(|_| view! { <a href="/tracking/assign">{t!("rules-all")}</a> })}
            </div>
            {body}
            {pages}
        </section>
    }
    .into_any()
}

fn table(rules: Vec<(Rule, bool)>) -> AnyView {
    let rows = rules.into_iter().map(row).collect_view();
    view! {
        <TableRegion label=t!("rules-title")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("rules-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("tracking-course")}</th>
                        <th scope="col">{t!("rules-for")}</th>
                        <th scope="col">{t!("tracking-due")}</th>
                        <th scope="col" class="num">{t!("rules-people")}</th>
                        <th scope="col">{t!("rules-since")}</th>
                        <th scope="col"><span class="visually-hidden">{t!("rules-withdraw")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

fn row((rule, mine): (Rule, bool)) -> AnyView {
    let name = rule.target_name.as_ref().map(ToString::to_string).unwrap_or_default();
    let whom = match rule.target {
        Target::Everyone => t!("rules-everyone").into_any(),
        Target::Group(_) => {
            view! { <span>{name.clone()}<span class="sub">{t!("rules-group")}</span></span> }.into_any()
        }
        Target::Person(person) => view! { <a href=format!("/tracking/people/{person}")>{name.clone()}</a> }.into_any(),
    };
    let due = match rule.due_on.as_ref().map(ToString::to_string) {
        Some(day) => view! { <time datetime=day.clone()>{civil(&day)}</time> }.into_any(),
        None => t!("tracking-no-due").into_any(),
    };
    view! {
        <tr>
            <th scope="row">{rule.course_title.clone()}</th>
            <td data-label=t!("rules-for")>{whom}</td>
            <td data-label=t!("tracking-due") class="nowrap">{due}</td>
            <td data-label=t!("rules-people") class="num">{rule.people.to_string()}</td>
            <td data-label=t!("rules-since") class="nowrap"><Moment at=rule.created_at/></td>
            <td>
                {mine.then(|| view! { <Confirm open=t!("rules-withdraw") question=t!("rules-withdraw-question", course = rule.course_title)
                    action="/do/withdraw" confirm=t!("rules-withdraw-do") size=ButtonSize::Small>
                    <Hidden name="rule" value=rule.id.to_string()/>
                </Confirm> })}
            </td>
        </tr>
    }
    .into_any()
}
