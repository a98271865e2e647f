//! The report: people × courses.

use crate::{
    harness::{DAY, NOW, Site},
    tracking::{assign, group, join, set_status},
};
use domain::ids::{CourseId, GroupId, PersonId};
use domain::search::SearchTerm;
use store::{
    Membership, Page, Report, ReportFilter, ReportRow, ReportSort, ReportStatus, Scope, Tallies, Target, Voluntary,
};

contract! {
    statuses_are_as_of_now,
    filters_narrow_rows_total_and_tallies_alike,
    kept_counts_equal_counted_ones,
    a_manager_sees_the_own_teams_only,
    a_disabled_person_is_left_out,
    a_chart_has_the_tallies_of_each_course,
    who_takes_it_of_their_own_accord_stands_beside_completion,
}

pub struct Cast {
    pub courses: [CourseId; 2],
    pub team: GroupId,
    pub people: Vec<PersonId>,
}

/// Four people (two in a team) with two courses: one done, one under way and late, one excused …
pub async fn cast(site: &Site) -> Cast {
    let courses = [site.course("Apologies").await, site.course("Boundaries").await];
    let team = group(site, "Team").await;
    let mut people = Vec::new();
    for name in ["Ann Archer", "bob Baker", "Cem Cook", "Dua Dyer"] {
        people.push(site.person(name, &[]).await.id);
    }
    join(site, team, people[0], NOW).await;
    join(site, team, people[1], NOW).await;
    assign(site, courses[0], Target::Everyone, Some("2026-06-20")).await;
    assign(site, courses[1], Target::Group(team), Some("2026-05-20")).await;
    set_status(site, people[0], courses[0], "done").await;
    set_status(site, people[1], courses[0], "in_progress").await;
    set_status(site, people[1], courses[1], "in_progress").await;
    site.db.exempt(None, people[2], courses[0], "leave".into(), NOW, &site.dice).await.unwrap();
    Cast { courses, team, people }
}

pub fn everyone() -> ReportFilter {
    ReportFilter::all(Scope::Everyone)
}

pub async fn report(site: &Site, filter: &ReportFilter) -> Report {
    site.db.report(filter, ReportSort::default(), Page::first(100), NOW).await.unwrap()
}

pub fn names(rows: &[ReportRow]) -> Vec<(&str, &str)> {
    rows.iter().map(|row| (row.name.as_str().split(' ').next().unwrap(), &row.course_title[..1])).collect()
}

async fn statuses_are_as_of_now(site: &Site) {
    cast(site).await;
    let found = report(site, &everyone()).await;
    let rows: Vec<_> =
        found.rows.iter().map(|row| (row.name.as_str(), row.course_title.as_str(), row.status)).collect();
    assert_eq!(
        rows,
        [
            ("Ann Archer", "Apologies", ReportStatus::Done),
            ("Ann Archer", "Boundaries", ReportStatus::Overdue),
            ("bob Baker", "Apologies", ReportStatus::InProgress),
            ("bob Baker", "Boundaries", ReportStatus::Overdue),
            ("Cem Cook", "Apologies", ReportStatus::Exempt),
            ("Dua Dyer", "Apologies", ReportStatus::NotStarted),
        ]
    );
    let tallies =
        Tallies { not_started: 1, in_progress: 1, done: 1, overdue: 2, exempt: 1, voluntary: Voluntary::default() };
    assert_eq!((found.total, found.tallies), (6, tallies));

    let later = site.db.report(&everyone(), ReportSort::default(), Page::first(1), NOW.plus(30 * DAY)).await.unwrap();
    assert_eq!(later.tallies, Tallies { done: 1, overdue: 4, exempt: 1, ..Tallies::default() });
}

