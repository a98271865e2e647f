//! Names that authors give and that progress hangs on. Each has a type of its own.

use crate::slug::{NotASlug, Slug};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Slug);

        impl $name {
            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl FromStr for $name {
            type Err = NotASlug;

            fn from_str(text: &str) -> Result<Self, NotASlug> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

names! {
    /// An activity of a course; stable through all its versions.
    ActivityId;
    /// A module of a course.
    ModuleId;
    /// A question of a quiz.
    ItemId;
    /// Something a course makes people better at.
    CompetencyId;
}
