//! Groups: teams, sites, cohorts.

mod read;
mod write;

use crate::PersonState;
use domain::{
    ids::{GroupId, PersonId},
    people::{Email, EmployeeNumber, GroupName, PersonName},
    time::Timestamp,
};

/// A group, as much as a list of choices needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRef {
    /// Which one.
    pub id: GroupId,
    /// What it is called.
    pub name: GroupName,
}

/// A group and how many people are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which one.
    pub id: GroupId,
    /// What it is called.
    pub name: GroupName,
    /// How many belong to it.
    pub members: u64,
    /// How many manage it.
    pub managers: u64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What somebody is to a group. Both may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Membership {
    /// Belongs to it: courses assigned to the group reach them.
    pub member: bool,
    /// Manages it: sees where those who belong to it stand.
    pub manager: bool,
}

/// Somebody in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPerson {
    /// Who.
    pub id: PersonId,
    /// What they are called.
    pub name: PersonName,
    /// Their e-mail address.
    pub email: Option<Email>,
    /// Their employee number.
    pub number: Option<EmployeeNumber>,
    /// Whether they can sign in.
    pub state: PersonState,
    /// What they are to the group.
    pub membership: Membership,
}
