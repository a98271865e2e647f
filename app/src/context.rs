//! What a page or a server function has at hand: the services of the server, and the visit it answers.

use crate::failure::Failure;
use crate::kept::{Checks, KnownFacts, KnownRules, Packages, Rendered, SolvedScenarios};
use crate::security::SecurityLog;
use crate::text::Language;
use crate::turns::Turns;
use async_trait::async_trait;
use domain::ids::{PersonId, SessionId, SubjectId};
use domain::people::Roles;
use domain::time::{Clock, Entropy, Timestamp};
use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};
use store::{Allowance, Db};

/// What the server lends to every page and server function.
pub struct Services {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// Hashing of passwords.
    pub passwords: Arc<dyn Passwords>,
    /// Where style, script and pictures are.
    pub assets: AssetPaths,
    /// How this site is set up.
    pub site: Site,
    /// Courses, parsed once: a version never changes.
    pub packages: Packages,
    /// The site's facts, read once for each change of them.
    pub facts: KnownFacts,
    /// Authored texts, rendered once.
    pub rendered: Rendered,
    /// Conversations with everything known about their states, found out once.
    pub solved: SolvedScenarios,
    /// What the checker says of them, found out once.
    pub checks: Checks,
    /// What reads free text, one set of rules for each language.
    pub rules: KnownRules,
    /// The key under which addresses are hashed, once it was asked for.
    pub counting_key: OnceLock<[u8; 32]>,
    /// Whose turn it is to sign in.
    pub turns: Turns,
    /// Security events that wait to be written.
    pub security: SecurityLog,
}

/// How this site is set up.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Where people reach it, without a slash at the end.
    pub public_url: String,
    /// Whether the address above is https.
    pub https: bool,
    /// Whether invitations can be sent by mail.
    pub mail: bool,
    /// The password of the demonstration accounts, where this is a demonstration.
    pub demo: Option<Demo>,
}

/// What the sign-in page of a demonstration says.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The password to show; `None` when whoever runs the demonstration chose one.
    pub shown_password: Option<String>,
}

/// The hashed names of the built files.
#[derive(Debug, Clone, Default)]
pub struct AssetPaths(pub HashMap<&'static str, &'static str>);

impl AssetPaths {
    /// The address of an asset by its plain name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static str> {
        self.0.get(name).copied()
    }
}

/// What checking a password found.
#[derive(Debug)]
pub enum PasswordCheck {
    /// It is not the one.
    Wrong,
    /// It was not looked at: too many others are waiting.
    Busy,
    /// It is; `rehashed` replaces a hash made with other costs than today's.
    Right {
        /// The hash to store in place of the old one.
        rehashed: Option<String>,
    },
}

/// Why a new password could not be hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashProblem {
    /// Too many others are waiting.
    Busy,
    /// The system could not.
    Failed,
}

impl From<HashProblem> for Failure {
    fn from(problem: HashProblem) -> Self {
        match problem {
            HashProblem::Busy => Self::Busy,
            HashProblem::Failed => Self::Internal,
        }
    }
}

/// Hashing of passwords, which the server does off its async threads, a few at a time and with so many waiting at most.
#[async_trait]
pub trait Passwords: Send + Sync {
    /// Hashes a new password.
    async fn hash(&self, password: String) -> Result<String, HashProblem>;
    /// Checks a password; somebody unknown (`stored` is `None`) takes as long as somebody known.
    async fn check(&self, password: String, stored: Option<String>) -> PasswordCheck;
}

/// The number that lets this page's scripts run; see the content security policy.
#[derive(Debug, Clone)]
pub struct Nonce(pub Arc<str>);

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// Their stand-in for chained records.
    pub subject: SubjectId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub roles: Roles,
    /// The browser they are signed in with.
    pub session: SessionId,
    /// Their time zone, an IANA name.
    pub zone: String,
    /// How often the site's facts had been changed when the request began.
    pub facts: u64,
    /// What finds the one-time links again that this session made.
    pub reading_key: [u8; 32],
    /// Whether an admin has to be told that the site's records do not hold, or were not checked. Nobody else is.
    pub alarm: bool,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device prefers.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of the cookie and of `data-theme`; nothing for the device's preference.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Device => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// From a cookie or a form.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Device,
        }
    }
}

