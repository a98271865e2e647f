//! Sessions.

use crate::{
    course::set_facts,
    harness::{DAY, MINUTE, NOW, Site, hash},
};
use domain::{
    ids::SessionId,
    people::{Role, Roles},
};
use store::{NewSession, Person};

contract! {
    one_question_answers_who_asks,
    a_session_tells_whether_the_facts_have_changed,
    idle_and_absolute_expiry,
    use_is_noted_at_most_once_a_minute,
    an_owner_sees_and_ends_only_the_own,
    new_roles_hold_at_once,
    ended_sessions_are_swept,
    it_is_known_whose_a_session_was_and_nobody_comes_in_by_it,
}

const IDLE: i64 = 30 * MINUTE;

async fn begin(site: &Site, person: &Person, byte: u8) -> SessionId {
    let new = NewSession {
        token_hash: hash(byte),
        person: person.id,
        agent: "Firefox".into(),
        expires_at: NOW.plus(120 * MINUTE),
    };
    site.db.create_session(new, NOW, &site.dice).await.unwrap()
}

async fn one_question_answers_who_asks(site: &Site) {
    let ann = site.active("Ann", &[Role::Learner, Role::Manager]).await;
    let id = begin(site, &ann, 1).await;
    let found = site.db.session(&hash(1), IDLE, NOW).await.unwrap().unwrap();
    assert_eq!((found.session, found.person, found.subject), (id, ann.id, ann.subject));
    assert_eq!((found.name, found.roles, found.zone), (ann.name, ann.roles, ann.zone));
    assert!(site.db.session(&hash(2), IDLE, NOW).await.unwrap().is_none());
    assert_eq!(site.db.person(ann.id).await.unwrap().seen_at, Some(NOW));
}

async fn a_session_tells_whether_the_facts_have_changed(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    begin(site, &ann, 1).await;
    let number = async || site.db.session(&hash(1), IDLE, NOW).await.unwrap().unwrap().facts;
    let before = number().await;
    set_facts(site).await;
    let after = number().await;
    assert_ne!(before, after);
    assert_eq!(number().await, after, "asking changes nothing");
    set_facts(site).await;
    assert!(![before, after].contains(&number().await), "never a number that stood for other facts");
}

async fn idle_and_absolute_expiry(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    let id = begin(site, &ann, 1).await;
    let at = async |minutes: i64| site.db.session(&hash(1), IDLE, NOW.plus(minutes * MINUTE)).await.unwrap();
    assert!(at(29).await.is_some());
    assert!(at(30).await.is_none(), "idle too long");
    for minutes in [20, 40, 60, 80, 100, 119] {
        site.db.touch_session(id, NOW.plus(minutes * MINUTE)).await.unwrap();
    }
    assert!(at(119).await.is_some(), "kept busy");
    assert!(at(120).await.is_none(), "however busy");
}

async fn use_is_noted_at_most_once_a_minute(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    let id = begin(site, &ann, 1).await;
    site.db.touch_session(id, NOW.plus(MINUTE - 1)).await.unwrap();
    assert_eq!(site.db.sessions_of(ann.id, IDLE, NOW).await.unwrap()[0].seen_at, NOW);
    site.db.touch_session(id, NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(site.db.sessions_of(ann.id, IDLE, NOW).await.unwrap()[0].seen_at, NOW.plus(MINUTE));
    assert_eq!(site.db.person(ann.id).await.unwrap().seen_at, Some(NOW.plus(MINUTE)));
}

async fn an_owner_sees_and_ends_only_the_own(site: &Site) {
    let (ann, bob) = (site.active("Ann", &[]).await, site.active("Bob", &[]).await);
    let (a1, a2, b1) = (begin(site, &ann, 1).await, begin(site, &ann, 2).await, begin(site, &bob, 3).await);
    assert_eq!(site.db.sessions_of(ann.id, IDLE, NOW).await.unwrap().len(), 2);
    assert!(!site.db.end_session(ann.id, b1).await.unwrap());
    assert!(site.db.session(&hash(3), IDLE, NOW).await.unwrap().is_some());
    assert_eq!(site.db.end_sessions(ann.id, Some(a2)).await.unwrap(), 1);
    assert!(!site.db.end_session(ann.id, a1).await.unwrap(), "ended already");
    assert!(site.db.end_session(ann.id, a2).await.unwrap());
    assert!(site.db.session(&hash(2), IDLE, NOW).await.unwrap().is_none());
}

async fn new_roles_hold_at_once(site: &Site) {
    let ann = site.active("Ann", &[Role::Hr]).await;
    begin(site, &ann, 1).await;
    site.db.set_roles(None, ann.id, Roles::from(Role::Learner), NOW).await.unwrap();
    assert_eq!(site.db.session(&hash(1), IDLE, NOW).await.unwrap().unwrap().roles, Roles::from(Role::Learner));
}

async fn ended_sessions_are_swept(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    begin(site, &ann, 1).await;
    assert_eq!(site.db.sweep_sessions(IDLE, NOW.plus(10 * MINUTE)).await.unwrap(), 0);
    assert_eq!(site.db.sweep_sessions(IDLE, NOW.plus(31 * MINUTE)).await.unwrap(), 1);
}

async fn it_is_known_whose_a_session_was_and_nobody_comes_in_by_it(site: &Site) {
    let (ann, bob) = (site.active("Ann", &[]).await, site.active("Bob", &[]).await);
    let (a1, b3) = (begin(site, &ann, 1).await, begin(site, &bob, 3).await);
    begin(site, &ann, 2).await;
    let whose = async |byte| site.db.once_signed_in(&hash(byte)).await.unwrap();
    assert_eq!((whose(1).await, whose(3).await, whose(9).await), (Some(ann.id), Some(bob.id), None));
    site.db.end_session(ann.id, a1).await.unwrap();
    site.db.end_sessions(ann.id, None).await.unwrap();
    site.db.sweep_sessions(IDLE, NOW.plus(31 * MINUTE)).await.unwrap();
    assert!(!site.db.end_session(bob.id, b3).await.unwrap(), "swept");
    for (byte, person) in [(1, ann.id), (2, ann.id), (3, bob.id)] {
        assert_eq!(whose(byte).await, Some(person), "{byte}");
        assert!(site.db.session(&hash(byte), IDLE, NOW).await.unwrap().is_none(), "nobody comes in by it");
    }
    // The end of all three was to be two hours from the beginning; a day later nobody asks any more.
    site.db.sweep_sessions(IDLE, NOW.plus(DAY + 119 * MINUTE)).await.unwrap();
    assert_eq!(whose(1).await, Some(ann.id));
    site.db.sweep_sessions(IDLE, NOW.plus(DAY + 120 * MINUTE)).await.unwrap();
    assert_eq!((whose(1).await, whose(2).await, whose(3).await), (None, None, None));
}
