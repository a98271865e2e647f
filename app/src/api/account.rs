//! The own account: language and time zone, password, signed-in browsers.

use super::entry::too_often;
use crate::context::{PasswordCheck, Refused, go, now, refuse, services, viewer, visit};
use crate::failure::Failure;
use crate::security::{self, Happening};
use crate::{counting, session};
use domain::ids::SessionId;
use domain::people::{Locale, Login, MoreTime, Zone, password};
use leptos::prelude::*;
use store::{Conflict, PersonChange, StoreError};

const PAGE: &str = "/account";

/// Sets the own language and time zone.
#[server(prefix = "/do", endpoint = "set-preferences")]
pub async fn set_preferences(
    #[server(default)] locale: String,
    #[server(default)] zone: String,
) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let back = Refused::default().value("locale", &locale).value("zone", &zone);
    let (locale, zone) = match (Locale::parse(&locale), Zone::parse(&zone)) {
        (Ok(locale), Ok(zone)) => (locale, zone),
        (locale, zone) => {
            let locale = locale.err().map(|problem| ("locale", problem.code()));
            let problems = locale.into_iter().chain(zone.err().map(|problem| ("zone", problem.code())));
            return refuse(PAGE, problems.fold(back, |back, (field, key)| back.error(field, key))).await;
        }
    };
    let person = services.db.person(viewer.person).await?;
    let change = PersonChange { name: person.name, email: person.email, number: person.number, locale, zone };
    services.db.update_person(Some(viewer.subject), viewer.person, change, now()).await?;
    go("/account?done=saved");
    Ok(())
}

/// Sets how much longer than usual the own answers may take.
#[server(prefix = "/do", endpoint = "set-more-time")]
pub async fn set_more_time(#[server(default)] more: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let more: MoreTime = more.parse().map_err(|_| Failure::Unreadable)?;
    services().db.set_more_time(Some(viewer.subject), viewer.person, more, now()).await?;
    go("/account?done=more-time");
    Ok(())
}

/// Changes the own password; the present one is asked for, every other browser is signed out, and this one gets a fresh token.
#[server(prefix = "/do", endpoint = "change-password")]
pub async fn change_password(
    #[server(default)] current: String,
    #[server(default)] password: String,
) -> Result<(), Failure> {
    let (viewer, services, now) = (viewer()?, services(), now());
    let person = services.db.person(viewer.person).await?;
    let known = [person.name.as_str(), person.login(), "colloquy"];
    let password = match password::normal(&password).and_then(|it| password::check(&it, &known).map(|()| it)) {
        Ok(password) => password,
        Err(problem) => return refuse(PAGE, Refused::default().error("password", problem.code())).await,
    };
    let login = Login::parse(person.login()).map_err(|_| Failure::Internal)?;
    let stored = services.db.credentials(&login).await?.and_then(|found| found.password_hash);
    let key = counting::key("password", &viewer.person.to_string()).await?;
    match services.db.count_attempt(key, now).await {
        Err(StoreError::Conflict(Conflict::TooSoon(until))) => {
            let mut refused = too_often(Refused::default(), until, now);
            // The form stands among others: what is wrong is said beside its field.
            if let Some(words) = refused.errors.remove("") {
                refused = refused.error("current", &words);
            }
            return refuse(PAGE, refused).await;
        }
        counted => counted?,
    }
    match services.passwords.check(current, stored).await {
        PasswordCheck::Right { .. } => {}
        PasswordCheck::Wrong => {
            let (what, subject) = (Happening::WrongPresentPassword, Some(viewer.subject));
            security::note(&services, what, subject, &visit().address).await?;
            return refuse(PAGE, Refused::default().error("current", "account-current-wrong")).await;
        }
        PasswordCheck::Busy => {
            services.db.uncount_attempt(key, now).await?;
            return Err(Failure::Busy);
        }
    }
    services.db.forget_failures(key).await?;
    let hash = services.passwords.hash(password).await?;
    services.db.set_password(Some(viewer.subject), viewer.person, hash, Some(viewer.session), now).await?;
    session::renew(&viewer).await?;
    go("/account?done=password-changed");
    Ok(())
}

/// Signs one of the own browsers out.
#[server(prefix = "/do", endpoint = "end-session")]
pub async fn end_session(#[server(default)] session: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let session: SessionId = session.parse().map_err(|_| Failure::NotFound)?;
    // Gone already, or somebody else's: nothing to end either way.
    services().db.end_session(viewer.person, session).await?;
    go(if session == viewer.session { "/sign-in?done=signed-out" } else { "/account?done=session-ended" });
    Ok(())
}

/// Signs every other browser of the own account out.
#[server(prefix = "/do", endpoint = "end-other-sessions")]
pub async fn end_other_sessions() -> Result<(), Failure> {
    let viewer = viewer()?;
    services().db.end_sessions(viewer.person, Some(viewer.session)).await?;
    go("/account?done=sessions-ended");
    Ok(())
}
