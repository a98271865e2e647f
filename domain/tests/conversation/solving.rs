//! Best, worst and regret.

use crate::{
    generate::{Shape, candidates, scenario, shape, source, spots, walk},
    oracle::Oracle,
};
use domain::{
    conversation::{Event, Scenario, Solved, State, Unsolvable, no_facts},
    percent::Percent,
};
use proptest::prelude::*;
use std::cell::Cell;

/// Every finished run, found by trying everything.
fn all_runs(scenario: &Scenario, state: &State, sofar: &mut Vec<Event>, runs: &mut Vec<Vec<Event>>) {
    if state.ending(scenario).is_some() {
        runs.push(sofar.clone());
        return;
    }
    for event in candidates() {
        let mut next = state.clone();
        if next.apply(scenario, event).is_ok() {
            sofar.push(event);
            all_runs(scenario, &next, sofar, runs);
            sofar.pop();
        }
    }
}

fn near(percent: Option<Percent>, part: i64, whole: i64) -> bool {
    match percent {
        None => whole == 0,
        Some(percent) => whole > 0 && (percent.value() - part as f64 / whole as f64 * 100.0).abs() < 1e-9,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Best and worst are those of all runs, in total and in each competency; every score follows from them.
    #[test]
    fn solving_equals_trying_everything(spots in spots()) {
        let scenario = scenario(&source(&spots, Shape::Forward));
        let solved = Solved::new(&scenario).unwrap();
        let oracle = Oracle::new(&scenario);
        let mut runs = Vec::new();
        all_runs(&scenario, &State::start(&scenario).unwrap(), &mut Vec::new(), &mut runs);
        let sums: Vec<Vec<i64>> = (0..=scenario.competencies.len())
            .map(|of| runs.iter().map(|run| oracle.points(run, of)).collect())
            .collect();
        let ranges: Vec<(i64, i64)> =
            sums.iter().map(|sums| (*sums.iter().max().unwrap(), *sums.iter().min().unwrap())).collect();
        let (best, worst) = ranges[0];
        prop_assert_eq!(solved.range(), (best, worst));
        let shortest = runs.iter().zip(&sums[0]).filter(|(_, sum)| **sum == best).map(|(run, _)| run.len()).min();
        prop_assert_eq!(Some(solved.best_run().len()), shortest);
        for (at, run) in runs.iter().enumerate() {
            let score = solved.score(run).unwrap();
            prop_assert_eq!(score.points, sums[0][at]);
            prop_assert!(near(score.percent, sums[0][at] - worst, best - worst));
            if let Some(percent) = score.percent {
                prop_assert_eq!(sums[0][at] == best, percent == Percent::FULL);
                prop_assert_eq!(sums[0][at] == worst, percent == Percent::ZERO);
            }
            for ((own, sums), (best, worst)) in score.competencies.iter().zip(&sums[1..]).zip(&ranges[1..]) {
                prop_assert!(near(own.percent, sums[at] - worst, best - worst), "{own:?}");
            }
        }
    }
}

thread_local! {
    /// How many conversations had a best, were endless, and had a circle that changes the score.
    static MET: Cell<(u32, u32, u32)> = const { Cell::new((0, 0, 0)) };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Circles included: what is refused has no best or no end, and of the rest every best and worst is right.
    fn circles_are_solved_or_refused(spots in spots(), shape in shape()) {
        let scenario = scenario(&source(&spots, shape));
        let oracle = Oracle::new(&scenario);
        let every = || 0..=scenario.competencies.len();
        let met = MET.get();
        match Solved::new(&scenario) {
            Ok(solved) => {
                MET.set((met.0 + 1, met.1, met.2));
                let best = oracle.best(0, 1).unwrap()[0].unwrap();
                let worst = -oracle.best(0, -1).unwrap()[0].unwrap().0;
                prop_assert_eq!(solved.range(), (best.0, worst));
                prop_assert_eq!(solved.states(), oracle.states.len());
                let run = solved.best_run();
                prop_assert_eq!((oracle.points(&run, 0), run.len() as i64), best);
                // Whoever plays the worst, or the best, in anything has all or nothing of it.
                for of in every() {
                    let [most, least] = [1, -1].map(|sign| sign * oracle.best(of, sign).unwrap()[0].unwrap().0);
                    for (sign, mark) in [(1, Percent::FULL), (-1, Percent::ZERO)] {
                        let score = solved.score(&oracle.run(of, sign)).unwrap();
                        let percent = if of == 0 { score.percent } else { score.competencies[of - 1].percent };
                        prop_assert_eq!(percent, (most > least).then_some(mark));
                    }
                }
            }
            Err(Unsolvable::Endless { .. }) => {
                MET.set((met.0, met.1 + 1, met.2));
                prop_assert!(oracle.ending().contains(&false));
            }
            Err(Unsolvable::UnevenCircle { .. }) => {
                MET.set((met.0, met.1, met.2 + 1));
                prop_assert!(every().any(|of| oracle.best(of, 1).is_none() || oracle.best(of, -1).is_none()));
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every score lies between nothing and all, and what decisions cost adds up to what is missing.
    #[test]
    fn regrets_add_up_to_what_was_lost(
        spots in spots(),
        shape in prop_oneof![Just(Shape::Forward), Just(Shape::Even), Just(Shape::Flat)],
        picks in prop::collection::vec(0..100_usize, 40),
    ) {
        let scenario = scenario(&source(&spots, shape));
        let solved = match Solved::new(&scenario) {
            Ok(solved) => solved,
            Err(Unsolvable::Endless { .. }) => return Ok(()),
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        let Some(run) = walk(&scenario, &picks) else { return Ok(()) };
        let (best, worst) = solved.range();
        let sum = Oracle::new(&scenario).points(&run, 0);
        let debrief = solved.debrief(&run, &no_facts).unwrap();
        prop_assert!(near(debrief.score.percent, sum - worst, best - worst));
        prop_assert!((worst..=best).contains(&sum));
        prop_assert_eq!(debrief.decisions.len(), run.len());
        if best > worst {
            let lost: f64 = debrief.decisions.iter().map(|it| it.cost.unwrap().value()).sum();
            let gap = (best - sum) as f64 / (best - worst) as f64 * 100.0;
            prop_assert!((lost - gap).abs() < 1e-6, "{lost} is not {gap}");
        }
        for decision in &debrief.decisions {
            let cost = decision.cost.is_some_and(|cost| cost.value() > 0.0);
            prop_assert_eq!(decision.better.is_some(), cost || decision.turned);
        }
        prop_assert!(debrief.without_better().decisions.iter().all(|it| it.better.is_none()));
    }
}

/// The property, and that it was tried on enough of every kind.
#[test]
fn all_kinds_of_circles_are_solved_or_refused() {
    circles_are_solved_or_refused();
    let (solved, endless, uneven) = MET.get();
    assert!(solved > 500 && endless > 100 && uneven > 100, "{solved} {endless} {uneven}");
}
