//! People: how they are called, how they sign in, what they may do.

mod contact;
mod more_time;
mod name;
pub mod password;
mod place;
mod role;
#[cfg(feature = "authoring")]
pub mod roster;

pub use contact::{Email, EmailProblem, EmployeeNumber, EmployeeNumberProblem, Login, LoginProblem};
pub use more_time::{MoreTime, UnknownMoreTime};
pub use name::{GroupName, NameProblem, PersonName};
pub use place::{Locale, LocaleProblem, Zone, ZoneProblem};
pub use role::{Role, Roles, UnknownRole};

/// What every checked text of this module can do: be read, shown, stored and parsed again.
macro_rules! checked_text {
    ($name:ident, $problem:ty) => {
        impl $name {
            /// The text itself, in its normal form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $problem;

            fn from_str(text: &str) -> Result<Self, $problem> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $problem;

            fn try_from(text: String) -> Result<Self, $problem> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
use checked_text;
