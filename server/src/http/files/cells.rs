//! Cells of a file that people open in a spreadsheet: a text that somebody typed must not become a formula there, nor fall
//! into several cells.

use std::borrow::Cow;

/// What begins a formula, full-width forms for East Asian editions among them. See OWASP, "CSV Injection".
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// What a spreadsheet may take for the end of a cell, whatever the file was written with.
const ENDS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// The cell as it is, or with apostrophes where a spreadsheet would calculate: at its beginning, and wherever a cell begins
/// for a reader that splits at another separator, blanks and quotes skipped.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if !cell.contains(FORMULA) && !cell.starts_with(ENDS) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 2);
    // Tabs and line ends at the very beginning are dropped by some readers, so they count as a beginning themselves.
    if cell.starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut beginning = true;
    for letter in cell.chars() {
        if ENDS.contains(&letter) {
            beginning = true;
        } else if beginning && letter != '"' && !letter.is_whitespace() {
            if FORMULA.contains(&letter) {
                out.push('\'');
            }
            beginning = false;
        }
        out.push(letter);
    }
    if out == cell { Cow::Borrowed(cell) } else { Cow::Owned(out) }
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
    fn formulas_are_disarmed_behind_any_separator() {
        for (cell, safe) in [
            ("Ann Trial;=1+1;x", "Ann Trial;'=1+1;x"),
            ("Ann,=1", "Ann,'=1"),
            ("Ann\t=1", "Ann\t'=1"),
            ("Ann\n=1", "Ann\n'=1"),
            ("Ann; \"=1", "Ann; \"'=1"),
            ("a;b;-1;+2", "a;b;'-1;'+2"),
            (" =1", " '=1"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("\n=1", "'\n'=1"),
        ] {
            assert_eq!(harmless(cell), safe, "{cell:?}");
            assert_eq!(harmless(safe), safe, "once is enough");
        }
    }

    #[test]
    fn ordinary_cells_stay_as_they_are() {
        for cell in [
            "",
            "Ada Byrne",
            "O'Neill",
            "'quoted'",
            "2026-12-03",
            "3 + 4",
            "a=b",
            "Zoë－Anne",
            "mail@work.example",
            "Byrne, Ada-Lou; Dr",
            "3-4",
            "1E5",
        ] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
