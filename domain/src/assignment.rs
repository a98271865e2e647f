//! What somebody has to do by when.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// This long before the end of the due day a thing counts as due soon.
pub const SOON: i64 = 7 * Timestamp::DAY;

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
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
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
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(problem());
        };
        let year = digits(year, 4).ok_or_else(problem)?;
        let month = digits(month, 2)
            .and_then(|n| u8::try_from(n).ok())
            .ok_or_else(problem)?;
        let day = digits(day, 2)
            .and_then(|n| u8::try_from(n).ok())
            .ok_or_else(problem)?;
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

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing was done yet.
    NotStarted,
    /// Something was done.
    InProgress,
    /// All of it was done, in time or not.
    Done,
    /// The due day has ended and it is not done.
    Overdue,
}

impl Status {
    /// Every status, in the order they are shown.
    pub const ALL: [Self; 4] = [
        Self::NotStarted,
        Self::InProgress,
        Self::Done,
        Self::Overdue,
    ];

    /// The name in addresses and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Overdue => "overdue",
        }
    }
}

/// The text names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a status")]
pub struct UnknownStatus(pub String);

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

/// What is known of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// When the first activity was begun.
    pub started: Option<Timestamp>,
    /// When the last required activity was completed.
    pub completed: Option<Timestamp>,
    /// The first moment after the due day, see [`end_of_day`]; nothing when there is no due date.
    pub due_at: Option<Timestamp>,
}

impl Standing {
    /// The status as of `now`. Being overdue outweighs being under way; being done outweighs both.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> Status {
        if self.completed.is_some() {
            Status::Done
        } else if self.due_at.is_some_and(|due| now >= due) {
            Status::Overdue
        } else if self.started.is_some() {
            Status::InProgress
        } else {
            Status::NotStarted
        }
    }

    /// Whether it is open and its due day ends within [`SOON`].
    #[must_use]
    pub fn is_due_soon(&self, now: Timestamp) -> bool {
        self.completed.is_none()
            && self
                .due_at
                .is_some_and(|due| now < due && due.since(now) <= SOON)
    }

    /// Whether it was done after the due day.
    #[must_use]
    pub fn was_late(&self) -> bool {
        matches!((self.completed, self.due_at), (Some(done), Some(due)) if done >= due)
    }
}

#[cfg(feature = "authoring")]
mod calendar {
    use super::{Day, NotADay};
    use crate::{people::Zone, time::Timestamp};
    use jiff::{ToSpan, civil::Date, tz::TimeZone};

    /// A day that the calendar of its zone cannot place.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[error("{day} cannot be placed in {zone}")]
    pub struct NoSuchMoment {
        /// The day.
        pub day: Day,
        /// The zone.
        pub zone: Zone,
    }

    fn date(day: Day) -> Option<Date> {
        Date::new(
            i16::try_from(day.year).ok()?,
            i8::try_from(day.month).ok()?,
            i8::try_from(day.day).ok()?,
        )
        .ok()
    }

    fn day(date: Date) -> Result<Day, NotADay> {
        let problem = || NotADay(date.to_string());
        let year = u16::try_from(date.year()).map_err(|_| problem())?;
        let month = u8::try_from(date.month()).map_err(|_| problem())?;
        Day::new(
            year,
            month,
            u8::try_from(date.day()).map_err(|_| problem())?,
        )
    }

    /// The first moment after `day` where `zone` is: a thing due on that day is overdue from then on.
    ///
    /// Where the clocks change at midnight, it is the first moment that exists.
    ///
    /// # Errors
    /// [`NoSuchMoment`] when the zone is unknown or the day lies outside the calendar.
    pub fn end_of_day(day: Day, zone: &Zone) -> Result<Timestamp, NoSuchMoment> {
        let problem = || NoSuchMoment {
            day,
            zone: zone.clone(),
        };
        let next = date(day)
            .and_then(|date| date.tomorrow().ok())
            .ok_or_else(problem)?;
        let time_zone = TimeZone::get(zone.as_str()).map_err(|_| problem())?;
        let start = next.to_zoned_datetime(time_zone).map_err(|_| problem())?;
        Ok(Timestamp(start.timestamp().as_millisecond()))
    }

    /// The day it is at `now` where `zone` is.
    ///
    /// # Errors
    /// [`NotADay`] when the zone is unknown or the moment lies outside the calendar.
    pub fn day_at(now: Timestamp, zone: &Zone) -> Result<Day, NotADay> {
        let problem = || NotADay(zone.to_string());
        let moment = jiff::Timestamp::from_millisecond(now.0).map_err(|_| problem())?;
        day(moment
            .to_zoned_datetime(TimeZone::get(zone.as_str()).map_err(|_| problem())?)
            .date())
    }

    /// The day `count` days after `from`; before it when negative.
    ///
    /// # Errors
    /// [`NotADay`] when that lies outside the calendar.
    pub fn days_after(from: Day, count: i32) -> Result<Day, NotADay> {
        let problem = || NotADay(format!("{from} and {count} days"));
        day(date(from)
            .ok_or_else(problem)?
            .checked_add(count.days())
            .map_err(|_| problem())?)
    }

