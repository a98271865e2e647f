//! Whom a course is assigned to. A person is found by a search, so that no list of everybody is needed.

use crate::api::tracking::{may_track, scope};
use crate::context::{Viewer, Visit, encode, services, visit};
use crate::failure::Failure;
use crate::t;
use crate::ui::{Button, ButtonKind, Field, Hidden, IconName, Select, SelectOption};
use domain::collation::sort_key;
use domain::ids::PersonId;
use domain::search::SearchTerm;
use leptos::prelude::*;
use store::{GroupRef, Page, PeopleFilter, Person, PersonState, Scope};

/// People shown for a search; more than these call for a longer search.
const FOUND: u32 = 20;

/// What the address says about whom.
pub struct Whom {
    /// `group`, `person` or `everyone`.
    pub to: String,
    group: String,
    person: Option<PersonId>,
    search: Option<SearchTerm>,
}

impl Whom {
    /// Reads the address. Who may not assign to everyone is shown groups.
    pub fn read(visit: &Visit, viewer: &Viewer) -> Self {
        let asked = |name| visit.query(name).unwrap_or_default();
        let person = asked("person").parse().ok();
        let everyone = matches!(scope(viewer), Scope::Everyone);
        let to = match asked("to").as_str() {
            "everyone" if everyone => "everyone",
            "person" => "person",
            "" if person.is_some() => "person",
            _ => "group",
        };
        Self { to: to.into(), group: asked("group"), person, search: SearchTerm::parse(&asked("q")) }
    }
}

/// Whether it is clear whom.
pub enum Target {
    /// It is: fields that go into the form.
    Ready(AnyView),
    /// A person has to be found first: the search.
    Missing(AnyView),
}

/// The part of the form that says whom, or the search for a person.
pub async fn target(viewer: &Viewer, whom: &Whom, course: &str, groups: Vec<GroupRef>) -> Result<Target, Failure> {
    match (whom.to.as_str(), whom.person) {
        ("everyone", _) => Ok(Target::Ready(view! { <p>{t!("assign-everyone-text")}</p> }.into_any())),
        ("person", Some(person)) => {
            may_track(viewer, person).await?;
            let person = services().db.person(person).await?;
            Ok(Target::Ready(chosen(&person, course)))
        }
        ("person", None) => {
            let found = match &whom.search {
                None => None,
                Some(term) => Some(find(viewer, term, groups).await?),
            };
            Ok(Target::Missing(search(whom, course, found)))
        }
        _ => Ok(Target::Ready(group(whom, groups))),
    }
}

fn group(whom: &Whom, groups: Vec<GroupRef>) -> AnyView {
    let refused = visit().refused;
    let mut options = vec![];
    if groups.len() != 1 {
        options.push(SelectOption::new("", t!("assign-group-choose")));
    }
    options.extend(groups.into_iter().map(|group| SelectOption::new(group.id.to_string(), group.name.to_string())));
    view! {
        <Select label=t!("tracking-group") name="group" options=options selected=whom.group.clone()
            hint=t!("assign-group-hint") error=refused.problem("group").unwrap_or_default() required=true/>
    }
    .into_any()
}

fn chosen(person: &Person, course: &str) -> AnyView {
    let others = address(course);
    view! {
        <div class="field">
            <p class="strong">{t!("tracking-person")}</p>
            <p>{person.name.to_string()} " " <span class="soft">{person.login().to_owned()}</span></p>
            <p class="small"><a href=others>{t!("assign-other-person")}</a></p>
            <Hidden name="person" value=person.id.to_string()/>
        </div>
    }
    .into_any()
}

fn address(course: &str) -> String {
    let course = if course.is_empty() { String::new() } else { format!("&course={}", encode(course)) };
    format!("/tracking/assign?to=person{course}")
}

async fn find(viewer: &Viewer, search: &SearchTerm, teams: Vec<GroupRef>) -> Result<Vec<Person>, Failure> {
    let services = services();
    let wanted = |group| PeopleFilter { search: Some(search.clone()), group, ..PeopleFilter::default() };
    let groups = match scope(viewer) {
        Scope::Everyone => vec![None],
        Scope::TeamsOf(_) => teams.into_iter().map(|team| Some(team.id)).collect(),
    };
    let mut found: Vec<Person> = vec![];
    for group in groups {
        let people = services.db.people(&wanted(group), Page::first(FOUND)).await?;
        found.extend(people.items.into_iter().map(|listed| listed.person));
    }
    // Somebody may be in two teams.
    found.retain(|person| matches!(person.state, PersonState::Active | PersonState::Invited));
    found.sort_by_cached_key(|person| (sort_key(person.name.as_str()), person.id));
    found.dedup_by_key(|person| person.id);
    let mut mine = vec![];
    for person in found {
        // A group's people are its managers too; whom a manager may track is asked one by one.
        let oneself = person.id == viewer.person && matches!(scope(viewer), Scope::TeamsOf(_));
        if !oneself && may_track(viewer, person.id).await.is_ok() {
            mine.push(person);
        }
    }
    Ok(mine)
}

fn search(whom: &Whom, course: &str, found: Option<Vec<Person>>) -> AnyView {
    let refused = visit().refused;
    let list = found.map(|people| if people.is_empty() { nobody() } else { matches(people, course) });
    view! {
        <div class="stack">
            <form class="form" method="get" action="/tracking/assign" role="search" aria-label=t!("assign-find")>
                <Hidden name="to" value="person"/>
                {(!course.is_empty()).then(|| view! { <Hidden name="course" value=course.to_owned()/> })}
                <Field label=t!("assign-search") name="q" kind="search" value=whom.search.as_ref().map(ToString::to_string).unwrap_or_default()
                    hint=t!("assign-search-hint") error=refused.problem("q").unwrap_or_default() maxlength=100 required=true/>
                <div class="actions"><Button label=t!("assign-find") kind=ButtonKind::Secondary icon=IconName::Search/></div>
            </form>
            {list}
        </div>
    }
    .into_any()
}

fn nobody() -> AnyView {
    view! { <p role="status">{t!("assign-nobody")}</p> }.into_any()
}

fn matches(people: Vec<Person>, course: &str) -> AnyView {
    let many = people.len() >= usize::try_from(FOUND).unwrap_or(usize::MAX);
    let base = address(course);
    let lines = people
        .into_iter()
        .map(|person| {
            let href = format!("{base}&person={}", person.id);
            view! {
                <li><a href=href>{person.name.to_string()}</a> " " <span class="soft">{person.login().to_owned()}</span></li>
            }
        })
        .collect_view();
    view! {
        <section class="stack stack-close" aria-labelledby="found">
            <h2 id="found">{t!("assign-found")}</h2>
            <ul class="stack stack-tight">{lines}</ul>
            {many.then(|| view! { <p class="small soft">{t!("assign-found-many")}</p> })}
        </section>
    }
    .into_any()
}
