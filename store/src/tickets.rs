//! Links that let somebody in once: invitations, password resets, the first set-up.

use crate::{
    Conflict, Db, NewMail, NewPerson, Object, Person, Result, StoreError,
    people::{has_admin_besides, insert, read_person, subject},
    read as stored,
    tx::{Lock, Tx},
};
use domain::{
    ids::{MailId, PersonId, SubjectId, TicketId},
    people::Role,
    time::{Entropy, Timestamp},
};
use serde_json::json;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// What a ticket lets its bearer do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TicketKind {
    /// Choose the first password.
    Invitation,
    /// Choose another password.
    Reset,
    /// Become the first admin.
    Setup,
}

/// A text that names no kind of ticket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of ticket")]
pub struct UnknownTicket(String);

impl TicketKind {
    /// The name as stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::Setup => "setup",
        }
    }
}

impl fmt::Display for TicketKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for TicketKind {
    type Err = UnknownTicket;

    fn from_str(text: &str) -> Result<Self, UnknownTicket> {
        match text {
            "invitation" => Ok(Self::Invitation),
            "reset" => Ok(Self::Reset),
            "setup" => Ok(Self::Setup),
            other => Err(UnknownTicket(other.to_owned())),
        }
    }
}

/// A ticket to be issued.
#[derive(Debug, Clone)]
pub struct NewTicket {
    /// What for.
    pub kind: TicketKind,
    /// The SHA-256 of the token in the link.
    pub token_hash: [u8; 32],
    /// For whom; nobody yet for the set-up.
    pub person: Option<PersonId>,
    /// Its end.
    pub expires_at: Timestamp,
}

/// A ticket whose link is mailed.
#[derive(Debug, Clone)]
pub struct MailedTicket {
    /// What for.
    pub kind: TicketKind,
    /// For whom.
    pub person: PersonId,
    /// Its end.
    pub expires_at: Timestamp,
    /// The mail, with a mark where the link belongs.
    pub mail: NewMail,
}

/// An open ticket, looked at but not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketSeen {
    /// What for.
    pub kind: TicketKind,
    /// For whom; nobody yet for the set-up.
    pub person: Option<Person>,
    /// Its end.
    pub expires_at: Timestamp,
}

