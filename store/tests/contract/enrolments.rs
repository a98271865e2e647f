//! Enrolling, the home list, and where somebody was.

use crate::{
    course::{files, learner, package, publish, published, set_facts, slug},
    harness::{Dice, MINUTE, NOW, Site},
};
use domain::{
    ids::PersonId,
    named::ActivityId,
    people::Role,
    progress::{ActivityStatus, States},
};
use store::{Change, StoreError};

contract! {
    enrolling_is_done_once_however_often_it_is_asked,
    only_what_is_published_can_be_taken,
    home_shows_where_a_person_stands,
    a_visit_is_remembered_and_begins_the_activity,
    one_reading_gives_the_enrolment_with_its_states,
    reading_twice_counts_once,
    only_the_right_kind_of_deed_is_taken,
}

fn id(name: &str) -> ActivityId {
    name.parse().unwrap()
}

async fn enrolling_is_done_once_however_often_it_is_asked(site: &Site) {
    published(site).await;
    let ann = site.active("Ann", &[Role::Learner]).await;
    assert_eq!(site.db.enrolment(ann.id, &slug()).await.unwrap(), None);
    let racing: Vec<_> = (0..8)
        .map(|seed| {
            let (db, person) = (site.db.clone(), ann.id);
            tokio::spawn(async move { db.enrol(person, &slug(), NOW, &Dice::seeded(seed)).await.unwrap() })
        })
        .collect();
    let mut found = Vec::new();
    for done in racing {
        found.push(done.await.unwrap());
    }
    found.dedup();
    assert_eq!(found.len(), 1);
    let enrolment = site.db.enrolment(ann.id, &slug()).await.unwrap().unwrap();
    assert_eq!(found[0], enrolment);
    assert_eq!((enrolment.cycle, enrolment.number, enrolment.completed_at), (1, 1, None));
    assert_eq!(site.db.enrolment_by_id(enrolment.id).await.unwrap(), enrolment);

    publish(site, &files(), Change::First).await;
    let bob = site.active("Bob", &[Role::Learner]).await;
    let newer = site.db.enrol(bob.id, &slug(), NOW, &site.dice).await.unwrap();
    assert_eq!(newer.number, 2, "the current version");
}

async fn only_what_is_published_can_be_taken(site: &Site) {
    set_facts(site).await;
    let ann = site.active("Ann", &[Role::Learner]).await;
    let refused = site.db.enrol(ann.id, &slug(), NOW, &site.dice).await;
    assert!(matches!(refused, Err(StoreError::NotFound("course"))), "{refused:?}");
    site.db.import_draft(None, &package(&files()), &files(), NOW, &site.dice).await.unwrap();
    let refused = site.db.enrol(ann.id, &slug(), NOW, &site.dice).await;
    assert!(matches!(refused, Err(StoreError::NotFound("course"))), "{refused:?}");
    site.db.publish(None, &slug(), Change::First, NOW).await.unwrap();
    let nobody = site.db.enrol(PersonId::new(NOW, &site.dice), &slug(), NOW, &site.dice).await;
    assert!(matches!(nobody, Err(StoreError::NotFound("person"))), "{nobody:?}");
    assert_eq!(site.db.home(ann.id).await.unwrap(), [], "a refusal leaves nothing behind");
}

async fn home_shows_where_a_person_stands(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let row = site.db.home(ann.id).await.unwrap().remove(0);
    assert_eq!((row.slug, row.title.as_str(), row.minutes), (slug(), "Outside", 12));
    assert_eq!((row.done, row.total, row.started_at, row.exempt), (0, 5, None, false));
    assert_eq!((row.enrolment, row.version), (Some(enrolment.id), Some(enrolment.version)));
    let later = NOW.plus(5 * MINUTE);
    site.db.visit_activity(enrolment.id, ann.id, &id("read"), later).await.unwrap();
    site.db.finish_lesson(&enrolment, &package, &id("read"), later, &site.dice).await.unwrap();
    let row = site.db.home(ann.id).await.unwrap().remove(0);
    assert_eq!((row.done, row.total), (1, 5));
    assert_eq!((row.last_activity, row.seen_at, row.started_at), (Some(id("read")), Some(later), Some(later)));
    let bob = site.active("Bob", &[Role::Learner]).await;
    assert_eq!(site.db.home(bob.id).await.unwrap(), []);
}

