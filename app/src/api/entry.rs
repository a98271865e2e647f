//! Coming in and going out: sign-in, sign-out, invitations and resets.

use crate::context::{PasswordCheck, Refused, go, now, refuse, services, viewer, visit};
use crate::failure::Failure;
use crate::{mail, session};
use domain::people::{Email, Locale, Login, PersonName, Role, Zone, password};
use domain::time::Timestamp;
use leptos::prelude::*;
use sha2::{Digest as _, Sha256};
use store::{Conflict, NewPerson, NewTicket, PersonState, StoreError, TicketKind};

/// How long a reset link works.
const RESET_LASTS: i64 = 2 * Timestamp::HOUR;

/// The key under which failures are counted: a hash, so that the table holds neither names nor addresses.
pub(super) fn throttle_key(kind: &str, value: &str) -> [u8; 32] {
    Sha256::digest(format!("{kind}:{value}")).into()
}

/// Signs a person in and takes them where they wanted to go.
#[server(prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(
    #[server(default)] login: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let services = services();
    let now = now();
    let back = || Refused::default().value("login", &login).value("next", &next);
    let page = "/sign-in";
    let Ok(parsed) = Login::parse(&login) else {
        return refuse(page, back().error("login", "sign-in-login-empty")).await;
    };
    if password.is_empty() {
        return refuse(page, back().error("password", "sign-in-password-empty")).await;
    }
    let keys = [throttle_key("account", parsed.as_str()), throttle_key("address", &visit().address)];
    if let Some(until) = services.db.throttled(&keys, now).await? {
        return refuse(page, too_often(back(), until, now)).await;
    }
    let found = services.db.credentials(&parsed).await?;
    let usable = found.as_ref().filter(|found| found.person.state == PersonState::Active);
    let stored = usable.and_then(|found| found.password_hash.clone());
    match services.passwords.check(password, stored).await {
        PasswordCheck::Right { rehashed } => {
            let Some(found) = usable else { return Err(Failure::Internal) };
            if let (Some(fresh), Some(old)) = (rehashed, &found.password_hash) {
                services.db.rehash_password(found.person.id, old.clone(), fresh, now).await?;
            }
            services.db.clear_failures(keys[..1].to_vec()).await?;
            session::start(found.person.id).await?;
            go(if next.starts_with('/') { next.as_str() } else { "/" });
            Ok(())
        }
        PasswordCheck::Wrong => {
            for key in keys {
                services.db.record_failure(key, now).await?;
            }
            refuse(page, back().error("", "sign-in-wrong")).await
        }
    }
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

/// Sends a reset link by mail where there is one; the answer is the same for everybody, so that it tells nobody who
/// has an account.
#[server(prefix = "/do", endpoint = "ask-reset")]
pub async fn ask_reset(#[server(default)] login: String) -> Result<(), Failure> {
    let services = services();
    let now = now();
    let Ok(parsed) = Login::parse(&login) else {
        let refused = Refused::default().value("login", &login).error("login", "sign-in-login-empty");
        return refuse("/forgotten", refused).await;
    };
    let keys = [throttle_key("reset", parsed.as_str()), throttle_key("reset-address", &visit().address)];
    let free = services.db.throttled(&keys, now).await?.is_none();
    if free && services.site.mail {
        for key in keys {
            services.db.record_failure(key, now).await?;
        }
        let found = services.db.credentials(&parsed).await?;
        if let Some(found) = found.filter(|found| found.person.state == PersonState::Active) {
            let (token, token_hash) = session::new_token(&*services.entropy);
            let person = Some(found.person.id);
            let new = NewTicket { kind: TicketKind::Reset, token_hash, person, expires_at: now.plus(RESET_LASTS) };
            services.db.create_ticket(None, new, now, &*services.entropy).await?;
            mail::reset(&found.person, &token).await?;
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
    if let Err(problem) = password::check(&password, &[&own_name, &own_login, "colloquy"]) {
        return refuse(&page, back().error("password", problem.code())).await;
    }
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
    let Some(phc) = services.passwords.hash(password).await else { return Err(Failure::Internal) };
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
