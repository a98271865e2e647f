//! What authors do by form: publishing a draft, and trying out a conversation.

use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use crate::pages::authoring::play;
use domain::conversation::replay;
use domain::ids::VersionId;
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;
use store::{Change, Conflict, StoreError};

/// Publishes the draft that the author has looked at; a draft that was replaced meanwhile is not.
#[server(prefix = "/do", endpoint = "publish")]
pub async fn publish(#[server(default)] course: String, #[server(default)] version: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
    let seen: VersionId = version.parse().map_err(|_| Failure::NotFound)?;
    let page = format!("/authoring/{slug}");
    let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
    if course.draft.as_ref().map(|draft| draft.id) != Some(seen) {
        // Pressed twice: it is live already.
        if course.current.as_ref().map(|live| live.id) == Some(seen) {
            go(format!("{page}?done=published"));
            return Ok(());
        }
        return refuse(&page, Refused::default().error("", "publish-draft-changed")).await;
    }
    match services.db.publish(Some(viewer.subject), &slug, Change::Minor, now()).await {
        Ok(_) => go(format!("{page}?done=published")),
        Err(StoreError::Conflict(Conflict::FactsMissing)) => {
            return refuse(&page, Refused::default().error("", "publish-facts-missing")).await;
        }
        Err(StoreError::Conflict(_) | StoreError::NotFound(_)) => {
            return refuse(&page, Refused::default().error("", "publish-draft-changed")).await;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Says something in a preview. Nothing is stored: the page's address has all of it.
#[server(prefix = "/do", endpoint = "preview-turn")]
pub async fn preview_turn(
    #[server(default)] course: String,
    #[server(default)] version: String,
    #[server(default)] activity: String,
    #[server(default)] variant: String,
    #[server(default)] play: String,
    #[server(default)] choice: String,
) -> Result<(), Failure> {
    let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
    let version: VersionId = version.parse().map_err(|_| Failure::NotFound)?;
    let activity: ActivityId = activity.parse().map_err(|_| Failure::NotFound)?;
    let services = services();
    let package = services.packages.get(&services.db, version).await?;
    let variant: Option<Slug> = match variant.as_str() {
        "" => None,
        name => Some(name.parse().map_err(|_| Failure::NotFound)?),
    };
    let found = package.activity(&activity).and_then(|activity| activity.telling(variant.as_ref()));
    let scenario = found.ok_or(Failure::NotFound)?.scenario;
    let mut events = play::events(&play);
    let mut state = replay(scenario, &events).map_err(|_| Failure::NotFound)?;
    let event = play::chosen(scenario, &state, &choice).ok_or(Failure::Conflict)?;
    state.apply(scenario, event).map_err(|_| Failure::Conflict)?;
    events.push(event);
    let played = play::written(&events);
    let variant = variant.map(|name| format!("variant={name}&")).unwrap_or_default();
    go(format!("/authoring/{slug}/{version}/a/{activity}?{variant}play={played}#reply"));
    Ok(())
}
