//! Rules, the obligations they make, extensions and exemptions.

use crate::harness::{DAY, NOW, Site, new_person};
use domain::{
    assignment::Day,
    ids::{CourseId, GroupId, PersonId, RuleId},
    people::{GroupName, Zone},
    time::Timestamp,
};
use store::{
    Assigned, Conflict, Membership, NewPerson, NewRule, PersonChange, ReportFilter, ReportRow,
    ReportStatus, Scope, StoreError, Target,
};

contract! {
    a_due_day_ends_where_the_person_is,
    joiners_get_what_the_group_has,
    a_joiner_after_the_due_day_gets_as_many_days,
    everyone_includes_who_comes_later,
    the_earlier_due_date_holds,
    what_is_done_is_left_in_peace,
    withdrawing_lets_go_of_who_has_not_begun,
    leaving_a_group_lets_go_unless_another_rule_holds,
    an_extension_is_kept_by_rules,
    an_exemption_comes_and_goes,
    a_rule_needs_a_course_and_somebody,
    an_assignment_and_a_joiner_in_the_same_moment,
    moving_house_leaves_due_dates_alone,
    rules_are_listed,
}

const MEMBER: Membership = Membership {
    member: true,
    manager: false,
};
const NOBODY: Membership = Membership {
    member: false,
    manager: false,
};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub async fn group(site: &Site, name: &str) -> GroupId {
    site.db
        .create_group(None, GroupName::parse(name).unwrap(), NOW, &site.dice)
        .await
        .unwrap()
}

pub async fn join(site: &Site, group: GroupId, person: PersonId, now: Timestamp) {
    site.db
        .set_membership(None, group, person, MEMBER, now)
        .await
        .unwrap();
}

pub async fn assign(site: &Site, course: CourseId, target: Target, due: Option<&str>) -> Assigned {
    let rule = NewRule {
        course,
        target,
        due_on: due.map(day),
    };
    site.db.assign(None, rule, NOW, &site.dice).await.unwrap()
}

pub async fn standing(site: &Site, person: PersonId) -> Vec<ReportRow> {
    site.db.person_history(person, NOW).await.unwrap().standing
}

