//! The tracking table as a spreadsheet, in which an employee number such as 00417 or 3-4 stays what it is.

use super::export::{Cell, export};
use crate::http::AppState;
use app::context::Visit;
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use futures::StreamExt as _;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The format by which a spreadsheet leaves a cell alone, also when it is edited.
const AS_TEXT: &str = "@";
/// Rows on their way to the writer.
const AHEAD: usize = 256;

/// Spreadsheets are written one at a time: a large one takes seconds of processor time.
static TURN: Semaphore = Semaphore::const_new(1);

/// Writes rows as they come. Those that are done wait in a temporary file, not in memory.
fn workbook(mut rows: mpsc::Receiver<Vec<Cell>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let text = Format::new().set_num_format(AS_TEXT);
    sheet.set_freeze_panes(1, 0)?;
    let mut number = 0;
    while let Some(row) = rows.blocking_recv() {
        for (column, cell) in (0..).zip(&row) {
            match cell {
                Cell::Text(words) => sheet.write_string_with_format(number, column, words, &text)?,
                Cell::Count(count) => sheet.write_number(number, column, *count)?,
            };
        }
        number += 1;
    }
    workbook.save_to_buffer()
}

/// Sends the table.
pub async fn xlsx(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, StatusCode> {
    let mut table = export(&state, &visit, "xlsx", MEDIA_TYPE).await?;
    let failed = StatusCode::INTERNAL_SERVER_ERROR;
    let turn = TURN.acquire().await.map_err(|_| failed)?;
    let (sink, rows) = mpsc::channel(AHEAD);
    let written = tokio::task::spawn_blocking(move || {
        let written = workbook(rows);
        // Held until the work is done, even when nobody waits for it any more.
        drop(turn);
        written
    });
    // The writer ends early when it fails; what it says then is asked for below.
    let mut open = sink.send(table.style.header()).await.is_ok();
    while open && let Some(row) = table.rows.next().await {
        let row = row.map_err(super::refused)?;
        open = sink.send(table.style.row(&row)).await.is_ok();
    }
    drop(sink);
    let bytes = written.await.map_err(|_| failed)?.map_err(|error| {
        tracing::error!(%error, "a spreadsheet could not be written");
        failed
    })?;
    Ok((table.headers, bytes).into_response())
}
