//! Runs plans: what was scripted against what happens.

use super::{Plan, PlanLine, Play, What, plain};
use crate::{
    conversation::{
        condition::Comparison,
        model::{Line, Scenario},
        parse::{DONE, lines, piece::Findings},
        play::{Event, State, Trail},
        score::Score,
        solved::Solved,
    },
    diagnostic::Diagnostic,
    percent::Percent,
    slug::Slug,
    source::nearest,
};

/// How much of a choice or a line is shown in advice, in characters.
const SHOWN: usize = 48;

/// Why a step cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diverged {
    /// The code of the finding.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What could have been done instead.
    pub instead: String,
}

/// Runs every play of a plan. Each that comes to something else than it says gives an error at its place, with what was
/// offered instead.
#[must_use]
pub fn run_plan(solved: &Solved, plan: &Plan) -> Vec<Diagnostic> {
    let lines = lines(&plan.source);
    let mut found = Findings::new(&plan.path, &lines);
    for play in &plan.plays {
        run(solved, play, &mut found);
    }
    found.into_list()
}

fn run(solved: &Solved, play: &Play, found: &mut Findings<'_>) {
    let scenario = solved.scenario();
    let Ok(mut state) = State::start(scenario) else { return };
    let mut events = Vec::new();
    for line in &play.lines {
        let went = match &line.what {
            What::Hear(speaker, words) => {
                hear(scenario, &state, speaker, words, line, found);
                continue;
            }
            what if what.is_step() => follow(scenario, &state, what),
            _ => continue,
        };
        let went = went.and_then(|event| match state.apply(scenario, event) {
            Ok(()) => Ok(event),
            Err(why) => Err(Diverged { code: "plan-diverges", message: why.why.to_string(), instead: String::new() }),
        });
        match went {
            Ok(event) => events.push(event),
            Err(Diverged { code, message, instead }) => {
                let message = format!("`{}` cannot go on at `{}`: {message}", play.name, node(scenario, &state));
                let problem = found.error(code, line.place, message);
                if !instead.is_empty() {
                    problem.advise(instead);
                }
                return;
            }
        }
    }
    if state.ending(scenario).is_none() {
        let message = format!("`{}` stops at `{}`, before an ending", play.name, node(scenario, &state));
        found.error("plan-unfinished", play.place, message).advise_with(|| offered(scenario, &state));
    } else if let Ok(score) = solved.score(&events) {
        judge(&score, play, found);
    }
}

fn node<'s>(scenario: &'s Scenario, state: &State) -> &'s Slug {
    &scenario.node(state.node).id
}

/// The event that a step means in this state.
///
/// # Errors
/// [`Diverged`] when there is none: nothing offered begins so, several do, or the play is elsewhere or over.
pub fn follow(scenario: &Scenario, state: &State, step: &What) -> Result<Event, Diverged> {
    let here = scenario.node(state.node);
    let diverged = |code, message: String| Err(Diverged { code, message, instead: offered(scenario, state) });
    if state.ending(scenario).is_some() {
        return diverged("plan-overruns", "the conversation is over".to_owned());
    }
    match step {
        What::Silence if here.timer().is_some() => Ok(Event::TimedOut),
        What::Silence => diverged("plan-diverges", "there is no timer that could run out".to_owned()),
        What::Pick(Some(node), _) if *node != here.id => {
            diverged("plan-diverges", format!("the plan expects to be at `{node}`"))
        }
        What::Pick(_, number) => match here.offered(&state.values).find(|(index, _)| *index + 1 == *number) {
            Some((index, _)) => Ok(Event::Chose(index)),
            None if usize::from(*number) <= here.choices().len() => {
                diverged("plan-diverges", format!("choice #{number} is not offered now"))
            }
            None => diverged("plan-diverges", format!("there is no choice #{number}")),
        },
        What::Say(words) => {
            // Whoever copies a line from the conversation copies what it begins with.
            let words = words.strip_prefix(DONE).map_or(words.as_str(), str::trim_start);
            let begun = words.trim_end_matches(['…', '.']).trim_end();
            let begun = if words.ends_with("...") || words.ends_with('…') { begun } else { words };
            let fitting: Vec<_> =
                here.offered(&state.values).filter(|(_, choice)| plain(&choice.text).starts_with(begun)).collect();
            let whole = fitting.iter().find(|(_, choice)| plain(&choice.text) == words);
            match (whole, fitting.as_slice()) {
                (Some((index, _)), _) | (None, [(index, _)]) => Ok(Event::Chose(*index)),
                (None, []) => diverged("plan-diverges", format!("nothing offered begins with “{}”", cut(words))),
                (None, several) => {
                    diverged("plan-ambiguous", format!("{} choices begin with “{}”", several.len(), cut(words)))
                }
            }
        }
        _ => diverged("plan-diverges", "this is no step".to_owned()),
    }
}

