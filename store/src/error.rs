//! What can go wrong, in the caller's terms.

use domain::time::Timestamp;
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
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// The database refused a statement: a fault of this program.
    #[error("the database refused a statement")]
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

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(database) => match database.code().as_deref() {
                // PostgreSQL: serialisation failure, deadlock, lock timeout, shutting down, too many connections.
                Some("40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" | "53300") => {
                    Self::Unavailable(error.into())
                }
                // SQLite: busy and locked (with their extended codes), full, I/O error.
                Some(code) if database.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => {
                    match code.parse::<i32>().map(|code| code & 0xff) {
                        Ok(5 | 6 | 10 | 13) => Self::Unavailable(error.into()),
                        _ => Self::Refused(error.into()),
                    }
                }
                _ => Self::Refused(error.into()),
            },
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed => {
                Self::Unavailable(error.into())
            }
            _ => Self::Refused(error.into()),
        }
    }
}
