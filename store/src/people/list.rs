//! People as lists and counts.

use super::{Person, PersonRow, PersonState, person_columns};
use crate::{
    Db, GroupRef, Page, Paged, Result,
    page::anywhere,
    read as stored,
    sql::{Arg, Sql},
};
use domain::{
    ids::{GroupId, PersonId},
    people::{GroupName, Role},
    search::SearchTerm,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which people are wanted; everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// A part of the name, in any letter case and with or without accents, or of the e-mail address or employee number.
    pub search: Option<SearchTerm>,
    /// Belongs to this group or manages it.
    pub group: Option<GroupId>,
    /// Has this role.
    pub role: Option<Role>,
    /// Is in this state; without it, everybody but the erased.
    pub state: Option<PersonState>,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonListed {
    /// Who.
    pub person: Person,
    /// The groups they belong to or manage, by name.
    pub groups: Vec<GroupRef>,
}

/// How many people there are; the erased do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleCounts {
    /// Everybody.
    pub all: u64,
    /// Without a password yet.
    pub invited: u64,
    /// Able to sign in.
    pub active: u64,
    /// Disabled.
    pub disabled: u64,
}

/// Adds the condition that `term` is in the name, e-mail address or employee number of `people AS p`.
pub(crate) fn push_search(sql: &mut Sql, term: Option<&SearchTerm>) {
    let Some(term) = term else {
        return;
    };
    sql.bind(" AND (p.search_key LIKE ", Arg::Text(anywhere(&term.folded())))
        .push(r" ESCAPE '\'")
        .bind(" OR p.email LIKE ", Arg::Text(anywhere(&term.as_str().to_lowercase())))
        .push(r" ESCAPE '\'")
        .bind(" OR p.employee_number LIKE ", Arg::Text(anywhere(&term.as_str().to_ascii_uppercase())))
        .push(r" ESCAPE '\')");
}

impl PeopleFilter {
    fn sql(&self) -> Sql {
        let mut sql = Sql::new(" FROM people AS p WHERE TRUE");
        sql.push(self.state.map_or(" AND p.erased_at IS NULL", PersonState::condition));
        if let Some(group) = self.group {
            sql.bind(
                " AND EXISTS (SELECT 1 FROM memberships AS m WHERE m.person_id = p.id AND m.group_id = ",
                Arg::Id(group.0),
            )
            .push(")");
        }
        if let Some(role) = self.role {
            sql.bind(
                " AND EXISTS (SELECT 1 FROM roles AS r WHERE r.person_id = p.id AND r.role = ",
                Arg::Text(role.as_str().to_owned()),
            )
            .push(")");
        }
        push_search(&mut sql, self.search.as_ref());
        sql
    }
}

impl Db {
    /// People by name.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn people(&self, filter: &PeopleFilter, page: Page) -> Result<Paged<PersonListed>> {
        let filter = filter.sql();
        let total = Sql::new("SELECT COUNT(*)").append(&filter).count(self).await?;
        let rows: Vec<PersonRow> = Sql::new(concat!("SELECT ", person_columns!()))
            .append(&filter)
            .bind(" ORDER BY p.sort_key, p.id LIMIT ", Arg::Number(page.limit()))
            .bind(" OFFSET ", Arg::Number(page.offset()))
            .rows(self)
            .await?;
        let people = rows.into_iter().map(PersonRow::read).collect::<Result<Vec<_>>>()?;
        let mut groups = self.groups_of_each(&people).await?;
        let items = people
            .into_iter()
            .map(|person| PersonListed { groups: groups.remove(&person.id).unwrap_or_default(), person })
            .collect();
        Ok(Paged { items, total })
    }

    async fn groups_of_each(&self, people: &[Person]) -> Result<BTreeMap<PersonId, Vec<GroupRef>>> {
        let mut groups: BTreeMap<PersonId, Vec<GroupRef>> = BTreeMap::new();
        if people.is_empty() {
            return Ok(groups);
        }
        let mut sql = Sql::new(
            "SELECT m.person_id, g.id, g.name FROM memberships AS m JOIN groups AS g ON g.id = m.group_id
             WHERE m.person_id IN (",
        );
        for (index, person) in people.iter().enumerate() {
            sql.bind(if index == 0 { "" } else { ", " }, Arg::Id(person.id.0));
        }
        let rows: Vec<(Uuid, Uuid, String)> = sql.push(") ORDER BY g.sort_key, g.id").rows(self).await?;
        for (person, id, name) in rows {
            let name = GroupName::stored(&name);
            groups.entry(PersonId(person)).or_default().push(GroupRef { id: GroupId(id), name });
        }
        Ok(groups)
    }

    /// How many people there are.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn people_counts(&self) -> Result<PeopleCounts> {
        let found = row!(
            self,
            (i64, i64, i64),
            "SELECT COUNT(*),
                    COUNT(CASE WHEN disabled_at IS NULL AND password_hash IS NULL THEN 1 END),
                    COUNT(disabled_at)
             FROM people WHERE erased_at IS NULL"
        )?;
        let (all, invited, disabled) = found.unwrap_or_default();
        Ok(PeopleCounts {
            all: stored::size(all),
            invited: stored::size(invited),
            active: stored::size(all - invited - disabled),
            disabled: stored::size(disabled),
        })
    }

    /// People who are not of the demonstration: whose address does not end in `@demo.example`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn real_people(&self) -> Result<u64> {
        count!(self, "SELECT COUNT(*) FROM people WHERE email IS NULL OR email NOT LIKE '%@demo.example'")
            .map(stored::size)
    }
}
