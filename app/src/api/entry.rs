//! Coming in and going out: sign-in, sign-out, invitations and resets.

use crate::context::{PasswordCheck, Refused, go, now, refuse, services, viewer, visit};
use crate::failure::Failure;
use crate::security::{self, Happening};
use crate::{counting, reset, session};
use domain::people::{Email, Locale, Login, PersonName, Role, Zone, password};
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{Conflict, NewJob, NewPerson, Person, PersonState, ResetRequest, SignInAttempt, StoreError, TicketKind};

/// Signs a person in and takes them where they wanted to go.
#[server(prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(
    #[server(default)] login: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let services = services();
    let back = || Refused::default().value("login", &login).value("next", &next);
    let page = "/sign-in";
    let Ok(parsed) = Login::parse(&login) else {
        return refuse(page, back().error("login", "sign-in-login-empty")).await;
    };
    if password.is_empty() {
        return refuse(page, back().error("password", "sign-in-password-empty")).await;
    }
    let found = services.db.credentials(&parsed).await?;
    let usable = found.filter(|found| found.person.state == PersonState::Active);
    let attempt = attempt(&parsed, usable.as_ref().map(|found| &found.person)).await?;
    let _turn = services.turns.wait(attempt.key).await;
    let now = services.clock.now();
    let subject = usable.as_ref().map(|found| found.person.subject);
    let note = async |what| security::note(&services, what, subject, &visit().address).await;
    match services.db.begin_sign_in(attempt, now).await {
        Err(StoreError::Conflict(Conflict::TooSoon(until))) => {
            note(Happening::Waiting).await?;
            return refuse(page, too_often(back(), until, now)).await;
        }
        counted => counted?,
    }
    let stored = usable.as_ref().and_then(|found| found.password_hash.clone());
    match services.passwords.check(password, stored).await {
        PasswordCheck::Right { rehashed } => {
            let Some(found) = usable else { return Err(Failure::Internal) };
            if let (Some(fresh), Some(old)) = (rehashed, found.password_hash) {
                services.db.rehash_password(found.person.id, old, fresh, now).await?;
            }
            session::sign_in(&found.person, attempt).await?;
            go(if next.starts_with('/') { next.as_str() } else { "/" });
            Ok(())
        }
        PasswordCheck::Wrong => {
            note(if subject.is_some() { Happening::WrongPassword } else { Happening::UnknownLogin }).await?;
            refuse(page, back().error("", "sign-in-wrong")).await
        }
        PasswordCheck::Busy => {
            note(Happening::Busy).await?;
            services.db.take_back_sign_in(attempt, now).await?;
            Err(Failure::Busy)
        }
    }
}

/// What an attempt is counted under: the account and the address, or, in a browser where this person signed in before, that
/// browser alone, so that nobody else's failures keep them out.
async fn attempt(login: &Login, person: Option<&Person>) -> Result<SignInAttempt, Failure> {
    let visit = visit();
    if let (Some(person), Some(token)) = (person, &visit.known_browser)
        && let Some(hash) = session::token_hash(token)
        && services().db.knows_browser(person.id, &hash, now()).await?
    {
        let key = counting::key("browser", &format!("{}:{token}", person.id)).await?;
        return Ok(SignInAttempt { key, address: None });
    }
    let address = Some(counting::key("address", &visit.address).await?);
    Ok(SignInAttempt { key: counting::key("account", login.as_str()).await?, address })
}

pub(super) fn too_often(refused: Refused, until: Timestamp, now: Timestamp) -> Refused {
    let seconds = (until.since(now).max(1) + Timestamp::SECOND - 1) / Timestamp::SECOND;
    let (key, count) = if seconds > 90 {
        ("sign-in-throttled-minutes", (seconds + 59) / 60)
    } else {
        ("sign-in-throttled-seconds", seconds)
    };
    let mut refused = refused.error("", key);
    refused.note = Some(count.to_string());
    refused
}

/// Ends this browser's session.
#[server(prefix = "/do", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Failure> {
    let viewer = viewer()?;
    services().db.end_session(viewer.person, viewer.session).await?;
    session::forget();
    go("/sign-in?done=signed-out");
    Ok(())
}

