//! How people play a conversation: what stands out first, then the numbers, drawn and in a table.

mod compare;
mod graph;
mod table;

use self::compare::Other;
use super::edition::{Edition, name};
use crate::api::conversation::worded;
use crate::context::{now, services, visit};
use crate::failure::Failure;
use crate::pages::{page, param, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    BarPart, BarTone, ButtonKind, EmptyState, IconName, LinkButton, Notice, NoticeKind, PageHeader, StackedBar, Stat,
    Stats, Tab, Tabs,
};
use domain::conversation::insight::{FEWEST, Finding};
use domain::conversation::{EndingKind, Event, Insight, Scenario};
use domain::ids::VersionId;
use domain::named::ActivityId;
use domain::percent::Percent;
use domain::slug::Slug;
use leptos::prelude::*;

/// How many runs are looked at: the newest tell how a version is played now, and a page stays quick.
const MOST: u32 = 2000;

/// How many other versions are linked to.
const OTHERS: usize = 4;

/// How much of a text is shown where only its beginning is needed, in letters.
const BEGINNING: usize = 100;

/// The page.
#[component]
pub fn Played() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let id: ActivityId = param("activity")?;
    let edition = Edition::load().await?;
    let activity = edition.package.activity(&id).ok_or(Failure::NotFound)?;
    let variant: Option<Slug> = query("variant");
    let telling = activity.telling(variant.as_ref()).ok_or(Failure::NotFound)?;
    let (variant, scenario) = (telling.variant, telling.scenario);
    let services = services();
    // Whoever plays a variant has played something before: there are no first plays to tell apart.
    let first = variant.is_none() && visit().query("plays").as_deref() == Some("first");
    let (tracks, all) = services.db.tracks(edition.version.id, &id, variant, first, MOST).await?;
    let bounded = all > u64::from(MOST);
    let solved = services.solved.get(&telling.content, scenario).ok();
    let insight = Insight::of(scenario, solved.as_deref(), &tracks, now());
    let about = About { edition: &edition, scenario, insight: &insight };
    let asked = |variant, first, against| address(&edition, &id, variant, first, against);
    let read = edition.address(&id, "", variant);
    let against = visit().query("against").map(|id| id.parse::<VersionId>());
    let other = match against {
        Some(version) => {
            let version = version.map_err(|_| Failure::NotFound)?;
            Some(Other::load(&edition, &id, variant, version, first).await?)
        }
        None => None,
    };
    let body = if all == 0 && !first && other.is_none() {
        view! { <EmptyState title=t!("insight-none") text=t!("insight-none-text") icon=IconName::Chart/> }.into_any()
    } else {
        let tab = |of_first: bool| asked(variant, of_first, other.as_ref().map(Other::id));
        let tabs = vec![
            Tab::new(tab(false), t!("insight-all")).current(!first),
            Tab::new(tab(true), t!("insight-first")).current(first),
        ];
        let bounded = bounded.then(|| {
            let (most, all) = (i64::from(MOST), i64::try_from(all).unwrap_or(i64::MAX));
            view! { <Notice><p>{t!("insight-newest", most = most, all = all)}</p></Notice> }
        });
        let tabs = variant.is_none().then(|| view! { <Tabs label=t!("insight-tabs") tabs=tabs/> });
        let told = match &other {
            Some(other) => compare::view(&about, other, asked(variant, first, None)),
            None => about.view(&read),
        };
        view! { {tabs}{bounded}{told} }.into_any()
    };
    let others = others(&edition, &id, variant, first).await?;
    let tellings = edition.tellings(activity, variant, "/insight");
    let kicker = format!("{} · {}", activity.title, name(&edition.version));
    let (title, crumbs) = (format!("{} – {}", t!("insight-title"), activity.title), edition.crumbs(true));
    Ok(view! {
        <Frame title=title wide=true>
            {crumbs}
            <PageHeader title=t!("insight-title") kicker=kicker lead=t!("insight-lead")>
                <LinkButton label=t!("insight-read") href=read kind=ButtonKind::Secondary/>
            </PageHeader>
            <div class="stack stack-wide">{others}{tellings}{body}</div>
        </Frame>
    }
    .into_any())
}

