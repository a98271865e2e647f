#![cfg(feature = "authoring")]

use super::super::{Event, model::Scenario, parse, replay, score, talk::debrief, text::no_facts, turn::turn};
use super::*;

const TALK: &str = "---\ntitle: Free\nfamily: free\nchannel: public\nyou: Sam\nthem: Dana (@dana)\npass: 50\n---\nYou are Sam.\n\n\
    ## opening\nDana: My order is 88213-4. Where is it?\n\nreply: free\n\n\
    - Sorry, Dana. I'll trace it and write to you by four. -> done\n  says: I will look into it now and you hear from me by four.\n  \
    says: Let me find your parcel; an answer comes this afternoon.\n  rate: ownership 2\n  why: Who and when.\n\n\
    - Please read our terms of delivery. -> done\n  says: All about delays stands in the conditions.\n  says: Have a look at \
    our conditions.\n  rate: ownership -1\n  why: Nobody.\n\n\
    ## done (end: success)\nDana: Fine.\n";

fn scenario() -> Scenario {
    let parsed = parse(TALK, "free.conversation");
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    parsed.scenario.unwrap()
}

fn heard(words: &str) -> Heard {
    let scenario = scenario();
    let state = State::start(&scenario).unwrap();
    hear(&scenario, &state, &Rules::for_language("en").unwrap(), &no_facts, words).unwrap()
}

#[test]
fn words_find_their_meaning_and_what_is_wrong_with_them() {
    let found = heard("I'll trace your parcel and you get an answer by four.");
    assert_eq!((found.verdict, found.meant[0]), (Verdict::Clear, 0));
    assert!(found.reading.blockers().is_empty());
    assert!(found.reading.has(RuleId::OwnsNextStep));
    let found = heard("Please post your address here.");
    assert_eq!(found.reading.blockers(), [RuleId::AsksPersonalDataInPublic]);
    assert_eq!(heard("Bananas grow upwards.").verdict, Verdict::Nothing);
}

#[test]
fn what_is_kept_of_public_words_has_no_personal_data() {
    let (scenario, words) = (scenario(), "I'll trace 88213-4 and write by four.");
    let state = State::start(&scenario).unwrap();
    let own = kept(&scenario, &state, &heard(words), words);
    assert_eq!(own.words, "I'll trace [personal data] and write by four.");
    assert_eq!((own.turn, &own.blockers[..]), (0, &[RuleId::RepeatsPersonalDataInPublic][..]));
    let rules = Rules::for_language("en").unwrap();
    let again = hear_again(&scenario, &[Event::Chose(0)], &rules, &no_facts, &own).unwrap();
    assert_eq!(again.reading.blockers(), own.blockers);
    let (place, _) = again.reading.marks()[0].clone();
    assert_eq!(&own.words[place], "[personal data]", "the debrief points at where it stood");
    let calm = OwnReply { turn: 0, words: "I will trace it.".into(), blockers: Vec::new() };
    let again = hear_again(&scenario, &[Event::Chose(0)], &rules, &no_facts, &calm).unwrap();
    assert!(again.reading.blockers().is_empty());
}

#[test]
fn own_words_stand_where_the_choice_stood_and_their_blocker_fails_the_run() {
    let scenario = scenario();
    let events = [Event::Chose(0)];
    assert!(score(&scenario, &events).unwrap().passed);
    let own = [OwnReply { turn: 0, words: "Mine.".into(), blockers: vec![RuleId::AsksPersonalDataInPublic] }];
    let state = replay(&scenario, &events).unwrap();
    let mut now = turn(&scenario, &state, 7, &no_facts);
    now.in_own_words(&own);
    assert_eq!(now.earlier.last().unwrap().text, "Mine.");
    assert_eq!(now.fresh[0].text, "Fine.", "what the other side says follows from the meaning");
    let talked = debrief(&scenario, &events, &no_facts).unwrap();
    let percent = talked.score.percent;
    let talked = talked.in_own_words(&own);
    assert_eq!((talked.score.passed, talked.score.percent), (false, percent));
    assert_eq!(talked.score.blockers[0].as_str(), "asks-personal-data-in-public");
    let decision = &talked.decisions[0];
    assert_eq!(decision.reply.text, "Mine.");
    assert!(decision.meant.as_ref().unwrap().starts_with("Sorry, Dana."));
}

#[test]
fn there_is_room_where_the_reply_is_free() {
    let mut scenario = scenario();
    let state = State::start(&scenario).unwrap();
    assert_eq!(room(&scenario, &state), Some(POST_CHARACTERS));
    scenario.limit = Some(500);
    assert_eq!(room(&scenario, &state), Some(500));
    let over = replay(&scenario, &[Event::Chose(1)]).unwrap();
    assert_eq!(room(&scenario, &over), None);
    assert_eq!(hear(&scenario, &over, &Rules::for_language("en").unwrap(), &no_facts, "Hello."), None);
}
