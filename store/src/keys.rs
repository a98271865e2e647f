//! What names are sorted by and searched in, made of them.

use crate::{Db, Result};
use domain::{collation::sort_key, search::folded};
use uuid::Uuid;

/// Rows whose keys are made in one transaction.
const AT_ONCE: i64 = 500;

/// The keys of a name.
pub(crate) struct Keys {
    /// What it is sorted by.
    pub sort: Vec<u8>,
    /// What is searched in.
    pub search: String,
}

impl Keys {
    pub(crate) fn of(name: &str) -> Self {
        Self { sort: sort_key(name), search: folded(name) }
    }
}

/// Makes the keys that a table lacks: `missing_keys!(db, "SELECT …", tx, (id, keys) => run!(…))`.
macro_rules! missing_keys {
    ($db:expr, $find:literal, $write:literal $(, $more:ident)?) => {
        loop {
            let rows = rows!($db, (Uuid, String), $find, Vec::<u8>::new(), AT_ONCE)?;
            if rows.is_empty() {
                break;
            }
            $db.write(move |tx| {
                Box::pin(async move {
                    for (id, name) in rows {
                        let keys = Keys::of(&name);
                        run!(tx, $write, id, keys.sort $(, keys.$more)?)?;
                    }
                    Ok(())
                })
            })
            .await?;
        }
    };
}

impl Db {
    /// Makes the keys of names that have none yet.
    pub(crate) async fn make_missing_keys(&self) -> Result<()> {
        missing_keys!(
            self,
            "SELECT id, name FROM people WHERE sort_key = $1 LIMIT $2",
            "UPDATE people SET sort_key = $2, search_key = $3 WHERE id = $1",
            search
        );
        missing_keys!(
            self,
            "SELECT id, name FROM groups WHERE sort_key = $1 LIMIT $2",
            "UPDATE groups SET sort_key = $2, search_key = $3 WHERE id = $1",
            search
        );
        missing_keys!(
            self,
            "SELECT id, title FROM courses WHERE sort_key = $1 LIMIT $2",
            "UPDATE courses SET sort_key = $2 WHERE id = $1"
        );
        Ok(())
    }
}