/// Form input that was refused, kept for a short while so that nothing has to be typed again. Never holds a password.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Refused {
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
    /// What is wrong, by field, as a key of the message catalogue; the field `""` stands for the form.
    pub errors: BTreeMap<String, String>,
    /// A value for the texts, such as a number of minutes.
    pub note: Option<String>,
    /// The form itself, where nothing was wrong with it but that the session had ended.
    #[serde(default)]
    pub unsent: Option<Unsent>,
}

/// A form that came after its session had ended, to be sent again by the person who wrote it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Unsent {
    /// Where it goes.
    pub action: String,
    /// All of its fields, in order.
    pub fields: Vec<(String, String)>,
}

impl Unsent {
    /// What in it reads like somebody's words: no ids, numbers or names of options.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let words = |value: &&str| value.contains(char::is_whitespace) || value.contains('@');
        self.fields.iter().map(|(_, value)| value.trim()).filter(words)
    }
}

impl Refused {
    /// Remembers what was typed into a field.
    #[must_use]
    pub fn value(mut self, field: &str, value: &str) -> Self {
        self.values.insert(field.to_owned(), value.to_owned());
        self
    }

    /// Says what is wrong with a field, by a key of the catalogue.
    #[must_use]
    pub fn error(mut self, field: &str, key: &str) -> Self {
        self.errors.insert(field.to_owned(), key.to_owned());
        self
    }

    /// What was typed into a field, or nothing.
    #[must_use]
    pub fn typed(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// What is wrong with a field, in words.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<String> {
        let key = self.errors.get(field)?;
        Some(match &self.note {
            Some(note) => crate::t!(key, note = note.clone()),
            None => crate::t!(key),
        })
    }
}

/// One request, as far as pages care.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Who is signed in, if anybody.
    pub viewer: Option<Arc<Viewer>>,
    /// The language of the page.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// The path asked for.
    pub path: String,
    /// The query, as it came.
    pub query: String,
    /// Input that was refused, on the way back to its form.
    pub refused: Arc<Refused>,
    /// The page's nonce.
    pub nonce: Nonce,
    /// Where the request comes from, as it is counted: an IPv4 address, or the network of an IPv6 one. Never logged or
    /// stored as it is.
    pub address: String,
    /// The token by which this browser is known, if somebody signed in with it before.
    pub known_browser: Option<String>,
    /// The browser's name for itself, shortened, for the list of sessions.
    pub browser: String,
}

impl Visit {
    /// One value of the query.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        form_value(&self.query, name)
    }
}

/// One value out of form-encoded text.
#[must_use]
pub fn form_value(encoded: &str, name: &str) -> Option<String> {
    encoded.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key) == name).then(|| decode(value))
    })
}

