//! Makes the debrief of a finished run.

use super::{
    condition::apply,
    debrief::{Better, Debrief, Decision, Moved, Promise, Rated},
    model::{Commitment, Domain, Exit, Index, Outcome, Scenario, Variable},
    play::{Event, State, Trail, replay},
    score::Unscorable,
    solved::Solved,
    text::{Lookup, fill},
    turn,
    view::{Entry, Role},
};
use crate::percent::Percent;

/// How many lines of what they would have said are shown.
const PREVIEW: usize = 2;

/// Talks one run over. To do so with several, keep a [`Solved`].
///
/// # Errors
/// As [`Solved::new`] and [`Solved::score`].
pub fn debrief(scenario: &Scenario, events: &[Event], facts: Lookup<'_>) -> Result<Debrief, Unscorable> {
    Solved::new(scenario)?.debrief(events, facts)
}

impl Solved {
    /// Talks a finished run over.
    ///
    /// # Errors
    /// As [`Solved::score`].
    pub fn debrief(&self, events: &[Event], facts: Lookup<'_>) -> Result<Debrief, Unscorable> {
        self.debrief_as_told(self.scenario(), events, facts)
    }

    /// Talks a finished run over that was played by an earlier version of the scenario, of the same shape: what was said, what
    /// else could have been and what was promised are told as they stood there; scores, rationales and the takeaway are this
    /// version's.
    ///
    /// # Errors
    /// As [`Solved::score`], and [`Unscorable::Elsewhere`] when the events lead elsewhere there.
    pub fn debrief_as_told(&self, told: &Scenario, events: &[Event], facts: Lookup<'_>) -> Result<Debrief, Unscorable> {
        let scenario = self.scenario();
        let score = self.score(events)?;
        let end = replay(scenario, events)?;
        if told.nodes.len() != scenario.nodes.len() || replay(told, events)?.trail != end.trail {
            return Err(Unscorable::Elsewhere);
        }
        let Exit::End(ending) = &scenario.node(end.node).exit else {
            return Err(Unscorable::Unfinished);
        };
        let mut decisions = Vec::new();
        let mut lines: Vec<Entry> = Vec::new();
        let mut state = State::start(scenario)?;
        for step in &end.trail {
            let Trail::Took(node, event) = *step else {
                lines.extend(turn::entries(told, *step, facts));
                continue;
            };
            let before = state.values.clone();
            let mut decision = self.decision(told, node, event, &before, facts);
            state.apply(scenario, event)?;
            decision.number = state.turn - 1;
            decision.lines = std::mem::take(&mut lines);
            decision.moved = moved(scenario, &before, &state.values);
            decisions.extend([decision]);
        }
        let promises: Vec<Promise> = decisions.iter().flat_map(|decision| decision.commitments.clone()).collect();
        Ok(Debrief {
            title: fill(&told.title, facts),
            decisions,
            closing: lines,
            ending: ending.kind,
            takeaway: fill(&ending.debrief, facts),
            score,
            commitments: promises,
            moved: moved(scenario, &scenario.start_values(), &end.values),
            shows_better: true,
        })
    }

