//! Groups.

use crate::harness::{NOW, Site};
use domain::{
    ids::GroupId,
    people::{GroupName, Role},
    search::SearchTerm,
};
use store::{Conflict, Membership, Page, StoreError};

contract! {
    a_name_is_taken_whatever_its_case,
    members_and_managers_are_counted_apart,
    a_manager_manages_who_belongs_to_the_team,
    leaving_is_neither,
}

const MEMBER: Membership = Membership { member: true, manager: false };
const MANAGER: Membership = Membership { member: false, manager: true };
const BOTH: Membership = Membership { member: true, manager: true };

async fn group(site: &Site, name: &str) -> GroupId {
    site.db.create_group(None, GroupName::parse(name).unwrap(), NOW, &site.dice).await.unwrap()
}

async fn a_name_is_taken_whatever_its_case(site: &Site) {
    let first = group(site, "Call centre").await;
    let name = GroupName::parse("CALL CENTRE").unwrap();
    let again = site.db.create_group(None, name.clone(), NOW, &site.dice).await;
    assert!(matches!(again, Err(StoreError::Conflict(Conflict::GroupNameTaken))), "{again:?}");
    let other = group(site, "Field").await;
    let refused = site.db.rename_group(None, other, name.clone(), NOW).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::GroupNameTaken))));
    site.db.rename_group(None, first, name.clone(), NOW).await.unwrap();
    assert_eq!(site.db.group(first).await.unwrap().name, name);
    let missing = site.db.rename_group(None, GroupId::new(NOW, &site.dice), name, NOW).await;
    assert!(matches!(missing, Err(StoreError::NotFound("group"))));
}

async fn members_and_managers_are_counted_apart(site: &Site) {
    let (team, _empty) = (group(site, "Team").await, group(site, "Another").await);
    for (name, membership) in [("Ann", MEMBER), ("Bob", BOTH), ("Cem", MANAGER)] {
        let person = site.person(name, &[Role::Learner]).await;
        site.db.set_membership(None, team, person.id, membership, NOW).await.unwrap();
    }
    let found = site.db.group(team).await.unwrap();
    assert_eq!((found.members, found.managers), (2, 2));
    let listed = site.db.groups(None, Page::first(10)).await.unwrap();
    assert_eq!(listed.items.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Another", "Team"]);
    assert_eq!(site.db.groups(SearchTerm::parse("EA").as_ref(), Page::first(10)).await.unwrap().total, 1);
    assert_eq!(site.db.group_names().await.unwrap().len(), 2);
    let people = site.db.group_people(team, Page { number: 2, size: 2 }).await.unwrap();
    assert_eq!((people.total, people.items.len()), (3, 1));
    assert_eq!((people.items[0].name.as_str(), people.items[0].membership), ("Cem", MANAGER));
}

async fn a_manager_manages_who_belongs_to_the_team(site: &Site) {
    let (a, b) = (group(site, "A").await, group(site, "B").await);
    let boss = site.person("Boss", &[Role::Manager]).await;
    let (ann, bob) = (site.person("Ann", &[]).await, site.person("Bob", &[]).await);
    site.db.set_membership(None, a, boss.id, MANAGER, NOW).await.unwrap();
    site.db.set_membership(None, b, boss.id, MEMBER, NOW).await.unwrap();
    site.db.set_membership(None, a, ann.id, MEMBER, NOW).await.unwrap();
    site.db.set_membership(None, b, bob.id, MEMBER, NOW).await.unwrap();
    assert!(site.db.manages(boss.id, ann.id).await.unwrap());
    assert!(!site.db.manages(boss.id, bob.id).await.unwrap(), "belonging to a group is not managing it");
    assert!(!site.db.manages(ann.id, boss.id).await.unwrap());
    assert!(!site.db.manages(boss.id, boss.id).await.unwrap());
    assert_eq!(site.db.teams_of(boss.id).await.unwrap().len(), 1);
    assert_eq!(site.db.groups_of(boss.id).await.unwrap().len(), 2);
}

async fn leaving_is_neither(site: &Site) {
    let team = group(site, "Team").await;
    let ann = site.person("Ann", &[]).await;
    site.db.set_membership(None, team, ann.id, BOTH, NOW).await.unwrap();
    site.db.set_membership(None, team, ann.id, MEMBER, NOW).await.unwrap();
    assert_eq!(site.db.groups_of(ann.id).await.unwrap()[0].1, MEMBER);
    site.db.set_membership(None, team, ann.id, Membership::default(), NOW).await.unwrap();
    assert!(site.db.groups_of(ann.id).await.unwrap().is_empty());
    let missing = site.db.set_membership(None, GroupId::new(NOW, &site.dice), ann.id, MEMBER, NOW).await;
    assert!(matches!(missing, Err(StoreError::NotFound("group"))));
}
