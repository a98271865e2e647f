//! No authored text of the greatest size takes long to check or to show, and no check lists more than can be read.
//!
//! Time is the computing time of this thread, so that a busy machine does not matter, and it is compared with a fixed piece
//! of work, so that a slow machine or a build without optimisation does not matter: a second is a hundred times what the
//! work takes, which is ten milliseconds in an optimised build on an ordinary machine.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::{
    conversation::{self, parse_plan, twee, twine_html},
    course::{Files, Loaded, load},
    diagnostic::MOST,
    facts::Facts,
    lesson::{Render, html, phrase},
};
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    time::{Duration, Instant},
};

/// The most bytes of a text.
const SIZE: usize = 512 * 1024 - 2048;

/// How much more an unoptimised build slows down readers than the fixed piece of work.
const UNOPTIMISED: u32 = if cfg!(debug_assertions) { 2 } else { 1 };

#[expect(clippy::disallowed_methods, reason = "where the system does not tell computing time, the clock must do")]
fn spent(begun: Instant) -> Duration {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse().ok());
    nanoseconds.map_or_else(|| Instant::now() - begun, Duration::from_nanos)
}

#[expect(clippy::disallowed_methods, reason = "how long something takes, and nothing else, hangs on it")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let clock = Instant::now();
    let begun = spent(clock);
    let result = work();
    (result, spent(clock).saturating_sub(begun))
}

/// The fixed piece of work: words are made, counted and sorted.
fn yardstick() -> usize {
    let (mut known, mut seed) = (HashMap::<String, usize>::new(), 1_u64);
    for _ in 0..40_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *known.entry(format!("{:x}", seed >> 48).chars().rev().collect()).or_default() += 1;
    }
    let mut words: Vec<_> = known.iter().collect();
    words.sort();
    words.iter().map(|(word, count)| word.trim_end_matches('0').len() * **count).sum()
}

fn second() -> Duration {
    let best = (0..5).map(|_| timed(yardstick).1).min().unwrap();
    best * 100 * UNOPTIMISED
}

/// Each input as often as it fits, after its beginning.
fn filled(inputs: &[(&str, &str)]) -> Vec<(String, String)> {
    let fill = |(begin, unit): &(&str, &str)| {
        let name = unit.chars().take(30).collect();
        (name, format!("{begin}{}", unit.repeat((SIZE - begin.len()) / unit.len())))
    };
    inputs.iter().map(fill).collect()
}

