//! Signed-in browsers: a random token in a cookie, its hash in a row.

use crate::context::{Viewer, append_header, by_the_way, now, services, visit};
use crate::failure::Failure;
use domain::ids::PersonId;
use domain::people::Role;
use domain::time::{Entropy, Timestamp};
use http::header;
use sha2::{Digest as _, Sha256};
use store::{Db, NewSession};

/// A session that nobody used for so long has ended.
pub const IDLE: i64 = 14 * Timestamp::DAY;
/// A session ends after this time however much it is used.
pub const ABSOLUTE: i64 = 60 * Timestamp::DAY;

/// The cookie's name; browsers take a `__Host-` cookie by https alone, from this very host, for every path.
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
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

/// Whom a session belongs to, if it has not ended.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn viewer(db: &Db, hash: [u8; 32], now: Timestamp) -> Result<Option<Viewer>, Failure> {
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
    set_cookie(&token, ABSOLUTE / Timestamp::SECOND);
    Ok(())
}

/// Takes the token back from the browser.
pub fn forget() {
    set_cookie("", 0);
}

fn set_cookie(value: &str, seconds: i64) {
    let https = services().site.https;
    let name = cookie_name(https);
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
