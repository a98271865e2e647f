//! Pairs of conversations whose order is drawn for each person.
#![cfg(feature = "authoring")]
#![allow(clippy::unwrap_used)]

use domain::{
    course::{Files, Package, load},
    ids::PersonId,
    progress::{self, States},
};
use uuid::Uuid;

const COURSE: &str = r#"format = 1
id = "lamps"
title = "Lamps"
summary = "Late ones."
language = "en"
minutes = 5
keys = "single author"

[[competency]]
id = "acknowledge"
name = "Acknowledging"

[[module]]
id = "one"
title = "One"

[[module.activity]]
id = "public"
kind = "conversation"
file = "public.conversation"
minutes = 1
pair = "lamp"

[[module.activity]]
id = "read"
kind = "lesson"
file = "read.md"
minutes = 1

[[module.activity]]
id = "phone"
kind = "conversation"
file = "phone.conversation"
minutes = 1
pair = "lamp"

[[module]]
id = "two"
title = "Two"

[[module.activity]]
id = "again"
kind = "lesson"
file = "again.md"
minutes = 1
"#;

const TALK: &str = "---
title: The late lamp
family: late-lamp
channel: CHANNEL
you: Sam, support
them: Dana Whitfield (@dana_w)
pass: 70
---
You are Sam.

## opening
Dana: Where is my lamp?

- What is the order number of the lamp you are missing, please? -> settled
  rate: acknowledge -1
  why: Asks before listening.

- I'm sorry, Dana. I'll look now. -> settled
  rate: acknowledge 2
  why: Names it and acts.

## settled (end: success)
Dana: Thank you.
";

fn good() -> Files {
    let talk = |channel: &str| TALK.replace("CHANNEL", channel);
    let files = [
        ("course.toml", COURSE.to_owned()),
        ("public.conversation", talk("public")),
        ("phone.conversation", talk("phone")),
        ("read.md", "---\ntitle: Read\n---\nA line.\n".to_owned()),
        ("again.md", "---\ntitle: Again\n---\nA line.\n".to_owned()),
    ];
    files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into()
}

fn with(path: &str, from: &str, to: &str) -> Files {
    let mut files = good();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

fn order(package: &Package) -> Vec<String> {
    package.activities().map(|activity| activity.id.to_string()).collect()
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

#[test]
fn half_of_all_people_get_the_other_order_and_keep_it() {
    let package = load(&good()).package.unwrap();
    let turned = (0..400).filter(|number| !package.turned_for(person(*number)).is_empty()).count();
    // A fair coin thrown 400 times has a standard deviation of 10.
    assert!((165..=235).contains(&turned), "{turned} of 400");
    let renamed = load(&with("course.toml", "title = \"Lamps\"", "title = \"All lamps\"")).package.unwrap();
    for number in 0..20 {
        assert_eq!(package.turned_for(person(number)), renamed.turned_for(person(number)), "through versions");
    }
}

#[test]
fn a_turned_pair_changes_places_and_everything_follows() {
    let package = load(&good()).package.unwrap();
    let pair = [package.activities().next().unwrap().pair.clone().unwrap()].into();
    let turned = package.with_turned(&pair);
    assert_eq!(order(&package), ["public", "read", "phone", "again"]);
    assert_eq!(order(&turned), ["phone", "read", "public", "again"]);
    assert_eq!(progress::course(&turned, &States::new()).next.unwrap().as_str(), "phone");
    let (before, after) = turned.neighbours(&"public".parse().unwrap());
    assert_eq!((before.unwrap().id.as_str(), after.unwrap().id.as_str()), ("read", "again"));
    assert_eq!(turned.with_turned(&pair), package);
    let stored: Package = serde_json::from_str(&package.json()).unwrap();
    assert_eq!(stored, package, "the pair is kept with the version");
}

#[test]
fn what_is_no_pair_is_said_where_it_stands() {
    let second = "file = \"phone.conversation\"\nminutes = 1\npair = \"lamp\"";
    let alone = second.replace("\npair = \"lamp\"", "");
    let elsewhere = "[[module]]\nid = \"two\"\ntitle = \"Two\"\n\n";
    let apart = COURSE
        .replace(elsewhere, "")
        .replace("[[module.activity]]\nid = \"phone\"", &format!("{elsewhere}[[module.activity]]\nid = \"phone\""));
    let mut moved = good();
    moved.insert("course.toml".into(), apart.into_bytes());
    for (files, code, line) in [
        (with("course.toml", second, &alone), "not-a-pair", 22),
        (with("course.toml", "file = \"read.md\"", "pair = \"lamp\"\nfile = \"read.md\""), "misplaced-key", 27),
        (moved, "pair-apart", 39),
        (with("phone.conversation", "family: late-lamp", "family: early-lamp"), "pair-unalike", 35),
        (with("phone.conversation", "family: late-lamp\n", ""), "pair-unalike", 35),
        (with("phone.conversation", "channel: phone", "channel: public"), "pair-unalike", 35),
        (with("course.toml", "pair = \"lamp\"", "pair = \"The lamp\""), "bad-value", 22),
    ] {
        let loaded = load(&files);
        let told: Vec<_> = loaded.diagnostics.iter().map(|it| (it.code, it.span.line)).collect();
        assert!(told.contains(&(code, line)), "{code} at line {line} is not in {told:?}");
        assert!(loaded.package.is_none());
    }
    let shown: String = load(&good()).diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
    assert!(!shown.contains("pair"), "{shown}");
}
