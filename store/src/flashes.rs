//! What a refused form had in it, kept from the POST to the GET that shows it again.

use crate::{Db, Result};
use domain::{
    ids::FlashId,
    time::{Entropy, Timestamp},
};

/// How many kept forms one session has at most; the oldest makes room.
const FOR_OWNER: i64 = 20;
/// How many all strangers together have.
const FOR_STRANGERS: i64 = 1000;

impl Db {
    /// Keeps `content` until `expires_at`. With an `owner` (a hash of their session) only they see it. Each owner, and all
    /// strangers together, have room for so many: the oldest makes room.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn put_flash(
        &self,
        owner: Option<[u8; 32]>,
        content: String,
        expires_at: Timestamp,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<FlashId> {
        let id = FlashId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "INSERT INTO flashes (id, owner_hash, content, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
                    id.0,
                    owner.as_ref().map(<[u8; 32]>::as_slice),
                    content,
                    now.0,
                    expires_at.0
                )?;
                match &owner {
                    Some(owner) => run!(
                        tx,
                        "DELETE FROM flashes WHERE owner_hash = $1 AND id <=
                             (SELECT id FROM flashes WHERE owner_hash = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
                        owner.as_slice(),
                        FOR_OWNER
                    )?,
                    None => run!(
                        tx,
                        "DELETE FROM flashes WHERE owner_hash IS NULL AND id <=
                             (SELECT id FROM flashes WHERE owner_hash IS NULL ORDER BY id DESC LIMIT 1 OFFSET $1)",
                        FOR_STRANGERS
                    )?,
                };
                Ok(id)
            })
        })
        .await
    }

    /// What was kept, as often as it is asked for, until its end: reloading the page shows the same again.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn flash(&self, id: FlashId, owner: Option<[u8; 32]>, now: Timestamp) -> Result<Option<String>> {
        scalar!(
            self,
            String,
            "SELECT content FROM flashes
             WHERE id = $1 AND expires_at > $2 AND (owner_hash IS NULL OR owner_hash = $3)",
            id.0,
            now.0,
            owner.as_ref().map(<[u8; 32]>::as_slice)
        )
    }

    /// Clears away what is past its end. Gives the number.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep_flashes(&self, now: Timestamp) -> Result<u64> {
        self.write(move |tx| Box::pin(async move { run!(tx, "DELETE FROM flashes WHERE expires_at <= $1", now.0) }))
            .await
    }
}
