//! Checks conversations: `cargo run -p domain --features authoring --example check -- [--format] FILE…`
//!
//! With `--format` files that can be read are also laid out canonically, in place.

use domain::{conversation, diagnostic::has_errors};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut bad = false;
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let layout = files.first().is_some_and(|first| first == "--format");
    if layout {
        files.remove(0);
    }
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
                let score = bot.percent.map_or_else(|| "never ends".to_owned(), |it| it.to_string());
                let share = bot.share.map(|it| format!(", {it} of runs pass")).unwrap_or_default();
                let verdict = if bot.passes { "PASSES" } else { "fails" };
                println!("  {:<15} {score}, {verdict}{share}", bot.name);
            }
            println!("  best run:");
            for said in &summary.best_run {
                println!("    {said}");
            }
        }
        match conversation::format(&source, &file) {
            Ok(formatted) if formatted == source => {}
            Ok(formatted) if layout => match std::fs::write(&file, formatted) {
                Ok(()) => println!("{file}: laid out"),
                Err(why) => {
                    eprintln!("{file}: {why}");
                    bad = true;
                }
            },
            Ok(_) => println!("{file}: not laid out canonically (no error)"),
            Err(_) => {}
        }
    }
    ExitCode::from(u8::from(bad))
}
