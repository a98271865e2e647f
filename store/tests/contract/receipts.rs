//! Receipts and their chain, attacked by somebody who may write everything in the database and has not got the key.

use crate::{
    completion::everything,
    course::{learner, published},
    harness::{KEY, MINUTE, NOW, Site},
};
use domain::{
    canonical::ContentHash,
    course::Package,
    ids::ReceiptId,
    receipt::{AUDIT, Head, RECEIPTS, Receipt, link},
};
use store::{ChainKeys, Db, Doubt, KnownEnd, Person, SignedLate, StoreError, StoredReceipt};

contract! {
    a_receipt_is_found_by_id_code_and_person,
    an_untouched_chain_verifies,
    a_changed_receipt_is_found,
    an_altered_mark_is_found_with_every_link_recomputed,
    an_inserted_receipt_is_found,
    a_removed_receipt_is_found,
    a_cut_off_end_is_found,
    a_withdrawal_cannot_be_taken_back,
    a_code_or_a_holder_cannot_be_exchanged,
    a_chain_put_back_to_an_earlier_state_is_found_by_a_kept_end,
    the_chain_holds_without_the_person,
    the_chain_begins_with_its_genesis,
    what_an_earlier_release_wrote_is_signed_once_and_says_so,
    what_does_not_hold_is_never_signed,
    another_key_is_refused,
    the_key_can_be_changed,
    without_the_key_nothing_is_issued_and_nothing_verified,
    days_and_name_stay_as_they_were_at_issue,
    the_check_notes_what_it_finds_and_alarms,
}

/// People who completed the course, and their receipts.
async fn issue(site: &Site, count: u64) -> Vec<(Person, ReceiptId)> {
    let package = published(site).await;
    let mut issued = Vec::new();
    for number in 1..=count {
        issued.push(one_more(site, &package, &format!("Ann {number}")).await);
    }
    issued
}

async fn one_more(site: &Site, package: &Package, name: &str) -> (Person, ReceiptId) {
    let (person, enrolment) = learner(site, name).await;
    let receipt = everything(site, &person, &enrolment, package).await;
    (person, receipt)
}

async fn stored(site: &Site, id: ReceiptId) -> StoredReceipt {
    site.db.receipt(id).await.unwrap().unwrap()
}

async fn doubt(site: &Site, id: ReceiptId) -> Option<Doubt> {
    site.db.receipt_doubt(&stored(site, id).await).await.unwrap()
}

/// What the whole check finds.
fn found(outcome: store::Result<store::Verified>) -> Option<Doubt> {
    match outcome {
        Ok(_) => None,
        Err(StoreError::Corrupt { source, .. }) => Some(*source.downcast_ref::<Doubt>().unwrap()),
        Err(other) => panic!("{other:?}"),
    }
}

async fn chain_doubt(site: &Site) -> Option<Doubt> {
    found(site.db.verify_receipts().await)
}

/// Bytes as either database writes them.
fn bytes(site: &Site, bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if site.is_sqlite() { format!("x'{digits}'") } else { format!("'\\x{digits}'::bytea") }
}

fn id(site: &Site, id: uuid::Uuid) -> String {
    if site.is_sqlite() { bytes(site, id.as_bytes()) } else { format!("'{id}'") }
}

/// Writes bodies anew from a record on, with every link after it, and the end: all that can be done without the key.
async fn rewrite(site: &Site, receipts: &[ReceiptId], at: usize, body: String) {
    let mut previous = stored(site, receipts[at]).await.previous;
    for (index, receipt) in receipts.iter().enumerate().skip(at) {
        let row = stored(site, *receipt).await;
        let body = if index == at { body.clone() } else { row.body };
        let own = link(&previous, row.sequence, &body);
        let (text, sequence) = (body.replace('\'', "''"), row.sequence);
        let (before, after) = (bytes(site, previous.as_bytes()), bytes(site, own.as_bytes()));
        site.by_hand(&format!(
            "UPDATE receipts SET body = '{text}', previous = {before}, link = {after} WHERE sequence = {sequence}"
        ))
        .await;
        previous = own;
    }
    let end = bytes(site, previous.as_bytes());
    site.by_hand(&format!("UPDATE chain_heads SET link = {end} WHERE chain = 'receipts'")).await;
}

async fn better(site: &Site, id: ReceiptId) -> String {
    let mut body: Receipt = serde_json::from_str(&stored(site, id).await.body).unwrap();
    let quiz = body.evidence.iter_mut().find(|evidence| evidence.best.is_some()).unwrap();
    quiz.first = Some(quiz.best.unwrap() - 1);
    body.body()
}

