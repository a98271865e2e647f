//! One person's account.

use super::{StateBadge, choices, logins, remove, summary};
use crate::api::people::may_look_after;
use crate::context::{Refused, Viewer, services, viewer, visit};
use crate::failure::Failure;
use crate::groups::{GroupChoice, GroupField};
use crate::pages::{page, param};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Badge, BadgeKind, Button, ButtonKind, ButtonSize, Card, ChoiceKind, Choices, Confirm, Crumb, Crumbs,
    Facts, Field, Hidden, IconName, LinkButton, Notice, NoticeKind, PageHeader, Select, fact,
};
use crate::when::Moment;
use domain::ids::PersonId;
use leptos::prelude::*;
use store::{GroupRef, Membership, Person, PersonState, Scope};

/// The page of a person's account.
#[component]
pub fn Edit() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let id: PersonId = param("id")?;
    let refused = visit().refused;
    let db = &services().db;
    let person = db.person(id).await?;
    if person.state == PersonState::Erased {
        return Err(Failure::NotFound);
    }
    let joined = db.groups_of(id).await?;
    let in_already: Vec<_> = joined.iter().map(|(group, _)| group.id).collect();
    let open = GroupChoice::load(Scope::Everyone, &refused.typed("group")).await?.without(&in_already);
    let mine = may_look_after(&viewer, person.roles);
    let removable = mine && !db.removable(&[id]).await?.is_empty();
    let name = person.name.to_string();
    let main = if mine { form(&viewer, &person, &refused) } else { only_shown(&person) };
    Ok(view! {
        <Frame title=name.clone()>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/people", t!("people-title"))]/>
            <PageHeader title=name lead=logins(&person)>
                <LinkButton label=t!("person-progress") href=format!("/tracking/people/{id}") kind=ButtonKind::Secondary icon=IconName::Chart/>
            </PageHeader>
            <div class="split">
                <div class="stack stack-wide">
                    {main}
                    {groups(&person, &joined, open, &refused)}
                </div>
                <aside class="stack">
                    {standing(&person)}
                    {mine.then(|| access(&viewer, &person, &refused))}
                    {removable.then(|| view! {
                        <Card title=t!("remove-card")><p class="soft small">{t!("remove-card-text")}</p>{remove::way(&person)}</Card>
                    })}
                </aside>
            </div>
        </Frame>
    }
    .into_any())
}

fn form(viewer: &Viewer, person: &Person, refused: &Refused) -> AnyView {
    // A refused form comes back as it was typed; otherwise the fields show what is stored.
    let shown = |field: &str, stored: &str| refused.values.get(field).cloned().unwrap_or_else(|| stored.to_owned());
    let email = person.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = person.number.as_ref().map(ToString::to_string).unwrap_or_default();
    let roles = refused.values.get("roles[]").map_or(person.roles, |typed| typed.parse().unwrap_or_default());
    let (locale, zone) = (shown("locale", person.locale.as_str()), shown("zone", person.zone.as_str()));
    view! {
        <section class="section">
            <h2>{t!("person-details")}</h2>
            <form class="form" method="post" action="/do/edit-person">
                {summary(&["name", "email", "number", "roles[]", "locale", "zone"])}
                <Hidden name="person" value=person.id.to_string()/>
                <Field label=t!("person-name") name="name" value=shown("name", person.name.as_str()) autocomplete="off" maxlength=100
                    error=refused.problem("name").unwrap_or_default() required=true/>
                <Field label=t!("person-email") name="email" kind="email" value=shown("email", &email) autocomplete="off"
                    hint=t!("person-email-hint") error=refused.problem("email").unwrap_or_default()/>
                <Field label=t!("person-number") name="number" value=shown("number", &number) autocomplete="off" maxlength=32
                    error=refused.problem("number").unwrap_or_default() short=true/>
                <Choices legend=t!("person-roles") name="roles[]" kind=ChoiceKind::Checkbox options=choices::roles(viewer, roles)
                    hint=choices::roles_hint(viewer) error=refused.problem("roles[]").unwrap_or_default()/>
                <Select label=t!("person-locale") name="locale" options=choices::languages(&locale) selected=locale.clone()
                    error=refused.problem("locale").unwrap_or_default()/>
                <Select label=t!("person-zone") name="zone" options=choices::zones(&zone) selected=zone.clone()
                    hint=t!("person-zone-change") error=refused.problem("zone").unwrap_or_default()/>
                <Actions><Button label=t!("save")/></Actions>
            </form>
        </section>
    }
    .into_any()
}