    /// How many days are left until `due` for somebody in `zone`: 0 today, 1 tomorrow, negative when it is over.
    ///
    /// # Errors
    /// [`NotADay`] when the zone is unknown or the moment lies outside the calendar.
    pub fn days_left(due: Day, now: Timestamp, zone: &Zone) -> Result<i32, NotADay> {
        let problem = || NotADay(due.to_string());
        let today = date(day_at(now, zone)?).ok_or_else(problem)?;
        let span = date(due)
            .ok_or_else(problem)?
            .since(today)
            .map_err(|_| problem())?;
        Ok(span.get_days())
    }
}
#[cfg(feature = "authoring")]
pub use calendar::{NoSuchMoment, day_at, days_after, days_left, end_of_day};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        for good in ["2026-03-31", "2024-02-29", "2000-02-29", "9998-12-31"] {
            assert_eq!(good.parse::<Day>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026-3-31",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "1899-12-31",
            "2026-01-01-01",
            "31.3.2026",
            "+026-01-01",
        ] {
            assert!(bad.parse::<Day>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_status_at_each_side_of_each_edge() {
        let (start, due) = (Some(Timestamp(10)), Some(Timestamp(100)));
        let standing = |started, completed, due_at| Standing {
            started,
            completed,
            due_at,
        };
        for (standing, now, expected) in [
            (standing(None, None, None), i64::MAX, Status::NotStarted),
            (standing(start, None, None), i64::MAX, Status::InProgress),
            (standing(None, None, due), 99, Status::NotStarted),
            (standing(None, None, due), 100, Status::Overdue),
            (standing(start, None, due), 99, Status::InProgress),
            (standing(start, None, due), 100, Status::Overdue),
            (
                standing(start, Some(Timestamp(200)), due),
                300,
                Status::Done,
            ),
        ] {
            assert_eq!(
                standing.status(Timestamp(now)),
                expected,
                "{standing:?} at {now}"
            );
        }
        assert!(standing(start, Some(Timestamp(100)), due).was_late());
        assert!(!standing(start, Some(Timestamp(99)), due).was_late());
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
    }

    #[test]
    fn due_soon_is_a_week() {
        let due = Timestamp(100 * Timestamp::DAY);
        let open = Standing {
            due_at: Some(due),
            ..Standing::default()
        };
        assert!(open.is_due_soon(due.plus(-SOON)) && open.is_due_soon(due.plus(-1)));
        assert!(!open.is_due_soon(due.plus(-SOON - 1)) && !open.is_due_soon(due));
        assert!(
            !Standing {
                completed: Some(due),
                ..open
            }
            .is_due_soon(due.plus(-1))
        );
        assert!(!Standing::default().is_due_soon(due));
    }

    #[cfg(feature = "authoring")]
    mod in_zones {
        use super::*;
        use crate::people::Zone;
        use proptest::prelude::*;

        fn end(day: &str, zone: &str) -> String {
            let end = end_of_day(day.parse().unwrap(), &Zone::parse(zone).unwrap()).unwrap();
            jiff::Timestamp::from_millisecond(end.0)
                .unwrap()
                .to_string()
        }

        #[test]
        fn the_day_ends_where_the_person_is() {
            for (day, zone, expected) in [
                ("2026-03-10", "UTC", "2026-03-11T00:00:00Z"),
                ("2026-03-10", "Europe/Vienna", "2026-03-10T23:00:00Z"),
                // The clocks go forward on the 29th: that day has 23 hours, and the summer offset holds at its end.
                ("2026-03-28", "Europe/Vienna", "2026-03-28T23:00:00Z"),
                ("2026-03-29", "Europe/Vienna", "2026-03-29T22:00:00Z"),
                ("2026-10-25", "Europe/Vienna", "2026-10-25T23:00:00Z"),
                ("2026-12-31", "Pacific/Kiritimati", "2026-12-31T10:00:00Z"),
                ("2026-12-31", "America/Los_Angeles", "2027-01-01T08:00:00Z"),
                // Midnight did not exist: Beirut skipped from 0:00 to 1:00.
                ("2022-03-26", "Asia/Beirut", "2022-03-26T22:00:00Z"),
                // The whole next day did not exist: Samoa crossed the date line.
                ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00:00Z"),
            ] {
                assert_eq!(end(day, zone), expected, "{day} {zone}");
            }
        }

        #[test]
        fn days_left_are_days_of_the_calendar() {
            let zone = Zone::parse("Europe/Vienna").unwrap();
            let due: Day = "2026-03-30".parse().unwrap();
            let at =
                |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
            for (now, left) in [
                ("2026-03-28T22:59:59Z", 2),
                ("2026-03-28T23:00:00Z", 1),
                ("2026-03-29T21:59:59Z", 1),
                ("2026-03-29T22:00:00Z", 0),
                ("2026-03-30T21:59:59Z", 0),
                ("2026-03-30T22:00:00Z", -1),
                ("2026-01-01T12:00:00Z", 88),
            ] {
                assert_eq!(days_left(due, at(now), &zone), Ok(left), "{now}");
            }
            assert_eq!(
                days_after("2026-02-27".parse().unwrap(), 2),
                "2026-03-01".parse()
            );
            assert!(days_after("9998-12-31".parse().unwrap(), 1).is_err());
        }

        proptest! {
            #[test]
            fn the_last_millisecond_belongs_to_the_day_and_the_next_does_not(
                days in 0i32..40_000,
                zone in prop::sample::select(vec!["UTC", "Europe/Vienna", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana"]),
            ) {
                let zone = Zone::parse(zone).unwrap();
                let day = days_after("1970-01-02".parse().unwrap(), days).unwrap();
                let end = end_of_day(day, &zone).unwrap();
                prop_assert_eq!(day_at(end.plus(-1), &zone).unwrap(), day);
                prop_assert!(day_at(end, &zone).unwrap() > day);
                prop_assert_eq!(days_left(day, end.plus(-1), &zone), Ok(0));
            }
        }
    }
}
