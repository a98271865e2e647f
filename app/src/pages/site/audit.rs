//! Who did what, the latest first.

use crate::context::{encode, services, visit};
use crate::failure::Failure;
use crate::pages::{page, query};
use crate::shell::Frame;
use crate::t;
use crate::text::exists;
use crate::ui::{
    Button, ButtonKind, Crumb, Crumbs, EmptyState, IconName, LinkButton, PageHeader, Select, SelectOption, TableRegion,
};
use crate::when::Moment;
use domain::ids::SubjectId;
use domain::people::PersonName;
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use store::{AuditFilter, AuditRow};

/// Rows on a page.
const ROWS: u32 = 50;

/// The actions one can look for, in the order of the list; each has a text `audit-NOUN-VERB`.
const ACTIONS: &[&str] = &[
    "person.create",
    "person.update",
    "person.roles",
    "person.password",
    "person.disable",
    "person.enable",
    "ticket.create",
    "ticket.redeem",
    "group.create",
    "group.rename",
    "group.membership",
    "group.delete",
    "rule.create",
    "rule.withdraw",
    "obligation.extend",
    "obligation.exempt",
    "obligation.include",
    "enrolment.start",
    "receipt.issue",
    "receipt.revoke",
    "attempt.grant",
    "attempt.accept",
    "course.import",
    "course.publish",
    "run.regrade",
    "run.overturn",
    "site.facts",
    "site.setting",
    "site.sign",
    "site.check",
    "site.rekey",
    "sign-in.succeed",
    "sign-in.fail",
    "sign-in.lock",
    "request.refuse",
];

/// The page of the log.
#[component]
pub fn Audit() -> impl IntoView {
    page(content())
}

/// The key of an action's text.
fn key(action: &str) -> String {
    format!("audit-{}", action.replace('.', "-"))
}

/// An action in words, or its code where there are none.
pub(super) fn action_words(action: &str) -> AnyView {
    let key = key(action);
    if exists(&key) { t!(&key).into_any() } else { view! { <code>{action.to_owned()}</code> }.into_any() }
}

async fn content() -> Result<AnyView, Failure> {
    // What is no action of the log is asked for by nobody.
    let action = visit().query("action").filter(|action| ACTIONS.contains(&action.as_str()));
    let before = query::<i64>("before");
    let db = &services().db;
    let filter = AuditFilter { action: action.clone(), before, ..AuditFilter::default() };
    let mut rows = db.audit(&filter, ROWS + 1).await?;
    let more = rows.len() > ROWS as usize;
    rows.truncate(ROWS as usize);
    let names = Names::of(&rows).await?;
    let base = match &action {
        Some(action) => format!("/site/audit?action={}", encode(action)),
        None => "/site/audit?".to_owned(),
    };
    let older = rows.last().filter(|_| more).map(|row| format!("{base}&before={}", row.id));
    let newest = before.map(|_| base);
    let body = if rows.is_empty() { nothing(action.is_some()) } else { table(&rows, &names) };
    Ok(view! {
        <Frame title=t!("audit-title") wide=true>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/site", t!("site-title"))]/>
            <PageHeader title=t!("audit-title") lead=t!("audit-lead")/>
            <div class="stack">
                {finder(action)}
                {body}
                <div class="actions">
                    {newest.map(|href| view! { <LinkButton label=t!("audit-newest") href=href kind=ButtonKind::Quiet/> })}
                    {older.map(|href| view! { <LinkButton label=t!("audit-older") href=href kind=ButtonKind::Secondary/> })}
                </div>
            </div>
        </Frame>
    }
    .into_any())
}

fn finder(action: Option<String>) -> AnyView {
    let mut options = vec![SelectOption::new("", t!("audit-any"))];
    options.extend(ACTIONS.iter().map(|action| SelectOption::new(*action, t!(&key(action)))));
    let clear = action
        .is_some()
        .then(|| view! { <LinkButton label=t!("filter-clear") href="/site/audit" kind=ButtonKind::Quiet/> });
    view! {
        <form class="filters" method="get" action="/site/audit" role="search" aria-label=t!("audit-filter")>
            <Select label=t!("audit-action") name="action" options=options selected=action.unwrap_or_default()/>
            <div class="actions"><Button label=t!("filter-do") kind=ButtonKind::Secondary icon=IconName::Filter/>{clear}</div>
        </form>
    }
    .into_any()
}

