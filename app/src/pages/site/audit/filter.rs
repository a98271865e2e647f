//! Which rows of the log are asked for: by day, by person, by kind.

use super::actions::{self, Kind};
use crate::context::{Viewer, Visit, encode, services};
use crate::failure::Failure;
use crate::t;
use crate::ui::{Button, ButtonKind, Field, IconName, LinkButton, Select, SelectOption};
use domain::assignment::{self, Day};
use domain::ids::SubjectId;
use domain::people::Zone;
use domain::search::SearchTerm;
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{AuditFilter, Page, PeopleFilter};

/// People of whom rows are looked for at once; a search that fits more has to be longer.
const PEOPLE: u32 = 20;

/// What the address asks for.
#[derive(Default)]
pub(super) struct Asked {
    /// An action, or the name of a kind.
    what: String,
    /// A part of a name, an email address or an employee number.
    who: String,
    /// The first day, as typed.
    from: String,
    /// The last day, as typed.
    to: String,
    /// The last row of the page before.
    pub(super) before: Option<i64>,
}

/// What is wrong with what was asked, by field, as a key of the catalogue.
type Problems = Vec<(&'static str, &'static str)>;

impl Asked {
    /// Reads an address.
    pub(super) fn read(visit: &Visit) -> Self {
        let text = |name| visit.query(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Self {
            what: text("action"),
            who: text("who"),
            from: text("from"),
            to: text("to"),
            before: text("before").parse().ok(),
        }
    }

    /// Whether it leaves anything out.
    pub(super) fn narrows(&self) -> bool {
        [&self.what, &self.who, &self.from, &self.to].iter().any(|text| !text.is_empty())
    }

    /// The address of the newest rows that it asks for.
    pub(super) fn address(&self) -> String {
        let pairs = [("action", &self.what), ("who", &self.who), ("from", &self.from), ("to", &self.to)];
        let given = pairs.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = given.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("/site/audit?{}", query.join("&"))
    }

    /// What the database is asked for, within what the viewer may read, or what is wrong.
    pub(super) async fn filter(&self, viewer: &Viewer) -> Result<Result<AuditFilter, Problems>, Failure> {
        let mut problems: Problems = vec![];
        let kind = actions::kinds(viewer).find(|kind| kind.name() == self.what);
        // What is no action of the log was never written: asking for it is asking for nothing in particular.
        let known = actions::ACTIONS.iter().any(|(action, _)| *action == self.what);
        let action = Some(self.what.clone()).filter(|_| kind.is_none() && known);
        let (from, until) = (start(&self.from, viewer), end(&self.to, viewer));
        if from.is_err() {
            problems.push(("from", "due-unknown"));
        }
        if until.is_err() {
            problems.push(("to", "due-unknown"));
        }
        let people = if self.who.is_empty() { Ok(None) } else { people(&self.who).await?.map(Some) };
        if let Err(key) = people {
            problems.push(("who", key));
        }
        let (Ok(from), Ok(until), Ok(people)) = (from, until, people) else { return Ok(Err(problems)) };
        Ok(Ok(AuditFilter {
            people,
            action,
            among: actions::among(viewer, kind),
            from,
            until,
            before: self.before,
            ..AuditFilter::default()
        }))
    }

    /// The form that asks.
    pub(super) fn form(&self, viewer: &Viewer, problems: &Problems) -> AnyView {
        let problem = |field| {
            let found = problems.iter().find(|(name, _)| *name == field);
            found.map(|(_, key)| t!(key)).unwrap_or_default()
        };
        let clear = self
            .narrows()
            .then(|| view! { <LinkButton label=t!("filter-clear") href="/site/audit" kind=ButtonKind::Quiet/> });
        view! {
            <form class="filters" method="get" action="/site/audit" role="search" aria-label=t!("audit-filter")>
                <div class="filters-search">
                    <Field label=t!("audit-person") name="who" kind="search" value=self.who.clone() error=problem("who") maxlength=100/>
                </div>
                <Select label=t!("audit-action") name="action" options=options(viewer) selected=self.what.clone()/>
                <Field label=t!("audit-from") name="from" kind="date" value=self.from.clone() error=problem("from") short=true/>
                <Field label=t!("audit-to") name="to" kind="date" value=self.to.clone() error=problem("to") short=true/>
                <div class="actions"><Button label=t!("filter-do") kind=ButtonKind::Secondary icon=IconName::Filter/>{clear}</div>
            </form>
        }
        .into_any()
    }
}

/// Everything, then each kind with its actions.
fn options(viewer: &Viewer) -> Vec<SelectOption> {
    let mut options = vec![SelectOption::new("", t!("audit-any"))];
    for kind in actions::kinds(viewer) {
        options.push(SelectOption::new(kind.name(), kind.words()));
        options.extend(of_kind(kind));
    }
    options
}

fn of_kind(kind: Kind) -> impl Iterator<Item = SelectOption> {
    let of = actions::ACTIONS.iter().filter(move |(_, other)| *other == kind);
    // Lists of a browser have no levels that can be chosen: the space shows what belongs to the line above.
    of.map(|(action, _)| SelectOption::new(*action, format!("\u{2003}{}", t!(&actions::key(action)))))
}

/// Whose rows are meant, or the key of why that is not clear.
async fn people(search: &str) -> Result<Result<Vec<SubjectId>, &'static str>, Failure> {
    let Some(term) = SearchTerm::parse(search) else { return Ok(Err("audit-nobody")) };
    let filter = PeopleFilter { search: Some(term), ..PeopleFilter::default() };
    let found = services().db.people(&filter, Page::first(PEOPLE)).await?;
    Ok(match found.total {
        0 => Err("audit-nobody"),
        many if many > u64::from(PEOPLE) => Err("audit-too-many-people"),
        _ => Ok(found.items.into_iter().map(|listed| listed.person.subject).collect()),
    })
}

/// The first moment of a day as typed, where the viewer is.
fn start(typed: &str, viewer: &Viewer) -> Result<Option<Timestamp>, ()> {
    let Some((day, zone)) = day(typed, viewer)? else { return Ok(None) };
    let before = assignment::days_after(day, -1).map_err(|_| ())?;
    assignment::end_of_day(before, &zone).map(Some).map_err(|_| ())
}

/// The first moment after a day as typed, where the viewer is.
fn end(typed: &str, viewer: &Viewer) -> Result<Option<Timestamp>, ()> {
    let Some((day, zone)) = day(typed, viewer)? else { return Ok(None) };
    assignment::end_of_day(day, &zone).map(Some).map_err(|_| ())
}

fn day(typed: &str, viewer: &Viewer) -> Result<Option<(Day, Zone)>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    let day = typed.parse().map_err(|_| ())?;
    Ok(Some((day, Zone::parse(&viewer.zone).unwrap_or_default())))
}
