//! What learners say back to the author, and the author's marking it as dealt with.

use super::tracking::reason_given;
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use crate::pages::authoring::overturned;
use crate::pages::opened::Opened;
use crate::pages::remark::{FIELD, KIND, name};
use domain::conversation::{Event, replay};
use domain::course::Body;
use domain::ids::{AttemptId, RemarkId, RunId, SuggestionId, VersionId};
use domain::named::ActivityId;
use domain::remark::{At, RemarkKind, RemarkText, Spot};
use domain::slug::Slug;
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::{Conflict, NewRemark, Overturning, StoreError};

/// What a remark is about, and the page it is made on.
struct About {
    version: VersionId,
    spot: Spot,
    page: String,
}

impl About {
    /// A decision of the caller's own finished play.
    async fn decision(run: &str, place: &str) -> Result<Self, Failure> {
        let services = services();
        let id: RunId = run.parse().map_err(|_| Failure::NotFound)?;
        let run = services.db.run(id, viewer()?.person).await?.ok_or(Failure::NotFound)?;
        let enrolment = services.db.enrolment_by_id(run.enrolment.ok_or(Failure::NotFound)?).await?;
        let place: usize = place.parse().map_err(|_| Failure::Unreadable)?;
        let event = run.events.get(place).filter(|_| run.ended_at.is_some()).ok_or(Failure::NotFound)?;
        let package = services.packages.get(&services.db, run.version).await?;
        let scenario = super::conversation::scenario(&package, &run)?;
        let state = replay(scenario, &run.events[..place]).map_err(|_| Failure::Internal)?;
        let node = scenario.nodes.get(usize::from(state.node)).ok_or(Failure::Internal)?.id.clone();
        let choice = match event {
            Event::Chose(choice) => Some(*choice),
            Event::TimedOut => None,
        };
        let page = format!("/courses/{}/a/{}/result?run={id}", enrolment.slug, run.activity);
        Ok(Self {
            version: run.version,
            spot: Spot { activity: run.activity, at: At::Decision { variant: run.variant, node, choice } },
            page,
        })
    }

    /// A question of the caller's own attempt that was handed in.
    async fn item(attempt: &str, place: &str) -> Result<Self, Failure> {
        let services = services();
        let id: AttemptId = attempt.parse().map_err(|_| Failure::NotFound)?;
        let attempt = services.db.attempt_alone(id, viewer()?.person).await?.ok_or(Failure::NotFound)?;
        let package = services.packages.get(&services.db, attempt.version).await?;
        let Some(Body::Quiz(quiz)) = package.activity(&attempt.activity).map(|activity| &activity.body) else {
            return Err(Failure::NotFound);
        };
        let item = place.parse().map_err(|_| Failure::NotFound)?;
        if attempt.submitted_at.is_none() || quiz.item(&item).is_none() {
            return Err(Failure::NotFound);
        }
        let page = format!("/courses/{}/a/{}/result?attempt={id}", attempt.course, attempt.activity);
        Ok(Self { version: attempt.version, spot: Spot { activity: attempt.activity, at: At::Item(item) }, page })
    }

    /// An activity of a course that the caller takes, as a whole.
    async fn whole(course: &str, activity: &str) -> Result<Self, Failure> {
        let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
        let activity: ActivityId = activity.parse().map_err(|_| Failure::NotFound)?;
        let opened = Opened::load(&slug).await?;
        opened.activity(&activity)?;
        let page = opened.href(&activity);
        Ok(Self { version: opened.enrolment.version, spot: Spot { activity, at: At::Whole }, page })
    }
}

/// Keeps a remark for the author. The fields of the words and of the kind are named after the place.
#[server(prefix = "/do", endpoint = "remark")]
pub async fn remark(
    #[server(default)] run: String,
    #[server(default)] attempt: String,
    #[server(default)] course: String,
    #[server(default)] activity: String,
    #[server(default)] place: String,
    #[server(flatten)] fields: BTreeMap<String, String>,
) -> Result<(), Failure> {
    let person = viewer()?.person;
    let about = match (run.is_empty(), attempt.is_empty()) {
        (false, _) => About::decision(&run, &place).await?,
        (_, false) => About::item(&attempt, &place).await?,
        _ => About::whole(&course, &activity).await?,
    };
    let (field, sort) = (name(FIELD, &place), name(KIND, &place));
    let text = fields.get(&field).map(String::as_str).unwrap_or_default();
    let kind = fields.get(&sort).and_then(|kind| kind.parse().ok()).unwrap_or(RemarkKind::Problem);
    let typed = Refused::default().value(&field, text).value(&sort, kind.name());
    let text = match RemarkText::parse(text) {
        Ok(text) => text,
        Err(problem) => return refuse(&about.page, typed.error(&field, problem.code())).await,
    };
    let services = services();
    let new = NewRemark { person, version: about.version, spot: about.spot, kind, text };
    match services.db.remark(new, now(), &*services.entropy).await {
        Ok(_) => {
            let joint = if about.page.contains('?') { '&' } else { '?' };
            go(format!("{}{joint}done=remark", about.page));
            Ok(())
        }
        Err(StoreError::Conflict(Conflict::TooMany)) => {
            refuse(&about.page, typed.error(&field, "remark-too-many")).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Says that a remark is dealt with, or that it is not after all.
#[server(prefix = "/do", endpoint = "settle-remark")]
pub async fn settle_remark(
    #[server(default)] course: String,
    #[server(default)] remark: String,
    #[server(default)] settled: String,
) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
    let id: RemarkId = remark.parse().map_err(|_| Failure::NotFound)?;
    let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
    services.db.settle_remark(viewer.subject, course.id, id, settled == "yes", now()).await?;
    go(format!("/authoring/{slug}/remarks"));
    Ok(())
}

/// Overturns what a rule found in own words of a finished play. The reason's field is named after the place.
#[server(prefix = "/do", endpoint = "overturn")]
pub async fn overturn(
    #[server(default)] course: String,
    #[server(default)] run: String,
    #[server(default)] turn: String,
    #[server(default)] rule: String,
    #[server(flatten)] fields: BTreeMap<String, String>,
) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
    let page = format!("/authoring/{slug}/remarks");
    let field = overturned::field(&run, &turn, &rule);
    let typed = fields.get(&field).map(String::as_str).unwrap_or_default();
    let reason = match reason_given(typed) {
        Ok(reason) => reason,
        Err(problem) => return refuse(&page, Refused::default().value(&field, typed).error(&field, problem)).await,
    };
    let what = Overturning {
        run: run.parse().map_err(|_| Failure::NotFound)?,
        turn: turn.parse().map_err(|_| Failure::NotFound)?,
        rule: rule.parse().map_err(|_| Failure::NotFound)?,
        reason,
    };
    let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
    match services.db.overturn(viewer.subject, course.id, what, now(), &*services.entropy).await {
        Ok(()) => go(format!("{page}?done=overturned")),
        Err(StoreError::Conflict(Conflict::Oneself)) => return Err(Failure::Forbidden),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Clears away a wording that a learner left, once the author has made use of it.
#[server(prefix = "/do", endpoint = "drop-suggestion")]
pub async fn drop_suggestion(
    #[server(default)] course: String,
    #[server(default)] suggestion: String,
) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
    let id: SuggestionId = suggestion.parse().map_err(|_| Failure::NotFound)?;
    let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
    services.db.drop_suggestion(viewer.subject, course.id, id, now()).await?;
    go(format!("/authoring/{slug}/remarks#wordings"));
    Ok(())
}
