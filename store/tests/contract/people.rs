//! People.

use crate::harness::{NOW, Site, new_person};
use domain::{
    ids::PersonId,
    people::{Email, EmployeeNumber, GroupName, Login, PersonName, Role, Roles},
    search::SearchTerm,
};
use store::{Conflict, Membership, NewPerson, NewSession, Page, PeopleFilter, PersonChange, PersonState, StoreError};

contract! {
    what_is_written_is_read,
    an_address_and_a_number_belong_to_one_person,
    the_last_admin_stays,
    a_disabled_person_is_out_and_can_come_back,
    credentials_are_found_by_either_login,
    a_password_ends_the_other_sessions,
    a_hash_is_replaced_only_when_it_is_the_present_one,
    the_list_searches_filters_and_pages,
    names_are_found_without_accents_and_in_any_normal_form,
    lists_are_in_the_order_people_expect,
    names_of_an_older_release_get_their_keys,
    a_name_of_an_earlier_rule_is_still_shown,
    real_people_are_those_not_of_the_demonstration,
    a_change_is_kept_and_a_missing_person_is_not_found,
}

async fn what_is_written_is_read(site: &Site) {
    let person = site.person("Zoë O'Hara", &[Role::Learner, Role::Hr]).await;
    assert_eq!(person.state, PersonState::Invited);
    assert_eq!(person.roles, [Role::Learner, Role::Hr].into_iter().collect::<Roles>());
    assert_eq!(site.db.person(person.id).await.unwrap(), person);
    assert_eq!(site.db.person_by_subject(person.subject).await.unwrap(), Some(person.clone()));
    let names = site.db.people_by_subject(&[person.subject]).await.unwrap();
    assert_eq!(names[&person.subject], person.name);
    assert!(site.db.people_by_subject(&[]).await.unwrap().is_empty());

    let nobody = site.person("No Roles", &[]).await;
    assert!(site.db.person(nobody.id).await.unwrap().roles.is_empty());
}

async fn an_address_and_a_number_belong_to_one_person(site: &Site) {
    let new = NewPerson { number: Some(EmployeeNumber::parse("A-17").unwrap()), ..new_person("Ann", &[]) };
    site.db.create_person(None, new.clone(), NOW, &site.dice).await.unwrap();
    let same_address = site.db.create_person(None, new_person("Ann", &[]), NOW, &site.dice).await;
    assert!(matches!(same_address, Err(StoreError::Conflict(Conflict::EmailTaken))), "{same_address:?}");
    let same_number = NewPerson { email: None, ..new };
    let same_number = site.db.create_person(None, same_number, NOW, &site.dice).await;
    assert!(matches!(same_number, Err(StoreError::Conflict(Conflict::EmployeeNumberTaken))), "{same_number:?}");
    assert_eq!(site.db.people_counts().await.unwrap().all, 1, "nothing half written");
}

async fn the_last_admin_stays(site: &Site) {
    assert!(!site.db.has_admin().await.unwrap());
    let (ann, bob) = (site.active("Ann", &[Role::Admin]).await, site.active("Bob", &[Role::Admin]).await);
    assert!(site.db.has_admin().await.unwrap());

    // Two admins who take the role from each other in the same moment: one of them stays.
    let (first, second) = tokio::join!(
        site.db.set_roles(Some(ann.subject), bob.id, Roles::NONE, NOW),
        site.db.set_roles(Some(bob.subject), ann.id, Roles::NONE, NOW),
    );
    let refused = |result: &store::Result<()>| matches!(result, Err(StoreError::Conflict(Conflict::LastAdmin)));
    assert!(refused(&first) != refused(&second), "{first:?} {second:?}");
    assert!(site.db.has_admin().await.unwrap());

    let last = if refused(&first) { bob } else { ann };
    assert!(refused(&site.db.disable_person(None, last.id, NOW).await));
}

