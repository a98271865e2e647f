//! Requests that go away while the store is at work for them.

use crate::harness::{NOW, Site, hash, new_person};
use domain::people::Role;
use std::time::Duration;

contract! {
    a_dropped_write_leaves_the_pool_healthy,
    a_dropped_write_still_happens_as_a_whole,
    a_dropped_read_leaves_the_pool_healthy,
}

/// Drops a hundred writes at a hundred different moments. With `begin()` in the caller's own future this poisons a
/// PostgreSQL pool of four within a few rounds.
async fn a_dropped_write_leaves_the_pool_healthy(site: &Site) {
    for round in 0..100_u64 {
        let write = site
            .db
            .put_flash(None, round.to_string(), NOW.plus(1), NOW, &site.dice);
        let _ = tokio::time::timeout(Duration::from_micros(round * 37), write).await;
    }
    for _ in 0..8 {
        let put = site
            .db
            .put_flash(None, "after".into(), NOW.plus(1), NOW, &site.dice);
        let id = tokio::time::timeout(Duration::from_secs(20), put)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            site.db.flash(id, None, NOW).await.unwrap().as_deref(),
            Some("after")
        );
    }
}

async fn a_dropped_write_still_happens_as_a_whole(site: &Site) {
    let create = site
        .db
        .create_person(None, new_person("Ann", &[Role::Admin]), NOW, &site.dice);
    // Polled once, so that it begins; then dropped.
    assert!(tokio::time::timeout(Duration::ZERO, create).await.is_err());
    for _ in 0..200 {
        let counts = site.db.people_counts().await.unwrap();
        if counts.all == 1 {
            assert!(
                site.db.has_admin().await.unwrap(),
                "the person came with their roles"
            );
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the write did not go on to its end");
}

async fn a_dropped_read_leaves_the_pool_healthy(site: &Site) {
    for round in 0..100_u64 {
        let read = site.db.session(&[7; 32], 1, NOW);
        let _ = tokio::time::timeout(Duration::from_micros(round * 11), read).await;
    }
    for _ in 0..8 {
        assert!(site.db.session(&hash(1), 1, NOW).await.unwrap().is_none());
        assert!(!site.db.has_admin().await.unwrap());
    }
}
