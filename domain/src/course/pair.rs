//! Pairs: the same case on two channels, whose order is drawn for each person. Whoever plays a case again has learnt from
//! the first time; with the order drawn, that cancels out of a comparison between the channels.

use super::model::{Activity, Package};
use crate::{canonical::ContentHash, ids::PersonId, slug::Slug};
use std::collections::BTreeSet;

impl Package {
    /// The pairs that come the other way round for a person: half of all, and always the same ones.
    ///
    /// It hangs on nothing but the person, the course and the pair's name, so the order is the same before somebody has
    /// begun, through all versions, and each time they take the course.
    #[must_use]
    pub fn turned_for(&self, person: PersonId) -> BTreeSet<Slug> {
        let drawn = |pair: &&Slug| {
            // The person's bytes are of one length, and a zero cannot be in a name.
            let pieces = [person.0.as_bytes().as_slice(), self.id.as_str().as_bytes(), &[0], pair.as_str().as_bytes()];
            ContentHash::of_pieces(pieces).as_bytes()[0] % 2 == 1
        };
        self.activities().filter_map(|activity| activity.pair.as_ref()).filter(drawn).cloned().collect()
    }

    /// The course with the two conversations of each of these pairs in each other's place. What stands between them stays.
    #[must_use]
    pub fn with_turned(&self, pairs: &BTreeSet<Slug>) -> Self {
        let mut package = self.clone();
        for module in &mut package.modules {
            for pair in pairs {
                let of_pair = |activity: &Activity| activity.pair.as_ref() == Some(pair);
                let one = module.activities.iter().position(of_pair);
                let other = module.activities.iter().rposition(of_pair);
                if let (Some(one), Some(other)) = (one, other) {
                    module.activities.swap(one, other);
                }
            }
        }
        package
    }
}
