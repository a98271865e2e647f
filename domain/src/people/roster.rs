//! A list of people as it comes out of a spreadsheet, pasted as text.
//!
//! Without a heading, a row has a name in one cell or two, and an email address, an employee number, or both, in any order.
//! With one, the heading says what each column is. A column that is neither is never guessed at: it is refused, and shown.

mod table;
#[cfg(test)]
mod tests;

pub use table::Separator;

use super::{Email, EmployeeNumber, Login, PersonName};
use table::Row;

/// A list that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// What parts the cells.
    pub separator: Separator,
    /// Whether the first row says what the columns are.
    pub has_heading: bool,
    /// The people, in the order of the list.
    pub people: Vec<Listed>,
}

/// A person on a list. They have an email address, an employee number, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The line they stand on, from 1.
    pub line: usize,
    /// What they are called.
    pub name: PersonName,
    /// Their email address.
    pub email: Option<Email>,
    /// Their employee number.
    pub number: Option<EmployeeNumber>,
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nobody is on it.
    Empty,
    /// More people than at once.
    TooMany,
    /// A heading without a column for the name, or without one to sign in with.
    Heading,
    /// A column that is none of those a list may have.
    Column {
        /// Which one, from 1.
        number: usize,
        /// What stands in it: the heading, or the first cell that is not empty.
        shown: String,
    },
    /// Something about one line.
    Line {
        /// Which one, from 1.
        line: usize,
        /// The key of what is wrong with it.
        code: &'static str,
    },
}

/// What a column of a list with a heading holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    First,
    Last,
    Email,
    Number,
    Login,
}

impl Column {
    /// The column a heading names, in the languages that personnel systems here most often speak.
    fn named(heading: &str) -> Option<Self> {
        let folded: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Some(match folded.as_str() {
            "name" | "fullname" | "employee" | "employeename" | "displayname" | "person" | "nomcomplet"
            | "nombrecompleto" => Self::Name,
            "firstname" | "givenname" | "forename" | "first" | "vorname" | "prénom" | "prenom" | "nombre" => {
                Self::First
            }
            "lastname" | "surname" | "familyname" | "last" | "nachname" | "familienname" | "nom" | "apellido"
            | "apellidos" => Self::Last,
            "email" | "emailaddress" | "mail" | "emailadresse" | "mailadresse" | "workemail" | "courriel"
            | "correo" | "correoelectrónico" => Self::Email,
            "employeenumber" | "employeeno" | "employeeid" | "staffnumber" | "staffno" | "staffid"
            | "personnelnumber" | "personnelno" | "payrollnumber" | "number" | "no" | "id" | "personalnummer"
            | "nummer" | "matricule" => Self::Number,
            "login" | "username" | "emailornumber" | "emailoremployeenumber" | "emailaddressoremployeenumber" => {
                Self::Login
            }
            _ => return None,
        })
    }
}

/// What a cell seems to be where no heading says it.
fn seems(cell: &str) -> Column {
    if cell.contains('@') {
        Column::Email
    } else if EmployeeNumber::parse(cell).is_ok() {
        Column::Number
    } else {
        Column::Name
    }
}

/// Reads a list of at most `most` people.
///
/// # Errors
/// Everything that is wrong with it: columns that are not understood, or else every line that needs a change.
pub fn read(text: &str, most: usize) -> Result<Roster, Vec<Fault>> {
    let (separator, mut rows) = table::read(text);
    let heading = rows.first().and_then(heading);
    if heading.is_some() {
        rows.remove(0);
    }
    if rows.is_empty() {
        return Err(vec![Fault::Empty]);
    }
    if rows.len() > most {
        return Err(vec![Fault::TooMany]);
    }
    let columns = heading.as_deref().map(|cells| columns(cells, &rows)).transpose()?;
    let meant: Vec<Result<Meant, Fault>> = rows.iter().map(|row| meant(row, columns.as_deref())).collect();
    // While there are columns that cannot be placed, what the lines seem to say is of no use.
    if let Some(fault) = meant.iter().find_map(|row| row.as_ref().err()) {
        return Err(vec![fault.clone()]);
    }
    let mut faults = vec![];
    let mut people: Vec<Listed> = vec![];
    for (row, meant) in rows.iter().zip(meant.into_iter().flatten()) {
        let twice = |person: &Listed| {
            people.iter().any(|other| {
                (person.email.is_some() && other.email == person.email)
                    || (person.number.is_some() && other.number == person.number)
            })
        };
        match meant.person(row) {
            Ok(person) if twice(&person) => faults.push(Fault::Line { line: row.line, code: "line-twice" }),
            Ok(person) => people.push(person),
            Err(code) => faults.push(Fault::Line { line: row.line, code }),
        }
    }
    if faults.is_empty() { Ok(Roster { separator, has_heading: heading.is_some(), people }) } else { Err(faults) }
}