async fn filters_narrow_rows_total_and_tallies_alike(site: &Site) {
    let cast = cast(site).await;
    let mut filters = Vec::new();
    for group in [None, Some(cast.team)] {
        for course in [None, Some(cast.courses[0]), Some(cast.courses[1])] {
            for search in [None, SearchTerm::parse("b"), SearchTerm::parse("EXAMPLE.ORG"), SearchTerm::parse("zz")] {
                filters.push(ReportFilter { group, course, search, ..everyone() });
            }
        }
    }
    for filter in filters {
        let all = report(site, &filter).await;
        assert_eq!(all.total as usize, all.rows.len(), "{filter:?}");
        assert_eq!(all.tallies.total(), all.total);
        for status in ReportStatus::ALL {
            let some = report(site, &ReportFilter { status: Some(status), ..filter.clone() }).await;
            let expected: Vec<_> = all.rows.iter().filter(|row| row.status == status).cloned().collect();
            assert_eq!(some.rows, expected, "{filter:?} {status}");
            assert_eq!((some.total as usize, some.tallies), (expected.len(), all.tallies), "{filter:?} {status}");
        }
    }
    let found = report(site, &ReportFilter { search: SearchTerm::parse("cook"), ..everyone() }).await;
    assert_eq!(names(&found.rows), [("Cem", "A")]);
    let team =
        report(site, &ReportFilter { group: Some(cast.team), course: Some(cast.courses[1]), ..everyone() }).await;
    assert_eq!(names(&team.rows), [("Ann", "B"), ("bob", "B")]);
}

/// The kept counts follow every way a row can change.
async fn kept_counts_equal_counted_ones(site: &Site) {
    let cast = cast(site).await;
    let same = async |what: &str| {
        for now in [NOW.plus(-60 * DAY), NOW, NOW.plus(60 * DAY)] {
            let kept = site.db.report(&everyone(), ReportSort::default(), Page::first(1), now).await.unwrap().tallies;
            // A search that everybody matches is counted row by row.
            let counted = ReportFilter { search: SearchTerm::parse("@example.org"), ..everyone() };
            let counted = site.db.report(&counted, ReportSort::default(), Page::first(1), now).await.unwrap().tallies;
            assert_eq!(kept, counted, "after {what}");
        }
    };
    same("assigning").await;
    site.db.disable_person(None, cast.people[0], NOW).await.unwrap();
    same("disabling").await;
    set_status(site, cast.people[0], cast.courses[1], "done").await;
    same("a change of somebody who does not count").await;
    site.db.enable_person(None, cast.people[0], NOW).await.unwrap();
    same("enabling").await;
    site.db
        .extend(None, cast.people[3], cast.courses[0], "2026-09-09".parse().unwrap(), "x".into(), NOW, &site.dice)
        .await
        .unwrap();
    same("extending").await;
    site.db.end_exemption(None, cast.people[2], cast.courses[0], NOW).await.unwrap();
    same("including").await;
    site.db.set_membership(None, cast.team, cast.people[0], Membership::default(), NOW).await.unwrap();
    same("leaving").await;
    site.by_hand("UPDATE obligations SET activities_done = 2").await;
    same("a change that is not counted").await;
    for rule in site.db.rules(None).await.unwrap() {
        site.db.withdraw_rule(None, rule.id, NOW).await.unwrap();
        same("withdrawing").await;
    }
    site.by_hand("DELETE FROM obligations").await;
    same("deleting").await;
    assert_eq!(report(site, &everyone()).await.tallies, Tallies::default());
    assert_eq!(site.number("SELECT COUNT(*) FROM tallies WHERE people <> 0").await, 0);
}

async fn a_manager_sees_the_own_teams_only(site: &Site) {
    let cast = cast(site).await;
    let boss = site.person("Zed Boss", &[]).await.id;
    let scope = Scope::TeamsOf(boss);
    assert_eq!(report(site, &ReportFilter::all(scope)).await.total, 0, "no team");
    let crew = group(site, "Crew").await;
    join(site, crew, cast.people[3], NOW).await;
    join(site, crew, boss, NOW).await;
    let manager = Membership { member: false, manager: true };
    site.db.set_membership(None, cast.team, boss, manager, NOW).await.unwrap();

    let own = report(site, &ReportFilter::all(scope)).await;
    assert_eq!(names(&own.rows), [("Ann", "A"), ("Ann", "B"), ("bob", "A"), ("bob", "B")]);
    assert_eq!(own.tallies, Tallies { in_progress: 1, done: 1, overdue: 2, ..Tallies::default() });
    let other = ReportFilter { group: Some(crew), ..ReportFilter::all(scope) };
    assert_eq!(report(site, &other).await.total, 0, "belonging to a group is not managing it");
    let named = ReportFilter { search: SearchTerm::parse("Dyer"), ..ReportFilter::all(scope) };
    assert_eq!(report(site, &named).await.total, 0, "a search does not widen it");
    let team = ReportFilter { group: Some(cast.team), status: Some(ReportStatus::Done), ..ReportFilter::all(scope) };
    assert_eq!(report(site, &team).await.total, 1);
    let chart = site.db.course_tallies(scope, None, NOW).await.unwrap();
    assert_eq!(chart.iter().map(|(_, tallies)| tallies.total()).collect::<Vec<_>>(), [2, 2]);
}

