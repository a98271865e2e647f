//! What holds of every text, however odd.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use domain::phrasing::{Context, Intents, MOST_CHARACTERS, Reading, RuleId, Rules, mask_personal};
use proptest::prelude::*;
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::for_language("en").unwrap());

const SECRETS: &[&str] = &["Project Falcon", "price rise", "", "!"];
const SAID: &[&str] = &["I'm Dana Whitfield, order 88213-4, LM4 7QD", "", "\u{301}’"];

fn read(text: &str, public: bool) -> Reading {
    RULES.read(text, &Context { public, secrets: SECRETS, said: SAID })
}

/// Pieces that rules look at, in any order: nearer to replies than chance, and nastier.
fn jumble() -> impl Strategy<Value = String> {
    let pieces = [
        "post",
        "your order number",
        "don't",
        "can’t",
        "please",
        "here",
        "by DM",
        "I'll",
        "call",
        "by four",
        "sorry",
        "if",
        "you feel",
        ",",
        ".",
        "...",
        "“",
        "”",
        "'",
        "?",
        "!",
        "😀",
        "👩‍👩‍👧",
        "e-mail",
        "p.m.",
        "88213-4",
        "+44 151 496 0123",
        "@dana",
        "a@b.example",
        "https://x.example/?",
        "LM4 7QD",
        "14 Mill Lane",
        "\n",
        "é",
        "ﬁ",
        "İ",
        "ß",
        "no",
        "not",
        "never",
        "instead of",
        "rather than",
        "Dana Whitfield",
        "Mr",
        "refund",
        "you should have",
        "Project",
        "Falcon",
        "price",
        "rises",
        "I'm",
        "Lea from Norden",
        "#",
        "€",
        "%",
        "-",
        "e-",
        "'ll",
        "n't",
        "0",
        "born 1.1.1990",
        "(",
        ")",
    ];
    prop::collection::vec((prop::sample::select(pieces.to_vec()), prop::bool::ANY), 0..40).prop_map(|all| {
        all.into_iter().map(|(piece, space)| if space { format!("{piece} ") } else { piece.to_owned() }).collect()
    })
}

fn holds(text: &str) {
    for public in [true, false] {
        let reading = read(text, public);
        assert_eq!(reading, read(text, public), "reads the same twice");
        let mut before = (0, RuleId::ALL[0]);
        for finding in &reading.findings {
            assert!(text.get(finding.sentence.clone()).is_some());
            assert!(!finding.spans.is_empty());
            let mut end = finding.sentence.start;
            for span in &finding.spans {
                assert!(text.get(span.clone()).is_some_and(|it| !it.is_empty()), "{span:?} in {text:?}");
                assert!(span.start >= end && span.end <= finding.sentence.end, "{finding:?}");
                end = span.end;
            }
            let place = (finding.sentence.start, finding.rule);
            assert!(before <= place, "in order");
            before = place;
        }
        assert!(
            public
                || !reading.has(RuleId::AsksPersonalDataInPublic) && !reading.has(RuleId::RepeatsPersonalDataInPublic)
        );
    }
    let masked = mask_personal(text);
    assert_eq!(mask_personal(text), masked);
    let intents = Intents::new(&[("one", &["I'll call the depot", text]), ("two", &["We'll refund you"])]);
    let proposals = intents.propose(text);
    assert!(proposals.iter().all(|it| (0.0..=1.0).contains(&it.similarity)));
    assert!(proposals.is_sorted_by(|a, b| a.similarity >= b.similarity));
}

proptest! {
    #[test]
    fn nothing_panics_and_spans_lie_inside(text in "\\PC{0,200}") {
        holds(&text);
    }

    #[test]
    fn nor_with_any_character(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn nor_with_pieces_of_replies(text in jumble()) {
        holds(&text);
    }

    /// Asking not to do what was no blocker is no blocker.
    #[test]
    fn please_do_not_never_makes_a_blocker(verb in "post|send|share|write|call|wait|worry", rest in "it here|your order number here|us a DM|about it|the parcel|a thing") {
        let text = format!("{verb} {rest}.");
        let asks = read(&text, true).has(RuleId::AsksPersonalDataInPublic);
        for no in ["Please don't", "Please do not", "Never", "Please never", "Dana, please don’t", "No need to"] {
            let denied = read(&format!("{no} {text}"), true);
            prop_assert!(!denied.has(RuleId::AsksPersonalDataInPublic), "{no} {text} (was {asks})");
        }
    }

    /// What stands in one sentence changes nothing that is far from it.
    #[test]
    fn sentences_are_read_apart(first in "(I'll call you by four|We're sorry|It was late|Your parcel left)\\.") {
        let own = read(&first, true);
        let more = read(&format!("{first} It rains. It rains. Please post your order number here."), true);
        prop_assert_eq!(&more.findings[..own.findings.len()], &own.findings[..]);
        prop_assert!(more.has(RuleId::AsksPersonalDataInPublic));
    }
}

#[test]
fn only_languages_with_rules_have_any() {
    for tag in ["en", "en-GB", "EN_us"] {
        assert!(Rules::for_language(tag).is_some(), "{tag}");
    }
    for tag in ["de", "", "english", "e"] {
        assert!(Rules::for_language(tag).is_none(), "{tag}");
    }
}

#[test]
fn reads_up_to_the_limit_and_no_further() {
    let filler = "é".repeat(MOST_CHARACTERS - 20);
    assert!(!read(&format!("{filler}. {filler} We're sorry."), true).has(RuleId::Apologises));
    assert!(read(&format!("We're sorry. {filler}{filler}"), true).has(RuleId::Apologises));
}

#[test]
fn points_at_the_very_words() {
    let text = "Hi Dana 😔, so sorry! Please post your order number and I’ll call you by four.";
    let words: Vec<(&str, &str)> = read(text, true)
        .findings
        .iter()
        .flat_map(|it| it.spans.iter().map(|span| (it.rule.name(), &text[span.clone()])))
        .collect();
    assert_eq!(
        words,
        [
            ("apologises", "sorry"),
            ("asks-personal-data-in-public", "post your order number"),
            ("owns-next-step", "I’ll"),
            ("gives-time", "by four"),
        ]
    );
}

/// `cargo test -p domain --release --test phrasing_properties -- --ignored --nocapture`
#[test]
#[ignore = "prints a time, which is only worth something in release"]
#[allow(clippy::disallowed_methods, reason = "measures")]
fn how_long_a_long_reply_takes() {
    let reply = "Hi Dana, I'm so sorry you waited three weeks for this. Please don't post your order number here, message me and I'll call \
        the depot by four. If it isn't found we'll refund you. ";
    let text: String = reply.chars().cycle().take(MOST_CHARACTERS).collect();
    let fastest = |work: &dyn Fn()| {
        let round = || {
            let start = std::time::Instant::now();
            work();
            start.elapsed()
        };
        (0..200).map(|_| round()).min().unwrap()
    };
    let reading = fastest(&|| assert!(!read(&text, true).findings.is_empty()));
    let compiling = fastest(&|| assert!(Rules::for_language("en").is_some()));
    println!("fastest of 200: {MOST_CHARACTERS} characters in {reading:?}, rules compiled in {compiling:?}");
}
