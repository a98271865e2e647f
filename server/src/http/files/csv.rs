//! The tracking table as CSV, separated as the reader's spreadsheet expects.

use super::cells::harmless;
use super::export::{Cell, export};
use super::separator::separator;
use crate::http::AppState;
use app::context::Visit;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use futures::{StreamExt as _, stream};
use std::io;
use std::sync::Arc;

/// Rows sent at once.
const CHUNK: usize = 256;
/// The mark by which spreadsheets know that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Lines of CSV as RFC 4180 has them, every cell in quotes: what stands in quotes is not split, and can be read as text.
fn lines(separator: u8, rows: impl IntoIterator<Item = Vec<Cell>>) -> io::Result<Vec<u8>> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(separator).terminator(Terminator::CRLF).quote_style(QuoteStyle::Always);
    let mut writer = builder.from_writer(vec![]);
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text).into_owned(),
            Cell::Count(count) => count.to_string(),
        });
        writer.write_record(cells).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Sends the table.
pub async fn csv(
    State(state): State<AppState>,
    Extension(visit): Extension<Arc<Visit>>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let table = export(&state, &visit, "csv", "text/csv; charset=utf-8").await?;
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let separator = separator(wish.unwrap_or_default());
    let style = table.style;
    let mut head = BYTE_ORDER_MARK.as_bytes().to_vec();
    head.extend(lines(separator, [style.header()]).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?);
    let body = table.rows.chunks(CHUNK).map(move |chunk| {
        let rows = chunk.into_iter().collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
        lines(separator, rows.iter().map(|row| style.row(row))).map(Bytes::from)
    });
    let body = stream::iter([Ok(Bytes::from(head))]).chain(body);
    Ok((table.headers, Body::from_stream(body)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_the_standard_says_and_no_cell_is_a_formula() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let rows = [vec![text("Ada \"A\" Byrne, Dr"), text("=1+1")], vec![Cell::Count(3), text("a\nb")]];
        let comma = String::from_utf8(lines(b',', rows.clone()).unwrap()).unwrap();
        assert_eq!(comma, "\"Ada \"\"A\"\" Byrne, Dr\",\"'=1+1\"\r\n\"3\",\"a\nb\"\r\n");
        assert_eq!(String::from_utf8(lines(b';', rows).unwrap()).unwrap(), comma.replace("\",\"", "\";\""));
    }
}
