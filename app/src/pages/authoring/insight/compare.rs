//! This version beside another: the whole first, then what changed most for learners, then what only one of them has.

use super::{About, MOST, node_name};
use crate::api::conversation::ending_words;
use crate::context::{now, services};
use crate::failure::Failure;
use crate::pages::authoring::edition::{Edition, name};
use crate::t;
use crate::ui::{Disclosure, Notice, TableRegion};
use domain::conversation::insight::{Compared, Comparison, FEWEST, Figure, Place, Side, Told};
use domain::conversation::model::Exit;
use domain::conversation::{Insight, Scenario};
use domain::course::Package;
use domain::ids::VersionId;
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;
use std::sync::Arc;

/// Places of which no figure changed by so much, in points, changed hardly.
const HARDLY: f64 = 1.0;

/// How many differences are seen at once: whoever reads further opens the rest.
const FIRST: usize = 20;

/// The version it is compared with.
pub(super) struct Other {
    id: VersionId,
    name: String,
    package: Arc<Package>,
    activity: ActivityId,
    variant: Option<Slug>,
    insight: Insight,
    bounded: bool,
}

impl Other {
    /// Reads the runs of another version of the same course; `first` of those who played it, only their first.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the course has no such version, or the version no such conversation.
    pub async fn load(
        edition: &Edition,
        activity: &ActivityId,
        variant: Option<&Slug>,
        id: VersionId,
        first: bool,
    ) -> Result<Self, Failure> {
        let services = services();
        let versions = services.db.versions(edition.course.id).await?;
        let version = versions.into_iter().find(|version| version.id == id && version.number.is_some());
        let version = version.filter(|version| version.id != edition.version.id).ok_or(Failure::NotFound)?;
        let package = services.packages.get(&services.db, id).await?;
        let found = package.activity(activity).and_then(|found| found.telling(variant)).ok_or(Failure::NotFound)?;
        let (tracks, all) = services.db.tracks(id, activity, variant, first, MOST).await?;
        let solved = services.solved.get(&found.content, found.scenario).ok();
        let insight = Insight::of(found.scenario, solved.as_deref(), &tracks, now());
        let (name, activity, bounded) = (name(&version), activity.clone(), all > u64::from(MOST));
        let variant = variant.cloned();
        Ok(Self { id, name, package: Arc::clone(&package), activity, variant, insight, bounded })
    }

    /// Which version it is.
    pub fn id(&self) -> VersionId {
        self.id
    }

    /// Its own page.
    fn address(&self, edition: &Edition) -> String {
        let variant = self.variant.as_ref().map(|name| format!("?variant={name}")).unwrap_or_default();
        format!("/authoring/{}/{}/a/{}/insight{variant}", edition.course.slug, self.id, self.activity)
    }

    fn scenario(&self) -> Option<&Scenario> {
        Some(self.package.activity(&self.activity)?.telling(self.variant.as_ref())?.scenario)
    }
}

