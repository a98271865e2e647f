//! What scores can be reached.

use super::{Check, Known, Summary, bots, ranking, smells};
use crate::conversation::{
    components::Components, graph::Edge, model::EndingKind, parse::Place, play::Event, solve::Part, solved::Solved,
};

/// Tells of circles whose rewards do not cancel out, in any competency.
pub(super) fn uneven(check: &mut Check<'_>, known: &Known) {
    let (scenario, graph) = (check.scenario, &known.graph);
    let whole = Part { graph, circles: &known.circles, allow: |_: &_| true };
    let mut told: Vec<Place> = Vec::new();
    for (competency, index) in scenario.competencies.iter().zip(0..) {
        let Err(at) = whole.potentials(&graph.ways.rewards(scenario, Some(index))) else {
            continue;
        };
        let place = check.way(&graph.ways, at.edge.way).map(|it| it.text);
        let place = place.unwrap_or_else(|| check.heading(graph.node(at.state)));
        if told.contains(&place) {
            continue;
        }
        told.push(place);
        let to = &scenario.node(graph.node(at.edge.to as usize)).id;
        check
            .found
            .error("uneven-circle", place, format!("going round through `{to}` again and again changes the score in `{}`", competency.id))
            .advise("nothing stops a learner from going round; let a variable count it, lead on instead of back, or rate the whole circle 0");
    }
}

/// Tells of marks that cannot be reached and of play that wins without thinking.
pub(super) fn check(check: &mut Check<'_>, known: &Known, solved: &Solved) -> Summary {
    let (best, worst) = solved.range();
    let best_events = solved.best_run();
    let mut bots = Vec::new();
    if best == worst {
        check
            .found
            .warning("unscored", check.places.front, "every run has the same score")
            .advise("rate choices differently: `rate: acknowledge 2`");
    } else {
        reachable(check, known, solved);
        flat(check, known, solved);
        best_run(check, solved, &best_events);
        ranking::check(check, known, solved);
        bots = bots::check(check, known, solved);
    }
    Summary {
        states: solved.states(),
        best,
        worst,
        pass: check.scenario.pass,
        best_run: texts(solved, &best_events),
        bots,
    }
}

/// The pass mark must be reachable at an ending in success, without a blocker.
fn reachable(check: &mut Check<'_>, known: &Known, solved: &Solved) {
    let (scenario, graph) = (check.scenario, &known.graph);
    let blocked = graph.ways.blocked(scenario);
    let clean = |edge: &Edge| !blocked[edge.way as usize];
    let circles = Components::new(graph, clean);
    let part = Part { graph, circles: &circles, allow: clean };
    let success = |state: usize| graph.ending(scenario, state) == Some(EndingKind::Success);
    let rewards = graph.ways.rewards(scenario, None);
    let Ok(potential) = part.potentials(&rewards) else {
        return;
    };
    let reached = part.values(&rewards, &potential, success).best_of_all();
    match reached.and_then(|points| solved.percent(points)) {
        None => {
            // Without any success at all that is already told.
            if (0..graph.len()).any(success) {
                check
                    .found
                    .error(
                        "pass-out-of-reach",
                        check.places.pass,
                        "no ending in success can be reached without a blocker",
                    )
                    .advise("let one way to success do without a `blocker:`");
            }
        }
        Some(percent) if percent.value() + 1e-9 < f64::from(scenario.pass) => {
            check
                .found
                .error(
                    "pass-out-of-reach",
                    check.places.pass,
                    format!(
                        "at most {} of 100 can be reached in success and without a blocker, less than the pass mark",
                        percent.whole()
                    ),
                )
                .advise("lower `pass:`, or let the best choices lead to success");
        }
        Some(_) => {}
    }
}

/// Tells of competencies in which every run comes out the same. With hardly any decision that is already told.
fn flat(check: &mut Check<'_>, known: &Known, solved: &Solved) {
    let decisions = smells::decisions(check, &known.graph.ways, &known.usage);
    for (at, (best, worst)) in solved.spans.iter().enumerate() {
        if best == worst && decisions[at] >= 2 {
            let place = check.places.competencies.get(at).copied().unwrap_or_default();
            let id = &check.scenario.competencies[at].id;
            check
                .found
                .warning("flat-competency", place, format!("every run has the same score in `{id}`"))
                .advise("what one decision gives another takes away; rate them so that runs differ, or leave it out");
        }
    }
}

fn best_run(check: &mut Check<'_>, solved: &Solved, events: &[Event]) {
    let Ok(score) = solved.score(events) else {
        return;
    };
    if !score.blockers.is_empty() || score.ending != EndingKind::Success {
        check
            .found
            .warning("best-run-fails", check.places.pass, "the run with the most points does not pass")
            .advise("it meets a blocker or does not end in success; its ratings praise what the rules forbid");
    }
}

/// What is said in a run.
fn texts(solved: &Solved, events: &[Event]) -> Vec<String> {
    let scenario = solved.scenario();
    let mut state = match crate::conversation::play::State::start(scenario) {
        Ok(state) => state,
        Err(_) => return Vec::new(),
    };
    let mut texts = Vec::new();
    for event in events {
        let node = scenario.node(state.node);
        let text = match event {
            Event::Chose(index) => node.choices()[usize::from(*index)].text.clone(),
            Event::TimedOut => "(silence)".to_owned(),
        };
        texts.push(format!("{}: {text}", node.id));
        if state.apply(scenario, *event).is_err() {
            break;
        }
    }
    texts
}
