//! Connections and write transactions.

use crate::{ChainKeys, Db, Result, StoreError};
use futures::future::BoxFuture;
use sqlx::{Postgres, Sqlite, Transaction, pool::MaybePoolConnection};
use std::{future::Future, sync::Arc};

/// A connection for one statement.
pub(crate) enum Conn<'a> {
    /// To SQLite.
    Sqlite(MaybePoolConnection<'a, Sqlite>),
    /// To PostgreSQL.
    Postgres(MaybePoolConnection<'a, Postgres>),
}

/// Where a statement can run: a database (`&Db`, for reading) or a transaction (`&mut Tx`). For
/// functions that serve both; take `mut on: impl Source`.
pub(crate) trait Source: Send {
    /// A connection for the next statement.
    fn conn(&mut self) -> impl Future<Output = Result<Conn<'_>>> + Send;
}

impl Source for &Db {
    async fn conn(&mut self) -> Result<Conn<'_>> {
        Db::conn(self).await
    }
}

/// An open write transaction. Ends with [`Db::write`].
pub(crate) struct Tx {
    on: Open,
    keys: Option<Arc<ChainKeys>>,
}

enum Open {
    /// On SQLite: holds the one writer connection.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Source for &mut Tx {
    async fn conn(&mut self) -> Result<Conn<'_>> {
        Tx::conn(self).await
    }
}

impl Tx {
    /// The connection of this transaction. (Asynchronous only to be called as the database's is.)
    pub(crate) async fn conn(&mut self) -> Result<Conn<'_>> {
        Ok(match &mut self.on {
            Open::Sqlite(tx) => Conn::Sqlite(MaybePoolConnection::Connection(&mut **tx)),
            Open::Postgres(tx) => Conn::Postgres(MaybePoolConnection::Connection(&mut **tx)),
        })
    }

    /// Whether this is SQLite, for the few statements that differ.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.on, Open::Sqlite(_))
    }

    /// The keys of the chains; none where the database was opened without the site's key.
    pub(crate) fn keys(&self) -> Option<Arc<ChainKeys>> {
        self.keys.clone()
    }

    async fn begin(db: &Db) -> Result<Self> {
        let on = match db {
            // IMMEDIATE: a transaction that reads first and writes later could otherwise find its snapshot stale.
            Db::Sqlite { writer, .. } => Open::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres { pool, .. } => Open::Postgres(pool.begin().await?),
        };
        Ok(Self { on, keys: db.keys().cloned() })
    }

    async fn commit(self) -> Result<()> {
        match self.on {
            Open::Sqlite(tx) => tx.commit().await?,
            Open::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    async fn roll_back(self) -> Result<()> {
        match self.on {
            Open::Sqlite(tx) => tx.rollback().await?,
            Open::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// What at most one transaction may see to at a time, where no row stands for it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lock {
    /// Who administers the site.
    Admins,
    /// Which rules reach whom.
    Assignment,
    /// The sealing of audit rows.
    Audit,
}

impl Tx {
    /// Waits until no other transaction holds `lock`, and holds it until this one ends. On SQLite every write
    /// transaction is alone anyway.
    pub(crate) async fn lock(&mut self, lock: Lock) -> Result<()> {
        let Open::Postgres(tx) = &mut self.on else {
            return Ok(());
        };
        // Arbitrary numbers of our own, one for each lock.
        let key: i64 = match lock {
            Lock::Admins => 0x636f_6c6c_0001,
            Lock::Assignment => 0x636f_6c6c_0002,
            Lock::Audit => 0x636f_6c6c_0003,
        };
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(&mut **tx).await?;
        Ok(())
    }
}

impl Db {
    /// Runs `work` in a write transaction: committed when it gives `Ok`, rolled back when it gives `Err`.
    ///
    /// The transaction runs in a task of its own and goes on to its end when the caller is dropped: a `BEGIN` that is
    /// abandoned before PostgreSQL answers is not rolled back, and its connection goes back into the pool inside a
    /// transaction that nobody ends (sqlx 0.9.0).
    ///
    /// # Errors
    /// What `work` gives, or [`StoreError::Unavailable`].
    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let db = self.clone();
        let task = tokio::spawn(async move {
            let mut tx = Tx::begin(&db).await?;
            match work(&mut tx).await {
                Ok(value) => {
                    tx.commit().await?;
                    Ok(value)
                }
                Err(error) => {
                    if let Err(cause) = tx.roll_back().await {
                        tracing::warn!(%cause, "a transaction could not be rolled back");
                    }
                    Err(error)
                }
            }
        });
        task.await.map_err(|error| StoreError::Unavailable(error.into()))?
    }
}
