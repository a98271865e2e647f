//! Play without thinking, which must not pass.

use super::{Check, Known};
use crate::{
    conversation::{
        components::Components,
        graph::Edge,
        play::Event,
        policy::{Fare, Policy},
        solved::Solved,
        ways::Step,
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
    /// For chance: the scores that 5, 25, 50, 75 and 95 of 100 runs do not exceed.
    pub spread: Option<[Percent; 5]>,
}

const RUNS: u32 = 2_000;
const SEED: u64 = 0x0c01_1000;
/// More than one guesser in five passing is worth telling.
const LUCKY: f64 = 20.0;

pub(super) fn check(check: &mut Check<'_>, known: &Known, solved: &Solved) -> Vec<Bot> {
    let first = fixed(solved, "always first", Policy::First);
    let longest = fixed(solved, "always longest", Policy::Longest);
    let random = random(known, solved);
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

/// A bot that always picks the same way. One that goes in circles never finishes, so it never passes.
fn fixed(solved: &Solved, name: &'static str, policy: Policy) -> Bot {
    let fare = solved.fare(policy, 1, SEED);
    Bot { name, percent: fare.mean, passes: fare.passing > Percent::ZERO, share: None, spread: None }
}

/// Chance: every offered choice alike, never silent. The expected score is exact wherever it can be worked out in time,
/// the share of passes and the spread are a sample.
fn random(known: &Known, solved: &Solved) -> Bot {
    let Fare { mean, passing, finishing, quantiles } = solved.fare(Policy::Random, RUNS, SEED);
    let (best, worst) = solved.range();
    // Where some runs go round for ever there is no expected score, only that of those that end.
    let sum = (finishing == Percent::FULL).then(|| expected(known, solved)).flatten();
    #[expect(clippy::cast_precision_loss)]
    let exact = sum.map(|sum| Percent::of(sum - worst as f64, (best - worst) as f64));
    let percent = exact.or(mean);
    let mark = Percent::of(f64::from(solved.scenario().pass), 100.0);
    let passes = percent.is_some_and(|percent| percent.reaches(mark));
    Bot { name: "random", percent, passes, share: Some(passing), spread: quantiles }
}

/// How many edges of circles are looked at for the expected score: about a second.
const BUDGET: usize = 100_000_000;
/// Sums that move by less are settled.
const SETTLED: f64 = 1e-10;

/// The expected sum of rewards, circles solved by repetition from the ends backwards. Nothing when they do not settle.
fn expected(known: &Known, solved: &Solved) -> Option<f64> {
    let graph = &known.graph;
    let timed = |way: u32| graph.ways.get(way).step == Step::Did(Event::TimedOut);
    let said = |edge: &Edge| !timed(edge.way);
    // Without timers nothing is left out, and the circles are known.
    let other = (0..).take(graph.ways.len()).any(timed).then(|| Components::new(graph, said));
    let circles = other.as_ref().unwrap_or(&known.circles);
    #[expect(clippy::cast_precision_loss)]
    let rewards: Vec<f64> = graph.ways.rewards(solved.scenario(), None).into_iter().map(|it| it as f64).collect();
    let mut value = vec![0.0_f64; graph.len()];
    let mut budget = BUDGET;
    for group in circles.groups() {
        let lone = group.len() == 1 && graph.edges.of(group[0] as usize).iter().all(|edge| edge.to != group[0]);
        loop {
            let mut moved = 0.0_f64;
            // What was found last is nearest to the ways out.
            for state in group.iter().rev().map(|state| *state as usize) {
                let (mut sum, mut count) = (0.0, 0.0);
                for edge in graph.edges.of(state).iter().filter(|edge| said(edge)) {
                    sum += rewards[edge.way as usize] + value[edge.to as usize];
                    count += 1.0;
                }
                if count > 0.0 {
                    moved = moved.max((sum / count - value[state]).abs());
                    value[state] = sum / count;
                }
                if !lone {
                    budget = budget.checked_sub(graph.edges.of(state).len())?;
                }
            }
            if lone || moved < SETTLED {
                break;
            }
        }
    }
    Some(value[0])
}