/// The two side by side; `alone` is the address of this version without the other.
pub(super) fn view(about: &About<'_>, other: &Other, alone: String) -> AnyView {
    let Some(there) = other.scenario() else { return ().into_any() };
    let here = Told { scenario: about.scenario, insight: about.insight };
    let comparison = here.against(Told { scenario: there, insight: &other.insight });
    let beside = Beside { about, other, there, names: [name(&about.edition.version), other.name.clone()] };
    let few = (about.insight.learners.min(other.insight.learners) < FEWEST)
        .then(|| view! { <Notice><p>{t!("beside-few", fewest = i64::from(FEWEST))}</p></Notice> });
    let newest = other.bounded.then(|| {
        view! { <p class="soft">{t!("beside-newest", version = other.name.clone(), most = i64::from(MOST))}</p> }
    });
    let (changed, same): (Vec<_>, Vec<_>) =
        comparison.places.iter().partition(|place| place.size().is_some_and(|size| size >= HARDLY));
    let (most, smaller) = changed.split_at(changed.len().min(FIRST));
    let first = if most.is_empty() {
        view! { <p>{t!("beside-no-change")}</p> }.into_any()
    } else {
        beside.table(t!("beside-changed"), most)
    };
    let folded = |summary: fn(i64) -> String, lead: String, places: &[&Compared]| {
        let summary = summary(i64::try_from(places.len()).unwrap_or(i64::MAX));
        (!places.is_empty()).then(|| {
            let table = beside.table(summary.clone(), places);
            let lead = (!lead.is_empty()).then(|| view! { <p class="soft">{lead}</p> });
            view! { <Disclosure summary=summary>{lead}{table}</Disclosure> }
        })
    };
    let smaller = folded(|count| t!("beside-smaller", count = count), String::new(), smaller);
    let same = folded(|count| t!("beside-same", count = count), t!("beside-same-lead"), &same);
    let [ours, theirs] = &beside.names;
    view! {
        {few}
        <section class="section">
            <div class="section-head">
                <h2>{t!("beside-title", here = ours.clone(), there = theirs.clone())}</h2>
                <span class="row">
                    <a href=alone>{t!("beside-alone", version = ours.clone())}</a>
                    <a href=other.address(about.edition)>{t!("beside-alone", version = theirs.clone())}</a>
                </span>
            </div>
            {newest}
            {beside.whole(&comparison)}
        </section>
        <section class="section">
            <div class="section-head"><h2>{t!("beside-changed")}</h2></div>
            <p class="soft">{t!("beside-lead", there = theirs.clone(), here = ours.clone())}</p>
            {first}
            {smaller}
            {same}
        </section>
        {beside.only(&comparison)}
    }
    .into_any()
}

struct Beside<'a> {
    about: &'a About<'a>,
    other: &'a Other,
    there: &'a Scenario,
    /// What this version and the other are called.
    names: [String; 2],
}

impl Beside<'_> {
    /// Runs, finished, passed, mean score.
    fn whole(&self, comparison: &Comparison) -> AnyView {
        let [ours, theirs] = self.names.clone();
        let (here, there) = (self.about.insight, &self.other.insight);
        let row = |label: String, values: [String; 2], change: String| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="num" data-label=theirs.clone()>{values[1].clone()}</td>
                    <td class="num" data-label=ours.clone()>{values[0].clone()}</td>
                    <td class="num" data-label=t!("beside-difference")>{change}</td>
                </tr>
            }
        };
        let figure = |label: String, figure: Figure| {
            let shown = |value: Option<f64>| value.map_or_else(|| t!("insight-too-few"), percent);
            row(label, [shown(figure.here), shown(figure.there)], change(figure).unwrap_or_else(|| "–".to_owned()))
        };
        let count = |label: String, of: fn(&Insight) -> u32| {
            row(label, [here, there].map(|insight| of(insight).to_string()), "–".to_owned())
        };
        let rows = vec![
            count(t!("beside-runs"), |insight| insight.runs),
            count(t!("beside-people"), |insight| insight.learners),
            figure(t!("insight-finished"), comparison.finished),
            figure(t!("beside-passed"), comparison.passed),
            figure(t!("insight-score"), comparison.score),
        ];
        view! {
            <TableRegion label=t!("beside-whole")>
                <table class="table table-stack">
                    <caption class="visually-hidden">{t!("beside-whole")}</caption>
                    <thead><tr>
                        <th scope="col">{t!("beside-figure")}</th>
                        <th scope="col" class="num">{theirs}</th>
                        <th scope="col" class="num">{ours}</th>
                        <th scope="col" class="num">{t!("beside-difference")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        }
        .into_any()
    }

    fn table(&self, label: String, places: &[&Compared]) -> AnyView {
        let rows = places.iter().map(|place| self.row(place)).collect_view();
        view! {
            <TableRegion label=label.clone()>
                <table class="table table-stack insight-table">
                    <caption class="visually-hidden">{label}</caption>
                    <thead><tr>
                        <th scope="col">{t!("insight-where")}</th>
                        <th scope="col" class="num">{t!("insight-share")}</th>
                        <th scope="col" class="num">{t!("insight-cost")}</th>
                        <th scope="col" class="num">{t!("insight-left")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        }
        .into_any()
    }

    fn row(&self, place: &Compared) -> AnyView {
        let node = node_name(self.about.scenario, place.here.node);
        let words = place.here.event.map(|event| view! { ": "{self.about.words(place.here.node, event)} });
        let share = if place.here.event.is_some() { t!("beside-of-replies") } else { t!("insight-of-runs") };
        let left = place.here.event.is_none().then(|| {
            view! { <td class="num" data-label=t!("insight-left")>{both(place.left, percent, &t!("insight-too-few"), String::new())}</td> }
        });
        let blank = place.here.event.is_some().then(|| view! { <td></td> });
        view! {
            <tr>
                <th scope="row"><code>{node}</code>{words}</th>
                <td class="num" data-label=t!("insight-share")>{both(place.share, percent, &t!("insight-too-few"), share)}</td>
                <td class="num" data-label=t!("insight-cost")>{both(place.cost, points, "–", String::new())}</td>
                {left}{blank}
            </tr>
        }
        .into_any()
    }

    /// What has no counterpart in the other version.
    fn only(&self, comparison: &Comparison) -> Option<AnyView> {
        let list = |side: Side| {
            let (scenario, name) = match side {
                Side::Here => (self.about.scenario, self.names[0].clone()),
                Side::There => (self.there, self.names[1].clone()),
            };
            let found = comparison.only.iter().filter(|(it, _)| *it == side);
            let items: Vec<_> = found.map(|(_, place)| self.item(scenario, *place)).collect();
            (!items.is_empty()).then(|| view! { <h3>{t!("beside-only-in", version = name)}</h3><ul>{items}</ul> })
        };
        (!comparison.only.is_empty()).then(|| {
            view! {
                <section class="section stack stack-close">
                    <h2>{t!("beside-only")}</h2>
                    <p class="soft">{t!("beside-only-lead")}</p>
                    {list(Side::Here)}
                    {list(Side::There)}
                </section>
            }
            .into_any()
        })
    }

    fn item(&self, scenario: &Scenario, place: Place) -> AnyView {
        let words = place.event.map(|event| view! { ": "{self.about.words_of(scenario, place.node, event)} });
        let ending = scenario.nodes.get(usize::from(place.node)).and_then(|node| match &node.exit {
            Exit::End(ending) => Some(ending_words(ending.kind)),
            _ => None,
        });
        let ending = ending.map(|ending| view! { " "<span class="soft">{ending}</span> });
        view! { <li><code>{node_name(scenario, place.node)}</code>{words}{ending}</li> }.into_any()
    }
}

