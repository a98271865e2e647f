//! Adding many people from a pasted list: looked at first, then added.

use super::{add::join, chosen_group};
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::ids::GroupId;
use domain::people::roster::{self, Fault, Listed, Roster};
use domain::people::{Locale, Login, Role, Zone};
use leptos::prelude::*;
use store::{Conflict, NewPerson, StoreError};

/// How many people may be on a pasted list.
pub const LINES_MOST: usize = 200;
/// The value in a form's answer that says: the list was read, show it and ask.
pub const LOOK: &str = "look";
/// Characters shown of what stands in a column that is not understood.
const SHOWN: usize = 40;

/// What was pasted and chosen.
struct Pasted<'a> {
    lines: &'a str,
    group: &'a str,
    locale: &'a str,
    zone: &'a str,
}

/// A list without faults, and what goes for everybody on it.
struct Checked {
    roster: Roster,
    group: Option<GroupId>,
    locale: Locale,
    zone: Zone,
}

/// Adds everybody on a pasted list as learners; nobody when one line is wrong. Until `sure` is `yes` the list comes back as
/// it was understood, and nobody is added.
#[server(prefix = "/do", endpoint = "add-people")]
pub async fn add_people(
    #[server(default)] lines: String,
    #[server(default)] group: String,
    #[server(default)] locale: String,
    #[server(default)] zone: String,
    #[server(default)] sure: String,
) -> Result<(), Failure> {
    let (viewer, services, page) = (viewer()?, services(), "/people/new?many=1");
    let pasted = Pasted { lines: &lines, group: &group, locale: &locale, zone: &zone };
    let checked = match pasted.check().await? {
        Ok(checked) => checked,
        Err(refused) => return refuse(page, refused).await,
    };
    if sure != "yes" {
        return refuse(page, pasted.kept().value(LOOK, "yes")).await;
    }
    let Checked { roster, group, locale, zone } = checked;
    let new = |person: Listed| NewPerson {
        name: person.name,
        email: person.email,
        number: person.number,
        roles: Role::Learner.into(),
        locale: locale.clone(),
        zone: zone.clone(),
    };
    let new = roster.people.into_iter().map(new).collect();
    match services.db.create_people(Some(viewer.subject), new, now(), &*services.entropy).await {
        Ok(people) => join(&people, group).await?,
        Err(StoreError::Conflict(Conflict::EmailTaken | Conflict::EmployeeNumberTaken)) => {
            return refuse(page, pasted.kept().error("lines", "people-lines-race")).await;
        }
        Err(other) => return Err(other.into()),
    }
    let group = group.map(|group| format!("&group={group}")).unwrap_or_default();
    go(format!("/people?state=invited{group}&done=people-added"));
    Ok(())
}

impl Pasted<'_> {
    /// What was typed, to be shown again.
    fn kept(&self) -> Refused {
        Refused::default()
            .value("lines", self.lines)
            .value("group", self.group)
            .value("locale", self.locale)
            .value("zone", self.zone)
    }

    /// The list, or everything that is wrong with it.
    async fn check(&self) -> Result<Result<Checked, Refused>, Failure> {
        let mut refused = self.kept();
        let mut note = |field: &str, key: &str| {
            refused.errors.insert(field.to_owned(), key.to_owned());
        };
        let locale = Locale::parse(self.locale).map_err(|problem| note("locale", problem.code())).ok();
        let zone = Zone::parse(self.zone).map_err(|problem| note("zone", problem.code())).ok();
        let group = chosen_group(self.group).await.map_err(|key| note("group", key)).ok();
        let roster = match roster::read(self.lines, LINES_MOST) {
            Ok(roster) => Some(roster),
            Err(faults) => {
                refused = told(refused, &faults);
                None
            }
        };
        if let Some(roster) = &roster {
            refused = already_here(roster, refused).await?;
        }
        Ok(match (roster, group, locale, zone) {
            (Some(roster), Some(group), Some(locale), Some(zone)) if refused.errors.is_empty() => {
                Ok(Checked { roster, group, locale, zone })
            }
            _ => Err(refused),
        })
    }
}

fn line_field(number: usize) -> String {
    format!("line-{number}")
}

/// Puts the faults of a list beside the field, and those of a line at the line (`line-N`).
fn told(mut refused: Refused, faults: &[Fault]) -> Refused {
    for fault in faults {
        match fault {
            Fault::Empty => refused = refused.error("lines", "people-lines-empty"),
            Fault::TooMany => refused = refused.error("lines", "people-lines-too-many"),
            Fault::Heading => refused = refused.error("lines", "people-lines-heading"),
            Fault::Column { number, shown } => {
                let cut: String = shown.chars().take(SHOWN).collect();
                let dots = if cut.len() < shown.len() { "…" } else { "" };
                refused.note = Some(format!("{number} (“{cut}{dots}”)"));
                refused = refused.error("lines", "people-lines-column");
            }
            Fault::Line { line, code } => {
                refused = refused.error(&line_field(*line), code).error("lines", "people-lines-wrong");
            }
        }
    }
    refused
}

/// Notes the lines with people who are here already.
async fn already_here(roster: &Roster, mut refused: Refused) -> Result<Refused, Failure> {
    let services = services();
    for person in &roster.people {
        let logins = person.email.clone().map(Login::Email).into_iter().chain(person.number.clone().map(Login::Number));
        for login in logins {
            if services.db.credentials(&login).await?.is_some() {
                refused = refused.error(&line_field(person.line), "line-taken").error("lines", "people-lines-wrong");
            }
        }
    }
    Ok(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_stands_beside_the_list_or_at_its_line() {
        let column = Fault::Column { number: 5, shown: "Care ".repeat(20) };
        let refused = told(Refused::default(), &[column]);
        assert_eq!(refused.errors["lines"], "people-lines-column");
        assert_eq!(refused.note.unwrap(), format!("5 (“{}…”)", &"Care ".repeat(8)));
        let refused = told(Refused::default(), &[Fault::Line { line: 3, code: "line-twice" }]);
        let named: Vec<_> = refused.errors.iter().map(|(field, key)| (field.as_str(), key.as_str())).collect();
        assert_eq!(named, [("line-3", "line-twice"), ("lines", "people-lines-wrong")]);
    }
}