/// Closes every open ticket of a person.
pub(crate) async fn close_all(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<()> {
    run!(tx, "UPDATE tickets SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL", person.0, now.0)?;
    Ok(())
}

/// The stand-in of somebody who can sign in.
async fn person_of(tx: &mut Tx, id: PersonId) -> Result<SubjectId> {
    let person = read_person(&mut *tx, id).await?;
    if person.state.may_sign_in() { Ok(person.subject) } else { Err(StoreError::NotFound("person")) }
}

async fn insert_ticket(
    tx: &mut Tx,
    by: Option<SubjectId>,
    id: TicketId,
    new: &NewTicket,
    object: Object,
    now: Timestamp,
) -> Result<()> {
    run!(
        tx,
        "INSERT INTO tickets (id, kind, token_hash, person_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        id.0,
        new.kind.as_str(),
        new.token_hash.as_slice(),
        new.person.map(|person| person.0),
        now.0,
        new.expires_at.0
    )?;
    tx.audit(by, "ticket.create", object, &json!({ "kind": new.kind.as_str() }), now).await
}

const NO_TICKET: StoreError = StoreError::NotFound("ticket");

impl Db {
    /// Issues a ticket. Earlier open ones of the same kind for the same person are closed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person or they cannot sign in; [`Conflict::AlreadySetUp`] when a
    /// set-up is asked for and there is an admin.
    pub async fn create_ticket(
        &self,
        by: Option<SubjectId>,
        new: NewTicket,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<TicketId> {
        let id = TicketId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                let object = match new.person {
                    Some(person) => Object::Person(person_of(tx, person).await?),
                    None if has_admin_besides(&mut *tx, None).await? => {
                        return Err(StoreError::Conflict(Conflict::AlreadySetUp));
                    }
                    None => Object::Site,
                };
                run!(
                    tx,
                    "UPDATE tickets SET used_at = $3
                     WHERE kind = $1 AND used_at IS NULL AND (person_id = $2 OR (person_id IS NULL AND $1 = 'setup'))",
                    new.kind.as_str(),
                    new.person.map(|person| person.0),
                    now.0
                )?;
                insert_ticket(tx, by, id, &new, object, now).await?;
                Ok(id)
            })
        })
        .await
    }

    /// Issues a ticket whose link goes out by mail, and puts that mail into the outbox. Nobody has its token until then.
    /// Earlier ones stay open, so that no later request makes a link worthless that is in somebody's mailbox.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person or they cannot sign in.
    pub async fn mail_ticket(
        &self,
        by: Option<SubjectId>,
        new: MailedTicket,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<TicketId> {
        let (id, mail_id) = (TicketId::new(now, entropy), MailId::new(now, entropy));
        let mut nobodys = [0; 32];
        entropy.fill(&mut nobodys);
        self.write(move |tx| {
            Box::pin(async move {
                let object = Object::Person(person_of(tx, new.person).await?);
                let ticket = NewTicket {
                    kind: new.kind,
                    token_hash: nobodys,
                    person: Some(new.person),
                    expires_at: new.expires_at,
                };
                insert_ticket(tx, by, id, &ticket, object, now).await?;
                tx.put_mail(mail_id, new.mail, Some(id), now).await?;
                Ok(id)
            })
        })
        .await
    }

    /// Gives a mailed ticket the token that goes out with its mail. False when it was used or ran out before.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn set_ticket_token(&self, id: TicketId, token_hash: [u8; 32], now: Timestamp) -> Result<bool> {
        self.write(move |tx| {
            Box::pin(async move {
                let set = run!(
                    tx,
                    "UPDATE tickets SET token_hash = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $3",
                    id.0,
                    token_hash.as_slice(),
                    now.0
                )?;
                Ok(set > 0)
            })
        })
        .await
    }

    /// Whether a person has a link for another password that works and was mailed so short a time ago that a further mail would
    /// only be one more: two minutes, and after three of them within a day half an hour, a quarter of what a link lasts.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn has_fresh_reset(&self, person: PersonId, now: Timestamp) -> Result<bool> {
        let mailed = count!(
            self,
            "SELECT COUNT(*) FROM tickets AS t WHERE t.person_id = $1 AND t.kind = 'reset' AND t.created_at > $2
             AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.ticket_id = t.id)",
            person.0,
            now.plus(-Timestamp::DAY).0
        )?;
        let apart = if mailed < 3 { 2 * Timestamp::MINUTE } else { 30 * Timestamp::MINUTE };
        let fresh = count!(
            self,
            "SELECT COUNT(*) FROM tickets AS t WHERE t.person_id = $1 AND t.kind = 'reset' AND t.created_at > $2
             AND t.used_at IS NULL AND t.expires_at > $3
             AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.ticket_id = t.id AND o.failed_at IS NULL)",
            person.0,
            now.plus(-apart).0,
            now.0
        )?;
        Ok(fresh > 0)
    }

    /// Looks at an open ticket without using it. None when it is unknown, used, past its end, or its person cannot
    /// sign in.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn ticket(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<TicketSeen>> {
        let found = row!(
            self,
            (String, Option<Uuid>, i64),
            "SELECT kind, person_id, expires_at FROM tickets
             WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
            token_hash.as_slice(),
            now.0
        )?;
        let Some((kind, person, expires_at)) = found else {
            return Ok(None);
        };
        let person = match person {
            Some(id) => Some(self.person(PersonId(id)).await?),
            None => None,
        };
        if person.as_ref().is_some_and(|person| !person.state.may_sign_in()) {
            return Ok(None);
        }
        let kind = stored::text("tickets", "kind", &kind)?;
        Ok(Some(TicketSeen { kind, person, expires_at: Timestamp(expires_at) }))
    }

    /// Uses an invitation or a reset: sets the password and ends every session and other ticket of the person. Of
    /// several racing calls exactly one succeeds.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the ticket is unknown, used, past its end, or its person cannot sign in.
    pub async fn redeem_ticket(&self, token_hash: [u8; 32], password_hash: String, now: Timestamp) -> Result<PersonId> {
        self.write(move |tx| {
            Box::pin(async move {
                let (kind, person) = row!(
                    tx,
                    (String, Uuid),
                    "UPDATE tickets SET used_at = $2
                     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND kind <> 'setup'
                     RETURNING kind, person_id",
                    token_hash.as_slice(),
                    now.0
                )?
                .ok_or(NO_TICKET)?;
                let (subject,) = row!(
                    tx,
                    (Uuid,),
                    "UPDATE people SET password_hash = $2, updated_at = $3
                     WHERE id = $1 AND disabled_at IS NULL AND erased_at IS NULL
                     RETURNING subject_id",
                    person,
                    password_hash,
                    now.0
                )?
                .ok_or(NO_TICKET)?;
                let (id, subject) = (PersonId(person), SubjectId(subject));
                crate::sessions::end_all(tx, id, None).await?;
                crate::sign_in::forget_browsers(tx, id).await?;
                close_all(tx, id, now).await?;
                tx.audit(Some(subject), "ticket.redeem", Object::Person(subject), &json!({ "kind": kind }), now)
                    .await?;
                Ok(id)
            })
        })
        .await
    }

    /// Uses the set-up ticket: makes the first admin, who can sign in at once. The role of admin is added to
    /// whatever roles are given.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the ticket is unknown, used or past its end; [`Conflict::AlreadySetUp`];
    /// [`Conflict::EmailTaken`], [`Conflict::EmployeeNumberTaken`].
    pub async fn redeem_setup(
        &self,
        token_hash: [u8; 32],
        new: NewPerson,
        password_hash: String,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Person> {
        let ids = (PersonId::new(now, entropy), subject(entropy));
        let new = NewPerson { roles: new.roles.with(Role::Admin), ..new };
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Admins).await?;
                if has_admin_besides(&mut *tx, None).await? {
                    return Err(StoreError::Conflict(Conflict::AlreadySetUp));
                }
                let used = run!(
                    tx,
                    "UPDATE tickets SET used_at = $2
                     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND kind = 'setup'",
                    token_hash.as_slice(),
                    now.0
                )?;
                if used == 0 {
                    return Err(NO_TICKET);
                }
                insert(tx, Some(ids.1), ids, new, Some(password_hash), now).await
            })
        })
        .await
    }

    /// Clears away tickets that were used or ran out more than 30 days ago. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_tickets(&self, now: Timestamp) -> Result<u64> {
        let before = now.plus(-30 * Timestamp::DAY).0;
        self.write(move |tx| Box::pin(async move { run!(tx, "DELETE FROM tickets WHERE expires_at < $1", before) }))
            .await
    }
}