/// What it was there, what it is here, and the difference below; `none` where too few stand behind one of them.
fn both(figure: Figure, shown: fn(f64) -> String, none: &str, of: String) -> AnyView {
    if figure.here.is_none() && figure.there.is_none() {
        return "–".into_any();
    }
    let side = |value: Option<f64>| value.map_or_else(|| none.to_owned(), shown);
    let change = change(figure).map(|change| view! { <span class="sub strong">{change}</span> });
    let of = (!of.is_empty()).then(|| view! { <span class="sub">{of}</span> });
    view! { <span>{side(figure.there)}" → "{side(figure.here)}</span>{change}{of} }.into_any()
}

fn percent(value: f64) -> String {
    t!("percent", value = value.round())
}

fn points(value: f64) -> String {
    t!("insight-points", points = value.round())
}

/// The difference of what is shown, so that nobody finds it wrong.
fn change(figure: Figure) -> Option<String> {
    let change = figure.here?.round() - figure.there?.round();
    let sign = if change > 0.0 { "+" } else { "−" };
    Some(if change == 0.0 {
        t!("beside-unchanged")
    } else {
        format!("{sign}{}", t!("insight-points", points = change.abs()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_that_of_the_numbers_shown() {
        let figure = |here, there| Figure { here: Some(here), there: Some(there) };
        assert_eq!(change(figure(40.4, 30.6)).as_deref(), Some("+9 points"));
        assert_eq!(change(figure(10.0, 11.0)).as_deref(), Some("−1 point"));
        assert_eq!(change(figure(10.4, 9.6)).as_deref(), Some("no change"));
        assert_eq!(change(Figure { here: Some(1.0), there: None }), None);
    }
}
