//! What learners said about a course, at the very line it is about.

use super::overturned::Blocked;
use crate::api::conversation::worded;
use crate::context::{services, visit};
use crate::failure::Failure;
use crate::pages::{opened, page, paging, param};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Badge, BadgeKind, Button, ButtonKind, ButtonSize, Crumb, Crumbs, EmptyState, Hidden, IconName, PageHeader,
};
use crate::when::Moment;
use domain::conversation::parse;
use domain::course::{Body, Package};
use domain::ids::{SubjectId, VersionId};
use domain::remark::{At, RemarkKind, Spot};
use domain::slug::Slug;
use leptos::prelude::*;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, hash_map::Entry};
use std::sync::Arc;
use store::{Page, Remark, Suggestion};

/// The page of a course's remarks.
#[component]
pub fn Remarks() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let slug: Slug = param("slug")?;
    let services = services();
    let course = services.db.course(&slug).await?.ok_or(Failure::NotFound)?;
    let number: u32 = visit().query("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = services.db.remarks(course.id, Page { number, size: paging::SIZE }).await?;
    let mut sources: HashMap<VersionId, Source> = HashMap::new();
    let left = services.db.suggestions(course.id, Page::first(WORDINGS)).await?;
    let replies = services.db.blocked_replies(course.id, BLOCKED).await?;
    let versions = found.items.iter().map(|remark| remark.version).chain(replies.iter().map(|reply| reply.version));
    for version in versions.chain(left.items.iter().map(|left| left.version)) {
        if let Entry::Vacant(unread) = sources.entry(version) {
            let package = services.packages.get(&services.db, version).await?;
            let files = services.db.version_files(version).await?;
            unread.insert(Source { package, files });
        }
    }
    let facts = opened::facts().await?;
    let mut blocked: Vec<Blocked> =
        replies.iter().filter_map(|reply| Blocked::find(reply, sources.get(&reply.version)?, &facts)).collect();
    let mut items = Vec::with_capacity(found.items.len());
    for remark in &found.items {
        let Some(source) = sources.get(&remark.version) else { continue };
        let meant = blocked.iter().position(|words| words.is_meant_by(remark)).map(|at| blocked.remove(at));
        items.push(item(&slug, remark, &source.place(&remark.spot), meant.map(|words| words.view(&slug))));
    }
    let unsaid: Vec<AnyView> = blocked
        .iter()
        .filter(|words| words.counts())
        .filter_map(|words| Some(words.card(&slug, sources.get(&words.version())?)))
        .collect();
    let unsaid = failed(unsaid);
    let body = if found.total == 0 {
        view! { <EmptyState title=t!("remarks-none") text=t!("remarks-none-text") icon=IconName::Flag/> }.into_any()
    } else {
        view! { <ul class="remarks">{items}</ul> }.into_any()
    };
    let wordings = wordings(&slug, &left.items, left.total, &sources);
    let pages = paging::pages(&format!("/authoring/{slug}/remarks?page="), number, found.total);
    let crumbs = vec![
        Crumb::new("/authoring", t!("nav-authoring")),
        Crumb::new(format!("/authoring/{slug}"), course.title.clone()),
    ];
    Ok(view! {
        <Frame title=t!("remarks-title")>
            <Crumbs label=t!("crumbs") items=crumbs/>
            <PageHeader title=t!("remarks-title") lead=t!("remarks-lead")/>
            <div class="stack stack-wide">{body}{pages}{unsaid}{wordings}</div>
        </Frame>
    }
    .into_any())
}

/// The most own words on the page that failed a play; those of the newest plays come first.
const BLOCKED: u32 = 100;

/// Own words that failed a play and that nobody remarked on.
fn failed(cards: Vec<AnyView>) -> Option<AnyView> {
    let count = i64::try_from(cards.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| {
        view! {
            <section class="section" id="failed">
                <div class="section-head"><h2>{t!("overturn-title", count = count)}</h2></div>
                <p class="soft">{t!("overturn-lead")}</p>
                <ul class="remarks">{cards}</ul>
            </section>
        }
        .into_any()
    })
}

/// The most wordings on the page; more come up as these are cleared away.
const WORDINGS: u32 = 50;