/// Every name and value of form-encoded text, in order.
#[must_use]
pub fn form_pairs(encoded: &str) -> Vec<(String, String)> {
    let pairs = encoded.split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split.map(|(name, value)| (decode(name), decode(value))).collect()
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Text as a value in an address.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The services of the server.
#[must_use]
pub fn services() -> Arc<Services> {
    expect_context::<Arc<Services>>()
}

/// The visit being answered.
#[must_use]
pub fn visit() -> Visit {
    expect_context::<Visit>()
}

/// The present moment.
#[must_use]
pub fn now() -> Timestamp {
    services().clock.now()
}

/// Who is signed in.
///
/// # Errors
/// [`Failure::SignedOut`] when nobody is.
pub fn viewer() -> Result<Arc<Viewer>, Failure> {
    visit().viewer.ok_or(Failure::SignedOut)
}

/// Whether an address leads to a page of ours. Browsers leave control characters out of an address and read `\` as `/`,
/// so that `/%09/evil.example` decoded would lead elsewhere.
fn is_on_site(to: &str) -> bool {
    to.starts_with('/') && !to.starts_with("//") && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

/// Ends a form: the browser goes on to a page of ours, by GET.
pub fn go(to: impl AsRef<str>) {
    let to = to.as_ref();
    let to = if is_on_site(to) { to } else { "/" };
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(to)
    {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(header::LOCATION, value);
    }
}

/// Ends a form that was refused: what was typed is kept, and the page at `to` (which may name a place in it) shows
/// what is wrong.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn refuse(to: &str, refused: Refused) -> Result<(), Failure> {
    let services = services();
    let now = services.clock.now();
    let owner = owner();
    let refused = if owner.is_some() { refused } else { strangers(refused).await? };
    let body = serde_json::to_string(&refused).map_err(|_| Failure::Internal)?;
    let until = now.plus(15 * Timestamp::MINUTE);
    let id = services.db.put_flash(owner, body, until, now, &*services.entropy).await?;
    let (page, place) = to.split_once('#').map_or((to, String::new()), |(page, place)| (page, format!("#{place}")));
    let joint = if page.contains('?') { '&' } else { '?' };
    go(format!("{page}{joint}form={id}{place}"));
    Ok(())
}

/// What is kept of a stranger's form: little of each value, and so many forms from one address.
async fn strangers(mut refused: Refused) -> Result<Refused, Failure> {
    const LONGEST: usize = 500;
    let key = crate::counting::key("form", &visit().address).await?;
    let allowance = Allowance { key, most: 200, refill: 15 * Timestamp::MINUTE };
    services().db.take(allowance, now()).await?;
    for value in refused.values.values_mut() {
        if let Some((end, _)) = value.char_indices().nth(LONGEST) {
            value.truncate(end);
        }
    }
    Ok(refused)
}

/// Whose refused input it is: the session's, so that nobody else can read it; a stranger's has no owner.
fn owner() -> Option<[u8; 32]> {
    visit().viewer.map(|viewer| flash_owner(&viewer))
}

/// The owner of refused input as the table knows them.
#[must_use]
pub fn flash_owner(viewer: &Viewer) -> [u8; 32] {
    Sha256::digest(viewer.session.0.as_bytes()).into()
}

/// The owner of what is kept for a person until they have signed in again.
#[must_use]
pub fn person_owner(person: PersonId) -> [u8; 32] {
    Sha256::digest(format!("person:{}", person.0)).into()
}

/// Sets the status of the response.
pub fn status(code: u16) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(code) = StatusCode::from_u16(code)
    {
        response.set_status(code);
    }
}

/// Adds a header to the response.
pub fn append_header(name: HeaderName, value: &str) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(value)
    {
        response.append_header(name, value);
    }
}

/// A note made while somebody reads: where it cannot be written now, reading goes on without it.
///
/// # Errors
/// [`Failure`] for everything but a database that cannot be written to.
pub fn by_the_way(noted: store::Result<()>) -> Result<(), Failure> {
    match noted {
        Err(error @ store::StoreError::Unavailable(_)) => {
            tracing::warn!(%error, "a note could not be written");
            Ok(())
        }
        other => Ok(other?),
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::NotFound(_) => Self::NotFound,
            store::StoreError::Conflict(store::Conflict::TooSoon(_)) => Self::TooMany,
            store::StoreError::Conflict(_) => Self::Conflict,
            unavailable @ store::StoreError::Unavailable(_) => {
                tracing::error!(error = %unavailable, "the database did not answer, or could not save");
                Self::Unreachable
            }
            other => {
                tracing::error!(error = %other, "the database failed");
                Self::Internal
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_ours_are_gone_to() {
        for ours in ["/", "/courses/a?x=1&y=%09#top", "/sign-in?next=/account"] {
            assert!(is_on_site(ours), "{ours}");
        }
        for away in [
            "",
            "evil.example",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/x",
            "/é",
        ] {
            assert!(!is_on_site(away), "{away:?}");
        }
    }

    #[test]
    fn reads_and_writes_values_in_addresses() {
        assert_eq!(form_value("a=1&next=%2Fcourses%3Fx%3Dy+z", "next").as_deref(), Some("/courses?x=y z"));
        assert_eq!(form_value("a=1", "b"), None);
        let pairs = form_pairs("roles%5B%5D=hr&roles%5B%5D=&why=a+b%26c&&lone");
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("roles[]", "hr"), ("roles[]", ""), ("why", "a b&c"), ("lone", "")]);
        assert_eq!(form_value("a=%zz%", "a").as_deref(), Some("%zz%"));
        assert_eq!(form_value(&format!("q={}", encode("Zoë & co/é")), "q").as_deref(), Some("Zoë & co/é"));
    }
}
