//! Jobs, the outbox, the audit log and its chain.

use crate::harness::{DAY, MINUTE, NOW, Site};
use domain::people::Role;
use store::{AuditFilter, Conflict, NewJob, NewMail, Object, StoreError};

contract! {
    a_job_is_put_in_once_and_done_once,
    racing_servers_share_the_jobs,
    a_lease_that_ran_out_goes_to_another,
    a_job_comes_again_or_is_given_up,
    a_mail_is_sent_once,
    every_change_has_its_audit_row,
    sealed_rows_verify,
    a_changed_row_is_found,
    a_removed_row_is_found,
    an_added_row_is_found,
    a_cut_off_end_is_found,
}

fn job(dedupe: &str) -> NewJob {
    NewJob { kind: "remind".into(), dedupe: dedupe.into(), payload: "{}".into(), run_at: NOW }
}

fn is_lost(result: &store::Result<()>) -> bool {
    matches!(result, Err(StoreError::Conflict(Conflict::Changed(_))))
}

async fn a_job_is_put_in_once_and_done_once(site: &Site) {
    assert!(site.db.put_job(job("a"), NOW, &site.dice).await.unwrap());
    assert!(!site.db.put_job(job("a"), NOW, &site.dice).await.unwrap());
    let claim = async |now, kinds: &[&str]| site.db.claim_job(kinds, MINUTE, now, &site.dice).await.unwrap();
    assert!(claim(NOW.plus(-1), &["remind"]).await.is_none(), "not yet");
    assert!(claim(NOW, &["export"]).await.is_none(), "another kind");
    assert!(claim(NOW, &[]).await.is_none());
    let mine = claim(NOW, &["export", "remind"]).await.unwrap();
    assert_eq!((mine.kind.as_str(), mine.attempts), ("remind", 1));
    assert!(claim(NOW, &["remind"]).await.is_none(), "in hand");
    site.db.finish_job(&mine, NOW).await.unwrap();
    assert!(is_lost(&site.db.finish_job(&mine, NOW).await));
    assert!(claim(NOW.plus(10 * MINUTE), &["remind"]).await.is_none(), "done");
    assert!(!site.db.put_job(job("a"), NOW, &site.dice).await.unwrap(), "done for good");
}

async fn racing_servers_share_the_jobs(site: &Site) {
    for number in 0..10 {
        site.db.put_job(job(&number.to_string()), NOW, &site.dice).await.unwrap();
    }
    let other = site.second().await;
    let mut taken = Vec::new();
    for _ in 0..8 {
        let (a, b) = tokio::join!(
            site.db.claim_job(&["remind"], MINUTE, NOW, &site.dice),
            other.claim_job(&["remind"], MINUTE, NOW, &site.dice),
        );
        taken.extend([a.unwrap(), b.unwrap()].into_iter().flatten().map(|job| job.id));
    }
    other.close().await;
    assert_eq!(taken.len(), 10);
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 10, "none twice");
}

async fn a_lease_that_ran_out_goes_to_another(site: &Site) {
    site.db.put_job(job("a"), NOW, &site.dice).await.unwrap();
    let slow = site.db.claim_job(&["remind"], MINUTE, NOW, &site.dice).await.unwrap().unwrap();
    let later = NOW.plus(MINUTE);
    let quick = site.db.claim_job(&["remind"], MINUTE, later, &site.dice).await.unwrap().unwrap();
    assert_eq!((quick.id, quick.attempts), (slow.id, 2));
    assert!(is_lost(&site.db.finish_job(&slow, later).await));
    site.db.finish_job(&quick, later).await.unwrap();
}

