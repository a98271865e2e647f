//! What a rule found in own words, overturned by a trainer.

use crate::{
    course::learner,
    harness::{NOW, Site},
    regrades::*,
};
use domain::{
    conversation::{Event, OwnReply},
    course::Package,
    people::Role,
    phrasing::RuleId,
};
use store::{AuditFilter, Cause, Change, Conflict, Enrolment, Overturning, Person, Run, Said, StoreError};

contract! {
    a_trainer_overturns_what_a_rule_found,
    nobody_overturns_their_own,
    an_overturned_rule_stays_so_by_another_key,
}

const ASKS: RuleId = RuleId::AsksPersonalDataInPublic;
const BLAMES: RuleId = RuleId::Blames;

/// A run of the best replies, of which the first was said in own words that break these rules.
async fn blocked(site: &Site, enrolment: &Enrolment, package: &Package, blockers: &[RuleId]) -> Run {
    let run = start(site, enrolment, package, "assess").await;
    let own = OwnReply { turn: 0, words: "Please post your address.".into(), blockers: blockers.to_vec() };
    let said = Said { own: Some(own), ..Event::Chose(0).into() };
    let run = site.db.take_turn(run.id, run.person, 0, said, package, NOW, &site.dice).await.unwrap().0;
    go_on(site, run, package, 1, &BEST).await
}

async fn overturn(site: &Site, by: &Person, enrolment: &Enrolment, run: &Run, rule: RuleId) -> store::Result<()> {
    let what = Overturning { run: run.id, turn: 0, rule, reason: "Meant in a letter.".into() };
    site.db.overturn(by.subject, enrolment.course, what, LATER, &site.dice).await
}

/// What rules found in the first assessed run, as the comparison of channels counts it.
async fn found_in_first(site: &Site) -> Vec<RuleId> {
    let runs = site.db.first_runs(None).await.unwrap().runs;
    let (practised, assessed): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| run.activity.as_str() == "practise");
    assert!(practised.iter().all(|run| run.found.is_empty()), "nothing was said in own words: {practised:?}");
    assessed.into_iter().flat_map(|run| run.found).collect()
}

async fn a_trainer_overturns_what_a_rule_found(site: &Site) {
    let (v1, package) = publish(site, TALK, Change::First).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let trainer = site.active("Tess", &[Role::Trainer]).await;
    play(site, &enrolment, &package, "practise", &BEST).await;
    let run = blocked(site, &enrolment, &package, &[ASKS, BLAMES]).await;
    assert_eq!(marks(&run), (100, false));
    let listed = site.db.blocked_replies(enrolment.course, 9).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].run, listed[0].subject, listed[0].turn), (run.id, ann.subject, 0));
    assert_eq!((&listed[0].blockers[..], &listed[0].overturned[..]), (&[ASKS, BLAMES][..], &[][..]));
    assert_eq!(found_in_first(site).await, [ASKS, BLAMES]);

    for _ in 0..2 {
        overturn(site, &trainer, &enrolment, &run, ASKS).await.unwrap();
    }
    let now = again(site, &run).await;
    assert_eq!((marks(&now), now.regrades.len()), ((100, false), 1), "the other rule still counts; twice is once");
    assert_eq!(now.standing_replies()[0].blockers, [BLAMES]);
    assert_eq!(site.db.receipts_of(ann.id).await.unwrap().len(), 0);
    let listed = site.db.blocked_replies(enrolment.course, 9).await.unwrap();
    assert_eq!((&listed[0].blockers[..], &listed[0].overturned[..]), (&[BLAMES][..], &[ASKS][..]));
    assert_eq!(found_in_first(site).await, [BLAMES]);

    overturn(site, &trainer, &enrolment, &run, BLAMES).await.unwrap();
    assert_eq!(found_in_first(site).await, []);
    let now = again(site, &run).await;
    assert_eq!((marks(&now), first(&now), now.judge), ((100, true), Some((100, false)), v1));
    let last = now.regrades.last().unwrap();
    assert_eq!(last.cause, Cause::Overturned { turn: 0, rule: BLAMES });
    assert_eq!((last.reason.as_str(), last.by, last.at), ("Meant in a letter.", Some(trainer.subject), LATER));
    assert_eq!(site.db.receipts_of(ann.id).await.unwrap().len(), 1, "the course is complete");
    let audited = site.db.audit(&AuditFilter::default(), 50).await.unwrap();
    let audited: Vec<_> = audited.iter().filter(|row| row.action == "run.overturn").collect();
    assert_eq!(audited.len(), 2);
    assert!(audited.iter().all(|row| !row.detail.to_string().contains("letter")), "reasons may be personal");
}

async fn nobody_overturns_their_own(site: &Site) {
    let (_, package) = publish(site, TALK, Change::First).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let trainer = site.active("Tess", &[Role::Trainer]).await;
    let run = blocked(site, &enrolment, &package, &[ASKS]).await;
    let own = overturn(site, &ann, &enrolment, &run, ASKS).await;
    assert!(matches!(own, Err(StoreError::Conflict(Conflict::Oneself))), "{own:?}");
    let nothing = overturn(site, &trainer, &enrolment, &run, BLAMES).await;
    assert!(matches!(nothing, Err(StoreError::NotFound("reply"))), "{nothing:?}");
    let open = start(site, &enrolment, &package, "assess").await;
    let unfinished = overturn(site, &trainer, &enrolment, &open, ASKS).await;
    assert!(matches!(unfinished, Err(StoreError::NotFound("run"))), "{unfinished:?}");
    let elsewhere = site.course("Another").await;
    let what = Overturning { run: run.id, turn: 0, rule: ASKS, reason: "x".into() };
    let elsewhere = site.db.overturn(trainer.subject, elsewhere, what, LATER, &site.dice).await;
    assert!(matches!(elsewhere, Err(StoreError::NotFound("run"))), "{elsewhere:?}");
    assert_eq!(again(site, &run).await, run);
}

async fn an_overturned_rule_stays_so_by_another_key(site: &Site) {
    let (_, package) = publish(site, TALK, Change::First).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let (_, his) = learner(site, "Bob").await;
    let trainer = site.active("Tess", &[Role::Trainer]).await;
    let run = blocked(site, &enrolment, &package, &[ASKS]).await;
    let other = blocked(site, &his, &package, &[ASKS]).await;
    overturn(site, &trainer, &enrolment, &run, ASKS).await.unwrap();
    let (v2, _) = publish(site, &mild(), Change::Minor).await;
    work(site).await;
    let now = again(site, &run).await;
    assert_eq!((marks(&now), now.judge, now.regrades.len()), ((100, true), v2, 2));
    assert_eq!(marks(&again(site, &other).await), (100, false), "nobody overturned this one");
    overturn(site, &trainer, &his, &other, ASKS).await.unwrap();
    let now = again(site, &other).await;
    assert_eq!((marks(&now), now.judge, now.regrades.len()), ((100, true), v2, 2));
}