/// The wordings that learners left: what a `says:` line might be made of.
fn wordings(slug: &Slug, left: &[Suggestion], total: u64, sources: &HashMap<VersionId, Source>) -> Option<AnyView> {
    let items = left.iter().filter_map(|one| Some(wording(slug, one, sources.get(&one.version)?))).collect_view();
    let count = i64::try_from(total).unwrap_or(i64::MAX);
    (total > 0).then(|| {
        view! {
            <section class="section" id="wordings">
                <div class="section-head"><h2>{t!("wordings-title", count = count)}</h2></div>
                <p class="soft">{t!("wordings-lead")}</p>
                <ul class="remarks">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn wording(slug: &Slug, left: &Suggestion, source: &Source) -> AnyView {
    let at = At::Decision { variant: left.variant.clone(), node: left.node.clone(), choice: Some(left.choice) };
    let place = source.place(&Spot { activity: left.activity.clone(), at });
    let href = format!("/authoring/{slug}/{}/a/{}", left.version, left.activity);
    view! {
        <li class="card remark-card">
            <p class="row"><a href=href>{place.activity}</a><code>{place.line}</code></p>
            <p class="remark-words">{left.words.clone()}</p>
            <p class="small soft">{t!("wordings-closest", words = place.words)}" · "<Moment at=left.made_at time=true/></p>
            <form method="post" action="/do/drop-suggestion">
                <Hidden name="course" value=slug.to_string()/>
                <Hidden name="suggestion" value=left.id.to_string()/>
                <Button label=t!("wordings-drop") kind=ButtonKind::Secondary size=ButtonSize::Small/>
            </form>
        </li>
    }
    .into_any()
}

/// A version with its files, for finding places.
pub struct Source {
    /// Its content.
    pub package: Arc<Package>,
    files: domain::course::Files,
}

/// What a remark is about, as its author finds it.
pub struct Place {
    /// What the activity is called.
    pub activity: String,
    /// The file and the line: `first/talk.conversation:34`.
    pub line: String,
    /// The words it is about.
    words: String,
    why: String,
}

impl Source {
    /// Finds a place in the files.
    #[must_use]
    pub fn place(&self, spot: &Spot) -> Place {
        let Some(activity) = self.package.activity(&spot.activity) else {
            return Place {
                activity: spot.activity.to_string(),
                line: String::new(),
                words: String::new(),
                why: String::new(),
            };
        };
        let telling = match &spot.at {
            At::Decision { variant, .. } => activity.telling(variant.as_ref()),
            _ => None,
        };
        let file = telling.map_or(activity.file.as_str(), |telling| telling.file);
        let text = self.files.get(file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let at = |line: Option<usize>| match line {
            Some(line) => format!("{file}:{line}"),
            None => file.to_owned(),
        };
        let (line, words, why) = match (&spot.at, &activity.body) {
            (At::Decision { node, choice, .. }, Body::Conversation { .. }) => {
                let Some(scenario) = telling.map(|telling| telling.scenario) else {
                    let (line, words, why) = (at(None), String::new(), String::new());
                    return Place { activity: activity.title.clone(), line, words, why };
                };
                let index = scenario.nodes.iter().position(|known| known.id == *node);
                let said = index.and_then(|index| scenario.said(index, *choice));
                let places = parse(&text, file).places;
                let line = index.and_then(|index| {
                    let known = places.nodes.get(index)?;
                    let place = match choice {
                        Some(choice) => known.choices.get(usize::from(*choice))?,
                        None => known.timer.as_ref()?,
                    };
                    usize::try_from(place.text.line).ok()
                });
                let (words, why) = said.unwrap_or_default();
                let node = index.and_then(|index| u16::try_from(index).ok());
                let done = node.zip(*choice).is_some_and(|(node, choice)| scenario.is_done(node, choice));
                let words = worded(words, done);
                (at(line), words, why)
            }
            (At::Item(item), Body::Quiz(quiz)) => {
                let heading = format!("## {item} ");
                let line = text.lines().position(|line| line.starts_with(&heading)).map(|line| line + 1);
                let stem = quiz.item(item).map(|item| item.stem.clone()).unwrap_or_default();
                (at(line), stem, String::new())
            }
            _ => (at(None), String::new(), String::new()),
        };
        Place { activity: activity.title.clone(), line, words, why }
    }
}

/// A name for somebody that says nothing of them: the same person has the same one within a course.
pub(super) fn pseudonym(slug: &Slug, subject: SubjectId) -> String {
    let mut hash = Sha256::new();
    hash.update(b"colloquy pseudonym\0");
    hash.update(slug.as_str());
    hash.update(subject.0.as_bytes());
    hex::encode(&hash.finalize()[..2])
}

fn item(slug: &Slug, remark: &Remark, place: &Place, own: Option<AnyView>) -> AnyView {
    let (kind, label) = match remark.kind {
        RemarkKind::Disagree => (BadgeKind::Plain, t!("remark-badge-disagree")),
        RemarkKind::Problem => (BadgeKind::DueSoon, t!("remark-badge-problem")),
    };
    let href = format!("/authoring/{slug}/{}/a/{}", remark.version, remark.spot.activity);
    let version = remark.number.map(|number| t!("version-number", number = number)).unwrap_or_default();
    let who = t!("remark-who", name = pseudonym(slug, remark.subject));
    let settled = remark.settled_at.is_some();
    let (value, button) = if settled { ("no", t!("remark-reopen")) } else { ("yes", t!("remark-settle")) };
    let quoted = (!place.words.is_empty()).then(|| {
        let why = (!place.why.is_empty()).then(|| view! { <p class="small soft">{place.why.clone()}</p> });
        view! { <blockquote class="said">{place.words.clone()}</blockquote>{why} }
    });
    let class = if settled { "card remark-card remark-settled" } else { "card remark-card" };
    view! {
        <li class=class>
            <p class="row">
                <Badge kind=kind label=label/>
                {settled.then(|| view! { <Badge kind=BadgeKind::Done label=t!("remark-settled")/> })}
                <a href=href>{place.activity.clone()}</a>
                <code>{place.line.clone()}</code>
            </p>
            {quoted}
            <p class="remark-words">{remark.words.clone()}</p>
            {own}
            <p class="small soft">{who}" · "<Moment at=remark.made_at/>" · "{version}</p>
            <form method="post" action="/do/settle-remark">
                <Hidden name="course" value=slug.to_string()/>
                <Hidden name="remark" value=remark.id.to_string()/>
                <Hidden name="settled" value=value/>
                <Button label=button kind=ButtonKind::Secondary size=ButtonSize::Small/>
            </form>
        </li>
    }
    .into_any()
}
