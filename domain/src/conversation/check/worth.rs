//! What scores can be reached.

use super::{Advise, Check, Summary, bots};
use crate::conversation::{
    components::Components,
    graph::{Edge, Graph},
    model::{EndingKind, Exit, Index, Outcome},
    parse::Place,
    play::Event,
    solve::Problem,
    solved::{Solved, worth},
};

/// Tells of circles whose rewards do not cancel out, in any competency.
pub(super) fn uneven(check: &mut Check<'_>, graph: &Graph) {
    let scenario = check.scenario;
    let circles = Components::new(graph, |_, _| true);
    let mut told: Vec<Place> = Vec::new();
    for (competency, index) in scenario.competencies.iter().zip(0..) {
        let reward = |from: usize, edge: &Edge| worth(scenario, graph.outcome(scenario, from, edge), Some(index));
        let problem = Problem { graph, circles: &circles, reward, allow: |_, _: &Edge| true };
        let Err(at) = problem.best(|_| true) else {
            continue;
        };
        let edge = graph.edges[at.state][at.edge];
        let node = graph.states[at.state].node;
        let place = place(check, node, &edge);
        if told.contains(&place) {
            continue;
        }
        told.push(place);
        let to = &scenario.node(graph.states[edge.to as usize].node).id;
        check
            .found
            .error("uneven-circle", place, format!("going round through `{to}` again and again changes the score in `{}`", competency.id))
            .advise("nothing stops a learner from going round; let a variable count it, lead on instead of back, or rate the whole circle 0");
    }
}

fn place(check: &Check<'_>, node: Index, edge: &Edge) -> Place {
    use crate::conversation::graph::Step;
    let places = check.places.nodes.get(usize::from(node));
    let found = places.and_then(|it| match edge.step {
        Step::Did(Event::Chose(choice)) => it.choices.get(usize::from(choice)),
        Step::Did(Event::TimedOut) => it.timer.as_ref(),
        Step::Jumped => it.jumps.first(),
    });
    found.map(|it| it.text).unwrap_or_else(|| check.heading(node))
}

/// Tells of marks that cannot be reached and of play that wins without thinking.
pub(super) fn check(check: &mut Check<'_>, solved: &Solved) -> Summary {
    let (best, worst) = solved.range();
    let best_events = solved.best_run();
    if best == worst {
        check
            .found
            .warning("unscored", check.places.front, "every run has the same score")
            .advise("rate choices differently: `rate: acknowledge 2`");
    } else {
        reachable(check, solved);
        best_run(check, solved, &best_events);
        best_blocked(check, solved);
        best_place(check, solved);
    }
    let bots = if best == worst { Vec::new() } else { bots::check(check, solved) };
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
fn reachable(check: &mut Check<'_>, solved: &Solved) {
    let scenario = check.scenario;
    let graph = &solved.graph;
    let clean = |from: usize, edge: &Edge| graph.outcome(scenario, from, edge).is_none_or(|it| it.blockers.is_empty());
    let circles = Components::new(graph, clean);
    let reward = |from: usize, edge: &Edge| worth(scenario, graph.outcome(scenario, from, edge), None);
    let problem = Problem { graph, circles: &circles, reward, allow: clean };
    let success = |state: usize| {
        let exit = &scenario.node(graph.states[state].node).exit;
        matches!(exit, Exit::End(ending) if ending.kind == EndingKind::Success)
    };
    let Ok(value) = problem.best(success) else {
        return;
    };
    let reached = value[0].and_then(|points| solved.percent(points));
    match reached {
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

/// The debrief names the best choice as the better answer: it should not be one that can never pass.
fn best_blocked(check: &mut Check<'_>, solved: &Solved) {
    let mut told: Vec<(Index, Index)> = Vec::new();
    for (state, at) in solved.graph.states.iter().enumerate() {
        let Some(Event::Chose(choice)) = solved.ranked(state).first().map(|top| top.event) else {
            continue;
        };
        let outcome = check.scenario.taken(at.node, Event::Chose(choice));
        if outcome.is_some_and(|it| !it.blockers.is_empty()) && !told.contains(&(at.node, choice)) {
            told.push((at.node, choice));
            check
                .found
                .warning(
                    "best-is-blocked",
                    check.choice(at.node, usize::from(choice)),
                    "this choice meets a blocker and yet has the most points",
                )
                .advise("the debrief would name it as the better answer; rate it lower, or another one higher");
        }
    }
}

/// Whether the best choice gives itself away by its place or its length.
fn best_place(check: &mut Check<'_>, solved: &Solved) {
    let scenario = check.scenario;
    let (mut decisions, mut first, mut longest) = (0, 0, 0);
    let mut by_node: Vec<Option<(bool, bool)>> = vec![None; scenario.nodes.len()];
    for (state, at) in solved.graph.states.iter().enumerate() {
        let node = scenario.node(at.node);
        let offered: Vec<Index> = node.offered(&at.values).map(|(index, _)| index).collect();
        let ranked = solved.ranked(state);
        let Some(top) = ranked.first() else { continue };
        // Where everything is equally good there is no best choice to betray.
        if offered.len() < 2 || ranked.iter().all(|it| it.value == top.value) {
            continue;
        }
        let best = |index: Index| ranked.iter().any(|it| it.event == Event::Chose(index) && it.value == top.value);
        let length = |index: &Index| node.choices()[usize::from(*index)].text.chars().count();
        let longest = offered.iter().copied().max_by_key(|index| (length(index), std::cmp::Reverse(*index)));
        let now = (best(offered[0]), longest.is_some_and(best));
        let seen = by_node[usize::from(at.node)].get_or_insert((true, true));
        *seen = (seen.0 && now.0, seen.1 && now.1);
    }
    for (is_first, is_longest) in by_node.into_iter().flatten() {
        decisions += 1;
        first += usize::from(is_first);
        longest += usize::from(is_longest);
    }
    for (count, code, what, advice) in [
        (first, "best-is-first", "first", "learners see them shuffled, but put the best one elsewhere now and then"),
        (
            longest,
            "best-is-longest",
            "longest",
            "learners soon notice; shorten good answers, and give bad ones more words",
        ),
    ] {
        // Three in four by chance is rare enough to be a habit.
        if decisions >= 4 && count * 4 >= decisions * 3 {
            check
                .found
                .warning(
                    code,
                    check.places.front,
                    format!("the best choice is the {what} one in {count} of {decisions} decisions"),
                )
                .advise(advice);
        }
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

/// Whether a run that met these outcomes is spoilt.
pub(super) fn blocked<'o>(mut outcomes: impl Iterator<Item = &'o Outcome>) -> bool {
    outcomes.any(|it| !it.blockers.is_empty())
}
