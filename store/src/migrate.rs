//! The schema: bringing it up to date, and telling whether it is.

use crate::{Db, Result, StoreError};
use domain::time::Timestamp;
use sqlx::migrate::{MigrateError, Migrator};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

impl Db {
    fn migrator(&self) -> Migrator {
        let embedded = match self {
            Self::Sqlite { .. } => &SQLITE,
            Self::Postgres { .. } => &POSTGRES,
        };
        Migrator {
            migrations: embedded.migrations.clone(),
            // A newer release may have run first: while servers are replaced one by one, both must start.
            ignore_missing: true,
            ..Migrator::DEFAULT
        }
    }

    /// Applies the migrations that are missing, and makes the keys of names that lack them. Several servers may do so at
    /// once.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when a migration was changed after it had been applied or could not be applied.
    pub async fn migrate(&self) -> Result<()> {
        let migrator = self.migrator();
        // As for every write: abandoned half way, it would leave its connection (and its lock) out of step.
        let db = self.clone();
        let done = tokio::spawn(async move {
            match &db {
                Self::Sqlite { writer, .. } => migrator.run(writer).await,
                Self::Postgres { pool, .. } => migrator.run(pool).await,
            }
        });
        match done.await.map_err(|error| StoreError::Unavailable(error.into()))? {
            Ok(()) => {
                self.make_missing_keys().await?;
                self.let_space_be_given_back().await
            }
            Err(MigrateError::Execute(error)) => Err(error.into()),
            Err(MigrateError::ExecuteMigration(error, number)) => match StoreError::from(error) {
                StoreError::Refused(cause) => Err(StoreError::Unusable(format!("migration {number}: {cause}"))),
                other => Err(other),
            },
            Err(error) => Err(StoreError::Unusable(error.to_string())),
        }
    }

    /// Whether the database answers and has every migration of this release.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] when migrations are missing, or [`StoreError::Unavailable`].
    pub async fn ready(&self) -> Result<()> {
        let applied =
            rows!(self, (i64,), "SELECT version FROM _sqlx_migrations WHERE success").map_err(|error| match error {
                StoreError::Refused(_) => StoreError::Unusable("it has no schema yet".into()),
                other => other,
            })?;
        let missing = self.migrator().iter().filter(|migration| !applied.contains(&(migration.version,))).count();
        if missing == 0 { Ok(()) } else { Err(StoreError::Unusable(format!("{missing} migrations are not applied"))) }
    }

    /// Whether a change can be made: makes one that means nothing and commits it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it cannot be written: the disk is full, the file is read-only, nobody answers.
    pub async fn can_write(&self, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "INSERT INTO settings (name, value, updated_at) VALUES ('last-write-test', '', $1)
                     ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at",
                    now.0
                )?;
                Ok(())
            })
        })
        .await
    }
}
