//! The first day: putting a course in that comes with the program, trying email out, setting a step aside.

use crate::context::{Offered, Refused, Viewer, go, now, refuse, services, viewer};
use crate::failure::Failure;
use crate::{mail, pages::setup::mail_mark};
use domain::facts::Facts;
use leptos::prelude::*;
use store::{Change, SETUP_ADMIN_ASIDE, SETUP_MAIL, SETUP_MAIL_ASIDE};

/// The longest reason for setting a step aside, in characters.
const LONGEST_REASON: usize = 200;

/// The course of this name that comes with the program.
///
/// # Errors
/// [`Failure::NotFound`] when none does.
pub async fn offered(slug: &str) -> Result<&'static Offered, Failure> {
    let all = services().shipped.all().await;
    all.iter().find(|offer| offer.package.id.as_str() == slug).ok_or(Failure::NotFound)
}

/// Puts a shipped course in and publishes it; with a fact still missing it stays a draft that can be changed and published
/// later. Whoever is not an admin goes on to the course, an admin to the next step.
#[server(prefix = "/do", endpoint = "use-course")]
pub async fn use_course(#[server(default)] course: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let offer = offered(&course).await?;
    let slug = &offer.package.id;
    let done = match services().db.course(slug).await? {
        // Pressed twice, or put in another way: what is here may have been changed and is left alone.
        Some(there) if there.current.is_some() => "course-is-here",
        // Put in before its facts were filled in, and not changed since.
        Some(there) if there.draft.as_ref().is_some_and(|draft| draft.hash == offer.package.hash()) => {
            publish(&viewer, offer).await?
        }
        Some(_) => "course-is-draft",
        None => put_in(&viewer, offer).await?,
    };
    let admin = viewer.roles.has(domain::people::Role::Admin);
    go(if admin { format!("/setup?done={done}#step") } else { format!("/authoring/{slug}?done={done}") });
    Ok(())
}

async fn put_in(viewer: &Viewer, offer: &Offered) -> Result<&'static str, Failure> {
    let services = services();
    services.db.import_draft(Some(viewer.subject), &offer.package, &offer.files, now(), &*services.entropy).await?;
    publish(viewer, offer).await
}

/// Publishes what was put in, once every fact it names is filled in.
async fn publish(viewer: &Viewer, offer: &Offered) -> Result<&'static str, Failure> {
    let services = services();
    let known: Facts = services.db.facts().await?;
    if !known.unset(&offer.package.facts).is_empty() {
        return Ok("course-is-draft");
    }
    services.db.publish(Some(viewer.subject), &offer.package.id, Change::First, now()).await?;
    Ok("course-used")
}

/// Sends a test to the admin's own address, by the way all mail goes.
#[server(prefix = "/do", endpoint = "test-mail")]
pub async fn test_mail() -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let person = services.db.person(viewer.person).await?;
    if !services.site.mail || person.email.is_none() {
        return Err(Failure::Conflict);
    }
    let mark = mail::test(&person).await?;
    services.db.set_setting(Some(viewer.subject), SETUP_MAIL, mail_mark(&mark), now()).await?;
    go("/setup?step=mail#step");
    Ok(())
}

/// The admin says whether the test was in the inbox.
#[server(prefix = "/do", endpoint = "mail-arrived")]
pub async fn mail_arrived(#[server(default)] arrived: String) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let (said, to) = if arrived == "yes" { ("arrived", "/setup#step") } else { ("lost", "/setup?step=mail#step") };
    services.db.set_setting(Some(viewer.subject), SETUP_MAIL, said.to_owned(), now()).await?;
    go(to);
    Ok(())
}

/// Sets a step aside, with the reason that the site's page will give; an empty `reason` for `mail` is one of its own.
#[server(prefix = "/do", endpoint = "set-aside")]
pub async fn set_aside(#[server(default)] step: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    let setting = match step.as_str() {
        "mail" => SETUP_MAIL_ASIDE,
        "admin" => SETUP_ADMIN_ASIDE,
        _ => return Err(Failure::NotFound),
    };
    let reason: String = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = reason.chars().count() > LONGEST_REASON;
    if reason.is_empty() || long {
        let key = if long { "setup-reason-long" } else { "setup-reason-missing" };
        let page = format!("/setup?step={step}#step");
        return refuse(&page, Refused::default().value("reason", &reason).error("reason", key)).await;
    }
    services.db.set_setting(Some(viewer.subject), setting, reason, now()).await?;
    go("/setup#step");
    Ok(())
}
