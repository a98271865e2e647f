//! What a draft does to finished plays: those of a conversation with a corrected key are scored again, those of another shape
//! are not.

use super::edition::Edition;
use crate::context::services;
use crate::failure::Failure;
use crate::t;
use domain::conversation::Difference;
use domain::course::{Activity, Package, Telling};
use leptos::prelude::*;

/// One conversation of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    title: String,
    /// How it differs from what is live.
    difference: Difference,
    /// How many finished plays are scored again.
    again: u64,
    /// How many are not, because they have another shape.
    left: u64,
}

/// What publishing the draft would do to finished plays; nothing when that is nothing.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn view(draft: &Edition) -> Result<Option<AnyView>, Failure> {
    let Some(live) = &draft.course.current else { return Ok(None) };
    let services = services();
    let live = services.packages.get(&services.db, live.id).await?;
    let tellings = draft.package.activities().flat_map(|activity| activity.tellings().map(move |it| (activity, it)));
    let mut lines: Vec<(&Activity, Telling<'_>, Line)> = tellings
        .filter_map(|(activity, telling)| {
            let difference = difference(&live, activity, telling)?;
            let title = match telling.variant {
                Some(_) => telling.scenario.title.clone(),
                None => activity.title.clone(),
            };
            Some((activity, telling, Line { title, difference, again: 0, left: 0 }))
        })
        .collect();
    for group in services.db.judged_runs(draft.course.id).await? {
        let found = lines
            .iter_mut()
            .find(|(activity, telling, _)| activity.id == group.activity && telling.variant == group.variant.as_ref());
        let Some((activity, telling, line)) = found else { continue };
        let judge = services.packages.get(&services.db, group.version).await?;
        match difference(&judge, activity, *telling) {
            Some(Difference::KeyCorrected) => line.again += group.runs,
            Some(Difference::Other) => line.left += group.runs,
            _ => {}
        }
    }
    let words = |line: &Line| told(line).map(|words| view! { <dt>{line.title.clone()}</dt><dd>{words}</dd> });
    let items: Vec<_> = lines.iter().filter_map(|(_, _, line)| words(line)).collect();
    Ok((!items.is_empty()).then(|| view! { <h3>{t!("keys-title")}</h3><dl class="facts">{items}</dl> }.into_any()))
}

/// How a conversation of an activity differs from that of the same name in another package; nothing when that has none.
fn difference(before: &Package, activity: &Activity, after: Telling<'_>) -> Option<Difference> {
    let before = before.activity(&activity.id)?.telling(after.variant)?;
    Some(before.scenario.difference(after.scenario))
}

fn told(line: &Line) -> Option<String> {
    let count = |runs: u64| i64::try_from(runs).unwrap_or(i64::MAX);
    match line.difference {
        Difference::Other if line.left > 0 => Some(t!("keys-shape", count = count(line.left))),
        Difference::KeyCorrected if line.again == 0 => Some(t!("keys-nobody")),
        _ if line.again > 0 => Some(t!("keys-again", count = count(line.again))),
        _ => None,
    }
}
