//! Throttle, budgets, flashes, settings.

use crate::harness::{DAY, MINUTE, NOW, Site, hash};
use domain::{facts::Fact, time::Timestamp};
use store::{Allowance, Db};

contract! {
    the_fifth_failure_costs_a_second_and_each_further_doubles,
    of_many_attempts_at_once_only_the_free_ones_pass,
    success_and_time_forget,
    a_clock_that_was_set_back_makes_nobody_wait,
    a_budget_is_used_up_and_refills_evenly,
    of_many_at_once_no_more_than_the_budget_pass,
    a_flash_is_seen_by_its_owner_until_its_end,
    kept_forms_have_room_for_so_many,
    space_is_given_back,
    settings_and_facts_are_kept,
    a_kept_secret_is_made_once,
}

/// The wait in milliseconds, where an attempt under the key is not allowed.
async fn attempt(db: &Db, byte: u8, now: Timestamp) -> Option<i64> {
    match db.count_attempt(hash(byte), now).await {
        Ok(()) => None,
        Err(error) => Some(error.too_soon().unwrap_or_else(|| panic!("{error:?}")).since(now)),
    }
}

async fn the_fifth_failure_costs_a_second_and_each_further_doubles(site: &Site) {
    let mut now = NOW;
    let mut waits = Vec::new();
    for _ in 0..8 {
        assert_eq!(attempt(&site.db, 1, now).await, None);
        let wait = attempt(&site.db, 1, now).await;
        waits.push(wait.unwrap_or(0) / 1000);
        if wait.is_none() {
            site.db.uncount_attempt(hash(1), now).await.unwrap();
        }
        now = now.plus(wait.unwrap_or(0));
    }
    assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8]);
    assert_eq!(attempt(&site.db, 2, now).await, None, "another key is another matter");
    for _ in 0..20 {
        now = now.plus(attempt(&site.db, 1, now).await.unwrap_or(0));
    }
    assert!(attempt(&site.db, 1, now).await.is_none_or(|wait| wait <= 15 * MINUTE));
}

async fn of_many_attempts_at_once_only_the_free_ones_pass(site: &Site) {
    let other = site.second().await;
    let calls: Vec<_> = (0..40)
        .map(|number| {
            let db = if number % 2 == 0 { site.db.clone() } else { other.clone() };
            tokio::spawn(async move { attempt(&db, 1, NOW).await.is_none() })
        })
        .collect();
    let mut passed = 0;
    for call in calls {
        passed += u32::from(call.await.unwrap());
    }
    assert_eq!(passed, 5);
    other.close().await;
}

async fn success_and_time_forget(site: &Site) {
    for _ in 0..5 {
        attempt(&site.db, 1, NOW).await;
        attempt(&site.db, 2, NOW).await;
    }
    site.db.forget_failures(hash(1)).await.unwrap();
    assert_eq!(attempt(&site.db, 1, NOW).await, None);
    assert_eq!(attempt(&site.db, 2, NOW).await, Some(1000));
    for _ in 0..5 {
        assert_eq!(attempt(&site.db, 2, NOW.plus(DAY)).await, None, "a day later they are the first");
    }
    assert_eq!(site.db.sweep_throttle(NOW.plus(2 * DAY)).await.unwrap(), 2);
}

async fn a_clock_that_was_set_back_makes_nobody_wait(site: &Site) {
    let ahead = NOW.plus(2 * DAY);
    let allowance = Allowance { key: hash(1), most: 2, refill: 10 * MINUTE };
    for _ in 0..5 {
        attempt(&site.db, 1, ahead).await;
        let _ = site.db.take(allowance, ahead).await;
    }
    assert_eq!(attempt(&site.db, 1, NOW).await, None);
    site.db.take(allowance, NOW).await.unwrap();
    site.db.take(allowance, NOW).await.unwrap();
    let refused = site.db.take(allowance, NOW).await.unwrap_err();
    assert_eq!(refused.too_soon(), Some(NOW.plus(5 * MINUTE)), "and counts as usual from then on");
}

async fn a_budget_is_used_up_and_refills_evenly(site: &Site) {
    let allowance = Allowance { key: hash(1), most: 3, refill: 3 * MINUTE };
    let wait = async |now: Timestamp| match site.db.take(allowance, now).await {
        Ok(()) => None,
        Err(error) => Some(error.too_soon().unwrap().since(now)),
    };
    for _ in 0..3 {
        assert_eq!(wait(NOW).await, None);
    }
    assert_eq!(wait(NOW).await, Some(MINUTE));
    assert_eq!(wait(NOW.plus(MINUTE / 2)).await, Some(MINUTE / 2));
    assert_eq!(wait(NOW.plus(MINUTE)).await, None);
    assert_eq!(wait(NOW.plus(MINUTE)).await, Some(MINUTE));
    let more = Allowance { most: 6, ..allowance };
    site.db.take(more, NOW.plus(3 * MINUTE)).await.unwrap();
    assert_eq!(site.db.sweep_allowances(NOW.plus(10 * MINUTE)).await.unwrap(), 1);
}

