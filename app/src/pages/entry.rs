//! Sign-in, forgotten passwords, and the card behind an invitation.

use super::{page, param};
use crate::context::{now, services, visit};
use crate::failure::Failure;
use crate::session;
use crate::shell::Gate;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonSize, ErrorSummary, Field, FieldError, Hidden, LinkButton, Notice, NoticeKind,
    PasswordField, PasswordOwner,
};
use domain::people::password;
use leptos::prelude::*;
use store::TicketKind;

/// The errors of a refused form, for the summary: those of its fields, in order, and that of the form itself.
#[must_use]
pub fn problems(fields: &[&str]) -> Vec<FieldError> {
    let refused = visit().refused;
    fields.iter().filter_map(|field| refused.problem(field).map(|words| FieldError::new(*field, words))).collect()
}

/// Where people sign in.
#[component]
pub fn SignIn() -> impl IntoView {
    let visit = visit();
    let refused = visit.refused.clone();
    let next = visit.query("next").unwrap_or_else(|| refused.typed("next"));
    let whole = refused.problem("");
    let out = visit.query("out").filter(|out| ["over", "kept", "lost"].contains(&out.as_str()));
    let out = out.map(|out| {
        view! { <Notice kind=NoticeKind::Warn live=true><p>{t!(&format!("sign-in-out-{out}"))}</p></Notice> }
    });
    view! {
        <Gate title=t!("sign-in-title") heading=t!("sign-in-title") lead=t!("sign-in-lead")>
            {out}
            <form class="form" method="post" action="/do/sign-in">
                <ErrorSummary title=t!("form-problem") errors=problems(&["login", "password"])/>
                {whole.map(|words| view! { <Notice kind=NoticeKind::Bad live=true><p>{words}</p></Notice> })}
                <Hidden name="next" value=next/>
                <Field label=t!("sign-in-login") name="login" value=refused.typed("login")
                    error=refused.problem("login").unwrap_or_default() autocomplete="username" required=true autofocus=true/>
                <PasswordField label=t!("sign-in-password") name="password" autocomplete="current-password"
                    error=refused.problem("password").unwrap_or_default()/>
                <Actions><Button label=t!("sign-in-do") size=ButtonSize::Wide/></Actions>
            </form>
            <p class="gate-foot"><a href="/forgotten">{t!("sign-in-forgotten")}</a></p>
            <DemoAccounts/>
        </Gate>
    }
}

#[component]
fn DemoAccounts() -> impl IntoView {
    services().site.demo.clone().map(|demo| {
        let people = ["learner", "manager", "hr", "trainer", "admin"]
            .map(|role| view! { <li><code>{format!("{role}@demo.example")}</code></li> })
            .collect_view();
        let word = demo.shown_password.map(|word| view! { <p>{t!("demo-password")}" "<code>{word}</code></p> });
        view! {
            <Notice title=t!("demo-accounts")>
                <ul>{people}</ul>
                {word}
            </Notice>
        }
    })
}

/// What to do when the password is forgotten.
#[component]
pub fn Forgotten() -> impl IntoView {
    let refused = visit().refused;
    let mail = services().site.mail;
    view! {
        <Gate title=t!("forgotten-title") heading=t!("forgotten-title")
            lead=if mail { t!("forgotten-lead") } else { t!("forgotten-lead-no-mail") }>
            {mail.then(|| view! {
                <form class="form" method="post" action="/do/ask-reset">
                    <ErrorSummary title=t!("form-problem") errors=problems(&["login"])/>
                    {refused.problem("").map(|words| view! { <Notice kind=NoticeKind::Bad live=true><p>{words}</p></Notice> })}
                    <Field label=t!("sign-in-login") name="login" value=refused.typed("login")
                        error=refused.problem("login").unwrap_or_default() autocomplete="username" required=true/>
                    <Actions><Button label=t!("forgotten-do") size=ButtonSize::Wide/></Actions>
                </form>
            })}
            <p class="gate-foot"><a href="/sign-in">{t!("back-to-sign-in")}</a></p>
        </Gate>
    }
}

/// The card behind an invitation, a reset or the first set-up.
#[component]
pub fn Welcome() -> impl IntoView {
    page(welcome())
}

async fn welcome() -> Result<AnyView, Failure> {
    let token: String = param("token")?;
    let services = services();
    let ticket = match session::token_hash(&token) {
        Some(hash) => services.db.ticket(&hash, now()).await?,
        None => None,
    };
    let Some(ticket) = ticket else {
        crate::context::status(404);
        return Ok(view! {
            <Gate title=t!("link-over-title") heading=t!("link-over-title") lead=t!("link-over-lead")>
                <Actions><LinkButton label=t!("to-sign-in") href="/sign-in" size=ButtonSize::Wide/></Actions>
            </Gate>
        }
        .into_any());
    };
    let person = ticket.person;
    let name = person.as_ref().map(|person| person.name.to_string()).unwrap_or_default();
    let login = person.as_ref().map(|person| person.login().to_owned());
    let (heading, lead, act) = match ticket.kind {
        TicketKind::Invitation => {
            (t!("welcome-invited", name = name), t!("welcome-invited-lead"), t!("welcome-invited-do"))
        }
        TicketKind::Reset => (t!("welcome-reset"), t!("welcome-reset-lead"), t!("welcome-reset-do")),
        TicketKind::Setup => (t!("welcome-setup"), t!("welcome-setup-lead"), t!("welcome-setup-do")),
    };
    let refused = visit().refused;
    let setup = ticket.kind == TicketKind::Setup;
    Ok(view! {
        <Gate title=heading.clone() heading=heading lead=lead>
            <form class="form" method="post" action="/do/set-password">
                <ErrorSummary title=t!("form-problem") errors=problems(&["name", "email", "password"])/>
                <Hidden name="token" value=token/>
                {setup.then(|| view! {
                    <Field label=t!("person-name") name="name" value=refused.typed("name")
                        error=refused.problem("name").unwrap_or_default() autocomplete="name" required=true/>
                    <Field label=t!("person-email") name="email" kind="email" value=refused.typed("email")
                        error=refused.problem("email").unwrap_or_default() autocomplete="username" required=true/>
                })}
                {login.map(|login| view! {
                    <p class="small soft">{t!("welcome-login")}" "<strong>{login.clone()}</strong></p>
                    <PasswordOwner login=login/>
                })}
                <PasswordField label=t!("password-new") name="password" autocomplete="new-password"
                    hint=t!("password-hint", least = u32::try_from(password::LEAST).unwrap_or(15))
                    error=refused.problem("password").unwrap_or_default()/>
                <Actions><Button label=act size=ButtonSize::Wide/></Actions>
            </form>
        </Gate>
    }
    .into_any())
}
