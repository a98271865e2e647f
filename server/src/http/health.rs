//! Two questions a supervisor asks: is the process alive, and may it get traffic?

use super::AppState;
use axum::{extract::State, http::StatusCode};

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers and every migration is applied.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.services.db.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
