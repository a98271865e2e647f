//! The checker: a compiler for scenarios.
//!
//! It walks every state (node × values of the variables) and tells what can go wrong in any of them. Past its cap on
//! states it says so, and never "clean".

mod bots;
mod conditions;
mod effects;
mod ranking;
mod reach;
mod smells;
mod usage;
mod worth;

use self::usage::Usage;
use super::{
    components::Components,
    graph::{CAP, Graph},
    model::{Index, Scenario},
    parse::{ChoicePlaces, Parsed, Place, Places, parse, piece::Findings},
    play::Event,
    solved::Solved,
    ways::{Step, Ways},
};
use crate::diagnostic::{Diagnostic, Diagnostics, has_errors};

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

/// What is known of all states.
struct Known {
    graph: Graph,
    circles: Components,
    usage: Usage,
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

    /// Everything about where a way stands.
    fn way(&self, ways: &Ways, way: u32) -> Option<&ChoicePlaces> {
        let way = ways.get(way);
        let places = self.places.nodes.get(usize::from(way.node))?;
        match way.step {
            Step::Did(Event::Chose(choice)) => places.choices.get(usize::from(choice)),
            Step::Did(Event::TimedOut) => places.timer.as_ref(),
            Step::Jumped(jump) => places.jumps.get(usize::from(jump)),
        }
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
        let message = format!("more than {} states or {} ways between them: not proven", CAP.states, CAP.edges);
        check
            .found
            .error("not-proven", places.front, message)
            .advise("use fewer variables, or smaller ranges; what cannot be proven cannot be scored");
        let ways = Ways::new(scenario);
        smells::rarely_rated(&mut check, &ways, &Usage::unknown(scenario, &ways));
        return Checked { diagnostics: check.found.into_list(), proven: false, summary: None };
    };
    let circles = Components::new(&graph, |_| true);
    let usage = Usage::of(scenario, &graph);
    let known = Known { graph, circles, usage };
    reach::check(&mut check, &known);
    conditions::check(&mut check, &known);
    effects::check(&mut check, &known);
    smells::rarely_rated(&mut check, &known.graph.ways, &known.usage);
    let summary = match Solved::from_graph(scenario, &known.graph, &known.circles) {
        Ok(solved) => Some(worth::check(&mut check, &known, &solved)),
        Err(_) => {
            // A state without a way to an ending is told already; of circles every one is.
            worth::uneven(&mut check, &known);
            None
        }
    };
    Checked { diagnostics: check.found.into_list(), proven: true, summary }
}

/// Reads and checks a source.
#[must_use]
pub fn load(source: &str, path: &str) -> (Option<Scenario>, Checked) {
    let Parsed { scenario, places, diagnostics } = parse(source, path);
    let Some(scenario) = scenario else {
        return (None, Checked { diagnostics, proven: false, summary: None });
    };
    let mut checked = check(&scenario, &places);
    let mut found = Diagnostics::default();
    found.extend(diagnostics);
    found.extend(std::mem::take(&mut checked.diagnostics));
    checked.diagnostics = found.into_list();
    (Some(scenario), checked)
}
