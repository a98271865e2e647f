//! Whether a person can sign in.

use std::{fmt, str::FromStr};

/// Where a person stands with the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonState {
    /// Added, but has not chosen a password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Cannot sign in and is left out of reports; everything is kept.
    Disabled,
    /// Everything personal is gone; only anonymous records remain.
    Erased,
}

/// A text that names no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a state of a person")]
pub struct UnknownState(String);

impl PersonState {
    /// Every state, in the order a list of them has.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Active, Self::Disabled, Self::Erased];

    /// The name in addresses and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
            Self::Erased => "erased",
        }
    }

    pub(crate) fn of(erased: bool, disabled: bool, has_password: bool) -> Self {
        match (erased, disabled, has_password) {
            (true, _, _) => Self::Erased,
            (false, true, _) => Self::Disabled,
            (false, false, true) => Self::Active,
            (false, false, false) => Self::Invited,
        }
    }

    /// Whether this lets a person in, or will once they have chosen a password.
    #[must_use]
    pub fn may_sign_in(self) -> bool {
        matches!(self, Self::Invited | Self::Active)
    }

    /// The condition on `people AS p` that picks this state.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::Invited => " AND p.erased_at IS NULL AND p.disabled_at IS NULL AND p.password_hash IS NULL",
            Self::Active => " AND p.erased_at IS NULL AND p.disabled_at IS NULL AND p.password_hash IS NOT NULL",
            Self::Disabled => " AND p.erased_at IS NULL AND p.disabled_at IS NOT NULL",
            Self::Erased => " AND p.erased_at IS NOT NULL",
        }
    }
}

impl fmt::Display for PersonState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PersonState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| UnknownState(text.to_owned()))
    }
}