/// For an account that only admins may change.
fn only_shown(person: &Person) -> AnyView {
    view! {
        <section class="section">
            <h2>{t!("person-details")}</h2>
            <Notice><p>{t!("person-admins-only")}</p></Notice>
            <Facts items=vec![
                fact(t!("person-name"), person.name.to_string()),
                fact(t!("person-login"), logins(person)),
                fact(t!("person-roles"), choices::roles_words(person.roles)),
                fact(t!("person-zone"), person.zone.to_string()),
            ]/>
        </section>
    }
    .into_any()
}

fn groups(person: &Person, joined: &[(GroupRef, Membership)], open: GroupChoice, refused: &Refused) -> AnyView {
    let id = person.id.to_string();
    let lines = joined
        .iter()
        .map(|(group, membership)| {
            let label = t!("person-group-leave", group = group.name.to_string());
            let part = if membership.manager { t!("group-part-manager") } else { t!("group-part-member") };
            view! {
                <li class="row row-apart">
                    <span class="row">
                        <a href=format!("/groups/{}", group.id)>{group.name.to_string()}</a>
                        {membership.manager.then(|| view! { <Badge label=part kind=BadgeKind::Plain/> })}
                    </span>
                    <form method="post" action="/do/remove-member">
                        <Hidden name="group" value=group.id.to_string()/>
                        <Hidden name="person" value=id.clone()/>
                        <Hidden name="back" value="person"/>
                        <button class="btn btn-quiet btn-small" aria-label=label>{t!("group-remove")}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let list = if joined.is_empty() {
        view! { <p class="soft">{t!("person-no-groups")}</p> }.into_any()
    } else {
        view! { <ul class="stack stack-tight">{lines}</ul> }.into_any()
    };
    let add = (!open.is_empty()).then(|| {
        view! {
            <form class="form" method="post" action="/do/add-member">
                {summary(&["group"])}
                <Hidden name="person" value=id.clone()/>
                <Hidden name="back" value="person"/>
                <GroupField choice=open label=t!("person-group-add") none=t!("person-group-choose")
                    error=refused.problem("group").unwrap_or_default()/>
                <Actions><Button label=t!("person-group-add-do") kind=ButtonKind::Secondary/></Actions>
            </form>
        }
    });
    view! {
        <section class="section" id="groups">
            <h2>{t!("person-groups")}</h2>
            {list}
            {add}
        </section>
    }
    .into_any()
}

fn standing(person: &Person) -> AnyView {
    let seen = match person.seen_at {
        Some(at) => view! { <Moment at=at time=true/> }.into_any(),
        None => t!("person-never-seen").into_any(),
    };
    let (state, added) = (person.state, person.created_at);
    view! {
        <Card title=t!("person-standing")>
            <Facts items=vec![
                fact(t!("person-state"), view! { <StateBadge state=state/> }),
                fact(t!("person-seen"), seen),
                fact(t!("person-added"), view! { <Moment at=added/> }),
            ]/>
        </Card>
    }
    .into_any()
}

/// Links to come in by, and whether the person can sign in at all.
fn access(viewer: &Viewer, person: &Person, refused: &Refused) -> AnyView {
    let id = person.id.to_string();
    let (label, words) = match person.state {
        PersonState::Invited => (t!("person-invite"), t!("person-invite-text")),
        _ => (t!("person-reset"), t!("person-reset-text")),
    };
    let link = person.state.may_sign_in().then(|| {
        let id = id.clone();
        view! {
            <Card title=t!("person-access")>
                <p class="soft small">{words}</p>
                <form method="post" action="/do/invite">
                    <Hidden name="person" value=id/>
                    <Button label=label kind=ButtonKind::Secondary icon=IconName::Key/>
                </form>
            </Card>
        }
    });
    let problem = refused.problem("active").map(|words| {
        view! { <Notice kind=NoticeKind::Bad live=true><p>{words}</p></Notice> }
    });
    let name = person.name.to_string();
    let switch = if person.state == PersonState::Disabled {
        view! {
            <Card title=t!("person-disabled-title")>
                <p class="soft small">{t!("person-disabled-text")}</p>
                <form method="post" action="/do/set-active">
                    <Hidden name="person" value=id/>
                    <Hidden name="active" value="yes"/>
                    <Button label=t!("person-enable") kind=ButtonKind::Secondary/>
                </form>
            </Card>
        }
        .into_any()
    } else if person.id == viewer.person {
        ().into_any()
    } else {
        view! {
            <Card title=t!("person-leaving")>
                <p class="soft small">{t!("person-leaving-text")}</p>
                {problem}
                <Confirm open=t!("person-disable") question=t!("person-disable-question", name = name) action="/do/set-active"
                    confirm=t!("person-disable-do") size=ButtonSize::Small>
                    <Hidden name="person" value=id/>
                    <Hidden name="active" value="no"/>
                </Confirm>
            </Card>
        }
        .into_any()
    };
    view! { {link} {switch} }.into_any()
}
