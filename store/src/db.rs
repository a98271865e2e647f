//! The database: opening it, and its pools.

use crate::{ChainKeys, Result, StoreError, file, tx::Conn};
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, SqlitePool,
    pool::{MaybePoolConnection, PoolOptions},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

/// The oldest SQLite without the bug by which a reset of the write-ahead log could lose a commit.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How long to wait for a connection or for another writer before giving up.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a PostgreSQL connection may rest unasked before it is tested ahead of its next use.
const TRUSTED_FOR: Duration = Duration::from_secs(5);

/// Bytes of SQLite's write-ahead log that stay on disk when it has been written back.
const JOURNAL_KEPT: &str = "33554432";

/// Pages given back to the file system at a time, so that other writers wait for milliseconds only.
const PAGES_AT_ONCE: u32 = 2_000;

/// The largest SQLite file that is read through when a server starts, in bytes: a second or two.
const CHECKED: i64 = 512 * 1024 * 1024;

/// Statements kept prepared on each connection: more than this crate has.
const PREPARED: usize = 512;

/// A database, shared freely: a clone is another handle to the same pools.
#[derive(Debug, Clone)]
pub enum Db {
    /// One file on this machine: any number of readers beside one writer.
    Sqlite {
        /// Connections that cannot write.
        readers: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
        /// What receipts and seals are keyed with, where the site's key was given.
        keys: Option<Arc<ChainKeys>>,
    },
    /// A server that many machines share.
    Postgres {
        /// Connections for everything.
        pool: PgPool,
        /// What receipts and seals are keyed with, where the site's key was given.
        keys: Option<Arc<ChainKeys>>,
    },
}

/// Sizes of the pools.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Reading connections to SQLite; each costs a thread and its cache.
    pub sqlite_readers: u32,
    /// Connections to PostgreSQL, for everything.
    pub postgres_connections: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { sqlite_readers: 4, postgres_connections: 16 }
    }
}

