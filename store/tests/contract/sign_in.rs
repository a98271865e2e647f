//! Signing in: how attempts are counted, and what a success leaves behind.

use crate::harness::{DAY, MINUTE, NOW, Site, hash};
use domain::time::Timestamp;
use store::{NewSession, Person, SIGN_IN_FAILED, SIGNED_IN, SecurityEvent, SignIn, SignInAttempt};

contract! {
    an_address_has_a_budget_for_all_its_accounts,
    the_budget_grows_with_the_people_who_succeed_there,
    what_is_counted_nowhere_else_is_not_counted_at_the_address,
    an_attempt_that_was_not_judged_is_taken_back,
    a_browser_is_known_for_the_person_who_signed_in_there,
    another_password_forgets_every_browser,
    signing_in_ends_what_the_browser_had_before,
    what_happens_at_the_door_is_in_the_log_and_counted,
}

const OFFICE: [u8; 32] = [200; 32];

/// An attempt at an account of its own.
fn at(account: u16) -> SignInAttempt {
    let mut key = [0; 32];
    key[..2].copy_from_slice(&account.to_be_bytes());
    SignInAttempt { key, address: Some(OFFICE) }
}

/// How many attempts the address has, each at an account of its own.
async fn budget(site: &Site, first: u16, now: Timestamp) -> usize {
    let mut count = 0;
    while site.db.begin_sign_in(at(first + count), now).await.is_ok() {
        count += 1;
        assert!(count < 1000, "there is an end to it");
    }
    usize::from(count)
}

async fn succeed(site: &Site, person: &Person, attempt: SignInAttempt, byte: u8, now: Timestamp) {
    let session =
        NewSession { token_hash: hash(byte), person: person.id, agent: "x".into(), expires_at: now.plus(DAY) };
    let new = SignIn {
        session,
        subject: person.subject,
        ends: None,
        attempt,
        address: OFFICE,
        address_shown: "c8".into(),
        browser: hash(byte),
    };
    site.db.sign_in(new, now, &site.dice).await.unwrap();
}

async fn an_address_has_a_budget_for_all_its_accounts(site: &Site) {
    let twelve_wrong_ones = 12;
    for account in 0..twelve_wrong_ones {
        site.db.begin_sign_in(at(account), NOW).await.unwrap();
    }
    let ann = site.active("Ann", &[]).await;
    site.db.begin_sign_in(at(900), NOW).await.unwrap();
    succeed(site, &ann, at(900), 1, NOW).await;
    let left = budget(site, 100, NOW).await;
    assert!(left >= 8, "{left}");
    let refused = site.db.begin_sign_in(at(901), NOW).await.unwrap_err().too_soon().unwrap();
    assert!(refused.since(NOW) <= MINUTE, "a wait of moments, not of a quarter of an hour");
    site.db.begin_sign_in(at(901), refused).await.unwrap();
}

async fn the_budget_grows_with_the_people_who_succeed_there(site: &Site) {
    let alone = budget(site, 0, NOW).await;
    let later = NOW.plus(DAY);
    for number in 0..8 {
        let person = site.active(&format!("Ann {number}"), &[]).await;
        for again in 0..3 {
            site.db.begin_sign_in(at(2000), later).await.unwrap();
            succeed(site, &person, at(2000), 10 * number + again, later).await;
        }
    }
    assert_eq!(budget(site, 3000, later).await, alone + 8 * 10, "for each person once, however often they come");
    let much_later = later.plus(31 * DAY);
    assert_eq!(budget(site, 4000, much_later).await, alone, "who comes no more counts no more");
}

async fn what_is_counted_nowhere_else_is_not_counted_at_the_address(site: &Site) {
    for _ in 0..5 {
        site.db.begin_sign_in(at(1), NOW).await.unwrap();
    }
    for _ in 0..50 {
        site.db.begin_sign_in(at(1), NOW).await.unwrap_err();
    }
    assert_eq!(budget(site, 100, NOW).await, 15, "a locked account costs the office nothing more");
    let known = SignInAttempt { key: hash(7), address: None };
    site.db.begin_sign_in(known, NOW).await.unwrap();
}

