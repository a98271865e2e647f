//! Who may see whose progress, and what HR and managers do about it: assign, extend, exempt.

mod filter;

pub use filter::{Filter, STATUSES, status_name, taken_name};

use crate::context::{Refused, Viewer, encode, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::assignment::{Day, day_at};
use domain::ids::{CourseId, GroupId, PersonId, RuleId};
use domain::people::Role;
use domain::reason::{Reason, ReasonProblem};
use leptos::server;
use store::{GroupRef, NewRule, Rule, Scope, Target};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = Reason::MOST;

/// Whose progress somebody may see: HR and admins everybody's, everyone else that of the teams they manage. Every
/// tracking endpoint asks this.
#[must_use]
pub fn scope(viewer: &Viewer) -> Scope {
    if sees_results(viewer) { Scope::Everyone } else { Scope::TeamsOf(viewer.person) }
}

/// Whether somebody sees results too, and not status and dates alone.
#[must_use]
pub fn sees_results(viewer: &Viewer) -> bool {
    viewer.roles.has_any(&[Role::Hr, Role::Admin])
}

/// The groups somebody may filter by and assign to.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn teams(viewer: &Viewer) -> Result<Vec<GroupRef>, Failure> {
    let services = services();
    Ok(match scope(viewer) {
        Scope::Everyone => services.db.group_names().await?,
        Scope::TeamsOf(manager) => services.db.teams_of(manager).await?,
    })
}

/// Lets pass who may track this person.
///
/// # Errors
/// [`Failure::NotFound`] for anybody else: a manager does not learn who works in other teams.
pub async fn may_track(viewer: &Viewer, person: PersonId) -> Result<(), Failure> {
    let inside = match scope(viewer) {
        Scope::Everyone => true,
        Scope::TeamsOf(manager) => services().db.manages(manager, person).await?,
    };
    if inside { Ok(()) } else { Err(Failure::NotFound) }
}

/// Lets pass who may decide on this person's dates and exemptions. Nobody decides on their own.
///
/// # Errors
/// [`Failure::NotFound`] where the person may not be tracked, [`Failure::Forbidden`] for oneself.
async fn may_decide(viewer: &Viewer, person: PersonId) -> Result<(), Failure> {
    may_track(viewer, person).await?;
    if decides_on(viewer, person) { Ok(()) } else { Err(Failure::Forbidden) }
}

/// Whether somebody who may track this person may also decide on their dates and exemptions.
#[must_use]
pub fn decides_on(viewer: &Viewer, person: PersonId) -> bool {
    viewer.person != person
}

/// Lets pass who may assign courses to this target. HR may assign to themselves: of two due dates the earlier holds, so that
/// an assignment never loosens anything. A manager's assignment to a team does not reach the manager (the store sees to it).
///
/// # Errors
/// [`Failure::Forbidden`] or [`Failure::NotFound`] for anybody else.
async fn may_assign(viewer: &Viewer, target: &Target) -> Result<(), Failure> {
    let Scope::TeamsOf(manager) = scope(viewer) else { return Ok(()) };
    match target {
        Target::Everyone => Err(Failure::Forbidden),
        Target::Person(person) if *person == viewer.person => Err(Failure::Forbidden),
        Target::Person(person) => may_track(viewer, *person).await,
        Target::Group(group) => {
            let teams = services().db.teams_of(manager).await?;
            if teams.iter().any(|team| team.id == *group) { Ok(()) } else { Err(Failure::NotFound) }
        }
    }
}

/// Whether somebody who may see a rule may also withdraw it. Managers withdraw only what managers made, and nothing that
/// reaches themselves; HR withdraws everything but what asks something of themselves alone.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn may_withdraw(viewer: &Viewer, rule: &Rule) -> Result<bool, Failure> {
    if rule.target == Target::Person(viewer.person) {
        return Ok(false);
    }
    if sees_results(viewer) {
        return Ok(true);
    }
    // What they made themselves does not reach them; what another manager made may.
    let reaches = match rule.target {
        Target::Group(group) if rule.created_by != Some(viewer.subject) => {
            let groups = services().db.groups_of(viewer.person).await?;
            groups.iter().any(|(own, membership)| own.id == group && membership.member)
        }
        _ => false,
    };
    Ok(rule.as_manager && !reaches)
}

