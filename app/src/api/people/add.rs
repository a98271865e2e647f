//! Adding people, one by a form or many from pasted lines.

use super::{Typed, beside_field, chosen_group, links, may_look_after};
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::ids::GroupId;
use domain::people::{Locale, Login, PersonName, Role, Zone};
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::{Conflict, Membership, NewPerson, Person, StoreError};

/// How many lines may be pasted at once.
pub const LINES_MOST: usize = 200;
const MEMBER: Membership = Membership { member: true, manager: false };

/// Adds a person and shows the link that lets them in.
#[server(prefix = "/do", endpoint = "add-person")]
pub async fn add_person(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] number: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] group: String,
    #[server(default)] locale: String,
    #[server(default)] zone: String,
) -> Result<(), Failure> {
    let (viewer, services, page) = (viewer()?, services(), "/people/new");
    let typed = Typed { name: &name, email: &email, number: &number, roles: &roles, locale: &locale, zone: &zone };
    let (read, chosen) = (typed.read(), chosen_group(&group).await);
    let (new, group) = match (read, chosen) {
        (Ok(new), Ok(chosen)) => (new, chosen),
        (read, chosen) => {
            let refused = read.err().unwrap_or_else(|| typed.refused()).value("group", &group);
            let refused = chosen.err().into_iter().fold(refused, |refused, key| refused.error("group", key));
            return refuse(page, refused).await;
        }
    };
    if !may_look_after(&viewer, new.roles) {
        return Err(Failure::Forbidden);
    }
    let person = match services.db.create_person(Some(viewer.subject), new, now(), &*services.entropy).await {
        Ok(person) => person,
        Err(error) => {
            let kept = group.map(|group| group.to_string()).unwrap_or_default();
            return refuse(page, beside_field(typed.refused().value("group", &kept), error)?).await;
        }
    };
    join(std::slice::from_ref(&person), group).await?;
    links::hand_out(&viewer, &person).await
}

async fn join(people: &[Person], group: Option<GroupId>) -> Result<(), Failure> {
    let (viewer, services) = (viewer()?, services());
    for person in people {
        if let Some(group) = group {
            services.db.set_membership(Some(viewer.subject), group, person.id, MEMBER, now()).await?;
        }
    }
    Ok(())
}

/// Adds everybody on the pasted lines, `Name, e-mail or number`, as learners; nobody when one line is wrong.
#[server(prefix = "/do", endpoint = "add-people")]
pub async fn add_people(
    #[server(default)] lines: String,
    #[server(default)] group: String,
    #[server(default)] locale: String,
    #[server(default)] zone: String,
) -> Result<(), Failure> {
    let (viewer, services, page) = (viewer()?, services(), "/people/new?many=1");
    let mut back =
        Refused::default().value("lines", &lines).value("group", &group).value("locale", &locale).value("zone", &zone);
    let (read, chosen) = (read_lines(&lines, &locale, &zone), chosen_group(&group).await);
    let (new, group) = match (read, chosen) {
        (Ok(new), Ok(group)) => (new, group),
        (read, chosen) => {
            back.errors = read.err().unwrap_or_default();
            back.errors.extend(chosen.err().map(|key| ("group".to_owned(), key.to_owned())));
            return refuse(page, back).await;
        }
    };
    let mut taken = BTreeMap::new();
    for (line, person) in &new {
        let logins = person.email.clone().map(Login::Email).into_iter().chain(person.number.clone().map(Login::Number));
        for login in logins {
            if services.db.credentials(&login).await?.is_some() {
                taken.insert(line_field(*line), "line-taken".to_owned());
            }
        }
    }
    if !taken.is_empty() {
        back.errors = taken;
        back.errors.insert("lines".to_owned(), "people-lines-wrong".to_owned());
        return refuse(page, back).await;
    }
    let new = new.into_iter().map(|(_, person)| person).collect();
    match services.db.create_people(Some(viewer.subject), new, now(), &*services.entropy).await {
        Ok(people) => join(&people, group).await?,
        Err(StoreError::Conflict(Conflict::EmailTaken | Conflict::EmployeeNumberTaken)) => {
            return refuse(page, back.error("lines", "people-lines-race")).await;
        }
        Err(other) => return Err(other.into()),
    }
    let group = group.map(|group| format!("&group={group}")).unwrap_or_default();
    go(format!("/people?state=invited{group}&done=people-added"));
    Ok(())
}

