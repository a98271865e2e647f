//! Rules, the obligations they make, extensions and exemptions.

use crate::harness::{DAY, NOW, Site, new_person};
use domain::{
    assignment::Day,
    ids::{CourseId, GroupId, PersonId},
    people::{GroupName, Role, Zone},
    time::Timestamp,
};
use store::{Assigned, Membership, NewPerson, NewRule, PersonChange, ReportRow, ReportStatus, StoreError, Target};

contract! {
    a_due_day_ends_where_the_person_is,
    joiners_get_what_the_group_has,
    a_joiner_after_the_due_day_gets_as_many_days,
    everyone_includes_who_comes_later,
    the_earlier_due_date_holds,
    what_is_done_is_left_in_peace,
    withdrawing_lets_go_of_who_has_not_begun,
    leaving_a_group_lets_go_unless_another_rule_holds,
    who_moves_gets_the_end_of_the_day_there_and_never_loses_time,
    a_managers_rule_does_not_reach_the_manager,
}

const MEMBER: Membership = Membership { member: true, manager: false };
const NOBODY: Membership = Membership { member: false, manager: false };

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub async fn group(site: &Site, name: &str) -> GroupId {
    site.db.create_group(None, GroupName::parse(name).unwrap(), NOW, &site.dice).await.unwrap()
}

pub async fn join(site: &Site, group: GroupId, person: PersonId, now: Timestamp) {
    site.db.set_membership(None, group, person, MEMBER, now).await.unwrap();
}

pub async fn assign(site: &Site, course: CourseId, target: Target, due: Option<&str>) -> Assigned {
    let rule = NewRule { course, target, due_on: due.map(day) };
    site.db.assign(None, rule, NOW, &site.dice).await.unwrap()
}

pub async fn standing(site: &Site, person: PersonId) -> Vec<ReportRow> {
    site.db.person_history(person, NOW).await.unwrap().standing
}

/// Lets the person begin, or finish, the course behind the store's back.
pub async fn set_status(site: &Site, person: PersonId, course: CourseId, status: &str) {
    let completed = if status == "done" { NOW.0.to_string() } else { "NULL".into() };
    let id = |id: uuid::Uuid| {
        if site.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'") }
    };
    site.by_hand(&format!(
        "UPDATE obligations SET status = '{status}', completed_at = {completed}, started_at = {}
         WHERE person_id = {} AND course_id = {}",
        NOW.0,
        id(person.0),
        id(course.0)
    ))
    .await;
}

async fn a_due_day_ends_where_the_person_is(site: &Site) {
    let course = site.course("Outside").await;
    let at = async |name: &str, zone: &str| {
        let new = NewPerson { zone: Zone::parse(zone).unwrap(), ..new_person(name, &[]) };
        site.db.create_person(None, new, NOW, &site.dice).await.unwrap().id
    };
    let (utc, tokyo, york) =
        (at("Utc", "UTC").await, at("Tokyo", "Asia/Tokyo").await, at("York", "America/New_York").await);
    assert_eq!(assign(site, course, Target::Everyone, Some("2026-07-01")).await.people, 3);
    let midnight = 1_782_950_400_000; // 2026-07-02T00:00:00Z
    for (person, hours) in [(utc, 0), (tokyo, -9), (york, 4)] {
        let row = &standing(site, person).await[0];
        assert_eq!(row.due_at, Some(Timestamp(midnight + hours * Timestamp::HOUR)));
        assert_eq!(row.due_on, Some(day("2026-07-01")));
        assert_eq!((row.done, row.total, row.status), (0, 3, ReportStatus::NotStarted));
    }
}

async fn joiners_get_what_the_group_has(site: &Site) {
    let (course, other) = (site.course("Outside").await, site.course("Other").await);
    let team = group(site, "Team").await;
    let (ann, bob) = (site.person("Ann", &[]).await.id, site.person("Bob", &[]).await.id);
    join(site, team, ann, NOW).await;
    assert_eq!(assign(site, course, Target::Group(team), Some("2026-07-01")).await.people, 1);
    assert!(standing(site, bob).await.is_empty());
    join(site, team, bob, NOW).await;
    assert_eq!(standing(site, bob).await.len(), 1);

    // A manager who does not belong to the group is not given its courses.
    let boss = site.person("Boss", &[]).await.id;
    let manager = Membership { member: false, manager: true };
    site.db.set_membership(None, team, boss, manager, NOW).await.unwrap();
    assign(site, other, Target::Group(team), None).await;
    assert!(standing(site, boss).await.is_empty());
    assert_eq!(standing(site, ann).await.len(), 2);
    let both = Membership { member: true, manager: true };
    site.db.set_membership(None, team, boss, both, NOW).await.unwrap();
    assert_eq!(standing(site, boss).await.len(), 2);
}

