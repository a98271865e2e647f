//! The mails the site writes. They are put into the outbox in the database; a job sends them, once.

use crate::context::{now, services};
use crate::failure::Failure;
use crate::t;
use domain::progress::Ruling;
use store::{NewMail, Person};

/// The address behind a one-time link.
#[must_use]
pub fn link(token: &str) -> String {
    format!("{}/welcome/{token}", services().site.public_url)
}

/// Writes an invitation to somebody with an e-mail address.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn invitation(person: &Person, token: &str) -> Result<(), Failure> {
    let subject = t!("mail-invitation-subject");
    let body = t!("mail-invitation", name = person.name.to_string(), link = link(token));
    put(person, subject, body).await
}

/// Writes a mail with a link for a new password.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn reset(person: &Person, token: &str) -> Result<(), Failure> {
    let subject = t!("mail-reset-subject");
    let body = t!("mail-reset", name = person.name.to_string(), link = link(token));
    put(person, subject, body).await
}

/// Writes a mail with a link for a new password that the people office made.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn given_reset(person: &Person, token: &str) -> Result<(), Failure> {
    let subject = t!("mail-reset-subject");
    let body = t!("mail-given-reset", name = person.name.to_string(), link = link(token));
    put(person, subject, body).await
}

/// Tells somebody what a trainer decided about them, and where they go on.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn decided(person: &Person, ruling: Ruling, title: &str, reason: &str, page: &str) -> Result<(), Failure> {
    let link = format!("{}{page}", services().site.public_url);
    let (name, title, reason) = (person.name.to_string(), title.to_owned(), reason.to_owned());
    let subject = t!("mail-decided-subject", title = title.clone());
    let body = match ruling {
        Ruling::Again => t!("mail-decided-again", name = name, title = title, reason = reason, link = link),
        Ruling::Accepted => t!("mail-decided-accepted", name = name, title = title, reason = reason, link = link),
    };
    put(person, subject, body).await
}

async fn put(person: &Person, subject: String, body: String) -> Result<(), Failure> {
    let Some(email) = &person.email else { return Ok(()) };
    let services = services();
    let mail = NewMail {
        dedupe: hex::encode(domain::ids::uuid_v7(now(), &*services.entropy).as_bytes()),
        person: Some(person.id),
        address: email.to_string(),
        subject,
        body,
    };
    services.db.put_mail(mail, now(), &*services.entropy).await?;
    Ok(())
}
