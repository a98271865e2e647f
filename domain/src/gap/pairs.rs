//! Two first attempts at the same case by the same person, on two channels.

use super::{Attempt, Order, PEOPLE, interval::Cluster};
use crate::{conversation::Channel, ids::SubjectId, slug::Slug};
use std::collections::{BTreeMap, BTreeSet};

/// One person, one family, two channels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub one: &'a Attempt,
    pub other: &'a Attempt,
}

impl Pair<'_> {
    /// Score less score, from -1 to 1.
    fn difference(&self) -> f64 {
        (self.one.score.value() - self.other.score.value()) / 100.0
    }

    /// Whether the first channel came first. What ended at the very same moment counts as the other way round.
    fn in_order(&self) -> bool {
        self.one.at < self.other.at
    }
}

/// What a person has played of a family: on the one channel, on the other.
type Sides<'a> = (Option<&'a Attempt>, Option<&'a Attempt>);

/// All pairs on two channels, by family.
pub(super) struct Pairs<'a>(BTreeMap<&'a Slug, Vec<Pair<'a>>>);

impl<'a> Pairs<'a> {
    pub(super) fn of(firsts: &[&'a Attempt], one: Channel, other: Channel) -> Self {
        let mut found: BTreeMap<(&Slug, SubjectId), Sides<'_>> = BTreeMap::new();
        for attempt in firsts {
            let both = found.entry((&attempt.family, attempt.person)).or_default();
            if attempt.channel == one {
                both.0 = Some(attempt);
            } else if attempt.channel == other {
                both.1 = Some(attempt);
            }
        }
        let mut pairs: BTreeMap<&Slug, Vec<Pair<'_>>> = BTreeMap::new();
        for ((family, _), both) in found {
            if let (Some(one), Some(other)) = both {
                pairs.entry(family).or_default().push(Pair { one, other });
            }
        }
        Self(pairs)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn families(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn people(&self) -> u32 {
        people(self.all())
    }

    fn all(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.0.values().flatten()
    }

    /// Each family's mean difference over the wanted pairs; families without any are left out.
    pub(super) fn differences(&self, wanted: impl Fn(&Pair<'_>) -> bool) -> Vec<f64> {
        let family = |pairs: &Vec<Pair<'_>>| {
            let found: Vec<f64> = pairs.iter().filter(|pair| wanted(pair)).map(Pair::difference).collect();
            average(&found)
        };
        self.0.values().filter_map(family).collect()
    }

    /// For each person the decisions with the same name in both attempts, and how many ended in another promise.
    pub(super) fn commitments(&self) -> Vec<Cluster> {
        self.by_person(|pair| {
            let (one, other) = (&pair.one.decided.decisions, &pair.other.decided.decisions);
            let both = one.iter().filter_map(|(name, promises)| Some((promises, other.get(name)?)));
            both.map(|(one, other)| one != other).collect()
        })
    }

    /// For each person their attempts on one of the channels, and how many met a blocker.
    pub(super) fn breaches(&self, side: impl Fn(&Pair<'a>) -> &'a Attempt) -> Vec<Cluster> {
        self.by_person(|pair| vec![!side(pair).decided.blockers.is_empty()])
    }

    pub(super) fn order(&self) -> Order {
        let (first, second): (Vec<&Pair<'_>>, Vec<&Pair<'_>>) = self.all().partition(|pair| pair.in_order());
        let count = |pairs: &[&Pair<'_>]| u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        let mean = |pairs: &[&Pair<'a>], wanted: bool| {
            let enough = people(pairs.iter().copied()) >= PEOPLE;
            average(&self.differences(|pair| pair.in_order() == wanted)).filter(|_| enough)
        };
        Order {
            first: count(&first),
            second: count(&second),
            when_first: mean(&first, true),
            when_second: mean(&second, false),
        }
    }

    fn by_person(&self, of: impl Fn(&Pair<'a>) -> Vec<bool>) -> Vec<Cluster> {
        let mut clusters: BTreeMap<SubjectId, Cluster> = BTreeMap::new();
        for pair in self.all() {
            let cluster = clusters.entry(pair.one.person).or_default();
            for hit in of(pair) {
                cluster.of += 1;
                cluster.hits += u32::from(hit);
            }
        }
        clusters.into_values().filter(|cluster| cluster.of > 0).collect()
    }
}

fn people<'p, 'a: 'p>(pairs: impl Iterator<Item = &'p Pair<'a>>) -> u32 {
    let people: BTreeSet<SubjectId> = pairs.map(|pair| pair.one.person).collect();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

fn average(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}
