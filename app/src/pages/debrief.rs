//! A conversation talked over. First what it comes to: how it ended, what to keep, what to try. Then each decision on one line,
//! with cost and reason behind it, and the whole conversation behind another.

use self::anew::Overturned;
use super::authored::Authored;
use super::opened::Opened;
use crate::api::conversation::{self as stage, entry_of};
use crate::api::wording::{Heard, heard_again};
use crate::context::services;
use crate::failure::Failure;
use crate::islands::{Style, transcript};
use crate::live::Entry;
use crate::pages::conversation::style;
use crate::pages::query;
use crate::t;
use crate::ui::{Disclosure, Hidden, Icon, IconName};
use domain::canonical::ContentHash;
use domain::conversation::debrief::{Debrief, Decision};
use domain::conversation::summary::Summary;
use domain::conversation::view::Role;
use domain::conversation::{Scenario, Scene, scene};
use domain::course::{Activity, Body, Media, Mode, Package};
use domain::progress::Rule;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use store::Run;

mod anew;
mod compare;
mod decision;
mod summary;
mod trend;

/// What the parts of a debrief share.
struct Around<'a> {
    authored: &'a Authored,
    media: BTreeMap<String, Media>,
    scene: Scene,
    style: Style,
    competency: Box<dyn Fn(&str) -> String + 'a>,
    rewind: Option<String>,
    run: Option<String>,
    practice: bool,
    /// The address of this debrief; empty in a preview.
    page: String,
    heard: Vec<(u32, Heard)>,
    overturned: Vec<Overturned>,
}

/// Whether a finished run may be gone back into: where its debrief holds nothing back.
#[must_use]
pub fn may_rewind(opened: &Opened, activity: &Activity, run: &Run) -> bool {
    let Body::Conversation { mode, .. } = activity.body else { return false };
    run.ended_at.is_some() && (run.rewound || run.passed == Some(true) || is_open(opened, activity, mode))
}

/// Whether better answers may be shown however a run went: in practice, and when no attempt is to come.
fn is_open(opened: &Opened, activity: &Activity, mode: Mode) -> bool {
    match mode {
        Mode::Practice => true,
        Mode::Assessed { .. } => {
            let rule = Rule::of(activity);
            opened.states.get(&activity.id).is_some_and(|state| state.is_over(&rule))
        }
    }
}

/// The debrief of a finished run: what was said in it as it was played, by the key that it is judged by now.
///
/// # Errors
/// [`Failure::Internal`] when the stored run does not fit the scenario.
pub async fn show(opened: &Opened, activity: &Activity, mode: Mode, run: &Run) -> Result<AnyView, Failure> {
    let services = services();
    let played = services.packages.get(&services.db, run.version).await?;
    let scenario = stage::telling(&played, run)?.scenario;
    let judge = services.packages.get(&services.db, run.judge).await?;
    let judging = stage::telling(&judge, run)?;
    let facts = opened.authored.facts();
    let lookup = |key: &str| facts.look_up(key);
    let solved = services.solved.get(&judging.content, judging.scenario).map_err(|problem| {
        tracing::error!(activity = %activity.id, %problem, "a published conversation cannot be scored");
        Failure::Internal
    })?;
    let debrief = solved.debrief_as_told(scenario, &run.events, &lookup).map_err(|problem| {
        tracing::error!(run = %run.id, %problem, "a stored run cannot be talked over");
        Failure::Internal
    })?;
    let debrief = debrief.in_own_words(&run.standing_replies());
    let debrief = if run.rewound { debrief } else { debrief.assessed(is_open(opened, activity, mode)) };
    let earlier = services.db.finished_runs(run.person, &activity.id, run.variant.as_ref(), COMPARED).await?;
    let compared = compare::view(&solved, scenario, facts, run, &earlier, &opened.href(&activity.id));
    let rewind = debrief.shows_better.then(|| run.id.to_string());
    let after = view! { {compared} }.into_any();
    Ok(whole(
        &opened.authored,
        &judge,
        scenario,
        &debrief,
        Sort {
            run: Some(run.id.to_string()),
            rewind,
            rewound: run.rewound,
            practice: mode == Mode::Practice,
            page: format!("{}/result?run={}", opened.href(&activity.id), run.id),
            heard: heard_again(run, &played, scenario, facts),
            anew: anew::notice(run),
            overturned: Overturned::of(run),
            media: Some(still_there(&played.media, &opened.package.media)),
        },
        after,
    ))
}

/// The most earlier runs that one is compared with.
const COMPARED: u32 = 10;

/// What sort of run is talked over.
#[derive(Default)]
struct Sort {
    /// The run; none in a preview.
    run: Option<String>,
    /// The run, where it may be gone back into.
    rewind: Option<String>,
    /// Whether it went back into another one itself.
    rewound: bool,
    /// Whether it is practice, which nobody else sees.
    practice: bool,
    /// The address of its debrief.
    page: String,
    /// What was said in own words, read again, by turn.
    heard: Vec<(u32, Heard)>,
    /// What was judged anew since it ended.
    anew: Option<AnyView>,
    /// What was overturned of it.
    overturned: Vec<Overturned>,
    /// The recordings by their paths, where they are not those of the course as it is open.
    media: Option<BTreeMap<String, Media>>,
}

/// The recordings of a version that another one, whose media the reader may have, holds too.
fn still_there(of: &BTreeMap<String, Media>, other: &BTreeMap<String, Media>) -> BTreeMap<String, Media> {
    let known: BTreeSet<&ContentHash> = other.values().map(|media| &media.hash).collect();
    of.iter()
        .filter(|(_, media)| known.contains(&media.hash))
        .map(|(path, media)| (path.clone(), media.clone()))
        .collect()
}