async fn a_joiner_after_the_due_day_gets_as_many_days(site: &Site) {
    let course = site.course("Outside").await;
    let team = group(site, "Team").await;
    let (early, late) = (site.person("Early", &[]).await.id, site.person("Late", &[]).await.id);
    // NOW is 2026-06-01: ten days.
    assign(site, course, Target::Group(team), Some("2026-06-11")).await;
    join(site, team, early, NOW.plus(9 * DAY)).await;
    join(site, team, late, NOW.plus(30 * DAY)).await;
    assert_eq!(standing(site, early).await[0].due_on, Some(day("2026-06-11")));
    assert_eq!(standing(site, late).await[0].due_on, Some(day("2026-07-11")), "not overdue on arrival");
}

async fn everyone_includes_who_comes_later(site: &Site) {
    let course = site.course("Outside").await;
    let gone = site.person("Gone", &[]).await.id;
    site.db.disable_person(None, gone, NOW).await.unwrap();
    assert_eq!(assign(site, course, Target::Everyone, None).await.people, 0);
    let ann = site.person("Ann", &[]).await.id;
    assert_eq!(standing(site, ann).await.len(), 1);
    assert!(standing(site, gone).await.is_empty());
    site.db.enable_person(None, gone, NOW).await.unwrap();
    assert_eq!(standing(site, gone).await.len(), 1, "who comes back is a joiner");

    let people = vec![new_person("Cem", &[]), new_person("Dua", &[])];
    for person in site.db.create_people(None, people, NOW, &site.dice).await.unwrap() {
        assert_eq!(standing(site, person.id).await.len(), 1);
    }
}

async fn the_earlier_due_date_holds(site: &Site) {
    let course = site.course("Outside").await;
    let ann = site.person("Ann", &[]).await.id;
    let due = async || standing(site, ann).await[0].due_on;
    assign(site, course, Target::Everyone, None).await;
    assert_eq!(due().await, None);
    assign(site, course, Target::Person(ann), Some("2026-08-01")).await;
    assert_eq!(due().await, Some(day("2026-08-01")), "a date is earlier than none");
    assert_eq!(assign(site, course, Target::Everyone, Some("2026-09-01")).await.people, 0);
    assert_eq!(due().await, Some(day("2026-08-01")));
    let soon = assign(site, course, Target::Everyone, Some("2026-07-01")).await;
    assert_eq!(due().await, Some(day("2026-07-01")));
    site.db.withdraw_rule(None, soon.rule, NOW).await.unwrap();
    assert_eq!(due().await, Some(day("2026-08-01")), "the next one holds again");
}

async fn what_is_done_is_left_in_peace(site: &Site) {
    let course = site.course("Outside").await;
    let ann = site.person("Ann", &[]).await.id;
    let first = assign(site, course, Target::Everyone, Some("2026-07-01")).await;
    set_status(site, ann, course, "done").await;
    assert_eq!(assign(site, course, Target::Person(ann), Some("2026-06-02")).await.people, 0);
    let before = standing(site, ann).await;
    assert_eq!((before[0].status, before[0].due_on), (ReportStatus::Done, Some(day("2026-07-01"))));
    site.db.withdraw_rule(None, first.rule, NOW).await.unwrap();
    assert_eq!(standing(site, ann).await, before);
}

async fn withdrawing_lets_go_of_who_has_not_begun(site: &Site) {
    let course = site.course("Outside").await;
    let (ann, bob) = (site.person("Ann", &[]).await.id, site.person("Bob", &[]).await.id);
    let rule = assign(site, course, Target::Everyone, Some("2026-07-01")).await.rule;
    set_status(site, bob, course, "in_progress").await;
    site.db.withdraw_rule(None, rule, NOW).await.unwrap();
    assert!(standing(site, ann).await.is_empty());
    let row = &standing(site, bob).await[0];
    assert_eq!((row.status, row.due_on, row.assigned_at), (ReportStatus::InProgress, None, None));
    let again = site.db.withdraw_rule(None, rule, NOW).await;
    assert!(matches!(again, Err(StoreError::NotFound("rule"))));
    let later = site.person("Later", &[]).await.id;
    assert!(standing(site, later).await.is_empty());
}

