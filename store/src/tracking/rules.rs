//! Assignment rules.

use super::apply::{RuleRow, apply, release_all};
use crate::{
    Conflict, Db, Object, Result, StoreError, read as stored,
    sql::{Arg, Sql},
    tx::Lock,
};
use domain::{
    assignment::Day,
    ids::{CourseId, GroupId, PersonId, RuleId, SubjectId},
    time::{Entropy, Timestamp},
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

/// Whom a rule reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One person.
    Person(PersonId),
    /// Who belongs to a group, joiners included.
    Group(GroupId),
    /// Everybody, joiners included.
    Everyone,
}

/// A rule to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRule {
    /// Which course.
    pub course: CourseId,
    /// Who is to take it.
    pub target: Target,
    /// By the end of which day, where each of them is.
    pub due_on: Option<Day>,
}

/// What came of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// The rule.
    pub rule: RuleId,
    /// For how many people something changed: those who had the course already, due sooner or done, do not count.
    pub people: u64,
}

/// A rule in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Which one.
    pub id: RuleId,
    /// Which course.
    pub course: CourseId,
    /// What the course is called.
    pub course_title: String,
    /// Whom it reaches.
    pub target: Target,
    /// The name of the person or the group; nothing for everyone.
    pub target_name: Option<String>,
    /// By the end of which day.
    pub due_on: Option<Day>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Option<SubjectId>,
    /// Whether it was made with a manager's authority: it does not reach who made it.
    pub as_manager: bool,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// How many people have their obligation from it.
    pub people: u64,
}

#[derive(FromRow)]
struct ListedRow {
    id: Uuid,
    course_id: Uuid,
    course_title: String,
    person_id: Option<Uuid>,
    group_id: Option<Uuid>,
    target_name: Option<String>,
    due_on: Option<String>,
    created_at: i64,
    created_by: Option<Uuid>,
    as_manager: bool,
    withdrawn_at: Option<i64>,
    people: i64,
}

impl ListedRow {
    fn read(self) -> Result<Rule> {
        let target = match (self.person_id, self.group_id) {
            (Some(person), _) => Target::Person(PersonId(person)),
            (None, Some(group)) => Target::Group(GroupId(group)),
            (None, None) => Target::Everyone,
        };
        Ok(Rule {
            id: RuleId(self.id),
            course: CourseId(self.course_id),
            course_title: self.course_title,
            target,
            target_name: self.target_name,
            due_on: stored::maybe("rules", "due_on", self.due_on.as_deref())?,
            created_at: Timestamp(self.created_at),
            created_by: self.created_by.map(SubjectId),
            as_manager: self.as_manager,
            withdrawn_at: stored::moment(self.withdrawn_at),
            people: stored::size(self.people),
        })
    }
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Group(_) => "group",
            Self::Everyone => "everyone",
        }
    }
}