/// A debrief with the texts of its course, as a preview shows it.
#[must_use]
pub fn view(authored: &Authored, package: &Package, scenario: &Scenario, debrief: &Debrief) -> AnyView {
    whole(authored, package, scenario, debrief, Sort::default(), ().into_any())
}

fn whole(
    authored: &Authored,
    package: &Package,
    scenario: &Scenario,
    debrief: &Debrief,
    sort: Sort,
    after: AnyView,
) -> AnyView {
    let lookup = |key: &str| authored.facts().look_up(key);
    let scene = scene(scenario, &lookup);
    let style = style(&scene, authored.media_prefix());
    let competency = Box::new(move |id: &str| {
        let known = package.competencies.iter().find(|known| known.id.as_str() == id);
        known.map_or_else(|| id.to_owned(), |known| known.name.clone())
    });
    let Sort { run, rewind, rewound, practice, page, heard, anew, overturned, media } = sort;
    let media = media.unwrap_or_else(|| authored.media().clone());
    let around = Around { authored, media, scene, style, competency, rewind, run, practice, page, heard, overturned };
    let summary = debrief.summary();
    let head = if rewound {
        view! { <p class="soft">{t!("rewind-unscored")}</p>{around.takeaway(debrief)} }.into_any()
    } else {
        around.summary(scenario, debrief, &summary)
    };
    view! {
        <div class="debrief">
            {anew}
            {head}
            {(!debrief.shows_better).then(|| view! { <p class="soft">{t!("debrief-held-back")}</p> })}
            {around.decisions(debrief, &summary)}
            {around.whole(debrief)}
            {after}
        </div>
    }
    .into_any()
}

impl Around<'_> {
    fn entries(&self, lines: &[domain::conversation::view::Entry]) -> Vec<Entry> {
        lines.iter().map(|line| entry_of(line, &self.scene, &self.media)).collect()
    }

    /// Everything that was said, in order.
    fn whole(&self, debrief: &Debrief) -> AnyView {
        let told = debrief.decisions.iter().flat_map(|decision| decision.lines.iter().chain([&decision.reply]));
        let told: Vec<_> = told.chain(&debrief.closing).cloned().collect();
        let entries = self.entries(&told);
        let lines = transcript(&entries, entries.len(), &self.style, None, None);
        view! { <Disclosure summary=t!("debrief-whole")>{lines}</Disclosure> }.into_any()
    }

    /// The decisions, each on one line that opens.
    fn decisions(&self, debrief: &Debrief, summary: &Summary<'_>) -> AnyView {
        let mut channel = None;
        let items = debrief
            .decisions
            .iter()
            .map(|decision| {
                let here = decision.reply.channel;
                let moved = (channel.replace(here) != Some(here)).then(|| {
                    let name = self.style.channel(stage::medium(here));
                    view! { <li class="folds-moved">{name}</li> }
                });
                view! { {moved}{self.decision(decision, summary)} }
            })
            .collect_view();
        let count = i64::try_from(debrief.decisions.len()).unwrap_or(0);
        view! {
            <section class="section">
                <div class="section-head">
                    <h2>{t!("debrief-decisions", count = count)}</h2>
                    <span class="small soft">{t!("debrief-legend")}</span>
                </div>
                <ol class="folds">{items}</ol>
            </section>
        }
        .into_any()
    }

    /// Where a decision stands open on this page.
    fn href(&self, decision: &Decision) -> String {
        let number = decision.number + 1;
        if self.page.is_empty() { format!("#d{number}") } else { format!("{}&open={number}#d{number}", self.page) }
    }

    /// Whether a decision was asked to stand open.
    fn is_asked(&self, decision: &Decision) -> bool {
        !self.page.is_empty() && query::<u32>("open") == Some(decision.number + 1)
    }

    fn takeaway(&self, debrief: &Debrief) -> Option<AnyView> {
        (!debrief.takeaway.is_empty()).then(|| {
            let html = self.authored.part("", &debrief.takeaway);
            view! {
                <div class="takeaway">
                    <h3>{t!("debrief-takeaway")}</h3>
                    <div class="prose prose-small" inner_html=html.to_string()></div>
                </div>
            }
            .into_any()
        })
    }
}

/// What a decision is about, by the name that its author gave it.
fn subject(decision: &Decision) -> String {
    sentence(decision.decision.as_ref().unwrap_or(&decision.node).as_str())
}

/// Whose words, or what they stand for, and how they look: said, done, or nothing in time.
fn quoted(role: Role) -> (String, &'static str) {
    match role {
        Role::Silence => (t!("debrief-silent"), "said"),
        Role::Did => (t!("debrief-did"), "said said-did"),
        _ => (t!("debrief-you"), "said"),
    }
}

/// The name that an author gave something, as a line of its own.
fn sentence(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The button that goes back to a decision.
fn again(run: &str, decision: u32, class: &'static str) -> AnyView {
    let number = i64::from(decision) + 1;
    view! {
        <form method="post" action="/do/rewind">
            <Hidden name="run" value=run.to_owned()/>
            <Hidden name="decision" value=decision.to_string()/>
            <button class=class>
                <Icon name=IconName::Retry/>{t!("rewind-do")}
                <span class="visually-hidden">" – "{t!("debrief-decision", number = number)}</span>
            </button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::t;

    #[test]
    fn names_become_lines() {
        for (name, expected) in [("shares-confidential-file", "Shares confidential file"), ("ärger", "Ärger"), ("", "")]
        {
            assert_eq!(sentence(name), expected);
        }
    }

    #[test]
    fn no_cost_is_told_as_none() {
        let cost = |points: i64| t!("debrief-cost", points = points);
        assert_eq!([cost(0), cost(1), cost(2)], ["Cost less than a point", "Cost 1 point", "Cost 2 points"]);
    }
}
