//! Completing a course, and its proof.

use crate::{
    course::{WELL, learner, published, slug},
    harness::{Dice, MINUTE, NOW, Site},
};
use domain::{
    canonical::ContentHash,
    conversation::Event,
    course::{Body, Package},
    facts::Facts,
    ids::ReceiptId,
    named::ActivityId,
    quiz::Answer,
    receipt::{Identity, Receipt},
};
use store::{Enrolment, Person, Progressed};

contract! {
    the_last_required_activity_issues_the_receipt,
    a_receipt_is_issued_once_when_the_last_two_deeds_race,
    completions_of_many_people_make_one_chain,
    nothing_goes_back_after_completion,
    the_receipt_says_what_was_done_and_nothing_personal,
    the_exact_text_is_kept,
}

fn id(name: &str) -> ActivityId {
    name.parse().unwrap()
}

/// Does one activity as it should be done.
async fn complete(
    site: &Site,
    who: &Person,
    enrolment: &Enrolment,
    package: &Package,
    name: &str,
    dice: &Dice,
) -> Progressed {
    let db = &site.db;
    let activity = package.activity(&id(name)).unwrap();
    match &activity.body {
        Body::Lesson(_) => db.finish_lesson(enrolment, package, &activity.id, NOW, dice).await.unwrap(),
        Body::Acknowledgement(text) => {
            let exact = text.exact(&Facts::examples());
            db.acknowledge(enrolment, package, &activity.id, &exact, NOW, dice).await.unwrap()
        }
        Body::Quiz(_) => {
            let attempt = db.start_attempt(enrolment, package, &activity.id, NOW, dice).await.unwrap();
            for (item, letter) in [("one", "a"), ("two", "b")] {
                let answer = Answer::One(letter.parse().unwrap());
                db.answer(attempt.id, who.id, &item.parse().unwrap(), &answer, NOW).await.unwrap();
            }
            db.submit_attempt(attempt.id, who.id, package, NOW, dice).await.unwrap().1
        }
        Body::Conversation { .. } => {
            let run = db.start_run(enrolment, package, &activity.id, NOW, dice).await.unwrap();
            let mut progressed = None;
            for (turn, choice) in (0..).zip(WELL) {
                let taken = db.take_turn(run.id, who.id, turn, Event::Chose(choice), package, NOW, dice).await.unwrap();
                progressed = Some(taken.1);
            }
            progressed.unwrap()
        }
    }
}

const REQUIRED: [&str; 5] = ["read", "ask", "practise", "assess", "agree"];

pub async fn everything(site: &Site, who: &Person, enrolment: &Enrolment, package: &Package) -> ReceiptId {
    let mut receipt = None;
    for name in REQUIRED {
        receipt = complete(site, who, enrolment, package, name, &site.dice).await.receipt;
    }
    receipt.unwrap()
}

async fn the_last_required_activity_issues_the_receipt(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    // In another order than the course's: nothing depends on it.
    for (number, name) in (1..).zip(["agree", "assess", "extra", "read", "practise", "ask"]) {
        let progressed = complete(site, &ann, &enrolment, &package, name, &site.dice).await;
        let done = if number < 3 { number } else { number - 1 };
        assert_eq!((progressed.done, progressed.total), (done, 5), "{name}");
        assert_eq!(progressed.receipt.is_some(), done == 5, "{name}");
    }
    let completed = site.db.enrolment(ann.id, &slug()).await.unwrap().unwrap();
    assert_eq!(completed.completed_at, Some(NOW));
    let row = site.db.home(ann.id).await.unwrap().remove(0);
    assert_eq!((row.done, row.completed_at, row.receipt), (5, Some(NOW), completed.receipt));
    assert!(completed.receipt.is_some());
    let verified = site.db.verify_receipts().await.unwrap();
    assert_eq!((verified.head.sequence, verified.rows), (1, 1));
}

async fn a_receipt_is_issued_once_when_the_last_two_deeds_race(site: &Site) {
    let package = published(site).await;
    for round in 0..6_u64 {
        let (ann, enrolment) = learner(site, &format!("Ann {round}")).await;
        for name in ["ask", "practise", "assess"] {
            complete(site, &ann, &enrolment, &package, name, &site.dice).await;
        }
        let (first, second) = (Dice::seeded(round * 2 + 100), Dice::seeded(round * 2 + 101));
        let (read, agree) = tokio::join!(
            complete(site, &ann, &enrolment, &package, "read", &first),
            complete(site, &ann, &enrolment, &package, "agree", &second),
        );
        assert_eq!([read.receipt, agree.receipt].iter().flatten().count(), 1, "{read:?} {agree:?}");
        assert_eq!(read.done.max(agree.done), 5);
        assert_eq!(site.db.verify_receipts().await.unwrap().head.sequence, round + 1);
    }
}

