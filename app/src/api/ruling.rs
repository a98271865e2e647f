//! A trainer's decision about somebody who has no attempt left.

use super::tracking::reason_given;
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use crate::mail;
use crate::pages::authoring::decisions::{PAGE, field};
use domain::ids::EnrolmentId;
use domain::named::ActivityId;
use domain::progress::Ruling;
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::{Conflict, NewRuling, StoreError};

/// Gives one more attempt, or accepts what was done. The field of the reason is named after what is decided about.
#[server(prefix = "/do", endpoint = "decide")]
pub async fn decide(
    #[server(default)] enrolment: String,
    #[server(default)] activity: String,
    #[server(default)] attempts: String,
    #[server(default)] ruling: String,
    #[server(flatten)] fields: BTreeMap<String, String>,
) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let id: EnrolmentId = enrolment.parse().map_err(|_| Failure::NotFound)?;
    let activity: ActivityId = activity.parse().map_err(|_| Failure::NotFound)?;
    let attempts: u32 = attempts.parse().map_err(|_| Failure::Unreadable)?;
    let ruling: Ruling = ruling.parse().map_err(|_| Failure::Unreadable)?;
    let enrolment = services.db.enrolment_by_id(id).await?;
    if enrolment.person == viewer.person {
        return Err(Failure::Forbidden);
    }
    let field = field(id, &activity);
    let typed = fields.get(&field).map(String::as_str).unwrap_or_default();
    let refused = Refused::default().value(&field, typed);
    let reason = match reason_given(typed) {
        Ok(reason) => reason,
        Err(key) => return refuse(PAGE, refused.error(&field, key)).await,
    };
    let package = services.packages.get(&services.db, enrolment.version).await?;
    let title = package.activity(&activity).ok_or(Failure::NotFound)?.title.clone();
    let new = NewRuling { activity: activity.clone(), attempts, ruling, reason: reason.clone() };
    let decided = services.db.decide(viewer.subject, &enrolment, &package, new, now(), &*services.entropy).await;
    match decided {
        Ok(true) => {
            let person = services.db.person(enrolment.person).await?;
            let page = format!("/courses/{}/a/{activity}", enrolment.slug);
            mail::decided(&person, ruling, &title, &reason, &page).await?;
        }
        Ok(false) => {}
        Err(StoreError::Conflict(Conflict::Decided | Conflict::Changed(_))) => {
            return refuse(PAGE, refused.error("", "decisions-too-late")).await;
        }
        Err(other) => return Err(other.into()),
    }
    go(format!("{PAGE}?done=decided"));
    Ok(())
}
