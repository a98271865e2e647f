//! What can go wrong, in the caller's terms.

use domain::time::Timestamp;
use sqlx::{error::DatabaseError, sqlite::SqliteError};
use std::error::Error;

type Cause = Box<dyn Error + Send + Sync + 'static>;

/// Why a call to the store did not do what was asked.
///
/// The text is for logs. It never holds a bound value, so it holds no personal data; still, a page shows a message of
/// its own and never this one.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing. Holds the noun.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The present state does not allow it: a name is taken, a ticket is used. Holds what is in the way.
    #[error("conflict: {0}")]
    Conflict(Conflict),
    /// A stored value does not mean anything: changed by hand, or written by a newer release.
    #[error("{table}.{column} holds a value that cannot be read")]
    Corrupt {
        /// The table it is in.
        table: &'static str,
        /// The column it is in.
        column: &'static str,
        /// What was wrong with the value.
        #[source]
        source: Cause,
    },
    /// The database could not be reached, is too busy, or gave up; trying again may help.
    #[error("the database is unavailable ({})", why(.0))]
    Unavailable(#[source] Cause),
    /// The database refused a statement: a fault of this program.
    #[error("the database refused a statement ({})", why(.0))]
    Refused(#[source] Cause),
    /// The address of the database, its version, or its schema is not one this program can use.
    #[error("the database cannot be used: {0}")]
    Unusable(String),
}

/// What stands in the way of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Another person has this e-mail address.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// Another person has this employee number.
    #[error("the employee number is taken")]
    EmployeeNumberTaken,
    /// Another group has this name.
    #[error("the group name is taken")]
    GroupNameTaken,
    /// Another course has this identifier.
    #[error("the course identifier is taken")]
    CourseTaken,
    /// The site has an admin already.
    #[error("the site is set up already")]
    AlreadySetUp,
    /// Nobody else could administer the site.
    #[error("this is the last admin")]
    LastAdmin,
    /// A site fact that the course names is not set.
    #[error("a site fact that the course names is not set")]
    FactsMissing,
    /// Nobody decides about themselves.
    #[error("nobody decides about themselves")]
    Oneself,
    /// Every attempt was used.
    #[error("no attempt is left")]
    NoAttemptsLeft,
    /// Somebody else has decided, or the same person otherwise.
    #[error("it was decided already")]
    Decided,
    /// So many within so short a time that it is not meant.
    #[error("too many within a short time")]
    TooMany,
    /// The attempt was handed in.
    #[error("it was handed in already")]
    Submitted,
    /// Another attempt is allowed from this moment on.
    #[error("too soon")]
    TooSoon(Timestamp),
    /// The row was changed in between, or is there already.
    #[error("{0} changed meanwhile")]
    Changed(&'static str),
}

impl StoreError {
    /// A stored value that cannot be read.
    pub fn corrupt(table: &'static str, column: &'static str, source: impl Into<Cause>) -> Self {
        Self::Corrupt { table, column, source: source.into() }
    }

    /// Whether this is a breach of the uniqueness of `column` (or of the constraint or index of that name).
    pub(crate) fn breaks_unique(&self, name: &str) -> bool {
        let Self::Refused(cause) = self else {
            return false;
        };
        let Some(sqlx::Error::Database(error)) = cause.downcast_ref::<sqlx::Error>() else {
            return false;
        };
        if !error.is_unique_violation() {
            return false;
        }
        match error.constraint() {
            Some(constraint) => constraint.contains(name),
            // SQLite names the columns in its message: "UNIQUE constraint failed: people.email_key".
            None => error.message().contains(name),
        }
    }

    /// This error, or `instead` when a row it points to is not there.
    #[must_use]
    pub(crate) fn missing(self, instead: Self) -> Self {
        let breaks = match &self {
            Self::Refused(cause) => matches!(
                cause.downcast_ref::<sqlx::Error>(),
                Some(sqlx::Error::Database(error)) if error.is_foreign_key_violation()
            ),
            _ => false,
        };
        if breaks { instead } else { self }
    }

    /// This error, or a conflict when it is a breach of the uniqueness of `column`.
    #[must_use]
    pub(crate) fn unique(self, column: &str, conflict: Conflict) -> Self {
        if self.breaks_unique(column) { Self::Conflict(conflict) } else { self }
    }
}

/// The stored file is not what it was when it was written.
const DAMAGED: &str = "its file is damaged, or is not an SQLite database; put a backup in its place";

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(database) => {
                let code = database.code().unwrap_or_default();
                match sqlite_code(database.as_ref()) {
                    // Corrupt and not a database.
                    Some(11 | 26) => Self::Unusable(format!("{DAMAGED} (code {code})")),
                    // Busy, locked, out of memory, read-only, interrupted, input or output, full, cannot open, locking.
                    Some(5..=10 | 13..=15) => Self::Unavailable(error.into()),
                    Some(_) => Self::Refused(error.into()),
                    None if is_outage(&code) => Self::Unavailable(error.into()),
                    None => Self::Refused(error.into()),
                }
            }
            // A connection that lost its thread counts as lost, whatever it says.
            E::Io(_)
            | E::Tls(_)
            | E::Protocol(_)
            | E::PoolTimedOut
            | E::PoolClosed
            | E::WorkerCrashed
            | E::BeginFailed
            | E::InvalidSavePointStatement => Self::Unavailable(error.into()),
            _ => Self::Refused(error.into()),
        }
    }
}