async fn a_receipt_is_found_by_id_code_and_person(site: &Site) {
    let issued = issue(site, 2).await;
    let (ann, first) = &issued[0];
    let receipt = stored(site, *first).await;
    assert_eq!((receipt.sequence, receipt.subject), (1, ann.subject));
    let holder = receipt.holder.clone().unwrap();
    assert_eq!((holder.person, holder.subject, holder.name.as_str()), (ann.id, ann.subject, "Ann 1"));
    assert_eq!(site.db.receipt_by_code(&receipt.code).await.unwrap(), Some(receipt));
    assert_eq!(site.db.receipt_by_code("CODE-9").await.unwrap(), None);
    let own: Vec<_> = site.db.receipts_of(ann.id).await.unwrap().iter().map(|one| one.id).collect();
    assert_eq!(own, [*first]);
    assert_eq!(site.db.person_history(ann.id, NOW).await.unwrap().receipts.len(), 1);
}

async fn an_untouched_chain_verifies(site: &Site) {
    assert_eq!(site.db.verify_receipts().await.unwrap().rows, 0);
    let issued = issue(site, 3).await;
    let verified = site.db.verify_receipts().await.unwrap();
    assert_eq!((verified.rows, verified.head.sequence, verified.signed_late), (3, 3, 0));
    for (_, receipt) in issued {
        assert_eq!(doubt(site, receipt).await, None);
    }
}

async fn a_changed_receipt_is_found(site: &Site) {
    let issued = issue(site, 3).await;
    site.by_hand("UPDATE receipts SET body = '{}' WHERE sequence = 2").await;
    assert!(matches!(chain_doubt(site).await, Some(Doubt::Broken(_))));
    assert_eq!(doubt(site, issued[1].1).await, Some(Doubt::Unkeyed(2)));
}

async fn an_altered_mark_is_found_with_every_link_recomputed(site: &Site) {
    let receipts: Vec<ReceiptId> = issue(site, 3).await.into_iter().map(|(_, receipt)| receipt).collect();
    let body = better(site, receipts[1]).await;
    // Its one link alone, as an attacker would begin.
    let row = stored(site, receipts[1]).await;
    let own = bytes(site, link(&row.previous, 2, &body).as_bytes());
    site.by_hand(&format!("UPDATE receipts SET body = '{body}', link = {own} WHERE sequence = 2")).await;
    assert_eq!(doubt(site, receipts[1]).await, Some(Doubt::Unkeyed(2)));
    assert!(chain_doubt(site).await.is_some());
    // All of them, and the end.
    rewrite(site, &receipts, 1, body).await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(2)));
    for receipt in &receipts[1..] {
        assert!(doubt(site, *receipt).await.is_some());
    }
}

async fn an_inserted_receipt_is_found(site: &Site) {
    let issued = issue(site, 2).await;
    let genuine = stored(site, issued[1].1).await;
    let forged = ReceiptId::new(NOW, &site.dice);
    let mut body: Receipt = serde_json::from_str(&genuine.body).unwrap();
    body.id = forged;
    let head = Head { sequence: 2, link: genuine.link };
    let record = head.append(body.body());
    let insert = |mac: &str| {
        format!(
            "INSERT INTO receipts (id, sequence, code, subject_id, course_id, version_id, issued_at, body, previous, link, mac)
             SELECT {}, 3, 'FORG-EDFO-RGED-0000', subject_id, course_id, version_id, issued_at, '{}', link, {}, {mac}
             FROM receipts WHERE sequence = 2",
            id(site, forged.0),
            record.body,
            bytes(site, record.link.as_bytes()),
        )
    };
    site.by_hand(&insert("NULL")).await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Beyond(3)));
    assert_eq!(doubt(site, forged).await, Some(Doubt::Beyond(3)));
    let end = bytes(site, record.link.as_bytes());
    site.by_hand(&format!("UPDATE chain_heads SET sequence = 3, link = {end} WHERE chain = 'receipts'")).await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(3)));
    assert_eq!(doubt(site, forged).await, Some(Doubt::Unsigned));
    // With the keyed hash of another record, too.
    site.by_hand("UPDATE receipts SET mac = (SELECT mac FROM receipts WHERE sequence = 2) WHERE sequence = 3").await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(3)));
    // What is issued afterwards does not vouch for it.
    let package = crate::course::package(&crate::course::files());
    let (_, next) = one_more(site, &package, "Zoë").await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(3)));
    assert!(doubt(site, forged).await.is_some() && doubt(site, next).await.is_some());
}

