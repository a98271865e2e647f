//! Days in the places where people are.

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
    Date::new(i16::try_from(day.year()).ok()?, i8::try_from(day.month()).ok()?, i8::try_from(day.day()).ok()?).ok()
}

fn day(date: Date) -> Result<Day, NotADay> {
    let problem = || NotADay(date.to_string());
    let year = u16::try_from(date.year()).map_err(|_| problem())?;
    let month = u8::try_from(date.month()).map_err(|_| problem())?;
    Day::new(year, month, u8::try_from(date.day()).map_err(|_| problem())?)
}

/// The first moment after `day` where `zone` is: a thing due on that day is overdue from then on.
///
/// Where the clocks change at midnight, it is the first moment that exists.
///
/// # Errors
/// [`NoSuchMoment`] when the zone is unknown or the day lies outside the calendar.
pub fn end_of_day(day: Day, zone: &Zone) -> Result<Timestamp, NoSuchMoment> {
    let problem = || NoSuchMoment { day, zone: zone.clone() };
    let next = date(day).and_then(|date| date.tomorrow().ok()).ok_or_else(problem)?;
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
    day(moment.to_zoned_datetime(TimeZone::get(zone.as_str()).map_err(|_| problem())?).date())
}

/// The day `count` days after `from`; before it when negative.
///
/// # Errors
/// [`NotADay`] when that lies outside the calendar.
pub fn days_after(from: Day, count: i32) -> Result<Day, NotADay> {
    let problem = || NotADay(format!("{from} and {count} days"));
    day(date(from).ok_or_else(problem)?.checked_add(count.days()).map_err(|_| problem())?)
}

/// How many days are left until `due` for somebody in `zone`: 0 today, 1 tomorrow, negative when it is over.
///
/// # Errors
/// [`NotADay`] when the zone is unknown or the moment lies outside the calendar.
pub fn days_left(due: Day, now: Timestamp, zone: &Zone) -> Result<i32, NotADay> {
    let problem = || NotADay(due.to_string());
    let today = date(day_at(now, zone)?).ok_or_else(problem)?;
    let span = date(due).ok_or_else(problem)?.since(today).map_err(|_| problem())?;
    Ok(span.get_days())
}
