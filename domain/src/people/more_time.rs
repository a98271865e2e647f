//! How much longer than usual somebody may take to answer, where the time is limited.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A person's own setting. It lengthens every limit alike, so it says nothing about why somebody needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoreTime {
    /// The time that the author gave.
    #[default]
    Usual,
    /// One and a half times as long.
    Half,
    /// Twice as long.
    Double,
    /// As long as it takes.
    Unlimited,
}

/// The text names no setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a way to answer: usual, half, double or unlimited")]
pub struct UnknownMoreTime(pub String);

impl MoreTime {
    /// Every setting, from the shortest time to the longest.
    pub const ALL: [Self; 4] = [Self::Usual, Self::Half, Self::Double, Self::Unlimited];

    /// The stored name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Half => "half",
            Self::Double => "double",
            Self::Unlimited => "unlimited",
        }
    }

    /// How many milliseconds there are to answer where the author gave so many seconds; nothing without a limit.
    #[must_use]
    pub fn milliseconds(self, seconds: u32) -> Option<i64> {
        let usual = i64::from(seconds) * 1000;
        match self {
            Self::Usual => Some(usual),
            Self::Half => Some(usual + usual / 2),
            Self::Double => Some(usual * 2),
            Self::Unlimited => None,
        }
    }
}

impl FromStr for MoreTime {
    type Err = UnknownMoreTime;

    fn from_str(text: &str) -> Result<Self, UnknownMoreTime> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or_else(|| UnknownMoreTime(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_is_read_back_from_its_name() {
        for one in MoreTime::ALL {
            assert_eq!(one.as_str().parse(), Ok(one));
        }
        assert!("Double".parse::<MoreTime>().is_err());
    }

    #[test]
    fn more_time_is_never_less() {
        for (setting, expected) in
            [(MoreTime::Usual, Some(15_000)), (MoreTime::Half, Some(22_500)), (MoreTime::Double, Some(30_000))]
        {
            assert_eq!(setting.milliseconds(15), expected);
        }
        assert_eq!(MoreTime::Unlimited.milliseconds(15), None);
        assert_eq!(MoreTime::Double.milliseconds(u32::MAX), Some(i64::from(u32::MAX) * 2000));
    }
}