/// Asks for a reset link. The answer comes before anybody looks for the account, so that neither its words nor its time tell who
/// has one.
#[server(prefix = "/do", endpoint = "ask-reset")]
pub async fn ask_reset(#[server(default)] login: String) -> Result<(), Failure> {
    let services = services();
    let now = now();
    let Ok(parsed) = Login::parse(&login) else {
        let refused = Refused::default().value("login", &login).error("login", "sign-in-login-empty");
        return refuse("/forgotten", refused).await;
    };
    if services.site.mail {
        let address = &visit().address;
        let request = ResetRequest {
            address: counting::key("address", address).await?,
            counted: counting::key("reset", address).await?,
            job: NewJob {
                kind: reset::JOB.into(),
                dedupe: hex::encode(counting::key("reset-login", parsed.as_str()).await?),
                payload: parsed.as_str().to_owned(),
                run_at: now,
            },
        };
        match services.db.ask_reset(request, now, &*services.entropy).await {
            Err(StoreError::Conflict(Conflict::TooSoon(until))) => {
                let mut refused = too_often(Refused::default().value("login", &login), until, now);
                refused.errors.insert(String::new(), "forgotten-too-many".to_owned());
                return refuse("/forgotten", refused).await;
            }
            asked => asked?,
        }
    }
    go("/forgotten?done=asked");
    Ok(())
}

/// Redeems an invitation, a reset or the first set-up: a password is chosen and the person is signed in.
#[server(prefix = "/do", endpoint = "set-password")]
pub async fn set_password(
    #[server(default)] token: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<(), Failure> {
    let services = services();
    let now = now();
    let page = format!("/welcome/{}", crate::context::encode(&token));
    let Some(hash) = session::token_hash(&token) else { return Err(Failure::NotFound) };
    let Some(ticket) = services.db.ticket(&hash, now).await? else {
        go(page);
        return Ok(());
    };
    let back = || Refused::default().value("name", &name).value("email", &email);
    let (own_name, own_login) = match &ticket.person {
        Some(person) => (person.name.to_string(), person.login().to_owned()),
        None => (name.clone(), email.clone()),
    };
    let known = [&*own_name, &*own_login, "colloquy"];
    let password = match password::normal(&password).and_then(|it| password::check(&it, &known).map(|()| it)) {
        Ok(password) => password,
        Err(problem) => return refuse(&page, back().error("password", problem.code())).await,
    };
    let admin = match ticket.kind {
        TicketKind::Setup => match first_admin(&name, &email) {
            Ok(admin) => Some(admin),
            Err(problems) => {
                let refused = problems.into_iter().fold(back(), |back, (field, key)| back.error(field, key));
                return refuse(&page, refused).await;
            }
        },
        TicketKind::Invitation | TicketKind::Reset => None,
    };
    let phc = services.passwords.hash(password).await?;
    let redeemed = match admin {
        Some(admin) => services.db.redeem_setup(hash, admin, phc, now, &*services.entropy).await.map(|it| it.id),
        None => services.db.redeem_ticket(hash, phc, now).await,
    };
    match redeemed {
        Ok(person) => {
            session::start(person).await?;
            go("/?done=welcome");
        }
        // Somebody was quicker, or the link ran out: its page says so.
        Err(StoreError::NotFound(_) | StoreError::Conflict(Conflict::AlreadySetUp)) => go(page),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// The first admin of an empty site, or what is wrong, by field.
fn first_admin(name: &str, email: &str) -> Result<NewPerson, Vec<(&'static str, &'static str)>> {
    match (PersonName::parse(name), Email::parse(email)) {
        (Ok(name), Ok(email)) => Ok(NewPerson {
            name,
            email: Some(email),
            number: None,
            roles: [Role::Learner, Role::Admin].into_iter().collect(),
            locale: Locale::default(),
            zone: Zone::default(),
        }),
        (name, email) => {
            let name = name.err().map(|problem| ("name", problem.code()));
            let email = email.err().map(|problem| ("email", problem.code()));
            Err(name.into_iter().chain(email).collect())
        }
    }
}

/// Light, dark or as the device prefers; kept in a cookie of this browser.
#[server(prefix = "/do", endpoint = "set-theme")]
pub async fn set_theme(#[server(default)] theme: String, #[server(default)] back: String) -> Result<(), Failure> {
    let name = crate::context::Theme::from_name(&theme).name().unwrap_or_default();
    let age = if name.is_empty() { 0 } else { 365 * 24 * 3600 };
    let cookie = format!("theme={name}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly");
    crate::context::append_header(http::header::SET_COOKIE, &cookie);
    go(back);
    Ok(())
}
