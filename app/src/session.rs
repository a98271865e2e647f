//! Signed-in browsers: a random token in a cookie, its hash in a row.

use crate::context::{Viewer, append_header, by_the_way, now, services, visit};
use crate::failure::Failure;
use crate::{counting, security};
use domain::ids::PersonId;
use domain::people::Role;
use domain::time::{Entropy, Timestamp};
use http::header;
use sha2::{Digest as _, Sha256};
use store::{Db, NewSession, Person, SignIn, SignInAttempt};

/// A session that nobody used for so long has ended.
pub const IDLE: i64 = 14 * Timestamp::DAY;
/// A session ends after this time however much it is used.
pub const ABSOLUTE: i64 = 60 * Timestamp::DAY;

/// The cookie's name; browsers take a `__Host-` cookie by https alone, from this very host, for every path.
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// The name of the cookie that tells which session was here last. It holds the hash under which that is stored, which signs
/// nobody in, and outlives a sign-out: a form that comes afterwards is kept for the person who wrote it.
#[must_use]
pub fn past_name(https: bool) -> &'static str {
    if https { "__Host-past" } else { "past" }
}

/// The hash in such a cookie; `None` when the text is none.
#[must_use]
pub fn past_hash(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok()?;
    Some(hash)
}

/// The name of the cookie by which a browser is known where somebody signed in with it before.
#[must_use]
pub fn browser_cookie_name(https: bool) -> &'static str {
    if https { "__Host-browser" } else { "browser" }
}

/// A fresh secret of 256 bits as text, and the hash to store.
#[must_use]
pub fn new_token(entropy: &dyn Entropy) -> (String, [u8; 32]) {
    let mut secret = [0; 32];
    entropy.fill(&mut secret);
    (hex::encode(secret), Sha256::digest(secret).into())
}

/// The hash under which a token is stored; `None` when the text is no token.
#[must_use]
pub fn token_hash(token: &str) -> Option<[u8; 32]> {
    let mut secret = [0; 32];
    hex::decode_to_slice(token, &mut secret).ok()?;
    Some(Sha256::digest(secret).into())
}

/// The key to what only the browser with this token may read again: not in the database, which knows the token's hash alone.
fn reading_key(token: &str) -> [u8; 32] {
    Sha256::digest(format!("colloquy reading key {token}")).into()
}

/// The token of a one-time link, made from a seed that may be stored: only the session that made it finds it again.
#[must_use]
pub fn link_token(viewer: &Viewer, seed: &[u8; 16]) -> (String, [u8; 32]) {
    let secret: [u8; 32] = Sha256::new().chain_update(viewer.reading_key).chain_update(seed).finalize().into();
    (hex::encode(secret), Sha256::digest(secret).into())
}

/// Whom the session with this token belongs to, if it has not ended.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn viewer(db: &Db, token: &str, now: Timestamp) -> Result<Option<Viewer>, Failure> {
    let Some(hash) = token_hash(token) else { return Ok(None) };
    let found = db.session(&hash, IDLE, now).await?;
    if let Some(found) = &found
        && now.since(found.seen_at) > Timestamp::MINUTE
    {
        by_the_way(db.touch_session(found.session, now).await)?;
    }
    let admin = found.as_ref().is_some_and(|found| found.roles.has(Role::Admin));
    let alarm = admin && db.chain_alarm(now).await?;
    Ok(found.map(|found| Viewer {
        person: found.person,
        subject: found.subject,
        name: found.name.to_string(),
        roles: found.roles,
        session: found.session,
        zone: found.zone.to_string(),
        facts: found.facts,
        reading_key: reading_key(token),
        alarm,
    }))
}

/// Starts a session for a person and hands its token to the browser.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn start(person: PersonId) -> Result<(), Failure> {
    let services = services();
    let now = now();
    let (token, hash) = new_token(&*services.entropy);
    let new = NewSession { token_hash: hash, person, agent: visit().browser, expires_at: now.plus(ABSOLUTE) };
    services.db.create_session(new, now, &*services.entropy).await?;
    hand_over(&token, hash);
    know_browser(person).await
}

/// Starts a session for somebody whose attempt to sign in succeeded.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn sign_in(person: &Person, attempt: SignInAttempt) -> Result<(), Failure> {
    let (services, visit, now) = (services(), visit(), now());
    let (token, hash) = new_token(&*services.entropy);
    let session = NewSession {
        token_hash: hash,
        person: person.id,
        agent: visit.browser.clone(),
        expires_at: now.plus(ABSOLUTE),
    };
    let address = counting::key("address", &visit.address).await?;
    let sign_in = SignIn {
        session,
        subject: person.subject,
        ends: visit.viewer.map(|viewer| viewer.session),
        attempt,
        address,
        address_shown: security::address_hash(&address),
        browser: browser_token(),
    };
    services.db.sign_in(sign_in, now, &*services.entropy).await?;
    hand_over(&token, hash);
    Ok(())
}

/// Gives the present session another token: whoever had the old one is out.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn renew(viewer: &Viewer) -> Result<(), Failure> {
    let services = services();
    let (token, hash) = new_token(&*services.entropy);
    services.db.renew_session(viewer.session, hash).await?;
    hand_over(&token, hash);
    know_browser(viewer.person).await
}

/// Lets this browser be known as the person's.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn know_browser(person: PersonId) -> Result<(), Failure> {
    services().db.know_browser(person, browser_token(), now()).await?;
    Ok(())
}

/// The hash of the token by which this browser is known, whoever uses it; it gets one when it has none.
fn browser_token() -> [u8; 32] {
    let known = visit().known_browser.and_then(|token| Some((token_hash(&token)?, token)));
    let (hash, token) = known.unwrap_or_else(|| {
        let (token, hash) = new_token(&*services().entropy);
        (hash, token)
    });
    // Browsers keep a cookie for 400 days at most.
    set_cookie(browser_cookie_name, &token, 400 * Timestamp::DAY);
    hash
}

/// Gives the browser the token of its session, and what tells afterwards whose that was.
fn hand_over(token: &str, hash: [u8; 32]) {
    set_cookie(cookie_name, token, ABSOLUTE);
    set_cookie(past_name, &hex::encode(hash), ABSOLUTE + Timestamp::DAY);
}

/// Takes the token back from the browser.
pub fn forget() {
    set_cookie(cookie_name, "", 0);
}

fn set_cookie(name: fn(bool) -> &'static str, value: &str, lasts: i64) {
    let https = services().site.https;
    let (name, seconds) = (name(https), lasts / Timestamp::SECOND);
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    append_header(header::SET_COOKIE, &cookie);
}

/// A browser's name for itself, shortened to what its owner recognises: "Firefox on Windows".
#[must_use]
pub fn browser(user_agent: &str) -> String {
    let pick = |known: &[(&str, &str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    let program = pick(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = pick(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_hash_alone() {
        struct Sevens;
        impl Entropy for Sevens {
            fn fill(&self, bytes: &mut [u8]) {
                bytes.fill(7);
            }
        }
        let (token, hash) = new_token(&Sevens);
        assert_eq!(token.len(), 64);
        assert_eq!(token_hash(&token), Some(hash));
        for bad in ["", "77", &token[1..], &token.replace('7', "x")] {
            assert_eq!(token_hash(bad), None, "{bad}");
        }
    }

    #[test]
    fn browsers_by_name() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser(firefox), "Firefox · Linux");
        assert_eq!(browser(phone), "Safari · iPhone");
        assert_eq!(browser("<script>"), "");
    }
}
