//! Attempts at quizzes: no answer lost, none counted twice.

use crate::{
    course::{learner, published},
    harness::{Dice, NOW, Site},
};
use domain::{named::ActivityId, progress::ActivityStatus, quiz::Answer};
use store::{Attempt, Conflict, Progressed, StoreError};

contract! {
    an_attempt_is_begun_once,
    an_answer_is_kept_and_can_be_changed_until_it_is_handed_in,
    the_answer_given_last_stays_in_whatever_order_they_arrive,
    handing_in_twice_changes_nothing,
    attempts_are_limited_and_the_best_counts,
    nobody_reaches_anothers_attempt,
    an_answer_that_was_taken_is_marked_even_when_handing_in_races_it,
}

fn ask() -> ActivityId {
    "ask".parse().unwrap()
}

fn one(letter: &str) -> Answer {
    Answer::One(letter.parse().unwrap())
}

async fn an_attempt_is_begun_once(site: &Site) {
    let package = published(site).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let racing: Vec<_> = (0..6)
        .map(|seed| {
            let (db, enrolment, package) = (site.db.clone(), enrolment.clone(), package.clone());
            tokio::spawn(async move { db.start_attempt(&enrolment, &package, &ask(), NOW, &Dice::seeded(seed)).await })
        })
        .collect();
    let mut found: Vec<Attempt> = Vec::new();
    for done in racing {
        found.push(done.await.unwrap().unwrap());
    }
    assert!(found.iter().all(|attempt| *attempt == found[0]), "{found:?}");
    assert_eq!((found[0].number, found[0].submitted_at), (1, None));
    assert_eq!(site.db.attempts(enrolment.id, &ask()).await.unwrap(), found[..1]);
    let state = &site.db.activity_states(enrolment.id).await.unwrap()[&ask()];
    assert_eq!((state.status, state.attempts), (ActivityStatus::InProgress, 0));
}

async fn an_answer_is_kept_and_can_be_changed_until_it_is_handed_in(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let attempt = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
    let (first, second) = ("one".parse().unwrap(), "two".parse().unwrap());
    let answer = |item, letter: &'static str| {
        let (db, person, id) = (site.db.clone(), ann.id, attempt.id);
        async move { db.answer(id, person, item, &one(letter), NOW).await }
    };
    answer(&first, "b").await.unwrap();
    answer(&first, "a").await.unwrap();
    answer(&second, "b").await.unwrap();
    // Another server sees it at once: it is in the database and nowhere else.
    let elsewhere = site.second().await;
    let seen = elsewhere.attempt(attempt.id, ann.id).await.unwrap().unwrap();
    elsewhere.close().await;
    assert_eq!(seen.answers.get(&first), Some(&one("a")), "changed");
    assert_eq!(seen.answers.len(), 2, "and not added");
    let resumed = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
    assert_eq!(resumed, seen, "going on gives the answers so far");

    let (marked, _) = site.db.submit_attempt(attempt.id, ann.id, &package, NOW, &site.dice).await.unwrap();
    assert_eq!((marked.percent.unwrap().whole(), marked.passed), (100, Some(true)));
    let late = answer(&first, "b").await;
    assert!(matches!(late, Err(StoreError::Conflict(Conflict::Submitted))), "{late:?}");
    assert_eq!(site.db.attempt(attempt.id, ann.id).await.unwrap().unwrap().answers, seen.answers);
}

async fn the_answer_given_last_stays_in_whatever_order_they_arrive(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let attempt = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
    let item = "one".parse().unwrap();
    let give = async |letter, at: i64| site.db.answer(attempt.id, ann.id, &item, &one(letter), NOW.plus(at)).await;
    let stored = async || site.db.attempt(attempt.id, ann.id).await.unwrap().unwrap().answers[&item].clone();
    give("a", 20).await.unwrap();
    give("b", 10).await.unwrap();
    assert_eq!(stored().await, one("a"), "what was given before and arrives later changes nothing");
    give("b", 20).await.unwrap();
    assert_eq!(stored().await, one("b"), "of two at the same moment the one that arrives last");
    give("a", 30).await.unwrap();
    assert_eq!(stored().await, one("a"));
    let (marked, _) = site.db.submit_attempt(attempt.id, ann.id, &package, NOW.plus(40), &site.dice).await.unwrap();
    assert_eq!(marked.answers[&item], one("a"), "and that is what is marked");
    for at in [5, 50] {
        let late = give("b", at).await;
        assert!(matches!(late, Err(StoreError::Conflict(Conflict::Submitted))), "{at}: {late:?}");
    }
}

