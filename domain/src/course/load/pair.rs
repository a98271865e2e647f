//! Whether pairs are pairs.

use super::super::{
    manifest::{Entry, Manifest, Part},
    model::{Activity, Body, Module},
    table::Located,
};
use crate::{
    conversation::Scenario,
    diagnostic::{Diagnostics, Span},
    named::ActivityId,
    slug::Slug,
    source::Source,
};
use std::collections::BTreeMap;

/// Each pair is two conversations of one module, the same case on two channels.
pub(super) fn check(source: &Source<'_>, manifest: &Manifest, modules: &[Module], found: &mut Diagnostics) {
    let mut pairs: BTreeMap<&Slug, Vec<(&Part, &Entry, &Span)>> = BTreeMap::new();
    for part in &manifest.modules {
        for entry in &part.entries {
            if let Some(Located { value, span }) = &entry.pair {
                pairs.entry(value).or_default().push((part, entry, span));
            }
        }
    }
    for (name, members) in pairs {
        let Some((_, _, span)) = members.last() else { continue };
        let [(part, one, _), (other_part, other, _)] = members.as_slice() else {
            let message = match members.len() {
                1 => format!("the pair `{name}` has one conversation only"),
                count => format!("the pair `{name}` has {count} conversations"),
            };
            let problem = source.error("not-a-pair", (*span).clone(), message);
            found.push(problem.hint("give the same `pair` to exactly two conversations"));
            continue;
        };
        if part.id != other_part.id {
            let problem = source.error("pair-apart", (*span).clone(), format!("the pair `{name}` lies in two modules"));
            found.push(problem.hint("put both conversations into one module: they change places"));
        }
        // A file with errors of its own has no scenario, and says so itself.
        let (Some(one), Some(other)) = (scenario(modules, &one.id), scenario(modules, &other.id)) else { continue };
        if one.family.is_none() || one.family != other.family {
            let problem = source.error(
                "pair-unalike",
                (*span).clone(),
                format!("the conversations of the pair `{name}` do not tell the same case"),
            );
            found.push(problem.hint("give both files the same `family`"));
        } else if one.channel == other.channel {
            let problem = source.error(
                "pair-unalike",
                (*span).clone(),
                format!("both conversations of the pair `{name}` are on the same channel"),
            );
            found.push(problem.hint("a pair compares two channels"));
        }
    }
}

fn scenario<'m>(modules: &'m [Module], id: &ActivityId) -> Option<&'m Scenario> {
    let activity: &Activity = modules.iter().flat_map(|module| &module.activities).find(|it| it.id == *id)?;
    match &activity.body {
        Body::Conversation { scenario, .. } => Some(scenario),
        _ => None,
    }
}
