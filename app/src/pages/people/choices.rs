//! What there is to choose from in forms about people: roles, languages, time zones, groups.

use crate::context::Viewer;
use crate::t;
use crate::ui::{ChoiceOption, SelectOption};
use domain::people::{Role, Roles};
use std::sync::LazyLock;

/// The name of a role in words.
#[must_use]
pub fn role_words(role: Role) -> String {
    match role {
        Role::Learner => t!("role-learner"),
        Role::Trainer => t!("role-trainer"),
        Role::Manager => t!("role-manager"),
        Role::Hr => t!("role-hr"),
        Role::Admin => t!("role-admin"),
    }
}

/// Several roles in words.
#[must_use]
pub fn roles_words(roles: Roles) -> String {
    roles.iter().map(role_words).collect::<Vec<_>>().join(", ")
}

/// The roles this viewer may give, as checkboxes.
#[must_use]
pub fn roles(viewer: &Viewer, chosen: Roles) -> Vec<ChoiceOption> {
    let admin = viewer.roles.has(Role::Admin);
    let given = Role::ALL.into_iter().filter(|role| admin || !matches!(role, Role::Hr | Role::Admin));
    given
        .map(|role| {
            let hint = match role {
                Role::Learner => t!("role-learner-hint"),
                Role::Trainer => t!("role-trainer-hint"),
                Role::Manager => t!("role-manager-hint"),
                Role::Hr => t!("role-hr-hint"),
                Role::Admin => t!("role-admin-hint"),
            };
            ChoiceOption::new(role.as_str(), role_words(role)).hint(hint).checked(chosen.has(role))
        })
        .collect()
}

/// What the roles' field says above its choices.
#[must_use]
pub fn roles_hint(viewer: &Viewer) -> String {
    if viewer.roles.has(Role::Admin) { String::new() } else { t!("person-roles-hint") }
}

/// The languages of the site, and the one chosen, should it be another.
#[must_use]
pub fn languages(chosen: &str) -> Vec<SelectOption> {
    let mut options = vec![SelectOption::new("en", t!("language-en"))];
    if chosen != "en" && !chosen.is_empty() {
        options.push(SelectOption::new(chosen, chosen));
    }
    options
}

/// The time zones that are named after places, and UTC.
static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    const PARTS: [&str; 9] =
        ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];
    let all = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    let mut zones: Vec<_> = all.filter(|name| PARTS.iter().any(|part| name.starts_with(part))).collect();
    zones.sort();
    zones.dedup();
    zones.insert(0, "UTC".to_owned());
    zones
});

/// The time zones, and the one chosen, should it be another.
#[must_use]
pub fn zones(chosen: &str) -> Vec<SelectOption> {
    let other = Some(chosen).filter(|zone| !zone.is_empty() && !ZONES.iter().any(|known| known == zone));
    let known = ZONES.iter().map(String::as_str);
    other.into_iter().chain(known).map(|zone| SelectOption::new(zone, zone.replace('_', " "))).collect()
}
