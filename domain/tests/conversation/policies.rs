//! Ways of playing.

use crate::{
    generate::{Shape, scenario, source, spots},
    oracle::Oracle,
};
use domain::{
    conversation::{Event, Policy, Solved, load, model::Exit, replay},
    percent::Percent,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every policy plays what it says, and fares as its runs do.
    #[test]
    fn policies_keep_their_word(spots in spots(), even in any::<bool>(), seed in any::<u64>()) {
        let shape = if even { Shape::Even } else { Shape::Forward };
        let scenario = scenario(&source(&spots, shape));
        let Ok(solved) = Solved::new(&scenario) else { return Ok(()) };
        for policy in Policy::ALL {
            prop_assert_eq!(Policy::named(policy.name()), Some(policy));
            let run = solved.play(policy, seed);
            prop_assert_eq!(&run, &solved.play(policy, seed), "{}", policy.name());
            for (at, event) in run.iter().enumerate() {
                let state = replay(&scenario, &run[..at]).unwrap();
                let Exit::Choices { choices, .. } = &scenario.nodes[usize::from(state.node)].exit else { panic!() };
                let offered = (0..).zip(choices).filter(|(_, it)| it.condition.as_ref().is_none_or(|it| it.holds(&state.values)));
                let offered: Vec<(u16, usize)> = offered.map(|(at, choice)| (at, if choice.done { 0 } else { choice.text.len() })).collect();
                let chosen = offered.iter().find(|(at, _)| Event::Chose(*at) == *event);
                match policy {
                    Policy::Random => prop_assert!(chosen.is_some()),
                    Policy::First => prop_assert_eq!(chosen, offered.first()),
                    Policy::Longest => prop_assert_eq!(chosen.map(|it| it.1), offered.iter().map(|it| it.1).max()),
                    Policy::Best => {}
                }
            }
            let score = solved.score(&run).ok();
            let fare = solved.fare(policy, 50, seed);
            prop_assert!(fare.passing.value() <= fare.finishing.value());
            if let Some(quantiles) = fare.quantiles {
                prop_assert!(quantiles.is_sorted_by(|a, b| a.value() <= b.value()));
                let mean = fare.mean.unwrap().value();
                // A twentieth lies below the first, and a twentieth above the last.
                prop_assert!(mean >= quantiles[0].value() * 0.95 - 1e-9);
                prop_assert!(mean <= quantiles[4].value() * 0.95 + 5.0 + 1e-9);
            }
            if policy != Policy::Random {
                prop_assert_eq!(fare.mean, score.as_ref().and_then(|it| it.percent));
                prop_assert_eq!(fare.passing == Percent::FULL, score.as_ref().is_some_and(|it| it.passed));
                prop_assert_eq!(fare.finishing == Percent::FULL, score.is_some());
            }
            if policy == Policy::Best {
                prop_assert_eq!(score.unwrap().points, solved.range().0);
            }
        }
    }

    /// The checker's guesser has the mean of all its runs, not of a sample.
    #[test]
    fn chance_is_worked_out(spots in spots()) {
        let text = source(&spots, Shape::Forward);
        let scenario = scenario(&text);
        let (_, checked) = load(&text, "x");
        let Some(random) = checked.summary.as_ref().and_then(|it| it.bots.first()) else { return Ok(()) };
        let (best, worst) = Solved::new(&scenario).unwrap().range();
        let expected = (Oracle::new(&scenario).expected(0) - worst as f64) / (best - worst) as f64 * 100.0;
        prop_assert!((random.percent.unwrap().value() - expected).abs() < 1e-6);
        let spread = random.spread.unwrap();
        prop_assert!(spread[0].value() <= expected + 1e-6 && expected <= spread[4].value() * 0.95 + 5.0 + 3.0);
    }
}

/// Going round in circles never ends: there is no score, and it does not pass.
#[test]
fn whoever_goes_round_never_finishes() {
    let text = "---\ntitle: Round\nyou: Sam\nthem: Dana\npass: 10\n---\n\n## a\nDana: And?\n\n- More. -> a\n  why: So.\n- Bye! -> b\n  rate: care 1\n  why: So.\n- No. -> c\n  rate: care -1\n  why: So.\n\n## b (end: success)\n\n## c (end: failure)\n";
    let solved = Solved::new(&scenario(text)).unwrap();
    let first = solved.fare(Policy::First, 10, 0);
    assert_eq!((first.mean, first.quantiles), (None, None));
    assert_eq!((first.passing, first.finishing), (Percent::ZERO, Percent::ZERO));
    // Of the two that end it, chance takes each as often.
    let random = solved.fare(Policy::Random, 4_000, 1);
    assert!((random.passing.value() - 50.0).abs() < 3.0, "{random:?}");
    assert_eq!(random.finishing, Percent::FULL);
    assert_eq!(random.quantiles.map(|all| all.map(Percent::whole)).unwrap()[..2], [0, 0]);
    let (_, checked) = load(text, "x");
    let bots = checked.summary.unwrap().bots;
    assert!((bots[0].percent.unwrap().value() - 50.0).abs() < 1e-6, "a circle of one state is solved too");
    assert_eq!(solved.play(Policy::Best, 0), [Event::Chose(1)]);
}
