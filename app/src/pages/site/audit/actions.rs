//! What the log can tell of: each action with its kind, and who may read it.

use crate::context::Viewer;
use crate::t;
use crate::text::exists;
use domain::people::Role;
use leptos::prelude::*;

/// What an action is about, as the log is read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    People,
    Groups,
    Assignments,
    Learning,
    Courses,
    Exports,
    Site,
    Security,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::People,
        Self::Groups,
        Self::Assignments,
        Self::Learning,
        Self::Courses,
        Self::Exports,
        Self::Site,
        Self::Security,
    ];

    /// The name in addresses; no action begins with it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::People => "all.people",
            Self::Groups => "all.groups",
            Self::Assignments => "all.assignments",
            Self::Learning => "all.learning",
            Self::Courses => "all.courses",
            Self::Exports => "all.exports",
            Self::Site => "all.site",
            Self::Security => "all.security",
        }
    }

    pub(in crate::pages::site) fn words(self) -> String {
        match self {
            Self::People => t!("audit-all-people"),
            Self::Groups => t!("audit-all-groups"),
            Self::Assignments => t!("audit-all-assignments"),
            Self::Learning => t!("audit-all-learning"),
            Self::Courses => t!("audit-all-courses"),
            Self::Exports => t!("audit-all-exports"),
            Self::Site => t!("audit-all-site"),
            Self::Security => t!("audit-all-security"),
        }
    }

    /// HR answers for people and what they are asked to do, so HR reads what was done about them. How the site is set up,
    /// and what tells of attacks, passwords and ways in, is for admins.
    fn is_for(self, viewer: &Viewer) -> bool {
        viewer.roles.has(Role::Admin) || !matches!(self, Self::Site | Self::Security)
    }
}

/// Every action, in the order of the list; each has a text `audit-NOUN-VERB`. One that is not here is for admins alone.
pub(super) const ACTIONS: &[(&str, Kind)] = &[
    ("person.create", Kind::People),
    ("person.update", Kind::People),
    ("person.roles", Kind::People),
    ("person.disable", Kind::People),
    ("person.enable", Kind::People),
    ("person.remove", Kind::People),
    ("group.create", Kind::Groups),
    ("group.rename", Kind::Groups),
    ("group.membership", Kind::Groups),
    ("group.delete", Kind::Groups),
    ("rule.create", Kind::Assignments),
    ("rule.withdraw", Kind::Assignments),
    ("obligation.extend", Kind::Assignments),
    ("obligation.exempt", Kind::Assignments),
    ("obligation.include", Kind::Assignments),
    ("enrolment.start", Kind::Learning),
    ("receipt.issue", Kind::Learning),
    ("receipt.revoke", Kind::Learning),
    ("attempt.grant", Kind::Learning),
    ("attempt.accept", Kind::Learning),
    ("run.regrade", Kind::Learning),
    ("run.overturn", Kind::Learning),
    ("course.import", Kind::Courses),
    ("course.publish", Kind::Courses),
    ("remark.settled", Kind::Courses),
    ("remark.reopened", Kind::Courses),
    ("suggestion.dropped", Kind::Courses),
    ("tracking.exported", Kind::Exports),
    ("site.facts", Kind::Site),
    ("site.setting", Kind::Site),
    ("site.sign", Kind::Site),
    ("site.check", Kind::Site),
    ("site.rekey", Kind::Site),
    ("sign-in.succeed", Kind::Security),
    ("sign-in.fail", Kind::Security),
    ("sign-in.lock", Kind::Security),
    ("request.refuse", Kind::Security),
    ("person.password", Kind::Security),
    ("ticket.create", Kind::Security),
    ("ticket.redeem", Kind::Security),
];

/// The key of an action's text.
pub(super) fn key(action: &str) -> String {
    format!("audit-{}", action.replace('.', "-"))
}

/// An action in words. One that has none yet says so and names itself.
pub(in crate::pages::site) fn words(action: &str) -> AnyView {
    let key = key(action);
    if exists(&key) {
        t!(&key).into_any()
    } else {
        view! { {t!("audit-unknown")}" "<code>{action.to_owned()}</code> }.into_any()
    }
}

/// The kinds somebody may read.
pub(super) fn kinds(viewer: &Viewer) -> impl Iterator<Item = Kind> + use<'_> {
    Kind::ALL.into_iter().filter(|kind| kind.is_for(viewer))
}

/// The actions somebody may read, of one kind or of all; nothing where they may read everything there is.
pub(super) fn among(viewer: &Viewer, only: Option<Kind>) -> Option<Vec<String>> {
    if only.is_none() && viewer.roles.has(Role::Admin) {
        return None;
    }
    let wanted = |kind: Kind| kind.is_for(viewer) && only.is_none_or(|only| only == kind);
    Some(ACTIONS.iter().filter(|(_, kind)| wanted(*kind)).map(|(action, _)| (*action).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    /// Two words of lower case with a dot between them, as actions are written.
    fn is_action(text: &str) -> bool {
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte))
        };
        text.split_once('.').is_some_and(|(noun, verb)| plain(noun) && plain(verb))
    }

    /// What stands in the calls that write a row of the log, in every crate. A call may get its action from a `match` or a
    /// constant above it, so that all texts of a file that writes are looked at; only names of files are left out.
    fn written(folder: &Path, out: &mut BTreeSet<String>) {
        const ENDINGS: [&str; 9] = ["toml", "csv", "zip", "md", "html", "svg", "sqlite", "key", "css"];
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                written(&path, out);
                continue;
            }
            if path.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            if [".audit(", ".record("].iter().any(|call| source.contains(call)) {
                let texts = source.split('"').filter(|text| is_action(text));
                out.extend(
                    texts
                        .filter(|text| !ENDINGS.iter().any(|ending| text.ends_with(&format!(".{ending}"))))
                        .map(ToOwned::to_owned),
                );
            }
        }
    }

    #[test]
    fn every_action_that_is_written_anywhere_has_words_and_a_kind() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = BTreeSet::new();
        for folder in ["store/src", "app/src", "server/src"] {
            written(&root.join(folder), &mut found);
        }
        assert!(found.len() > 20 && found.contains("tracking.exported"), "{found:?}");
        let missing: Vec<_> = found
            .iter()
            .filter(|action| ACTIONS.iter().all(|(known, _)| known != action) || !exists(&key(action)))
            .collect();
        assert!(missing.is_empty(), "no row in ACTIONS or no text for {missing:?}");
        for (action, _) in ACTIONS {
            assert!(exists(&key(action)), "{}", key(action));
        }
    }

    #[test]
    fn every_particular_that_is_written_has_words() {
        fn names(folder: &Path, out: &mut BTreeSet<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    names(&path, out);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let source = fs::read_to_string(&path).unwrap();
                    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
                    if ![".audit(", ".record("].iter().any(|call| source.contains(call)) {
                        continue;
                    }
                    for object in source.split("json!({").skip(1) {
                        let object = object.split("})").next().unwrap_or_default();
                        let pieces: Vec<&str> = object.split('"').collect();
                        let named = pieces.windows(2).filter(|pair| pair[1].trim_start().starts_with(':'));
                        out.extend(named.map(|pair| pair[0].to_owned()));
                    }
                }
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = BTreeSet::new();
        for folder in ["store/src", "app/src", "server/src"] {
            names(&root.join(folder), &mut found);
        }
        let plain = |name: &&String| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let missing: Vec<_> =
            found.iter().filter(plain).filter(|name| !exists(&super::super::names::particular(name))).collect();
        assert!(found.len() > 10, "{found:?}");
        assert!(missing.is_empty(), "no text for {missing:?}");
    }
}
