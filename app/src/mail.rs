//! The mails the site writes. They are put into the outbox in the database; a job sends them, once.

use crate::context::{now, services};
use crate::failure::Failure;
use crate::t;
use domain::progress::Ruling;
use domain::time::{Entropy, Timestamp};
use store::{NewMail, Person};

/// What stands in a stored mail where its one-time link belongs. The link is made when the mail goes out.
pub const LINK: &str = "{{one-time-link}}";

/// The address behind a one-time link.
#[must_use]
pub fn link(token: &str) -> String {
    link_at(&services().site.public_url, token)
}

/// The same for a site at `public_url`.
#[must_use]
pub fn link_at(public_url: &str, token: &str) -> String {
    format!("{public_url}/welcome/{token}")
}

/// An invitation to somebody; nothing when they have no address.
#[must_use]
pub fn invitation(person: &Person, now: Timestamp, entropy: &dyn Entropy) -> Option<NewMail> {
    let body = t!("mail-invitation", name = person.name.to_string(), link = LINK);
    to(person, t!("mail-invitation-subject"), body, now, entropy)
}

/// A mail with a link for a new password; nothing when they have no address.
#[must_use]
pub fn reset(person: &Person, now: Timestamp, entropy: &dyn Entropy) -> Option<NewMail> {
    let body = t!("mail-reset", name = person.name.to_string(), link = LINK);
    to(person, t!("mail-reset-subject"), body, now, entropy)
}

/// A mail with a link for a new password that the people office made; nothing when they have no address.
#[must_use]
pub fn given_reset(person: &Person, now: Timestamp, entropy: &dyn Entropy) -> Option<NewMail> {
    let body = t!("mail-given-reset", name = person.name.to_string(), link = LINK);
    to(person, t!("mail-reset-subject"), body, now, entropy)
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
    let services = services();
    if let Some(mail) = to(person, subject, body, now(), &*services.entropy) {
        services.db.put_mail(mail, now(), &*services.entropy).await?;
    }
    Ok(())
}

fn to(person: &Person, subject: String, body: String, now: Timestamp, entropy: &dyn Entropy) -> Option<NewMail> {
    let email = person.email.as_ref()?;
    let dedupe = hex::encode(domain::ids::uuid_v7(now, entropy).as_bytes());
    Some(NewMail { dedupe, person: Some(person.id), address: email.to_string(), subject, body })
}
