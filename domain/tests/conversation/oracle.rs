//! What follows from the rules alone, worked out in the plainest way: no packing, no components, no potentials.

use domain::conversation::{
    Condition, EndingKind, Event, Scenario,
    model::{Effect, Exit, Outcome},
};
use std::collections::BTreeMap;

/// A node and the values of the variables.
pub type At = (u16, Vec<i32>);

/// A way on: what is done (nothing, for a jump), its rewards in total and by competency, whether it meets a blocker, and
/// where it leads.
#[derive(Debug, Clone)]
pub struct Way {
    pub event: Option<Event>,
    pub rewards: Vec<i64>,
    pub blocked: bool,
    pub to: usize,
}

/// Every state that can be reached, by playing everything.
pub struct Oracle {
    pub states: Vec<At>,
    pub ways: Vec<Vec<Way>>,
    pub ends: Vec<Option<EndingKind>>,
}

pub fn holds(condition: Option<&Condition>, values: &[i32]) -> bool {
    condition.is_none_or(|condition| condition.holds(values))
}

/// In total first, then each competency alone.
fn rewards(scenario: &Scenario, outcome: &Outcome) -> Vec<i64> {
    let mut rewards = vec![0; scenario.competencies.len() + 1];
    for rating in &outcome.ratings {
        let at = usize::from(rating.competency);
        rewards[0] += i64::from(scenario.competencies[at].weight) * i64::from(rating.value);
        rewards[at + 1] += i64::from(rating.value);
    }
    rewards
}

fn changed(scenario: &Scenario, effects: &[Effect], values: &[i32]) -> Vec<i32> {
    let mut values = values.to_vec();
    for effect in effects {
        let at = usize::from(effect.variable);
        values[at] = effect.applied(&scenario.variables, values[at]);
    }
    values
}

impl Oracle {
    pub fn new(scenario: &Scenario) -> Self {
        let mut known = BTreeMap::from([((0, scenario.start_values()), 0)]);
        let mut oracle = Self { states: vec![(0, scenario.start_values())], ways: Vec::new(), ends: Vec::new() };
        while let Some((node, values)) = oracle.states.get(oracle.ways.len()).cloned() {
            let mut reached: Vec<(Option<Event>, Vec<i64>, bool, At)> = Vec::new();
            let mut did = |event, outcome: &Outcome| {
                let to = (outcome.target, changed(scenario, &outcome.effects, &values));
                reached.push((Some(event), rewards(scenario, outcome), !outcome.blockers.is_empty(), to));
            };
            let mut end = None;
            match &scenario.nodes[usize::from(node)].exit {
                Exit::Choices { choices, timer } => {
                    for (choice, at) in choices.iter().zip(0..) {
                        if holds(choice.condition.as_ref(), &values) {
                            did(Event::Chose(at), &choice.outcome);
                        }
                    }
                    timer.iter().for_each(|timer| did(Event::TimedOut, &timer.outcome));
                }
                Exit::Jumps(jumps) => {
                    let jump = jumps.iter().find(|jump| holds(jump.condition.as_ref(), &values)).unwrap();
                    let none = vec![0; scenario.competencies.len() + 1];
                    reached.push((None, none, false, (jump.target, values.clone())));
                }
                Exit::End(ending) => end = Some(ending.kind),
            }
            let mut ways = Vec::new();
            for (event, rewards, blocked, at) in reached {
                let next = oracle.states.len();
                let to = *known.entry(at.clone()).or_insert(next);
                if to == next {
                    oracle.states.push(at);
                }
                ways.push(Way { event, rewards, blocked, to });
            }
            oracle.ways.push(ways);
            oracle.ends.push(end);
        }
        oracle
    }

    /// Whether each state has a way to an ending.
    pub fn ending(&self) -> Vec<bool> {
        let mut ending: Vec<bool> = self.ends.iter().map(Option::is_some).collect();
        for _ in 0..self.states.len() {
            for (state, ways) in self.ways.iter().enumerate() {
                ending[state] = ending[state] || ways.iter().any(|way| ending[way.to]);
            }
        }
        ending
    }

    /// For each state the greatest sum of rewards to an ending and the fewest decisions that it takes (Bellman and Ford);
    /// nothing when going round pays. With `sign` -1, the least sum, negated. `of` 0 is the total.
    pub fn best(&self, of: usize, sign: i64) -> Option<Vec<Option<(i64, i64)>>> {
        let mut best: Vec<Option<(i64, i64)>> = self.ends.iter().map(|end| end.map(|_| (0, 0))).collect();
        for _ in 0..=self.states.len() {
            let before = best.clone();
            for (state, ways) in self.ways.iter().enumerate() {
                for way in ways {
                    let Some((sum, negated)) = before[way.to] else { continue };
                    let here = (sum + sign * way.rewards[of], negated - i64::from(way.event.is_some()));
                    best[state] = best[state].max(Some(here));
                }
            }
            if best == before {
                return Some(best.into_iter().map(|it| it.map(|(sum, negated)| (sum, -negated))).collect());
            }
        }
        None
    }

    /// The greatest sum of a run that ends in success and meets no blocker. Only where going round pays nothing.
    pub fn clean(&self) -> Option<i64> {
        let won = |end: &Option<EndingKind>| (*end == Some(EndingKind::Success)).then_some(0);
        let mut best: Vec<Option<i64>> = self.ends.iter().map(won).collect();
        for _ in 0..self.states.len() {
            for (state, ways) in self.ways.iter().enumerate() {
                for way in ways.iter().filter(|way| !way.blocked) {
                    best[state] = best[state].max(best[way.to].map(|sum| sum + way.rewards[0]));
                }
            }
        }
        best[0]
    }

    /// A run by which the greatest sum is made (with `sign` -1, the least), as short as it can be.
    pub fn run(&self, of: usize, sign: i64) -> Vec<Event> {
        let best = self.best(of, sign).unwrap();
        let mut events = Vec::new();
        let mut state = 0;
        while self.ends[state].is_none() {
            let rank = |way: &&Way| {
                let (sum, decisions) = best[way.to].unwrap();
                (sum + sign * way.rewards[of], -decisions)
            };
            let way = self.ways[state].iter().filter(|way| best[way.to].is_some()).max_by_key(rank).unwrap();
            events.extend(way.event);
            state = way.to;
        }
        events
    }

    /// The rewards of a run, added up.
    pub fn points(&self, events: &[Event], of: usize) -> i64 {
        let (mut state, mut sum) = (0, 0);
        let mut events = events.iter();
        while self.ends[state].is_none() {
            let jump = self.ways[state].iter().find(|way| way.event.is_none());
            let way = jump.or_else(|| {
                let event = events.next()?;
                self.ways[state].iter().find(|way| way.event == Some(*event))
            });
            let Some(way) = way else { break };
            sum += way.rewards[of];
            state = way.to;
        }
        sum
    }

    /// The mean sum of a run by chance, never silent. Only for conversations without circles.
    pub fn expected(&self, state: usize) -> f64 {
        let said: Vec<&Way> = self.ways[state].iter().filter(|way| way.event != Some(Event::TimedOut)).collect();
        let sum: f64 = said.iter().map(|way| way.rewards[0] as f64 + self.expected(way.to)).sum();
        if said.is_empty() { 0.0 } else { sum / said.len() as f64 }
    }
}