async fn a_disabled_person_is_out_and_can_come_back(site: &Site) {
    let ann = site.active("Ann", &[Role::Learner]).await;
    let session = NewSession { token_hash: [1; 32], person: ann.id, agent: "x".into(), expires_at: NOW.plus(1000) };
    site.db.create_session(session, NOW, &site.dice).await.unwrap();
    site.db.disable_person(None, ann.id, NOW).await.unwrap();
    site.db.disable_person(None, ann.id, NOW).await.unwrap();
    assert_eq!(site.db.person(ann.id).await.unwrap().state, PersonState::Disabled);
    assert!(site.db.session(&[1; 32], 1000, NOW).await.unwrap().is_none());
    assert_eq!(site.db.people_counts().await.unwrap().disabled, 1);
    site.db.enable_person(None, ann.id, NOW).await.unwrap();
    assert_eq!(site.db.person(ann.id).await.unwrap().state, PersonState::Active);
    assert!(site.db.session(&[1; 32], 1000, NOW).await.unwrap().is_none(), "its sessions are gone for good");
}

async fn credentials_are_found_by_either_login(site: &Site) {
    let new = NewPerson { number: Some(EmployeeNumber::parse("a17").unwrap()), ..new_person("Ann", &[]) };
    let ann = site.db.create_person_with_password(None, new, "hash".into(), NOW, &site.dice).await.unwrap();
    for login in ["ANN@example.org", "A17"] {
        let found = site.db.credentials(&Login::parse(login).unwrap()).await.unwrap().unwrap();
        assert_eq!((found.person.id, found.password_hash.as_deref()), (ann.id, Some("hash")), "{login}");
        assert!(!format!("{found:?}").contains("hash\""), "the hash is in no log");
    }
    assert!(site.db.credentials(&Login::parse("b@example.org").unwrap()).await.unwrap().is_none());
}

async fn a_password_ends_the_other_sessions(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    let mut sessions = Vec::new();
    for byte in 1..=3 {
        let new = NewSession { token_hash: [byte; 32], person: ann.id, agent: "x".into(), expires_at: NOW.plus(1000) };
        sessions.push(site.db.create_session(new, NOW, &site.dice).await.unwrap());
    }
    site.db.set_password(Some(ann.subject), ann.id, "new".into(), Some(sessions[1]), NOW).await.unwrap();
    let left = site.db.sessions_of(ann.id, 1000, NOW).await.unwrap();
    assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [sessions[1]]);
    let login = Login::parse("ann@example.org").unwrap();
    assert_eq!(site.db.credentials(&login).await.unwrap().unwrap().password_hash.as_deref(), Some("new"));
}

async fn a_hash_is_replaced_only_when_it_is_the_present_one(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    let login = Login::parse("ann@example.org").unwrap();
    site.db.rehash_password(ann.id, "stale".into(), "x".into(), NOW).await.unwrap();
    assert_eq!(site.db.credentials(&login).await.unwrap().unwrap().password_hash.as_deref(), Some("hash"));
    site.db.rehash_password(ann.id, "hash".into(), "better".into(), NOW).await.unwrap();
    assert_eq!(site.db.credentials(&login).await.unwrap().unwrap().password_hash.as_deref(), Some("better"));
}