/// The rules in force that somebody may see: managers those for their teams and the people in them.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn rules(viewer: &Viewer, course: Option<CourseId>) -> Result<Vec<Rule>, Failure> {
    let mut seen = vec![];
    for rule in services().db.rules(course).await? {
        if rule.withdrawn_at.is_none() && may_assign(viewer, &rule.target).await.is_ok() {
            seen.push(rule);
        }
    }
    Ok(seen)
}

/// The day it is where the person is whom an assignment is for; where the viewer is, when it is for several.
async fn today_of(person: Option<PersonId>) -> Result<Day, Failure> {
    let zone = match person {
        Some(person) => services().db.person(person).await?.zone,
        None => viewer()?.zone.parse().unwrap_or_default(),
    };
    day_at(now(), &zone).map_err(|_| Failure::Internal)
}

/// A due day as typed: none, one that is not over on `today`, or the key of what is wrong.
fn due_day(typed: &str, today: Day) -> Result<Option<Day>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day: Day = typed.parse().map_err(|_| "due-unknown")?;
    if day < today { Err("due-past") } else { Ok(Some(day)) }
}

/// A reason as typed, or the key of what is wrong.
///
/// # Errors
/// The key of a text.
pub fn reason_given(typed: &str) -> Result<String, &'static str> {
    Reason::parse(typed).map(String::from).map_err(ReasonProblem::code)
}

/// Gives a course to a person, a group or everyone.
#[server(prefix = "/do", endpoint = "assign")]
pub async fn assign(
    #[server(default)] course: String,
    #[server(default)] to: String,
    #[server(default)] group: String,
    #[server(default)] person: String,
    #[server(default)] due: String,
) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let now = now();
    let page = assign_page(&to, &course, &group, &person);
    let course: Option<CourseId> = course.parse().ok();
    let target = match to.as_str() {
        "everyone" => Ok(Target::Everyone),
        "group" => group.parse::<GroupId>().map(Target::Group).map_err(|_| ("group", "assign-group-missing")),
        _ => person.parse::<PersonId>().map(Target::Person).map_err(|_| ("q", "assign-person-missing")),
    };
    let person = match &target {
        Ok(Target::Person(person)) => Some(*person),
        _ => None,
    };
    let day = due_day(&due, today_of(person).await?);
    let (Some(course), Ok(target), Ok(due_on)) = (course, &target, &day) else {
        let mut refused = Refused::default().value("due", &due);
        if course.is_none() {
            refused = refused.error("course", "assign-course-missing");
        }
        if let Err((field, key)) = target {
            refused = refused.error(field, key);
        }
        if let Err(key) = day {
            refused = refused.error("due", key);
        }
        return refuse(&page, refused).await;
    };
    may_assign(&viewer, target).await?;
    // The same form sent twice is the same assignment.
    let there = services
        .db
        .rules(Some(course))
        .await?
        .into_iter()
        .filter(|rule| rule.withdrawn_at.is_none() && rule.target == *target && rule.due_on == *due_on)
        // A manager's assignment leaves its maker out, so that it is not the same when HR makes it.
        .find(|rule| !(rule.as_manager && sees_results(&viewer)));
    let people = match there {
        Some(rule) => rule.people,
        None => {
            let new = NewRule { course, target: *target, due_on: *due_on };
            services.db.assign(Some(viewer.subject), new, now, &*services.entropy).await?.people
        }
    };
    go(format!("/tracking/assign?to={}&course={course}&reached={people}", encode(&to)));
    Ok(())
}

/// The page to assign on, with what was chosen so far.
fn assign_page(to: &str, course: &str, group: &str, person: &str) -> String {
    let pairs = [("to", to), ("course", course), ("group", group), ("person", person)];
    let chosen = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = chosen.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("/tracking/assign?{}", query.join("&"))
}

