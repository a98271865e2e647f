//! What trainers decide where no attempt is left.

use crate::{
    course::{BADLY, WELL, learner, package, published, slug},
    harness::{Dice, NOW, Site},
};
use domain::{
    conversation::Event,
    course::{Body, Package},
    facts::Facts,
    named::ActivityId,
    people::Role,
    progress::{Ruling, waits},
    quiz::Answer,
    receipt::Receipt,
};
use store::{AuditFilter, Conflict, Enrolment, NewRuling, Person, Progressed, StoreError};

contract! {
    a_further_attempt_at_a_quiz_is_given_once_and_can_be_used,
    a_further_attempt_at_a_conversation_plays_the_telling_of_longest_ago,
    two_trainers_who_race_decide_once,
    what_does_not_wait_is_not_decided_about,
    what_is_accepted_completes_and_its_receipt_says_so,
    a_decision_goes_with_its_person,
}

struct Case<'s> {
    site: &'s Site,
    person: Person,
    enrolment: Enrolment,
    package: Package,
    trainer: Person,
}

fn id(name: &str) -> ActivityId {
    name.parse().unwrap()
}

fn new(name: &str, attempts: u32, ruling: Ruling) -> NewRuling {
    NewRuling { activity: id(name), attempts, ruling, reason: "We talked.".into() }
}

impl<'s> Case<'s> {
    async fn of(site: &'s Site) -> Self {
        let package = published(site).await;
        let (person, enrolment) = learner(site, "Ann").await;
        let trainer = site.active("Tara", &[Role::Trainer]).await;
        Self { site, person, enrolment, package, trainer }
    }

    async fn quiz(&self, letters: [&str; 2]) -> store::Result<Progressed> {
        let (db, dice) = (&self.site.db, &self.site.dice);
        let attempt = db.start_attempt(&self.enrolment, &self.package, &id("ask"), NOW, dice).await?;
        for (item, letter) in ["one", "two"].into_iter().zip(letters) {
            let answer = Answer::One(letter.parse().unwrap());
            db.answer(attempt.id, self.person.id, &item.parse().unwrap(), &answer, NOW).await?;
        }
        Ok(db.submit_attempt(attempt.id, self.person.id, &self.package, NOW, dice).await?.1)
    }

    async fn talk(&self, name: &str, choices: [u16; 2]) -> store::Result<Option<String>> {
        let (db, dice) = (&self.site.db, &self.site.dice);
        let run = db.start_run(&self.enrolment, &self.package, &id(name), NOW, dice).await?;
        for (turn, choice) in (0..).zip(choices) {
            db.take_turn(run.id, self.person.id, turn, Event::Chose(choice), &self.package, NOW, dice).await?;
        }
        Ok(run.variant.map(|name| name.to_string()))
    }

    async fn decide(&self, by: &Person, new: NewRuling) -> store::Result<bool> {
        self.site.db.decide(by.subject, &self.enrolment, &self.package, new, NOW, &self.site.dice).await
    }

    async fn waiting(&self) -> Vec<String> {
        let tried = self.site.db.tried().await.unwrap();
        let rule = |name: &ActivityId| domain::progress::Rule::of(self.package.activity(name).unwrap());
        let waiting = tried.into_iter().filter(|tried| waits(&rule(&tried.state.activity), &tried.state));
        let who = |tried: &store::Tried| {
            if tried.subject == self.person.subject { self.person.name.to_string() } else { "somebody else".to_owned() }
        };
        waiting.map(|tried| format!("{} {}", who(&tried), tried.state.activity)).collect()
    }
}

fn none_left<T: std::fmt::Debug>(result: store::Result<T>) {
    assert!(matches!(result, Err(StoreError::Conflict(Conflict::NoAttemptsLeft))), "{result:?}");
}

fn decided<T: std::fmt::Debug>(result: store::Result<T>) {
    assert!(matches!(result, Err(StoreError::Conflict(Conflict::Decided))), "{result:?}");
}

fn changed<T: std::fmt::Debug>(result: store::Result<T>) {
    assert!(matches!(result, Err(StoreError::Conflict(Conflict::Changed(_)))), "{result:?}");
}