/// What can be done in a state, for advice.
fn offered(scenario: &Scenario, state: &State) -> String {
    let here = scenario.node(state.node);
    let mut ways: Vec<String> =
        here.offered(&state.values).map(|(index, choice)| format!("#{} “{}”", index + 1, cut(&choice.text))).collect();
    if here.timer().is_some() {
        ways.push("(silence)".to_owned());
    }
    if ways.is_empty() { "end the play here".to_owned() } else { format!("offered are {}", ways.join(", ")) }
}

fn cut(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// Whether the words were said since the last step.
fn hear(scenario: &Scenario, state: &State, speaker: &str, words: &str, line: &PlanLine, found: &mut Findings<'_>) {
    let nobody = matches!(speaker, "note" | "hold");
    let who = scenario.parties.iter().position(|party| party.first_name() == speaker || party.name == speaker);
    if who.is_none() && !nobody {
        let known = scenario.parties.iter().map(|party| party.first_name()).chain(["note", "hold"]);
        let problem = found.error("unknown-speaker", line.place, format!("nobody here is called `{speaker}`"));
        if let Some(near) = nearest(speaker, known) {
            problem.advise(format!("did you mean `{near}`?"));
        }
        return;
    }
    let reached = state.trail.iter().rev().map_while(|step| match step {
        Trail::Reached(node) => Some(*node),
        Trail::Took(..) => None,
    });
    let mut nodes: Vec<_> = reached.collect();
    nodes.reverse();
    let said: Vec<&Line> = nodes.iter().flat_map(|node| &scenario.node(*node).lines).collect();
    let begun = words.trim_end_matches('…').trim_end();
    let by = |line: &Line| match line.speaker {
        Some(index) => who == Some(usize::from(index)),
        None => nobody && (speaker == "hold") == line.hold.is_some(),
    };
    if said.iter().any(|line| by(line) && plain(&line.text).contains(begun)) {
        return;
    }
    let name = |line: &Line| match line.speaker {
        Some(index) => scenario.parties[usize::from(index)].first_name().to_owned(),
        None => if line.hold.is_some() { "hold" } else { "note" }.to_owned(),
    };
    let shown: Vec<String> = said.iter().map(|line| format!("`{}: {}`", name(line), cut(&line.text))).collect();
    let message = format!("`{speaker}` does not say “{}” here", cut(words));
    found.error("plan-unheard", line.place, message).advise(if shown.is_empty() {
        "nothing is said here".to_owned()
    } else {
        format!("said was {}", shown.join(", "))
    });
}

/// Whether the play came to what was expected.
fn judge(score: &Score, play: &Play, found: &mut Findings<'_>) {
    for line in &play.lines {
        let name = &play.name;
        let place = line.place;
        match &line.what {
            What::Score(is, points) if !score.percent.is_some_and(|percent| compares(percent, *is, *points)) => {
                let got = score.percent.map_or("no score".to_owned(), |it| format!("a score of {}", it.whole()));
                found
                    .error("plan-score", place, format!("`{name}` comes to {got}"))
                    .advise("if the new score is right, write it here; else a rating changed that should not have");
            }
            What::Outcome(kind) if *kind != score.ending => {
                let message = format!("`{name}` ends in `{}`, not in `{}`", score.ending.word(), kind.word());
                found.error("plan-outcome", place, message);
            }
            What::Passes(passes) if *passes != score.passed => {
                let message = format!("`{name}` {}", if score.passed { "passes" } else { "does not pass" });
                found
                    .error("plan-passes", place, message)
                    .advise("a play passes when it ends in success, meets no blocker and reaches the pass mark");
            }
            What::Blockers(expected) => {
                let mut met = score.blockers.clone();
                met.sort();
                if met != *expected {
                    let names: Vec<&str> = met.iter().map(Slug::as_str).collect();
                    let names = if names.is_empty() { "no blocker".to_owned() } else { names.join(", ") };
                    found.error("plan-blockers", place, format!("`{name}` meets {names}"));
                }
            }
            _ => {}
        }
    }
}

/// Compares as people read scores: equal means equal in whole points; otherwise nothing is rounded.
fn compares(percent: Percent, is: Comparison, points: u8) -> bool {
    const SLACK: f64 = 1e-9;
    let (value, mark) = (percent.value(), f64::from(points));
    let equal = i64::from(percent.whole()) == i64::from(points);
    match is {
        Comparison::Equal => equal,
        Comparison::NotEqual => !equal,
        Comparison::Less => value < mark - SLACK,
        Comparison::AtMost => value <= mark + SLACK,
        Comparison::Greater => value > mark + SLACK,
        Comparison::AtLeast => value >= mark - SLACK,
    }
}
