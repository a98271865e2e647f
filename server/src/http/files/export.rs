//! The tracking table as CSV: the same rows in the same order as on the page, all of them.

use super::cells::harmless;
use super::{attachment, refused, viewer};
use crate::http::AppState;
use app::api::tracking::{Filter, scope, status_name};
use app::context::Visit;
use app::text::{Language, text_in};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use csv::{Terminator, WriterBuilder};
use domain::assignment::day_at;
use domain::people::Zone;
use domain::time::Timestamp;
use futures::{StreamExt as _, stream};
use serde_json::json;
use std::io;
use std::sync::Arc;
use store::{Object, Page, ReportRow};

/// More rows than this are no table that anybody reads.
const MOST: u32 = 1_000_000;
/// Rows sent at once.
const CHUNK: usize = 256;
/// The mark by which spreadsheets know that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The columns, by their keys in the catalogue.
const COLUMNS: [&str; 11] = [
    "export-name",
    "export-email",
    "export-number",
    "export-course",
    "export-status",
    "export-done",
    "export-total",
    "export-due",
    "export-assigned",
    "export-started",
    "export-completed",
];

/// How values are written.
struct Style {
    language: Language,
    zone: Zone,
}

impl Style {
    fn day(&self, at: Option<Timestamp>) -> String {
        at.and_then(|at| day_at(at, &self.zone).ok()).map(|day| day.to_string()).unwrap_or_default()
    }

    fn header(&self) -> Vec<String> {
        COLUMNS.map(|key| text_in(self.language, key, None)).to_vec()
    }

    fn row(&self, row: &ReportRow) -> Vec<String> {
        let text = |value: Option<String>| value.unwrap_or_default();
        vec![
            row.name.to_string(),
            text(row.email.as_ref().map(ToString::to_string)),
            text(row.number.as_ref().map(ToString::to_string)),
            row.course_title.clone(),
            text_in(self.language, &format!("status-{}", status_name(row.status)), None),
            row.done.to_string(),
            row.total.to_string(),
            text(row.due_on.as_ref().map(ToString::to_string)),
            self.day(row.assigned_at),
            self.day(row.started_at),
            self.day(row.completed_at),
        ]
    }
}

/// Lines of CSV as RFC 4180 has them.
fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(vec![]);
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Sends the table.
pub async fn export(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, StatusCode> {
    let viewer = viewer(&visit)?;
    let services = &state.services;
    let now = services.clock.now();
    let filter = Filter::read(&visit.query);
    let wanted = filter.report(scope(&viewer));
    let total = services.db.report(&wanted, filter.order(), Page::first(1), now).await.map_err(refused)?.total;
    // What was searched for may be a name: the audit row says only that something was.
    let detail = json!({
        "rows": total,
        "group": filter.group,
        "course": filter.course,
        "status": filter.status.map(status_name),
        "search": filter.search.is_some(),
    });
    let by = Some(viewer.subject);
    services.db.record(by, "tracking.exported", Object::Site, detail, now).await.map_err(refused)?;
    let style = Style { language: visit.language, zone: Zone::parse(&viewer.zone).unwrap_or_default() };
    let name = format!("{}-{}.csv", text_in(visit.language, "export-file", None), style.day(Some(now)));
    let mut head = BYTE_ORDER_MARK.as_bytes().to_vec();
    head.extend(lines([style.header()]).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?);
    let rows = services.db.report_export(&wanted, filter.order(), MOST, now);
    let body = rows.chunks(CHUNK).map(move |chunk| {
        let rows = chunk.into_iter().collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
        lines(rows.iter().map(|row| style.row(row))).map(Bytes::from)
    });
    let body = stream::iter([Ok(Bytes::from(head))]).chain(body);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_the_standard_says_and_no_cell_is_a_formula() {
        let rows = [vec!["Ada \"A\" Byrne, Dr".to_owned(), "=1+1".to_owned()], vec![String::new(), "a\nb".to_owned()]];
        let text = String::from_utf8(lines(rows).unwrap()).unwrap();
        assert_eq!(text, "\"Ada \"\"A\"\" Byrne, Dr\",'=1+1\r\n,\"a\nb\"\r\n");
    }

    #[test]
    fn every_column_has_a_name() {
        for key in COLUMNS {
            assert!(app::text::exists(key), "{key}");
        }
    }
}
