//! A share of a hundred.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A number from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Percent(f64);

/// The number is not from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{0} is not between 0 and 100")]
pub struct NotAPercent(pub f64);

impl Percent {
    /// Nothing at all.
    pub const ZERO: Self = Self(0.0);
    /// All of it.
    pub const FULL: Self = Self(100.0);

    /// Checks the range; a not-a-number is refused.
    ///
    /// # Errors
    /// [`NotAPercent`] when `value` is outside 0 to 100.
    pub fn new(value: f64) -> Result<Self, NotAPercent> {
        if (0.0..=100.0).contains(&value) { Ok(Self(value)) } else { Err(NotAPercent(value)) }
    }

    /// The share `part` is of `whole`, held within 0 to 100; everything of nothing is 100.
    #[must_use]
    pub fn of(part: f64, whole: f64) -> Self {
        if whole <= 0.0 || part.is_nan() {
            return Self::FULL;
        }
        Self((part / whole * 100.0).clamp(0.0, 100.0))
    }

    /// The number itself.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// The number as people read it: a whole one, rounded down, so that nobody reads a pass that was not one.
    #[must_use]
    pub fn whole(self) -> u8 {
        // In range by construction; the small step forgives a sum of thirds that lands on 69.999….
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = (self.0 + 1e-9).floor() as u8;
        whole
    }

    /// Whether this reaches `mark`, forgiving an error of floating-point sums.
    #[must_use]
    pub fn reaches(self, mark: Self) -> bool {
        self.0 + 1e-9 >= mark.0
    }
}

impl TryFrom<f64> for Percent {
    type Error = NotAPercent;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<Percent> for f64 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.whole())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_zero_to_a_hundred() {
        assert!(Percent::new(0.0).is_ok() && Percent::new(100.0).is_ok());
        for bad in [-0.1, 100.1, f64::NAN, f64::INFINITY] {
            assert!(Percent::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn rounds_down_but_forgives_thirds() {
        assert_eq!(Percent(79.9).whole(), 79);
        assert_eq!(Percent::of(0.1 + 0.7, 0.8).whole(), 100);
        assert!(Percent::of(0.1 + 0.2, 0.3).reaches(Percent::FULL));
        assert!(!Percent(79.9).reaches(Percent(80.0)));
    }
}