/// Lets the person begin, or finish, the course behind the store's back.
pub async fn set_status(site: &Site, person: PersonId, course: CourseId, status: &str) {
    let completed = if status == "done" {
        NOW.0.to_string()
    } else {
        "NULL".into()
    };
    let id = |id: uuid::Uuid| {
        if site.is_sqlite() {
            format!("x'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
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
        let new = NewPerson {
            zone: Zone::parse(zone).unwrap(),
            ..new_person(name, &[])
        };
        site.db
            .create_person(None, new, NOW, &site.dice)
            .await
            .unwrap()
            .id
    };
    let (utc, tokyo, york) = (
        at("Utc", "UTC").await,
        at("Tokyo", "Asia/Tokyo").await,
        at("York", "America/New_York").await,
    );
    assert_eq!(
        assign(site, course, Target::Everyone, Some("2026-07-01"))
            .await
            .people,
        3
    );
    let midnight = 1_782_950_400_000; // 2026-07-02T00:00:00Z
    for (person, hours) in [(utc, 0), (tokyo, -9), (york, 4)] {
        let row = &standing(site, person).await[0];
        assert_eq!(
            row.due_at,
            Some(Timestamp(midnight + hours * Timestamp::HOUR))
        );
        assert_eq!(row.due_on, Some(day("2026-07-01")));
        assert_eq!(
            (row.done, row.total, row.status),
            (0, 3, ReportStatus::NotStarted)
        );
    }
}

async fn joiners_get_what_the_group_has(site: &Site) {
    let (course, other) = (site.course("Outside").await, site.course("Other").await);
    let team = group(site, "Team").await;
    let (ann, bob) = (
        site.person("Ann", &[]).await.id,
        site.person("Bob", &[]).await.id,
    );
    join(site, team, ann, NOW).await;
    assert_eq!(
        assign(site, course, Target::Group(team), Some("2026-07-01"))
            .await
            .people,
        1
    );
    assert!(standing(site, bob).await.is_empty());
    join(site, team, bob, NOW).await;
    assert_eq!(standing(site, bob).await.len(), 1);

    // A manager who does not belong to the group is not given its courses.
    let boss = site.person("Boss", &[]).await.id;
    let manager = Membership {
        member: false,
        manager: true,
    };
    site.db
        .set_membership(None, team, boss, manager, NOW)
        .await
        .unwrap();
    assign(site, other, Target::Group(team), None).await;
    assert!(standing(site, boss).await.is_empty());
    assert_eq!(standing(site, ann).await.len(), 2);
    let both = Membership {
        member: true,
        manager: true,
    };
    site.db
        .set_membership(None, team, boss, both, NOW)
        .await
        .unwrap();
    assert_eq!(standing(site, boss).await.len(), 2);
}

async fn a_joiner_after_the_due_day_gets_as_many_days(site: &Site) {
    let course = site.course("Outside").await;
    let team = group(site, "Team").await;
    let (early, late) = (
        site.person("Early", &[]).await.id,
        site.person("Late", &[]).await.id,
    );
    // NOW is 2026-06-01: ten days.
    assign(site, course, Target::Group(team), Some("2026-06-11")).await;
    join(site, team, early, NOW.plus(9 * DAY)).await;
    join(site, team, late, NOW.plus(30 * DAY)).await;
    assert_eq!(
        standing(site, early).await[0].due_on,
        Some(day("2026-06-11"))
    );
    assert_eq!(
        standing(site, late).await[0].due_on,
        Some(day("2026-07-11")),
        "not overdue on arrival"
    );
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
    assert_eq!(
        standing(site, gone).await.len(),
        1,
        "who comes back is a joiner"
    );

    let people = vec![new_person("Cem", &[]), new_person("Dua", &[])];
    for person in site
        .db
        .create_people(None, people, NOW, &site.dice)
        .await
        .unwrap()
    {
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
    assert_eq!(
        due().await,
        Some(day("2026-08-01")),
        "a date is earlier than none"
    );
    assert_eq!(
        assign(site, course, Target::Everyone, Some("2026-09-01"))
            .await
            .people,
        0
    );
    assert_eq!(due().await, Some(day("2026-08-01")));
    let soon = assign(site, course, Target::Everyone, Some("2026-07-01")).await;
    assert_eq!(due().await, Some(day("2026-07-01")));
    site.db.withdraw_rule(None, soon.rule, NOW).await.unwrap();
    assert_eq!(
        due().await,
        Some(day("2026-08-01")),
        "the next one holds again"
    );
}

async fn what_is_done_is_left_in_peace(site: &Site) {
    let course = site.course("Outside").await;
    let ann = site.person("Ann", &[]).await.id;
    let first = assign(site, course, Target::Everyone, Some("2026-07-01")).await;
    set_status(site, ann, course, "done").await;
    assert_eq!(
        assign(site, course, Target::Person(ann), Some("2026-06-02"))
            .await
            .people,
        0
    );
    let before = standing(site, ann).await;
    assert_eq!(
        (before[0].status, before[0].due_on),
        (ReportStatus::Done, Some(day("2026-07-01")))
    );
    site.db.withdraw_rule(None, first.rule, NOW).await.unwrap();
    assert_eq!(standing(site, ann).await, before);
}

async fn withdrawing_lets_go_of_who_has_not_begun(site: &Site) {
    let course = site.course("Outside").await;
    let (ann, bob) = (
        site.person("Ann", &[]).await.id,
        site.person("Bob", &[]).await.id,
    );
    let rule = assign(site, course, Target::Everyone, Some("2026-07-01"))
        .await
        .rule;
    set_status(site, bob, course, "in_progress").await;
    site.db.withdraw_rule(None, rule, NOW).await.unwrap();
    assert!(standing(site, ann).await.is_empty());
    let row = &standing(site, bob).await[0];
    assert_eq!(
        (row.status, row.due_on, row.assigned_at),
        (ReportStatus::InProgress, None, None)
    );
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
    site.db
        .set_membership(None, team, ann, NOBODY, NOW)
        .await
        .unwrap();
    let rows = standing(site, ann).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].course, rows[0].due_on),
        (b, Some(day("2026-09-01")))
    );
}

async fn an_extension_is_kept_by_rules(site: &Site) {
    let course = site.course("Outside").await;
    let hr = site.person("Hr", &[]).await;
    let ann = site.person("Ann", &[]).await.id;
    let extend = async |to: &str| {
        let reason = format!("until {to}");
        site.db
            .extend(
                Some(hr.subject),
                ann,
                course,
                day(to),
                reason,
                NOW,
                &site.dice,
            )
            .await
    };
    assert!(matches!(
        extend("2026-08-01").await,
        Err(StoreError::NotFound("obligation"))
    ));
    let rule = assign(site, course, Target::Person(ann), Some("2026-07-01"))
        .await
        .rule;
    extend("2026-08-01").await.unwrap();
    extend("2026-08-02").await.unwrap();
    assert_eq!(
        assign(site, course, Target::Everyone, Some("2026-06-20"))
            .await
            .people,
        1,
        "only the other person"
    );
    assert_eq!(standing(site, ann).await[0].due_on, Some(day("2026-08-02")));

    let past = site.db.person_history(ann, NOW).await.unwrap().exceptions;
    assert_eq!(past.len(), 2);
    assert_eq!(
        past.iter().filter(|one| one.ended_at.is_none()).count(),
        1,
        "one in force"
    );
    assert!(
        past.iter()
            .all(|one| one.created_by == Some(hr.subject) && one.reason.starts_with("until "))
    );

    site.db.withdraw_rule(None, rule, NOW).await.unwrap();
    assert_eq!(
        standing(site, ann).await[0].due_on,
        Some(day("2026-06-20")),
        "it went with what it extended"
    );
    set_status(site, ann, course, "done").await;
    assert!(matches!(
        extend("2026-10-01").await,
        Err(StoreError::NotFound("obligation"))
    ));
}