async fn a_visit_is_remembered_and_begins_the_activity(site: &Site) {
    published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let visit = |name: &'static str, at| {
        let (db, person) = (site.db.clone(), ann.id);
        async move { db.visit_activity(enrolment.id, person, &id(name), at).await }
    };
    let enrolment_now = || async { site.db.enrolment(ann.id, &slug()).await.unwrap().unwrap() };
    visit("extra", NOW).await.unwrap();
    visit("ask", NOW.plus(1)).await.unwrap();
    visit("extra", NOW.plus(2)).await.unwrap();
    assert_eq!(enrolment_now().await.last_activity, Some(id("extra")));
    let states = site.db.activity_states(enrolment.id).await.unwrap();
    assert_eq!(states.len(), 2);
    assert_eq!((states[&id("extra")].status, states[&id("extra")].started), (ActivityStatus::InProgress, Some(NOW)));
    let missing = visit("nowhere", NOW).await;
    assert!(matches!(missing, Err(StoreError::NotFound("activity"))), "{missing:?}");
    let bob = site.active("Bob", &[Role::Learner]).await;
    let foreign = site.db.visit_activity(enrolment.id, bob.id, &id("read"), NOW).await;
    assert!(matches!(foreign, Err(StoreError::NotFound("enrolment"))), "{foreign:?}");
    assert_eq!(site.db.activity_states(enrolment.id).await.unwrap().len(), 2);
}

async fn one_reading_gives_the_enrolment_with_its_states(site: &Site) {
    let package = published(site).await;
    let ann = site.active("Ann", &[Role::Learner]).await;
    assert_eq!(site.db.course_taken(ann.id, &slug()).await.unwrap(), None);
    let fresh = site.db.enrol(ann.id, &slug(), NOW, &site.dice).await.unwrap();
    assert_eq!(site.db.course_taken(ann.id, &slug()).await.unwrap(), Some((fresh.clone(), States::new())));
    site.db.finish_lesson(&fresh, &package, &ID_READ, NOW, &site.dice).await.unwrap();
    site.db.visit_activity(fresh.id, ann.id, &id("ask"), NOW.plus(MINUTE)).await.unwrap();
    let (enrolment, states) = site.db.course_taken(ann.id, &slug()).await.unwrap().unwrap();
    assert_eq!(Some(&enrolment), site.db.enrolment(ann.id, &slug()).await.unwrap().as_ref());
    assert_eq!(states, site.db.activity_states(fresh.id).await.unwrap());
    assert_eq!(states.len(), 2);
    assert!(enrolment.is_at(&id("ask"), &states, NOW.plus(MINUTE + 1)));
    assert!(!enrolment.is_at(&id("ask"), &states, NOW.plus(2 * MINUTE)), "long enough ago to be noted again");
    assert!(!enrolment.is_at(&ID_READ, &states, NOW.plus(MINUTE + 1)), "last seen at another activity");
    let bob = site.active("Bob", &[Role::Learner]).await;
    assert_eq!(site.db.course_taken(bob.id, &slug()).await.unwrap(), None, "another's is not given");
}

async fn reading_twice_counts_once(site: &Site) {
    let package = published(site).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let read = |at| site.db.finish_lesson(&enrolment, &package, &ID_READ, at, &site.dice);
    let first = read(NOW).await.unwrap();
    let state = site.db.activity_states(enrolment.id).await.unwrap()[&*ID_READ].clone();
    let second = read(NOW.plus(MINUTE)).await.unwrap();
    assert_eq!((first.done, first.total, first.receipt), (1, 5, None));
    assert_eq!(first, second);
    let after = site.db.activity_states(enrolment.id).await.unwrap()[&*ID_READ].clone();
    assert_eq!((state.completed, after), (Some(NOW), state), "the first time counts");
    let extra = site.db.finish_lesson(&enrolment, &package, &id("extra"), NOW, &site.dice).await.unwrap();
    assert_eq!(extra.done, 1, "what is not required does not count");
}

static ID_READ: std::sync::LazyLock<ActivityId> = std::sync::LazyLock::new(|| id("read"));

async fn only_the_right_kind_of_deed_is_taken(site: &Site) {
    let package = published(site).await;
    let (_, enrolment) = learner(site, "Ann").await;
    for name in ["ask", "practise", "agree", "nowhere"] {
        let refused = site.db.finish_lesson(&enrolment, &package, &id(name), NOW, &site.dice).await;
        assert!(matches!(refused, Err(StoreError::NotFound(_))), "{name}: {refused:?}");
    }
    for name in ["read", "practise"] {
        let refused = site.db.start_attempt(&enrolment, &package, &id(name), NOW, &site.dice).await;
        assert!(matches!(refused, Err(StoreError::NotFound(_))), "{name}: {refused:?}");
        let ask = site.db.start_run(&enrolment, &package, &id("ask"), NOW, &site.dice).await;
        assert!(matches!(ask, Err(StoreError::NotFound(_))), "{ask:?}");
    }
    assert!(site.db.activity_states(enrolment.id).await.unwrap().is_empty());
}