async fn a_job_comes_again_or_is_given_up(site: &Site) {
    site.db.put_job(job("a"), NOW, &site.dice).await.unwrap();
    let claim = async |now| site.db.claim_job(&["remind"], MINUTE, now, &site.dice).await.unwrap();
    let first = claim(NOW).await.unwrap();
    site.db.retry_job(&first, Some("no route".into()), NOW.plus(MINUTE)).await.unwrap();
    assert!(claim(NOW).await.is_none());
    let second = claim(NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(second.attempts, 2);
    site.db.retry_job(&second, None, NOW.plus(2 * MINUTE)).await.unwrap();
    let third = claim(NOW.plus(2 * MINUTE)).await.unwrap();
    assert_eq!(third.attempts, 1, "coming again is a new beginning");
    site.db.fail_job(&third, "hopeless".into(), NOW).await.unwrap();
    assert!(claim(NOW.plus(60 * MINUTE)).await.is_none());
}

async fn a_mail_is_sent_once(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    let mail = |dedupe: &str| NewMail {
        dedupe: dedupe.into(),
        person: Some(ann.id),
        address: "ann@example.org".into(),
        subject: "Due".into(),
        body: "Tomorrow".into(),
    };
    for dedupe in ["a", "b", "a"] {
        site.db.put_mail(mail(dedupe), NOW, &site.dice).await.unwrap();
    }
    let claimed = site.db.claim_mails(10, MINUTE, NOW, &site.dice).await.unwrap();
    assert_eq!(claimed.len(), 2);
    assert!(site.db.claim_mails(10, MINUTE, NOW, &site.dice).await.unwrap().is_empty());
    site.db.mail_sent(&claimed[0], NOW).await.unwrap();
    assert!(is_lost(&site.db.mail_sent(&claimed[0], NOW).await));
    site.db.mail_failed(&claimed[1], "busy".into(), Some(NOW.plus(MINUTE)), NOW).await.unwrap();
    let again = site.db.claim_mails(10, MINUTE, NOW.plus(MINUTE), &site.dice).await.unwrap();
    assert_eq!((again.len(), again[0].attempts), (1, 2));
    site.db.mail_failed(&again[0], "refused".into(), None, NOW.plus(MINUTE)).await.unwrap();
    assert!(site.db.claim_mails(10, MINUTE, NOW.plus(60 * MINUTE), &site.dice).await.unwrap().is_empty());
    let texts = site.number("SELECT COUNT(*) FROM outbox WHERE body <> ''").await;
    assert_eq!(texts, 0, "what went out or was given up is not kept");
    site.db.put_mail(mail("never sent"), NOW, &site.dice).await.unwrap();
    site.db.put_mail(mail("new"), NOW.plus(30 * DAY), &site.dice).await.unwrap();
    assert_eq!(site.db.sweep_outbox(NOW.plus(29 * DAY)).await.unwrap(), 0);
    assert_eq!(site.db.sweep_outbox(NOW.plus(31 * DAY)).await.unwrap(), 3);
}

async fn every_change_has_its_audit_row(site: &Site) {
    let hr = site.active("Hr", &[Role::Hr]).await;
    let ann = site.active("Ann Secretname", &[Role::Learner]).await;
    site.db.disable_person(Some(hr.subject), ann.id, NOW).await.unwrap();
    site.db.record(Some(ann.subject), "session.begin", Object::Site, serde_json::json!({}), NOW).await.unwrap();

    let about = AuditFilter { object: Some(Object::Person(ann.subject)), ..AuditFilter::default() };
    let rows = site.db.audit(&about, 10).await.unwrap();
    let actions: Vec<_> = rows.iter().map(|row| (row.action.as_str(), row.actor)).collect();
    assert_eq!(actions, [("person.disable", Some(hr.subject)), ("person.create", None)], "the latest first");
    let by = AuditFilter { actor: Some(ann.subject), ..AuditFilter::default() };
    assert_eq!(site.db.audit(&by, 10).await.unwrap().len(), 1);
    let kind = AuditFilter { action: Some("person.create".into()), ..AuditFilter::default() };
    let created = site.db.audit(&kind, 1).await.unwrap();
    let before = AuditFilter { before: Some(created[0].id), ..kind };
    assert_eq!(site.db.audit(&before, 10).await.unwrap().len(), 1, "the page after");

    for row in site.db.audit(&AuditFilter::default(), 100).await.unwrap() {
        assert!(!format!("{row:?}").to_lowercase().contains("secret"), "nothing personal: {row:?}");
    }
}

async fn sealed(site: &Site) {
    for number in 0..5 {
        site.person(&format!("Person {number}"), &[]).await;
    }
    assert_eq!(site.db.seal_audit(3, NOW).await.unwrap(), 3);
    assert_eq!(site.db.seal_audit(3, NOW).await.unwrap(), 2);
    assert_eq!(site.db.seal_audit(3, NOW).await.unwrap(), 0);
}

async fn sealed_rows_verify(site: &Site) {
    let empty = site.db.verify_audit().await.unwrap();
    assert_eq!((empty.head.sequence, empty.rows), (0, 0));
    sealed(site).await;
    site.person("Unsealed", &[]).await;
    let verified = site.db.verify_audit().await.unwrap();
    assert_eq!((verified.head.sequence, verified.rows), (2, 5));
}

async fn must_be_corrupt(site: &Site, table: &str, column: &str) {
    match site.db.verify_audit().await {
        Err(StoreError::Corrupt { table: t, column: c, .. }) => assert_eq!((t, c), (table, column)),
        other => panic!("{other:?}"),
    }
}

async fn a_changed_row_is_found(site: &Site) {
    sealed(site).await;
    site.by_hand("UPDATE audit SET action = 'person.nothing' WHERE id = 4").await;
    must_be_corrupt(site, "audit", "seal").await;
    // Whoever also makes a new seal for the batch breaks the link of that seal.
    site.by_hand("UPDATE audit SET action = 'person.create' WHERE id = 4").await;
    site.db.verify_audit().await.unwrap();
    site.by_hand("UPDATE audit_seals SET body = '{}' WHERE sequence = 1").await;
    must_be_corrupt(site, "audit_seals", "link").await;
}

async fn a_removed_row_is_found(site: &Site) {
    sealed(site).await;
    site.by_hand("DELETE FROM audit WHERE id = 2").await;
    must_be_corrupt(site, "audit", "seal").await;
}

async fn an_added_row_is_found(site: &Site) {
    sealed(site).await;
    site.person("Late", &[]).await;
    site.by_hand("UPDATE audit SET seal = 2 WHERE seal IS NULL").await;
    must_be_corrupt(site, "audit", "seal").await;
}

async fn a_cut_off_end_is_found(site: &Site) {
    sealed(site).await;
    site.by_hand("DELETE FROM audit WHERE seal = 2").await;
    site.by_hand("DELETE FROM audit_seals WHERE sequence = 2").await;
    must_be_corrupt(site, "audit_seals", "link").await;
}