fn quick<T>(inputs: Vec<(String, String)>, work: impl Fn(&str) -> T) {
    let second = second();
    let mut slow = Vec::new();
    for (name, text) in inputs {
        let (_, took) = timed(|| work(&text));
        println!("{name:?}: {:.2} s of {:.2}", took.as_secs_f32(), second.as_secs_f32());
        if took > second {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "over a second: {slow:?}");
}

fn course(kind: &str, file: &str, text: &str) -> Loaded {
    let manifest = format!(
        "format = 1\nid = \"c\"\ntitle = \"C\"\nsummary = \"S\"\nlanguage = \"en\"\nminutes = 1\nkeys = \"k\"\n\n\
         [[module]]\nid = \"m\"\ntitle = \"M\"\n\n\
         [[module.activity]]\nid = \"a\"\nkind = \"{kind}\"\nfile = \"{file}\"\nminutes = 1\n"
    );
    let files = [("course.toml", manifest.as_str()), (file, text)];
    let files: Files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let loaded = load(&files);
    assert!(loaded.diagnostics.len() <= MOST + 1, "{} findings", loaded.diagnostics.len());
    loaded
}

/// Quotations, lists, headings, links, facts and signs that never end, on one line and on many.
fn texts() -> Vec<(String, String)> {
    let mut inputs = filled(&[
        ("", "> "),
        ("", "> > > > > > > > > > > > > > > > > > > > a\n"),
        ("", "- "),
        ("", "1. "),
        ("", "- a\n\n"),
        ("", "## Same\n"),
        ("", "## Other\n[x](#nowhere)\n"),
        ("", "[x](#nowhere) [y](none.md)\n\n"),
        ("", "![x](media/none.svg)\n\n"),
        ("", "[x](a b.md) ![y](c d.svg)\n"),
        ("", "{{"),
        ("", "{{\n"),
        ("", "{{nothing}} é\n"),
        ("", "*a **b _c "),
        ("", "*a **b\n"),
        ("", "[a"),
        ("", "[a]("),
        ("", "![a]("),
        ("", "`a ``b\n"),
        ("|a|b|\n|-|-|\n", "|"),
        ("|a|b|\n|-|-|\n", "|x\n"),
        ("", "<b>"),
        ("", "<b>x\n\n"),
        ("", "<!--\n"),
        ("", "&amp;\\\n"),
        ("", "[a]: b\n"),
    ]);
    let deep: String = (0..)
        .map(|level| format!("{}- a\n", "  ".repeat(level)))
        .scan(0, |sum, line| {
            *sum += line.len();
            (*sum < SIZE).then_some(line)
        })
        .collect();
    inputs.push(("nested lists".into(), deep));
    let headings: String = (0..15_000).map(|number| format!("## Heading {number}\n[x](#no-{number})\n")).collect();
    inputs.push(("15,000 headings with unknown links".into(), headings[..SIZE.min(headings.len())].to_owned()));
    inputs
}

#[test]
fn lessons_are_checked() {
    quick(texts(), |text| course("lesson", "a.md", &format!("---\ntitle: T\n---\n{text}")));
}

#[test]
fn texts_are_shown() {
    let (facts, media) = (Facts::examples(), BTreeMap::new());
    let render = Render {
        facts: &facts,
        media: &media,
        folder: "",
        media_prefix: "/media/",
        language: "en",
        link: &|_| None,
        words: &|word| word.code().to_owned(),
        anchors: true,
    };
    quick(texts(), |text| html(text, &render));
    quick(texts(), |text| phrase(text, &render));
}

#[test]
fn quizzes_are_checked() {
    let mut inputs = texts();
    inputs.extend(filled(&[
        ("", "## a (single)\n"),
        ("", "## same (single)\nWhat?\n- [x] a\n- [ ] b\nwhy: c\n\n"),
        ("## a (single)\nWhat?\n", "- [ ] \n"),
        ("## a (single)\nWhat?\n", "- [x] é\n  why: b\n"),
        ("## a (single)\nWhat?\n- [x] a\n", "stray\n"),
    ]));
    quick(inputs, |text| course("quiz", "a.quiz", &format!("---\ntitle: T\n---\n{text}")));
}

#[test]
fn tables_of_contents_are_checked() {
    let module = "[[module]]\nid = \"m\"\ntitle = \"M\"\n";
    quick(
        filled(&[
            ("", module),
            (module, "[[module.activity]]\nid = \"a\"\n"),
            ("", "[[competency]]\nid = \"c\"\nname = \"C\"\n"),
            ("facts = [\n", "\"company_name\",\n"),
            ("facts = [\n", "\"x\",\n"),
            ("", "# é\n"),
            ("x = ", "["),
            ("x = \"\"\"", "a\n"),
        ]),
        |text| {
            let files: Files = [("course.toml".to_owned(), text.as_bytes().to_vec())].into();
            let found = load(&files).diagnostics;
            assert!(found.len() <= MOST + 1, "{}", found.len());
        },
    );
    let many: String = (0..20_000).map(|number| format!("[[module]]\nid = \"m{number}\"\n")).collect();
    quick(vec![("20,000 modules".into(), many)], |text| {
        let files: Files = [("course.toml".to_owned(), text.as_bytes().to_vec())].into();
        let codes: Vec<_> = load(&files).diagnostics.into_iter().map(|found| found.code).collect();
        assert!(codes.contains(&"too-many-parts"), "{codes:?}");
    });
}

#[test]
fn conversations_and_plans_are_checked() {
    let front = "---\ntitle: T\nyou: Sam\nthem: Dana\nvar trust: 0..10 = 4\n---\n\n## start\nDana: Hello\n";
    let inputs = filled(&[
        (front, "- a -> nowhere\n"),
        (front, "## node\nDana: a\n- b -> nodes\n  efect: trust +1\n  rate: x 9\n"),
        (front, "Dona: hello\n"),
        (front, "- [trst > 3] a -> start\n"),
        (front, "stray\n"),
        (front, "Dana: {{nothing here}} é\n"),
        (front, "  {{x}} é"),
        ("---\n", "titel: x\n"),
        ("", "## a\n"),
    ]);
    quick(inputs.clone(), |text| conversation::load(text, "x"));
    quick(inputs, |text| parse_plan(text, "x"));
}

#[test]
fn stories_are_read() {
    let inputs = filled(&[
        (":: Start\n", "[[a]]\n"),
        (":: Start\n", "[["),
        (":: Start\n", "<<a "),
        ("", ":: a\n[[b]]\n"),
        (":: Start\n", "$x (set: $y to 1)\n"),
    ]);
    quick(inputs, |text| twee(text).draft());
    let inputs = filled(&[
        ("<tw-storydata>", "<tw-passagedata name=' a '>[[ a ]]</tw-passagedata>"),
        ("<tw-storydata><tw-passagedata name='a'>", "&lt;&lt;a "),
        ("<tw-storydata>", "<tw-passagedata "),
    ]);
    quick(inputs, |text| twine_html(text).draft());
}

/// A name keeps its links, whatever stands around it.
#[test]
fn a_passage_with_a_space_before_its_name_keeps_its_links() {
    let html = "<tw-storydata startnode='1'><tw-passagedata pid='1' name=' Start '>[[On->  Next]]</tw-passagedata>\
                <tw-passagedata pid='2' name=' Next'>x</tw-passagedata></tw-storydata>";
    for story in [twine_html(html), twee(":: \\ Start\n[[On->Next]]\n:: \\ Next\nx\n")] {
        let codes: Vec<_> = story.diagnostics.iter().map(|found| found.code).collect();
        assert!(!codes.contains(&"dangling-link") && !codes.contains(&"unknown-start"), "{codes:?}");
        assert_eq!(story.passages[0].links[0].target, story.passages[1].name);
        assert_eq!(story.start.as_deref(), Some("Start"));
    }
}