fn nothing(filtered: bool) -> AnyView {
    let text = if filtered { t!("audit-none-found-text") } else { t!("audit-none-text") };
    view! { <EmptyState title=t!("audit-none") text=text icon=IconName::Eye/> }.into_any()
}

/// What identifiers in the log stand for.
pub(super) struct Names {
    people: BTreeMap<SubjectId, PersonName>,
    groups: BTreeMap<uuid::Uuid, String>,
}

impl Names {
    pub(super) async fn of(rows: &[AuditRow]) -> Result<Self, Failure> {
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
        let groups = if rows.iter().any(|row| row.object_kind == "group") {
            db.group_names().await?.into_iter().map(|group| (group.id.0, group.name.to_string())).collect()
        } else {
            BTreeMap::new()
        };
        Ok(Self { people, groups })
    }

    fn person(&self, subject: SubjectId) -> String {
        self.people.get(&subject).map_or_else(|| t!("audit-erased"), ToString::to_string)
    }

    /// What a row is about, in words.
    pub(super) fn object(&self, row: &AuditRow) -> AnyView {
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
    fn detail(&self, row: &AuditRow) -> String {
        let Ok(Value::Object(detail)) = serde_json::from_str::<Value>(&row.detail) else { return String::new() };
        let pair = |(name, value): (&String, &Value)| {
            let value = match (name.as_str(), value.as_str()) {
                ("person", Some(subject)) => subject.parse().map_or_else(|_| short(subject), |it| self.person(it)),
                _ => plain(value),
            };
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
pub(super) fn detail_of(row: &AuditRow, name: &str) -> String {
    let detail = serde_json::from_str::<Value>(&row.detail).ok();
    detail.and_then(|detail| detail.get(name).map(plain)).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => short(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    }
}

fn table(rows: &[AuditRow], names: &Names) -> AnyView {
    let rows = rows
        .iter()
        .map(|row| {
            let actor = row.actor.map_or_else(|| t!("audit-program"), |actor| names.person(actor));
            view! {
                <tr>
                    <td data-label=t!("audit-when") class="nowrap"><Moment at=row.at time=true/></td>
                    <td data-label=t!("audit-who")>{actor}</td>
                    <td data-label=t!("audit-action")>{action_words(&row.action)}</td>
                    <td data-label=t!("audit-object")>{names.object(row)}</td>
                    <td data-label=t!("audit-detail") class="small soft">{names.detail(row)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label=t!("audit-title")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("audit-title")}</caption>
                <thead><tr>
                    <th scope="col">{t!("audit-when")}</th>
                    <th scope="col">{t!("audit-who")}</th>
                    <th scope="col">{t!("audit-action")}</th>
                    <th scope="col">{t!("audit-object")}</th>
                    <th scope="col">{t!("audit-detail")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    fn actions(folder: &Path, nouns: &[&str], out: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                actions(&path, nouns, out);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = fs::read_to_string(&path).unwrap();
                let is_action = |text: &&str| {
                    text.split_once('.').is_some_and(|(noun, verb)| {
                        let plain =
                            |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte));
                        nouns.contains(&noun) && !verb.is_empty() && plain(verb)
                    })
                };
                out.extend(source.split('"').filter(is_action).map(ToOwned::to_owned));
            }
        }
    }

    #[test]
    fn every_action_that_the_store_writes_can_be_looked_for_and_read() {
        let nouns = [
            "person",
            "group",
            "ticket",
            "site",
            "course",
            "version",
            "rule",
            "enrolment",
            "receipt",
            "obligation",
            "sign-in",
            "request",
        ];
        let mut written = BTreeSet::new();
        actions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/src"), &nouns, &mut written);
        assert!(written.len() > 5, "{written:?}");
        let missing: Vec<_> =
            written.iter().filter(|action| !ACTIONS.contains(&action.as_str()) || !exists(&key(action))).collect();
        assert!(missing.is_empty(), "no row in ACTIONS or no text for {missing:?}");
        for action in ACTIONS {
            assert!(exists(&key(action)), "{}", key(action));
        }
    }
}
