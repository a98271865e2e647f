//! What a person may do.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// One role. A person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes courses.
    Learner,
    /// Writes and publishes courses.
    Trainer,
    /// Sees the groups they lead.
    Manager,
    /// Sees and assigns everybody.
    Hr,
    /// Runs the installation.
    Admin,
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role: learner, trainer, manager, hr or admin")]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Learner, Self::Trainer, Self::Manager, Self::Hr, Self::Admin];

    /// The stored name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Trainer => "trainer",
            Self::Manager => "manager",
            Self::Hr => "hr",
            Self::Admin => "admin",
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::Learner => 1,
            Self::Trainer => 2,
            Self::Manager => 4,
            Self::Hr => 8,
            Self::Admin => 16,
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of roles.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Role>", into = "Vec<Role>")]
pub struct Roles(u8);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// Whether `role` is in the set.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether any of `roles` is in the set.
    #[must_use]
    pub fn has_any(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// The set with `role`.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// The set without `role`.
    #[must_use]
    pub fn without(self, role: Role) -> Self {
        Self(self.0 & !role.bit())
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in the order they are shown.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Role>> for Roles {
    fn from(roles: Vec<Role>) -> Self {
        roles.into_iter().collect()
    }
}

impl From<Roles> for Vec<Role> {
    fn from(roles: Roles) -> Self {
        roles.iter().collect()
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self::NONE.with(role)
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Comma-separated names, as the command line takes them.
impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Role::as_str).collect();
        f.write_str(&names.join(","))
    }
}

impl FromStr for Roles {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_a_bit_of_its_own() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            let only = Roles::from(role);
            assert_eq!(only.iter().collect::<Vec<_>>(), [role]);
            assert!(only.without(role).is_empty());
        }
        assert_eq!(Role::ALL.into_iter().collect::<Roles>().iter().count(), 5);
    }

    #[test]
    fn sets_are_written_and_read_in_one_order() {
        let roles: Roles = "hr, learner".parse().unwrap();
        assert_eq!(roles.to_string(), "learner,hr");
        assert_eq!(serde_json::to_string(&roles).unwrap(), r#"["learner","hr"]"#);
        assert_eq!(serde_json::from_str::<Roles>(r#"["hr","learner","hr"]"#).unwrap(), roles);
        assert!(roles.has_any(&[Role::Admin, Role::Hr]) && !roles.has_any(&[Role::Admin]));
        assert!("root".parse::<Roles>().is_err());
    }
}
