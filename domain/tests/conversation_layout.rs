//! The canonical layout, to the letter.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation::{Scenario, format, parse};

const LOOSE: &str = "\u{feff}
---
pass:   80
title:The parcel
// About her.
them:  Dana Whitfield, customer (@dana_w)
you: Sam
var told :yes / no=no
var  trust: 0 .. 10 = 4
channel: public
---


Briefing with  
a hard break.

## opening   ( end : neutral )
## other (audience: Dana Whitfield,channel: dm)
Dana Whitfield:  Hello
     there.


     Second paragraph.
// Above the choice.
-   [ ( (not (told)) and trust>=3 ) or trust=1 ]   Words
\tgo on -> opening
   why: Because
   of this.
   // Inside.
   effect: trust + 1,told=yes
   rate: care 2,  privacy −1
- More. -> opening
  why: Also.
timer: 1m -> opening
## last
->[told]opening
-> other
// The end.
";

const TIDY: &str = "---
title: The parcel
channel: public
you: Sam
// About her.
them: Dana Whitfield (@dana_w), customer
var told: yes/no = no
var trust: 0..10 = 4
pass: 80
---
Briefing with  
a hard break.

## opening (end: neutral)

## other (channel: dm, audience: Dana)
Dana: Hello
  there.

  Second paragraph.

timer: 60s -> opening

// Above the choice.
// Inside.
- [not told and trust >= 3 or trust = 1] Words
  go on -> opening
  rate: care 2, privacy -1
  effect: trust +1, told = yes
  why: Because
    of this.

- More. -> opening
  why: Also.

## last

-> [told] opening
-> other

// The end.
";

#[test]
fn lays_out_and_settles() {
    let tidy = format(LOOSE, "x").unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(tidy, TIDY);
    assert_eq!(format(&tidy, "x").unwrap(), TIDY);
    assert_eq!(parse(LOOSE, "x").scenario, parse(TIDY, "x").scenario);
}

#[test]
fn joins_lines_and_keeps_paragraphs() {
    let scenario = parse(LOOSE, "x").scenario.unwrap();
    assert_eq!(scenario.nodes[1].lines[0].text, "Hello there.\n\nSecond paragraph.");
    assert_eq!(scenario.briefing, "Briefing with  \na hard break.");
}

#[test]
fn empty_lines_before_a_text_are_dropped_at_once() {
    let line = TIDY.lines().find(|line| line.starts_with("  why: ")).unwrap();
    let words = line.trim_start().strip_prefix("why: ").unwrap();
    for before in ["\n", "\n\n", "\n\n\n"] {
        let loose = TIDY.replacen(line, &format!("  why:{before}    {words}"), 1);
        assert_eq!(format(&loose, "x").unwrap(), TIDY, "{before:?}");
    }
}

#[test]
fn does_not_lay_out_what_it_cannot_read() {
    let found = format("## opening\n", "x").unwrap_err();
    assert!(!found.is_empty());
}

#[test]
fn deep_conditions_are_refused_or_survive_json() {
    let source = |depth: usize| {
        let guard = format!("[{}told{}]", "(told or trust = 1 and not ".repeat(depth), ")".repeat(depth));
        TIDY.replace("[not told and trust >= 3 or trust = 1]", &guard)
    };
    let scenario = parse(&source(4), "x").scenario.unwrap();
    let json = scenario.canonical().unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), scenario);
    for depth in [5, 50, 5_000, 100_000] {
        let parsed = parse(&source(depth), "x");
        assert_eq!(parsed.diagnostics[0].message, "this condition is nested too deeply");
    }
}