impl Db {
    /// Gives a course to a person, a group or everyone, and makes the obligations that follow. Who has the course
    /// already keeps it, with the earlier of the two due dates; who has done it is left in peace. Where `by` is neither HR
    /// nor admin, the rule is a manager's: it does not reach them, whichever group they are in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the course, the person or the group; [`Conflict::Changed`] when the course has no
    /// published version or is archived.
    pub async fn assign(
        &self,
        by: Option<SubjectId>,
        new: NewRule,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Assigned> {
        let id = RuleId::new(now, entropy);
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Assignment).await?;
                let open = scalar!(
                    tx,
                    bool,
                    "SELECT c.archived_at IS NULL AND EXISTS (SELECT 1 FROM course_versions AS v
                                                              WHERE v.course_id = c.id AND v.is_current)
                     FROM courses AS c WHERE c.id = $1",
                    new.course.0
                )?;
                if !open.ok_or(StoreError::NotFound("course"))? {
                    return Err(StoreError::Conflict(Conflict::Changed("course")));
                }
                let (person, group) = match new.target {
                    Target::Person(id) => (Some(id.0), None),
                    Target::Group(id) => (None, Some(id.0)),
                    Target::Everyone => (None, None),
                };
                let rule = RuleRow {
                    id: id.0,
                    course_id: new.course.0,
                    person_id: person,
                    group_id: group,
                    due_on: new.due_on.map(|day| day.to_string()),
                    created_at: now.0,
                    created_by: by.map(|by| by.0),
                    as_manager: as_manager(tx, by).await?,
                };
                insert(tx, &rule, new.target).await?;
                let people = apply(tx, &rule, None, now).await?;
                let detail = json!({
                    "course": new.course, "target": new.target.name(), "group": group, "due_on": rule.due_on,
                    "people": people,
                });
                tx.audit(by, "rule.create", Object::Rule(id), &detail, now).await?;
                Ok(Assigned { rule: id, people })
            })
        })
        .await
    }

    /// Withdraws a rule. Who has not begun and is held by no other rule loses the obligation; who has begun keeps the
    /// course without a due date; what is done stays done.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such rule or it was withdrawn already.
    pub async fn withdraw_rule(&self, by: Option<SubjectId>, id: RuleId, now: Timestamp) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(Lock::Assignment).await?;
                let rule = row!(
                    tx,
                    RuleRow,
                    "UPDATE rules SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL
                     RETURNING id, course_id, person_id, group_id, due_on, created_at, created_by, as_manager",
                    id.0,
                    now.0,
                    by.map(|by| by.0)
                )?
                .ok_or(StoreError::NotFound("rule"))?;
                release_all(tx, &rule, now).await?;
                tx.audit(by, "rule.withdraw", Object::Rule(id), &json!({ "course": rule.course_id }), now).await
            })
        })
        .await
    }

    /// Rules, the latest first, those withdrawn at the end.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn rules(&self, course: Option<CourseId>) -> Result<Vec<Rule>> {
        let mut sql = Sql::new(
            "SELECT r.id, r.course_id, c.title AS course_title, r.person_id, r.group_id,
                    COALESCE(p.name, g.name) AS target_name, r.due_on, r.created_at, r.created_by, r.as_manager, r.withdrawn_at,
                    (SELECT COUNT(*) FROM obligations AS o WHERE o.rule_id = r.id AND o.is_counted) AS people
             FROM rules AS r JOIN courses AS c ON c.id = r.course_id
             LEFT JOIN people AS p ON p.id = r.person_id LEFT JOIN groups AS g ON g.id = r.group_id
             WHERE TRUE",
        );
        if let Some(course) = course {
            sql.bind(" AND r.course_id = ", Arg::Id(course.0));
        }
        sql.push(" ORDER BY r.withdrawn_at IS NOT NULL, r.created_at DESC, r.id DESC");
        let rows: Vec<ListedRow> = sql.rows(self).await?;
        rows.into_iter().map(ListedRow::read).collect()
    }
}

/// Whether somebody assigns with a manager's authority alone. The program itself and HR do not.
async fn as_manager(tx: &mut crate::tx::Tx, by: Option<SubjectId>) -> Result<bool> {
    let Some(by) = by else { return Ok(false) };
    let office = count!(
        tx,
        "SELECT COUNT(*) FROM people AS p JOIN roles AS r ON r.person_id = p.id
         WHERE p.subject_id = $1 AND r.role IN ('hr', 'admin')",
        by.0
    )?;
    Ok(office == 0)
}

async fn insert(tx: &mut crate::tx::Tx, rule: &RuleRow, target: Target) -> Result<()> {
    let missing = match target {
        Target::Person(_) => "person",
        _ => "group",
    };
    run!(
        tx,
        "INSERT INTO rules (id, course_id, target, person_id, group_id, due_on, created_at, created_by, as_manager)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        rule.id,
        rule.course_id,
        target.name(),
        rule.person_id,
        rule.group_id,
        rule.due_on.as_deref(),
        rule.created_at,
        rule.created_by,
        rule.as_manager
    )
    .map_err(|error| error.missing(StoreError::NotFound(missing)))?;
    Ok(())
}