async fn the_list_searches_filters_and_pages(site: &Site) {
    let zoe = site.active("Zoë Ärmel", &[Role::Trainer]).await;
    let bob = site.person("bob under_score", &[Role::Learner]).await;
    let new = NewPerson { number: Some(EmployeeNumber::parse("K-9").unwrap()), ..new_person("Ann", &[Role::Learner]) };
    let ann = site.db.create_person(None, new, NOW, &site.dice).await.unwrap();
    let group = site.db.create_group(None, GroupName::parse("Night shift").unwrap(), NOW, &site.dice).await.unwrap();
    let manager = Membership { member: false, manager: true };
    site.db.set_membership(None, group, zoe.id, manager, NOW).await.unwrap();

    let find = async |filter: PeopleFilter| -> Vec<PersonId> {
        let found = site.db.people(&filter, Page::first(50)).await.unwrap();
        assert_eq!(found.total, found.items.len() as u64);
        found.items.into_iter().map(|listed| listed.person.id).collect()
    };
    let all = PeopleFilter::default();
    let search = |term: &str| PeopleFilter { search: SearchTerm::parse(term), ..PeopleFilter::default() };
    assert_eq!(find(all.clone()).await, [ann.id, bob.id, zoe.id], "by name, whatever the letter case");
    assert_eq!(find(search("ärm")).await, [zoe.id]);
    assert_eq!(find(search("ÄRM")).await, [zoe.id]);
    assert_eq!(find(search("r_s")).await, [bob.id], "an underscore is an underscore");
    assert_eq!(find(search("%")).await, []);
    assert_eq!(find(search("a\u{0}rm")).await, [zoe.id], "no character stops a database");
    assert_eq!(find(search("ANN@")).await, [ann.id]);
    assert_eq!(find(search("k-9")).await, [ann.id]);
    assert_eq!(find(search("  ")).await.len(), 3);
    assert_eq!(find(PeopleFilter { role: Some(Role::Learner), ..all.clone() }).await, [ann.id, bob.id]);
    assert_eq!(find(PeopleFilter { state: Some(PersonState::Active), ..all.clone() }).await, [zoe.id]);
    assert_eq!(find(PeopleFilter { state: Some(PersonState::Invited), ..search("o") }).await, [ann.id, bob.id]);
    assert_eq!(find(PeopleFilter { group: Some(group), ..all.clone() }).await, [zoe.id]);

    let second = site.db.people(&all, Page { number: 2, size: 2 }).await.unwrap();
    assert_eq!((second.total, second.items.len()), (3, 1));
    assert_eq!(second.items[0].groups[0].name.as_str(), "Night shift");
}

async fn found(site: &Site, typed: &str) -> Vec<String> {
    let filter = PeopleFilter { search: SearchTerm::parse(typed), ..PeopleFilter::default() };
    let people = site.db.people(&filter, Page::first(50)).await.unwrap();
    people.items.into_iter().map(|listed| listed.person.name.to_string()).collect()
}

async fn named(site: &Site, number: usize, name: &str) {
    let new = NewPerson {
        email: None,
        number: Some(EmployeeNumber::parse(&format!("N{number}")).unwrap()),
        name: PersonName::parse(name).unwrap(),
        ..new_person("x", &[])
    };
    site.db.create_person(None, new, NOW, &site.dice).await.unwrap();
}

async fn names_are_found_without_accents_and_in_any_normal_form(site: &Site) {
    for (number, name) in ["Véronique", "Søren", "Łukasz", "Weiß"].into_iter().enumerate() {
        named(site, number, name).await;
    }
    for (typed, name) in [
        ("veronique", "Véronique"),
        ("VE\u{301}R", "Véronique"),
        ("soren", "Søren"),
        ("lukasz", "Łukasz"),
        ("weiss", "Weiß"),
        ("Weiß", "Weiß"),
    ] {
        assert_eq!(found(site, typed).await, [name], "{typed}");
    }
    let change = PersonChange {
        name: PersonName::parse("Ünal").unwrap(),
        email: None,
        number: Some(EmployeeNumber::parse("N0").unwrap()),
        locale: Default::default(),
        zone: Default::default(),
    };
    let login = Login::parse("N0").unwrap();
    let id = site.db.credentials(&login).await.unwrap().unwrap().person.id;
    site.db.update_person(None, id, change, NOW).await.unwrap();
    assert_eq!(found(site, "unal").await, ["Ünal"], "a changed name is found too");
    assert_eq!(found(site, "veronique").await, [""; 0]);
}

