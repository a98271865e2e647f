//! Moments and dates as people read them: in the person's zone, in words of the catalogue.

use crate::context::{now, visit};
use crate::t;
use domain::assignment::{Day, day_at, days_left};
use domain::people::Zone;
use domain::time::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, ZonedDateTime};
use leptos::prelude::*;

/// A moment in the viewer's time zone; strangers read UTC.
fn local(at: Timestamp) -> ZonedDateTime {
    let zone = visit().viewer.map(|viewer| viewer.zone.clone()).unwrap_or_else(|| "UTC".to_owned());
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    Instant::from_millisecond(at.0).unwrap_or_default().to_zoned_datetime(zone)
}

fn date_words(date: Date) -> String {
    let month = t!(&format!("month-{}", date.month()));
    t!("date", day = i64::from(date.day()), month = month, year = date.year().to_string())
}

/// The day of a moment: "3 December 2026".
#[must_use]
pub fn day(at: Timestamp) -> String {
    date_words(local(at).date())
}

/// The day and the time of a moment: "3 December 2026, 14:05".
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let local = local(at);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    t!("date-time", date = date_words(local.date()), time = time)
}

/// A civil date such as `2026-12-03` in words; anything else is shown as it is.
#[must_use]
pub fn civil(text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), date_words)
}

/// How far off a due day is for whoever has to be done by it: "3 days left", "2 days overdue", "due today". Days are those
/// of the zone the due day ends in, which is the learner's, wherever the reader is.
#[must_use]
pub fn until(due: Day, zone: &Zone) -> String {
    match days_left(due, now(), zone).map(i64::from) {
        Ok(0) => t!("due-today"),
        Ok(1) => t!("due-tomorrow"),
        Ok(days @ 2..) => t!("due-in-days", days = days),
        Ok(days) => t!("overdue-days", days = -days),
        Err(_) => String::new(),
    }
}

/// A moment as an element that machines can read too.
#[component]
pub fn Moment(
    /// The moment.
    at: Timestamp,
    /// Whether the time of day matters.
    #[prop(optional)]
    time: bool,
) -> impl IntoView {
    // Where only the day is shown, the page holds no more than the day.
    let machine = if time {
        Instant::from_millisecond(at.0).unwrap_or_default().to_string()
    } else {
        local(at).date().to_string()
    };
    let shown = if time { moment(at) } else { day(at) };
    view! { <time datetime=machine>{shown}</time> }
}

/// The day of a moment where someone else is, as an element that machines can read too.
#[component]
pub fn DayThere(
    /// The moment.
    at: Timestamp,
    /// Where.
    zone: Zone,
) -> impl IntoView {
    let there = day_at(at, &zone).map(|day| day.to_string());
    let machine = there.unwrap_or_else(|_| local(at).date().to_string());
    let shown = civil(&machine);
    view! { <time datetime=machine>{shown}</time> }
}

/// Today's date in the viewer's zone, as `2026-12-03`.
#[must_use]
pub fn today() -> Date {
    local(now()).date()
}
