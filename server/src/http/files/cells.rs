//! Cells of a table that will be opened in a spreadsheet: none of them may become a formula there.

use std::borrow::Cow;

/// What spreadsheets take for the beginning of a formula, and the white space that some of them skip before it. See
/// OWASP, "CSV Injection"; the full-width forms are read as formulas by East Asian editions.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell as it is, or with an apostrophe before it when a spreadsheet would calculate it.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(DANGEROUS) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "=HYPERLINK(\"https://evil.example\",\"Ada\")",
            "=",
        ] {
            let safe = harmless(cell);
            assert_eq!(safe, format!("'{cell}"), "{cell:?}");
            assert_eq!(harmless(&safe), safe, "once is enough");
        }
    }

    #[test]
    fn ordinary_cells_stay_as_they_are() {
        for cell in
            ["", "Ada Byrne", "O'Neill", "'quoted'", "2026-12-03", "3 + 4", "a=b", "Zoë－Anne", "mail@work.example"]
        {
            assert_eq!(harmless(cell), cell);
        }
    }
}