async fn leaving_a_group_lets_go_unless_another_rule_holds(site: &Site) {
    let (a, b) = (site.course("A").await, site.course("B").await);
    let (team, crew) = (group(site, "Team").await, group(site, "Crew").await);
    let ann = site.person("Ann", &[]).await.id;
    join(site, team, ann, NOW).await;
    join(site, crew, ann, NOW).await;
    assign(site, a, Target::Group(team), Some("2026-07-01")).await;
    assign(site, b, Target::Group(team), Some("2026-07-01")).await;
    assign(site, b, Target::Group(crew), Some("2026-09-01")).await;
    assert_eq!(standing(site, ann).await.len(), 2);
    site.db.set_membership(None, team, ann, NOBODY, NOW).await.unwrap();
    let rows = standing(site, ann).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].course, rows[0].due_on), (b, Some(day("2026-09-01"))));
}

async fn who_moves_gets_the_end_of_the_day_there_and_never_loses_time(site: &Site) {
    let (course, other) = (site.course("Outside").await, site.course("Inside").await);
    let ann = site.person("Ann", &[]).await;
    let group = group(site, "Team").await;
    assign(site, course, Target::Person(ann.id), Some("2026-07-01")).await;
    assign(site, other, Target::Person(ann.id), Some("2026-05-01")).await;
    let midnight = 1_782_950_400_000; // 2026-07-02T00:00:00Z
    let move_to = async |zone: &str, now: Timestamp| {
        let change = PersonChange {
            name: ann.name.clone(),
            email: ann.email.clone(),
            number: None,
            locale: ann.locale.clone(),
            zone: Zone::parse(zone).unwrap(),
        };
        site.db.update_person(None, ann.id, change, now).await.unwrap();
    };
    let due = async || {
        let rows = standing(site, ann.id).await;
        let row = rows.into_iter().find(|row| row.course == course).unwrap();
        assert_eq!(row.due_on, Some(day("2026-07-01")), "the day stays");
        (row.due_at.unwrap().0, row.due_zone.unwrap().to_string())
    };
    assert_eq!(due().await, (midnight, "UTC".to_owned()));
    move_to("America/Los_Angeles", NOW).await;
    let west = (midnight + 7 * Timestamp::HOUR, "America/Los_Angeles".to_owned());
    assert_eq!(due().await, west, "later there");
    move_to("Asia/Tokyo", NOW).await;
    assert_eq!(due().await, west, "nobody loses time by moving");
    // Nor by whatever has the rules looked at again.
    join(site, group, ann.id, NOW).await;
    assign(site, course, Target::Everyone, Some("2026-07-01")).await;
    assert_eq!(due().await, west);
    // What was over stays over.
    let rows = standing(site, ann.id).await;
    let over = rows.iter().find(|row| row.course == other).unwrap();
    assert_eq!((over.status, over.due_zone.as_ref().unwrap().as_str()), (ReportStatus::Overdue, "UTC"));
    // An earlier day still holds, wherever the later one was fixed.
    assign(site, course, Target::Everyone, Some("2026-06-30")).await;
    let rows = standing(site, ann.id).await;
    assert_eq!(rows.iter().find(|row| row.course == course).unwrap().due_on, Some(day("2026-06-30")));
}

async fn a_managers_rule_does_not_reach_the_manager(site: &Site) {
    let course = site.course("Outside").await;
    let (boss, ann) = (site.person("Boss", &[Role::Manager]).await, site.person("Ann", &[]).await);
    let hr = site.person("Hanna", &[Role::Hr, Role::Manager]).await;
    let team = group(site, "Team").await;
    for person in [&boss, &ann, &hr] {
        join(site, team, person.id, NOW).await;
    }
    let rule = NewRule { course, target: Target::Group(team), due_on: None };
    assert_eq!(site.db.assign(Some(boss.subject), rule, NOW, &site.dice).await.unwrap().people, 2);
    assert!(standing(site, boss.id).await.is_empty());
    // Not on joining again, either.
    site.db.set_membership(None, team, boss.id, NOBODY, NOW).await.unwrap();
    join(site, team, boss.id, NOW).await;
    assert!(standing(site, boss.id).await.is_empty());
    let made = &site.db.rules(None).await.unwrap()[0];
    assert!(made.as_manager && made.created_by == Some(boss.subject));
    // HR's rules reach everyone in the group, whoever made them.
    assert_eq!(site.db.assign(Some(hr.subject), rule, NOW, &site.dice).await.unwrap().people, 1);
    assert_eq!(standing(site, boss.id).await.len(), 1);
}
