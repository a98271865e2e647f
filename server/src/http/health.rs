//! Two questions a supervisor asks: is the process alive, and may it get traffic?

use super::AppState;
use axum::{extract::State, http::StatusCode};
use domain::time::Timestamp;
use std::sync::Mutex;
use store::{Db, StoreError};

/// How long a write that went well stands for the next ones: balancers ask every second.
const STANDS_FOR: i64 = 5 * Timestamp::SECOND;

/// When this server last proved that it can write.
#[derive(Default)]
pub struct Written(Mutex<Option<Timestamp>>);

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers, every migration is applied, and it can be written to.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let services = &state.services;
    match check(&services.db, &state.written, services.clock.now()).await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}

async fn check(db: &Db, written: &Written, now: Timestamp) -> Result<(), StoreError> {
    db.ready().await?;
    let last = written.0.lock().map_or(None, |last| *last);
    if last.is_some_and(|last| (0..STANDS_FOR).contains(&now.since(last))) {
        return Ok(());
    }
    db.can_write(now).await?;
    if let Ok(mut last) = written.0.lock() {
        *last = Some(now);
    }
    Ok(())
}
