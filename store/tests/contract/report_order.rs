//! The report in order, in pages, and as an export.

use crate::{
    harness::{NOW, Site},
    report::{cast, everyone, names, report},
};
use futures::StreamExt;
use store::{Page, ReportFilter, ReportRow, ReportSort, ReportStatus, SortBy};

contract! {
    every_order_is_an_order,
    pages_cover_everything_once,
    an_export_is_the_pages_one_after_another,
    an_export_nobody_takes_stops,
}

fn orders() -> impl Iterator<Item = ReportSort> {
    [SortBy::Name, SortBy::Course, SortBy::Due, SortBy::Status, SortBy::Completed]
        .into_iter()
        .flat_map(|by| [false, true].map(|descending| ReportSort { by, descending }))
}

async fn every_order_is_an_order(site: &Site) {
    cast(site).await;
    let by = async |by: SortBy, descending: bool| {
        site.db.report(&everyone(), ReportSort { by, descending }, Page::first(9), NOW).await.unwrap().rows
    };
    let rows = by(SortBy::Name, true).await;
    assert_eq!(names(&rows)[..3], [("Dua", "A"), ("Cem", "A"), ("bob", "A")]);
    let rows = by(SortBy::Course, false).await;
    assert_eq!(names(&rows)[3..], [("Dua", "A"), ("Ann", "B"), ("bob", "B")]);
    let rows = by(SortBy::Course, true).await;
    assert_eq!(names(&rows)[..3], [("Ann", "B"), ("bob", "B"), ("Ann", "A")]);
    let rows = by(SortBy::Due, false).await;
    assert_eq!(rows[0].course_title, "Boundaries");
    let rows = by(SortBy::Due, true).await;
    assert_eq!(rows[0].course_title, "Apologies");
    let statuses: Vec<_> = by(SortBy::Status, false).await.iter().map(|row| row.status).collect();
    use ReportStatus::{Done, Exempt, InProgress, NotStarted, Overdue};
    assert_eq!(statuses, [Overdue, Overdue, NotStarted, InProgress, Done, Exempt]);
    let rows = by(SortBy::Status, true).await;
    assert_eq!((rows[0].status, rows[5].status), (Exempt, Overdue));
    assert_eq!(by(SortBy::Completed, true).await[0].status, Done);
    assert_eq!(by(SortBy::Completed, false).await[5].status, Done);
}

async fn pages_cover_everything_once(site: &Site) {
    let cast = cast(site).await;
    for filter in [everyone(), ReportFilter { group: Some(cast.team), ..everyone() }] {
        for sort in orders() {
            let whole = site.db.report(&filter, sort, Page::first(100), NOW).await.unwrap();
            let mut pieces = Vec::new();
            for number in 1..=4 {
                let page = site.db.report(&filter, sort, Page { number, size: 2 }, NOW).await.unwrap();
                assert_eq!(page.total, whole.total);
                pieces.extend(page.rows);
            }
            assert_eq!(pieces, whole.rows, "{sort:?}");
        }
    }
}

async fn an_export_is_the_pages_one_after_another(site: &Site) {
    let cast = cast(site).await;
    for filter in [everyone(), ReportFilter { status: Some(ReportStatus::Overdue), ..everyone() }] {
        for sort in orders() {
            let page = site.db.report(&filter, sort, Page::first(100), NOW).await.unwrap();
            let export: Vec<ReportRow> =
                site.db.report_export(&filter, sort, 1_000, NOW).map(Result::unwrap).collect().await;
            assert_eq!(export, page.rows, "{sort:?}");
        }
    }
    assert_eq!(site.db.report_export(&everyone(), ReportSort::default(), 2, NOW).count().await, 2);
    let team = ReportFilter { group: Some(cast.team), ..everyone() };
    assert_eq!(site.db.report_export(&team, ReportSort::default(), 99, NOW).count().await, 4);
}

/// A download that is given up frees its connection: the pools here have two and four.
async fn an_export_nobody_takes_stops(site: &Site) {
    cast(site).await;
    for _ in 0..12 {
        let mut rows = site.db.report_export(&everyone(), ReportSort::default(), 1_000, NOW);
        assert!(rows.next().await.unwrap().is_ok());
    }
    assert_eq!(report(site, &everyone()).await.total, 6);
}
