//! How the conversation engine and its checker fare with scenarios far larger than people write:
//! `cargo bench -p domain --features authoring --bench conversation`.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use domain::{
    conversation::{self, Checked, Event, Scenario, Solved, check, no_facts, parse, replay, turn},
    diagnostic::Severity,
};
use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

fn main() {
    println!("Checking                                    states      time   processor   peak memory  outcome");
    checked("5000 nodes × 10000 combinations", &wide());
    checked("50 topics × 10000 combinations × 2", &deep());
    println!("\nTaking a turn                            going on   from the beginning");
    let looping = read(&looping());
    for length in [10, 1_000, 100_000] {
        a_turn(&looping, length);
    }
    println!("\nWhat is shipped                             states      time");
    for path in shipped() {
        let source = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let started = Instant::now();
        let (_, checked) = conversation::load(&source, &name);
        println!("{name:<40} {:>9} {:>9}", states(&checked), shown(started.elapsed()));
    }
}

fn read(source: &str) -> Scenario {
    let parsed = parse(source, "bench.conversation");
    parsed.scenario.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics.first()))
}

fn checked(name: &str, source: &str) {
    let started = Instant::now();
    let parsed = parse(source, "bench.conversation");
    let reading = started.elapsed();
    let scenario = parsed.scenario.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics.first()));
    let reset = fs::write("/proc/self/clear_refs", "5").is_ok();
    let (started, busy_before) = (Instant::now(), busy());
    let checked = check(&scenario, &parsed.places);
    let time = started.elapsed();
    let busy = busy().zip(busy_before).map_or_else(|| "unknown".to_owned(), |(now, before)| shown(now - before));
    let peak = peak().filter(|_| reset).map_or_else(|| "unknown".to_owned(), |bytes| format!("{} MB", bytes >> 20));
    let errors = checked.diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    let outcome = match (checked.proven, errors) {
        (false, _) => "not proven".to_owned(),
        (true, 0) => "proven".to_owned(),
        (true, errors) => format!("proven, {errors} errors: {}", checked.diagnostics[0].message),
    };
    println!("{name:<40} {:>9} {:>9} {busy:>11} {peak:>13}  {outcome}", states(&checked), shown(time));
    println!("{:<40} {:>9} {:>9}", "  its text, to read", "", shown(reading));
    if checked.proven {
        let started = Instant::now();
        let solved = Solved::new(&scenario).unwrap();
        println!("{:<40} {:>9} {:>9}", "  the same, to score with", solved.states(), shown(started.elapsed()));
    }
}

fn states(checked: &Checked) -> String {
    checked.summary.as_ref().map_or_else(|| "–".to_owned(), |it| it.states.to_string())
}

/// The most memory in use since it was last reset, where the system tells.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// How long this thread was on a processor, where the system tells: other than the time, it does not depend on what else
/// the machine does.
fn busy() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.2} s"),
        seconds if seconds >= 1e-3 => format!("{:.1} ms", seconds * 1e3),
        seconds => format!("{:.1} µs", seconds * 1e6),
    }
}

/// A turn after so many others: by whoever kept the state, and by whoever only has the events.
fn a_turn(scenario: &Scenario, length: usize) {
    const TURNS: u32 = 1_000;
    let events = vec![Event::Chose(0); length];
    let mut state = replay(scenario, &events).unwrap();
    state.forget();
    let started = Instant::now();
    for _ in 0..TURNS {
        state.apply(scenario, Event::Chose(0)).unwrap();
        black_box(turn(scenario, &state, 7, &no_facts));
        state.forget();
    }
    let going_on = started.elapsed() / TURNS;
    let started = Instant::now();
    let mut state = replay(scenario, &events).unwrap();
    state.apply(scenario, Event::Chose(0)).unwrap();
    black_box(turn(scenario, &state, 7, &no_facts));
    let whole = started.elapsed();
    println!("{:<40} {:>9} {:>12}", format!("after {length} events"), shown(going_on), shown(whole));
}

const FRONT: &str = "---\ntitle: Large\nyou: Sam\nthem: Dana\nvar a: 0..9 = 0\nvar b: 0..9 = 0\nvar c: 0..9 = 0\nvar d: 0..9 = 0\npass: 80\n---\n";
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// Nodes that lead on to nearby and far ones and move four variables up and down: up to 50 million states.
fn wide() -> String {
    const NODES: usize = 4_998;
    let mut out = FRONT.to_owned();
    for at in 0..NODES {
        let next = |step: usize| if at + step < NODES { format!("n{}", at + step) } else { "good".to_owned() };
        let (one, other) = (NAMES[at % 4], NAMES[(at / 4 + 1) % 4]);
        let _ = write!(out, "\n## n{at}\nDana: Line {at}.\n");
        let _ = write!(out, "\n- Raise it. -> {}\n  rate: care 1\n  effect: {one} +1\n  why: So.\n", next(1));
        let _ = write!(out, "- [{other} < 9] Raise the other. -> {}\n  effect: {other} +3\n  why: So.\n", next(2));
        let _ = write!(out, "- Lower it. -> {}\n  rate: care -1\n  effect: {one} -2\n  why: So.\n", next(7));
    }
    out.push_str("\n## good (end: success)\n\n## bad (end: failure)\n");
    out
}

/// Topics, each with a pause that one comes back from, and four variables that only rise: a million states, of which
/// every two are a circle, then two endings by what was raised.
fn deep() -> String {
    const TOPICS: usize = 50;
    let mut out = FRONT.to_owned();
    for at in 0..TOPICS {
        let next = if at + 1 < TOPICS { format!("topic-{}", at + 1) } else { "weighed".to_owned() };
        let _ = write!(out, "\n## topic-{at}\nDana: Topic {at}.\n\ntimer: 30s -> pause-{at}\n\n");
        let _ = write!(out, "- Let us leave that for now. -> {next}\n  rate: care -1\n  why: So.\n");
        for (name, rating) in NAMES.iter().zip(["care 1", "clarity 1", "care -1", "clarity -1"]) {
            let _ = write!(out, "- [{name} < 9] Raise {name}. -> topic-{at}\n  rate: {rating}\n  effect: {name} +1\n");
            let _ = writeln!(out, "  why: So.");
        }
        let _ = write!(
            out,
            "- Could you say that again? -> pause-{at}\n  why: So.\n- Go on. -> {next}\n  rate: care 1, clarity 1\n  why: So.\n"
        );
        let _ = write!(out, "\n## pause-{at}\nDana: As I said.\n\n- Right. -> topic-{at}\n  why: So.\n");
        let _ = write!(out, "- I do not follow you at all, and never did. -> {next}\n  rate: clarity -2\n  why: So.\n");
    }
    out.push_str("\n## weighed\n-> [a >= 5 and b >= 5 and c < 5] good\n-> bad\n\n## good (end: success)\n\n## bad (end: failure)\n");
    out
}

fn looping() -> String {
    let mut out = FRONT.replace("pass: 80\n", "");
    out.push_str("\n## opening\nDana: And then?\n\n- More. -> opening\n  effect: a +1\n  why: So.\n- [b < 9] Other. -> opening\n  effect: b +1\n  why: So.\n- Bye. -> good\n  why: So.\n\n## good (end: success)\nDana: Bye.\n");
    out
}

/// Every conversation under `courses/`.
fn shipped() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses")];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "conversation") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
