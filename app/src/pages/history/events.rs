//! What happened, newest first, with days and without the time of day. Results and single activities are among it only for those
//! who may see them; practice and what was said never are.

use crate::context::Services;
use crate::failure::Failure;
use crate::t;
use crate::when::{Moment, civil, day as day_of};
use domain::course::Package;
use domain::ids::CourseId;
use domain::named::ActivityId;
use domain::percent::Percent;
use domain::progress::Ruling;
use domain::sight::{Kept, Reader, Sight, sight};
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{EnrolmentPast, ExceptionKind, PersonHistory, RunPast};

/// Events shown at once; the older ones are folded away.
const SHOWN: usize = 40;

/// Something that happened.
struct Event {
    at: Timestamp,
    course: String,
    words: String,
    more: Option<String>,
    href: Option<String>,
    class: Option<&'static str>,
}

impl Event {
    fn new(at: Timestamp, course: &str, words: String) -> Self {
        Self { at, course: course.to_owned(), words, more: None, href: None, class: None }
    }

    fn more(mut self, more: Option<String>) -> Self {
        self.more = more;
        self
    }

    fn class(mut self, class: Option<&'static str>) -> Self {
        self.class = class;
        self
    }
}

/// The timeline.
pub async fn of(services: &Services, history: &PersonHistory, reader: Reader) -> Result<AnyView, Failure> {
    let results = sight(reader, Kept::Results).is_named();
    let mut events = decisions(history);
    for enrolment in &history.enrolments {
        let package = services.packages.get(&services.db, enrolment.version).await?;
        events.extend(learning(enrolment));
        // A part of the status is where they stand with each course.
        if sight(reader, Kept::Status) != Sight::Part {
            events.extend(activities(enrolment, &package, results));
        }
        // How often somebody tried says how they did.
        if results {
            events.extend(attempts(enrolment, &package));
        }
    }
    for receipt in &history.receipts {
        let mut event = Event::new(receipt.issued_at, &title_of(history, receipt.course), t!("event-receipt"));
        event.href = Some(format!("/receipts/{}", receipt.id));
        events.push(event.class(Some("timeline-good")));
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    Ok(timeline(events))
}

/// What a course is called.
fn title_of(history: &PersonHistory, course: CourseId) -> String {
    let standing = history.standing.iter().find(|one| one.course == course).map(|one| &one.course_title);
    let taken = || history.enrolments.iter().find(|one| one.course == course).map(|one| &one.title);
    standing.or_else(taken).cloned().unwrap_or_default()
}

/// Assignments, extensions, exemptions.
fn decisions(history: &PersonHistory) -> Vec<Event> {
    let mut events = vec![];
    for one in &history.standing {
        if let Some(at) = one.assigned_at {
            let extended = history.exceptions.iter().any(|exception| {
                exception.course == one.course && matches!(exception.kind, ExceptionKind::Extension(_))
            });
            // After an extension the due day that was assigned is not known any more.
            let words = match one.due_on.filter(|_| !extended) {
                Some(day) => t!("event-assigned-due", date = civil(&day.to_string())),
                None => t!("event-assigned"),
            };
            events.push(Event::new(at, &one.course_title, words));
        }
    }
    for exception in &history.exceptions {
        let title = title_of(history, exception.course);
        let reason = Some(t!("event-reason", reason = exception.reason.clone()));
        let words = match exception.kind {
            ExceptionKind::Extension(day) => t!("event-extended", date = civil(&day.to_string())),
            ExceptionKind::Exemption => t!("event-exempted"),
        };
        events.push(Event::new(exception.created_at, &title, words).more(reason));
        if let (Some(at), ExceptionKind::Exemption) = (exception.ended_at, exception.kind) {
            events.push(Event::new(at, &title, t!("event-exemption-ended")));
        }
    }
    events
}

/// What an activity is called in its version.
fn name(package: &Package, activity: &ActivityId) -> String {
    package.activity(activity).map_or_else(|| activity.to_string(), |activity| activity.title.clone())
}

/// That a course was begun and completed.
fn learning(one: &EnrolmentPast) -> Vec<Event> {
    let started = if one.cycle > 1 { t!("event-restarted", cycle = one.cycle) } else { t!("event-started") };
    let mut events = vec![Event::new(one.started_at, &one.title, started)];
    if let Some(at) = one.completed_at {
        events.push(Event::new(at, &one.title, t!("event-completed")).class(Some("timeline-good")));
    }
    events
}

/// Which activities were finished, without how well.
fn activities(one: &EnrolmentPast, package: &Package, results: bool) -> Vec<Event> {
    let mut events = vec![];
    for activity in &one.activities {
        let Some(at) = activity.completed_at else { continue };
        let accepted =
            one.rulings.iter().find(|ruled| ruled.ruling == Ruling::Accepted && ruled.activity == activity.activity);
        if let Some(ruled) = accepted {
            let words = t!("event-ruled-accepted", title = name(package, &activity.activity));
            // Why says how they did.
            let reason = results.then(|| t!("event-reason", reason = ruled.reason.clone()));
            events.push(Event::new(at, &one.title, words).more(reason));
            continue;
        }
        let words = t!("event-activity-done", title = name(package, &activity.activity));
        events.push(Event::new(at, &one.title, words));
    }
    events
}

/// Attempts at quizzes and conversations, with their marks.
fn attempts(one: &EnrolmentPast, package: &Package) -> Vec<Event> {
    let mut events = vec![];
    for attempt in &one.attempts {
        let Some(at) = attempt.submitted_at else { continue };
        let title = name(package, &attempt.activity);
        let words = match attempt.percent {
            Some(percent) => t!("event-attempt-score", title = title, number = attempt.number, score = whole(percent)),
            None => t!("event-attempt", title = title, number = attempt.number),
        };
        events.push(Event::new(at, &one.title, words).more(verdict(attempt.passed)));
    }
    for ruled in one.rulings.iter().filter(|ruled| ruled.ruling == Ruling::Again) {
        let words = t!("event-ruled-again", title = name(package, &ruled.activity));
        let reason = Some(t!("event-reason", reason = ruled.reason.clone()));
        events.push(Event::new(ruled.made_at, &one.title, words).more(reason));
    }
    for run in &one.runs {
        let Some(at) = run.ended_at else { continue };
        let title = name(package, &run.activity);
        let words = match run.score {
            Some(percent) => t!("event-run-score", title = title, number = run.number, score = whole(percent)),
            None => t!("event-run", title = title, number = run.number),
        };
        let more: Vec<String> = [verdict(run.passed), anew(run)].into_iter().flatten().collect();
        events.push(Event::new(at, &one.title, words).more((!more.is_empty()).then(|| more.join(" · "))));
    }
    events
}

/// That a play was judged anew, and what it had been before.
fn anew(run: &RunPast) -> Option<String> {
    let (at, first) = run.regraded?;
    let date = day_of(at);
    Some(match (run.score, first.score) {
        (Some(now), Some(before)) if now.whole() != before.whole() => {
            t!("event-run-was", date = date, score = whole(before))
        }
        _ if run.passed == Some(true) && !first.passed => t!("event-run-passes", date = date),
        _ => t!("event-run-again", date = date),
    })
}

/// A mark in whole per cent, rounded as on the receipt.
fn whole(percent: Percent) -> i64 {
    i64::from(percent.whole())
}

fn verdict(passed: Option<bool>) -> Option<String> {
    passed.map(|passed| if passed { t!("event-passed") } else { t!("event-not-passed") })
}

fn timeline(mut events: Vec<Event>) -> AnyView {
    let body = if events.is_empty() {
        view! { <p class="soft">{t!("history-none")}</p> }.into_any()
    } else {
        let older = events.split_off(events.len().min(SHOWN));
        let count = i64::try_from(older.len()).unwrap_or(i64::MAX);
        let older = (count > 0).then(|| {
            let older = list(older);
            view! {
                <crate::ui::Disclosure summary=t!("history-older", count = count)>{older}</crate::ui::Disclosure>
            }
        });
        view! { {list(events)} {older} }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="history">
            <div class="section-head"><h2 id="history">{t!("history-title")}</h2></div>
            {body}
        </section>
    }
    .into_any()
}

fn list(events: Vec<Event>) -> AnyView {
    let lines = events.into_iter().map(line).collect_view();
    view! { <ol class="timeline">{lines}</ol> }.into_any()
}

fn line(event: Event) -> AnyView {
    let words = match event.href {
        Some(href) => view! { <a href=href>{event.words}</a> }.into_any(),
        None => view! { <b>{event.words}</b> }.into_any(),
    };
    view! {
        <li class=event.class>
            <Moment at=event.at/>
            <p>{words} " " <span class="soft">{event.course}</span></p>
            {event.more.map(|more| view! { <p class="small soft">{more}</p> })}
        </li>
    }
    .into_any()
}
