//! Signing in: attempts, counted before they are judged, and what a success leaves behind.

use crate::{Allowance, Db, NewJob, NewSession, Result, SIGNED_IN, SecurityEvent, sessions, tx::Tx};
use domain::{
    ids::{JobId, PersonId, SessionId, SubjectId},
    time::{Entropy, Timestamp},
};

/// Failures that an address may have at once when nobody is known to sign in from there.
const AT_ONCE: u32 = 20;
/// How many more for each person who does.
const FOR_EACH: u32 = 10;
/// People beyond these add nothing.
const MOST_PEOPLE: u32 = 500;
/// How long it takes until an address that used all of them has all of them again.
const REFILL: i64 = 15 * Timestamp::MINUTE;
/// How long somebody counts as signing in from an address.
const AT_ADDRESS: i64 = 30 * Timestamp::DAY;
/// How long a browser stays known without being used.
const KNOWN: i64 = 180 * Timestamp::DAY;
/// How many browsers of one person are known at most.
const BROWSERS: i64 = 10;

/// What an attempt is counted under. Every key is a hash under a key of the site's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInAttempt {
    /// The account, or the browser where this person signed in before.
    pub key: [u8; 32],
    /// Where it comes from; none for a known browser, which nobody else's failures can lock out.
    pub address: Option<[u8; 32]>,
}

/// A sign-in that succeeded.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The session to begin.
    pub session: NewSession,
    /// Whose, in chained records.
    pub subject: SubjectId,
    /// Another session of this browser, which ends.
    pub ends: Option<SessionId>,
    /// What the attempt was counted under.
    pub attempt: SignInAttempt,
    /// Where it comes from.
    pub address: [u8; 32],
    /// What stands for that in the log.
    pub address_shown: String,
    /// The SHA-256 of the token by which this browser will be known.
    pub browser: [u8; 32],
}

/// A request for another password.
#[derive(Debug, Clone)]
pub struct ResetRequest {
    /// Where it comes from.
    pub address: [u8; 32],
    /// What requests from there are counted under.
    pub counted: [u8; 32],
    /// The work.
    pub job: NewJob,
}

impl Tx {
    /// What an address has for what is counted under `key`, the more the more people sign in from there.
    async fn of_address(&mut self, address: [u8; 32], key: [u8; 32], now: Timestamp) -> Result<Allowance> {
        let people = count!(
            self,
            "SELECT COUNT(*) FROM (SELECT person_id FROM address_people WHERE address_hash = $1 AND seen_at > $2 LIMIT $3) AS p",
            address.as_slice(),
            now.plus(-AT_ADDRESS).0,
            i64::from(MOST_PEOPLE)
        )?;
        let people = u32::try_from(people).unwrap_or_default().min(MOST_PEOPLE);
        Ok(Allowance { key, most: AT_ONCE + FOR_EACH * people, refill: REFILL })
    }

    /// Makes a browser known as this person's; the one that was not used for longest makes room.
    async fn know_browser(&mut self, person: PersonId, browser: [u8; 32], now: Timestamp) -> Result<()> {
        run!(
            self,
            "INSERT INTO known_browsers (token_hash, person_id, seen_at) VALUES ($1, $2, $3)
             ON CONFLICT (token_hash, person_id) DO UPDATE SET seen_at = excluded.seen_at",
            browser.as_slice(),
            person.0,
            now.0
        )?;
        run!(
            self,
            "DELETE FROM known_browsers WHERE person_id = $1 AND token_hash NOT IN
                 (SELECT token_hash FROM known_browsers WHERE person_id = $1 ORDER BY seen_at DESC, token_hash LIMIT $2)",
            person.0,
            BROWSERS
        )?;
        Ok(())
    }
}

/// Makes every browser of a person a stranger: their password is another one.
pub(crate) async fn forget_browsers(tx: &mut Tx, person: PersonId) -> Result<()> {
    run!(tx, "DELETE FROM known_browsers WHERE person_id = $1", person.0)?;
    Ok(())
}

