//! Choosing a group, on a site with a handful of them and on one with thousands, with scripts and without.
//!
//! Where there are few, a form offers them all. Where there are many, it takes a name or a part of one: what is typed fits
//! one group, or the page comes back with those it fits, to choose from.

use crate::context::services;
use crate::failure::Failure;
use crate::t;
use crate::ui::{Field, Select, SelectOption};
use domain::ids::GroupId;
use domain::search::{SearchTerm, folded};
use leptos::prelude::*;
use store::{GroupRef, Scope};

/// Groups that are offered all at once.
const FEW: usize = 50;
/// Groups that are offered for a part of a name; more than these call for more of the name.
const FOUND: usize = 20;

/// What a text in a group's field stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Nothing was typed.
    Nothing,
    /// This group.
    One(GroupRef),
    /// Each of these fits.
    Several(Vec<GroupRef>),
    /// More fit than can be offered.
    TooMany,
    /// No group fits.
    NoSuch,
}

impl Named {
    /// The key of what is wrong, if anything is.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::One(_) => None,
            Self::Several(_) => Some("group-several"),
            Self::TooMany => Some("group-too-many"),
            Self::NoSuch => Some("group-no-such"),
        }
    }

    /// The group, if it is one.
    #[must_use]
    pub fn id(&self) -> Option<GroupId> {
        match self {
            Self::One(group) => Some(group.id),
            _ => None,
        }
    }
}

/// The group that a form names by its id, its name or a part of it, among those within a scope.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn named(scope: Scope, text: &str) -> Result<Named, Failure> {
    let (db, text) = (&services().db, text.trim());
    if text.is_empty() {
        return Ok(Named::Nothing);
    }
    let team = match scope {
        Scope::Everyone => None,
        Scope::TeamsOf(manager) => Some(db.teams_of(manager).await?),
    };
    let open = |group: &GroupRef| team.as_ref().is_none_or(|team| team.iter().any(|other| other.id == group.id));
    let exact = match text.parse::<GroupId>() {
        Ok(id) => db.groups_by_id(&[id]).await?.pop(),
        Err(_) => db.group_named(text).await?,
    };
    if let Some(group) = exact.filter(|group| open(group)) {
        return Ok(Named::One(group));
    }
    let mut found = match team {
        // A manager has a few: the part of a name is looked for here.
        Some(team) => {
            let part = folded(text);
            team.into_iter().filter(|group| folded(group.name.as_str()).contains(&part)).collect()
        }
        None => match SearchTerm::parse(text) {
            Some(term) => db.group_names_like(Some(&term), u32::try_from(FOUND + 1).unwrap_or(u32::MAX)).await?,
            None => vec![],
        },
    };
    Ok(match found.len() {
        0 => Named::NoSuch,
        1 => found.pop().map_or(Named::NoSuch, Named::One),
        many if many > FOUND => Named::TooMany,
        _ => Named::Several(found),
    })
}

/// What a group's field shows.
#[derive(Debug, Clone)]
pub struct GroupChoice {
    /// Every group, where they are few.
    few: Option<Vec<GroupRef>>,
    /// What stands in the field.
    typed: String,
    /// What that means.
    pub named: Named,
}

impl GroupChoice {
    /// The groups within a scope, and what `typed` means among them.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the database fails.
    pub async fn load(scope: Scope, typed: &str) -> Result<Self, Failure> {
        let db = &services().db;
        let all = match scope {
            Scope::Everyone => db.group_names_like(None, u32::try_from(FEW + 1).unwrap_or(u32::MAX)).await?,
            Scope::TeamsOf(manager) => db.teams_of(manager).await?,
        };
        let few = (all.len() <= FEW).then_some(all);
        Ok(Self { few, typed: typed.trim().to_owned(), named: named(scope, typed).await? })
    }

    /// Whether there is no group at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.few.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether there is exactly one, which then need not be chosen.
    #[must_use]
    pub fn is_only_one(&self) -> bool {
        self.few.as_ref().is_some_and(|few| few.len() == 1)
    }

    /// Leaves out groups that are of no use here.
    #[must_use]
    pub fn without(mut self, ids: &[GroupId]) -> Self {
        if let Some(few) = &mut self.few {
            few.retain(|group| !ids.contains(&group.id));
        }
        self
    }

    /// What is wrong with what was typed, in words; nothing where it is clear.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        self.named.problem().map(|key| t!(key))
    }
}

/// The field that asks for a group.
#[component]
pub fn GroupField(
    /// What there is to choose from.
    choice: GroupChoice,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// The line that stands for no group; empty where there is none to leave it open.
    #[prop(optional, into)]
    none: String,
    /// More about what is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: String,
    /// A group has to be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let GroupChoice { few, typed, named } = choice;
    let selected = named.id().map(|id| id.to_string()).unwrap_or_default();
    let offered = match (&named, few) {
        (Named::Several(found), None) => Some(found.clone()),
        (_, few) => few,
    };
    match offered {
        Some(groups) => {
            let named = groups.iter().map(|group| SelectOption::new(group.id.to_string(), group.name.to_string()));
            let first = (!none.is_empty()).then(|| SelectOption::new("", none));
            view! {
                <Select label=label name="group" options=first.into_iter().chain(named).collect() selected=selected hint=hint
                    error=error required=required/>
            }
            .into_any()
        }
        None => {
            let shown = match named {
                Named::One(group) => group.name.to_string(),
                _ => typed,
            };
            let hint = if hint.is_empty() { t!("group-type") } else { format!("{hint} {}", t!("group-type")) };
            view! {
                <Field label=label name="group" kind="search" value=shown hint=hint error=error required=required maxlength=80/>
            }
            .into_any()
        }
    }
}
