//! The invented people, their groups, and what they are to do by when.

use super::hours;
use crate::clock::SystemEntropy;
use domain::assignment::{day_at, days_after};
use domain::ids::{CourseId, GroupId, PersonId};
use domain::people::{Email, GroupName, Locale, PersonName, Role, Roles, Zone};
use domain::time::Timestamp;
use store::{Db, Membership, NewPerson, NewRule, StoreError, Target};

/// The accounts to try: role, name and the other roles they hold.
const ACCOUNTS: [(&str, &str, &[Role]); 5] = [
    ("learner", "Mira Okafor", &[Role::Learner]),
    ("trainer", "Tomas Lindgren", &[Role::Learner, Role::Trainer]),
    ("manager", "Nadia Karim", &[Role::Learner, Role::Manager]),
    ("hr", "Henrike Vos", &[Role::Learner, Role::Hr]),
    ("admin", "Ada Ferreira", &[Role::Learner, Role::Admin]),
];

/// The groups, how many days from now their course is due, and who belongs to them.
const GROUPS: [(&str, i32, &[&str]); 4] = [
    (
        "Support North",
        6,
        &[
            "Amara Nwosu",
            "Ben Whitlock",
            "Chiara Conti",
            "Daniel Sørensen",
            "Elif Yıldız",
            "Farid Rahimi",
            "Grace Adeyemi",
        ],
    ),
    (
        "Support South",
        -4,
        &["Hugo Almeida", "Ingrid Dahl", "Jonas Weber", "Keiko Tanaka", "Liam O’Connor", "Marta Kowalska"],
    ),
    ("Social media", 20, &["Noor Haddad", "Oskar Nowak", "Priya Raman", "Quentin Moreau", "Rosa Jiménez"]),
    ("Partner desk", 34, &["Sofia Petrova", "Theo Papadakis", "Uma Krishnan", "Viktor Horvat", "Wendy Clarke"]),
];

/// Everybody in the demonstration.
pub struct Cast {
    /// `learner@demo.example`.
    pub learner: PersonId,
    /// `manager@demo.example`.
    pub manager: PersonId,
    /// The other accounts to try.
    pub others: Vec<PersonId>,
    /// The groups with their members.
    pub groups: Vec<(GroupId, i32, Vec<PersonId>)>,
}

impl Cast {
    /// Everybody.
    pub fn everyone(&self) -> impl Iterator<Item = PersonId> + '_ {
        let members = self.groups.iter().flat_map(|(_, _, members)| members.iter().copied());
        [self.learner, self.manager].into_iter().chain(self.others.iter().copied()).chain(members)
    }
}

fn text<T: std::str::FromStr>(value: &str) -> Result<T, StoreError>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    value.parse().map_err(|problem: T::Err| StoreError::corrupt("demo", "people", problem))
}

/// A name as the part of an address before the @.
fn local(name: &str) -> String {
    let plain = |letter: char| match letter {
        'ø' | 'ó' => 'o',
        'ı' | 'í' => 'i',
        'é' => 'e',
        'á' => 'a',
        ' ' => '.',
        other => other,
    };
    let folded = name.chars().map(plain).flat_map(char::to_lowercase);
    folded.filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.').collect()
}

async fn person(
    db: &Db,
    login: &str,
    name: &str,
    roles: Roles,
    hash: &str,
    now: Timestamp,
) -> Result<PersonId, StoreError> {
    let new = NewPerson {
        name: text::<PersonName>(name)?,
        email: Some(text::<Email>(&format!("{login}@demo.example"))?),
        number: None,
        roles,
        locale: Locale::default(),
        zone: text::<Zone>(hours::ZONE)?,
    };
    Ok(db.create_person_with_password(None, new, hash.to_owned(), now, &SystemEntropy).await?.id)
}

/// Adds everybody, and puts them into groups.
pub async fn invite(db: &Db, hash: &str, now: Timestamp) -> Result<Cast, StoreError> {
    let mut accounts = vec![];
    for (login, name, roles) in ACCOUNTS {
        accounts.push(person(db, login, name, roles.iter().copied().collect(), hash, now).await?);
    }
    let (learner, manager) = (accounts[0], accounts[2]);
    let others = vec![accounts[1], accounts[3], accounts[4]];
    let belongs = Membership { member: true, manager: false };
    let mut groups = vec![];
    for (index, (name, due, names)) in GROUPS.into_iter().enumerate() {
        let group = db.create_group(None, text::<GroupName>(name)?, now, &SystemEntropy).await?;
        let mut members = vec![];
        for name in names {
            let id = person(db, &local(name), name, Role::Learner.into(), hash, now).await?;
            db.set_membership(None, group, id, belongs, now).await?;
            members.push(id);
        }
        if index == 0 {
            db.set_membership(None, group, learner, belongs, now).await?;
            let manages = Membership { member: false, manager: true };
            db.set_membership(None, group, manager, manages, now).await?;
        }
        groups.push((group, due, members));
    }
    Ok(Cast { learner, manager, others, groups })
}

/// Gives the course to every group, due on its day.
pub async fn assign(
    db: &Db,
    course: CourseId,
    cast: &Cast,
    start: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let zone = Zone::default();
    let day = |days: i32| {
        let today = day_at(now, &zone).map_err(|problem| StoreError::corrupt("demo", "today", problem))?;
        days_after(today, days).map_err(|problem| StoreError::corrupt("demo", "due_on", problem))
    };
    for (group, due, _) in &cast.groups {
        let rule = NewRule { course, target: Target::Group(*group), due_on: Some(day(*due)?) };
        db.assign(None, rule, start, &SystemEntropy).await?;
    }
    Ok(())
}

/// Gives everybody another password.
pub async fn set_passwords(db: &Db, hash: &str) -> Result<(), StoreError> {
    use domain::time::Clock as _;
    let now = crate::clock::SystemClock.now();
    let filter = store::PeopleFilter::default();
    let all = db.people(&filter, store::Page::first(store::Page::LARGEST)).await?;
    for listed in all.items {
        let invented = listed.person.email.as_ref().is_some_and(|email| email.as_str().ends_with("@demo.example"));
        if invented {
            db.set_password(None, listed.person.id, hash.to_owned(), None, now).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invented_name_makes_an_address() {
        let names = GROUPS.iter().flat_map(|(_, _, names)| names.iter());
        for name in names {
            let address = format!("{}@demo.example", local(name));
            assert!(Email::parse(&address).is_ok(), "{address}");
        }
    }
}
