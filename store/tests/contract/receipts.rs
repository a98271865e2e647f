//! Receipts and their chain. Written behind the store's back here; who completes a course is tested with learning.

use crate::harness::{NOW, Site};
use domain::{
    canonical::ContentHash,
    ids::{CourseId, PersonId, ReceiptId, SubjectId},
    receipt::{Head, RECEIPTS},
};
use store::{Db, Person, StoreError};

contract! {
    a_receipt_is_found_by_id_code_and_person,
    an_untouched_chain_verifies,
    a_changed_receipt_is_found,
    a_removed_receipt_is_found,
    a_cut_off_end_is_found,
    the_chain_holds_without_the_person,
    the_chain_begins_with_its_genesis,
}

async fn issue(site: &Site, person: &Person, count: u8) -> Vec<ReceiptId> {
    let course = site.course("Outside").await;
    let mut head = Head::start(RECEIPTS);
    let mut issued = Vec::new();
    for number in 1..=count {
        let link = head.append(format!("{{\"number\":{number}}}"));
        let id = ReceiptId::new(NOW, &site.dice);
        put(site, id, person, course, &link, number).await;
        head = Head { sequence: link.sequence, link: link.link };
        issued.push(id);
    }
    issued
}

const RECEIPT: &str = "INSERT INTO receipts
    (id, sequence, code, subject_id, course_id, version_id, issued_at, body, previous, link)
    VALUES ($1, $2, $3, $4, $5, (SELECT id FROM course_versions WHERE course_id = $5), $6, $7, $8, $9)";
const SUBJECT: &str = "INSERT INTO receipt_subjects (receipt_id, person_id, salt, name, login)
    VALUES ($1, $2, $3, 'Ann', 'ann@example.org')";
const HEAD: &str = "UPDATE chain_heads SET sequence = $1, link = $2 WHERE chain = 'receipts'";

async fn put(site: &Site, id: ReceiptId, person: &Person, course: CourseId, link: &domain::receipt::Link, number: u8) {
    macro_rules! run {
        ($pool:expr, $sql:expr $(, $bind:expr)*) => {
            sqlx::query($sql)$(.bind($bind))*.execute($pool).await.unwrap()
        };
    }
    let (SubjectId(subject), PersonId(person), CourseId(course)) = (person.subject, person.id, course);
    let (sequence, code) = (i64::from(number), format!("CODE-{number}"));
    let (previous, own) = (link.previous.as_bytes().to_vec(), link.link.as_bytes().to_vec());
    let (at, salt) = (NOW.0 + i64::from(number), vec![number; 32]);
    match &site.db {
        Db::Sqlite { writer: pool, .. } => {
            run!(pool, RECEIPT, id.0, sequence, code, subject, course, at, &link.body, previous, own.clone());
            run!(pool, SUBJECT, id.0, person, salt);
            run!(pool, HEAD, sequence, own);
        }
        Db::Postgres { pool } => {
            run!(pool, RECEIPT, id.0, sequence, code, subject, course, at, &link.body, previous, own.clone());
            run!(pool, SUBJECT, id.0, person, salt);
            run!(pool, HEAD, sequence, own);
        }
    }
}

async fn must_be_corrupt(site: &Site) {
    match site.db.verify_receipts().await {
        Err(StoreError::Corrupt { table: "receipts", column: "link", .. }) => {}
        other => panic!("{other:?}"),
    }
}

async fn a_receipt_is_found_by_id_code_and_person(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    let ids = issue(site, &ann, 2).await;
    let found = site.db.receipt(ids[0]).await.unwrap().unwrap();
    assert_eq!((found.sequence, found.code.as_str(), found.subject), (1, "CODE-1", ann.subject));
    let holder = found.holder.clone().unwrap();
    assert_eq!((holder.person, holder.name.as_str(), holder.salt), (ann.id, "Ann", [1; 32]));
    assert_eq!(site.db.receipt_by_code("CODE-1").await.unwrap(), Some(found));
    assert_eq!(site.db.receipt_by_code("CODE-9").await.unwrap(), None);
    let own: Vec<_> = site.db.receipts_of(ann.id).await.unwrap().iter().map(|one| one.id).collect();
    assert_eq!(own, [ids[1], ids[0]], "the latest first");
    assert_eq!(site.db.person_history(ann.id, NOW).await.unwrap().receipts.len(), 2);
}

async fn an_untouched_chain_verifies(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    assert_eq!(site.db.verify_receipts().await.unwrap().rows, 0);
    issue(site, &ann, 5).await;
    let verified = site.db.verify_receipts().await.unwrap();
    assert_eq!((verified.rows, verified.head.sequence), (5, 5));
}

async fn a_changed_receipt_is_found(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    issue(site, &ann, 4).await;
    site.by_hand("UPDATE receipts SET body = '{}' WHERE sequence = 2").await;
    must_be_corrupt(site).await;
}

async fn a_removed_receipt_is_found(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    issue(site, &ann, 4).await;
    site.by_hand("DELETE FROM receipt_subjects").await;
    site.by_hand("DELETE FROM receipts WHERE sequence = 3").await;
    must_be_corrupt(site).await;
}

async fn a_cut_off_end_is_found(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    issue(site, &ann, 4).await;
    site.by_hand("DELETE FROM receipt_subjects").await;
    site.by_hand("DELETE FROM receipts WHERE sequence = 4").await;
    must_be_corrupt(site).await;
}

async fn the_chain_holds_without_the_person(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    let ids = issue(site, &ann, 3).await;
    site.by_hand("DELETE FROM people").await;
    assert_eq!(site.db.verify_receipts().await.unwrap().rows, 3);
    let found = site.db.receipt(ids[0]).await.unwrap().unwrap();
    assert_eq!(found.holder, None, "whose it was went with them");
}

async fn the_chain_begins_with_its_genesis(site: &Site) {
    let empty = site.db.verify_receipts().await.unwrap();
    assert_eq!(empty.head, Head::start(RECEIPTS), "the migration has the same genesis as the domain");
    let audit = site.db.verify_audit().await.unwrap();
    assert_eq!(audit.head, Head::start(domain::receipt::AUDIT));
    assert_ne!(empty.head.link, ContentHash::from_bytes([0; 32]));
}