/// The page of these plays of a conversation, beside another version where one is named.
fn address(
    edition: &Edition,
    id: &ActivityId,
    variant: Option<&Slug>,
    first: bool,
    against: Option<VersionId>,
) -> String {
    let variant = variant.map(|name| format!("variant={name}"));
    let first = first.then(|| "plays=first".to_owned());
    let against = against.map(|version| format!("against={version}"));
    let asked: Vec<_> = [variant, first, against].into_iter().flatten().collect();
    let mark = if asked.is_empty() { "" } else { "?" };
    format!("{}/a/{id}/insight{mark}{}", edition.base(), asked.join("&"))
}

/// The newest other versions that have this conversation: whether a change helped shows between them.
async fn others(
    edition: &Edition,
    id: &ActivityId,
    variant: Option<&Slug>,
    first: bool,
) -> Result<Option<AnyView>, Failure> {
    let services = services();
    let versions = services.db.versions(edition.course.id).await?;
    let mut links = Vec::new();
    let published = versions.iter().filter(|version| version.number.is_some() && version.id != edition.version.id);
    for version in published.take(OTHERS) {
        let package = services.packages.get(&services.db, version.id).await?;
        if package.activity(id).and_then(|found| found.telling(variant)).is_some() {
            let href = address(edition, id, variant, first, Some(version.id));
            links.push(view! { <li><a href=href>{name(version)}</a></li> });
        }
    }
    Ok((!links.is_empty()).then(|| {
        view! { <nav class="row" aria-label=t!("insight-others")><span class="soft">{t!("insight-others")}</span><ul class="insight-others">{links}</ul></nav> }.into_any()
    }))
}

/// A conversation and what is told of its runs.
struct About<'a> {
    edition: &'a Edition,
    scenario: &'a Scenario,
    insight: &'a Insight,
}

impl About<'_> {
    fn view(&self, address: &str) -> AnyView {
        let insight = self.insight;
        let few = (insight.learners < FEWEST).then(|| {
            view! { <Notice><p>{t!("insight-few", fewest = i64::from(FEWEST))}</p></Notice> }
        });
        let unreadable = (insight.unreadable > 0).then(|| {
            let count = i64::from(insight.unreadable);
            view! { <Notice kind=NoticeKind::Warn><p>{t!("insight-unreadable", count = count)}</p></Notice> }
        });
        let drawn = graph::svg(self.scenario, insight);
        view! {
            {few}
            {unreadable}
            {self.findings()}
            {self.numbers()}
            <section class="section">
                <div class="section-head"><h2>{t!("insight-drawn")}</h2></div>
                {graph::legend()}
                <div class="table-region insight-map" role="region" tabindex="0" aria-label=t!("insight-drawn-label") inner_html=drawn></div>
            </section>
            <section class="section">
                <div class="section-head"><h2>{t!("insight-table")}</h2></div>
                <p class="soft">{t!("insight-table-lead")}</p>
                {table::view(self, address)}
            </section>
        }
        .into_any()
    }

    /// What stands out, a sentence each.
    fn findings(&self) -> Option<AnyView> {
        let found = self.insight.findings();
        let items = found.iter().map(|finding| self.finding(finding)).collect_view();
        let body = if !found.is_empty() {
            view! { <ul class="insight-findings">{items}</ul> }.into_any()
        } else if self.insight.learners >= FEWEST {
            view! { <p>{t!("insight-nothing")}</p> }.into_any()
        } else {
            return None;
        };
        Some(view! { <section class="card stack stack-close"><h2>{t!("insight-look")}</h2>{body}</section> }.into_any())
    }

    fn finding(&self, finding: &Finding) -> AnyView {
        let (node, class, sentence) = match *finding {
            Finding::PopularMistake { node, event, share, cost } => {
                let (share, cost) = (i64::from(share.whole()), cost.round());
                let sentence = match event {
                    Event::TimedOut => t!("insight-mistake-silence", share = share, cost = cost),
                    Event::Chose(_) => {
                        t!("insight-mistake", share = share, cost = cost, text = self.words(node, event))
                    }
                };
                (node, "insight-mistake", sentence)
            }
            Finding::NeverTaken { node, event, offered } => {
                let text = self.words(node, event);
                (node, "insight-never", t!("insight-never", text = text, count = i64::from(offered)))
            }
        };
        let (href, name) = (format!("#{}", anchor(self.scenario, node)), node_name(self.scenario, node));
        view! { <li class=class><a href=href><code>{name}</code></a>": "{sentence}</li> }.into_any()
    }

    /// The beginning of what somebody said, or that nothing was said.
    fn words(&self, node: u16, event: Event) -> String {
        self.words_of(self.scenario, node, event)
    }

    /// The same in a version of it.
    fn words_of(&self, scenario: &Scenario, node: u16, event: Event) -> String {
        let choice = match event {
            Event::TimedOut => return t!("insight-silence"),
            Event::Chose(choice) => choice,
        };
        let (text, _) = scenario.said(usize::from(node), Some(choice)).unwrap_or_default();
        worded(beginning(&self.edition.authored.plain(&text)), scenario.is_done(node, choice))
    }

    fn numbers(&self) -> AnyView {
        let insight = self.insight;
        let (runs, learners) = (i64::from(insight.runs), i64::from(insight.learners));
        let few = || t!("insight-too-few");
        let time = insight.time.map_or_else(few, |time| lasting(time.median));
        let score = insight.score.map_or_else(few, |score| score.to_string());
        let stats = vec![
            Stat::new(t!("insight-runs", count = learners), runs.to_string()),
            Stat::new(t!("insight-finished"), insight.finished.to_string()),
            Stat::new(t!("insight-abandoned"), insight.abandoned.to_string()),
            Stat::new(t!("insight-time"), time),
            Stat::new(t!("insight-score"), score),
        ];
        let ended = |kind: EndingKind| -> u32 {
            let endings = insight.nodes.iter().filter_map(|node| node.ending);
            endings.filter(|(found, _)| *found == kind).map(|(_, times)| times).sum()
        };
        let part = |label: String, count: u32, tone| {
            let shown = t!("insight-part", count = i64::from(count), share = share(count, insight.runs));
            BarPart::new(label, u64::from(count), shown, tone)
        };
        let parts = vec![
            part(t!("insight-success"), ended(EndingKind::Success), BarTone::Done),
            part(t!("insight-neutral"), ended(EndingKind::Neutral), BarTone::InProgress),
            part(t!("insight-failure"), ended(EndingKind::Failure), BarTone::Overdue),
            part(t!("insight-abandoned"), insight.abandoned, BarTone::DueSoon),
            part(t!("insight-open"), insight.open, BarTone::NotStarted),
        ];
        view! {
            <section class="section">
                <h2 class="visually-hidden">{t!("insight-numbers")}</h2>
                <Stats items=stats/>
                <p class="small soft">{t!("insight-numbers-note")}</p>
                <StackedBar title=t!("insight-ended") parts=parts/>
            </section>
        }
        .into_any()
    }
}

