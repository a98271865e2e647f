//! The assignments in force.

use crate::t;
use crate::ui::{ButtonSize, Confirm, Hidden, TableRegion};
use crate::when::{Moment, civil};
use leptos::prelude::*;
use store::{Rule, Target};

/// Rows shown; the newest come first.
const SHOWN: usize = 100;

/// The assignments, and whether the viewer may withdraw each; of one course where `course` names it.
pub fn list(mut rules: Vec<(Rule, bool)>, course: Option<String>) -> AnyView {
    rules.sort_by_key(|(rule, _)| std::cmp::Reverse((rule.created_at, rule.id)));
    let all = rules.len();
    let heading = match &course {
        Some(title) => t!("rules-of", course = title.clone()),
        None => t!("rules-title"),
    };
    let more = (all > SHOWN).then(|| {
        let (shown, total) = (i64::try_from(SHOWN).unwrap_or(0), i64::try_from(all).unwrap_or(i64::MAX));
        view! { <p class="small soft">{t!("rules-part", shown = shown, total = total)}</p> }
    });
    let body =
        if rules.is_empty() { view! { <p class="soft">{t!("rules-none")}</p> }.into_any() } else { table(rules) };
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{heading}</h2>
                {course.map(|_| view! { <a href="/tracking/assign">{t!("rules-all")}</a> })}
            </div>
            {body}
            {more}
        </section>
    }
    .into_any()
}

fn table(rules: Vec<(Rule, bool)>) -> AnyView {
    let rows = rules.into_iter().take(SHOWN).map(row).collect_view();
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