async fn an_exemption_comes_and_goes(site: &Site) {
    let course = site.course("Outside").await;
    let ann = site.person("Ann", &[]).await.id;
    assign(site, course, Target::Everyone, Some("2026-05-01")).await;
    assert_eq!(standing(site, ann).await[0].status, ReportStatus::Overdue);
    site.db
        .exempt(None, ann, course, "long leave".into(), NOW, &site.dice)
        .await
        .unwrap();
    assert_eq!(standing(site, ann).await[0].status, ReportStatus::Exempt);
    site.db.end_exemption(None, ann, course, NOW).await.unwrap();
    assert_eq!(standing(site, ann).await[0].status, ReportStatus::Overdue);
    let again = site.db.end_exemption(None, ann, course, NOW).await;
    assert!(matches!(again, Err(StoreError::NotFound("exemption"))));
}

async fn a_rule_needs_a_course_and_somebody(site: &Site) {
    let course = site.course("Outside").await;
    let refused = async |course: CourseId, target: Target| {
        let rule = NewRule {
            course,
            target,
            due_on: None,
        };
        site.db
            .assign(None, rule, NOW, &site.dice)
            .await
            .unwrap_err()
    };
    let nobody = Target::Person(PersonId::new(NOW, &site.dice));
    assert!(matches!(
        refused(course, nobody).await,
        StoreError::NotFound("person")
    ));
    let no_group = Target::Group(GroupId::new(NOW, &site.dice));
    assert!(matches!(
        refused(course, no_group).await,
        StoreError::NotFound("group")
    ));
    let missing = CourseId::new(NOW, &site.dice);
    assert!(matches!(
        refused(missing, Target::Everyone).await,
        StoreError::NotFound("course")
    ));
    site.by_hand("UPDATE courses SET archived_at = 1").await;
    let archived = refused(course, Target::Everyone).await;
    assert!(matches!(
        archived,
        StoreError::Conflict(Conflict::Changed("course"))
    ));
    let none = site
        .db
        .withdraw_rule(None, RuleId::new(NOW, &site.dice), NOW)
        .await;
    assert!(matches!(none, Err(StoreError::NotFound("rule"))));
}

/// Neither sees the other's uncommitted row; without a lock the joiner would be missed for good.
async fn an_assignment_and_a_joiner_in_the_same_moment(site: &Site) {
    for round in 0..10 {
        let course = site.course(&format!("Course {round}")).await;
        let new = new_person(&format!("Person {round}"), &[]);
        let rule = NewRule {
            course,
            target: Target::Everyone,
            due_on: None,
        };
        let (assigned, joined) = tokio::join!(
            site.db.assign(None, rule, NOW, &site.dice),
            site.db.create_person(None, new, NOW, &site.dice),
        );
        assigned.unwrap();
        let rows = standing(site, joined.unwrap().id).await;
        assert!(rows.iter().any(|row| row.course == course), "round {round}");
    }
}

async fn moving_house_leaves_due_dates_alone(site: &Site) {
    let course = site.course("Outside").await;
    let ann = site.person("Ann", &[]).await;
    assign(site, course, Target::Everyone, Some("2026-07-01")).await;
    let before = standing(site, ann.id).await;
    let change = PersonChange {
        name: ann.name,
        email: ann.email,
        number: None,
        locale: ann.locale,
        zone: Zone::parse("Asia/Tokyo").unwrap(),
    };
    site.db
        .update_person(None, ann.id, change, NOW)
        .await
        .unwrap();
    assert_eq!(standing(site, ann.id).await[0].due_at, before[0].due_at);
}

async fn rules_are_listed(site: &Site) {
    let (a, b) = (site.course("A").await, site.course("B").await);
    let ann = site.person("Ann", &[]).await;
    let team = group(site, "Team").await;
    let first = assign(site, a, Target::Person(ann.id), Some("2026-07-01"))
        .await
        .rule;
    let second = assign(site, a, Target::Group(team), None).await.rule;
    let third = assign(site, b, Target::Everyone, None).await.rule;
    site.db.withdraw_rule(None, third, NOW).await.unwrap();
    let all = site.db.rules(None).await.unwrap();
    assert_eq!(
        all.iter().map(|rule| rule.id).collect::<Vec<_>>(),
        [second, first, third],
        "withdrawn ones last"
    );
    assert_eq!(all[0].target_name.as_deref(), Some("Team"));
    assert_eq!(
        (all[1].target_name.as_deref(), all[1].people),
        (Some("Ann"), 1)
    );
    assert_eq!(
        (all[2].target, all[2].withdrawn_at),
        (Target::Everyone, Some(NOW))
    );
    assert_eq!(site.db.rules(Some(b)).await.unwrap().len(), 1);
    let report = ReportFilter::all(Scope::Everyone);
    assert_eq!(
        site.db
            .report(&report, Default::default(), store::Page::first(9), NOW)
            .await
            .unwrap()
            .total,
        1
    );
}
