//! Password hashing: Argon2id, off the async threads, a few at a time.

use app::context::{HashProblem, PasswordCheck, Passwords};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{Salt, SaltString},
};
use async_trait::async_trait;
use domain::people::password;
use domain::time::Entropy;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes: the first choice of OWASP's password storage cheat sheet for Argon2id at 19 MiB.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// How many hashes may be under way at once; each takes 19 MiB and a core for a few hundredths of a second.
const AT_ONCE: usize = 2;

/// How many may be under way or wait their turn: the last of them has an answer after some seconds. Beyond it, callers are told
/// at once that the server is busy.
const IN_ALL: usize = 200;

/// Hashes and checks passwords.
pub struct Argon2Passwords {
    entropy: Arc<dyn Entropy>,
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    decoy: Arc<OnceLock<String>>,
}

impl Argon2Passwords {
    /// A hasher that takes its salts from `entropy`.
    #[must_use]
    pub fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            entropy,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(IN_ALL)),
            decoy: Arc::default(),
        }
    }

    /// Does work when its turn comes. The place goes with the work: a caller who goes away frees none.
    async fn off_thread<T, F>(&self, work: F) -> Result<T, HashProblem>
    where
        T: Send + 'static,
        F: FnOnce() -> Option<T> + Send + 'static,
    {
        let turn = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| HashProblem::Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| HashProblem::Failed)?;
        let done = tokio::task::spawn_blocking(move || {
            let _held = (turn, place);
            work()
        });
        done.await.ok().flatten().ok_or(HashProblem::Failed)
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
    async fn hash(&self, password: String) -> Result<String, HashProblem> {
        let salt = self.salt().ok_or(HashProblem::Failed)?;
        // What has no normal form is refused where it is chosen; a password from the command line is taken as it is.
        let password = password::normal(&password).unwrap_or(password);
        self.off_thread(move || hash(&password, &salt)).await
    }

    async fn check(&self, password: String, stored: Option<String>) -> PasswordCheck {
        let salt = self.salt();
        let decoy = Arc::clone(&self.decoy);
        let checked = self
            .off_thread(move || {
                let salt = salt?;
                let known = stored.is_some();
                // Somebody unknown costs the same: their password is checked against a hash that nobody has.
                let phc = match stored {
                    Some(phc) => phc,
                    None => decoy.get_or_init(|| hash("nobody's password", &salt).unwrap_or_default()).clone(),
                };
                let parsed = PasswordHash::new(&phc).ok()?;
                let is = |text: &str| Some(hasher()?.verify_password(text.as_bytes(), &parsed).is_ok());
                let normal = password::normal(&password).unwrap_or_else(|_| password.clone());
                // Hashes of earlier releases are of what was typed. Whether a second look is needed is up to what is typed now, so
                // that its time says nothing about the account.
                let (right, as_typed) = match (is(&normal)?, normal == password) {
                    (true, _) => (true, false),
                    (false, true) => (false, false),
                    (false, false) => (is(&password)?, true),
                };
                Some(match (known && right, as_typed || is_outdated(&parsed)) {
                    (false, _) => PasswordCheck::Wrong,
                    (true, false) => PasswordCheck::Right { rehashed: None },
                    (true, true) => PasswordCheck::Right { rehashed: hash(&normal, &salt) },
                })
            })
            .await;
        checked.unwrap_or_else(|problem| match problem {
            HashProblem::Busy => PasswordCheck::Busy,
            HashProblem::Failed => PasswordCheck::Wrong,
        })
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
    async fn a_password_is_the_same_however_it_is_typed() {
        let (composed, decomposed) = ("café fermé à midi", "cafe\u{301} ferme\u{301} a\u{300}\u{a0}midi");
        let passwords = Argon2Passwords::new(Arc::new(SystemEntropy));
        for (chosen, typed) in [(composed, decomposed), (decomposed, composed), (decomposed, decomposed)] {
            let phc = passwords.hash(chosen.into()).await.unwrap();
            let check = passwords.check(typed.into(), Some(phc)).await;
            assert!(matches!(check, PasswordCheck::Right { rehashed: None }), "{chosen} {typed}: {check:?}");
        }
        // As an earlier release stored it.
        let old = hash(decomposed, &passwords.salt().unwrap()).unwrap();
        let check = passwords.check(decomposed.into(), Some(old)).await;
        let PasswordCheck::Right { rehashed: Some(fresh) } = check else { panic!("{check:?}") };
        let check = passwords.check(composed.into(), Some(fresh)).await;
        assert!(matches!(check, PasswordCheck::Right { rehashed: None }), "{check:?}");
    }

    #[tokio::test]
    async fn beyond_a_full_queue_callers_are_told_at_once() {
        let passwords = Argon2Passwords::new(Arc::new(SystemEntropy));
        let _all = passwords.queue.acquire_many(IN_ALL as u32).await.unwrap();
        assert!(matches!(passwords.check("any".into(), None).await, PasswordCheck::Busy));
        assert!(matches!(passwords.hash("any".into()).await, Err(HashProblem::Busy)));
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
