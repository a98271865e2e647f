//! Connections: how many there are at once, and how long each may keep the server waiting.
//!
//! Whoever opens connections and says nothing costs a file descriptor each, and without one more nobody gets in. So there
//! are fewer of them than descriptors, and each has a limited time to say what it wants, to send the rest of it, and to
//! take the answer.

use crate::clock::SystemClock;
use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use domain::time::{Clock as _, Timestamp};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;
use tower_http::timeout::TimeoutBody;

/// Descriptors for everything but connections: database, mail, logs, libraries.
const RESERVED: usize = 96;
/// How long to wait when the system gives no connection.
const BREATH: Duration = Duration::from_millis(500);

/// Limits on connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most connections at once; further ones wait in the system's queue.
    pub connections: usize,
    /// Longest time until a request's headers are there, counted from the connection or from the last answer.
    pub headers: Duration,
    /// The same for connections that come while more than half of all are taken.
    pub hurried: Duration,
    /// Longest time a plain form takes to arrive, and longest pause within any body.
    pub body: Duration,
    /// Longest time in which nothing of an answer is taken.
    pub answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            headers: Duration::from_secs(30),
            hurried: Duration::from_secs(5),
            body: Duration::from_secs(30),
            answer: Duration::from_secs(30),
        }
    }
}

impl Limits {
    /// Asks the system for as many descriptors as it gives, and stays below them.
    pub fn fit_descriptors(&mut self) {
        let wanted = u64::try_from(self.connections + RESERVED).unwrap_or(u64::MAX);
        let given = rlimit::increase_nofile_limit(wanted).unwrap_or(256);
        self.connections = self.connections.min(below(usize::try_from(given).unwrap_or(usize::MAX)));
        tracing::info!(connections = self.connections, descriptors = given, "most connections at once");
    }
}

/// The most connections with so many descriptors.
fn below(descriptors: usize) -> usize {
    descriptors.saturating_sub(RESERVED).max(descriptors / 2).max(1)
}

/// Answers on `listener` until `stop`, and then lets what is under way come to its end.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut doors = Doors { free: Arc::new(Semaphore::new(limits.connections)), limits, told: None };
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer, place) = tokio::select! {
            next = doors.next(&listener) => next,
            () = &mut stop => break,
        };
        let patience = doors.patience();
        let service = router.clone().map_request(move |request: Request<Incoming>| {
            let mut request = request.map(|body| Body::new(TimeoutBody::new(limits.body, body)));
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.answer));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // What ends a connection early is the other side's affair.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// Lets connections in, so many at once.
struct Doors {
    free: Arc<Semaphore>,
    limits: Limits,
    /// When the log was told last that no place is free.
    told: Option<Timestamp>,
}

impl Doors {
    /// The next connection, once there is a place for it.
    async fn next(&mut self, listener: &TcpListener) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
        loop {
            let Some(place) = self.place().await else { return std::future::pending().await };
            match listener.accept().await {
                Ok((stream, peer)) => {
                    // Answers are small and sent at once; waiting to fill packets only delays them.
                    let _ = stream.set_nodelay(true);
                    return (stream, peer, place);
                }
                Err(error) if is_the_others(&error) => {}
                Err(error) => {
                    tracing::error!(%error, "no connection could be accepted");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
    }

    async fn place(&mut self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.free).try_acquire_owned() {
            return Some(place);
        }
        let now = SystemClock.now();
        if self.told.is_none_or(|told| now.since(told) >= Timestamp::MINUTE) {
            self.told = Some(now);
            let most = self.limits.connections;
            tracing::warn!(most, "as many connections as there may be: new ones wait until others end");
        }
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    fn patience(&self) -> Duration {
        let taken = self.limits.connections - self.free.available_permits().min(self.limits.connections);
        if taken * 2 > self.limits.connections { self.limits.hurried } else { self.limits.headers }
    }
}

/// Whether a connection failed before it was accepted, which says nothing about the next one.
fn is_the_others(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_fewer_connections_than_descriptors() {
        for descriptors in [1, 16, 64, 256, 1024, 4096, 1_000_000] {
            let most = below(descriptors);
            assert!(most >= 1 && (most < descriptors || descriptors == 1), "{descriptors}: {most}");
        }
        assert_eq!(below(1024), 928);
    }
}
