//! Taking people away who were added by mistake: never signed in, and nothing is known of them but what they were added with.

use super::read;
use crate::{
    Conflict, Db, Object, Result, StoreError,
    sql::{Arg, Sql},
    tx::{Lock, Source},
};
use domain::{
    ids::{PersonId, SubjectId},
    time::Timestamp,
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The condition that `people AS p` leaves nothing behind: no password was ever chosen, nobody was ever here, nothing was
/// begun, proved, said or decided. What they were given goes with them: roles, groups, invitations, assignments and mail.
///
/// A test holds every table that names people against this list.
const LEAVES_NOTHING: &str = " AND p.password_hash IS NULL AND p.seen_at IS NULL AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM sessions AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM ended_sessions AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM address_people AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM known_browsers AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM enrolments AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM runs AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM receipt_subjects AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM exceptions AS h WHERE h.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM remarks AS h WHERE h.person_id = p.id)";

async fn removable(on: impl Source, people: &[PersonId]) -> Result<BTreeSet<PersonId>> {
    if people.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut sql = Sql::new("SELECT p.id FROM people AS p WHERE p.id IN (");
    for (index, person) in people.iter().enumerate() {
        sql.bind(if index == 0 { "" } else { ", " }, Arg::Id(person.0));
    }
    let rows: Vec<(Uuid,)> = sql.push(")").push(LEAVES_NOTHING).rows(on).await?;
    Ok(rows.into_iter().map(|(id,)| PersonId(id)).collect())
}

impl Db {
    /// Those of these people who can be removed: they never signed in and nothing is known of them but what they were added
    /// with.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn removable(&self, people: &[PersonId]) -> Result<BTreeSet<PersonId>> {
        removable(self, people).await
    }

    /// Removes people who were added by mistake, with what they were given: all of them, or nobody. Their audit rows stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for somebody who is not there; [`Conflict::HasHistory`] when one of them has been here, or
    /// anything was done by or decided for them.
    pub async fn remove_people(&self, by: Option<SubjectId>, people: Vec<PersonId>, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                // Nobody is to be given a course, or to accept an invitation, between the question and the answer.
                tx.lock(Lock::Assignment).await?;
                let removable = removable(&mut *tx, &people).await?;
                for id in people {
                    let person = read::person(&mut *tx, id).await?;
                    if !removable.contains(&id) {
                        return Err(StoreError::Conflict(Conflict::HasHistory));
                    }
                    let gone = run!(
                        tx,
                        "DELETE FROM people WHERE id = $1 AND password_hash IS NULL AND seen_at IS NULL",
                        id.0
                    )?;
                    if gone == 0 {
                        return Err(StoreError::Conflict(Conflict::HasHistory));
                    }
                    let detail = json!({ "roles": person.roles });
                    tx.audit(by, "person.remove", Object::Person(person.subject), &detail, now).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::LEAVES_NOTHING;
    use std::{fs, path::Path};

    /// What goes with a person who was added by mistake: none of it was done by them or decided for them.
    const GIVEN: [&str; 6] = ["roles", "memberships", "tickets", "rules", "obligations", "outbox"];

    #[test]
    fn every_table_that_names_people_is_given_or_is_history() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
        let mut checked = 0;
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            for table in text.split("CREATE TABLE ").skip(1) {
                let (name, columns) = table.split_once(' ').unwrap();
                let columns = columns.split(';').next().unwrap_or_default();
                if columns.contains("REFERENCES people (id) ON DELETE CASCADE") {
                    checked += 1;
                    let history = LEAVES_NOTHING.contains(&format!("FROM {name} AS h "));
                    assert!(
                        history != GIVEN.contains(&name),
                        "is a row of {name} history, or does it go with the person?"
                    );
                }
            }
        }
        assert!(checked > 10, "only {checked} tables were found");
    }
}
