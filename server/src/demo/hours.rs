//! When the organisation works: what its people do and decide, they do in these hours.

use domain::assignment::{day_at, days_after, end_of_day};
use domain::people::Zone;
use domain::time::Timestamp;
use store::StoreError;

/// Where it is, and so the time that its people read.
pub const ZONE: &str = "Europe/Berlin";

/// From midnight to the first hour of work. On the two days of the year on which clocks change it is an hour off.
const OPENS: i64 = 8 * Timestamp::HOUR;
/// How long a day of work is.
const LASTS: i64 = 8 * Timestamp::HOUR;

/// The last moment, not after `at`, at which a day of work began.
///
/// # Errors
/// [`StoreError::Corrupt`] for a moment outside the calendar.
pub fn opened(at: Timestamp) -> Result<Timestamp, StoreError> {
    let zone = ZONE.parse::<Zone>().map_err(|problem| StoreError::corrupt("demo", "zone", problem))?;
    // Before the doors open it is still the day before.
    let today = day_at(at.plus(-OPENS), &zone).map_err(|problem| StoreError::corrupt("demo", "day", problem))?;
    let before = days_after(today, -1).map_err(|problem| StoreError::corrupt("demo", "day", problem))?;
    let midnight = end_of_day(before, &zone).map_err(|problem| StoreError::corrupt("demo", "day", problem))?;
    Ok(midnight.plus(OPENS))
}

/// The last moment, not after `at`, at which somebody worked.
///
/// # Errors
/// As [`opened`].
pub fn worked(at: Timestamp) -> Result<Timestamp, StoreError> {
    let opened = opened(at)?;
    Ok(Timestamp(at.0.min(opened.plus(LASTS).0)))
}

/// Whether somebody works at this moment.
#[cfg(test)]
pub fn at_work(at: Timestamp) -> bool {
    worked(at).unwrap() == at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 1 June 2026, at so many minutes past midnight in Berlin, which is two hours ahead.
    fn june(hour: i64, minute: i64) -> Timestamp {
        Timestamp(1_780_264_800_000 + hour * Timestamp::HOUR + minute * Timestamp::MINUTE)
    }

    #[test]
    fn at_night_the_last_moment_of_work_was_the_evening_before() {
        for (at, expected) in [
            (june(8, 0), june(8, 0)),
            (june(11, 20), june(11, 20)),
            (june(16, 0), june(16, 0)),
            (june(16, 1), june(16, 0)),
            (june(23, 59), june(16, 0)),
            (june(28, 0), june(16, 0)),
            (june(31, 59), june(16, 0)),
            (june(32, 0), june(32, 0)),
        ] {
            assert_eq!(worked(at).unwrap(), expected, "{at:?}");
        }
    }

    #[test]
    fn winter_has_the_same_hours_by_the_clock_on_the_wall() {
        // 1 December 2026, 8 o'clock: Berlin is one hour ahead.
        let morning = Timestamp(1_796_108_400_000);
        assert_eq!(opened(morning).unwrap(), morning);
        assert_eq!(opened(morning.plus(-1)).unwrap(), morning.plus(-Timestamp::DAY));
    }
}