async fn a_disabled_person_is_left_out(site: &Site) {
    let cast = cast(site).await;
    site.db.disable_person(None, cast.people[1], NOW).await.unwrap();
    let found = report(site, &everyone()).await;
    assert_eq!((found.total, found.rows.len()), (4, 4));
    assert!(!names(&found.rows).iter().any(|(name, _)| *name == "bob"));
    let past = site.db.person_history(cast.people[1], NOW).await.unwrap();
    assert_eq!(past.standing.len(), 2, "their own page still knows");
}

async fn a_chart_has_the_tallies_of_each_course(site: &Site) {
    let cast = cast(site).await;
    let chart = site.db.course_tallies(Scope::Everyone, None, NOW).await.unwrap();
    assert_eq!(chart.iter().map(|(course, _)| course.title.as_str()).collect::<Vec<_>>(), ["Apologies", "Boundaries"]);
    assert_eq!(chart[0].1, Tallies { not_started: 1, in_progress: 1, done: 1, exempt: 1, ..Tallies::default() });
    assert_eq!(chart[1].1, Tallies { overdue: 2, ..Tallies::default() });
    let team = site.db.course_tallies(Scope::Everyone, Some(cast.team), NOW).await.unwrap();
    assert_eq!(team[0].1.total(), 2);
}

async fn who_takes_it_of_their_own_accord_stands_beside_completion(site: &Site) {
    crate::course::published(site).await;
    let course = site.db.course(&crate::course::slug()).await.unwrap().unwrap().id;
    let mut own = Vec::new();
    for number in 1..=4 {
        own.push(crate::course::learner(site, &format!("Own {number}")).await.0.id);
    }
    let must = site.active("Must", &[]).await.id;
    assign(site, course, Target::Person(must), None).await;
    set_status(site, must, course, "done").await;
    set_status(site, own[0], course, "done").await;
    set_status(site, own[1], course, "in_progress").await;
    let expected =
        Tallies { done: 1, voluntary: Voluntary { not_started: 2, in_progress: 1, done: 1 }, ..Tallies::default() };
    let kept = report(site, &everyone()).await;
    assert_eq!((kept.tallies, kept.total), (expected, 5));
    assert_eq!((kept.tallies.required(), kept.tallies.completion()), (1, 100), "of those who must");
    let counted = report(site, &ReportFilter { search: SearchTerm::parse("@example.org"), ..everyone() }).await;
    assert_eq!(counted.tallies, expected, "counted row by row");
    for search in [None, SearchTerm::parse("@example.org")] {
        let of = |assigned| ReportFilter { assigned: Some(assigned), search: search.clone(), ..everyone() };
        let (assigned, voluntary) = (report(site, &of(true)).await, report(site, &of(false)).await);
        assert_eq!((assigned.total, assigned.rows.len()), (1, 1));
        assert_eq!((voluntary.total, voluntary.rows.len()), (4, 4));
        assert!(voluntary.rows.iter().all(|row| row.assigned_at.is_none()));
    }
    // Being assigned it makes somebody one of those who must; the withdrawal undoes it.
    assign(site, course, Target::Person(own[1]), None).await;
    let more = report(site, &everyone()).await.tallies;
    assert_eq!((more.in_progress, more.voluntary.in_progress, more.completion()), (1, 0, 50));
    for rule in site.db.rules(Some(course)).await.unwrap().iter().filter(|rule| rule.target == Target::Person(own[1])) {
        site.db.withdraw_rule(None, rule.id, NOW).await.unwrap();
    }
    assert_eq!(report(site, &everyone()).await.tallies, expected);
}
