//! Text out of a spreadsheet as rows of cells.

use crate::people::Login;

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// As copied out of a spreadsheet.
    Tab,
    /// As saved where the comma is the decimal sign.
    Semicolon,
    /// As saved elsewhere.
    Comma,
}

impl Separator {
    const ALL: [Self; 3] = [Self::Tab, Self::Semicolon, Self::Comma];

    fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Comma => b',',
        }
    }

    /// The key of its name on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Tab => "separator-tab",
            Self::Semicolon => "separator-semicolon",
            Self::Comma => "separator-comma",
        }
    }
}

/// A row and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The number of its first line, from 1.
    pub line: usize,
    /// Its cells, without the spaces around them.
    pub cells: Vec<String>,
}

/// Whether a cell is a login as it stands. A cell that only looks like one is for the reader to complain about.
fn is_login(cell: &str) -> bool {
    Login::parse(cell).is_ok()
}

/// The rows that are not blank, and what parts their cells: whichever separator gives the most rows a name and a login. A
/// row that has no such separator, as in a list typed by several hands, is read by the one it has.
pub(super) fn read(text: &str) -> (Separator, Vec<Row>) {
    let text = text.trim_start_matches('\u{FEFF}');
    let understood = |rows: &[Row]| {
        rows.iter().filter(|row| row.cells.len() > 1 && row.cells.iter().any(|cell| is_login(cell))).count()
    };
    let told = told(text);
    let candidates = Separator::ALL.into_iter().filter(|separator| told.is_none_or(|told| told == *separator));
    // Of several that do equally well, the earliest: a comma may be part of a name, a tab never is.
    let read = candidates.map(|separator| (separator, split(text, separator))).rev().max_by_key(|(_, rows)| {
        let wide = rows.iter().filter(|row| row.cells.len() > 1).count();
        let understood = understood(rows);
        (understood, if understood == 0 { wide } else { 0 })
    });
    let (separator, mut rows) = read.unwrap_or((Separator::Comma, vec![]));
    if told.is_some() && !rows.is_empty() {
        rows.remove(0);
    }
    let blank = |cell: &String| cell.chars().all(|c| c.is_whitespace() || ";,".contains(c));
    rows.retain(|row| !row.cells.iter().all(blank));
    for row in rows.iter_mut().filter(|row| row.cells.len() == 1) {
        let others = Separator::ALL.into_iter().filter(|other| *other != separator);
        let parted = others.filter_map(|other| split(&row.cells[0], other).pop()).filter(|row| row.cells.len() > 1);
        if let Some(parted) = parted.max_by_key(|row| row.cells.iter().any(|cell| is_login(cell))) {
            row.cells = parted.cells;
        }
    }
    (separator, rows)
}

/// The separator that a first line `sep=;` names, as one spreadsheet program writes it.
fn told(text: &str) -> Option<Separator> {
    let first = text.lines().next()?.trim_end();
    let sign = first.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| first.get(4..))?;
    Separator::ALL.into_iter().find(|separator| sign.as_bytes() == [separator.byte()])
}

fn split(text: &str, separator: Separator) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.byte())
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = vec![];
    let (mut line, mut counted) = (1, 0);
    // Text is UTF-8 and rows may differ in length, so nothing can fail here.
    for record in reader.records().flatten() {
        // A record's position is where the reader stood: blank lines before it are to be passed over.
        let from = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or_default());
        let blank = text[from..].bytes().take_while(|byte| b"\r\n".contains(byte)).count();
        line += text[counted..from + blank].matches('\n').count();
        counted = from + blank;
        let cells: Vec<String> = record.iter().map(unquoted).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    rows
}

/// A cell without the quotation marks around it: those after a space are not seen as such by the reader.
fn unquoted(cell: &str) -> String {
    let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    inner.unwrap_or(cell).trim().to_owned()
}
