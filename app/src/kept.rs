//! What a server keeps in memory: only what follows from rows that never change, so that every server may keep its own.

use crate::apart::{COURSES, aside};
use crate::failure::Failure;
use domain::canonical::ContentHash;
use domain::conversation::{self, Checked, Scenario, Solved, Unsolvable};
use domain::course::{Files, Package, load};
use domain::diagnostic::Diagnostic;
use domain::facts::Facts;
use domain::ids::{PersonId, VersionId};
use domain::phrasing::Rules;
use domain::slug::Slug;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use store::Db;

/// Values by key, each with a weight, up to a sum of weights; where another finds no room, those go that were asked for
/// longest ago. One that is heavier than all may be is kept alone.
struct Kept<K, V: ?Sized> {
    most: usize,
    weigh: fn(&V) -> usize,
    values: RwLock<HashMap<K, Held<V>>>,
    /// How often anything was asked for.
    asked: AtomicU64,
}

struct Held<V: ?Sized> {
    value: Arc<V>,
    weight: usize,
    /// When it was asked for last.
    asked: AtomicU64,
}

impl<K: Eq + Hash + Clone, V: ?Sized> Kept<K, V> {
    /// As many values as `most`.
    fn new(most: usize) -> Self {
        Self::weighed(most, |_| 1)
    }

    fn weighed(most: usize, weigh: fn(&V) -> usize) -> Self {
        Self { most, weigh, values: RwLock::default(), asked: AtomicU64::new(0) }
    }

    fn now(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed)
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        let values = self.values.read().ok()?;
        let held = values.get(key)?;
        held.asked.store(self.now(), Ordering::Relaxed);
        Some(Arc::clone(&held.value))
    }

    fn keep(&self, key: K, value: Arc<V>) -> Arc<V> {
        let weight = (self.weigh)(&value);
        if let Ok(mut values) = self.values.write() {
            values.remove(&key);
            let mut sum: usize = values.values().map(|held| held.weight).sum();
            while sum + weight > self.most {
                let oldest = values.iter().min_by_key(|(_, held)| held.asked.load(Ordering::Relaxed));
                let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { break };
                sum -= values.remove(&oldest).map_or(0, |held| held.weight);
            }
            let asked = AtomicU64::new(self.now());
            values.insert(key, Held { value: Arc::clone(&value), weight, asked });
        }
        value
    }
}

/// Parsed versions by id. A published version is immutable, and a draft is replaced under a new id.
pub struct Packages {
    written: Kept<VersionId, Package>,
    /// Those in which pairs of conversations come the other way round.
    turned: Kept<(VersionId, BTreeSet<Slug>), Package>,
}

impl Default for Packages {
    fn default() -> Self {
        Self { written: Kept::new(64), turned: Kept::new(64) }
    }
}

impl Packages {
    /// The package of a version, from memory or from the database.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such version, [`Failure::Internal`] when the database fails.
    pub async fn get(&self, db: &Db, version: VersionId) -> Result<Arc<Package>, Failure> {
        if let Some(found) = self.written.find(&version) {
            return Ok(found);
        }
        let package = Arc::new(db.package(version).await?);
        Ok(self.written.keep(version, package))
    }

    /// The package of a version as one person takes it: pairs of conversations in the order drawn for them.
    ///
    /// # Errors
    /// As [`Packages::get`].
    pub async fn of_person(&self, db: &Db, version: VersionId, person: PersonId) -> Result<Arc<Package>, Failure> {
        let written = self.get(db, version).await?;
        let pairs = written.turned_for(person);
        if pairs.is_empty() {
            return Ok(written);
        }
        let key = (version, pairs);
        if let Some(found) = self.turned.find(&key) {
            return Ok(found);
        }
        let package = Arc::new(written.with_turned(&key.1));
        Ok(self.turned.keep(key, package))
    }
}

/// The site's facts by the number of their changes.
pub struct KnownFacts(Kept<u64, Facts>);

impl Default for KnownFacts {
    fn default() -> Self {
        Self(Kept::new(2))
    }
}

impl KnownFacts {
    /// The facts as they are after so many changes, or newer.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn get(&self, db: &Db, revision: u64) -> Result<Arc<Facts>, Failure> {
        match self.0.find(&revision) {
            Some(found) => Ok(found),
            None => Ok(self.0.keep(revision, Arc::new(db.facts().await?))),
        }
    }
}

/// How many bytes of rendered texts are kept in all, and how many texts at most.
const RENDERED: usize = 64 << 20;
const TEXTS: usize = 512;

/// Bytes of Markdown that are rendered within a millisecond.
const SHORT: usize = 8 << 10;

/// Rendered texts by the hash of all that went into them.
pub struct Rendered(Kept<ContentHash, str>);

impl Default for Rendered {
    fn default() -> Self {
        Self(Kept::weighed(RENDERED, |html| html.len().max(RENDERED / TEXTS)))
    }
}

