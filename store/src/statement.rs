//! One SQL text, two databases: each macro expands one statement in two arms.
//!
//! `$on` is a `&Db`, a `&mut Tx`, or in code for both an `impl Source`. Arguments are bound to `$1`, `$2`, …
//! in order. The SQL is a literal, or `sqlx::AssertSqlSafe(String)` put together from literals only.

/// All rows: `rows!(on, RowType, "SELECT …", a, b)` is a `Result<Vec<RowType>>`.
macro_rules! rows {
    ($on:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        statement!(query_as::<_, $row>, fetch_all, $on, $sql $(, $bind)*)
    };
}

/// The row, if there is one: `row!(on, RowType, "SELECT …", a)` is a `Result<Option<RowType>>`.
macro_rules! row {
    ($on:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        statement!(query_as::<_, $row>, fetch_optional, $on, $sql $(, $bind)*)
    };
}

/// The first column of the row, if there is one: `scalar!(on, i64, "SELECT COUNT(*) …")` is a `Result<Option<i64>>`.
macro_rules! scalar {
    ($on:expr, $value:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        statement!(query_scalar::<_, $value>, fetch_optional, $on, $sql $(, $bind)*)
    };
}

/// A count: `count!(on, "SELECT COUNT(*) …", a)` is a `Result<i64>`; no row counts as nothing.
macro_rules! count {
    ($on:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        scalar!($on, i64, $sql $(, $bind)*).map(|count| count.unwrap_or_default())
    };
}

/// A statement without rows: `run!(on, "UPDATE …", a, b)` is a `Result<u64>`, the number of rows touched.
macro_rules! run {
    ($on:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $on.conn().await {
            Err(error) => Err(error),
            Ok($crate::tx::Conn::Sqlite(mut conn)) => sqlx::query::<sqlx::Sqlite>($sql)
                $(.bind($bind))*
                .execute(&mut *conn)
                .await
                .map(|done| done.rows_affected())
                .map_err($crate::StoreError::from),
            Ok($crate::tx::Conn::Postgres(mut conn)) => sqlx::query::<sqlx::Postgres>($sql)
                $(.bind($bind))*
                .execute(&mut *conn)
                .await
                .map(|done| done.rows_affected())
                .map_err($crate::StoreError::from),
        }
    };
}

macro_rules! statement {
    ($query:ident::<_, $out:ty>, $fetch:ident, $on:expr, $sql:expr $(, $bind:expr)*) => {
        match $on.conn().await {
            Err(error) => Err(error),
            Ok($crate::tx::Conn::Sqlite(mut conn)) => sqlx::$query::<sqlx::Sqlite, $out>($sql)
                $(.bind($bind))*
                .$fetch(&mut *conn)
                .await
                .map_err($crate::StoreError::from),
            Ok($crate::tx::Conn::Postgres(mut conn)) => sqlx::$query::<sqlx::Postgres, $out>($sql)
                $(.bind($bind))*
                .$fetch(&mut *conn)
                .await
                .map_err($crate::StoreError::from),
        }
    };
}
