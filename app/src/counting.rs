//! What attempts are counted under: hashes under a key of the site's own, so that no table holds a login or an address.

use crate::context::{Services, services};
use crate::failure::Failure;
use sha2::{Digest as _, Sha256};
use store::StoreError;

/// The setting that holds the site's key for this.
const SETTING: &str = "counting-key";

/// The key under which a value of this kind is counted.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn key(kind: &str, value: &str) -> Result<[u8; 32], Failure> {
    key_of(&services(), kind, value).await
}

/// The same outside of a page or a server function.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn key_of(services: &Services, kind: &str, value: &str) -> Result<[u8; 32], Failure> {
    // Hashed on its own first, so that what the key is put before has one length: no value can be made to look like two.
    let inner: [u8; 32] = Sha256::digest(format!("{kind}:{value}")).into();
    Ok(Sha256::new().chain_update(secret(services).await?).chain_update(inner).finalize().into())
}

/// The site's key for this, made when it is first asked for.
async fn secret(services: &Services) -> Result<[u8; 32], Failure> {
    if let Some(key) = services.counting_key.get() {
        return Ok(*key);
    }
    let kept = match services.db.setting(SETTING).await? {
        Some(kept) => kept,
        None => {
            let mut fresh = [0; 32];
            services.entropy.fill(&mut fresh);
            match services.db.kept_secret(SETTING, hex::encode(fresh), services.clock.now()).await {
                Ok(kept) => kept,
                // Where nothing can be written nothing is counted, and reading goes on.
                Err(StoreError::Unavailable(_)) => return Ok(fresh),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let key = Sha256::digest(kept).into();
    Ok(*services.counting_key.get_or_init(|| key))
}