/// The primary result code of SQLite: an extended code holds it in its lowest byte.
fn sqlite_code(error: &dyn DatabaseError) -> Option<i32> {
    error.try_downcast_ref::<SqliteError>()?;
    error.code()?.parse::<i32>().ok().map(|code| code & 0xff)
}

/// Whether a code of PostgreSQL tells of the server's state and not of the statement.
fn is_outage(code: &str) -> bool {
    // Classes: connection lost, resources used up, an operator stepped in, trouble of the system below.
    ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class))
        // Read-only, idle too long, could not serialise, deadlock, lock timeout.
        || ["25006", "25P03", "40001", "40P01", "55P03"].contains(&code)
}

/// What a log needs to know of a cause: the database's own code, never its text, which may quote a value.
fn why(cause: &Cause) -> String {
    use sqlx::Error as E;
    let Some(error) = cause.downcast_ref::<sqlx::Error>() else { return "its task ended early".into() };
    match error {
        E::Database(error) => {
            let code = error.code().unwrap_or_default();
            match sqlite_code(error.as_ref()).map_or_else(|| postgres_says(&code), sqlite_says) {
                Some(meaning) => format!("code {code}: {meaning}"),
                None => format!("code {code}"),
            }
        }
        E::Io(error) => error.kind().to_string(),
        E::Tls(_) => "no secure connection".into(),
        E::PoolTimedOut => "no connection became free in time".into(),
        E::PoolClosed => "it was closed".into(),
        E::WorkerCrashed => "its worker ended".into(),
        E::ColumnDecode { index, .. } => format!("column {index} cannot be read"),
        _ => "the driver failed".into(),
    }
}

fn sqlite_says(code: i32) -> Option<&'static str> {
    Some(match code {
        5 | 6 => "busy",
        8 => "its file or folder is read-only",
        10 => "reading or writing its file failed",
        13 => "the disk is full",
        14 => "its file cannot be opened: does its folder exist, and may this user write there?",
        _ => return None,
    })
}

fn postgres_says(code: &str) -> Option<&'static str> {
    Some(match code {
        "25006" => "it is read-only",
        "28000" | "28P01" => "it does not accept this user and password",
        "3D000" => "it has no database of this name",
        "53100" => "its disk is full",
        "53300" => "it has too many connections",
        "57P01" | "57P02" => "it was shut down",
        "57P03" => "it is starting up or shutting down",
        _ => return None,
    })
}