async fn completions_of_many_people_make_one_chain(site: &Site) {
    let package = published(site).await;
    let mut people = Vec::new();
    for number in 0..8_u64 {
        let (person, enrolment) = learner(site, &format!("Person {number}")).await;
        for name in ["ask", "practise", "assess", "agree"] {
            complete(site, &person, &enrolment, &package, name, &site.dice).await;
        }
        people.push(enrolment);
    }
    let racing: Vec<_> = (200..)
        .zip(people)
        .map(|(seed, enrolment)| {
            let (db, package) = (site.db.clone(), package.clone());
            tokio::spawn(
                async move { db.finish_lesson(&enrolment, &package, &id("read"), NOW, &Dice::seeded(seed)).await },
            )
        })
        .collect();
    let mut receipts = Vec::new();
    for done in racing {
        receipts.push(done.await.unwrap().unwrap().receipt.unwrap());
    }
    receipts.sort();
    receipts.dedup();
    assert_eq!(receipts.len(), 8);
    let verified = site.db.verify_receipts().await.unwrap();
    assert_eq!((verified.head.sequence, verified.rows), (8, 8));
}

async fn nothing_goes_back_after_completion(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let receipt = everything(site, &ann, &enrolment, &package).await;
    let before = site.db.home(ann.id).await.unwrap();
    let states = site.db.activity_states(enrolment.id).await.unwrap();
    // Practice that goes badly, a second reading, a second agreement: all later.
    let later = NOW.plus(MINUTE);
    let run = site.db.start_run(&enrolment, &package, &id("practise"), later, &site.dice).await.unwrap();
    for (turn, choice) in (0..).zip(crate::course::BADLY) {
        let event = Event::Chose(choice);
        let (_, progressed) =
            site.db.take_turn(run.id, ann.id, turn, event, &package, later, &site.dice).await.unwrap();
        if turn == 1 {
            assert_eq!((progressed.done, progressed.receipt), (5, Some(receipt)));
        }
    }
    complete(site, &ann, &enrolment, &package, "read", &site.dice).await;
    let again = complete(site, &ann, &enrolment, &package, "agree", &site.dice).await;
    assert_eq!((again.done, again.receipt), (5, Some(receipt)));
    let after = site.db.home(ann.id).await.unwrap();
    assert_eq!((after[0].done, after[0].completed_at, after[0].receipt), (5, before[0].completed_at, Some(receipt)));
    let now = site.db.activity_states(enrolment.id).await.unwrap();
    assert!(now.values().all(|state| state.completed == states[&state.activity].completed));
    assert_eq!(now[&id("practise")].best, states[&id("practise")].best);
    assert_eq!(site.db.verify_receipts().await.unwrap().head.sequence, 1, "no second receipt");
}

async fn the_receipt_says_what_was_done_and_nothing_personal(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann Äußerst").await;
    let receipt = everything(site, &ann, &enrolment, &package).await;
    let stored = site.db.receipt(receipt).await.unwrap().unwrap();
    let body: Receipt = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(body.body(), stored.body, "canonical");
    assert_eq!((body.id, body.subject, body.package), (receipt, ann.subject, package.hash()));
    assert_eq!((body.version, body.cycle, body.issued, body.keys.as_str()), (1, 1, NOW, "single author"));
    let evidence: Vec<_> =
        body.evidence.iter().map(|each| (each.activity.as_str(), each.asked.as_str(), each.best)).collect();
    assert_eq!(
        evidence,
        [
            ("read", "read", None),
            ("ask", "quiz", Some(100)),
            // A practice score belongs to the learner alone.
            ("practise", "practice", None),
            ("assess", "assessed", Some(100)),
            ("agree", "agree", None),
        ]
    );
    for personal in ["Ann", "Äußerst", "example.org", &ann.id.to_string()] {
        assert!(!stored.body.contains(personal), "{personal}");
    }
    let holder = stored.holder.unwrap();
    let identity = Identity { salt: holder.salt, name: &holder.name, login: &holder.login };
    assert_eq!((holder.name.as_str(), identity.commit()), ("Ann Äußerst", body.commitment));
    assert_eq!(stored.code.len(), 19);
    assert_eq!(site.db.receipt_by_code(&stored.code).await.unwrap().unwrap().id, receipt);
}

async fn the_exact_text_is_kept(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let receipt = everything(site, &ann, &enrolment, &package).await;
    let Body::Acknowledgement(text) = &package.activity(&id("agree")).unwrap().body else { unreachable!() };
    let exact = text.exact(&Facts::examples());
    let stored = site.db.receipt(receipt).await.unwrap().unwrap();
    let body: Receipt = serde_json::from_str(&stored.body).unwrap();
    assert_eq!(body.evidence.last().unwrap().text, Some(exact.hash));
    assert_eq!(exact.hash, ContentHash::of("# Agree\n\nBe kind at Parcelwise.\n\nI will.\n".as_bytes()));
}
