//! Ways of playing, and how each fares.

use super::{
    play::{Event, State},
    score::Score,
    solved::Solved,
};
use crate::percent::Percent;

/// A way of playing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Every offered choice alike, never silent.
    Random,
    /// The author's first of the offered choices.
    First,
    /// The longest of the offered choices, where what is done has no length; of equally long ones the author's first.
    Longest,
    /// The choice, or silence, after which the most can be reached; of equally good ones the one that ends soonest.
    Best,
}

impl Policy {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Random, Self::First, Self::Longest, Self::Best];

    /// Its name: `random`, `first`, `longest`, `best`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::First => "first",
            Self::Longest => "longest",
            Self::Best => "best",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// How a way of playing fares over several runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Fare {
    /// The mean score of the runs that came to an end; nothing when none did, or when the scenario is unscored.
    pub mean: Option<Percent>,
    /// The share of all runs that pass.
    pub passing: Percent,
    /// The share of all runs that come to an end at all.
    pub finishing: Percent,
    /// The scores that 5, 25, 50, 75 and 95 of 100 finished runs do not exceed: nearest ranks, no interpolation.
    pub quantiles: Option<[Percent; 5]>,
}

/// Whose scores [`Fare::quantiles`] are, of a hundred.
pub const QUANTILES: [u8; 5] = [5, 25, 50, 75, 95];

/// Random play that is not over by then counts as never ending, unless the scenario itself is longer.
const PATIENCE: usize = 1_000;

impl Solved {
    /// A run played this way, until its end. A policy that goes round in circles is stopped; only [`Policy::Random`]
    /// depends on `seed`.
    #[must_use]
    pub fn play(&self, policy: Policy, seed: u64) -> Vec<Event> {
        let state = self.walk(policy, &mut Chance(seed));
        state.map(|state| state.events().collect()).unwrap_or_default()
    }

    /// How a way of playing fares over `runs` runs. The same seed gives the same runs; where nothing is left to chance,
    /// one run tells all.
    #[must_use]
    pub fn fare(&self, policy: Policy, runs: u32, seed: u64) -> Fare {
        let mut chance = Chance(seed);
        let runs = if policy == Policy::Random { runs.max(1) } else { 1 };
        let played = |_| self.walk(policy, &mut chance).and_then(|state| self.judge(&state).ok());
        let finished: Vec<Score> = (0..runs).filter_map(played).collect();
        let share = |count: usize| {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            Percent::of(f64::from(count), f64::from(runs))
        };
        let mut scores: Vec<Percent> = finished.iter().filter_map(|score| score.percent).collect();
        scores.sort_by(|a, b| a.value().total_cmp(&b.value()));
        Fare {
            mean: mean(&scores),
            passing: share(finished.iter().filter(|score| score.passed).count()),
            finishing: share(finished.len()),
            quantiles: quantiles(&scores),
        }
    }

    /// The state a run played this way comes to.
    fn walk(&self, policy: Policy, chance: &mut Chance) -> Option<State> {
        let scenario = self.scenario();
        // Without chance, a run that is longer than there are states has been somewhere twice and will be again.
        let most = match policy {
            Policy::Random => PATIENCE.max(2 * scenario.nodes.len()),
            _ => self.states(),
        };
        let mut state = State::start(scenario).ok()?;
        for _ in 0..most {
            let Some(event) = self.pick(policy, &state, chance) else { break };
            state.apply(scenario, event).ok()?;
        }
        Some(state)
    }

    fn pick(&self, policy: Policy, state: &State, chance: &mut Chance) -> Option<Event> {
        let node = self.scenario().node(state.node);
        let offered = || node.offered(&state.values);
        let choice = match policy {
            Policy::Random => {
                let count = u64::try_from(offered().count()).ok().filter(|count| *count > 0)?;
                offered().nth(usize::try_from(chance.next() % count).ok()?)
            }
            Policy::First => offered().next(),
            Policy::Longest => offered().max_by_key(|(index, choice)| (choice.length(), std::cmp::Reverse(*index))),
            Policy::Best => return self.ranked(state.node, &state.values).first().map(|top| top.event),
        };
        choice.map(|(index, _)| Event::Chose(index))
    }
}

fn mean(scores: &[Percent]) -> Option<Percent> {
    let sum: f64 = scores.iter().map(|score| score.value()).sum();
    // Fewer runs than a double can count.
    #[expect(clippy::cast_precision_loss)]
    let count = scores.len() as f64;
    (!scores.is_empty()).then(|| Percent::of(sum / count, 100.0))
}

/// Nearest ranks of sorted scores.
fn quantiles(scores: &[Percent]) -> Option<[Percent; 5]> {
    let last = scores.len().checked_sub(1)?;
    Some(QUANTILES.map(|of| {
        let rank = (scores.len() * usize::from(of)).div_ceil(100);
        scores[rank.saturating_sub(1).min(last)]
    }))
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let scores: Vec<Percent> = (1..=100).map(|value| Percent::of(f64::from(value), 100.0)).collect();
        let whole = |scores: &[Percent]| quantiles(scores).map(|all| all.map(Percent::whole));
        assert_eq!(whole(&scores), Some([5, 25, 50, 75, 95]));
        assert_eq!(whole(&scores[..1]), Some([1; 5]));
        assert_eq!(whole(&scores[..3]), Some([1, 1, 2, 3, 3]));
        assert_eq!(whole(&[]), None);
        assert_eq!(mean(&scores[..3]).map(Percent::whole), Some(2));
    }
}
