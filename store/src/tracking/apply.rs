//! From rules to obligations: whom a rule reaches gets one row for its course.
//!
//! When several rules reach the same person, the earliest due day holds, whichever zone it was fixed in. What was done stays done, and a due date that
//! was extended for one person is left alone. Callers hold [`crate::tx::Lock::Assignment`].

use crate::{
    Result, StoreError, read as stored,
    sql::{Arg, Sql},
    tx::{Lock, Tx},
};
use domain::{
    assignment::{self, Day},
    ids::{GroupId, PersonId},
    people::Zone,
    time::Timestamp,
};
use sqlx::FromRow;
use uuid::Uuid;

/// A rule in force.
#[derive(Debug, Clone, FromRow)]
pub(super) struct RuleRow {
    pub(super) id: Uuid,
    pub(super) course_id: Uuid,
    pub(super) person_id: Option<Uuid>,
    pub(super) group_id: Option<Uuid>,
    pub(super) due_on: Option<String>,
    pub(super) created_at: i64,
    pub(super) created_by: Option<Uuid>,
    /// Made with a manager's authority, which nobody has over themselves.
    pub(super) as_manager: bool,
}

impl RuleRow {
    /// Adds the condition that the rule reaches `people AS p`, or only that it reaches `only`.
    fn reaches(&self, sql: &mut Sql, only: Option<PersonId>) {
        sql.push(" FROM people AS p WHERE p.disabled_at IS NULL AND p.erased_at IS NULL");
        if let Some(person) = self.person_id {
            sql.bind(" AND p.id = ", Arg::Id(person));
        }
        if let Some(group) = self.group_id {
            sql.bind(
                " AND p.id IN (SELECT m.person_id FROM memberships AS m WHERE m.is_member AND m.group_id = ",
                Arg::Id(group),
            )
            .push(")");
        }
        if let Some(manager) = self.created_by.filter(|_| self.as_manager) {
            sql.bind(" AND p.subject_id <> ", Arg::Id(manager));
        }
        if let Some(person) = only {
            sql.bind(" AND p.id = ", Arg::Id(person.0));
        }
    }

    /// The due day for somebody in `zone` whom the rule reaches `now`, and the moment it is over.
    ///
    /// Who joins when the day is over already gets as many days as there were when the rule was made.
    fn due(&self, zone: &Zone, now: Timestamp) -> Result<Option<(Day, Timestamp)>> {
        let Some(day): Option<Day> = stored::maybe("rules", "due_on", self.due_on.as_deref())? else {
            return Ok(None);
        };
        let made = Timestamp(self.created_at);
        let (end, corrupt) = (end_of_day(day, zone)?, |problem| StoreError::corrupt("rules", "due_on", problem));
        if now < end || now <= made {
            return Ok(Some((day, end)));
        }
        let span = assignment::days_left(day, made, zone).map_err(corrupt)?.max(0);
        let today = assignment::day_at(now, zone).map_err(corrupt)?;
        let day = assignment::days_after(today, span).map_err(corrupt)?;
        Ok(Some((day, end_of_day(day, zone)?)))
    }
}

/// The first moment after `day` in a stored zone.
pub(super) fn end_of_day(day: Day, zone: &Zone) -> Result<Timestamp> {
    assignment::end_of_day(day, zone).map_err(|problem| StoreError::corrupt("people", "zone", problem))
}

/// Gives everybody a rule reaches (or only one of them) an obligation. Gives the number of rows written.
pub(super) async fn apply(tx: &mut Tx, rule: &RuleRow, only: Option<PersonId>, now: Timestamp) -> Result<u64> {
    if rule.due_on.is_none() {
        return write(tx, rule, only, None, now).await;
    }
    // A due date ends with the day where the person is: one statement for each zone, however many people.
    let mut zones = Sql::new("SELECT DISTINCT p.zone");
    rule.reaches(&mut zones, only);
    let zones: Vec<(String,)> = zones.rows(&mut *tx).await?;
    let mut written = 0;
    for (zone,) in zones {
        let zone: Zone = stored::text("people", "zone", &zone)?;
        let due = rule.due(&zone, now)?.map(|(day, end)| (zone, day, end));
        written += write(tx, rule, only, due, now).await?;
    }
    Ok(written)
}

