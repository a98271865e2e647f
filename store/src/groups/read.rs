//! Finding groups, and who is in them.

use super::{Group, GroupPerson, GroupRef, Membership};
use crate::{
    Db, Page, Paged, PersonState, Result, StoreError,
    page::anywhere,
    read as stored,
    sql::{Arg, Sql},
};
use domain::{
    ids::{GroupId, PersonId},
    people::{GroupName, PersonName},
    search::SearchTerm,
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow)]
struct GroupRow {
    id: Uuid,
    name: String,
    created_at: i64,
    members: i64,
    managers: i64,
}

impl GroupRow {
    fn read(self) -> Group {
        Group {
            id: GroupId(self.id),
            name: GroupName::stored(&self.name),
            members: stored::size(self.members),
            managers: stored::size(self.managers),
            created_at: Timestamp(self.created_at),
        }
    }
}

#[derive(FromRow)]
struct GroupPersonRow {
    id: Uuid,
    name: String,
    email: Option<String>,
    employee_number: Option<String>,
    disabled_at: Option<i64>,
    erased_at: Option<i64>,
    has_password: bool,
    is_member: bool,
    is_manager: bool,
}

macro_rules! group_columns {
    () => {
        "SELECT g.id, g.name, g.created_at,
                (SELECT COUNT(*) FROM memberships AS m WHERE m.group_id = g.id AND m.is_member) AS members,
                (SELECT COUNT(*) FROM memberships AS m WHERE m.group_id = g.id AND m.is_manager) AS managers
         FROM groups AS g"
    };
}

fn group_ref((id, name): (Uuid, String)) -> GroupRef {
    GroupRef { id: GroupId(id), name: GroupName::stored(&name) }
}

impl Db {
    /// The group with this identifier.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn group(&self, id: GroupId) -> Result<Group> {
        let found = row!(self, GroupRow, concat!(group_columns!(), " WHERE g.id = $1"), id.0)?;
        found.map(GroupRow::read).ok_or(StoreError::NotFound("group"))
    }

    /// Groups by name; with `search`, those whose name has it.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn groups(&self, search: Option<&SearchTerm>, page: Page) -> Result<Paged<Group>> {
        let mut filter = Sql::new(" WHERE TRUE");
        if let Some(term) = search {
            filter.bind(" AND g.search_key LIKE ", Arg::Text(anywhere(&term.folded()))).push(r" ESCAPE '\'");
        }
        let total = Sql::new("SELECT COUNT(*) FROM groups AS g").append(&filter).count(self).await?;
        let rows: Vec<GroupRow> = Sql::new(group_columns!())
            .append(&filter)
            .bind(" ORDER BY g.sort_key, g.id LIMIT ", Arg::Number(page.limit()))
            .bind(" OFFSET ", Arg::Number(page.offset()))
            .rows(self)
            .await?;
        Ok(Paged { items: rows.into_iter().map(GroupRow::read).collect(), total })
    }

    /// Every group by name, for a list of choices.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn group_names(&self) -> Result<Vec<GroupRef>> {
        let rows = rows!(self, (Uuid, String), "SELECT id, name FROM groups ORDER BY sort_key, id")?;
        Ok(rows.into_iter().map(group_ref).collect())
    }

    /// Who belongs to a group or manages it, by name.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn group_people(&self, group: GroupId, page: Page) -> Result<Paged<GroupPerson>> {
        let total = count!(
            self,
            "SELECT COUNT(*) FROM memberships AS m JOIN people AS p ON p.id = m.person_id
             WHERE m.group_id = $1 AND p.erased_at IS NULL",
            group.0
        )?;
        let rows = rows!(
            self,
            GroupPersonRow,
            "SELECT p.id, p.name, p.email, p.employee_number, p.disabled_at, p.erased_at,
                    p.password_hash IS NOT NULL AS has_password, m.is_member, m.is_manager
             FROM memberships AS m JOIN people AS p ON p.id = m.person_id
             WHERE m.group_id = $1 AND p.erased_at IS NULL
             ORDER BY p.sort_key, p.id LIMIT $2 OFFSET $3",
            group.0,
            page.limit(),
            page.offset()
        )?;
        let items = rows
            .into_iter()
            .map(|row| {
                Ok(GroupPerson {
                    id: PersonId(row.id),
                    name: PersonName::stored(&row.name),
                    email: stored::maybe("people", "email", row.email.as_deref())?,
                    number: stored::maybe("people", "employee_number", row.employee_number.as_deref())?,
                    state: PersonState::of(row.erased_at.is_some(), row.disabled_at.is_some(), row.has_password),
                    membership: Membership { member: row.is_member, manager: row.is_manager },
                })
            })
            .collect::<Result<_>>()?;
        Ok(Paged { items, total: stored::size(total) })
    }

    /// The groups somebody belongs to or manages, by name.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn groups_of(&self, person: PersonId) -> Result<Vec<(GroupRef, Membership)>> {
        let rows = rows!(
            self,
            (Uuid, String, bool, bool),
            "SELECT g.id, g.name, m.is_member, m.is_manager
             FROM memberships AS m JOIN groups AS g ON g.id = m.group_id
             WHERE m.person_id = $1 ORDER BY g.sort_key, g.id",
            person.0
        )?;
        let of = |(id, name, member, manager)| (group_ref((id, name)), Membership { member, manager });
        Ok(rows.into_iter().map(of).collect())
    }

    /// The groups somebody manages, by name.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn teams_of(&self, manager: PersonId) -> Result<Vec<GroupRef>> {
        let rows = rows!(
            self,
            (Uuid, String),
            "SELECT g.id, g.name FROM memberships AS m JOIN groups AS g ON g.id = m.group_id
             WHERE m.person_id = $1 AND m.is_manager ORDER BY g.sort_key, g.id",
            manager.0
        )?;
        Ok(rows.into_iter().map(group_ref).collect())
    }

    /// Whether `person` belongs to a group that `manager` manages.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn manages(&self, manager: PersonId, person: PersonId) -> Result<bool> {
        let shared = count!(
            self,
            "SELECT COUNT(*) FROM memberships AS a JOIN memberships AS b ON b.group_id = a.group_id
             WHERE a.person_id = $1 AND a.is_manager AND b.person_id = $2 AND b.is_member",
            manager.0,
            person.0
        )?;
        Ok(shared > 0)
    }
}
