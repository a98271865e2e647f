//! How well the rules for free text find what they should: `phrasing/RULE.txt` beside this file, and sentences written by somebody
//! who had not seen the rules in `phrasing-held-back/RULE.txt`. With `--nocapture` the table is printed, and what is missed of the
//! former; of the latter only figures, so that nobody fits the rules to them.
//!
//! A held-back sentence that the own ones have too, but for case and signs, is left out: stock phrases occur to everybody.
//!
//! A line is `+ text` (the rule must find something) or `- text` (it must not), with marks in square brackets before the text:
//! `[private]`, `[they: what the other side said]`, `[secrets: a; b]`. A line `= marks` gives marks to the lines after it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use domain::phrasing::{Context, RuleId, Rules};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The folder of the sentences that the rules were written with.
const OWN: &str = "phrasing";
/// What the rules reach on the sentences they were written with.
const WANTED: f64 = 0.95;

#[derive(Debug, Default, Clone)]
struct Marks {
    private: bool,
    secrets: Vec<String>,
    said: Vec<String>,
}

#[derive(Debug)]
struct Case {
    found: bool,
    text: String,
    marks: Marks,
    line: usize,
}

fn marks(mut text: &str, marks: &mut Marks) -> String {
    while let Some((inner, rest)) = text.trim_start().strip_prefix('[').and_then(|it| it.split_once(']')) {
        let (name, value) = inner.split_once(':').unwrap_or((inner, ""));
        match name.trim() {
            "private" => marks.private = true,
            "they" => marks.said.push(value.trim().to_owned()),
            "secrets" => marks.secrets.extend(value.split(';').map(|it| it.trim().to_owned())),
            "public" => marks.private = false,
            _ => break,
        }
        text = rest;
    }
    text.trim().to_owned()
}

fn cases(path: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut shared = Marks::default();
    for (line, text) in fs::read_to_string(path).unwrap_or_default().lines().enumerate() {
        let Some((sign, rest)) = text.trim().split_at_checked(1) else { continue };
        let mut own = shared.clone();
        match sign {
            "#" => {}
            "=" => {
                shared = Marks::default();
                marks(rest, &mut shared);
            }
            "+" | "-" => {
                let text = marks(rest, &mut own);
                cases.push(Case { found: sign == "+", text, marks: own, line: line + 1 });
            }
            _ => panic!("{}:{}: a line begins with `+`, `-`, `=` or `#`", path.display(), line + 1),
        }
    }
    cases
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    missed: usize,
    wrong: usize,
    silent: usize,
}

impl Tally {
    fn count(self) -> usize {
        self.right + self.missed + self.wrong + self.silent
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
        self.silent += other.silent;
    }

    fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

fn path(rule: RuleId, folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder).join(format!("{rule}.txt"))
}

/// The words of a text, however they are written.
fn words(text: &str) -> String {
    let text = text.to_lowercase().replace('’', "'");
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '\'').filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn texts(rule: RuleId, folder: &str) -> BTreeSet<String> {
    cases(&path(rule, folder)).iter().map(|case| words(&case.text)).collect()
}

fn judge(rules: &Rules, rule: RuleId, folder: &str, misses: &mut Vec<String>) -> Option<Tally> {
    let path = path(rule, folder);
    if !path.exists() {
        return None;
    }
    let known: BTreeSet<String> = if folder == OWN { BTreeSet::new() } else { texts(rule, OWN) };
    let mut tally = Tally::default();
    for case in cases(&path).into_iter().filter(|case| !known.contains(&words(&case.text))) {
        let secrets: Vec<&str> = case.marks.secrets.iter().map(String::as_str).collect();
        let said: Vec<&str> = case.marks.said.iter().map(String::as_str).collect();
        let context = Context { public: !case.marks.private, secrets: &secrets, said: &said };
        let reading = rules.read(&case.text, &context);
        let place = format!("{folder}/{rule}.txt:{}", case.line);
        let words = reading.findings.iter().filter(|it| it.rule == rule).flat_map(|it| &it.spans);
        let words: Vec<&str> = words.map(|it| &case.text[it.clone()]).collect();
        match (case.found, reading.has(rule)) {
            (true, true) => tally.right += 1,
            (false, false) => tally.silent += 1,
            (true, false) => {
                tally.missed += 1;
                misses.push(format!("{place}: missed in `{}`", case.text));
            }
            (false, true) => {
                tally.wrong += 1;
                misses.push(format!("{place}: wrongly found {words:?} in `{}`", case.text));
            }
        }
    }
    Some(tally)
}

#[test]
fn finds_what_it_should() {
    let rules = Rules::for_language("en").unwrap();
    let (mut misses, mut poor) = (Vec::new(), Vec::new());
    println!("{:<30} {:>22} {:>22}", "rule", "own: n, prec., recall", "held back: the same");
    let mut together = Tally::default();
    for rule in RuleId::ALL {
        let own = judge(&rules, rule, OWN, &mut misses).unwrap_or_default();
        let held = judge(&rules, rule, "phrasing-held-back", &mut Vec::new());
        if let Some(held) = &held {
            together.add(held);
        }
        let row = |it: Tally| format!("{} {:.2} {:.2}", it.count(), it.precision(), it.recall());
        println!("{:<30} {:>22} {:>22}", rule.name(), row(own), held.map_or("–".to_owned(), row));
        let few = own.right + own.missed < 20 || own.silent + own.wrong < 20;
        if own.precision() < WANTED || own.recall() < WANTED || few {
            poor.push(rule.name());
        }
    }
    let (precision, recall) = (together.precision(), together.recall());
    println!("{:<30} {:>22} {:>22}", "together", "", format!("{} {precision:.2} {recall:.2}", together.count()));
    for miss in &misses {
        println!("{miss}");
    }
    assert!(poor.is_empty(), "below {WANTED} or under 20 sentences of a sort: {poor:?}");
}
