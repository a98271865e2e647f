//! Work that waits for nobody: sending mail, judging runs by corrected keys, sealing the audit log, sweeping up what ran out.
//!
//! Any server may do it, since every piece is claimed with a lease in the database; each effect happens once.

use crate::clock::SystemEntropy;
use crate::mail::Mailer;
use app::context::Services;
use app::{mail, reset, security, session};
use domain::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use store::{Mail, REGRADE, StoreError};
use tokio::task::JoinHandle;

/// How often the server looks for mail to send.
const MAIL_EVERY: Duration = Duration::from_secs(5);
/// How often it looks for runs that are to be judged anew.
const REGRADE_EVERY: Duration = Duration::from_secs(5);
/// How many batches of runs it judges each time: mail does not wait for all of them.
const BATCHES: u32 = 50;
/// How often it sweeps and seals.
const SWEEP_EVERY: Duration = Duration::from_secs(60);
/// How long a claimed mail or job is ours; longer than a mail server takes to answer, or than so many batches.
const LEASE: i64 = 2 * Timestamp::MINUTE;
/// A mail or job that failed so often is given up.
const TRIES: u32 = 8;
/// Audit rows sealed at a time.
const SEALED_AT_ONCE: u32 = 500;

/// Starts the work; it ends when the handle is aborted.
#[must_use]
pub fn start(services: Arc<Services>, mailer: Option<Mailer>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut mails = tokio::time::interval(MAIL_EVERY);
        let mut regrades = tokio::time::interval(REGRADE_EVERY);
        let mut sweep = tokio::time::interval(SWEEP_EVERY);
        loop {
            let outcome = tokio::select! {
                _ = mails.tick() => match &mailer {
                    Some(mailer) => match resets(&services).await {
                        Ok(()) => send_mails(&services, mailer).await,
                        failed => failed,
                    },
                    None => Ok(()),
                },
                _ = regrades.tick() => regrade(&services).await,
                _ = sweep.tick() => tidy(&services).await,
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "work in the background failed and is tried again");
            }
        }
    })
}

async fn send_mails(services: &Services, mailer: &Mailer) -> Result<(), StoreError> {
    let now = services.clock.now();
    for mail in services.db.claim_mails(20, LEASE, now, &SystemEntropy).await? {
        let Some(body) = body(services, &mail).await? else {
            services.db.mail_failed(&mail, "its link is over".into(), None, now).await?;
            continue;
        };
        match mailer.send(&Mail { body, ..mail.clone() }).await {
            Ok(()) => services.db.mail_sent(&mail, services.clock.now()).await?,
            Err(problem) => {
                tracing::warn!(attempts = mail.attempts, "a mail could not be sent");
                let wait = Timestamp::MINUTE << mail.attempts.min(10);
                let again = (mail.attempts < TRIES).then(|| now.plus(wait));
                services.db.mail_failed(&mail, problem, again, now).await?;
            }
        }
    }
    Ok(())
}

/// The text of a mail as it goes out, its one-time link put in; nothing when that was used or ran out meanwhile. The token is made
/// here and stored nowhere but as its hash.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn body(services: &Services, mail: &Mail) -> Result<Option<String>, StoreError> {
    let Some(ticket) = mail.ticket else { return Ok(Some(mail.body.clone())) };
    let (token, hash) = session::new_token(&*services.entropy);
    if !services.db.set_ticket_token(ticket, hash, services.clock.now()).await? {
        return Ok(None);
    }
    Ok(Some(mail.body.replace(mail::LINK, &mail::link_at(&services.site.public_url, &token))))
}

/// Does what people asked for who forgot their password: see [`reset`].
///
/// # Errors
/// [`StoreError`] when the database fails; what was not done is tried again.
pub async fn resets(services: &Services) -> Result<(), StoreError> {
    let db = &services.db;
    while let Some(job) = db.claim_job(&[reset::JOB], LEASE, services.clock.now(), &SystemEntropy).await? {
        if let Err(problem) = reset::carry_out(services, &job.payload).await
            && job.attempts < TRIES
        {
            tracing::warn!(attempts = job.attempts, %problem, "a request for another password could not be seen to");
            let again = services.clock.now().plus(Timestamp::MINUTE);
            return db.retry_job(&job, Some(problem.to_string()), again).await;
        }
        db.forget_job(&job).await?;
    }
    Ok(())
}

/// Judges finished runs by corrected keys; a job with more to do than fits is gone on with next time.
async fn regrade(services: &Services) -> Result<(), StoreError> {
    let db = &services.db;
    while let Some(job) = db.claim_job(&[REGRADE], LEASE, services.clock.now(), &SystemEntropy).await? {
        let outcome = db.regrade(&job.payload, BATCHES, services.clock.now(), &SystemEntropy).await;
        let now = services.clock.now();
        match outcome {
            Ok(true) => db.finish_job(&job, now).await?,
            Ok(false) => return db.retry_job(&job, None, now).await,
            Err(problem) => {
                tracing::warn!(job = %job.id, attempts = job.attempts, %problem, "runs could not be judged anew");
                if job.attempts < TRIES {
                    let again = now.plus(Timestamp::MINUTE << job.attempts.min(10));
                    db.retry_job(&job, Some(problem.to_string()), again).await?;
                } else {
                    db.fail_job(&job, problem.to_string(), now).await?;
                }
            }
        }
    }
    Ok(())
}

/// Removes what ran out, and seals new rows of the audit log into its chain.
async fn tidy(services: &Services) -> Result<(), StoreError> {
    let db = &services.db;
    let now = services.clock.now();
    security::write(services).await?;
    db.sweep_security(now).await?;
    db.sweep_sessions(session::IDLE, now).await?;
    db.sweep_tickets(now).await?;
    db.sweep_throttle(now).await?;
    db.sweep_allowances(now).await?;
    db.sweep_sign_ins(now).await?;
    db.sweep_flashes(now).await?;
    db.give_space_back().await?;
    db.sweep_outbox(now).await?;
    db.seal_audit(SEALED_AT_ONCE, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli, config::Config};
    use clap::Parser as _;
    use store::{Db, NewMail, Options};

    #[tokio::test]
    async fn mail_does_not_lie_in_the_database_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let start = ["colloquy", "serve", "--data", folder.path().to_str().unwrap()];
        let cli::Command::Serve(options) = cli::Cli::parse_from(start).command else { unreachable!() };
        let config = Config::new(&options).unwrap();
        let db = Db::connect(&config.database_url, Options::default()).await.unwrap();
        db.migrate().await.unwrap();
        let services = crate::commands::services(db.clone(), &config, None, false);
        let now = services.clock.now();
        let put = async |dedupe: &str, at| {
            let mail = NewMail {
                dedupe: dedupe.into(),
                person: None,
                address: "ann@work.example".into(),
                subject: "Due".into(),
                body: "Tomorrow".into(),
            };
            db.put_mail(mail, at, &SystemEntropy).await.unwrap()
        };
        assert!(put("old", now.plus(-31 * Timestamp::DAY)).await && put("new", now.plus(-Timestamp::DAY)).await);
        tidy(&services).await.unwrap();
        assert!(put("old", now).await, "the old one is gone");
        assert!(!put("new", now).await, "the new one waits");
        db.close().await;
    }
}
