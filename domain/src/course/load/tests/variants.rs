//! Cases that are told more than once.

use super::*;

/// The course with two variants of its assessed conversation.
fn varied(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = good();
    let mut put = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    let variants = "mode = \"assessed\"\nvariants = [\"second/call-two.conversation\", \"call-three.conversation\"]";
    put("course.toml", COURSE.replace("mode = \"assessed\"", variants));
    put("second/talk.conversation", TALK.replace("channel:", "family: parcel\nchannel:"));
    for (path, said) in [("second/call-two.conversation", "And what then?"), ("call-three.conversation", "Then?")] {
        put(path, TALK.replace("channel:", "family: parcel\nchannel:").replace("And then?", said));
    }
    for (path, from, to) in changes {
        let text = String::from_utf8(files[*path].clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        files.insert((*path).to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    files
}

#[test]
fn variants_are_the_case_told_otherwise() {
    let loaded = load(&varied(&[]));
    let shown: String = loaded.diagnostics.iter().map(Diagnostic::render).collect();
    let package = loaded.package.unwrap_or_else(|| panic!("{shown}"));
    let talk = package.activity(&"talk".parse().unwrap()).unwrap();
    assert!(matches!(talk.body, Body::Conversation { mode: Mode::Assessed { attempts: 3 }, .. }), "as many as files");
    let told: Vec<_> = talk.tellings().map(|telling| (telling.variant.map(Slug::as_str), telling.folder())).collect();
    assert_eq!(told, [(None, "second"), (Some("call-two"), "second"), (Some("call-three"), "")]);
    let contents: BTreeSet<_> = talk.tellings().map(|telling| telling.content).collect();
    assert_eq!(contents.len(), 3, "what is solved of one is not taken for another");
    let two: Slug = "call-two".parse().unwrap();
    assert!(talk.telling(Some(&two)).is_some() && talk.telling(Some(&"talk".parse().unwrap())).is_none());
    assert!(loaded.canonical.contains_key("second/call-two.conversation"));

    let stored: Package = serde_json::from_str(&package.json()).unwrap();
    assert_eq!((&stored, stored.hash()), (&package, package.hash()));
    let changed = load(&varied(&[("call-three.conversation", "Then?", "Then what?")])).package.unwrap();
    assert_ne!(changed.activity(&talk.id).unwrap().hash, talk.hash, "a variant is part of the content");
}

#[test]
fn a_course_without_variants_is_stored_as_before_there_were_any() {
    let package = load(&good()).package.unwrap();
    assert!(!package.json().contains("variants"));
    let talk = package.activity(&"talk".parse().unwrap()).unwrap();
    let Body::Conversation { scenario, .. } = &talk.body else { panic!() };
    // The body of a release that knew no variants.
    let before =
        serde_json::json!({ "conversation": { "mode": { "assessed": { "attempts": 1 } }, "scenario": scenario } });
    assert_eq!(ContentHash::of_value(&before), talk.hash);
    assert_eq!(serde_json::from_value::<Body>(before).unwrap(), talk.body);
}

#[test]
fn each_fault_of_variants_is_named_where_it_is() {
    let list = "variants = [\"second/call-two.conversation\", \"call-three.conversation\"]";
    let (toml, two, three) = ("course.toml", "second/call-two.conversation", "call-three.conversation");
    for (changes, expected) in [
        (vec![(toml, list, "attempts = 3")], vec![(toml, "too-many-attempts", 44)]),
        (vec![(toml, list, "attempts = 1")], vec![]),
        (vec![(toml, "minutes = 9\n", "minutes = 9\nattempts = 4\n")], vec![(toml, "too-many-attempts", 43)]),
        (vec![(toml, "minutes = 9\n", "minutes = 9\nattempts = 2\n")], vec![]),
        (vec![(toml, "mode = \"assessed\"\n", "")], vec![(toml, "misplaced-key", 43)]),
        (vec![(toml, "call-three", "second/talk")], vec![(toml, "duplicate-file", 44)]),
        (vec![(toml, "call-three", "second/call-two")], vec![(toml, "duplicate-file", 44)]),
        (vec![(toml, "call-three", "call-two")], vec![(toml, "duplicate-id", 44), (toml, "missing-file", 44)]),
        (vec![(toml, "call-three", "call-four")], vec![(toml, "missing-file", 44)]),
        (vec![(toml, "call-three.conversation", "first/read.md")], vec![(toml, "duplicate-file", 44)]),
        (vec![(two, "family: parcel", "family: letter")], vec![(toml, "variant-unalike", 44)]),
        (vec![(two, "family: parcel\n", "")], vec![(toml, "variant-unalike", 44)]),
        (vec![(two, "channel: public", "channel: dm")], vec![(toml, "variant-unalike", 44)]),
        (vec![(two, "pass: 70", "pass: 60")], vec![(toml, "variant-unalike", 44)]),
        (vec![(two, "And what then?", "And then?")], vec![(toml, "variant-unalike", 44)]),
        (vec![(three, "Then?", "And what then?")], vec![(toml, "variant-unalike", 44)]),
        (vec![(three, "-> settled", "-> setled")], vec![(three, "unknown-target", 31)]),
        (vec![(three, "rate: acknowledge 2", "rate: kindness 2")], vec![(three, "unknown-competency", 16)]),
        (vec![(three, "Then?", "Then, {{support_hours}}?")], vec![(three, "undeclared-fact", 26)]),
    ] {
        let found = errors(&varied(&changes));
        let found: Vec<_> = found.iter().map(|e| (e.0.as_str(), e.1, e.2)).collect();
        let mut expected = expected;
        expected.sort_unstable();
        let mut found = found;
        found.retain(|e| !["unused-file"].contains(&e.1));
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expected, "{changes:?}");
    }
    let named = load(&varied(&[(two, "channel: public", "channel: dm")])).diagnostics;
    let words: String = named.iter().map(Diagnostic::render).collect();
    assert!(words.contains(two) && words.contains("second/talk.conversation"), "both are named: {words}");
}

#[test]
fn a_plan_beside_a_variant_is_run() {
    let mut files = varied(&[]);
    files.insert("call-three.plan".into(), b"nonsense\n".to_vec());
    let found = load(&files).diagnostics;
    assert!(found.iter().any(|found| found.span.file == "call-three.plan"), "{found:?}");
    assert!(!found.iter().any(|found| found.code == "unused-file" && found.span.file == "call-three.plan"));
}
