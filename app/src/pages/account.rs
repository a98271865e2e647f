//! The own account.

use super::page;
use super::people::{choices, summary};
use crate::context::{Refused, Viewer, now, services, viewer, visit};
use crate::failure::Failure;
use crate::session::IDLE;
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Badge, BadgeKind, Button, ButtonKind, ButtonSize, ChoiceOption, Choices, Confirm, Facts, Hidden, Icon,
    IconName, PageHeader, PasswordField, PasswordOwner, Select, fact,
};
use crate::when::Moment;
use domain::people::{MoreTime, password};
use leptos::prelude::*;
use store::{Person, SessionListed};

/// The page of the own account.
#[component]
pub fn Account() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let viewer = viewer()?;
    let refused = visit().refused;
    let db = &services().db;
    let person = db.person(viewer.person).await?;
    let more_time = db.more_time(viewer.person).await?;
    let sessions = db.sessions_of(viewer.person, IDLE, now()).await?;
    Ok(view! {
        <Frame title=t!("account-title") narrow=true>
            <PageHeader title=t!("account-title") lead=t!("account-lead")/>
            {summary(&["locale", "zone", "current", "password"])}
            <div class="stack stack-wide">
                {you(&person)}
                {preferences(&person, &refused)}
                {time_to_answer(more_time)}
                {look()}
                {change_password(&person, &refused)}
                {browsers(&viewer, sessions)}
                <p class="soft small"><a href="/recorded">{t!("footer-recorded")}</a></p>
            </div>
        </Frame>
    }
    .into_any())
}

fn you(person: &Person) -> AnyView {
    let mut items = vec![fact(t!("person-name"), person.name.to_string())];
    items.extend(person.email.as_ref().map(|email| fact(t!("person-email"), email.to_string())));
    items.extend(person.number.as_ref().map(|number| fact(t!("person-number"), number.to_string())));
    items.push(fact(t!("person-roles"), choices::roles_words(person.roles)));
    view! {
        <section class="section">
            <h2>{t!("account-you")}</h2>
            <Facts items=items/>
            <p class="soft small">{t!("account-you-text")}</p>
        </section>
    }
    .into_any()
}

fn preferences(person: &Person, refused: &Refused) -> AnyView {
    let shown = |field: &str, stored: &str| refused.values.get(field).cloned().unwrap_or_else(|| stored.to_owned());
    let (locale, zone) = (shown("locale", person.locale.as_str()), shown("zone", person.zone.as_str()));
    view! {
        <section class="section">
            <h2>{t!("account-preferences")}</h2>
            <form class="form" method="post" action="/do/set-preferences">
                <Select label=t!("person-locale") name="locale" options=choices::languages(&locale) selected=locale.clone()
                    hint=t!("person-locale-hint") error=refused.problem("locale").unwrap_or_default()/>
                <Select label=t!("person-zone") name="zone" options=choices::zones(&zone) selected=zone.clone()
                    hint=t!("account-zone-hint") error=refused.problem("zone").unwrap_or_default()/>
                <Actions><Button label=t!("save")/></Actions>
            </form>
        </section>
    }
    .into_any()
}

fn time_to_answer(present: MoreTime) -> AnyView {
    let options = MoreTime::ALL
        .map(|one| ChoiceOption::new(one.as_str(), more_time_words(one)).checked(one == present))
        .into_iter()
        .collect::<Vec<_>>();
    view! {
        <section class="section" id="more-time">
            <h2>{t!("account-time")}</h2>
            <form class="form" method="post" action="/do/set-more-time">
                <Choices legend=t!("account-time-legend") name="more" options=options hint=t!("account-time-hint")/>
                <Actions><Button label=t!("save")/></Actions>
            </form>
            <p class="soft small">{t!("account-time-text")}</p>
        </section>
    }
    .into_any()
}

/// A setting in words.
fn more_time_words(one: MoreTime) -> String {
    t!(&format!("more-time-{}", one.as_str()))
}

fn look() -> AnyView {
    let theme = visit().theme.name().unwrap_or("device");
    let buttons = [
        ("light", t!("theme-light"), IconName::Sun),
        ("dark", t!("theme-dark"), IconName::Moon),
        ("device", t!("theme-device"), IconName::Settings),
    ]
    .map(|(name, label, icon)| {
        let chosen = name == theme;
        let class = if chosen { "btn" } else { "btn btn-secondary" };
        view! {
            <button class=class name="theme" value=name aria-pressed=chosen.to_string()><Icon name=icon/>{label}</button>
        }
    });
    view! {
        <section class="section">
            <h2>{t!("account-look")}</h2>
            <form method="post" action="/do/set-theme">
                <Hidden name="back" value="/account"/>
                <div class="row" role="group" aria-label=t!("account-look")>{buttons.into_iter().collect_view()}</div>
            </form>
            <p class="soft small">{t!("account-look-text")}</p>
        </section>
    }
    .into_any()
}

fn change_password(person: &Person, refused: &Refused) -> AnyView {
    let least = u32::try_from(password::LEAST).unwrap_or(15);
    view! {
        <section class="section">
            <h2>{t!("account-password")}</h2>
            <form class="form" method="post" action="/do/change-password">
                <PasswordOwner login=person.login()/>
                <PasswordField label=t!("account-current") name="current" autocomplete="current-password"
                    error=refused.problem("current").unwrap_or_default()/>
                <PasswordField label=t!("password-new") name="password" autocomplete="new-password"
                    hint=t!("password-hint", least = least) error=refused.problem("password").unwrap_or_default()/>
                <Actions><Button label=t!("account-password-do")/></Actions>
                <p class="soft small">{t!("account-password-text")}</p>
            </form>
        </section>
    }
    .into_any()
}

fn browsers(viewer: &Viewer, sessions: Vec<SessionListed>) -> AnyView {
    let others = sessions.len() > 1;
    let lines = sessions.into_iter().map(|session| browser(viewer, &session)).collect_view();
    let end = others.then(|| {
        view! {
            <Confirm open=t!("sessions-end-others") question=t!("sessions-end-question") action="/do/end-other-sessions"
                confirm=t!("sessions-end-do") size=ButtonSize::Small/>
        }
    });
    view! {
        <section class="section" id="browsers">
            <h2>{t!("sessions-title")}</h2>
            <p class="soft">{t!("sessions-text")}</p>
            <ul class="stack stack-tight">{lines}</ul>
            {end}
        </section>
    }
    .into_any()
}

fn browser(viewer: &Viewer, session: &SessionListed) -> AnyView {
    let name = if session.agent.is_empty() { t!("session-unknown") } else { session.agent.clone() };
    let side = if session.id == viewer.session {
        view! { <Badge label=t!("session-this") kind=BadgeKind::Live/> }.into_any()
    } else {
        view! {
            <form method="post" action="/do/end-session">
                <Hidden name="session" value=session.id.to_string()/>
                <Button label=t!("session-end") kind=ButtonKind::Secondary size=ButtonSize::Small/>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="card card-flat">
            <div class="row row-apart">
                <div>
                    <p class="strong">{name}</p>
                    <p class="soft small">
                        {t!("session-started")}" "<Moment at=session.created_at time=true/>" · "
                        {t!("session-seen")}" "<Moment at=session.seen_at time=true/>
                    </p>
                </div>
                {side}
            </div>
        </li>
    }
    .into_any()
}
