//! SQL put together at run time, for lists with filters: only from literals, every value bound.

use crate::{
    Result,
    tx::{Conn, Source, Tx},
};
use sqlx::{AssertSqlSafe, FromRow, Postgres, Sqlite, postgres::PgRow, query::QueryAs, sqlite::SqliteRow};
use uuid::Uuid;

/// A value to bind.
#[derive(Debug, Clone)]
pub(crate) enum Arg {
    /// A whole number or a moment.
    Number(i64),
    /// A text.
    Text(String),
    /// An identifier.
    Id(Uuid),
}

/// A query with every value bound.
macro_rules! bound {
    ($sql:expr, $query:expr) => {
        $sql.args.iter().fold($query, |query, arg| match arg {
            Arg::Number(value) => query.bind(*value),
            Arg::Text(value) => query.bind(value.clone()),
            Arg::Id(value) => query.bind(*value),
        })
    };
}

/// A row of either database.
pub(crate) trait AnyRow: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> AnyRow for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A statement that grows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    args: Vec<Arg>,
}

impl Sql {
    /// Begins with a piece of SQL.
    pub(crate) fn new(piece: &'static str) -> Self {
        Self { text: piece.to_owned(), args: Vec::new() }
    }

    /// Adds a piece of SQL. A literal, so that nothing a person typed can get here.
    pub(crate) fn push(&mut self, piece: &'static str) -> &mut Self {
        self.text.push_str(piece);
        self
    }

    /// Adds a piece of SQL and after it a place with `arg` in it.
    pub(crate) fn bind(&mut self, piece: &'static str, arg: Arg) -> &mut Self {
        self.args.push(arg);
        self.text.push_str(piece);
        self.text.push('$');
        self.text.push_str(&self.args.len().to_string());
        self
    }

    /// Adds another statement's text and values; its places are numbered on.
    pub(crate) fn append(&mut self, other: &Self) -> &mut Self {
        let shift = self.args.len();
        let mut pieces = other.text.split('$');
        self.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let place: usize = piece[..digits].parse().unwrap_or_default();
            self.text.push('$');
            self.text.push_str(&(place + shift).to_string());
            self.text.push_str(&piece[digits..]);
        }
        self.args.extend(other.args.iter().cloned());
        self
    }

    /// All rows.
    pub(crate) async fn rows<R: AnyRow>(&self, mut on: impl Source) -> Result<Vec<R>> {
        Ok(match on.conn().await? {
            Conn::Sqlite(mut conn) => self.sqlite().fetch_all(&mut *conn).await?,
            Conn::Postgres(mut conn) => self.postgres().fetch_all(&mut *conn).await?,
        })
    }

    /// Runs it for what it does. Gives the number of rows touched.
    pub(crate) async fn run(&self, tx: &mut Tx) -> Result<u64> {
        Ok(match tx.conn().await? {
            Conn::Sqlite(mut conn) => {
                bound!(self, sqlx::query(AssertSqlSafe(self.text.clone()))).execute(&mut *conn).await?.rows_affected()
            }
            Conn::Postgres(mut conn) => {
                bound!(self, sqlx::query(AssertSqlSafe(self.text.clone()))).execute(&mut *conn).await?.rows_affected()
            }
        })
    }

    /// The first column of the first row: a count.
    pub(crate) async fn count(&self, on: impl Source) -> Result<u64> {
        let rows: Vec<(i64,)> = self.rows(on).await?;
        Ok(rows.first().map_or(0, |row| crate::read::size(row.0)))
    }

    /// The statement for SQLite.
    pub(crate) fn sqlite<R: AnyRow>(&self) -> QueryAs<'static, Sqlite, R, sqlx::sqlite::SqliteArguments> {
        bound!(self, sqlx::query_as(AssertSqlSafe(self.text.clone())))
    }

    /// The statement for PostgreSQL.
    pub(crate) fn postgres<R: AnyRow>(&self) -> QueryAs<'static, Postgres, R, sqlx::postgres::PgArguments> {
        bound!(self, sqlx::query_as(AssertSqlSafe(self.text.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_on() {
        let mut filter = Sql::new("a = ");
        filter.bind("", Arg::Number(1)).bind(" AND b = ", Arg::Number(2));
        let mut sql = Sql::new("SELECT x WHERE ");
        sql.bind("c > ", Arg::Number(0)).push(" AND ").append(&filter).bind(" LIMIT ", Arg::Number(5));
        assert_eq!(sql.text, "SELECT x WHERE c > $1 AND a = $2 AND b = $3 LIMIT $4");
        assert_eq!(sql.args.len(), 4);
    }
}
