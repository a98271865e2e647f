//! Throttle, flashes, settings.

use crate::harness::{DAY, NOW, Site, hash};
use domain::facts::Fact;

contract! {
    the_fifth_failure_costs_a_second_and_each_further_doubles,
    racing_failures_all_count,
    success_and_time_forget,
    a_flash_is_seen_by_its_owner_until_its_end,
    settings_and_facts_are_kept,
}

async fn the_fifth_failure_costs_a_second_and_each_further_doubles(site: &Site) {
    let mut waits = Vec::new();
    for _ in 0..8 {
        waits.push(site.db.record_failure(hash(1), NOW).await.unwrap().map(|next| next.since(NOW) / 1000));
    }
    assert_eq!(waits, [None, None, None, None, Some(1), Some(2), Some(4), Some(8)]);
    assert_eq!(site.db.throttled(&[hash(2), hash(1)], NOW).await.unwrap(), Some(NOW.plus(8000)));
    assert_eq!(site.db.throttled(&[hash(1)], NOW.plus(8000)).await.unwrap(), None);
    assert_eq!(site.db.throttled(&[hash(2)], NOW).await.unwrap(), None);
    for _ in 0..20 {
        site.db.record_failure(hash(1), NOW).await.unwrap();
    }
    assert_eq!(site.db.throttled(&[hash(1)], NOW).await.unwrap(), Some(NOW.plus(15 * 60_000)));
}

async fn racing_failures_all_count(site: &Site) {
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let db = site.db.clone();
            tokio::spawn(async move { db.record_failure(hash(1), NOW).await.unwrap() })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(site.db.throttled(&[hash(1)], NOW).await.unwrap(), Some(NOW.plus(128_000)), "2^(12 - 5) seconds");
}

async fn success_and_time_forget(site: &Site) {
    for _ in 0..6 {
        site.db.record_failure(hash(1), NOW).await.unwrap();
        site.db.record_failure(hash(2), NOW).await.unwrap();
    }
    site.db.clear_failures(vec![hash(1), hash(3)]).await.unwrap();
    assert_eq!(site.db.throttled(&[hash(1)], NOW).await.unwrap(), None);
    assert_eq!(site.db.record_failure(hash(2), NOW.plus(DAY)).await.unwrap(), None, "a day later it is the first");
    assert_eq!(site.db.sweep_throttle(NOW.plus(2 * DAY)).await.unwrap(), 1);
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
