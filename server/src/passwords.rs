//! Password hashing: Argon2id, off the async threads, a few at a time.

use app::context::{PasswordCheck, Passwords};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{Salt, SaltString},
};
use async_trait::async_trait;
use domain::time::Entropy;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes: the first choice of OWASP's password storage cheat sheet for Argon2id at 19 MiB.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// How many hashes may be under way at once; each takes 19 MiB and a core for a few hundredths of a second.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords.
pub struct Argon2Passwords {
    entropy: Arc<dyn Entropy>,
    places: Arc<Semaphore>,
    decoy: Arc<OnceLock<String>>,
}

impl Argon2Passwords {
    /// A hasher that takes its salts from `entropy`.
    #[must_use]
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self { entropy, places: Arc::new(Semaphore::new(AT_ONCE)), decoy: Arc::default() }
    }

    async fn off_thread<T, F>(&self, work: F) -> Option<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Option<T> + Send + 'static,
    {
        let place = Arc::clone(&self.places).acquire_owned().await.ok()?;
        tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        })
        .await
        .ok()
        .flatten()
    }

    fn salt(&self) -> Option<SaltString> {
        let mut bytes = [0; Salt::RECOMMENDED_LENGTH];
        self.entropy.fill(&mut bytes);
        SaltString::encode_b64(&bytes).ok()
    }
}

fn hasher() -> Option<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str, salt: &SaltString) -> Option<String> {
    Some(hasher()?.hash_password(password.as_bytes(), salt).ok()?.to_string())
}

/// Whether a stored hash was made with other costs than today's.
fn is_outdated(stored: &PasswordHash<'_>) -> bool {
    let (memory, passes, lanes) = COST;
    let today = Params::new(memory, passes, lanes, None).ok();
    let used = Params::try_from(stored).ok();
    let same = match (today, used) {
        (Some(a), Some(b)) => (a.m_cost(), a.t_cost(), a.p_cost()) == (b.m_cost(), b.t_cost(), b.p_cost()),
        _ => false,
    };
    !same || stored.algorithm != argon2::ARGON2ID_IDENT
}

#[async_trait]
impl Passwords for Argon2Passwords {
    async fn hash(&self, password: String) -> Option<String> {
        let salt = self.salt()?;
        self.off_thread(move || hash(&password, &salt)).await
    }

    async fn check(&self, password: String, stored: Option<String>) -> PasswordCheck {
        let salt = self.salt();
        let decoy = Arc::clone(&self.decoy);
        self.off_thread(move || {
            let salt = salt?;
            let known = stored.is_some();
            // Somebody unknown costs the same: their password is checked against a hash that nobody has.
            let phc = match stored {
                Some(phc) => phc,
                None => decoy.get_or_init(|| hash("nobody's password", &salt).unwrap_or_default()).clone(),
            };
            let parsed = PasswordHash::new(&phc).ok()?;
            let right = hasher()?.verify_password(password.as_bytes(), &parsed).is_ok();
            Some(match (known && right, is_outdated(&parsed)) {
                (false, _) => PasswordCheck::Wrong,
                (true, false) => PasswordCheck::Right { rehashed: None },
                (true, true) => PasswordCheck::Right { rehashed: hash(&password, &salt) },
            })
        })
        .await
        .unwrap_or(PasswordCheck::Wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemEntropy;

    #[tokio::test]
    async fn right_wrong_and_unknown() {
        let passwords = Argon2Passwords::new(Arc::new(SystemEntropy));
        let phc = passwords.hash("a quiet river at dawn".into()).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let check = |word: &str, phc: Option<&str>| passwords.check(word.to_owned(), phc.map(ToOwned::to_owned));
        let right = check("a quiet river at dawn", Some(&phc)).await;
        assert!(matches!(right, PasswordCheck::Right { rehashed: None }));
        assert!(matches!(check("a quiet river at dusk", Some(&phc)).await, PasswordCheck::Wrong));
        assert!(matches!(check("nobody's password", None).await, PasswordCheck::Wrong));
    }

    #[tokio::test]
    async fn an_older_hash_is_made_anew_at_sign_in() {
        let passwords = Argon2Passwords::new(Arc::new(SystemEntropy));
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let salt = passwords.salt().unwrap();
        let phc = old.hash_password(b"a quiet river at dawn", &salt).unwrap().to_string();
        let check = passwords.check("a quiet river at dawn".into(), Some(phc)).await;
        let PasswordCheck::Right { rehashed: Some(fresh) } = check else { panic!("{check:?}") };
        assert!(fresh.contains("m=19456,t=2,p=1"));
    }
}
