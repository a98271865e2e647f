//! The site: settings of the program, and the facts that fill placeholders in courses.

use crate::{Db, Object, Result};
use domain::{ids::SubjectId, time::Timestamp};
use serde_json::json;
use std::collections::BTreeMap;

impl Db {
    /// The value of a setting.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        scalar!(
            self,
            String,
            "SELECT value FROM settings WHERE name = $1",
            name
        )
    }

    /// Sets a setting. The audit row has its name, not its value.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn set_setting(
        &self,
        by: Option<SubjectId>,
        name: &'static str,
        value: String,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, $3)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
                    name,
                    value,
                    now.0
                )?;
                tx.audit(by, "site.setting", Object::Site, &json!({ "name": name }), now).await
            })
        })
        .await
    }

    /// Every site fact that is set.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn facts(&self) -> Result<BTreeMap<String, String>> {
        Ok(
            rows!(self, (String, String), "SELECT name, value FROM facts")?
                .into_iter()
                .collect(),
        )
    }

    /// Sets the given facts and leaves the others; an empty value removes the fact.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn set_facts(
        &self,
        by: Option<SubjectId>,
        facts: BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                for (name, value) in &facts {
                    if value.trim().is_empty() {
                        run!(tx, "DELETE FROM facts WHERE name = $1", name)?;
                    } else {
                        run!(
                            tx,
                            "INSERT INTO facts (name, value, updated_at) VALUES ($1, $2, $3)
                             ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
                            name,
                            value.trim(),
                            now.0
                        )?;
                    }
                }
                let names: Vec<&String> = facts.keys().collect();
                tx.audit(by, "site.facts", Object::Site, &json!({ "names": names }), now).await
            })
        })
        .await
    }
}
