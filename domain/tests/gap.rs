//! The gap between channels: what is found where something was planted, and what is never said.
#![allow(clippy::unwrap_used)]

use domain::{
    conversation::{Channel, Decided},
    gap::{Attempt, BAND, Gap, Interval, PEOPLE, Verdict, first_attempts, gaps},
    ids::SubjectId,
    percent::Percent,
    phrasing::RuleId,
    slug::Slug,
    time::Timestamp,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A small generator of numbers (SplitMix64, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// Evenly from -1 to 1.
    fn even(&mut self) -> f64 {
        f64::from(u32::try_from(self.roll() >> 32).unwrap()) / f64::from(u32::MAX) * 2.0 - 1.0
    }

    /// Close to normal with standard deviation 1, and never beyond 6: twelve even numbers added up.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.even() / 2.0).sum()
    }
}

/// A team whose members play every family on two channels.
struct Team {
    people: u128,
    families: u32,
    /// The mean difference over all cases there could be.
    planted: f64,
    /// How much cases differ in it: a standard deviation.
    spread: f64,
    /// What the second play gains over the first.
    learning: f64,
    /// How often the first channel comes first, in a hundred.
    first: u64,
}

const TEAM: Team = Team { people: 24, families: 5, planted: 0.08, spread: 0.04, learning: 0.05, first: 50 };

const ONE: Channel = Channel::Public;
const OTHER: Channel = Channel::Phone;

fn attempt(person: u128, family: u32, channel: Channel, score: f64, at: i64) -> Attempt {
    let family: Slug = format!("case-{family}").parse().unwrap();
    // Nothing is clipped: what was planted is what is there.
    let score = Percent::new(score * 100.0).unwrap();
    let decided = Decided::default();
    Attempt { person: SubjectId(Uuid::from_u128(person)), family, channel, score, at: Timestamp(at), decided }
}

impl Team {
    fn play(&self, seed: u64) -> Vec<Attempt> {
        let mut dice = Dice(seed);
        let skills: Vec<f64> = (0..self.people).map(|_| dice.even() * 0.1).collect();
        let mut attempts = vec![];
        for family in 0..self.families {
            let hard = dice.even() * 0.05;
            let gap = self.planted + dice.normal() * self.spread;
            for (person, skill) in (0..).zip(&skills) {
                let first = dice.roll() % 100 < self.first;
                let mut score = |side: f64, later: bool| {
                    let gained = if later { self.learning } else { 0.0 };
                    0.5 + skill + hard + side * gap / 2.0 + gained + dice.even() * 0.1
                };
                let (one, other) = (score(1.0, !first), score(-1.0, first));
                attempts.push(attempt(person, family, ONE, one, if first { 1 } else { 2 }));
                attempts.push(attempt(person, family, OTHER, other, if first { 2 } else { 1 }));
            }
        }
        attempts
    }

    fn gap(&self, seed: u64) -> Gap {
        let found = gaps(&self.play(seed));
        assert_eq!(found.len(), 1);
        found.into_iter().next().unwrap()
    }

    fn covered(&self, seeds: std::ops::Range<u64>) -> usize {
        let holds = |seed: &u64| {
            let found = self.gap(*seed).figures.unwrap().difference;
            found.low <= self.planted && self.planted <= found.high
        };
        seeds.filter(holds).count()
    }
}

#[test]
fn a_planted_gap_lies_within_the_interval() {
    for families in [5, 8] {
        let team = Team { families, ..TEAM };
        let covered = team.covered(0..100);
        assert!(covered >= 92, "{families} families: {covered} of 100");
    }
}

#[test]
fn the_interval_is_as_sure_as_it_says() {
    // 1000 tries of something that happens 95 times in a hundred have a standard deviation of 7.
    for families in [4, 8] {
        let team = Team { families, ..TEAM };
        let covered = team.covered(1000..2000);
        assert!((929..=971).contains(&covered), "{families} families: {covered} of 1000");
    }
}

#[test]
fn more_people_do_not_make_up_for_few_cases() {
    let width = |people, families| {
        let team = Team { people, families, ..TEAM };
        let widths = (0..50).map(|seed| team.gap(seed).figures.unwrap().difference);
        widths.map(|found| found.high - found.low).sum::<f64>()
    };
    let (few, crowd, cases) = (width(24, 4), width(96, 4), width(24, 16));
    assert!(crowd > 0.8 * few, "{crowd} against {few}: four times the people");
    assert!(cases < 0.5 * few, "{cases} against {few}: four times the cases");
}

#[test]
fn an_order_drawn_for_each_person_cancels_what_was_learnt() {
    let mean = |first| {
        let team = Team { planted: 0.0, spread: 0.0, families: 8, people: 60, first, ..TEAM };
        team.gap(7).figures.unwrap()
    };
    let drawn = mean(50);
    assert!(drawn.difference.mean.abs() < 0.015, "{drawn:?}");
    assert!(drawn.order.is_balanced());
    // The check shows what was learnt: worse where the channel came first, better where it came second.
    assert!((drawn.order.when_first.unwrap() + 0.05).abs() < 0.02, "{drawn:?}");
    assert!((drawn.order.when_second.unwrap() - 0.05).abs() < 0.02, "{drawn:?}");
    let fixed = mean(100);
    assert!((fixed.difference.mean + 0.05).abs() < 0.02, "all of it is learning: {fixed:?}");
    assert!(!fixed.order.is_balanced());
    assert_eq!((fixed.order.second, fixed.order.when_second), (0, None));
}

