//! Checks conversations: `cargo run -p domain --features authoring --example check -- FILE…`

use domain::{conversation, diagnostic::has_errors};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut bad = false;
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("which files?");
        return ExitCode::from(2);
    }
    for file in files {
        let source = match std::fs::read_to_string(&file) {
            Ok(source) => source,
            Err(why) => {
                eprintln!("{file}: {why}");
                bad = true;
                continue;
            }
        };
        let (scenario, checked) = conversation::load(&source, &file);
        for found in &checked.diagnostics {
            println!("{}", found.render());
        }
        bad |= has_errors(&checked.diagnostics);
        if let (Some(scenario), Some(summary)) = (&scenario, &checked.summary) {
            println!("{file}: {}", scenario.title);
            println!(
                "  {} nodes, {} states, points {} to {}, pass {}",
                scenario.nodes.len(),
                summary.states,
                summary.worst,
                summary.best,
                summary.pass
            );
            for bot in &summary.bots {
                let score = bot
                    .percent
                    .map_or_else(|| "never ends".to_owned(), |it| it.to_string());
                let share = bot
                    .share
                    .map(|it| format!(", {it} of runs pass"))
                    .unwrap_or_default();
                let verdict = if bot.passes { "PASSES" } else { "fails" };
                println!("  {:<15} {score}, {verdict}{share}", bot.name);
            }
            println!("  best run:");
            for said in &summary.best_run {
                println!("    {said}");
            }
        }
        if conversation::format(&source, &file).is_ok_and(|formatted| formatted != source) {
            println!("{file}: not laid out canonically (no error)");
        }
    }
    ExitCode::from(u8::from(bad))
}
