//! Requests that go away while the store is at work for them.

use crate::harness::{NOW, Site, hash, new_person};
use domain::people::Role;
use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};
use store::Db;

contract! {
    a_dropped_write_leaves_no_connection_in_a_transaction,
    a_dropped_write_still_happens_as_a_whole,
    a_dropped_read_leaves_the_pool_healthy,
}

/// Polls a future so many times, each time when it asks for it, and then drops it unfinished.
struct Patience<F>(Pin<Box<F>>, usize);

impl<F: Future> Future for Patience<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 == 0 {
            return Poll::Ready(None);
        }
        self.1 -= 1;
        match self.0.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.1 == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

async fn drop_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    pin!(Patience(Box::pin(future), polls)).await
}

/// What the server says each connection of the pool is doing while nobody uses it. None for SQLite.
async fn resting_states(site: &Site) -> Vec<String> {
    let Db::Postgres { pool, .. } = &site.db else {
        return Vec::new();
    };
    let mut connections = Vec::new();
    while let Some(connection) = pool.try_acquire() {
        connections.push(connection);
    }
    let mut pids = Vec::new();
    for connection in &mut connections {
        // Asks without touching a transaction that may be open: it neither begins nor ends one.
        pids.push(sqlx::query_scalar::<_, i32>("SELECT pg_backend_pid()").fetch_one(&mut **connection).await.unwrap());
    }
    let other = site.second().await;
    let Db::Postgres { pool: watcher, .. } = &other else { unreachable!() };
    let states = sqlx::query_scalar("SELECT state FROM pg_stat_activity WHERE pid = ANY($1)")
        .bind(pids)
        .fetch_all(watcher)
        .await
        .unwrap();
    other.close().await;
    states
}

/// sqlx counts a transaction as open only once the server has answered `BEGIN`. Dropped before that, nothing rolls it
/// back, and the connection rests in the pool inside a transaction that nobody ends, until a later one happens to.
async fn a_dropped_write_leaves_no_connection_in_a_transaction(site: &Site) {
    for polls in [1, 2, 3, 4, 1] {
        for round in 0..6 {
            let write = site.db.put_flash(None, round.to_string(), NOW.plus(1), NOW, &site.dice);
            drop_after(polls, write).await;
        }
        // No write in between: it would end what was left open.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let states = resting_states(site).await;
        assert!(site.is_sqlite() || !states.is_empty());
        assert!(states.iter().all(|state| state == "idle"), "after {polls} polls: {states:?}");
    }
    for _ in 0..8 {
        let put = site.db.put_flash(None, "after".into(), NOW.plus(1), NOW, &site.dice);
        let id = tokio::time::timeout(Duration::from_secs(20), put).await.unwrap().unwrap();
        assert_eq!(site.db.flash(id, None, NOW).await.unwrap().as_deref(), Some("after"));
    }
}

async fn a_dropped_write_still_happens_as_a_whole(site: &Site) {
    let create = site.db.create_person(None, new_person("Ann", &[Role::Admin]), NOW, &site.dice);
    assert!(drop_after(1, create).await.is_none(), "begun and dropped");
    for _ in 0..200 {
        let counts = site.db.people_counts().await.unwrap();
        if counts.all == 1 {
            assert!(site.db.has_admin().await.unwrap(), "the person came with their roles");
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the write did not go on to its end");
}

async fn a_dropped_read_leaves_the_pool_healthy(site: &Site) {
    for round in 0..60 {
        drop_after(1 + round % 4, site.db.session(&[7; 32], 1, NOW)).await;
    }
    for _ in 0..8 {
        assert!(site.db.session(&hash(1), 1, NOW).await.unwrap().is_none());
        assert!(!site.db.has_admin().await.unwrap());
    }
    let states = resting_states(site).await;
    assert!(states.iter().all(|state| state == "idle"), "{states:?}");
}