/// Takes an assignment back. Who has begun keeps their progress.
#[server(prefix = "/do", endpoint = "withdraw")]
pub async fn withdraw(#[server(default)] rule: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let id: RuleId = rule.parse().map_err(|_| Failure::NotFound)?;
    let rule = services.db.rules(None).await?.into_iter().find(|rule| rule.id == id).ok_or(Failure::NotFound)?;
    may_assign(&viewer, &rule.target).await?;
    if !may_withdraw(&viewer, &rule).await? {
        return Err(Failure::Forbidden);
    }
    if rule.withdrawn_at.is_none() {
        services.db.withdraw_rule(Some(viewer.subject), id, now()).await?;
    }
    go(format!("/tracking/assign?course={}&done=withdrawn", rule.course));
    Ok(())
}

/// Gives somebody more time for a course.
#[server(prefix = "/do", endpoint = "extend")]
pub async fn extend(
    #[server(default)] person: String,
    #[server(default)] course: String,
    #[server(default)] due: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let (viewer, person, course) = decision(&person, &course).await?;
    let day = due_day(&due, today_of(Some(person)).await?).and_then(|day| day.ok_or("due-missing"));
    let why = reason_given(&reason);
    let (Ok(day), Ok(why)) = (&day, &why) else {
        let typed = Refused::default().value("due", &due);
        return back(person, typed, "extend", course, day.err(), (&reason, why.err())).await;
    };
    let services = services();
    let by = Some(viewer.subject);
    services.db.extend(by, person, course, *day, why.clone(), now(), &*services.entropy).await?;
    go(format!("/tracking/people/{person}?done=extended"));
    Ok(())
}

/// Frees somebody from a course.
#[server(prefix = "/do", endpoint = "exempt")]
pub async fn exempt(
    #[server(default)] person: String,
    #[server(default)] course: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let (viewer, person, course) = decision(&person, &course).await?;
    let why = match reason_given(&reason) {
        Ok(why) => why,
        Err(key) => {
            return back(person, Refused::default(), "exempt", course, None, (&reason, Some(key))).await;
        }
    };
    let services = services();
    services.db.exempt(Some(viewer.subject), person, course, why, now(), &*services.entropy).await?;
    go(format!("/tracking/people/{person}?done=exempted"));
    Ok(())
}

/// Ends an exemption: the course is due again.
#[server(prefix = "/do", endpoint = "end-exemption")]
pub async fn end_exemption(
    #[server(default)] person: String,
    #[server(default)] course: String,
) -> Result<(), Failure> {
    let (viewer, person, course) = decision(&person, &course).await?;
    services().db.end_exemption(Some(viewer.subject), person, course, now()).await?;
    go(format!("/tracking/people/{person}?done=exemption-ended"));
    Ok(())
}

/// Whom and what a decision is about, once it is clear that the viewer may take it.
async fn decision(person: &str, course: &str) -> Result<(std::sync::Arc<Viewer>, PersonId, CourseId), Failure> {
    let viewer = viewer()?;
    let person = person.parse().map_err(|_| Failure::NotFound)?;
    let course = course.parse().map_err(|_| Failure::NotFound)?;
    may_decide(&viewer, person).await?;
    Ok((viewer, person, course))
}

/// Back to the person's page, to the form that was refused.
async fn back(
    person: PersonId,
    typed: Refused,
    form: &str,
    course: CourseId,
    due: Option<&'static str>,
    (reason, reason_problem): (&str, Option<&'static str>),
) -> Result<(), Failure> {
    let mut refused = typed.value("reason", reason).value("form", form).value("course", &course.to_string());
    if let Some(key) = due {
        refused = refused.error("due", key);
    }
    if let Some(key) = reason_problem {
        refused = refused.error("reason", key);
    }
    refuse(&format!("/tracking/people/{person}"), refused).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_needed_and_has_an_end() {
        assert_eq!(reason_given("  on leave \n"), Ok("on leave".to_owned()));
        assert_eq!(reason_given(" \n\t"), Err("reason-empty"));
        assert_eq!(reason_given(&"é".repeat(LONGEST_REASON)).map(|reason| reason.chars().count()), Ok(LONGEST_REASON));
        assert_eq!(reason_given(&"é".repeat(LONGEST_REASON + 1)), Err("reason-too-long"));
    }

    #[test]
    fn the_page_to_assign_on_keeps_what_was_chosen() {
        assert_eq!(assign_page("group", "a b", "", "x&y"), "/tracking/assign?to=group&course=a%20b&person=x%26y");
    }
}