async fn lists_are_in_the_order_people_expect(site: &Site) {
    let expected = ["Edgar", "Élodie", "elsa", "Emil", "Łukasz", "Person 2", "Person 10", "Zoe", "Zoë"];
    for (number, name) in expected.iter().rev().enumerate() {
        named(site, number, name).await;
        site.db.create_group(None, GroupName::parse(name).unwrap(), NOW, &site.dice).await.unwrap();
    }
    assert_eq!(found(site, "").await, expected);
    let groups = site.db.group_names().await.unwrap();
    assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), expected);
    let found = site.db.groups(SearchTerm::parse("elo").as_ref(), Page::first(9)).await.unwrap();
    assert_eq!(found.items[0].name.as_str(), "Élodie");
}

async fn names_of_an_older_release_get_their_keys(site: &Site) {
    named(site, 1, "Élodie").await;
    site.db.create_group(None, GroupName::parse("Équipe").unwrap(), NOW, &site.dice).await.unwrap();
    for table in ["people", "groups"] {
        site.by_hand(
            &format!("UPDATE {table} SET sort_key = DEFAULT_KEY, search_key = ''")
                .replace("DEFAULT_KEY", if matches!(site.db, store::Db::Sqlite { .. }) { "x''" } else { "''" }),
        )
        .await;
    }
    assert_eq!(found(site, "elodie").await, [""; 0]);
    site.db.migrate().await.unwrap();
    assert_eq!(found(site, "elodie").await, ["Élodie"]);
    let groups = site.db.groups(SearchTerm::parse("equipe").as_ref(), Page::first(9)).await.unwrap();
    assert_eq!(groups.total, 1);
}

async fn a_name_of_an_earlier_rule_is_still_shown(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    site.by_hand("UPDATE people SET name = 'An\u{202E}n'").await;
    assert_eq!(site.db.person(ann.id).await.unwrap().name.as_str(), "An\u{FFFD}n");
    site.by_hand(&format!("UPDATE people SET name = '{}'", "x".repeat(300))).await;
    assert_eq!(site.db.person(ann.id).await.unwrap().name.as_str().len(), 300);
}

async fn real_people_are_those_not_of_the_demonstration(site: &Site) {
    let demo = NewPerson { email: Some(Email::parse("hr@demo.example").unwrap()), ..new_person("Demo", &[]) };
    site.db.create_person(None, demo, NOW, &site.dice).await.unwrap();
    assert_eq!(site.db.real_people().await.unwrap(), 0);
    let number = Some(EmployeeNumber::parse("1").unwrap());
    let real = NewPerson { email: None, number, ..new_person("Real", &[]) };
    site.db.create_person(None, real, NOW, &site.dice).await.unwrap();
    assert_eq!(site.db.real_people().await.unwrap(), 1);
}

async fn a_change_is_kept_and_a_missing_person_is_not_found(site: &Site) {
    let (ann, bob) = (site.person("Ann", &[]).await, site.person("Bob", &[]).await);
    let change = PersonChange {
        name: PersonName::parse("Anne").unwrap(),
        email: ann.email.clone(),
        number: Some(EmployeeNumber::parse("7").unwrap()),
        locale: ann.locale.clone(),
        zone: ann.zone.clone(),
    };
    site.db.update_person(Some(bob.subject), ann.id, change.clone(), NOW).await.unwrap();
    let after = site.db.person(ann.id).await.unwrap();
    assert_eq!((after.name, after.number), (change.name.clone(), change.number.clone()));

    let taken = PersonChange { email: bob.email, number: None, ..change.clone() };
    let refused = site.db.update_person(None, ann.id, taken, NOW).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::EmailTaken))), "{refused:?}");
    let nobody = PersonId::new(NOW, &site.dice);
    assert!(matches!(site.db.person(nobody).await, Err(StoreError::NotFound("person"))));
    let missing = site.db.update_person(None, nobody, change, NOW).await;
    assert!(matches!(missing, Err(StoreError::NotFound("person"))));
}