async fn handing_in_twice_changes_nothing(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let attempt = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
    site.db.answer(attempt.id, ann.id, &"one".parse().unwrap(), &one("a"), NOW).await.unwrap();
    let racing: Vec<_> = (0..6)
        .map(|seed| {
            let (db, package, person) = (site.db.clone(), package.clone(), ann.id);
            let at = NOW.plus(i64::from(u32::try_from(seed).unwrap()));
            tokio::spawn(async move { db.submit_attempt(attempt.id, person, &package, at, &Dice::seeded(seed)).await })
        })
        .collect();
    let mut found: Vec<(Attempt, Progressed)> = Vec::new();
    for done in racing {
        found.push(done.await.unwrap().unwrap());
    }
    assert!(found.iter().all(|each| *each == found[0]), "{found:?}");
    assert_eq!((found[0].0.percent.unwrap().whole(), found[0].0.passed), (50, Some(false)));
    let state = &site.db.activity_states(enrolment.id).await.unwrap()[&ask()];
    assert_eq!(state.attempts, 1, "one attempt, however often it was sent");
}

async fn attempts_are_limited_and_the_best_counts(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    for letter in ["a", "b"] {
        let attempt = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
        site.db.answer(attempt.id, ann.id, &"one".parse().unwrap(), &one(letter), NOW).await.unwrap();
        site.db.submit_attempt(attempt.id, ann.id, &package, NOW, &site.dice).await.unwrap();
    }
    let refused = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::NoAttemptsLeft))), "{refused:?}");
    let state = &site.db.activity_states(enrolment.id).await.unwrap()[&ask()];
    assert_eq!((state.attempts, state.is_completed()), (2, false));
    assert_eq!((state.first.unwrap().whole(), state.best.unwrap().whole()), (50, 50));
    let all = site.db.attempts(enrolment.id, &ask()).await.unwrap();
    let marks: Vec<_> = all.iter().map(|attempt| (attempt.number, attempt.percent.unwrap().whole())).collect();
    assert_eq!(marks, [(1, 50), (2, 0)]);
    assert_ne!(all[0].seed, all[1].seed);
}

async fn nobody_reaches_anothers_attempt(site: &Site) {
    let package = published(site).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let (bob, _) = learner(site, "Bob").await;
    let attempt = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
    assert_eq!(site.db.attempt(attempt.id, bob.id).await.unwrap(), None);
    let answered = site.db.answer(attempt.id, bob.id, &"one".parse().unwrap(), &one("a"), NOW).await;
    assert!(matches!(answered, Err(StoreError::NotFound("attempt"))), "{answered:?}");
    let handed_in = site.db.submit_attempt(attempt.id, bob.id, &package, NOW, &site.dice).await;
    assert!(matches!(handed_in, Err(StoreError::NotFound("attempt"))), "{handed_in:?}");
}

async fn an_answer_that_was_taken_is_marked_even_when_handing_in_races_it(site: &Site) {
    let package = published(site).await;
    for round in 0..12_u64 {
        let (ann, enrolment) = learner(site, &format!("Ann {round}")).await;
        let attempt = site.db.start_attempt(&enrolment, &package, &ask(), NOW, &site.dice).await.unwrap();
        let (first, second) = ("one".parse().unwrap(), "two".parse().unwrap());
        site.db.answer(attempt.id, ann.id, &first, &one("a"), NOW).await.unwrap();
        let (db, person) = (site.db.clone(), ann.id);
        let answering = tokio::spawn(async move { db.answer(attempt.id, person, &second, &one("b"), NOW).await });
        let (db, package) = (site.db.clone(), package.clone());
        let handing_in =
            tokio::spawn(
                async move { db.submit_attempt(attempt.id, person, &package, NOW, &Dice::seeded(round)).await },
            );
        let taken = match answering.await.unwrap() {
            Ok(_) => true,
            Err(StoreError::Conflict(Conflict::Submitted)) => false,
            Err(other) => panic!("{other:?}"),
        };
        let (marked, _) = handing_in.await.unwrap().unwrap();
        assert_eq!(marked.percent.unwrap().whole(), if taken { 100 } else { 50 }, "round {round}");
        assert_eq!(marked.answers.len(), if taken { 2 } else { 1 });
    }
}
