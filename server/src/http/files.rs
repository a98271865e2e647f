//! Files that are not pages: the table as CSV and as a spreadsheet, a course's media, a course as an archive.

mod cells;
mod course;
mod csv;
mod export;
mod media;
mod range;
mod separator;
mod xlsx;

pub use self::csv::csv;
pub use course::course_zip;
pub use media::media;
pub use xlsx::xlsx;

use app::context::{Viewer, Visit};
use app::failure::Failure;
use axum::http::{HeaderValue, StatusCode};
use std::sync::Arc;

/// A failure as the status that says the same; the layer around makes a page of it.
pub(super) fn refused(failure: impl Into<Failure>) -> StatusCode {
    StatusCode::from_u16(failure.into().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Who asks. The gate let nobody else through, yet nothing here depends on it.
fn viewer(visit: &Visit) -> Result<Arc<Viewer>, StatusCode> {
    visit.viewer.clone().ok_or(StatusCode::UNAUTHORIZED)
}

/// `Content-Disposition` for a file to keep. The name is made of characters that need no quoting.
pub(super) fn attachment(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' })
        .collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_its_quotes() {
        assert_eq!(attachment("a\"; x=\r\ny.csv"), "attachment; filename=\"a---x---y.csv\"");
    }
}
