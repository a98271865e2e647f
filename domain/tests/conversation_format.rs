//! Boards, reach, limits, recordings, calls on hold, free replies: read, laid out, kept, and what of them a browser gets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{self, Channel, Scenario, State, format, model::Reply, no_facts, parse, scene, turn, view};

const LOOSE: &str = "---
title: All of it
you: Sam
them: Dana
worked: yes
party: Priya
limit: 120
reach: 2400
---

## opening (channel: phone)
hold:  1m
  Music.
  audio: media/a/music.ogg
Dana:
  Hello?
  audio:   media/dana-1.mp3
hold: 5s
- Yes. -> talk
  why: So.
## talk (channel: board)
Priya: On it.
// Above.
reply:   free
- Mine -> done
  why: Because.
  says:   I'll take it.
  says: canary-sentence
- Yours -> done
  says: You take it.
  why: Because.
## done (end: success)
";

const TIDY: &str = "---
title: All of it
you: Sam
them: Dana
party: Priya
reach: 2400
limit: 120
worked: yes
---

## opening (channel: phone)
hold: 60s Music.
  audio: media/a/music.ogg
Dana: Hello?
  audio: media/dana-1.mp3
hold: 5s

- Yes. -> talk
  why: So.

## talk (channel: board)
Priya: On it.

// Above.
reply: free

- Mine -> done
  says: I'll take it.
  says: canary-sentence
  why: Because.

- Yours -> done
  says: You take it.
  why: Because.

## done (end: success)
";

#[test]
fn is_read_laid_out_and_kept() {
    let parsed = parse(LOOSE, "x");
    let scenario = parsed.scenario.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics));
    assert_eq!(format(LOOSE, "x").unwrap(), TIDY);
    assert_eq!(format(TIDY, "x").unwrap(), TIDY);
    assert_eq!(parse(TIDY, "x").scenario.unwrap(), scenario);
    assert_eq!((scenario.reach, scenario.limit, scenario.worked), (Some(2400), Some(120), true));
    assert_eq!(scenario.nodes[1].channel, Channel::Board);
    assert_eq!(scenario.nodes[1].reply, Reply::Free);
    let files: Vec<&str> = parsed.places.audio.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(files, ["media/a/music.ogg", "media/dana-1.mp3"]);
    let json = scenario.canonical().unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), scenario);
}

#[test]
fn a_browser_gets_holds_and_recordings_and_no_examples() {
    let scenario = parse(TIDY, "x").scenario.unwrap();
    let mut state = State::start(&scenario).unwrap();
    let first = turn(&scenario, &state, 7, &no_facts);
    let heard: Vec<_> = first.fresh.iter().map(|it| (it.role, it.hold, it.audio.as_deref())).collect();
    assert_eq!(
        heard,
        [
            (view::Role::Hold, Some(60), Some("media/a/music.ogg")),
            (view::Role::Them, None, Some("media/dana-1.mp3")),
            (view::Role::Hold, Some(5), None),
        ]
    );
    assert!(!first.free);
    state.apply(&scenario, conversation::Event::Chose(0)).unwrap();
    let second = turn(&scenario, &state, 7, &no_facts);
    assert!(second.free);
    assert_eq!(second.audience, view::Audience::Named(vec!["Dana".into(), "Priya".into()]));
    let sent = serde_json::to_string(&(scene(&scenario, &no_facts), &first, &second)).unwrap();
    assert!(!sent.contains("canary-sentence"), "{sent}");
    assert_eq!(scene(&scenario, &no_facts).reach, Some(2400));
}

#[test]
fn what_is_not_used_leaves_no_trace_in_the_hash() {
    let plain = "---\ntitle: x\nyou: Sam\nthem: Dana\n---\n\n## a\nDana: Hi.\n\n- Hi. -> b\n  why: So.\n\n## b (end: success)\n";
    let scenario = parse(plain, "x").scenario.unwrap();
    assert_eq!(
        scenario.canonical().unwrap(),
        concat!(
            r#"{"title":"x","channel":"public","parties":[{"name":"Sam"},{"name":"Dana"}],"pass":70,"nodes":["#,
            r#"{"id":"a","channel":"public","lines":[{"speaker":1,"text":"Hi."}],"exit":{"choices":{"choices":["#,
            r#"{"text":"Hi.","outcome":{"target":1,"why":"So."}}]}}},"#,
            r#"{"id":"b","channel":"public","exit":{"end":{"kind":"success"}}}]}"#
        )
    );
}

#[test]
fn stored_json_is_held_to_the_same_rules() {
    let json = parse(TIDY, "x").scenario.unwrap().canonical().unwrap();
    for (good, bad) in [
        ("media/dana-1.mp3", "media/../dana.mp3"),
        ("media/dana-1.mp3", "dana.mp3"),
        ("media/dana-1.mp3", "media/dana.exe"),
        ("\"hold\":5", "\"hold\":0"),
        ("\"hold\":5", "\"hold\":3601"),
        ("\"reach\":2400", "\"reach\":0"),
        ("\"limit\":120", "\"limit\":0"),
        ("\"id\":\"opening\",\"channel\":\"phone\"", "\"id\":\"opening\",\"channel\":\"dm\""),
        ("\"text\":\"On it.\"", "\"text\":\"\""),
    ] {
        let changed = json.replacen(good, bad, 1);
        assert_ne!(changed, json, "{good}");
        assert!(serde_json::from_str::<Scenario>(&changed).is_err(), "{bad}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let broken = TIDY
        .replace("reach: 2400", "reach: many")
        .replace("media/a/music.ogg", "music.wav")
        .replace("hold: 5s", "hold: soon")
        .replace("reply: free", "reply: aloud")
        .replace("-> done\n  says: You", "-> gone\n  says: You");
    let codes: Vec<&str> = parse(&broken, "x").diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["bad-value", "bad-audio", "bad-timer", "bad-value", "unused-says", "unknown-target"]);
}
