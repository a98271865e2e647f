//! What must hold of every input.

use domain::{
    conversation::{
        self, Imported, Scenario, Solved, format_plan,
        model::{Domain, Exit},
        parse, parse_plan, run_plan,
    },
    diagnostic::{Diagnostic, has_errors},
};
use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::OnceLock,
};

/// Reading, laying out, checking and hashing agree with each other.
pub fn conversation(text: &str) -> Result<u64, String> {
    let parsed = parse(text, "x");
    within(text, &parsed.diagnostics)?;
    let formatted = conversation::format(text, "x");
    if parsed.scenario.is_some() == has_errors(&parsed.diagnostics) {
        return Err("a scenario with errors, or none without".to_owned());
    }
    let Some(scenario) = parsed.scenario else {
        return if formatted.is_err() {
            Ok(shape(&parsed.diagnostics, &[]))
        } else {
            Err("laid out, but not read".to_owned())
        };
    };
    let tidy = formatted.map_err(|found| format!("read, but not laid out: {found:?}"))?;
    let again = parse(&tidy, "x");
    if again.scenario.as_ref() != Some(&scenario) {
        return Err(format!("laying out changes what it means:\n{tidy}\n{:?}", again.diagnostics));
    }
    let twice = conversation::format(&tidy, "x").map_err(|found| format!("laid out, then not: {found:?}\n{tidy}"))?;
    if twice != tidy {
        return Err(format!("laying out twice changes it again:\n{tidy}\n=====\n{twice}"));
    }
    let json = scenario.canonical().map_err(|why| why.to_string())?;
    let back: Scenario = serde_json::from_str(&json).map_err(|why| format!("its JSON is refused: {why}\n{json}"))?;
    if back != scenario {
        return Err(format!("its JSON means something else:\n{json}"));
    }
    let mut diagnostics = parsed.diagnostics;
    if states(&scenario) <= 5_000 {
        diagnostics = conversation::load(text, "x").1.diagnostics;
        within(text, &diagnostics)?;
    }
    let choices = |exit: &Exit| if let Exit::Choices { choices, .. } = exit { choices.len() } else { 0 };
    let choices = scenario.nodes.iter().map(|node| choices(&node.exit)).sum();
    Ok(shape(&diagnostics, &[scenario.nodes.len(), choices, scenario.variables.len(), scenario.parties.len()]))
}

/// Plans read and laid out agree, and any plan can be run.
pub fn plan(text: &str) -> Result<u64, String> {
    static SOLVED: OnceLock<Option<Solved>> = OnceLock::new();
    let lamp = include_str!("../../../domain/tests/late-lamp.conversation");
    let solved = SOLVED.get_or_init(|| parse(lamp, "x").scenario.and_then(|scenario| Solved::new(&scenario).ok()));
    let parsed = parse_plan(text, "x");
    within(text, &parsed.diagnostics)?;
    let formatted = format_plan(text, "x");
    let Some(plan) = parsed.plan else {
        return if formatted.is_err() {
            Ok(shape(&parsed.diagnostics, &[]))
        } else {
            Err("laid out, but not read".to_owned())
        };
    };
    let tidy = formatted.map_err(|found| format!("read, but not laid out: {found:?}"))?;
    let twice = format_plan(&tidy, "x").map_err(|found| format!("laid out, then not: {found:?}\n{tidy}"))?;
    if twice != tidy {
        return Err(format!("laying out twice changes it again:\n{tidy}\n=====\n{twice}"));
    }
    let solved = solved.as_ref().ok_or("the late lamp cannot be solved")?;
    let found = run_plan(solved, &plan);
    within(text, &found)?;
    Ok(shape(&found, &[plan.plays.len(), plan.plays.iter().map(|play| play.lines.len()).sum()]))
}

/// At most how many states there are: checking them all takes its time.
fn states(scenario: &Scenario) -> usize {
    let values = scenario.variables.iter().map(|variable| match &variable.domain {
        Domain::Range { min, max } => usize::try_from(max - min).unwrap_or(0) + 1,
        Domain::YesNo => 2,
        Domain::OneOf(words) => words.len(),
    });
    values.fold(scenario.nodes.len(), usize::saturating_mul)
}

/// An import names places in its source, and its draft can be read and lacks a key.
pub fn imported(text: &str, story: &Imported) -> Result<u64, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    within(&text, &story.diagnostics)?;
    let lines = text.split('\n').count();
    let inside = |line: u32| (1..=lines).contains(&usize::try_from(line).unwrap_or(0));
    if let Some(it) = story.unconverted.iter().find(|it| !inside(it.line)) {
        return Err(format!("there is no such line: {it:?}"));
    }
    if let Some(it) = story.passages.iter().find(|it| !inside(it.line)) {
        return Err(format!("there is no such line: {it:?}"));
    }
    if has_errors(&story.diagnostics) != story.passages.is_empty() {
        return Err("passages and errors, or neither".to_owned());
    }
    let draft = story.draft();
    if conversation::format(&draft, "x").is_err() && story.passages.len() < 200 {
        return Err(format!("the draft cannot be read: {:?}\n{draft}", parse(&draft, "x").diagnostics));
    }
    if story.passages.len() < 200 && conversation::load(&draft, "x").1.is_sound() {
        return Err(format!("the draft could be published:\n{draft}"));
    }
    let kinds: BTreeSet<&str> =
        story.unconverted.iter().filter_map(|it| it.what.split([' ', '(', '<', '{']).next()).take(50).collect();
    let links = story.passages.iter().map(|passage| passage.links.len()).sum();
    let mut hasher = DefaultHasher::new();
    shape(&story.diagnostics, &[story.passages.len(), links]).hash(&mut hasher);
    kinds.hash(&mut hasher);
    Ok(hasher.finish())
}

/// Every finding is about a place that is there.
fn within(text: &str, diagnostics: &[Diagnostic]) -> Result<(), String> {
    let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').collect();
    for found in diagnostics {
        let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (line, column, length) = (size(found.span.line), size(found.span.column), size(found.span.length));
        let width = line.checked_sub(1).and_then(|line| lines.get(line)).map(|line| line.chars().count());
        // An empty place is shown one wide, behind the line if need be.
        let good = match width {
            None => line == 0,
            Some(_) if column == 0 => true,
            Some(width) => length >= 1 && column <= width + 1 && column - 1 + length <= width.max(column),
        };
        if !good {
            return Err(format!("a finding lies outside of the file: {found:?}"));
        }
        let _ = found.render();
    }
    Ok(())
}

/// What was found, and roughly how large it is.
fn shape(diagnostics: &[Diagnostic], sizes: &[usize]) -> u64 {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|found| found.code).collect();
    let mut hasher = DefaultHasher::new();
    codes.hash(&mut hasher);
    for size in sizes {
        size.next_power_of_two().hash(&mut hasher);
    }
    hasher.finish()
}
