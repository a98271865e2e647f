//! The ways out of nodes, numbered through the whole scenario, so that what a way is worth is looked up, not worked out.

use super::{
    model::{Exit, Index, Outcome, Scenario},
    play::Event,
    solved::worth,
};

/// What is done to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A choice, or silence.
    Did(Event),
    /// A jump, by its position.
    Jumped(Index),
}

/// A way out of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub node: Index,
    pub step: Step,
}

/// All of them, node after node: the choices in the author's order, then the timer; or the jumps.
#[derive(Debug)]
pub(super) struct Ways {
    list: Vec<Way>,
    first: Vec<u32>,
}

impl Ways {
    pub fn new(scenario: &Scenario) -> Self {
        let mut ways = Self { list: Vec::new(), first: vec![0] };
        for (node, index) in scenario.nodes.iter().zip(Index::MIN..) {
            let mut add = |step| ways.list.push(Way { node: index, step });
            match &node.exit {
                Exit::Choices { choices, timer } => {
                    choices.iter().zip(0..).for_each(|(_, at)| add(Step::Did(Event::Chose(at))));
                    timer.iter().for_each(|_| add(Step::Did(Event::TimedOut)));
                }
                Exit::Jumps(jumps) => jumps.iter().zip(0..).for_each(|(_, at)| add(Step::Jumped(at))),
                Exit::End(_) => {}
            }
            ways.first.push(u32::try_from(ways.list.len()).unwrap_or(u32::MAX));
        }
        ways
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, way: u32) -> Way {
        self.list[way as usize]
    }

    /// The number of a node's first way; the others follow.
    pub fn first(&self, node: Index) -> u32 {
        self.first[usize::from(node)]
    }

    /// The numbers of a node's ways.
    #[cfg(feature = "authoring")]
    pub fn of(&self, node: Index) -> std::ops::Range<u32> {
        self.first(node)..self.first[usize::from(node) + 1]
    }

    /// What a way brings; nothing, for a jump.
    pub fn outcome<'s>(&self, scenario: &'s Scenario, way: u32) -> Option<&'s Outcome> {
        let Way { node, step } = self.get(way);
        match step {
            Step::Did(event) => scenario.taken(node, event),
            Step::Jumped(_) => None,
        }
    }

    /// Something about every way's outcome.
    pub fn each<T>(&self, scenario: &Scenario, tell: impl Fn(Option<&Outcome>) -> T) -> Vec<T> {
        (0..).take(self.len()).map(|way| tell(self.outcome(scenario, way))).collect()
    }

    /// What every way is worth in total, or for one competency.
    pub fn rewards(&self, scenario: &Scenario, of: Option<Index>) -> Vec<i64> {
        self.each(scenario, |outcome| worth(scenario, outcome, of))
    }

    /// Which ways meet a blocker.
    #[cfg(feature = "authoring")]
    pub fn blocked(&self, scenario: &Scenario) -> Vec<bool> {
        self.each(scenario, |outcome| outcome.is_some_and(|it| !it.blockers.is_empty()))
    }
}
