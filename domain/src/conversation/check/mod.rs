//! The checker: a compiler for scenarios.
//!
//! It walks every state (node × values of the variables) and tells what can go wrong in any of them. Past its cap on
//! states it says so, and never "clean".

mod bots;
mod reach;
mod smells;
mod worth;

use super::{
    graph::{CAP, Graph},
    model::{Index, Scenario},
    parse::{
        Parsed, Place, Places, parse,
        piece::{Advise, Findings},
    },
    solved::{Solved, Unsolvable},
};
use crate::diagnostic::{Diagnostic, has_errors};

pub use self::bots::Bot;

/// What the checker found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What is wrong, in reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether every state was looked at. Without it the scenario cannot be published as scored.
    pub proven: bool,
    /// What is known of its scores, when it can be scored.
    pub summary: Option<Summary>,
}

/// The scores of a scenario.
#[derive(Debug, Clone)]
pub struct Summary {
    /// How many states can be reached.
    pub states: usize,
    /// V*: the greatest sum of rewards.
    pub best: i64,
    /// Vmin: the least.
    pub worst: i64,
    /// The pass mark.
    pub pass: u8,
    /// The texts of the shortest best run.
    pub best_run: Vec<String>,
    /// How play without thinking fares.
    pub bots: Vec<Bot>,
}

impl Checked {
    /// Whether it may be published: proven, and without errors.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.proven && !has_errors(&self.diagnostics)
    }
}

/// A scenario with the places of its source, and what was found so far.
struct Check<'c> {
    scenario: &'c Scenario,
    places: &'c Places,
    found: Findings<'c>,
}

impl Check<'_> {
    fn heading(&self, node: Index) -> Place {
        self.places.nodes.get(usize::from(node)).map(|it| it.heading).unwrap_or_default()
    }

    /// The first line of a choice's words.
    fn choice(&self, node: Index, choice: usize) -> Place {
        self.places
            .nodes
            .get(usize::from(node))
            .and_then(|it| it.choices.get(choice))
            .map(|it| it.text)
            .unwrap_or_default()
    }

    /// Values for showing: `trust = 0, told = yes`.
    fn values(&self, values: &[i32]) -> String {
        let shown: Vec<String> = self
            .scenario
            .variables
            .iter()
            .zip(values)
            .map(|(variable, value)| format!("{} = {}", variable.name, variable.show(*value)))
            .collect();
        shown.join(", ")
    }
}

/// Checks a scenario. `places` tells where things stand, for the diagnostics.
#[must_use]
pub fn check(scenario: &Scenario, places: &Places) -> Checked {
    let lines: Vec<&str> = places.source.lines().collect();
    let found = Findings::new(&places.path, &lines);
    let mut check = Check { scenario, places, found };
    smells::of_the_text(&mut check);
    let Ok(graph) = Graph::new(scenario, CAP) else {
        check
            .found
            .error("not-proven", places.front, format!("more than {CAP} states: not proven"))
            .advise("use fewer variables, or smaller ranges; what cannot be proven cannot be scored");
        return Checked { diagnostics: check.found.into_list(), proven: false, summary: None };
    };
    reach::check(&mut check, &graph);
    smells::of_the_states(&mut check, &graph);
    worth::uneven(&mut check, &graph);
    let summary = match Solved::new(scenario) {
        Ok(solved) => Some(worth::check(&mut check, &solved)),
        Err(Unsolvable::TooManyStates) => None,
        // Already told, with the place.
        Err(Unsolvable::UnevenCircle { .. } | Unsolvable::Endless { .. }) => None,
    };
    Checked { diagnostics: check.found.into_list(), proven: true, summary }
}

/// Reads and checks a source.
#[must_use]
pub fn load(source: &str, path: &str) -> (Option<Scenario>, Checked) {
    let Parsed { scenario, places, mut diagnostics } = parse(source, path);
    let Some(scenario) = scenario else {
        return (None, Checked { diagnostics, proven: false, summary: None });
    };
    let mut checked = check(&scenario, &places);
    checked.diagnostics.append(&mut diagnostics);
    crate::diagnostic::sort(&mut checked.diagnostics);
    (Some(scenario), checked)
}
