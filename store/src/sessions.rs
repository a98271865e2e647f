//! Signed-in browsers.

use crate::{Db, Result, people, read as stored, settings::FACTS_REVISION, tx::Tx};
use domain::{
    ids::{PersonId, SessionId, SubjectId},
    people::{Locale, PersonName, Roles, Zone},
    time::{Entropy, Timestamp},
};
use sqlx::FromRow;
use uuid::Uuid;

/// How old the note of a session's last use gets before it is renewed: a write per request would be one too many.
const NOTED_FOR: i64 = Timestamp::MINUTE;

/// A session to be begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The SHA-256 of the token the browser holds.
    pub token_hash: [u8; 32],
    /// Who signed in.
    pub person: PersonId,
    /// What the browser says it is, shortened, for the owner's list.
    pub agent: String,
    /// The end, however busy it is kept.
    pub expires_at: Timestamp,
}

/// A session and whose it is: all a request needs to know about who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionPerson {
    /// Which session.
    pub session: SessionId,
    /// Whose.
    pub person: PersonId,
    /// Their stand-in in chained records.
    pub subject: SubjectId,
    /// What they are called.
    pub name: PersonName,
    /// What they may do.
    pub roles: Roles,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub zone: Zone,
    /// How often the site's facts were changed: facts read under the same number are the same.
    pub facts: u64,
    /// Its last use, to the minute.
    pub seen_at: Timestamp,
    /// Its end, however busy it is kept.
    pub expires_at: Timestamp,
}

/// A session in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionListed {
    /// Which one.
    pub id: SessionId,
    /// What the browser says it is.
    pub agent: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Its last use, to the minute.
    pub seen_at: Timestamp,
    /// Its end, however busy it is kept.
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct SessionRow {
    id: Uuid,
    person_id: Uuid,
    subject_id: Uuid,
    name: String,
    language: String,
    zone: String,
    roles: Option<String>,
    facts: Option<String>,
    seen_at: i64,
    expires_at: i64,
}

#[derive(FromRow)]
struct ListedRow {
    id: Uuid,
    agent: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
}

/// How long after its end it is still known whose a session was that ran out by itself.
const KNOWN_FOR: i64 = Timestamp::DAY;

/// Ends every session of a person but `keep`.
pub(crate) async fn end_all(tx: &mut Tx, person: PersonId, keep: Option<SessionId>) -> Result<u64> {
    let keep = keep.map_or(Uuid::nil(), |session| session.0);
    run!(
        tx,
        "INSERT INTO ended_sessions (token_hash, person_id, expires_at)
         SELECT token_hash, person_id, expires_at FROM sessions WHERE person_id = $1 AND id <> $2",
        person.0,
        keep
    )?;
    run!(tx, "DELETE FROM sessions WHERE person_id = $1 AND id <> $2", person.0, keep)
}

/// Begins a session as part of another change.
pub(crate) async fn insert(tx: &mut Tx, id: SessionId, new: &NewSession, now: Timestamp) -> Result<()> {
    run!(
        tx,
        "INSERT INTO sessions (token_hash, id, person_id, agent, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $5, $6)",
        new.token_hash.as_slice(),
        id.0,
        new.person.0,
        new.agent.as_str(),
        now.0,
        new.expires_at.0
    )?;
    run!(tx, "UPDATE people SET seen_at = $2 WHERE id = $1", new.person.0, now.0)?;
    Ok(())
}

