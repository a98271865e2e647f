//! Mail on its way out: written with the change it tells of, sent a little later, each once.

use crate::{
    Conflict, Db, Result, StoreError, read as stored,
    sql::{Arg, Sql},
    tx::Tx,
};
use domain::{
    ids::{MailId, PersonId, TicketId, uuid_v7},
    time::{Entropy, Timestamp},
};
use uuid::Uuid;

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Tells it from every other, so that a reminder is sent once however often it is thought of.
    pub dedupe: String,
    /// To whom, so that it goes when they are erased.
    pub person: Option<PersonId>,
    /// Where to.
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// A mail in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Which one.
    pub id: MailId,
    /// Where to.
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The ticket whose link it carries: its token is made when the mail goes out.
    pub ticket: Option<TicketId>,
    /// How often it was tried, this time included.
    pub attempts: u32,
    /// The proof of having it in hand.
    pub lease: Uuid,
}

fn held(touched: u64) -> Result<()> {
    if touched == 0 { Err(StoreError::Conflict(Conflict::Changed("mail"))) } else { Ok(()) }
}

impl Tx {
    /// Puts a mail into the outbox as part of another change. False when it was there already, sent or not.
    pub(crate) async fn put_mail(
        &mut self,
        id: MailId,
        new: NewMail,
        ticket: Option<TicketId>,
        now: Timestamp,
    ) -> Result<bool> {
        let put = run!(
            self,
            "INSERT INTO outbox
                 (id, dedupe, person_id, ticket_id, address, subject, body, created_at, run_at, attempts)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0) ON CONFLICT (dedupe) DO NOTHING",
            id.0,
            new.dedupe,
            new.person.map(|person| person.0),
            ticket.map(|ticket| ticket.0),
            new.address,
            new.subject,
            new.body,
            now.0
        )?;
        Ok(put > 0)
    }
}

impl Db {
    /// Puts a mail into the outbox. False when it was there already, sent or not.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn put_mail(&self, new: NewMail, now: Timestamp, entropy: &dyn Entropy) -> Result<bool> {
        let id = MailId::new(now, entropy);
        self.write(move |tx| Box::pin(async move { tx.put_mail(id, new, None, now).await })).await
    }

    /// Takes up to `most` mails that wait, for `lease` milliseconds.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn claim_mails(&self, most: u32, lease: i64, now: Timestamp, entropy: &dyn Entropy) -> Result<Vec<Mail>> {
        let key = uuid_v7(now, entropy);
        let mut sql = Sql::new("UPDATE outbox SET attempts = attempts + 1, lease = ");
        sql.bind("", Arg::Id(key))
            .bind(", leased_until = ", Arg::Number(now.plus(lease).0))
            .bind(
                " WHERE id IN (SELECT id FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND run_at <= ",
                Arg::Number(now.0),
            )
            .bind(" AND (leased_until IS NULL OR leased_until <= ", Arg::Number(now.0))
            .bind(") ORDER BY run_at, id LIMIT ", Arg::Number(i64::from(most)))
            .push(self.skip_locked())
            .push(") RETURNING id, address, subject, body, ticket_id, attempts");
        let rows: Vec<(Uuid, String, String, String, Option<Uuid>, i64)> =
            self.write(move |tx| Box::pin(async move { sql.rows(tx).await })).await?;
        rows.into_iter()
            .map(|(id, address, subject, body, ticket, attempts)| {
                let attempts = stored::number("outbox", "attempts", attempts)?;
                let ticket = ticket.map(TicketId);
                Ok(Mail { id: MailId(id), address, subject, body, ticket, attempts, lease: key })
            })
            .collect()
    }

    /// The mail went out: its text is wiped.
    ///
    /// # Errors
    /// [`Conflict::Changed`] when the lease ran out and another server took it.
    pub async fn mail_sent(&self, mail: &Mail, now: Timestamp) -> Result<()> {
        let (id, lease) = (mail.id, mail.lease);
        self.write(move |tx| {
            Box::pin(async move {
                held(run!(
                    tx,
                    "UPDATE outbox SET sent_at = $3, body = '', lease = NULL, leased_until = NULL, error = NULL
                     WHERE id = $1 AND lease = $2",
                    id.0,
                    lease,
                    now.0
                )?)
            })
        })
        .await
    }

    /// The mail did not go out; it is tried again at `retry_at`, or given up, and then its text is wiped.
    ///
    /// # Errors
    /// [`Conflict::Changed`] when the lease ran out and another server took it.
    pub async fn mail_failed(
        &self,
        mail: &Mail,
        error: String,
        retry_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()> {
        let (id, lease) = (mail.id, mail.lease);
        let failed_at = if retry_at.is_none() { Some(now.0) } else { None };
        self.write(move |tx| {
            Box::pin(async move {
                held(run!(
                    tx,
                    "UPDATE outbox SET run_at = $3, failed_at = $4, error = $5, lease = NULL, leased_until = NULL,
                                       body = CASE WHEN $4 IS NULL THEN body ELSE '' END
                     WHERE id = $1 AND lease = $2",
                    id.0,
                    lease,
                    retry_at.unwrap_or(now).0,
                    failed_at,
                    error
                )?)
            })
        })
        .await
    }

    /// Clears away mails that went out, were given up or were written more than 30 days ago: they are personal, and one
    /// that could not be sent for so long (no mail server is named) tells of what is past. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_outbox(&self, now: Timestamp) -> Result<u64> {
        let before = now.plus(-30 * Timestamp::DAY).0;
        self.write(move |tx| {
            Box::pin(async move {
                run!(tx, "DELETE FROM outbox WHERE sent_at < $1 OR failed_at < $1 OR created_at < $1", before)
            })
        })
        .await
    }
}
