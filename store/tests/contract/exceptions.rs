//! Extensions and exemptions, and what a rule needs.

use crate::{
    harness::{NOW, Site, new_person},
    tracking::{assign, day, group, set_status, standing},
};
use domain::{
    ids::{CourseId, GroupId, PersonId, RuleId},
    people::Zone,
};
use store::{Conflict, NewRule, PersonChange, ReportFilter, ReportStatus, Scope, StoreError, Target};

contract! {
    an_extension_is_kept_by_rules,
    an_exemption_comes_and_goes,
    a_rule_needs_a_course_and_somebody,
    an_assignment_and_a_joiner_in_the_same_moment,
    moving_house_leaves_due_dates_alone,
    rules_are_listed,
}

async fn an_extension_is_kept_by_rules(site: &Site) {
    let course = site.course("Outside").await;
    let hr = site.person("Hr", &[]).await;
    let ann = site.person("Ann", &[]).await.id;
    let extend = async |to: &str| {
        let reason = format!("until {to}");
        site.db.extend(Some(hr.subject), ann, course, day(to), reason, NOW, &site.dice).await
    };
    assert!(matches!(extend("2026-08-01").await, Err(StoreError::NotFound("obligation"))));
    let rule = assign(site, course, Target::Person(ann), Some("2026-07-01")).await.rule;
    extend("2026-08-01").await.unwrap();
    extend("2026-08-02").await.unwrap();
    assert_eq!(assign(site, course, Target::Everyone, Some("2026-06-20")).await.people, 1, "only the other person");
    assert_eq!(standing(site, ann).await[0].due_on, Some(day("2026-08-02")));

    let past = site.db.person_history(ann, NOW).await.unwrap().exceptions;
    assert_eq!(past.len(), 2);
    assert_eq!(past.iter().filter(|one| one.ended_at.is_none()).count(), 1, "one in force");
    assert!(past.iter().all(|one| one.created_by == Some(hr.subject) && one.reason.starts_with("until ")));

    site.db.withdraw_rule(None, rule, NOW).await.unwrap();
    assert_eq!(standing(site, ann).await[0].due_on, Some(day("2026-06-20")), "it went with what it extended");
    set_status(site, ann, course, "done").await;
    assert!(matches!(extend("2026-10-01").await, Err(StoreError::NotFound("obligation"))));
}

async fn an_exemption_comes_and_goes(site: &Site) {
    let course = site.course("Outside").await;
    let ann = site.person("Ann", &[]).await.id;
    assign(site, course, Target::Everyone, Some("2026-05-01")).await;
    assert_eq!(standing(site, ann).await[0].status, ReportStatus::Overdue);
    site.db.exempt(None, ann, course, "long leave".into(), NOW, &site.dice).await.unwrap();
    assert_eq!(standing(site, ann).await[0].status, ReportStatus::Exempt);
    site.db.end_exemption(None, ann, course, NOW).await.unwrap();
    assert_eq!(standing(site, ann).await[0].status, ReportStatus::Overdue);
    let again = site.db.end_exemption(None, ann, course, NOW).await;
    assert!(matches!(again, Err(StoreError::NotFound("exemption"))));
}

async fn a_rule_needs_a_course_and_somebody(site: &Site) {
    let course = site.course("Outside").await;
    let refused = async |course: CourseId, target: Target| {
        let rule = NewRule { course, target, due_on: None };
        site.db.assign(None, rule, NOW, &site.dice).await.unwrap_err()
    };
    let nobody = Target::Person(PersonId::new(NOW, &site.dice));
    assert!(matches!(refused(course, nobody).await, StoreError::NotFound("person")));
    let no_group = Target::Group(GroupId::new(NOW, &site.dice));
    assert!(matches!(refused(course, no_group).await, StoreError::NotFound("group")));
    let missing = CourseId::new(NOW, &site.dice);
    assert!(matches!(refused(missing, Target::Everyone).await, StoreError::NotFound("course")));
    site.by_hand("UPDATE courses SET archived_at = 1").await;
    let archived = refused(course, Target::Everyone).await;
    assert!(matches!(archived, StoreError::Conflict(Conflict::Changed("course"))));
    let none = site.db.withdraw_rule(None, RuleId::new(NOW, &site.dice), NOW).await;
    assert!(matches!(none, Err(StoreError::NotFound("rule"))));
}

/// Neither sees the other's uncommitted row; without a lock the joiner would be missed for good.
async fn an_assignment_and_a_joiner_in_the_same_moment(site: &Site) {
    for round in 0..10 {
        let course = site.course(&format!("Course {round}")).await;
        let new = new_person(&format!("Person {round}"), &[]);
        let rule = NewRule { course, target: Target::Everyone, due_on: None };
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
    site.db.update_person(None, ann.id, change, NOW).await.unwrap();
    assert_eq!(standing(site, ann.id).await[0].due_at, before[0].due_at);
}

async fn rules_are_listed(site: &Site) {
    let (a, b) = (site.course("A").await, site.course("B").await);
    let ann = site.person("Ann", &[]).await;
    let team = group(site, "Team").await;
    let first = assign(site, a, Target::Person(ann.id), Some("2026-07-01")).await.rule;
    let second = assign(site, a, Target::Group(team), None).await.rule;
    let third = assign(site, b, Target::Everyone, None).await.rule;
    site.db.withdraw_rule(None, third, NOW).await.unwrap();
    let all = site.db.rules(None).await.unwrap();
    assert_eq!(all.iter().map(|rule| rule.id).collect::<Vec<_>>(), [second, first, third], "withdrawn ones last");
    assert_eq!(all[0].target_name.as_deref(), Some("Team"));
    assert_eq!((all[1].target_name.as_deref(), all[1].people), (Some("Ann"), 1));
    assert_eq!((all[2].target, all[2].withdrawn_at), (Target::Everyone, Some(NOW)));
    assert_eq!(site.db.rules(Some(b)).await.unwrap().len(), 1);
    let report = ReportFilter::all(Scope::Everyone);
    assert_eq!(site.db.report(&report, Default::default(), store::Page::first(9), NOW).await.unwrap().total, 1);
}