#[test]
fn too_few_people_or_cases_give_no_figure() {
    for (people, families) in [(14, 8), (24, 3), (1, 1)] {
        let found = Team { people, families, ..TEAM }.gap(1);
        let people = u32::try_from(people).unwrap();
        assert_eq!(found.verdict, Verdict::TooFew { people, families });
        assert_eq!(found.figures, None, "{people} people, {families} families");
    }
    assert!(Team { people: 15, families: 4, ..TEAM }.gap(1).figures.is_some());
}

#[test]
fn an_order_that_few_people_had_is_not_told() {
    let found = Team { families: 8, first: 3, ..TEAM }.gap(3).figures.unwrap();
    assert!((1..PEOPLE).contains(&found.order.first), "{found:?}");
    assert_eq!(found.order.when_first, None);
    assert!(found.order.when_second.is_some());
}

#[test]
fn closed_takes_eight_families_and_an_interval_within_the_band() {
    let of = |people, families, low, high| {
        Verdict::of(people, families, Interval { mean: f64::midpoint(low, high), low, high })
    };
    assert_eq!(of(15, 8, -BAND, BAND), Verdict::Closed);
    assert_eq!(of(15, 8, 0.01, 0.04), Verdict::Closed, "a difference that does not matter");
    assert_eq!(of(15, 8, -0.0501, 0.05), Verdict::Unclear);
    assert_eq!(of(15, 8, -0.05, 0.0501), Verdict::Unclear);
    assert_eq!(of(15, 8, 0.01, 0.06), Verdict::Open);
    assert_eq!(of(15, 8, -0.2, -0.1), Verdict::Open);
    assert_eq!(of(15, 8, 0.0, 0.2), Verdict::Unclear, "it holds zero");
    assert_eq!(of(1000, 7, 0.0, 0.0), Verdict::Unclear, "seven families never close a gap");
    assert_eq!(of(14, 8, 0.0, 0.0), Verdict::TooFew { people: 14, families: 8 });
    assert_eq!(of(15, 3, 0.3, 0.4), Verdict::TooFew { people: 15, families: 3 });
}

#[test]
fn without_a_gap_seven_families_stay_unclear_and_eight_close_it() {
    let even = Team { planted: 0.0, spread: 0.01, learning: 0.0, people: 60, ..TEAM };
    for seed in 0..20 {
        let seven = Team { families: 7, ..even }.gap(seed);
        assert_ne!(seven.verdict, Verdict::Closed, "seed {seed}");
        assert_eq!(Team { families: 9, ..even }.gap(seed).verdict, Verdict::Closed, "seed {seed}");
    }
}

#[test]
fn only_first_attempts_count_and_only_of_who_played_both() {
    let mut attempts = Team { families: 4, ..TEAM }.play(5);
    let found = gaps(&attempts);
    // Second attempts, all perfect, and somebody who knows one channel only.
    let again = |first: &Attempt| Attempt { score: Percent::FULL, at: Timestamp(9), ..first.clone() };
    let later: Vec<Attempt> = attempts.iter().filter(|it| it.channel == OTHER).map(again).collect();
    attempts.splice(0..0, later);
    attempts.push(attempt(999, 0, ONE, 0.0, 1));
    assert_eq!(gaps(&attempts), found);
    assert_eq!(first_attempts(&attempts).len(), 24 * 4 * 2 + 1);
}

#[test]
fn the_order_in_which_attempts_are_given_changes_nothing() {
    let mut attempts = Team { families: 6, ..TEAM }.play(11);
    let found = gaps(&attempts);
    attempts.reverse();
    assert_eq!(gaps(&attempts), found);
}

#[test]
fn promises_and_breaches_are_counted_where_both_decided() {
    let promise = |detail: &str| BTreeSet::from([("refund".parse::<Slug>().unwrap(), detail.to_owned())]);
    let mut attempts = vec![];
    for family in 0..4 {
        for person in 0..20_u128 {
            for channel in [ONE, OTHER, Channel::Email] {
                let mut played = attempt(person, family, channel, 0.5, 1);
                // On the phone five people promise more; all but them cross a line in public.
                let (phone, generous) = (channel == OTHER, person < 5);
                let amends = promise(if phone && generous { "everything" } else { "delivery charge" });
                played.decided.decisions.insert("amends".parse().unwrap(), amends);
                let only_here = if phone { "rescue" } else { "look-up" };
                played.decided.decisions.insert(only_here.parse().unwrap(), promise("nothing"));
                // Whether the author named the blocker or a rule found it in own words is all the same.
                if channel == ONE && (5..10).contains(&person) {
                    played = played.with_found([RuleId::AsksPersonalDataInPublic]);
                } else if channel == ONE && !generous {
                    played.decided.blockers.insert("asks-personal-data-in-public".parse().unwrap());
                }
                attempts.push(played);
            }
        }
    }
    let found = gaps(&attempts);
    let channels: Vec<_> = found.iter().map(|gap| gap.channels).collect();
    assert_eq!(channels, [(ONE, OTHER), (ONE, Channel::Email), (OTHER, Channel::Email)]);
    let public_phone = found[0].figures.clone().unwrap();
    let promises = public_phone.commitments.unwrap();
    assert_eq!(
        (promises.hits, promises.of),
        (20, 80),
        "5 people × 4 families; what is on one channel alone is not compared"
    );
    assert!(promises.rate.low > 0.1 && promises.rate.high < 0.48, "{promises:?}");
    let (public, phone) = public_phone.breaches;
    assert_eq!((public.hits, public.of, phone.hits, phone.of), (60, 80, 0, 80));
    assert!(phone.rate.high > 0.15, "nobody did is not: nobody would");
}