async fn a_removed_receipt_is_found(site: &Site) {
    let issued = issue(site, 4).await;
    site.by_hand("DELETE FROM receipt_subjects").await;
    site.by_hand("DELETE FROM receipts WHERE sequence = 2").await;
    assert!(matches!(chain_doubt(site).await, Some(Doubt::Broken(_))));
    assert_eq!(doubt(site, issued[2].1).await, Some(Doubt::Unkeyed(2)), "the one after it");
    assert_eq!(doubt(site, issued[0].1).await, Some(Doubt::Unlinked(1)), "the one before it");
}

async fn a_cut_off_end_is_found(site: &Site) {
    let issued = issue(site, 4).await;
    site.by_hand("DELETE FROM receipt_subjects").await;
    site.by_hand("DELETE FROM receipts WHERE sequence = 4").await;
    assert!(matches!(chain_doubt(site).await, Some(Doubt::Broken(_))));
    site.by_hand(
        "UPDATE chain_heads SET sequence = 3, link = (SELECT link FROM receipts WHERE sequence = 3)
         WHERE chain = 'receipts'",
    )
    .await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unsigned));
    assert_eq!(doubt(site, issued[0].1).await, Some(Doubt::Unsigned));
}

async fn a_withdrawal_cannot_be_taken_back(site: &Site) {
    let issued = issue(site, 2).await;
    let (first, second) = (issued[0].1, issued[1].1);
    site.db.revoke_receipt(None, first, NOW.plus(5)).await.unwrap();
    assert!(matches!(site.db.revoke_receipt(None, first, NOW).await, Err(StoreError::Conflict(_))));
    assert_eq!(stored(site, first).await.revoked_at, Some(NOW.plus(5)));
    assert_eq!((doubt(site, first).await, doubt(site, second).await), (None, None));
    assert_eq!(site.db.verify_receipts().await.unwrap().rows, 3);
    // The note alone.
    site.by_hand("UPDATE receipts SET revoked_at = NULL").await;
    assert_eq!(stored(site, first).await.revoked_at, Some(NOW.plus(5)), "the record counts");
    assert_eq!(doubt(site, first).await, Some(Doubt::Beside(1)));
    assert_eq!(chain_doubt(site).await, Some(Doubt::Beside(1)));
    // The record too.
    site.by_hand("DELETE FROM revocations").await;
    assert!(doubt(site, first).await.is_some());
    assert!(chain_doubt(site).await.is_some());
    // And the end put back to the record before, with the signature of the present one.
    site.by_hand(
        "UPDATE chain_heads SET sequence = 2, revocations = 0, link = (SELECT link FROM receipts WHERE sequence = 2)
         WHERE chain = 'receipts'",
    )
    .await;
    assert_eq!(doubt(site, first).await, Some(Doubt::Unsigned));
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unsigned));
}

async fn a_code_or_a_holder_cannot_be_exchanged(site: &Site) {
    let issued = issue(site, 2).await;
    let (first, second) = (issued[0].1, issued[1].1);
    let code = stored(site, second).await.code;
    site.by_hand("UPDATE receipts SET code = 'AWAY' WHERE sequence = 2").await;
    site.by_hand(&format!("UPDATE receipts SET code = '{code}' WHERE sequence = 1")).await;
    assert_eq!(doubt(site, first).await, Some(Doubt::Unkeyed(1)));
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(1)));
    let other = issued[1].0.id.0;
    site.by_hand(&format!(
        "UPDATE receipts SET code = 'X{code}' WHERE sequence = 1; UPDATE receipts SET code = '{code}' WHERE sequence = 2"
    ))
    .await;
    assert_eq!(doubt(site, second).await, Some(Doubt::Unkeyed(1)), "the one before it is still wrong");
    site.by_hand(&format!(
        "UPDATE receipt_subjects SET person_id = {} WHERE receipt_id = {}",
        id(site, other),
        id(site, first.0)
    ))
    .await;
    let moved = stored(site, first).await;
    assert_eq!(moved.holder.unwrap().person, issued[1].0.id);
    assert!(doubt(site, first).await.is_some());
}

