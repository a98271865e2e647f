//! A day of the calendar.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A day of the calendar (proleptic Gregorian), without a place on earth: `2026-03-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// The text or numbers are no day between 1900 and 9998.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a day such as 2026-03-31")]
pub struct NotADay(pub String);

impl NotADay {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "day-unknown"
    }
}

impl Day {
    /// A day by its numbers.
    ///
    /// # Errors
    /// [`NotADay`] when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, NotADay> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if (1900..=9998).contains(&year) && (1..=12).contains(&month) && (1..=last).contains(&day) {
            Ok(Self { year, month, day })
        } else {
            Err(NotADay(format!("{year}-{month}-{day}")))
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let problem = || NotADay(text.to_owned());
        let digits = |part: &str, width: usize| {
            (part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let mut parts = text.trim().split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(problem());
        };
        let year = digits(year, 4).ok_or_else(problem)?;
        let month = digits(month, 2).and_then(|n| u8::try_from(n).ok()).ok_or_else(problem)?;
        let day = digits(day, 2).and_then(|n| u8::try_from(n).ok()).ok_or_else(problem)?;
        Self::new(year, month, day).map_err(|_| problem())
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Self, NotADay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
