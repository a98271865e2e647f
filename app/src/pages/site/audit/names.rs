//! What identifiers in the log stand for.

use crate::context::services;
use crate::failure::Failure;
use crate::t;
use crate::text::exists;
use domain::ids::{GroupId, SubjectId};
use domain::people::PersonName;
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use store::AuditRow;

/// The names behind the identifiers of a page of rows.
pub(in crate::pages::site) struct Names {
    people: BTreeMap<SubjectId, PersonName>,
    groups: BTreeMap<uuid::Uuid, String>,
}

/// The key of the text for a particular.
pub(super) fn particular(name: &str) -> String {
    format!("audit-detail-{}", name.replace('_', "-"))
}

impl Names {
    /// Those that these rows name.
    pub(in crate::pages::site) async fn of(rows: &[AuditRow]) -> Result<Self, Failure> {
        let db = &services().db;
        let about = rows.iter().filter(|row| row.object_kind == "person").filter_map(|row| row.object_id);
        let inside = rows.iter().filter_map(|row| {
            let detail = serde_json::from_str::<Value>(&row.detail).ok()?;
            detail.get("person")?.as_str()?.parse().ok()
        });
        let mut subjects: Vec<SubjectId> = about.map(SubjectId).chain(inside).collect();
        subjects.extend(rows.iter().filter_map(|row| row.actor));
        subjects.sort_unstable();
        subjects.dedup();
        let people = db.people_by_subject(&subjects).await?;
        let groups = rows.iter().filter(|row| row.object_kind == "group").filter_map(|row| row.object_id);
        let groups: Vec<GroupId> = groups.map(GroupId).collect();
        let groups = db.groups_by_id(&groups).await?;
        Ok(Self { people, groups: groups.into_iter().map(|group| (group.id.0, group.name.to_string())).collect() })
    }

    /// Who it was.
    pub(in crate::pages::site) fn person(&self, subject: SubjectId) -> String {
        self.people.get(&subject).map_or_else(|| t!("audit-erased"), ToString::to_string)
    }

    /// What a row is about, in words.
    pub(in crate::pages::site) fn object(&self, row: &AuditRow) -> AnyView {
        match (row.object_kind.as_str(), row.object_id) {
            ("person", Some(id)) => self.person(SubjectId(id)).into_any(),
            ("group", Some(id)) => match self.groups.get(&id) {
                Some(name) => view! { <a href=format!("/groups/{id}")>{name.clone()}</a> }.into_any(),
                None => t!("audit-group-gone").into_any(),
            },
            ("site", _) => t!("audit-site").into_any(),
            (kind, id) => {
                let key = format!("audit-kind-{kind}");
                let words = if exists(&key) { t!(&key) } else { kind.to_owned() };
                let short = id.map(|id| short(&id.to_string()));
                view! { {words} " " <code class="nowrap">{short}</code> }.into_any()
            }
        }
    }

    /// The particulars of a row, one `name: value` after the other.
    pub(super) fn detail(&self, row: &AuditRow) -> String {
        let Ok(Value::Object(detail)) = serde_json::from_str::<Value>(&row.detail) else { return String::new() };
        let pair = |(name, value): (&String, &Value)| {
            let value = match (name.as_str(), value.as_str()) {
                ("person", Some(subject)) => subject.parse().map_or_else(|_| short(subject), |it| self.person(it)),
                _ => plain(value),
            };
            let key = particular(name);
            let name = if exists(&key) { t!(&key) } else { name.clone() };
            format!("{name}: {value}")
        };
        detail.iter().map(pair).collect::<Vec<_>>().join(" · ")
    }
}

/// The first letters of an identifier, enough to tell two apart.
fn short(id: &str) -> String {
    let is_id = id.parse::<uuid::Uuid>().is_ok();
    // The end of an identifier is the random part; its beginning is the time.
    if is_id { format!("…{}", &id[id.len() - 8..]) } else { id.to_owned() }
}

/// One of the particulars of a row, or nothing.
pub(in crate::pages::site) fn detail_of(row: &AuditRow, name: &str) -> String {
    let detail = serde_json::from_str::<Value>(&row.detail).ok();
    detail.and_then(|detail| detail.get(name).map(plain)).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => short(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Bool(true) => t!("audit-yes"),
        Value::Bool(false) => t!("audit-no"),
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    }
}
