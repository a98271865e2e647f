//! The site: settings of the program, and the facts that fill placeholders in courses.

use crate::{Db, Object, Result};
use domain::{
    facts::{Fact, Facts},
    ids::SubjectId,
    time::Timestamp,
};
use serde_json::json;
use std::collections::BTreeMap;

/// The setting that counts how often the facts were changed. A session brings it along, so that servers know whether the
/// facts they hold still hold.
pub(crate) const FACTS_REVISION: &str = "facts-revision";

impl Db {
    /// The value of a setting.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        scalar!(self, String, "SELECT value FROM settings WHERE name = $1", name)
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

    /// A secret of this site that no person chooses: `fresh` the first time it is asked for, and the same ever after, on
    /// every server of this database.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn kept_secret(&self, name: &'static str, fresh: String, now: Timestamp) -> Result<String> {
        self.write(move |tx| {
            Box::pin(async move {
                run!(
                    tx,
                    "INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
                    name,
                    fresh.as_str(),
                    now.0
                )?;
                Ok(scalar!(tx, String, "SELECT value FROM settings WHERE name = $1", name)?.unwrap_or(fresh))
            })
        })
        .await
    }

    /// Every site fact that is set. One that this release does not know is left out.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn facts(&self) -> Result<Facts> {
        let rows = rows!(self, (String, String), "SELECT name, value FROM facts ORDER BY name")?;
        Ok(rows.into_iter().filter_map(|(name, value)| Some((name.parse::<Fact>().ok()?, value))).collect())
    }

    /// Sets the given facts and leaves the others; nothing removes a fact.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn set_facts(
        &self,
        by: Option<SubjectId>,
        facts: BTreeMap<Fact, Option<String>>,
        now: Timestamp,
    ) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                for (fact, value) in &facts {
                    match value {
                        None => run!(tx, "DELETE FROM facts WHERE name = $1", fact.key())?,
                        Some(value) => run!(
                            tx,
                            "INSERT INTO facts (name, value, updated_at) VALUES ($1, $2, $3)
                             ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
                            fact.key(),
                            value,
                            now.0
                        )?,
                    };
                }
                run!(
                    tx,
                    "INSERT INTO settings (name, value, updated_at) VALUES ($1, '1', $2)
                     ON CONFLICT (name) DO UPDATE SET
                         value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT), updated_at = excluded.updated_at",
                    FACTS_REVISION,
                    now.0
                )?;
                let names: Vec<&str> = facts.keys().map(|fact| fact.key()).collect();
                tx.audit(by, "site.facts", Object::Site, &json!({ "names": names }), now).await
            })
        })
        .await
    }
}
