//! How well the meaning of own words is told, measured on the shipped conversations whose reply is free: each example left out once,
//! the examples of other conversations, and the held-back sentences of `phrasing-held-back`, which were written for no turn at all.
//! With `--nocapture` the figures are printed, and never the held-back sentences.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::{
    conversation::{
        model::{Choice, Exit, Reply},
        parse,
    },
    phrasing::{Intents, Verdict},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The intentions of one turn, each with its examples.
type Turn = Vec<Vec<String>>;

fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, into);
        } else if path.extension().is_some_and(|it| it == ending) {
            into.push(path);
        }
    }
    into.sort();
}

fn turns() -> Vec<Turn> {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses"), "conversation", &mut paths);
    let scenarios = paths.iter().filter_map(|path| parse(&fs::read_to_string(path).unwrap(), "x").scenario);
    let nodes = scenarios.flat_map(|scenario| scenario.nodes).filter(|node| node.reply == Reply::Free);
    nodes
        .map(|node| {
            let examples = |choice: &Choice| std::iter::once(&choice.text).chain(&choice.says).cloned().collect();
            match &node.exit {
                Exit::Choices { choices, .. } => choices.iter().map(examples).collect(),
                _ => Vec::new(),
            }
        })
        .collect()
}

/// What is proposed for a text, with one example left out if need be.
fn propose(turn: &Turn, left_out: Option<(usize, usize)>, text: &str) -> (Option<usize>, Verdict) {
    let kept: Vec<(String, Vec<&str>)> = turn
        .iter()
        .enumerate()
        .map(|(intent, examples)| {
            let kept = examples.iter().enumerate().filter(|(at, _)| left_out != Some((intent, *at)));
            (intent.to_string(), kept.map(|(_, text)| text.as_str()).collect())
        })
        .collect();
    let intents: Vec<(&str, &[&str])> = kept.iter().map(|(id, texts)| (id.as_str(), texts.as_slice())).collect();
    let proposals = Intents::new(&intents).propose(text);
    (proposals.first().and_then(|it| it.id.parse().ok()), Intents::verdict(&proposals))
}

#[derive(Default)]
struct Tally {
    all: usize,
    first: usize,
    right: usize,
    wrong: usize,
    refused: usize,
}

impl Tally {
    fn add(&mut self, meant: Option<usize>, (first, verdict): (Option<usize>, Verdict)) {
        let hit = first.is_some() && first == meant;
        self.all += 1;
        self.first += usize::from(hit);
        self.right += usize::from(hit && verdict == Verdict::Clear);
        self.wrong += usize::from(!hit && verdict == Verdict::Clear);
        self.refused += usize::from(verdict == Verdict::Nothing);
    }

    fn share(count: usize, of: usize) -> f64 {
        count as f64 / of.max(1) as f64
    }
}

#[test]
fn own_words_are_told_and_foreign_ones_left() {
    let turns = turns();
    assert!(turns.len() >= 3, "{} turns", turns.len());
    let mut own = Tally::default();
    for turn in &turns {
        for (intent, examples) in turn.iter().enumerate() {
            for (at, text) in examples.iter().enumerate() {
                own.add(Some(intent), propose(turn, Some((intent, at)), text));
            }
        }
    }
    let (precision, recall) = (Tally::share(own.right, own.right + own.wrong), Tally::share(own.right, own.all));
    let abstention = Tally::share(own.all - own.right - own.wrong, own.all);
    println!(
        "own: {} sentences, {} first, precision {precision:.2}, recall {recall:.2}, abstention {abstention:.2}",
        own.all, own.first
    );
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/phrasing-held-back"), "txt", &mut paths);
    let mut held = Tally::default();
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix(['+', '-'])) {
            let line = line.rsplit("] ").next().unwrap_or_default();
            turns.iter().for_each(|turn| held.add(None, propose(turn, None, line)));
        }
    }
    let clear = Tally::share(held.wrong, held.all);
    let refused = Tally::share(held.refused, held.all);
    println!("held back: {} readings, nothing proposed {refused:.2}, clearly read {clear:.2}", held.all);
    assert!(precision >= 0.95, "{precision}");
    assert!(recall >= 0.75, "{recall}");
}