async fn a_further_attempt_at_a_quiz_is_given_once_and_can_be_used(site: &Site) {
    let case = Case::of(site).await;
    case.quiz(["b", "a"]).await.unwrap();
    assert_eq!(case.waiting().await, Vec::<String>::new(), "an attempt is left");
    changed(case.decide(&case.trainer, new("ask", 1, Ruling::Again)).await);
    case.quiz(["b", "a"]).await.unwrap();
    none_left(case.quiz(["a", "b"]).await);
    assert_eq!(case.waiting().await, ["Ann ask"]);

    assert!(case.decide(&case.trainer, new("ask", 2, Ruling::Again)).await.unwrap());
    assert_eq!(case.waiting().await, Vec::<String>::new());
    assert!(!case.decide(&case.trainer, new("ask", 2, Ruling::Again)).await.unwrap(), "repeating changes nothing");
    decided(case.decide(&case.trainer, new("ask", 2, Ruling::Accepted)).await);
    let other = site.active("Theo", &[Role::Trainer]).await;
    decided(case.decide(&other, new("ask", 2, Ruling::Again)).await);
    let state = &site.db.activity_states(case.enrolment.id).await.unwrap()[&id("ask")];
    assert_eq!((state.attempts, state.granted, state.is_completed()), (2, 1, false));
    let (_, states) = site.db.course_taken(case.person.id, &slug()).await.unwrap().unwrap();
    assert_eq!(&states[&id("ask")], state);

    case.quiz(["b", "a"]).await.unwrap();
    none_left(case.quiz(["a", "b"]).await);
    assert_eq!(case.waiting().await, ["Ann ask"], "and it is decided anew");
    assert!(case.decide(&other, new("ask", 3, Ruling::Again)).await.unwrap());
    assert_eq!(case.quiz(["a", "b"]).await.unwrap().done, 1);

    let told = site.db.rulings_on(case.enrolment.id, &id("ask")).await.unwrap();
    assert_eq!(told.iter().map(|ruled| ruled.ruling).collect::<Vec<_>>(), [Ruling::Again, Ruling::Again]);
    let listed = site.db.rulings(9).await.unwrap();
    let by: Vec<_> = listed.iter().map(|one| (one.subject, one.by.as_deref())).collect();
    let ann = case.person.subject;
    assert!(by.contains(&(ann, Some("Tara"))) && by.contains(&(ann, Some("Theo"))), "{by:?}");
    let audited =
        site.db.audit(&AuditFilter { action: Some("attempt.grant".into()), ..AuditFilter::default() }, 9).await;
    let audited = audited.unwrap();
    assert_eq!(audited.len(), 2, "one row for each decision");
    assert!(audited.iter().all(|row| !row.detail.contains("talked")), "the reason may be personal");
    let history = site.db.person_history(case.person.id, NOW).await.unwrap();
    assert_eq!(history.enrolments[0].rulings.len(), 2);
    assert_eq!(history.enrolments[0].rulings[0].reason, "We talked.");
}

async fn a_further_attempt_at_a_conversation_plays_the_telling_of_longest_ago(site: &Site) {
    let case = Case::of(site).await;
    assert_eq!(case.talk("assess", BADLY).await.unwrap(), None);
    assert_eq!(case.talk("assess", BADLY).await.unwrap().as_deref(), Some("again"));
    none_left(case.talk("assess", WELL).await);
    assert!(case.decide(&case.trainer, new("assess", 2, Ruling::Again)).await.unwrap());
    assert_eq!(case.talk("assess", BADLY).await.unwrap(), None);
    none_left(case.talk("assess", WELL).await);
    assert!(case.decide(&case.trainer, new("assess", 3, Ruling::Again)).await.unwrap());
    assert_eq!(case.talk("assess", WELL).await.unwrap().as_deref(), Some("again"));
    assert!(site.db.activity_states(case.enrolment.id).await.unwrap()[&id("assess")].is_completed());
    assert_eq!(case.waiting().await, Vec::<String>::new());
}

