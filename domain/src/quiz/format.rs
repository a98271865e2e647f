//! Writing a quiz in its one normal form.

use super::model::{Item, Key, Layout, Quiz};
use std::fmt::Write as _;

/// The text of a quiz. Reading it back gives an equal quiz, and writing that again gives the same text.
#[must_use]
pub fn format(quiz: &Quiz) -> String {
    let attempts = quiz.attempts.map_or("unlimited".to_owned(), |most| most.to_string());
    let layout = match quiz.layout {
        Layout::One => "one",
        Layout::All => "all",
    };
    let shuffle = if quiz.shuffle { "yes" } else { "no" };
    let mut out = format!(
        "---\ntitle: {}\npass: {}\nattempts: {attempts}\nlayout: {layout}\nshuffle: {shuffle}\n---\n",
        quiz.title,
        quiz.pass.whole()
    );
    if !quiz.intro.is_empty() {
        let _ = writeln!(out, "{}", quiz.intro);
    }
    for item in &quiz.items {
        write_item(item, &mut out);
    }
    out
}

fn write_item(item: &Item, out: &mut String) {
    let _ = writeln!(out, "\n## {} ({})", item.id, item.kind.as_str());
    if let Some(competency) = &item.competency {
        let _ = writeln!(out, "competency: {competency}");
    }
    let _ = writeln!(out, "{}\n", item.stem);
    for option in &item.options {
        let mark = match option.key {
            Key::Right => "[x]".to_owned(),
            Key::Wrong => "[ ]".to_owned(),
            Key::Rated(rating) => format!("({})", rating.value()),
        };
        write_lines(out, &format!("- {mark} "), "  ", &option.text);
        if let Some(why) = &option.why {
            write_lines(out, "  why: ", "    ", why);
        }
    }
    if let Some(why) = &item.why {
        out.push('\n');
        write_lines(out, "why: ", "  ", why);
    }
}

fn write_lines(out: &mut String, first: &str, further: &str, text: &str) {
    for (index, line) in text.lines().enumerate() {
        out.push_str(if index == 0 { first } else { further });
        out.push_str(line);
        out.push('\n');
    }
}