fn node_name(scenario: &Scenario, node: u16) -> String {
    scenario.nodes.get(usize::from(node)).map(|node| node.id.to_string()).unwrap_or_default()
}

/// Where the table has a node.
fn anchor(scenario: &Scenario, node: u16) -> String {
    format!("at-{}", node_name(scenario, node))
}

/// A share in whole percent; of nothing it is none.
fn share(part: u32, whole: u32) -> i64 {
    if whole == 0 { 0 } else { i64::from(Percent::of(f64::from(part), f64::from(whole)).whole()) }
}

/// A time in words, to the second.
fn lasting(milliseconds: i64) -> String {
    let seconds = milliseconds.saturating_add(500) / 1000;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => t!("insight-seconds", seconds = seconds),
        (minutes, seconds) => t!("insight-minutes", minutes = minutes, seconds = seconds),
    }
}

/// The beginning of a text, cut between words.
fn beginning(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(BEGINNING) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches(['.', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(beginning("Two  words\nhere."), "Two words here.");
        let long = "fünf ".repeat(40);
        let cut = beginning(&long);
        assert!(cut.ends_with("fünf…") && cut.chars().count() <= BEGINNING + 1, "{cut}");
        assert!(beginning(&"Stop. ".repeat(40)).ends_with("Stop…"), "no stop before the dots");
        assert_eq!(beginning(&"é".repeat(101)), format!("{}…", "é".repeat(100)));
    }

    #[test]
    fn times_are_said_to_the_second() {
        assert_eq!((lasting(0), lasting(59_499), lasting(125_000)), ("0 s".into(), "59 s".into(), "2 min 5 s".into()));
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!((share(0, 0), share(1, 3), share(3, 3)), (0, 33, 100));
    }
}