async fn two_trainers_who_race_decide_once(site: &Site) {
    let case = Case::of(site).await;
    for _ in 0..2 {
        case.quiz(["b", "a"]).await.unwrap();
    }
    let mut racing = Vec::new();
    for (seed, name) in (900..).zip(["Theo", "Tess", "Toni", "Tilda"]) {
        let (db, enrolment, package) = (site.db.clone(), case.enrolment.clone(), case.package.clone());
        let trainer = site.active(name, &[Role::Trainer]).await.subject;
        let ruling = if seed % 2 == 0 { Ruling::Again } else { Ruling::Accepted };
        racing.push(tokio::spawn(async move {
            db.decide(trainer, &enrolment, &package, new("ask", 2, ruling), NOW, &Dice::seeded(seed)).await
        }));
    }
    let mut won = 0;
    for done in racing {
        match done.await.unwrap() {
            Ok(first) => {
                assert!(first);
                won += 1;
            }
            told => decided(told),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(site.db.rulings(9).await.unwrap().len(), 1);
    let state = &site.db.activity_states(case.enrolment.id).await.unwrap()[&id("ask")];
    assert_eq!(state.granted + u32::from(state.is_completed()), 1);
}

async fn what_does_not_wait_is_not_decided_about(site: &Site) {
    let case = Case::of(site).await;
    for (name, attempts) in [("ask", 0), ("assess", 0), ("practise", 0), ("read", 0)] {
        for ruling in Ruling::ALL {
            changed(case.decide(&case.trainer, new(name, attempts, ruling)).await);
        }
    }
    let missing = case.decide(&case.trainer, new("nothing", 0, Ruling::Again)).await;
    assert!(matches!(missing, Err(StoreError::NotFound("activity"))), "{missing:?}");
    case.quiz(["a", "b"]).await.unwrap();
    changed(case.decide(&case.trainer, new("ask", 1, Ruling::Accepted)).await);
    assert!(site.db.rulings(9).await.unwrap().is_empty());
    let (gone, enrolment) = learner(site, "Bob").await;
    let bob = Case {
        person: gone,
        enrolment,
        package: package(&crate::course::files()),
        trainer: case.trainer.clone(),
        site,
    };
    for _ in 0..2 {
        bob.quiz(["b", "a"]).await.unwrap();
    }
    assert_eq!(bob.waiting().await, ["Bob ask"]);
    site.db.disable_person(None, bob.person.id, NOW).await.unwrap();
    assert_eq!(bob.waiting().await, Vec::<String>::new(), "whoever is gone does not wait");
}

async fn what_is_accepted_completes_and_its_receipt_says_so(site: &Site) {
    let case = Case::of(site).await;
    for _ in 0..2 {
        case.quiz(["a", "a"]).await.unwrap();
        case.talk("assess", BADLY).await.unwrap();
    }
    case.talk("practise", WELL).await.unwrap();
    let (db, dice) = (&site.db, &site.dice);
    db.finish_lesson(&case.enrolment, &case.package, &id("read"), NOW, dice).await.unwrap();
    let Body::Acknowledgement(text) = &case.package.activity(&id("agree")).unwrap().body else { panic!() };
    let exact = text.exact(&Facts::examples());
    db.acknowledge(&case.enrolment, &case.package, &id("agree"), &exact, NOW, dice).await.unwrap();
    assert!(case.decide(&case.trainer, new("ask", 2, Ruling::Accepted)).await.unwrap());
    assert!(db.receipts_of(case.person.id).await.unwrap().is_empty());
    assert!(case.decide(&case.trainer, new("assess", 2, Ruling::Again)).await.unwrap());
    case.talk("assess", WELL).await.unwrap();

    let receipts = db.receipts_of(case.person.id).await.unwrap();
    let body: Receipt = serde_json::from_str(&receipts[0].body).unwrap();
    let accepted: Vec<_> = body.evidence.iter().map(|done| (done.activity.as_str(), done.accepted)).collect();
    assert_eq!(
        accepted,
        [("read", false), ("ask", true), ("practise", false), ("assess", false), ("agree", false)],
        "a pass in a further attempt is a pass"
    );
    let asked = &body.evidence[1];
    assert_eq!((asked.best, asked.attempts), (Some(50), 2), "with the marks as they were");
    assert_eq!(db.verify_receipts().await.unwrap().rows, 1);
    assert_eq!(receipts[0].body.matches("accepted").count(), 1, "nothing is said of the others");
}

async fn a_decision_goes_with_its_person(site: &Site) {
    let case = Case::of(site).await;
    for _ in 0..2 {
        case.quiz(["b", "a"]).await.unwrap();
    }
    case.decide(&case.trainer, new("ask", 2, Ruling::Accepted)).await.unwrap();
    site.by_hand("DELETE FROM people WHERE name = 'Ann'").await;
    assert!(site.db.rulings(9).await.unwrap().is_empty());
}