async fn a_chain_put_back_to_an_earlier_state_is_found_by_a_kept_end(site: &Site) {
    issue(site, 1).await;
    let package = crate::course::package(&crate::course::files());
    site.by_hand("CREATE TABLE earlier AS SELECT * FROM chain_heads").await;
    one_more(site, &package, "Zoë").await;
    let kept: Vec<KnownEnd> =
        serde_json::from_value(serde_json::to_value(site.db.signed_ends().await.unwrap()).unwrap()).unwrap();
    assert!(site.db.verify_known(RECEIPTS, &kept).await.is_ok());
    // Signature and all: nothing inside the database tells.
    site.by_hand(
        "DELETE FROM receipt_subjects WHERE receipt_id IN (SELECT id FROM receipts WHERE sequence = 2);
         UPDATE enrolments SET completed_at = NULL;
         DELETE FROM receipts WHERE sequence = 2;
         DELETE FROM chain_heads WHERE chain = 'receipts';
         INSERT INTO chain_heads SELECT * FROM earlier WHERE chain = 'receipts'; DROP TABLE earlier",
    )
    .await;
    assert_eq!(chain_doubt(site).await, None);
    let outcome = site.db.verify_known(RECEIPTS, &kept).await;
    assert_eq!(found(outcome.map(|()| unreachable!())), Some(Doubt::Rewritten(2)));
    let checks = site.db.check_chains(&kept, NOW).await.unwrap();
    assert_eq!(checks[0].fault, Some(("rewritten".to_owned(), 2)));
}

async fn the_chain_holds_without_the_person(site: &Site) {
    let issued = issue(site, 2).await;
    site.by_hand("DELETE FROM people").await;
    assert_eq!(site.db.verify_receipts().await.unwrap().rows, 2);
    let receipt = stored(site, issued[0].1).await;
    assert_eq!(receipt.holder, None, "whose it was went with them");
    assert_eq!(doubt(site, issued[0].1).await, None);
}

async fn the_chain_begins_with_its_genesis(site: &Site) {
    let empty = site.db.verify_receipts().await.unwrap();
    assert_eq!(empty.head, Head::start(RECEIPTS), "the migration has the same genesis as the domain");
    let audit = site.db.verify_audit().await.unwrap();
    assert_eq!(audit.head, Head::start(AUDIT));
    assert_ne!(empty.head.link, ContentHash::from_bytes([0; 32]));
}

/// Leaves a database as a release before signing would.
const UNSIGNED: &str = "UPDATE receipts SET mac = NULL, signed_late_at = NULL; DELETE FROM revocations;
     UPDATE audit_seals SET mac = NULL, signed_late_at = NULL;
     UPDATE chain_heads SET public_key = NULL, signature = NULL, revocations = 0";

async fn what_an_earlier_release_wrote_is_signed_once_and_says_so(site: &Site) {
    let issued = issue(site, 2).await;
    assert!(site.db.seal_audit(500, NOW).await.unwrap() > 0);
    site.by_hand(UNSIGNED).await;
    site.by_hand("UPDATE receipts SET revoked_at = 7 WHERE sequence = 1").await;
    assert_eq!(doubt(site, issued[0].1).await, Some(Doubt::Unsigned));
    let later = NOW.plus(MINUTE);
    let signed = site.db.sign_chains(later).await.unwrap();
    assert_eq!(signed, SignedLate { receipts: 2, seals: 1 });
    let verified = site.db.verify_receipts().await.unwrap();
    assert_eq!((verified.rows, verified.signed_late), (3, 2), "what was noted as withdrawn has a record now");
    assert_eq!(site.db.verify_audit().await.unwrap().signed_late, 1);
    for (_, receipt) in &issued {
        assert_eq!(doubt(site, *receipt).await, None);
        assert_eq!(stored(site, *receipt).await.signed_late_at, Some(later));
    }
    assert_eq!(site.db.sign_chains(later).await.unwrap(), SignedLate::default(), "once");
    // What comes afterwards is signed when it is issued; what is put in unsigned stays unsigned.
    let package = crate::course::package(&crate::course::files());
    let (_, next) = one_more(site, &package, "Zoë").await;
    assert_eq!((stored(site, next).await.signed_late_at, doubt(site, next).await), (None, None));
    site.by_hand("UPDATE receipts SET mac = NULL WHERE sequence = 4").await;
    assert_eq!(site.db.sign_chains(later).await.unwrap(), SignedLate::default());
    assert_eq!(doubt(site, next).await, Some(Doubt::Unkeyed(4)));
    // To pass for signed at its time, a late one would have to lose its note.
    site.by_hand("UPDATE receipts SET signed_late_at = NULL WHERE sequence = 1").await;
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(1)));
}

async fn what_does_not_hold_is_never_signed(site: &Site) {
    let issued = issue(site, 2).await;
    site.by_hand(UNSIGNED).await;
    site.by_hand("UPDATE receipts SET body = '{}' WHERE sequence = 1").await;
    assert!(matches!(site.db.sign_chains(NOW).await, Err(StoreError::Corrupt { .. })));
    assert_eq!(doubt(site, issued[1].1).await, Some(Doubt::Unsigned));
    assert_eq!(site.number("SELECT COUNT(*) FROM receipts WHERE mac IS NOT NULL").await, 0);
}

