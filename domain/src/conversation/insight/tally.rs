//! Counting runs.

use super::{ChoiceInsight, Decision, FEWEST, Insight, NodeInsight, STALE, Track, Typical, Way};
use crate::{
    conversation::{
        model::{Exit, Index, Scenario},
        play::{Event, State, Trail},
    },
    percent::Percent,
    time::Timestamp,
};
use std::collections::HashSet;

/// Counts on their way.
pub(super) struct Tally<'s> {
    scenario: &'s Scenario,
    runs: u32,
    finished: u32,
    abandoned: u32,
    open: u32,
    pub(super) unreadable: u32,
    learners: HashSet<u32>,
    times: Times,
    scores: Vec<f64>,
    scored: HashSet<u32>,
    /// Finished runs that were judged, and those of them that passed.
    judged: (u32, u32),
    judged_of: HashSet<u32>,
    nodes: Vec<AtNode>,
}

/// Times, and how many people they are of.
#[derive(Default)]
struct Times {
    all: Vec<i64>,
    learners: HashSet<u32>,
}

#[derive(Default)]
struct AtNode {
    visits: u32,
    runs: u32,
    learners: HashSet<u32>,
    dwell: Times,
    abandoned: u32,
    open: u32,
    choices: Vec<AtChoice>,
    ways: Vec<Way>,
}

struct AtChoice {
    event: Event,
    target: Index,
    taken: u32,
    offered: u32,
    costs: Vec<f64>,
}

impl<'s> Tally<'s> {
    pub(super) fn new(scenario: &'s Scenario) -> Self {
        let nodes = scenario.nodes.iter().map(|node| {
            let said = (0..).zip(node.choices()).map(|(index, choice)| (Event::Chose(index), &choice.outcome));
            let silence = node.timer().map(|timer| (Event::TimedOut, &timer.outcome));
            let choices = said.chain(silence).map(|(event, outcome)| AtChoice {
                event,
                target: outcome.target,
                taken: 0,
                offered: 0,
                costs: Vec::new(),
            });
            let mut at = AtNode { choices: choices.collect(), ..AtNode::default() };
            let jumps = match &node.exit {
                Exit::Jumps(jumps) => jumps.iter().map(|jump| jump.target).collect(),
                _ => Vec::new(),
            };
            for target in at.choices.iter().map(|choice| choice.target).chain(jumps).collect::<Vec<_>>() {
                at.go(target, 0);
            }
            at
        });
        Self {
            nodes: nodes.collect(),
            scenario,
            runs: 0,
            finished: 0,
            abandoned: 0,
            open: 0,
            unreadable: 0,
            learners: HashSet::new(),
            times: Times::default(),
            scores: Vec::new(),
            scored: HashSet::new(),
            judged: (0, 0),
            judged_of: HashSet::new(),
        }
    }

    /// Counts one run that could be followed to `state`.
    pub(super) fn add(&mut self, track: &Track, state: &State, decisions: &[Decision], now: Timestamp) {
        self.runs += 1;
        self.learners.insert(track.learner);
        self.visit(track, state);
        for decision in decisions {
            self.decide(track, decision);
        }
        if state.ending(self.scenario).is_some() {
            self.finished += 1;
            self.times.add(track.learner, decisions.iter().map(|decision| decision.dwell).sum());
            if let Some(score) = track.score {
                self.scores.push(score.value());
                self.scored.insert(track.learner);
            }
            if let Some(passed) = track.passed {
                self.judged = (self.judged.0 + 1, self.judged.1 + u32::from(passed));
                self.judged_of.insert(track.learner);
            }
            return;
        }
        let last = track.events.last().map_or(track.started_at, |(_, at)| *at).max(track.seen_at);
        let stale = now.since(last) >= STALE;
        let at = &mut self.nodes[usize::from(state.node)];
        let (here, all) = if stale { (&mut at.abandoned, &mut self.abandoned) } else { (&mut at.open, &mut self.open) };
        *here += 1;
        *all += 1;
    }