impl Rendered {
    /// The HTML kept under `key`, or what `make` gives of a text of so many bytes.
    pub fn get(&self, key: ContentHash, bytes: usize, make: impl FnOnce() -> String) -> Arc<str> {
        let find = || self.0.find(&key);
        find().unwrap_or_else(|| {
            if bytes <= SHORT {
                return self.0.keep(key, make().into());
            }
            // Whoever waited for a turn may find that another has made it.
            aside(|| find().unwrap_or_else(|| self.0.keep(key, make().into())))
        })
    }
}

/// The rules that read free text, by language; none where a language has none.
pub struct KnownRules(Kept<String, Option<Rules>>);

impl Default for KnownRules {
    fn default() -> Self {
        Self(Kept::new(8))
    }
}

impl KnownRules {
    /// The rules of a language by its tag.
    pub fn get(&self, tag: &str) -> Arc<Option<Rules>> {
        let tag = tag.to_owned();
        match self.0.find(&tag) {
            Some(found) => found,
            None => {
                let rules = Arc::new(Rules::for_language(&tag));
                self.0.keep(tag, rules)
            }
        }
    }
}

/// How many states of solved conversations are kept in all. A state takes about forty bytes, so this is about a hundred
/// megabytes: two of the largest conversations that can be published, or all of an ordinary catalogue.
const STATES: usize = 2_500_000;

/// Solved conversations by the hash of their activity, up to [`STATES`].
pub struct SolvedScenarios(Kept<ContentHash, Solved>);

impl Default for SolvedScenarios {
    fn default() -> Self {
        Self(Kept::weighed(STATES, Solved::states))
    }
}

impl SolvedScenarios {
    /// The solved scenario of an activity.
    ///
    /// # Errors
    /// [`Unsolvable`] when it cannot be scored, which publishing does not let happen.
    pub fn get(&self, hash: &ContentHash, scenario: &Scenario) -> Result<Arc<Solved>, Unsolvable> {
        match self.0.find(hash) {
            Some(found) => Ok(found),
            None => aside(|| match self.0.find(hash) {
                Some(found) => Ok(found),
                None => Ok(self.0.keep(*hash, Arc::new(Solved::new(scenario)?))),
            }),
        }
    }
}

/// What the checker says of immutable files. Its rules change only with the program.
pub struct Checks {
    courses: Kept<VersionId, [Diagnostic]>,
    conversations: Kept<ContentHash, Checked>,
}

impl Default for Checks {
    fn default() -> Self {
        Self { courses: Kept::new(16), conversations: Kept::new(64) }
    }
}

impl Checks {
    /// What is found in the files of a version.
    ///
    /// # Errors
    /// [`Failure::Internal`] when checking panics.
    pub async fn course(&self, version: VersionId, files: &Arc<Files>) -> Result<Arc<[Diagnostic]>, Failure> {
        if let Some(found) = self.courses.find(&version) {
            return Ok(found);
        }
        let files = Arc::clone(files);
        let found = COURSES.work(move || load(&files).diagnostics).await?;
        Ok(self.courses.keep(version, found.into()))
    }

    /// What is found in a conversation, by its source and the path of its file, which findings name.
    ///
    /// # Errors
    /// [`Failure::Internal`] when checking panics.
    pub async fn conversation(&self, source: &str, path: &str) -> Result<Arc<Checked>, Failure> {
        let key = ContentHash::of_value(&(path, source));
        if let Some(found) = self.conversations.find(&key) {
            return Ok(found);
        }
        let (source, path) = (source.to_owned(), path.to_owned());
        let checked = COURSES.work(move || conversation::load(&source, &path).1).await?;
        Ok(self.conversations.keep(key, Arc::new(checked)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heavy_makes_room_by_what_was_asked_for_longest_ago() {
        let kept = Kept::<&str, str>::weighed(10, str::len);
        kept.keep("four", "4444".into());
        kept.keep("five", "55555".into());
        assert!(kept.find(&"four").is_some(), "both have room");
        kept.keep("three", "333".into());
        assert_eq!(kept.find(&"five"), None, "asked for longest ago");
        assert!(kept.find(&"four").is_some() && kept.find(&"three").is_some());
        kept.keep("four", "22".into());
        kept.keep("rest", "55555".into());
        assert!(
            ["four", "three", "rest"].iter().all(|key| kept.find(key).is_some()),
            "what is replaced weighs no more"
        );
        kept.keep("huge", "eleven marks".into());
        assert!(["four", "three", "rest"].iter().all(|key| kept.find(key).is_none()));
        assert!(kept.find(&"huge").is_some(), "kept alone");
        kept.keep("four", "4444".into());
        assert!(kept.find(&"huge").is_none() && kept.find(&"four").is_some());
    }

    #[test]
    fn a_text_is_made_once_and_memory_is_bounded() {
        let kept = Kept::<u32, str>::new(2);
        kept.keep(1, "one".into());
        kept.keep(2, "two".into());
        assert_eq!(kept.find(&1).as_deref(), Some("one"));
        kept.keep(3, "three".into());
        assert_eq!(kept.find(&2), None);
        assert_eq!(kept.find(&3).as_deref(), Some("three"));
        let rendered = Rendered::default();
        let key = ContentHash::of(b"x");
        assert_eq!(&*rendered.get(key, 1, || "first".into()), "first");
        assert_eq!(&*rendered.get(key, 1, || "second".into()), "first");
    }
}
