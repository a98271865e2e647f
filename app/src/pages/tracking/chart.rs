//! How far each course has come, as bars with their numbers beside them.

use crate::api::tracking::Filter;
use crate::t;
use crate::ui::{BarPart, BarTone, Disclosure, StackedBar};
use leptos::prelude::*;
use store::{CourseRef, ReportStatus, Tallies};

/// Bars that are shown at once; the others are folded away.
const SHOWN: usize = 3;

/// A bar for each course, or for the one the filter names.
pub fn courses(filter: &Filter, tallies: &[(CourseRef, Tallies)]) -> AnyView {
    let mut wanted: Vec<_> =
        tallies.iter().filter(|(course, _)| filter.course.is_none_or(|only| only == course.id)).collect();
    if wanted.is_empty() {
        return ().into_any();
    }
    // Where most is overdue comes first.
    wanted.sort_by_key(|(_, tallies)| std::cmp::Reverse(tallies.overdue));
    let rest = wanted.split_off(wanted.len().min(SHOWN));
    let cards = |bars: Vec<&(CourseRef, Tallies)>| {
        bars.into_iter().map(|(course, counts)| bar(filter, course, counts)).collect_view()
    };
    let more = i64::try_from(rest.len()).unwrap_or(i64::MAX);
    let folded = (more > 0).then(|| {
        let rest = cards(rest);
        view! {
            <Disclosure summary=t!("tracking-more-courses", count = more)>
                <div class="grid grid-large">{rest}</div>
            </Disclosure>
        }
    });
    let first = cards(wanted);
    view! {
        <section class="stack" aria-labelledby="courses">
            <h2 id="courses" class="visually-hidden">{t!("tracking-by-course")}</h2>
            <div class="grid grid-large">{first}</div>
            {folded}
        </section>
    }
    .into_any()
}

fn bar(filter: &Filter, course: &CourseRef, counts: &Tallies) -> AnyView {
    let part = |status, label, value: u64, tone| {
        let href = filter.clone().of(course.id, Some(status), true).address();
        BarPart::new(label, value, value.to_string(), tone).href(href)
    };
    let parts = vec![
        part(ReportStatus::Done, t!("status-done"), counts.done, BarTone::Done),
        part(ReportStatus::InProgress, t!("status-in-progress"), counts.in_progress, BarTone::InProgress),
        part(ReportStatus::NotStarted, t!("status-not-started"), counts.not_started, BarTone::NotStarted),
        part(ReportStatus::Overdue, t!("status-overdue"), counts.overdue, BarTone::Overdue),
    ];
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let required = counts.required();
    let completion = if required > 0 {
        let (done, total, share) = (number(counts.done), number(required), number(counts.completion()));
        t!("tracking-done-of", done = done, total = total, share = share)
    } else {
        t!("tracking-nobody-must")
    };
    let exempt = (counts.exempt > 0).then(|| {
        let href = filter.clone().of(course.id, Some(ReportStatus::Exempt), true).address();
        view! { " · " <a href=href>{t!("tracking-exempt-count", count = number(counts.exempt))}</a> }
    });
    // Those who take it of their own accord say nothing about whether those who must have done it.
    let voluntary = (counts.voluntary.total() > 0).then(|| {
        let href = filter.clone().of(course.id, None, false).address();
        let (count, done) = (number(counts.voluntary.total()), number(counts.voluntary.done));
        view! { " · " <a href=href>{t!("tracking-own-count", count = count, done = done)}</a> }
    });
    view! {
        <div class="card">
            <StackedBar title=course.title.clone() parts=parts/>
            <p class="small soft">
                {completion}
                {exempt}
                {voluntary}
            </p>
        </div>
    }
    .into_any()
}