/// The first row, where it says what the columns are: it names one we know and holds nobody's login.
fn heading(row: &Row) -> Option<Vec<String>> {
    let known = row.cells.iter().any(|cell| Column::named(cell).is_some());
    let somebody = row.cells.iter().any(|cell| matches!(seems(cell), Column::Email | Column::Number));
    (known && !somebody && row.cells.len() > 1).then(|| row.cells.clone())
}

/// What each column under a heading is; nothing for one without heading and content.
fn columns(heading: &[String], rows: &[Row]) -> Result<Vec<Option<Column>>, Vec<Fault>> {
    let mut columns: Vec<Option<Column>> = vec![];
    for (at, cell) in heading.iter().enumerate() {
        let column = Column::named(cell).filter(|column| !columns.contains(&Some(*column)));
        if column.is_none() && rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty())) {
            let shown = if cell.is_empty() { first_filled(rows, at) } else { cell.clone() };
            return Err(vec![Fault::Column { number: at + 1, shown }]);
        }
        columns.push(column);
    }
    let has = |wanted: &[Column]| columns.iter().flatten().any(|column| wanted.contains(column));
    let complete =
        has(&[Column::Name, Column::First, Column::Last]) && has(&[Column::Email, Column::Number, Column::Login]);
    if complete { Ok(columns) } else { Err(vec![Fault::Heading]) }
}

fn first_filled(rows: &[Row], at: usize) -> String {
    rows.iter().filter_map(|row| row.cells.get(at)).find(|cell| !cell.is_empty()).cloned().unwrap_or_default()
}

/// The cells of a row by what they mean.
#[derive(Default)]
struct Meant {
    names: Vec<String>,
    first: String,
    last: String,
    email: String,
    number: String,
}

/// Places the cells of a row, by the heading or by what each seems to be.
fn meant(row: &Row, columns: Option<&[Option<Column>]>) -> Result<Meant, Fault> {
    let mut meant = Meant::default();
    for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let column = match columns {
            Some(columns) => columns.get(at).copied().flatten(),
            None => Some(seems(cell)),
        };
        let placed = match column {
            Some(Column::Name) => {
                meant.names.push(cell.clone());
                meant.names.len() <= 2
            }
            Some(Column::First) => fill(&mut meant.first, cell),
            Some(Column::Last) => fill(&mut meant.last, cell),
            Some(Column::Email) => fill(&mut meant.email, cell),
            Some(Column::Number) => fill(&mut meant.number, cell),
            Some(Column::Login) if cell.contains('@') => fill(&mut meant.email, cell),
            Some(Column::Login) => fill(&mut meant.number, cell),
            None => false,
        };
        if !placed {
            return Err(Fault::Column { number: at + 1, shown: cell.clone() });
        }
    }
    Ok(meant)
}

fn fill(place: &mut String, cell: &str) -> bool {
    let free = place.is_empty();
    if free {
        cell.clone_into(place);
    }
    free
}

impl Meant {
    /// The person, or the key of what is wrong.
    fn person(self, row: &Row) -> Result<Listed, &'static str> {
        if row.cells.iter().any(|cell| cell.contains(['\n', '\r']) || cell.starts_with('"')) {
            return Err("line-quote");
        }
        if row.cells.len() < 2 {
            return Err("line-comma");
        }
        let email = some(&self.email).map(Email::parse).transpose().map_err(|problem| problem.code())?;
        let number = some(&self.number).map(EmployeeNumber::parse).transpose().map_err(|problem| problem.code())?;
        if email.is_none() && number.is_none() {
            // The last cell is where a login would be: what is wrong with it is the best help.
            let last = self.names.get(1).filter(|_| self.first.is_empty() && self.last.is_empty());
            return Err(match last.map(|last| Login::parse(last)) {
                Some(Err(problem)) => problem.code(),
                _ => "person-login-missing",
            });
        }
        let parts: Vec<&str> = self.names.iter().chain([&self.first, &self.last]).map(String::as_str).collect();
        let name = PersonName::parse(&parts.join(" ")).map_err(|problem| problem.code())?;
        Ok(Listed { line: row.line, name, email, number })
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
