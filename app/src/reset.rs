//! Links for another password that people ask for themselves.
//!
//! Answered first and worked on later: whether somebody has an account shows neither in the answer nor in its time. A link
//! that was mailed shortly before still works, so that nobody's request keeps a mail from anybody.

use crate::context::Services;
use crate::mail;
use domain::people::Login;
use domain::time::Timestamp;
use store::{MailedTicket, PersonState, StoreError, TicketKind};

/// The kind of job that looks for an account and writes the mail. Its payload is what was typed.
pub const JOB: &str = "reset";

/// How long a link works.
const LASTS: i64 = 2 * Timestamp::HOUR;

/// Writes the mail for somebody who asked, if there is such a person and none is in their mailbox already.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn carry_out(services: &Services, login: &str) -> Result<(), StoreError> {
    let Ok(login) = Login::parse(login) else { return Ok(()) };
    let found = services.db.credentials(&login).await?;
    let Some(person) = found.map(|found| found.person).filter(|person| person.state == PersonState::Active) else {
        return Ok(());
    };
    let now = services.clock.now();
    if services.db.has_fresh_reset(person.id, now).await? {
        return Ok(());
    }
    let Some(mail) = mail::reset(&person, now, &*services.entropy) else { return Ok(()) };
    let ticket = MailedTicket { kind: TicketKind::Reset, person: person.id, expires_at: now.plus(LASTS), mail };
    match services.db.mail_ticket(None, ticket, now, &*services.entropy).await {
        // Barred in the meantime.
        Ok(_) | Err(StoreError::NotFound(_)) => Ok(()),
        Err(other) => Err(other),
    }
}