fn line_field(number: usize) -> String {
    format!("line-{number}")
}

/// People by line number, or what is wrong with which line (`line-N`) and with the whole (`lines`).
fn read_lines(lines: &str, locale: &str, zone: &str) -> Result<Vec<(usize, NewPerson)>, BTreeMap<String, String>> {
    let mut errors = BTreeMap::new();
    let mut note = |field: String, key: &str| {
        errors.insert(field, key.to_owned());
    };
    let locale = Locale::parse(locale).map_err(|problem| note("locale".into(), problem.code())).ok();
    let zone = Zone::parse(zone).map_err(|problem| note("zone".into(), problem.code())).ok();
    let mut seen = BTreeMap::new();
    let mut people = vec![];
    let filled = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (index, line) in filled.clone().take(LINES_MOST) {
        let number = index + 1;
        match read_line(line) {
            Err(key) => note(line_field(number), key),
            Ok((_, login)) if seen.insert(login.as_str().to_owned(), number).is_some() => {
                note(line_field(number), "line-twice");
            }
            Ok((name, login)) => people.push((number, name, login)),
        }
    }
    match filled.count() {
        0 => note("lines".into(), "people-lines-empty"),
        many if many > LINES_MOST => note("lines".into(), "people-lines-too-many"),
        _ if errors.keys().any(|field| field.starts_with("line-")) => {
            errors.insert("lines".to_owned(), "people-lines-wrong".to_owned());
        }
        _ => {}
    }
    let (Some(locale), Some(zone), true) = (locale, zone, errors.is_empty()) else { return Err(errors) };
    let person = |(number, name, login): (usize, PersonName, Login)| {
        let new = NewPerson {
            name,
            email: login.email().cloned(),
            number: login.number().cloned(),
            roles: Role::Learner.into(),
            locale: locale.clone(),
            zone: zone.clone(),
        };
        (number, new)
    };
    Ok(people.into_iter().map(person).collect())
}

/// A name and a login, parted by the last comma, semicolon or tab: names may have commas.
fn read_line(line: &str) -> Result<(PersonName, Login), &'static str> {
    let (name, login) = line.trim().rsplit_once([',', ';', '\t']).ok_or("line-comma")?;
    let name = PersonName::parse(name.trim().trim_end_matches([',', ';'])).map_err(|problem| problem.code())?;
    let login = Login::parse(login).map_err(|problem| problem.code())?;
    Ok((name, login))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_people_or_every_bad_line_is_named() {
        let good = "Ada Byrne, ada@work.example\r\n\r\n  Byrne, Tom ; E-104\nZoë Ruiz\tzoe@work.example\n";
        let people = read_lines(good, "en", "Europe/Vienna").unwrap();
        let shown: Vec<_> = people.iter().map(|(line, person)| (*line, person.name.as_str().to_owned())).collect();
        assert_eq!(shown, [(1, "Ada Byrne".into()), (3, "Byrne, Tom".into()), (4, "Zoë Ruiz".into())]);
        assert_eq!(people[1].1.number.as_ref().unwrap().as_str(), "E-104");

        let bad = "Ada Byrne\n, ada@work.example\nTom, tom@\nEve, eve@work.example\nEva, EVE@work.example";
        let errors = read_lines(bad, "en", "Mars/Crater").unwrap_err();
        let named: Vec<_> = errors.iter().map(|(field, key)| (field.as_str(), key.as_str())).collect();
        assert_eq!(
            named,
            [
                ("line-1", "line-comma"),
                ("line-2", "name-empty"),
                ("line-3", "email-domain"),
                ("line-5", "line-twice"),
                ("lines", "people-lines-wrong"),
                ("zone", "zone-unknown"),
            ]
        );
    }

    #[test]
    fn at_most_so_many_lines_and_at_least_one() {
        let many = "Ada, ada@work.example\n".repeat(LINES_MOST + 1);
        assert_eq!(read_lines(&many, "en", "UTC").unwrap_err()["lines"], "people-lines-too-many");
        assert_eq!(read_lines(" \n", "en", "UTC").unwrap_err()["lines"], "people-lines-empty");
    }
}
