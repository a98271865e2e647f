//! A run is a fold over its events.

use super::{
    condition::apply,
    model::{Choice, Ending, Exit, Index, Jump, Node, Outcome, Scenario, Timer},
};
use serde::{Deserialize, Serialize};

/// Something that happened in a run. Rows of events are all that is stored of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The learner chose: the position in the node's choices, in the author's order.
    Chose(Index),
    /// The timer ran out.
    TimedOut,
}

/// Why a list of events cannot have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("event {position} cannot have happened: {why}")]
pub struct Impossible {
    /// Which event, from 0.
    pub position: u32,
    /// Why.
    pub why: Why,
}

/// Why an event cannot have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The conversation was over.
    #[error("the conversation is over")]
    Over,
    /// The node has no such choice.
    #[error("there is no choice {0}")]
    NoSuchChoice(Index),
    /// The choice's condition did not hold.
    #[error("choice {0} was not offered")]
    NotOffered(Index),
    /// The node has no timer.
    #[error("there is no timer")]
    NoTimer,
    /// The jumps lead in a circle.
    #[error("the jumps lead in a circle")]
    Circle,
}

/// How far a run has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The node the run rests at: one with choices, or an ending.
    pub node: Index,
    /// The values of the variables, in the scenario's order.
    pub values: Vec<i32>,
    /// How many events there were.
    pub turn: u32,
    pub(super) trail: Vec<Trail>,
}

/// One step of what happened, enough to tell the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trail {
    /// A node was reached and its lines said.
    Reached(Index),
    /// At a node, something was chosen.
    Took(Index, Event),
}

/// The state after these events.
///
/// # Errors
/// [`Impossible`] names the first event that the scenario does not allow.
pub fn replay(scenario: &Scenario, events: &[Event]) -> Result<State, Impossible> {
    let mut state = State::start(scenario)?;
    state.follow(scenario, events)?;
    Ok(state)
}

impl State {
    /// The state before anything was chosen.
    ///
    /// # Errors
    /// [`Why::Circle`] when the first node's jumps lead nowhere.
    pub fn start(scenario: &Scenario) -> Result<Self, Impossible> {
        let values = scenario.start_values();
        let mut state = Self { node: 0, values, turn: 0, trail: Vec::new() };
        state.arrive(scenario, 0).map_err(|why| Impossible { position: 0, why })?;
        Ok(state)
    }

    /// Lets one more event happen. Takes the same time however much happened before. After an error the state is as before.
    ///
    /// # Errors
    /// [`Impossible`] when the event cannot happen here.
    pub fn apply(&mut self, scenario: &Scenario, event: Event) -> Result<(), Impossible> {
        let impossible = |why| Impossible { position: self.turn, why };
        let outcome = scenario.outcome(self.node, event, &self.values).map_err(impossible)?;
        let mut values = self.values.clone();
        apply(&outcome.effects, &scenario.variables, &mut values);
        let (node, known) = (self.node, self.trail.len());
        self.trail.push(Trail::Took(node, event));
        let before = std::mem::replace(&mut self.values, values);
        if let Err(why) = self.arrive(scenario, outcome.target) {
            self.trail.truncate(known);
            (self.node, self.values) = (node, before);
            return Err(Impossible { position: self.turn, why });
        }
        self.turn = self.turn.saturating_add(1);
        Ok(())
    }

    /// Lets further events happen, from here on. After an error the state is that before the impossible event.
    ///
    /// # Errors
    /// [`Impossible`] names the first event that the scenario does not allow, counted from the beginning of the run.
    pub fn follow(&mut self, scenario: &Scenario, events: &[Event]) -> Result<(), Impossible> {
        events.iter().try_for_each(|event| self.apply(scenario, *event))
    }

    /// Forgets what was said before the last decision, for whoever only wants to go on: what is left, and what
    /// [`turn`](fn@super::turn) then shows, is the last decision and what followed.
    pub fn forget(&mut self) {
        if let Some(last) = self.trail.iter().rposition(|step| matches!(step, Trail::Took(..))) {
            self.trail.drain(..last);
        }
    }

    /// What happened, as far as it is not forgotten.
    pub(super) fn events(&self) -> impl Iterator<Item = Event> {
        self.trail.iter().filter_map(|step| match step {
            Trail::Took(_, event) => Some(*event),
            Trail::Reached(_) => None,
        })
    }

    /// Goes to a node and on through jumps.
    fn arrive(&mut self, scenario: &Scenario, node: Index) -> Result<(), Why> {
        self.node = node;
        for _ in 0..=scenario.nodes.len() {
            self.trail.push(Trail::Reached(self.node));
            match scenario.node(self.node).jump(&self.values) {
                Some((_, jump)) => self.node = jump.target,
                None => return Ok(()),
            }
        }
        Err(Why::Circle)
    }

    /// The ending, if the conversation is over.
    #[must_use]
    pub fn ending<'s>(&self, scenario: &'s Scenario) -> Option<&'s Ending> {
        match &scenario.node(self.node).exit {
            Exit::End(ending) => Some(ending),
            _ => None,
        }
    }

    /// The node's timer, if it has one.
    #[must_use]
    pub fn timer<'s>(&self, scenario: &'s Scenario) -> Option<&'s Timer> {
        scenario.node(self.node).timer()
    }
}

impl Node {
    /// The choices whose conditions hold, with their positions.
    pub fn offered<'n>(&'n self, values: &'n [i32]) -> impl Iterator<Item = (Index, &'n Choice)> {
        self.choices()
            .iter()
            .zip(0..)
            .filter(|(choice, _)| choice.condition.as_ref().is_none_or(|condition| condition.holds(values)))
            .map(|(choice, index)| (index, choice))
    }

    /// All choices, offered or not.
    pub(super) fn choices(&self) -> &[Choice] {
        match &self.exit {
            Exit::Choices { choices, .. } => choices,
            _ => &[],
        }
    }

    pub(super) fn timer(&self) -> Option<&Timer> {
        match &self.exit {
            Exit::Choices { timer, .. } => timer.as_ref(),
            _ => None,
        }
    }

    /// The jump taken with these values, and its position.
    pub(super) fn jump(&self, values: &[i32]) -> Option<(Index, &Jump)> {
        let Exit::Jumps(jumps) = &self.exit else {
            return None;
        };
        let mut jumps = (0..).zip(jumps);
        jumps.find(|(_, jump)| jump.condition.as_ref().is_none_or(|condition| condition.holds(values)))
    }
}

impl Scenario {
    /// What comes of an event at a node.
    pub(super) fn outcome(&self, node: Index, event: Event, values: &[i32]) -> Result<&Outcome, Why> {
        let node = self.node(node);
        let Exit::Choices { choices, timer } = &node.exit else {
            return Err(Why::Over);
        };
        match event {
            Event::TimedOut => timer.as_ref().map(|timer| &timer.outcome).ok_or(Why::NoTimer),
            Event::Chose(index) => {
                let choice = choices.get(usize::from(index)).ok_or(Why::NoSuchChoice(index))?;
                let offered = choice.condition.as_ref().is_none_or(|it| it.holds(values));
                if offered { Ok(&choice.outcome) } else { Err(Why::NotOffered(index)) }
            }
        }
    }

    /// What an event known to be possible brought.
    pub(super) fn taken(&self, node: Index, event: Event) -> Option<&Outcome> {
        let node = self.node(node);
        match event {
            Event::TimedOut => node.timer().map(|timer| &timer.outcome),
            Event::Chose(index) => node.choices().get(usize::from(index)).map(|choice| &choice.outcome),
        }
    }
}