impl Db {
    /// Begins a session.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn create_session(&self, new: NewSession, now: Timestamp, entropy: &dyn Entropy) -> Result<SessionId> {
        let id = SessionId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                insert(tx, id, &new, now).await?;
                Ok(id)
            })
        })
        .await
    }

    /// Gives a session another token: the one that was used so far opens nothing any more.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn renew_session(&self, id: SessionId, token_hash: [u8; 32]) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(tx, "UPDATE sessions SET token_hash = $2 WHERE id = $1", id.0, token_hash.as_slice())?;
                Ok(())
            })
        })
        .await
    }

    /// The session with this token, and whose it is. None when there is none, it has ended, it was not used for
    /// `idle` milliseconds, or its person cannot sign in any more.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn session(&self, token_hash: &[u8; 32], idle: i64, now: Timestamp) -> Result<Option<SessionPerson>> {
        let found = row!(
            self,
            SessionRow,
            "SELECT s.id, s.person_id, s.seen_at, s.expires_at, p.subject_id, p.name, p.language, p.zone,
                    (SELECT string_agg(r.role, ',') FROM roles AS r WHERE r.person_id = s.person_id) AS roles,
                    (SELECT f.value FROM settings AS f WHERE f.name = $4) AS facts
             FROM sessions AS s JOIN people AS p ON p.id = s.person_id
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3
               AND p.disabled_at IS NULL AND p.erased_at IS NULL",
            token_hash.as_slice(),
            now.0,
            now.plus(-idle).0,
            FACTS_REVISION
        )?;
        found
            .map(|row| {
                Ok(SessionPerson {
                    session: SessionId(row.id),
                    person: PersonId(row.person_id),
                    subject: SubjectId(row.subject_id),
                    name: PersonName::stored(&row.name),
                    roles: people::roles(row.roles.as_deref())?,
                    locale: stored::text("people", "language", &row.language)?,
                    zone: stored::text("people", "zone", &row.zone)?,
                    facts: stored::maybe("settings", "value", row.facts.as_deref())?.unwrap_or_default(),
                    seen_at: Timestamp(row.seen_at),
                    expires_at: Timestamp(row.expires_at),
                })
            })
            .transpose()
    }

    /// Notes that a session is in use. Does nothing when that was noted within the last minute; callers who know
    /// `seen_at` need not even ask.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn touch_session(&self, id: SessionId, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                let touched = run!(
                    tx,
                    "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at <= $3",
                    id.0,
                    now.0,
                    now.plus(-NOTED_FOR).0
                )?;
                if touched > 0 {
                    run!(
                        tx,
                        "UPDATE people SET seen_at = $2 WHERE id = (SELECT person_id FROM sessions WHERE id = $1)",
                        id.0,
                        now.0
                    )?;
                }
                Ok(())
            })
        })
        .await
    }

    /// A person's sessions, the last used first.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sessions_of(&self, person: PersonId, idle: i64, now: Timestamp) -> Result<Vec<SessionListed>> {
        let rows = rows!(
            self,
            ListedRow,
            "SELECT id, agent, created_at, seen_at, expires_at FROM sessions
             WHERE person_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id",
            person.0,
            now.0,
            now.plus(-idle).0
        )?;
        Ok(rows
            .into_iter()
            .map(|row| SessionListed {
                id: SessionId(row.id),
                agent: row.agent,
                created_at: Timestamp(row.created_at),
                seen_at: Timestamp(row.seen_at),
                expires_at: Timestamp(row.expires_at),
            })
            .collect())
    }

    /// Ends one session of a person. False when they have no such session.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn end_session(&self, person: PersonId, id: SessionId) -> Result<bool> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "INSERT INTO ended_sessions (token_hash, person_id, expires_at)
                     SELECT token_hash, person_id, expires_at FROM sessions WHERE id = $1 AND person_id = $2",
                    id.0,
                    person.0
                )?;
                let ended = run!(tx, "DELETE FROM sessions WHERE id = $1 AND person_id = $2", id.0, person.0)?;
                Ok(ended > 0)
            })
        })
        .await
    }

    /// Ends every session of a person, or every other one than `keep`. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn end_sessions(&self, person: PersonId, keep: Option<SessionId>) -> Result<u64> {
        self.write(move |tx| Box::pin(async move { end_all(tx, person, keep).await })).await
    }

    /// Whose browser holds, or held, this token: of a session that goes on, or has ended within its time. Signs nobody in: it
    /// only says for whom a form is to be kept that came too late.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn once_signed_in(&self, token_hash: &[u8; 32]) -> Result<Option<PersonId>> {
        let found = scalar!(
            self,
            Uuid,
            "SELECT person_id FROM sessions WHERE token_hash = $1
             UNION ALL SELECT person_id FROM ended_sessions WHERE token_hash = $1",
            token_hash.as_slice()
        )?;
        Ok(found.map(PersonId))
    }

    /// Clears away sessions that have ended. Gives their number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_sessions(&self, idle: i64, now: Timestamp) -> Result<u64> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(tx, "DELETE FROM ended_sessions WHERE expires_at <= $1", now.plus(-KNOWN_FOR).0)?;
                run!(
                    tx,
                    "INSERT INTO ended_sessions (token_hash, person_id, expires_at)
                     SELECT token_hash, person_id, expires_at FROM sessions WHERE expires_at <= $1 OR seen_at <= $2",
                    now.0,
                    now.plus(-idle).0
                )?;
                run!(tx, "DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2", now.0, now.plus(-idle).0)
            })
        })
        .await
    }
}
