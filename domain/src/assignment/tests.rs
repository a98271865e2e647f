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
    let standing = |started, completed, due_at| Standing { started, completed, due_at };
    for (standing, now, expected) in [
        (standing(None, None, None), i64::MAX, Status::NotStarted),
        (standing(start, None, None), i64::MAX, Status::InProgress),
        (standing(None, None, due), 99, Status::NotStarted),
        (standing(None, None, due), 100, Status::Overdue),
        (standing(start, None, due), 99, Status::InProgress),
        (standing(start, None, due), 100, Status::Overdue),
        (standing(start, Some(Timestamp(200)), due), 300, Status::Done),
    ] {
        assert_eq!(standing.status(Timestamp(now)), expected, "{standing:?} at {now}");
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
    let open = Standing { due_at: Some(due), ..Standing::default() };
    assert!(open.is_due_soon(due.plus(-SOON)) && open.is_due_soon(due.plus(-1)));
    assert!(!open.is_due_soon(due.plus(-SOON - 1)) && !open.is_due_soon(due));
    assert!(!Standing { completed: Some(due), ..open }.is_due_soon(due.plus(-1)));
    assert!(!Standing::default().is_due_soon(due));
}

#[cfg(feature = "authoring")]
mod in_zones {
    use super::*;
    use crate::people::Zone;
    use proptest::prelude::*;

    fn end(day: &str, zone: &str) -> String {
        let end = end_of_day(day.parse().unwrap(), &Zone::parse(zone).unwrap()).unwrap();
        jiff::Timestamp::from_millisecond(end.0).unwrap().to_string()
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
        let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
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
        assert_eq!(days_after("2026-02-27".parse().unwrap(), 2), "2026-03-01".parse());
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
