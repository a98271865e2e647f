//! Adding many people at once.

use super::{NewPerson, Person, insert, subject};
use crate::{Db, Result};
use domain::{
    ids::{PersonId, SubjectId},
    time::{Entropy, Timestamp},
};

impl Db {
    /// Adds people who will choose a password by an invitation: all of them, or nobody when one cannot be added. They
    /// come back in the order given.
    ///
    /// # Errors
    /// [`Conflict::EmailTaken`](crate::Conflict::EmailTaken),
    /// [`Conflict::EmployeeNumberTaken`](crate::Conflict::EmployeeNumberTaken).
    pub async fn create_people(
        &self,
        by: Option<SubjectId>,
        people: Vec<NewPerson>,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Person>> {
        let people: Vec<_> =
            people.into_iter().map(|new| ((PersonId::new(now, entropy), subject(entropy)), new)).collect();
        self.write(move |tx| {
            Box::pin(async move {
                let mut added = Vec::with_capacity(people.len());
                for (ids, new) in people {
                    added.push(insert(tx, by, ids, new, None, now).await?);
                }
                Ok(added)
            })
        })
        .await
    }
}