async fn write(
    tx: &mut Tx,
    rule: &RuleRow,
    only: Option<PersonId>,
    due: Option<(Zone, Day, Timestamp)>,
    now: Timestamp,
) -> Result<u64> {
    let mut sql = Sql::new(
        "INSERT INTO obligations (person_id, course_id, rule_id, status, is_exempt, is_counted, cycle, activities_done,
                                  activities_total, assigned_at, updated_at, due_on, due_zone, due_at)
         SELECT p.id, ",
    );
    sql.bind("", Arg::Id(rule.course_id))
        .bind(", ", Arg::Id(rule.id))
        .bind(
            ", 'not_started', FALSE, TRUE, 1, 0,
             COALESCE((SELECT v.required FROM course_versions AS v WHERE v.is_current AND v.course_id = ",
            Arg::Id(rule.course_id),
        )
        .bind("), 0), ", Arg::Number(now.0))
        .bind(", ", Arg::Number(now.0));
    match &due {
        None => sql.push(", NULL, NULL, NULL"),
        Some((_, day, end)) => {
            sql.bind(", ", Arg::Text(day.to_string())).push(", p.zone").bind(", ", Arg::Number(end.0))
        }
    };
    rule.reaches(&mut sql, only);
    if let Some((zone, ..)) = &due {
        sql.bind(" AND p.zone = ", Arg::Text(zone.as_str().to_owned()));
    }
    sql.push(
        " ON CONFLICT (person_id, course_id) DO UPDATE SET
             rule_id = excluded.rule_id, assigned_at = excluded.assigned_at, updated_at = excluded.updated_at,
             due_on = excluded.due_on, due_zone = excluded.due_zone, due_at = excluded.due_at
          WHERE obligations.status <> 'done'
            AND (obligations.rule_id IS NULL OR excluded.due_on < COALESCE(obligations.due_on, '9999-12-31'))
            AND NOT EXISTS (SELECT 1 FROM exceptions AS e
                            WHERE e.person_id = obligations.person_id AND e.course_id = obligations.course_id
                              AND e.kind = 'extension' AND e.ended_at IS NULL)",
    );
    sql.run(tx).await
}

/// Somebody moved to another zone: what is not yet due ends with its day there, where that is later. Nobody loses time by
/// moving, and what is overdue stays so.
pub(crate) async fn move_due(tx: &mut Tx, person: PersonId, zone: &Zone, now: Timestamp) -> Result<()> {
    tx.lock(Lock::Assignment).await?;
    let open = rows!(
        tx,
        (Uuid, String, i64),
        "SELECT course_id, due_on, due_at FROM obligations
         WHERE person_id = $1 AND status <> 'done' AND due_at > $2 AND due_on IS NOT NULL",
        person.0,
        now.0
    )?;
    for (course, day, due_at) in open {
        let end = end_of_day(stored::text("obligations", "due_on", &day)?, zone)?;
        if end.0 <= due_at {
            continue;
        }
        run!(
            tx,
            "UPDATE obligations SET due_zone = $3, due_at = $4, updated_at = $5
             WHERE person_id = $1 AND course_id = $2",
            person.0,
            course,
            zone.as_str(),
            end.0,
            now.0
        )?;
    }
    Ok(())
}

/// Gives one person an obligation for every rule that reaches them.
pub(crate) async fn apply_to_person(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<()> {
    let rules = rows!(
        tx,
        RuleRow,
        "SELECT id, course_id, person_id, group_id, due_on, created_at, created_by, as_manager FROM rules
         WHERE withdrawn_at IS NULL
           AND (target = 'everyone' OR person_id = $1
                OR group_id IN (SELECT group_id FROM memberships WHERE person_id = $1 AND is_member))
         ORDER BY created_at, id",
        person.0
    )?;
    for rule in &rules {
        apply(tx, rule, Some(person), now).await?;
    }
    Ok(())
}

/// Somebody left a group: its rules let go of them, unless another rule holds them. What they began stays with them,
/// as something of their own accord.
pub(crate) async fn release_from_group(tx: &mut Tx, person: PersonId, group: GroupId, now: Timestamp) -> Result<()> {
    run!(
        tx,
        "UPDATE exceptions SET ended_at = $3
         WHERE person_id = $1 AND kind = 'extension' AND ended_at IS NULL
           AND course_id IN (SELECT o.course_id FROM obligations AS o JOIN rules AS r ON r.id = o.rule_id
                             WHERE o.person_id = $1 AND r.group_id = $2 AND o.status <> 'done')",
        person.0,
        group.0,
        now.0
    )?;
    run!(
        tx,
        "UPDATE obligations SET rule_id = NULL, assigned_at = NULL, due_on = NULL, due_zone = NULL, due_at = NULL,
                                updated_at = $3
         WHERE person_id = $1 AND status <> 'done' AND rule_id IN (SELECT id FROM rules WHERE group_id = $2)",
        person.0,
        group.0,
        now.0
    )?;
    apply_to_person(tx, person, now).await?;
    run!(
        tx,
        "DELETE FROM obligations
         WHERE person_id = $1 AND rule_id IS NULL AND status = 'not_started' AND enrolment_id IS NULL",
        person.0
    )?;
    Ok(())
}

/// A rule was withdrawn: it lets go of everybody whom no other rule holds.
pub(super) async fn release_all(tx: &mut Tx, withdrawn: &RuleRow, now: Timestamp) -> Result<()> {
    run!(
        tx,
        "UPDATE exceptions SET ended_at = $3
         WHERE course_id = $1 AND kind = 'extension' AND ended_at IS NULL
           AND person_id IN (SELECT person_id FROM obligations WHERE rule_id = $2 AND status <> 'done')",
        withdrawn.course_id,
        withdrawn.id,
        now.0
    )?;
    run!(
        tx,
        "UPDATE obligations SET rule_id = NULL, assigned_at = NULL, due_on = NULL, due_zone = NULL, due_at = NULL,
                                updated_at = $2
         WHERE rule_id = $1 AND status <> 'done'",
        withdrawn.id,
        now.0
    )?;
    let others = rows!(
        tx,
        RuleRow,
        "SELECT id, course_id, person_id, group_id, due_on, created_at, created_by, as_manager FROM rules
         WHERE withdrawn_at IS NULL AND course_id = $1 ORDER BY created_at, id",
        withdrawn.course_id
    )?;
    for rule in &others {
        apply(tx, rule, None, now).await?;
    }
    run!(
        tx,
        "DELETE FROM obligations
         WHERE course_id = $1 AND rule_id IS NULL AND status = 'not_started' AND enrolment_id IS NULL",
        withdrawn.course_id
    )?;
    Ok(())
}