async fn another_key_is_refused(site: &Site) {
    issue(site, 1).await;
    let other = site.second().await.with_keys(ChainKeys::derive(&[8; 32]));
    match other.sign_chains(NOW).await {
        Err(StoreError::Unusable(why)) => assert!(why.contains("another key"), "{why}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(found(other.verify_receipts().await), Some(Doubt::Unkeyed(1)));
    other.close().await;
}

async fn the_key_can_be_changed(site: &Site) {
    let issued = issue(site, 2).await;
    site.db.revoke_receipt(None, issued[1].1, NOW).await.unwrap();
    site.db.seal_audit(500, NOW).await.unwrap();
    let before = stored(site, issued[0].1).await;
    site.db.change_keys(ChainKeys::derive(&[9; 32]), NOW).await.unwrap();
    let new = site.second().await.with_keys(ChainKeys::derive(&[9; 32]));
    new.sign_chains(NOW).await.unwrap();
    assert_eq!(new.verify_receipts().await.unwrap().rows, 3);
    assert!(new.verify_audit().await.unwrap().rows > 0);
    let after = new.receipt(issued[0].1).await.unwrap().unwrap();
    assert_eq!((after.link, new.receipt_doubt(&after).await.unwrap()), (before.link, None), "what was printed holds");
    assert_eq!(chain_doubt(site).await, Some(Doubt::Unkeyed(1)), "the old key opens nothing");
    assert!(site.db.change_keys(ChainKeys::derive(&KEY), NOW).await.is_err());
    new.close().await;
}

async fn without_the_key_nothing_is_issued_and_nothing_verified(site: &Site) {
    issue(site, 1).await;
    let keyless = Db::connect(&site.url, store::Options::default()).await.unwrap();
    let unusable = |outcome: bool| assert!(outcome, "it says that the key is missing");
    unusable(matches!(keyless.verify_receipts().await, Err(StoreError::Unusable(_))));
    unusable(matches!(keyless.verify_audit().await, Err(StoreError::Unusable(_))));
    unusable(matches!(keyless.seal_audit(500, NOW).await, Err(StoreError::Unusable(_))));
    unusable(matches!(keyless.sign_chains(NOW).await, Err(StoreError::Unusable(_))));
    keyless.close().await;
}

async fn days_and_name_stay_as_they_were_at_issue(site: &Site) {
    let package = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    site.by_hand("UPDATE people SET zone = 'Pacific/Kiritimati'").await;
    let receipt = everything(site, &ann, &enrolment, &package).await;
    site.by_hand("UPDATE people SET zone = 'America/Los_Angeles', name = 'Ann Other'").await;
    let row = stored(site, receipt).await;
    let body: Receipt = serde_json::from_str(&row.body).unwrap();
    assert_eq!((body.format, body.zone.unwrap().as_str()), (2, "Pacific/Kiritimati"));
    let holder = row.holder.clone().unwrap();
    assert_eq!((holder.name.as_str(), holder.present_name.as_str()), ("Ann", "Ann Other"));
    assert_eq!(doubt(site, receipt).await, None);
}

async fn the_check_notes_what_it_finds_and_alarms(site: &Site) {
    issue(site, 2).await;
    site.db.seal_audit(500, NOW).await.unwrap();
    assert!(!site.db.chain_alarm(NOW).await.unwrap(), "before the first check");
    let checks = site.db.check_chains(&[], NOW).await.unwrap();
    let seen: Vec<_> = checks.iter().map(|check| (check.chain.as_str(), check.records, check.fault.clone())).collect();
    assert_eq!(seen, [(RECEIPTS, 2, None), (AUDIT, 1, None)]);
    assert!(!site.db.chain_alarm(NOW).await.unwrap());
    assert!(site.db.chain_alarm(NOW.plus(4 * 24 * 60 * MINUTE)).await.unwrap(), "nobody checked for days");

    site.by_hand("UPDATE receipts SET code = 'X' WHERE sequence = 2").await;
    site.by_hand("UPDATE audit SET detail = '{}' WHERE action = 'receipt.issue'").await;
    let later = NOW.plus(MINUTE);
    let checks = site.db.check_chains(&[], later).await.unwrap();
    assert_eq!(checks[0].fault, Some(("unkeyed".to_owned(), 2)));
    assert_eq!(checks[1].fault, Some(("rows".to_owned(), 1)));
    assert!(site.db.chain_alarm(later).await.unwrap());
    let checks = site.db.check_chains(&[], later.plus(MINUTE)).await.unwrap();
    assert_eq!((checks[0].found_at, checks[0].checked_at), (Some(later), later.plus(MINUTE)), "since when");
}