async fn an_attempt_that_was_not_judged_is_taken_back(site: &Site) {
    for _ in 0..100 {
        site.db.begin_sign_in(at(1), NOW).await.unwrap();
        site.db.take_back_sign_in(at(1), NOW).await.unwrap();
    }
}

async fn a_browser_is_known_for_the_person_who_signed_in_there(site: &Site) {
    let (ann, bob) = (site.active("Ann", &[]).await, site.active("Bob", &[]).await);
    succeed(site, &ann, at(1), 1, NOW).await;
    assert!(site.db.knows_browser(ann.id, &hash(1), NOW).await.unwrap());
    assert!(!site.db.knows_browser(bob.id, &hash(1), NOW).await.unwrap());
    assert!(!site.db.knows_browser(ann.id, &hash(2), NOW).await.unwrap());
    assert!(!site.db.knows_browser(ann.id, &hash(1), NOW.plus(181 * DAY)).await.unwrap());
    for byte in 2..12 {
        succeed(site, &ann, at(1), byte, NOW.plus(i64::from(byte))).await;
    }
    assert!(!site.db.knows_browser(ann.id, &hash(1), NOW).await.unwrap(), "the one not used for longest made room");
    assert!(site.db.knows_browser(ann.id, &hash(2), NOW).await.unwrap());
    assert!(site.db.sweep_sign_ins(NOW.plus(400 * DAY)).await.unwrap() >= 10);
}

async fn another_password_forgets_every_browser(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    succeed(site, &ann, at(1), 1, NOW).await;
    site.db.set_password(None, ann.id, "another".into(), None, NOW).await.unwrap();
    assert!(!site.db.knows_browser(ann.id, &hash(1), NOW).await.unwrap());
}

async fn signing_in_ends_what_the_browser_had_before(site: &Site) {
    let (ann, bob) = (site.active("Ann", &[]).await, site.active("Bob", &[]).await);
    succeed(site, &ann, at(1), 1, NOW).await;
    let before = site.db.session(&hash(1), DAY, NOW).await.unwrap().unwrap();
    let session = NewSession { token_hash: hash(2), person: bob.id, agent: "x".into(), expires_at: NOW.plus(DAY) };
    let new = SignIn {
        session,
        subject: bob.subject,
        ends: Some(before.session),
        attempt: at(2),
        address: OFFICE,
        address_shown: "c8".into(),
        browser: hash(1),
    };
    site.db.sign_in(new, NOW, &site.dice).await.unwrap();
    assert!(site.db.session(&hash(1), DAY, NOW).await.unwrap().is_none());
    let id = site.db.session(&hash(2), DAY, NOW).await.unwrap().unwrap().session;
    site.db.renew_session(id, hash(3)).await.unwrap();
    assert!(site.db.session(&hash(2), DAY, NOW).await.unwrap().is_none(), "the old token opens nothing");
    assert_eq!(site.db.session(&hash(3), DAY, NOW).await.unwrap().unwrap().session, id);
}

async fn what_happens_at_the_door_is_in_the_log_and_counted(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    let failed = |count| SecurityEvent {
        action: SIGN_IN_FAILED,
        reason: "wrong-password",
        subject: Some(ann.subject),
        address: "c8".into(),
        count,
    };
    site.db.record_security(vec![failed(3)], NOW.plus(-2 * DAY)).await.unwrap();
    site.db.record_security(vec![failed(7), failed(1)], NOW).await.unwrap();
    succeed(site, &ann, at(1), 1, NOW).await;
    let rows = site.db.security_events(None, 10).await.unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, [SIGNED_IN, SIGN_IN_FAILED, SIGN_IN_FAILED, SIGN_IN_FAILED]);
    assert_eq!(rows[0].object_id, Some(ann.subject.0));
    assert!(rows[1].detail.contains("wrong-password") && rows[1].detail.contains("c8"), "{}", rows[1].detail);
    assert_eq!(site.db.security_events(Some(rows[1].id), 10).await.unwrap().len(), 2);
    let mut counts = site.db.security_counts(NOW.plus(-DAY)).await.unwrap();
    counts.sort();
    assert_eq!(counts, [(SIGN_IN_FAILED.to_owned(), 8), (SIGNED_IN.to_owned(), 1)]);
    assert_eq!(site.db.sweep_security(NOW.plus(29 * DAY)).await.unwrap(), 1);
}
