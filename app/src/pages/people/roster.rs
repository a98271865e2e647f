//! A pasted list of people as it was understood, before anybody is added.

use crate::api::people::LINES_MOST;
use crate::context::Refused;
use crate::pages::paging::number;
use crate::t;
use crate::ui::{Actions, Button, Hidden, IconName, TableRegion};
use domain::people::roster::{self, Listed, Roster};
use leptos::prelude::*;

/// The list and the button that adds it; nothing where there is no list without faults.
pub(super) fn preview(refused: &Refused) -> Option<AnyView> {
    let roster = roster::read(&refused.typed("lines"), LINES_MOST).ok()?;
    let count = number(roster.people.len() as u64);
    let kept = ["lines", "group", "locale", "zone"]
        .map(|field| view! { <Hidden name=field value=refused.typed(field)/> })
        .into_iter()
        .collect_view();
    Some(
        view! {
            <section class="section" id="look">
                <h2>{t!("roster-title", count = count)}</h2>
                <p class="soft">{read_as(&roster)}</p>
                {table(&roster.people)}
                <p>{t!("people-lines-roles")}</p>
                <form method="post" action="/do/add-people">
                    {kept}
                    <Hidden name="sure" value="yes"/>
                    <Actions><Button label=t!("roster-add", count = count) icon=IconName::Plus/></Actions>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// How the list was read, so that a wrong guess is seen.
fn read_as(roster: &Roster) -> String {
    let separator = t!(roster.separator.code());
    if roster.has_heading {
        t!("roster-heading", separator = separator)
    } else {
        t!("roster-plain", separator = separator)
    }
}

fn table(people: &[Listed]) -> AnyView {
    let none = || view! { <span class="soft">{t!("roster-nothing")}</span> }.into_any();
    let row = |person: &Listed| {
        let email = person.email.as_ref().map_or_else(none, |email| email.to_string().into_any());
        let number = person.number.as_ref().map_or_else(none, |number| number.to_string().into_any());
        view! {
            <tr>
                <th scope="row">{person.name.to_string()}</th>
                <td data-label=t!("person-email")>{email}</td>
                <td data-label=t!("person-number")>{number}</td>
                <td data-label=t!("roster-line") class="num">{person.line.to_string()}</td>
            </tr>
        }
    };
    let rows = people.iter().map(row).collect_view();
    view! {
        <TableRegion label=t!("people-lines")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("people-lines")}</caption>
                <thead><tr>
                    <th scope="col">{t!("person-name")}</th>
                    <th scope="col">{t!("person-email")}</th>
                    <th scope="col">{t!("person-number")}</th>
                    <th scope="col" class="num">{t!("roster-line")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}