    fn visit(&mut self, track: &Track, state: &State) {
        let mut seen = HashSet::new();
        let mut jumped: Option<Index> = None;
        for step in &state.trail {
            let Trail::Reached(node) = *step else {
                jumped = None;
                continue;
            };
            if let Some(from) = jumped.replace(node) {
                self.nodes[usize::from(from)].go(node, 1);
            }
            let at = &mut self.nodes[usize::from(node)];
            at.visits += 1;
            at.runs += u32::from(seen.insert(node));
            at.learners.insert(track.learner);
        }
    }

    fn decide(&mut self, track: &Track, decision: &Decision) {
        let at = &mut self.nodes[usize::from(decision.node)];
        at.dwell.add(track.learner, decision.dwell);
        let mut to = None;
        for choice in &mut at.choices {
            choice.offered += u32::from(decision.offered.contains(&choice.event));
            if choice.event == decision.event {
                choice.taken += 1;
                choice.costs.extend(decision.cost);
                to = Some(choice.target);
            }
        }
        if let Some(target) = to {
            at.go(target, 1);
        }
    }

    /// What is told of all that was counted.
    pub(super) fn told(self) -> Insight {
        let known = enough(&self.learners);
        let nodes = self.nodes.into_iter().zip(&self.scenario.nodes).map(|(at, node)| {
            let choices = at.choices.into_iter().map(|choice| ChoiceInsight {
                event: choice.event,
                target: choice.target,
                taken: choice.taken,
                offered: choice.offered,
                cost: mean(&choice.costs).filter(|_| known),
            });
            NodeInsight {
                visits: at.visits,
                runs: at.runs,
                learners: count(&at.learners),
                dwell: at.dwell.told(),
                abandoned: at.abandoned,
                open: at.open,
                ending: match &node.exit {
                    Exit::End(ending) => Some((ending.kind, at.visits)),
                    _ => None,
                },
                choices: choices.collect(),
                ways: at.ways,
            }
        });
        Insight {
            nodes: nodes.collect(),
            runs: self.runs,
            learners: count(&self.learners),
            finished: self.finished,
            abandoned: self.abandoned,
            open: self.open,
            unreadable: self.unreadable,
            time: self.times.told(),
            passed: enough(&self.judged_of).then(|| Percent::of(f64::from(self.judged.1), f64::from(self.judged.0))),
            score: mean(&self.scores).filter(|_| enough(&self.scored)).map(|it| Percent::of(it, 100.0)),
        }
    }
}

impl AtNode {
    /// Notes that it went on to `target` so many times.
    fn go(&mut self, target: Index, times: u32) {
        match self.ways.iter_mut().find(|way| way.target == target) {
            Some(way) => way.taken += times,
            None => self.ways.push(Way { target, taken: times }),
        }
    }
}

impl Times {
    fn add(&mut self, learner: u32, time: i64) {
        self.all.push(time);
        self.learners.insert(learner);
    }

    /// Mean and median, where enough people stand behind them.
    fn told(mut self) -> Option<Typical> {
        if !enough(&self.learners) {
            return None;
        }
        self.all.sort_unstable();
        let number = i64::try_from(self.all.len()).ok()?;
        let median = *self.all.get(self.all.len().checked_sub(1)? / 2)?;
        let mean = self.all.iter().sum::<i64>().checked_div(number)?;
        Some(Typical { mean, median })
    }
}

fn count(learners: &HashSet<u32>) -> u32 {
    u32::try_from(learners.len()).unwrap_or(u32::MAX)
}

fn enough(learners: &HashSet<u32>) -> bool {
    count(learners) >= FEWEST
}

fn mean(values: &[f64]) -> Option<f64> {
    let number = u32::try_from(values.len()).ok().filter(|number| *number > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(number))
}
