//! Random conversations.

use domain::conversation::{Event, Scenario, State, parse};
use proptest::prelude::*;
use std::fmt::Write as _;

/// Which ways a random conversation may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Only onward: every run ends.
    Forward,
    /// Anywhere: most circles change the score.
    Free,
    /// Anywhere, with ratings that cancel out on every circle but are seldom 0.
    Even,
    /// Anywhere, rated 0 all over.
    Flat,
    /// Anywhere, and any choice may be ruled out.
    Stuck,
}

pub fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        1 => Just(Shape::Forward),
        1 => Just(Shape::Free),
        3 => Just(Shape::Even),
        1 => Just(Shape::Flat),
        1 => Just(Shape::Stuck),
    ]
}

#[derive(Debug, Clone)]
pub struct Way {
    guard: usize,
    target: usize,
    ratings: (i8, i8),
    effect: usize,
    blocked: bool,
    done: bool,
    length: usize,
}

#[derive(Debug, Clone)]
pub enum Exit {
    Choices(Vec<Way>, Option<Way>),
    /// Guards with where they lead, and where else.
    Jumps(Vec<(usize, usize)>, usize),
}

/// A node: how it goes on, and how high it stands where ratings are differences of heights.
#[derive(Debug, Clone)]
pub struct Spot {
    exit: Exit,
    height: i8,
}

const GUARDS: [&str; 7] =
    ["", "", "[trust >= 2] ", "[told] ", "[not told and trust < 3] ", "[trust = 1 or told] ", "[trust > 3] "];
const EFFECTS: [&str; 6] = ["", "", "trust +1", "trust -1, told = yes", "told = no", "trust = 3, trust -1"];

fn way() -> impl Strategy<Value = Way> {
    let parts = (0..GUARDS.len(), 0..100_usize, (-2..=2_i8, -2..=2_i8), 0..EFFECTS.len());
    let kind = (prop::bool::weighted(0.1), prop::bool::weighted(0.2));
    (parts, kind, 0..4_usize).prop_map(|((guard, target, ratings, effect), (blocked, done), length)| Way {
        guard,
        target,
        ratings,
        effect,
        blocked,
        done,
        length,
    })
}

fn spot() -> impl Strategy<Value = Spot> {
    let exit = prop_oneof![
        4 => (prop::collection::vec(way(), 1..4), prop::option::weighted(0.3, way()))
            .prop_map(|(ways, timer)| Exit::Choices(ways, timer)),
        1 => (prop::collection::vec((2..GUARDS.len(), 0..100_usize), 1..4), 0..100_usize)
            .prop_map(|(guarded, other)| Exit::Jumps(guarded, other)),
    ];
    (exit, 0..3_i8).prop_map(|(exit, height)| Spot { exit, height })
}

/// Up to five nodes, and two endings.
pub fn spots() -> impl Strategy<Value = Vec<Spot>> {
    prop::collection::vec(spot(), 1..6)
}

/// Where a node's ways go.
struct Map<'s> {
    spots: &'s [Spot],
    shape: Shape,
    at: usize,
}

impl Map<'_> {
    /// The node a number stands for; the last two are endings.
    fn target(&self, seed: usize) -> usize {
        let total = self.spots.len() + 2;
        match self.shape {
            Shape::Forward => self.at + 1 + seed % (total - self.at - 1),
            _ => seed % total,
        }
    }

    /// The node a jump leads to. A jump is not rated: where heights count it stays level, or ends.
    fn jump(&self, seed: usize) -> usize {
        let target = self.target(seed);
        let level = self.spots.get(target).is_none_or(|spot| spot.height == self.spots[self.at].height);
        if self.shape == Shape::Even && !level { self.spots.len() + seed % 2 } else { target }
    }

    /// The ratings of a way to a node. The two of a circle differ, and each of them cancels out.
    fn ratings(&self, way: &Way, target: usize) -> (i8, i8) {
        match (self.shape, self.spots.get(target)) {
            (Shape::Flat, _) => (0, 0),
            (Shape::Even, Some(to)) => {
                let rise = to.height - self.spots[self.at].height;
                (rise, -rise)
            }
            _ => way.ratings,
        }
    }

    fn details(&self, out: &mut String, way: &Way, target: usize) {
        let (care, privacy) = self.ratings(way, target);
        let _ = writeln!(out, "  rate: care {care}, privacy {privacy}");
        if !EFFECTS[way.effect].is_empty() {
            let _ = writeln!(out, "  effect: {}", EFFECTS[way.effect]);
        }
        if way.blocked {
            let _ = writeln!(out, "  blocker: never-do-this");
        }
    }
}

/// The source of a random conversation.
pub fn source(spots: &[Spot], shape: Shape) -> String {
    let mut out = String::from(
        "---\ntitle: Random\nyou: Sam\nthem: Dana\nvar trust: 0..3 = 1\nvar told: yes/no = no\nweight: care 2\npass: 70\n---\n",
    );
    for (at, spot) in spots.iter().enumerate() {
        let map = Map { spots, shape, at };
        let _ = writeln!(out, "\n## n{at}\nDana: Line {at}.");
        match &spot.exit {
            Exit::Choices(ways, timer) => {
                if let Some(timer) = timer {
                    let target = map.target(timer.target);
                    let _ = writeln!(out, "timer: 9s -> n{target}");
                    map.details(&mut out, timer, target);
                }
                for (number, way) in ways.iter().enumerate() {
                    // The first is always offered, so that nobody gets stuck.
                    let guard = if number == 0 && shape != Shape::Stuck { "" } else { GUARDS[way.guard] };
                    let target = map.target(way.target);
                    let done = if way.done { "do: " } else { "" };
                    let _ = writeln!(out, "- {guard}{done}Choice {number}{} -> n{target}", "!".repeat(way.length));
                    map.details(&mut out, way, target);
                    let _ = writeln!(out, "  why: Reason {number}.");
                }
            }
            Exit::Jumps(guarded, other) => {
                for (guard, target) in guarded {
                    let _ = writeln!(out, "-> {}n{}", GUARDS[*guard], map.jump(*target));
                }
                let _ = writeln!(out, "-> n{}", map.jump(*other));
            }
        }
    }
    let end = spots.len();
    let _ = write!(out, "\n## n{end} (end: success)\n\n## n{} (end: failure)\n", end + 1);
    out
}

pub fn scenario(source: &str) -> Scenario {
    let parsed = parse(source, "random.conversation");
    parsed.scenario.unwrap_or_else(|| panic!("{source}\n{:?}", parsed.diagnostics))
}

/// Whatever could be tried at a node.
pub fn candidates() -> impl Iterator<Item = Event> {
    (0..3).map(Event::Chose).chain([Event::TimedOut])
}

/// A run picked by these numbers, if it ends.
pub fn walk(scenario: &Scenario, picks: &[usize]) -> Option<Vec<Event>> {
    let mut state = State::start(scenario).ok()?;
    let mut events = Vec::new();
    for pick in picks {
        if state.ending(scenario).is_some() {
            return Some(events);
        }
        let possible: Vec<Event> = candidates().filter(|event| state.clone().apply(scenario, *event).is_ok()).collect();
        let event = *possible.get(pick % possible.len().max(1))?;
        state.apply(scenario, event).ok()?;
        events.push(event);
    }
    state.ending(scenario).map(|_| events)
}