impl Db {
    /// Whether somebody signed in before in the browser with this token.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn knows_browser(&self, person: PersonId, token_hash: &[u8; 32], now: Timestamp) -> Result<bool> {
        let found = count!(
            self,
            "SELECT COUNT(*) FROM known_browsers WHERE token_hash = $1 AND person_id = $2 AND seen_at > $3",
            token_hash.as_slice(),
            person.0,
            now.plus(-KNOWN).0
        )?;
        Ok(found > 0)
    }

    /// Counts an attempt, before its password is looked at: as failed, until it succeeds or is taken back.
    ///
    /// # Errors
    /// [`crate::Conflict::TooSoon`] when the account or the address has to wait; nothing was counted then.
    pub async fn begin_sign_in(&self, attempt: SignInAttempt, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.count_attempt(attempt.key, now).await?;
                if let Some(address) = attempt.address {
                    let allowance = tx.of_address(address, address, now).await?;
                    tx.take(allowance, now).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Takes an attempt back whose password was never looked at.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn take_back_sign_in(&self, attempt: SignInAttempt, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.uncount_attempt(attempt.key, now).await?;
                if let Some(address) = attempt.address {
                    let allowance = tx.of_address(address, address, now).await?;
                    tx.give_back(allowance).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Notes that somebody asked for another password: the work waits for a job, whose payload is what they typed. A second
    /// request for the same login adds nothing while the first one waits.
    ///
    /// # Errors
    /// [`crate::Conflict::TooSoon`] when very many requests came from this address.
    pub async fn ask_reset(&self, new: ResetRequest, now: Timestamp, entropy: &dyn Entropy) -> Result<()> {
        let id = JobId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                let allowance = tx.of_address(new.address, new.counted, now).await?;
                tx.take(allowance, now).await?;
                tx.put_job(id, &new.job, now).await?;
                Ok(())
            })
        })
        .await
    }

    /// Lets somebody in: begins their session, forgets the failures of what they were counted under, and notes that they
    /// sign in from this address and in this browser.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sign_in(&self, new: SignIn, now: Timestamp, entropy: &dyn Entropy) -> Result<SessionId> {
        let id = SessionId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                let person = new.session.person;
                tx.forget_failures(new.attempt.key).await?;
                if let Some(address) = new.attempt.address {
                    let allowance = tx.of_address(address, address, now).await?;
                    tx.give_back(allowance).await?;
                }
                run!(
                    tx,
                    "INSERT INTO address_people (address_hash, person_id, seen_at) VALUES ($1, $2, $3)
                     ON CONFLICT (address_hash, person_id) DO UPDATE SET seen_at = excluded.seen_at",
                    new.address.as_slice(),
                    person.0,
                    now.0
                )?;
                tx.know_browser(person, new.browser, now).await?;
                if let Some(old) = new.ends {
                    run!(tx, "DELETE FROM sessions WHERE id = $1", old.0)?;
                }
                sessions::insert(tx, id, &new.session, now).await?;
                let event = SecurityEvent {
                    action: SIGNED_IN,
                    reason: if new.attempt.address.is_some() { "another-browser" } else { "known-browser" },
                    subject: Some(new.subject),
                    address: new.address_shown,
                    count: 1,
                };
                tx.security(Some(new.subject), &event, now).await?;
                Ok(id)
            })
        })
        .await
    }

    /// Makes a browser known as this person's without a sign-in: they just chose their password in it.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn know_browser(&self, person: PersonId, browser: [u8; 32], now: Timestamp) -> Result<()> {
        self.write(move |tx| Box::pin(async move { tx.know_browser(person, browser, now).await })).await
    }

    /// Clears away what was not used for long: browsers, and who signed in from where. Gives the number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_sign_ins(&self, now: Timestamp) -> Result<u64> {
        self.write(move |tx| {
            Box::pin(async move {
                let browsers = run!(tx, "DELETE FROM known_browsers WHERE seen_at <= $1", now.plus(-KNOWN).0)?;
                let people = run!(tx, "DELETE FROM address_people WHERE seen_at <= $1", now.plus(-AT_ADDRESS).0)?;
                Ok(browsers + people)
            })
        })
        .await
    }
}
