//! The site: its settings and its facts.

use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::facts::{Fact, FactProblem};
use domain::people::Zone;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The setting with the time zone that people get unless something else is chosen.
pub const USUAL_ZONE: &str = "usual_zone";

/// Sets the time zone that new people get.
#[server(prefix = "/do", endpoint = "set-site")]
pub async fn set_site(#[server(default)] zone: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    match Zone::parse(&zone) {
        Ok(zone) => services().db.set_setting(Some(viewer.subject), USUAL_ZONE, zone.into(), now()).await?,
        Err(problem) => {
            let refused = Refused::default().value("zone", &zone).error("zone", problem.code());
            return refuse("/site", refused).await;
        }
    }
    go("/site?done=saved");
    Ok(())
}

/// The zone that new people get: the site's, or else that of whoever adds them.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn usual_zone() -> Result<String, Failure> {
    let viewer = viewer()?;
    Ok(services().db.setting(USUAL_ZONE).await?.unwrap_or_else(|| viewer.zone.clone()))
}

/// Has the site's records checked now rather than at the next time.
#[server(prefix = "/do", endpoint = "check-records")]
pub async fn check_records() -> Result<(), Failure> {
    let viewer = viewer()?;
    services().db.check_chains_soon(Some(viewer.subject), now()).await?;
    go("/site/records?done=check-asked");
    Ok(())
}

/// The name of a fact's field.
#[must_use]
pub fn fact_field(fact: Fact) -> String {
    format!("fact[{}]", fact.key())
}

/// Sets the facts that courses name; an empty field takes a fact away.
#[server(prefix = "/do", endpoint = "set-facts")]
pub async fn set_facts(#[server(default)] fact: BTreeMap<String, String>) -> Result<(), Failure> {
    let (viewer, services, page) = (viewer()?, services(), "/site/facts");
    let stored = services.db.facts().await?;
    let mut refused = Refused::default();
    let mut changed = BTreeMap::new();
    for one in Fact::ALL {
        let Some(typed) = fact.get(one.key()) else { continue };
        refused = refused.value(&fact_field(one), typed);
        let value = match one.parse_value(typed) {
            Ok(value) => Some(value),
            Err(FactProblem::Empty) => None,
            Err(problem) => {
                if let FactProblem::TooLong(most) = problem {
                    refused.note = Some(most.to_string());
                }
                refused = refused.error(&fact_field(one), problem.code());
                continue;
            }
        };
        if stored.get(one) != value.as_deref() {
            changed.insert(one, value);
        }
    }
    if !refused.errors.is_empty() {
        return refuse(page, refused).await;
    }
    if !changed.is_empty() {
        services.db.set_facts(Some(viewer.subject), changed, now()).await?;
    }
    go("/site/facts?done=saved");
    Ok(())
}