    fn decision(&self, told: &Scenario, node: Index, event: Event, values: &[i32], facts: Lookup<'_>) -> Decision {
        let scenario = self.scenario();
        let reply = turn::entries(told, Trail::Took(node, event), facts);
        let reply = reply.into_iter().next().unwrap_or_else(|| Entry {
            speaker: String::new(),
            role: Role::Silence,
            channel: scenario.node(node).channel,
            text: String::new(),
            hold: None,
            audio: None,
            decision: None,
        });
        let outcome = scenario.taken(node, event);
        let regret = self.regret(node, values, event);
        let (best, worst) = self.range();
        #[expect(clippy::cast_precision_loss)]
        let share = |points: i64| (best > worst).then(|| Percent::of(points as f64, (best - worst) as f64));
        let ranked = self.ranked(node, values);
        let taken = ranked.iter().find(|worth| worth.event == event);
        let turned = self.is_hopeful(node, values) && taken.is_some_and(|taken| !taken.hopeful);
        let stake = ranked.first().zip(ranked.last()).map_or(0, |(top, last)| top.value - last.value);
        // Where it turned, what keeps the good ending within reach is better, even if it brings no more points.
        let best = match turned {
            true => ranked.iter().find(|worth| worth.hopeful),
            false => ranked.first().filter(|_| regret > 0),
        };
        let better = best.and_then(|best| self.better(told, node, best.event, values, facts));
        let why = outcome.map(|it| fill(&it.why, facts)).unwrap_or_default();
        Decision {
            number: 0,
            node: scenario.node(node).id.clone(),
            decision: outcome.and_then(|it| it.decision.clone()),
            lines: Vec::new(),
            reply,
            meant: None,
            why,
            ratings: ratings(scenario, node, outcome),
            cost: share(regret),
            stake: share(stake),
            turned,
            blockers: outcome.map(|it| it.blockers.clone()).unwrap_or_default(),
            commitments: told
                .taken(node, event)
                .map(|it| it.commitments.iter().map(|kept| promise(kept, facts)).collect())
                .unwrap_or_default(),
            better,
            moved: Vec::new(),
        }
    }

    fn better(&self, told: &Scenario, node: Index, event: Event, values: &[i32], facts: Lookup<'_>) -> Option<Better> {
        let scenario = self.scenario();
        let outcome = scenario.taken(node, event)?;
        let (text, done) = match event {
            Event::TimedOut => (None, false),
            Event::Chose(index) => {
                let choice = told.node(node).choices().get(usize::from(index))?;
                (Some(fill(&choice.text, facts)), choice.done)
            }
        };
        let mut after = values.to_vec();
        apply(&outcome.effects, &scenario.variables, &mut after);
        let mut then = Vec::new();
        let mut at = outcome.target;
        // Every state reaches an ending, so jumps cannot lead in a circle.
        for _ in 0..=scenario.nodes.len() {
            then.extend(turn::said(told, told.node(at), facts));
            match scenario.node(at).jump(&after) {
                Some((_, jump)) if then.len() < PREVIEW => at = jump.target,
                _ => break,
            }
        }
        then.truncate(PREVIEW);
        Some(Better { text, done, why: fill(&outcome.why, facts), then })
    }
}

/// The ratings of an outcome in every competency that anything at this node is rated in.
fn ratings(scenario: &Scenario, node: Index, outcome: Option<&Outcome>) -> Vec<Rated> {
    let node = scenario.node(node);
    let timer = node.timer().map(|timer| &timer.outcome);
    let all: Vec<&Outcome> = node.choices().iter().map(|choice| &choice.outcome).chain(timer).collect();
    let value = |outcome: &Outcome, index: Index| {
        outcome.ratings.iter().find(|rating| rating.competency == index).map(|it| it.value)
    };
    scenario
        .competencies
        .iter()
        .zip(Index::MIN..)
        .filter(|(_, index)| all.iter().any(|it| value(it, *index).is_some()))
        .map(|(competency, index)| Rated {
            competency: competency.id.clone(),
            value: outcome.and_then(|it| value(it, index)).unwrap_or(0),
        })
        .collect()
}

fn promise(commitment: &Commitment, facts: Lookup<'_>) -> Promise {
    Promise { kind: commitment.kind.clone(), detail: fill(&commitment.detail, facts) }
}

/// The variables whose values differ.
fn moved(scenario: &Scenario, before: &[i32], after: &[i32]) -> Vec<Moved> {
    let number = |variable: &Variable| matches!(variable.domain, Domain::Range { .. });
    scenario
        .variables
        .iter()
        .zip(before.iter().zip(after))
        .filter(|(_, (before, after))| before != after)
        .map(|(variable, (before, after))| Moved {
            variable: variable.name.clone(),
            before: variable.show(*before),
            after: variable.show(*after),
            by: number(variable).then(|| after - before),
        })
        .collect()
}
