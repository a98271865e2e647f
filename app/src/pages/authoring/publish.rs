//! Publishing a draft: what it would change, what is still in the way, and the question before it.

use super::edition::Edition;
use crate::context::services;
use crate::failure::Failure;
use crate::pages::site::fact_label;
use crate::t;
use crate::ui::{ButtonKind, Confirm, Hidden, LinkButton, Notice, NoticeKind};
use domain::course::{Activity, Package};
use leptos::prelude::*;

/// How a draft differs from what is live, activity by activity.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Titles of what is new.
    pub added: Vec<String>,
    /// Titles of what has another content.
    pub changed: Vec<String>,
    /// Titles of what is gone.
    pub removed: Vec<String>,
}

impl Changes {
    /// From the live package to the draft.
    #[must_use]
    pub fn between(live: &Package, draft: &Package) -> Self {
        let title = |activity: &Activity| activity.title.clone();
        let before = |activity: &Activity| live.activity(&activity.id);
        Self {
            added: draft.activities().filter(|it| before(it).is_none()).map(title).collect(),
            changed: draft
                .activities()
                .filter(|it| before(it).is_some_and(|old| old.hash != it.hash || old.title != it.title))
                .map(title)
                .collect(),
            removed: live.activities().filter(|it| draft.activity(&it.id).is_none()).map(title).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// What a draft would change, in words.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn changes(draft: &Edition) -> Result<AnyView, Failure> {
    let Some(live) = &draft.course.current else {
        return Ok(view! { <p class="soft">{t!("changes-first")}</p> }.into_any());
    };
    if live.hash == draft.version.hash {
        return Ok(view! { <p class="soft">{t!("changes-none")}</p> }.into_any());
    }
    let services = services();
    let before = services.packages.get(&services.db, live.id).await?;
    let changes = Changes::between(&before, &draft.package);
    if changes.is_empty() {
        return Ok(view! { <p class="soft">{t!("changes-frame")}</p> }.into_any());
    }
    let line = |label: String, titles: &[String]| {
        (!titles.is_empty()).then(|| view! { <dt>{label}</dt><dd>{titles.join(", ")}</dd> })
    };
    Ok(view! {
        <dl class="facts">
            {line(t!("changes-added"), &changes.added)}
            {line(t!("changes-changed"), &changes.changed)}
            {line(t!("changes-removed"), &changes.removed)}
        </dl>
    }
    .into_any())
}

/// The button that publishes a draft, with its question; or what has to be done before.
#[must_use]
pub fn control(draft: &Edition) -> AnyView {
    let missing = draft.missing_facts();
    if !missing.is_empty() {
        let names = missing.into_iter().map(fact_label).collect::<Vec<_>>().join(", ");
        return view! {
            <Notice kind=NoticeKind::Warn title=t!("publish-facts-title")>
                <p>{t!("publish-facts", names = names)}</p>
                <LinkButton label=t!("publish-facts-do") href="/site/facts" kind=ButtonKind::Secondary/>
            </Notice>
        }
        .into_any();
    }
    let question = match &draft.course.current {
        None => t!("publish-first"),
        Some(live) => t!("publish-minor", number = live.number.unwrap_or(0) + 1),
    };
    let (course, version) = (draft.course.slug.to_string(), draft.version.id.to_string());
    view! {
        <Confirm open=t!("publish-open") question=question action="/do/publish" confirm=t!("publish-do") kind=ButtonKind::Primary>
            <Hidden name="course" value=course/>
            <Hidden name="version" value=version/>
        </Confirm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::course::{Files, load};

    fn package(text: &str, second: bool) -> Package {
        let toml = "format = 1\nid = \"c\"\ntitle = \"C\"\nsummary = \"S\"\nlanguage = \"en\"\nminutes = 2\nkeys = \"k\"\n\n\
            [[module]]\nid = \"m\"\ntitle = \"M\"\n\n\
            [[module.activity]]\nid = \"a\"\nkind = \"lesson\"\nfile = \"a.md\"\nminutes = 1\n";
        let more = "\n[[module.activity]]\nid = \"b\"\nkind = \"lesson\"\nfile = \"b.md\"\nminutes = 1\n";
        let mut files = Files::new();
        files.insert("course.toml".into(), format!("{toml}{}", if second { more } else { "" }).into_bytes());
        files.insert("a.md".into(), format!("---\ntitle: One\n---\n\n{text}\n").into_bytes());
        if second {
            files.insert("b.md".into(), b"---\ntitle: Two\n---\n\nMore.\n".to_vec());
        }
        let loaded = load(&files);
        loaded.package.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
    }

    #[test]
    fn changes_are_told_by_what_stays_the_same() {
        let (old, new) = (package("Before.", false), package("After.", true));
        assert_eq!(Changes::between(&old, &old), Changes::default());
        let changes = Changes::between(&old, &new);
        assert_eq!((changes.added, changes.changed), (vec!["Two".to_owned()], vec!["One".to_owned()]));
        assert_eq!(Changes::between(&new, &old).removed, vec!["Two".to_owned()]);
    }
}
