//! The tracking table as a file: the same rows in the same order as on the page, all of them.

use super::{attachment, refused, viewer};
use crate::http::AppState;
use app::api::tracking::{Filter, scope, status_name};
use app::context::Visit;
use app::text::{Language, text_in};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use domain::assignment::day_at;
use domain::people::Zone;
use domain::time::Timestamp;
use futures::{StreamExt as _, stream::BoxStream};
use serde_json::json;
use store::{Object, Page, ReportRow};

/// More rows than this are no table that anybody reads; a spreadsheet holds a few more.
const MOST: u32 = 1_000_000;

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

/// A cell: a text is a text even where it looks like a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, names, numbers that nobody calculates with, days.
    Text(String),
    /// A count.
    Count(u32),
}

/// How values are written.
pub struct Style {
    language: Language,
    zone: Zone,
}

impl Style {
    fn day(at: Option<Timestamp>, zone: &Zone) -> String {
        at.and_then(|at| day_at(at, zone).ok()).map(|day| day.to_string()).unwrap_or_default()
    }

    /// The names of the columns.
    pub fn header(&self) -> Vec<Cell> {
        COLUMNS.map(|key| Cell::Text(text_in(self.language, key, None))).to_vec()
    }

    /// The cells of a row.
    pub fn row(&self, row: &ReportRow) -> Vec<Cell> {
        let text = |value: Option<String>| Cell::Text(value.unwrap_or_default());
        vec![
            Cell::Text(row.name.to_string()),
            text(row.email.as_ref().map(ToString::to_string)),
            text(row.number.as_ref().map(ToString::to_string)),
            Cell::Text(row.course_title.clone()),
            Cell::Text(text_in(self.language, &format!("status-{}", status_name(row.status)), None)),
            Cell::Count(row.done),
            Cell::Count(row.total),
            text(row.due_on.as_ref().map(ToString::to_string)),
            Cell::Text(Self::day(row.assigned_at, &row.zone)),
            Cell::Text(Self::day(row.started_at, &row.zone)),
            Cell::Text(Self::day(row.completed_at, &row.zone)),
        ]
    }
}

/// A table on its way out.
pub struct Export {
    /// How its values are written.
    pub style: Style,
    /// Its rows.
    pub rows: BoxStream<'static, store::Result<ReportRow>>,
    /// The headers of the response.
    pub headers: [(HeaderName, HeaderValue); 2],
}

/// Reads what is asked for and writes down that it was.
pub async fn export(
    state: &AppState,
    visit: &Visit,
    ending: &str,
    media_type: &'static str,
) -> Result<Export, StatusCode> {
    let viewer = viewer(visit)?;
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
    let name =
        format!("{}-{}.{ending}", text_in(visit.language, "export-file", None), Style::day(Some(now), &style.zone));
    let rows = services.db.report_export(&wanted, filter.order(), MOST, now).boxed();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok(Export { style, rows, headers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name() {
        for key in COLUMNS {
            assert!(app::text::exists(key), "{key}");
        }
    }
}
