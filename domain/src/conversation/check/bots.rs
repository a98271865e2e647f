//! Play without thinking, which must not pass.

use super::{Advise, Check};
use crate::{
    conversation::{
        components::Components,
        graph::{Edge, Step},
        model::Index,
        play::Event,
        solved::{Solved, worth},
    },
    percent::Percent,
};

/// How one way of playing without thinking fares.
#[derive(Debug, Clone)]
pub struct Bot {
    /// What it does: `random`, `always first`, `always longest`.
    pub name: &'static str,
    /// Its score, or its expected score. Nothing when it never comes to an end.
    pub percent: Option<Percent>,
    /// Whether it passes; for chance: whether the expected score reaches the pass mark.
    pub passes: bool,
    /// For chance: the share of runs that pass.
    pub share: Option<Percent>,
}

const RUNS: u32 = 2_000;
/// More than one guesser in five passing is worth telling.
const LUCKY: f64 = 20.0;

pub(super) fn check(check: &mut Check<'_>, solved: &Solved) -> Vec<Bot> {
    let length =
        |node: Index, choice: Index| check.scenario.node(node).choices()[usize::from(choice)].text.chars().count();
    let choices = |state: usize| {
        solved.graph.edges[state].iter().filter_map(|edge| match edge.step {
            Step::Did(Event::Chose(index)) => Some(index),
            _ => None,
        })
    };
    let first = fixed(solved, "always first", |state| choices(state).next());
    let longest = fixed(solved, "always longest", |state| {
        let node = solved.graph.states[state].node;
        choices(state).max_by_key(|index| (length(node, *index), std::cmp::Reverse(*index)))
    });
    let random = random(solved);
    let place = check.places.pass;
    for (bot, advice) in [
        (&first, "put the best choice elsewhere in some nodes"),
        (&longest, "shorten good answers, and give bad ones more words"),
        (&random, "raise `pass:`, or let bad choices cost more"),
    ] {
        if bot.passes {
            let score = bot.percent.unwrap_or_default();
            check
                .found
                .error("bot-passes", place, format!("playing `{}` passes, with {} of 100", bot.name, score.whole()))
                .advise(advice);
        }
    }
    let lucky = random.share.unwrap_or_default();
    if !random.passes && lucky.value() > LUCKY {
        check
            .found
            .warning("guessing-pays", place, format!("{} of 100 random runs pass", lucky.whole()))
            .advise("raise `pass:`, let bad choices cost more, or add a decision that cannot be guessed");
    }
    vec![random, first, longest]
}

/// A bot that always picks the same way.
fn fixed(solved: &Solved, name: &'static str, pick: impl Fn(usize) -> Option<Index>) -> Bot {
    let events = solved.run(|state| pick(state).map(Event::Chose));
    // A bot that goes in circles never finishes, so it never passes.
    let score = solved.score(&events).ok();
    Bot {
        name,
        percent: score.as_ref().and_then(|it| it.percent),
        passes: score.is_some_and(|it| it.passed),
        share: None,
    }
}

/// Chance: every offered choice alike, never silent. The expected score is exact, the share of passes is a sample.
fn random(solved: &Solved) -> Bot {
    let expected = expected(solved);
    let (best, worst) = solved.range();
    #[expect(clippy::cast_precision_loss)]
    let percent = Percent::of(expected - worst as f64, (best - worst) as f64);
    let mut passed = 0;
    let mut chance = 0x0c01_1000_u64;
    for _ in 0..RUNS {
        passed += u32::from(lucky(solved, &mut chance));
    }
    let mark = Percent::of(f64::from(solved.scenario().pass), 100.0);
    Bot {
        name: "random",
        percent: Some(percent),
        passes: percent.reaches(mark),
        share: Some(Percent::of(f64::from(passed), f64::from(RUNS))),
    }
}

/// Whether one run by chance passes.
fn lucky(solved: &Solved, chance: &mut u64) -> bool {
    let scenario = solved.scenario();
    let (mut state, mut points) = (0, 0);
    for _ in 0..1_000 {
        let edges: Vec<&Edge> = solved.graph.edges[state].iter().filter(is_said).collect();
        let Some(count) = u64::try_from(edges.len()).ok().filter(|count| *count > 0) else {
            break;
        };
        let edge = edges[usize::try_from(next(chance) % count).unwrap_or(0)];
        let outcome = solved.graph.outcome(scenario, state, edge);
        if super::worth::blocked(outcome.into_iter()) {
            return false;
        }
        points += worth(scenario, outcome, None);
        state = edge.to as usize;
    }
    let ending = crate::conversation::model::EndingKind::Success;
    let exit = &scenario.node(solved.graph.states[state].node).exit;
    let success = matches!(exit, crate::conversation::model::Exit::End(it) if it.kind == ending);
    let mark = Percent::of(f64::from(scenario.pass), 100.0);
    success && solved.percent(points).is_some_and(|it| it.reaches(mark))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape a filter wants")]
fn is_said(edge: &&Edge) -> bool {
    edge.step != Step::Did(Event::TimedOut)
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The expected sum of rewards, circles solved by repetition from the ends backwards.
fn expected(solved: &Solved) -> f64 {
    let scenario = solved.scenario();
    let graph = &solved.graph;
    let circles = Components::new(graph, |_, edge| is_said(&edge));
    let mut value = vec![0.0_f64; graph.len()];
    for group in &circles.members {
        for _ in 0..2_000 {
            let mut moved = 0.0_f64;
            for state in group {
                let edges: Vec<&Edge> = graph.edges[*state].iter().filter(is_said).collect();
                if edges.is_empty() {
                    continue;
                }
                let sum: f64 = edges
                    .iter()
                    .map(|edge| {
                        #[expect(clippy::cast_precision_loss)]
                        let reward = worth(scenario, graph.outcome(scenario, *state, edge), None) as f64;
                        reward + value[edge.to as usize]
                    })
                    .sum();
                #[expect(clippy::cast_precision_loss)]
                let mean = sum / edges.len() as f64;
                moved = moved.max((mean - value[*state]).abs());
                value[*state] = mean;
            }
            if group.len() == 1 || moved < 1e-10 {
                break;
            }
        }
    }
    value[0]
}