async fn of_many_at_once_no_more_than_the_budget_pass(site: &Site) {
    let calls: Vec<_> = (0..30)
        .map(|_| {
            let db = site.db.clone();
            let allowance = Allowance { key: hash(1), most: 7, refill: MINUTE };
            tokio::spawn(async move { db.take(allowance, NOW).await.is_ok() })
        })
        .collect();
    let mut passed = 0;
    for call in calls {
        passed += u32::from(call.await.unwrap());
    }
    assert_eq!(passed, 7);
}

async fn a_flash_is_seen_by_its_owner_until_its_end(site: &Site) {
    let end = NOW.plus(1000);
    let own = site.db.put_flash(Some(hash(1)), "mine".into(), end, NOW, &site.dice).await.unwrap();
    let open = site.db.put_flash(None, "anyone's".into(), end, NOW, &site.dice).await.unwrap();
    for _ in 0..2 {
        assert_eq!(site.db.flash(own, Some(hash(1)), NOW).await.unwrap().as_deref(), Some("mine"));
    }
    assert_eq!(site.db.flash(own, Some(hash(2)), NOW).await.unwrap(), None);
    assert_eq!(site.db.flash(own, None, NOW).await.unwrap(), None);
    assert_eq!(site.db.flash(open, Some(hash(2)), NOW).await.unwrap().as_deref(), Some("anyone's"));
    assert_eq!(site.db.flash(open, None, end).await.unwrap(), None);
    assert_eq!(site.db.sweep_flashes(end).await.unwrap(), 2);
}

async fn kept_forms_have_room_for_so_many(site: &Site) {
    let end = NOW.plus(MINUTE);
    let mut ids = Vec::new();
    for number in 0..25 {
        let now = NOW.plus(number);
        ids.push(site.db.put_flash(Some(hash(1)), "mine".into(), end, now, &site.dice).await.unwrap());
    }
    let other = site.db.put_flash(Some(hash(2)), "yours".into(), end, NOW, &site.dice).await.unwrap();
    assert_eq!(site.number("SELECT COUNT(*) FROM flashes").await, 21);
    assert_eq!(site.db.flash(ids[4], Some(hash(1)), NOW).await.unwrap(), None, "the oldest made room");
    assert!(site.db.flash(ids[5], Some(hash(1)), NOW).await.unwrap().is_some());
    assert!(site.db.flash(other, Some(hash(2)), NOW).await.unwrap().is_some(), "everybody has their own");
    for number in 0..1005 {
        site.db.put_flash(None, "a stranger's".into(), end, NOW.plus(number), &site.dice).await.unwrap();
    }
    assert_eq!(site.number("SELECT COUNT(*) FROM flashes WHERE owner_hash IS NULL").await, 1000);
}

async fn space_is_given_back(site: &Site) {
    let Db::Sqlite { .. } = &site.db else { return };
    let end = NOW.plus(MINUTE);
    for number in 0..600_u16 {
        let owner = [(number / 20) as u8; 32];
        site.db.put_flash(Some(owner), "x".repeat(20_000), end, NOW, &site.dice).await.unwrap();
    }
    let pages = async || site.number("SELECT page_count FROM pragma_page_count()").await;
    let full = pages().await;
    assert_eq!(site.db.sweep_flashes(end).await.unwrap(), 600);
    for _ in 0..3 {
        site.db.give_space_back().await.unwrap();
    }
    assert!(pages().await < full / 4, "{} of {full} pages are left", pages().await);
}

async fn a_kept_secret_is_made_once(site: &Site) {
    assert_eq!(site.db.kept_secret("test-key", "first".into(), NOW).await.unwrap(), "first");
    assert_eq!(site.db.kept_secret("test-key", "second".into(), NOW).await.unwrap(), "first");
}

async fn settings_and_facts_are_kept(site: &Site) {
    assert_eq!(site.db.setting("welcome").await.unwrap(), None);
    for value in ["a", "b"] {
        site.db.set_setting(None, "welcome", value.into(), NOW).await.unwrap();
    }
    assert_eq!(site.db.setting("welcome").await.unwrap().as_deref(), Some("b"));

    let name = (Fact::CompanyName, Some("Parcelwise".to_owned()));
    let limit = (Fact::RefundLimit, Some("20".to_owned()));
    site.db.set_facts(None, [name, limit].into(), NOW).await.unwrap();
    site.db.set_facts(None, [(Fact::RefundLimit, None)].into(), NOW).await.unwrap();
    let facts = site.db.facts().await.unwrap();
    assert_eq!(facts.get(Fact::CompanyName), Some("Parcelwise"));
    assert_eq!(facts.get(Fact::RefundLimit), None);
}
