//! What a server keeps in memory: only what follows from rows that never change, so that every server may keep its own.

use crate::failure::Failure;
use domain::canonical::ContentHash;
use domain::conversation::{Scenario, Solved, Unsolvable};
use domain::course::Package;
use domain::facts::Facts;
use domain::ids::{PersonId, VersionId};
use domain::phrasing::Rules;
use domain::slug::Slug;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, RwLock};
use store::Db;

/// Values by key, up to a number; when it is reached, all are forgotten and made anew as they are asked for.
struct Kept<K, V: ?Sized> {
    most: usize,
    values: RwLock<HashMap<K, Arc<V>>>,
}

impl<K: Eq + Hash, V: ?Sized> Kept<K, V> {
    fn new(most: usize) -> Self {
        Self { most, values: RwLock::default() }
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        self.values.read().ok()?.get(key).cloned()
    }

    fn keep(&self, key: K, value: Arc<V>) -> Arc<V> {
        if let Ok(mut values) = self.values.write() {
            if values.len() >= self.most {
                values.clear();
            }
            values.insert(key, Arc::clone(&value));
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

/// Rendered texts by the hash of all that went into them.
pub struct Rendered(Kept<ContentHash, str>);

impl Default for Rendered {
    fn default() -> Self {
        Self(Kept::new(512))
    }
}

impl Rendered {
    /// The HTML kept under `key`, or what `make` gives.
    pub fn get(&self, key: ContentHash, make: impl FnOnce() -> String) -> Arc<str> {
        self.0.find(&key).unwrap_or_else(|| self.0.keep(key, make().into()))
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

/// Solved conversations by the hash of their activity.
pub struct SolvedScenarios(Kept<ContentHash, Solved>);

impl Default for SolvedScenarios {
    fn default() -> Self {
        Self(Kept::new(64))
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
            None => Ok(self.0.keep(*hash, Arc::new(Solved::new(scenario)?))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_made_once_and_memory_is_bounded() {
        let kept = Kept::<u32, str>::new(2);
        kept.keep(1, "one".into());
        kept.keep(2, "two".into());
        assert_eq!(kept.find(&1).as_deref(), Some("one"));
        kept.keep(3, "three".into());
        assert_eq!(kept.find(&1), None);
        assert_eq!(kept.find(&3).as_deref(), Some("three"));
        let rendered = Rendered::default();
        let key = ContentHash::of(b"x");
        assert_eq!(&*rendered.get(key, || "first".into()), "first");
        assert_eq!(&*rendered.get(key, || "second".into()), "first");
    }
}
