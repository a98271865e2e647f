//! The order in which one attempt shows things: decided by a seed, so that it is the same on every page and device.

use super::model::{ItemKind, OptionId, Quiz};
use crate::named::ItemId;

/// Where one question stands, and the order of its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemOrder {
    /// Which question.
    pub item: ItemId,
    /// Its options as they are shown.
    pub options: Vec<OptionId>,
}

/// The order of an attempt with this seed. The options of true-false and judgement questions are never moved.
#[must_use]
pub fn order(quiz: &Quiz, seed: u64) -> Vec<ItemOrder> {
    let mut chance = Chance(seed);
    let mut items: Vec<ItemOrder> = quiz
        .items
        .iter()
        .map(|item| {
            let mut options: Vec<OptionId> = item.named_options().map(|(id, _)| id).collect();
            if quiz.shuffle && matches!(item.kind, ItemKind::Single | ItemKind::Multiple) {
                chance.shuffle(&mut options);
            }
            ItemOrder { item: item.id.clone(), options }
        })
        .collect();
    if quiz.shuffle {
        chance.shuffle(&mut items);
    }
    items
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and good enough to shuffle. Part of what a seed means, so it never changes.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Fisher and Yates' shuffle. The bias of the remainder is below one in 2⁵⁰ for lists of this size.
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let among = u64::try_from(last + 1).unwrap_or(u64::MAX);
            let pick = usize::try_from(self.next() % among).unwrap_or(0);
            list.swap(last, pick);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};
    use std::collections::BTreeSet;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut chance = Chance(1_234_567);
        assert_eq!(chance.next(), 6_457_827_717_110_365_317);
        assert_eq!(chance.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn the_same_seed_gives_the_same_order_and_nothing_is_lost() {
        let quiz = samples::quiz();
        let mut seen = BTreeSet::new();
        for seed in 0..200 {
            let order = order(&quiz, seed);
            assert_eq!(order, super::order(&quiz, seed));
            let items: BTreeSet<_> = order.iter().map(|place| place.item.clone()).collect();
            assert_eq!(items.len(), quiz.items.len());
            for place in &order {
                let item = quiz.item(&place.item).unwrap();
                let mut sorted = place.options.clone();
                sorted.sort();
                assert_eq!(sorted, item.named_options().map(|(id, _)| id).collect::<Vec<_>>());
                if matches!(item.kind, ItemKind::TrueFalse | ItemKind::Judgement) {
                    assert_eq!(place.options, sorted);
                }
            }
            seen.insert(order.iter().flat_map(|place| place.options.clone()).collect::<Vec<_>>());
        }
        assert!(seen.len() > 20, "only {} different orders", seen.len());
    }

    #[test]
    fn an_unshuffled_quiz_is_as_written() {
        let quiz = Quiz { shuffle: false, ..samples::quiz() };
        let order = order(&quiz, 99);
        assert!(order.iter().zip(&quiz.items).all(|(place, item)| place.item == item.id));
        assert!(order.iter().all(|place| place.options.is_sorted()));
    }
}
