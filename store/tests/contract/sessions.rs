//! Sessions.

use crate::{
    course::set_facts,
    harness::{MINUTE, NOW, Site, hash},
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
