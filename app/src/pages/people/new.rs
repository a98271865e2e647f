//! Adding people: one, or many from pasted lines.

use super::{choices, roster, summary};
use crate::api::people::{LINES_MOST, LOOK};
use crate::api::site::usual_zone;
use crate::context::{Refused, viewer, visit};
use crate::failure::Failure;
use crate::groups::{GroupChoice, GroupField};
use crate::pages::{page, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, ChoiceKind, Choices, Crumb, Crumbs, Disclosure, Field, LinkButton, Notice, NoticeKind,
    PageHeader, Select, Tab, Tabs, TextArea,
};
use domain::people::{Role, Roles};
use leptos::prelude::*;
use store::Scope;

/// The page with the form for one person or for many.
#[component]
pub fn New() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let many = query::<u8>("many") == Some(1);
    let refused = visit().refused;
    let wished = refused.typed("group");
    let wished = if wished.is_empty() { visit().query("group").unwrap_or_default() } else { wished };
    let groups = GroupChoice::load(Scope::Everyone, &wished).await?;
    let zone = Some(refused.typed("zone")).filter(|zone| !zone.is_empty());
    let zone = match zone {
        Some(zone) => zone,
        None => usual_zone().await?,
    };
    let look = if many && refused.values.contains_key(LOOK) { roster::preview(&refused) } else { None };
    let lead = match (many, look.is_some()) {
        (true, true) => t!("roster-lead"),
        (true, false) => t!("people-new-many-lead"),
        (false, _) => t!("people-new-lead"),
    };
    let form = match look {
        Some(look) => {
            let again = lines(&refused, &groups, zone);
            view! { {look} <Disclosure summary=t!("roster-change")>{again}</Disclosure> }.into_any()
        }
        None if many => lines(&refused, &groups, zone),
        None => one(&refused, &groups, zone)?,
    };
    let tabs = vec![
        Tab::new("/people/new", t!("people-new-one")).current(!many),
        Tab::new("/people/new?many=1", t!("people-new-many")).current(many),
    ];
    Ok(view! {
        <Frame title=t!("people-new-title") narrow=true>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/people", t!("people-title"))]/>
            <PageHeader title=t!("people-new-title") lead=lead/>
            <div class="stack">
                <Tabs label=t!("people-new-how") tabs=tabs/>
                {form}
            </div>
        </Frame>
    }
    .into_any())
}

/// Group, language and time zone, as both forms have them.
fn shared(refused: &Refused, groups: &GroupChoice, zone: String, of_group: String) -> AnyView {
    let locale = Some(refused.typed("locale")).filter(|locale| !locale.is_empty()).unwrap_or_else(|| "en".to_owned());
    view! {
        <GroupField choice=groups.clone() label=t!("person-group") none=t!("person-group-none") hint=of_group
            error=refused.problem("group").unwrap_or_default()/>
        <Select label=t!("person-locale") name="locale" options=choices::languages(&locale) selected=locale.clone()
            hint=t!("person-locale-hint") error=refused.problem("locale").unwrap_or_default()/>
        <Select label=t!("person-zone") name="zone" options=choices::zones(&zone) selected=zone.clone()
            hint=t!("person-zone-hint") error=refused.problem("zone").unwrap_or_default()/>
    }
    .into_any()
}

fn one(refused: &Refused, groups: &GroupChoice, zone: String) -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    // A form that comes back may have no role ticked on purpose; a fresh one suggests the learner.
    let roles = match refused.values.get("roles[]") {
        Some(typed) => typed.parse().unwrap_or_default(),
        None => Roles::from(Role::Learner),
    };
    Ok(view! {
        <form class="form" method="post" action="/do/add-person">
            {summary(&["name", "email", "number", "roles[]", "group", "locale", "zone"])}
            <Field label=t!("person-name") name="name" value=refused.typed("name") autocomplete="off" maxlength=100
                hint=t!("person-name-hint") error=refused.problem("name").unwrap_or_default() required=true/>
            <Field label=t!("person-email") name="email" kind="email" value=refused.typed("email") autocomplete="off"
                hint=t!("person-email-hint") error=refused.problem("email").unwrap_or_default()/>
            <Field label=t!("person-number") name="number" value=refused.typed("number") autocomplete="off" maxlength=32
                hint=t!("person-number-hint") error=refused.problem("number").unwrap_or_default() short=true/>
            <Choices legend=t!("person-roles") name="roles[]" kind=ChoiceKind::Checkbox options=choices::roles(&viewer, roles)
                hint=choices::roles_hint(&viewer) error=refused.problem("roles[]").unwrap_or_default()/>
            {shared(refused, groups, zone, t!("person-group-hint"))}
            <Actions>
                <Button label=t!("people-add-do")/>
                <LinkButton label=t!("cancel") href="/people" kind=ButtonKind::Quiet/>
            </Actions>
        </form>
    }
    .into_any())
}

fn lines(refused: &Refused, groups: &GroupChoice, zone: String) -> AnyView {
    let most = i64::try_from(LINES_MOST).unwrap_or(i64::MAX);
    view! {
        <form class="form" method="post" action="/do/add-people">
            {summary(&["lines", "group", "locale", "zone"])}
            {line_problems(refused)}
            <TextArea label=t!("people-lines") name="lines" value=refused.typed("lines") rows=12 code=true
                hint=t!("people-lines-hint", most = most) error=refused.problem("lines").unwrap_or_default() required=true/>
            <Notice><p>{t!("people-lines-roles")}</p></Notice>
            {shared(refused, groups, zone, t!("people-lines-group-hint"))}
            <Actions>
                <Button label=t!("people-add-many-do")/>
                <LinkButton label=t!("cancel") href="/people" kind=ButtonKind::Quiet/>
            </Actions>
        </form>
    }
    .into_any()
}

/// Every bad line with its number and what is wrong with it.
fn line_problems(refused: &Refused) -> AnyView {
    let typed = refused.typed("lines");
    let mut problems: Vec<(usize, String)> = refused
        .errors
        .keys()
        .filter_map(|field| Some((field.strip_prefix("line-")?.parse().ok()?, refused.problem(field)?)))
        .collect();
    if problems.is_empty() {
        return ().into_any();
    }
    problems.sort_unstable();
    let items = problems
        .into_iter()
        .map(|(line, problem)| {
            let text = typed.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim().to_owned();
            let place = t!("people-line", number = i64::try_from(line).unwrap_or(i64::MAX));
            view! { <li><strong>{place}</strong>" "<code>{text}</code><br/>{problem}</li> }
        })
        .collect_view();
    view! {
        <Notice kind=NoticeKind::Bad title=t!("people-lines-list")><ul>{items}</ul></Notice>
    }
    .into_any()
}