impl Db {
    /// Opens the database at `url`: `sqlite:PATH` (the file is made when it is missing, its folder is not) or
    /// `postgres://…`. Does not touch the schema: see [`Db::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when the address is not one of the two or the version is too old,
    /// [`StoreError::Unavailable`] when there is no answer.
    pub async fn connect(url: &str, options: Options) -> Result<Self> {
        let db = if let Some(path) = url.strip_prefix("sqlite:") {
            Self::open_sqlite(path.strip_prefix("//").unwrap_or(path), options).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url, options).await?
        } else {
            // The address itself may hold a password: it is not repeated.
            return Err(StoreError::Unusable("its address must begin with sqlite: or postgres://".into()));
        };
        db.check_version().await?;
        Ok(db)
    }

    async fn open_sqlite(path: &str, options: Options) -> Result<Self> {
        if path.is_empty() || path.contains(":memory:") {
            return Err(StoreError::Unusable("SQLite needs the path of a file".into()));
        }
        let path = Path::new(path);
        file::keep_private(path)?;
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            // Pages that nothing is on any more go back to the file system: see `give_space_back`.
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .pragma("journal_size_limit", JOURNAL_KEPT)
            .statement_cache_capacity(PREPARED)
            // Pages are read through the mapping below: a cache of their own would hold them once more for each connection.
            .pragma("cache_size", "-2048")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            .optimize_on_close(true, 400)
            .disable_statement_logging();
        // The writer first: it makes the file and its write-ahead log.
        let writer = sqlite_pool(1)
            // When a disk is full, SQLite ends the transaction by itself, and the driver goes on counting it as open: every
            // later BEGIN would be refused (sqlx 0.9.0). Such a connection is replaced by a new one.
            .before_acquire(|conn: &mut SqliteConnection, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }))
            .connect_with(connect.clone())
            .await?;
        let readers = sqlite_pool(options.sqlite_readers.max(1))
            .connect_with(connect.create_if_missing(false).pragma("query_only", "on"))
            .await?;
        Ok(Self::Sqlite { readers, writer, keys: None })
    }

    async fn open_postgres(url: &str, options: Options) -> Result<Self> {
        let connect = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Unusable("its address is not a PostgreSQL address".into()))?
            .application_name("colloquy")
            .statement_cache_capacity(PREPARED)
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(options.postgres_connections.max(2))
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .before_acquire(|conn: &mut PgConnection, about| {
                Box::pin(async move {
                    if about.idle_for > TRUSTED_FOR {
                        conn.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(|conn: &mut PgConnection, _| {
                Box::pin(async move {
                    sqlx::raw_sql("SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'")
                        .execute(conn)
                        .await?;
                    Ok(())
                })
            })
            .connect_with(connect.clone())
            .await;
        match pool {
            Ok(pool) => Ok(Self::Postgres { pool, keys: None }),
            // The pool tried for a while and does not say what was in the way. One more try does.
            Err(sqlx::Error::PoolTimedOut) => Err(match PgConnection::connect_with(&connect).await {
                Ok(_) => sqlx::Error::PoolTimedOut.into(),
                Err(error) => error.into(),
            }),
            Err(error) => Err(error.into()),
        }
    }

    async fn check_version(&self) -> Result<()> {
        if !self.is_sqlite() {
            return Ok(());
        }
        let version = scalar!(self, String, "SELECT sqlite_version()")?.unwrap_or_default();
        if is_recent(&version) {
            return Ok(());
        }
        let (major, minor, patch) = OLDEST_SQLITE;
        Err(StoreError::Unusable(format!("SQLite {version} may lose data; {major}.{minor}.{patch} or later is needed")))
    }

    /// The same database with the keys for its chains: without them nothing can be issued, sealed or verified.
    #[must_use]
    pub fn with_keys(mut self, given: ChainKeys) -> Self {
        let (Self::Sqlite { keys, .. } | Self::Postgres { keys, .. }) = &mut self;
        *keys = Some(Arc::new(given));
        self
    }

    /// The keys of the chains, where they were given.
    pub(crate) fn keys(&self) -> Option<&Arc<ChainKeys>> {
        let (Self::Sqlite { keys, .. } | Self::Postgres { keys, .. }) = self;
        keys.as_ref()
    }

    /// Reads an SQLite file through and says whether it is whole. One of more than [`CHECKED`] bytes, which would take
    /// long, is not read, and PostgreSQL sees to its own files.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when it is damaged.
    pub async fn check_file(&self) -> Result<()> {
        if !self.is_sqlite() {
            return Ok(());
        }
        let size = "SELECT c.page_count * s.page_size FROM pragma_page_count() AS c, pragma_page_size() AS s";
        if count!(self, size)? > CHECKED {
            return Ok(());
        }
        match scalar!(self, String, "PRAGMA quick_check(1)")?.as_deref() {
            None | Some("ok") => Ok(()),
            Some(found) => {
                tracing::error!(found, "the database file is damaged");
                Err(StoreError::Unusable("its file is damaged; put a backup in its place".into()))
            }
        }
    }

    /// A connection to read with.
    pub(crate) async fn conn(&self) -> Result<Conn<'static>> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Conn::Sqlite(MaybePoolConnection::PoolConnection(readers.acquire().await?)),
            Self::Postgres { pool, .. } => Conn::Postgres(MaybePoolConnection::PoolConnection(pool.acquire().await?)),
        })
    }

    /// Whether this is SQLite, for the few statements that differ.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Lets SQLite give unused pages back to the file system, which a file made by an earlier release cannot do yet. Rewrites
    /// such a file once, which takes as much room again for a moment.
    pub(crate) async fn let_space_be_given_back(&self) -> Result<()> {
        let Self::Sqlite { writer, .. } = self else { return Ok(()) };
        let mut conn = writer.acquire().await?;
        let mode: i64 = sqlx::query_scalar("PRAGMA auto_vacuum").fetch_one(&mut *conn).await?;
        if mode == 0 {
            tracing::info!("rewriting the database file once, so that it can shrink from now on");
            sqlx::raw_sql("PRAGMA auto_vacuum = INCREMENTAL; VACUUM").execute(&mut *conn).await?;
        }
        Ok(())
    }

    /// Gives pages that nothing is on any more back to the file system, some at a time. PostgreSQL sees to that itself.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn give_space_back(&self) -> Result<()> {
        let Self::Sqlite { writer, .. } = self else { return Ok(()) };
        let mut conn = writer.acquire().await?;
        let sql = sqlx::AssertSqlSafe(format!("PRAGMA incremental_vacuum({PAGES_AT_ONCE})"));
        sqlx::raw_sql(sql).execute(&mut *conn).await?;
        Ok(())
    }

    /// The name of the database system, for start-up messages.
    #[must_use]
    pub fn system(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Finishes what is under way and closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

fn sqlite_pool(connections: u32) -> PoolOptions<sqlx::Sqlite> {
    // A connection to a file does not go stale: no test before use, no time limit.
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

fn is_recent(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST_SQLITE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_may_lose_data_is_refused() {
        for good in ["3.51.3", "3.52.0", "4.0.0", "3.51.10"] {
            assert!(is_recent(good), "{good}");
        }
        for bad in ["3.51.2", "3.50.9", "3.6.23", "", "three"] {
            assert!(!is_recent(bad), "{bad}");
        }
    }
}
