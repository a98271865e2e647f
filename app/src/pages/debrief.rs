//! A conversation talked over: at each decision what was said, what it cost, why, and what would have been better.

use self::anew::Overturned;
use super::authored::Authored;
use super::opened::Opened;
use crate::api::conversation::{self as stage, ending_name, entry_of};
use crate::api::wording::{Heard, heard_again};
use crate::context::services;
use crate::failure::Failure;
use crate::islands::{Style, transcript};
use crate::live::{Entry, Who};
use crate::pages::conversation::style;
use crate::pages::own_words::{marked, notes};
use crate::pages::remark;
use crate::t;
use crate::ui::{Disclosure, Hidden, Icon, IconName};
use domain::canonical::ContentHash;
use domain::conversation::debrief::{Better, Debrief, Decision};
use domain::conversation::{EndingKind, Scenario, Scene, scene};
use domain::course::{Activity, Body, Media, Mode, Package};
use domain::percent::Percent;
use domain::progress::Rule;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use store::Run;

mod anew;
mod compare;
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
    let Sort { run, rewind, rewound, heard, anew, overturned, media } = sort;
    let media = media.unwrap_or_else(|| authored.media().clone());
    let around = Around { authored, media, scene, style, competency, rewind, run, heard, overturned };
    let decisions = debrief.decisions.iter().map(|decision| around.decision(decision)).collect_view();
    let closing = around.lines(&debrief.closing);
    let legend = debrief.score.percent.map(|_| view! { <p class="small soft">{t!("debrief-legend")}</p> });
    let head =
        if rewound { view! { <p class="soft">{t!("rewind-unscored")}</p> }.into_any() } else { around.score(debrief) };
    view! {
        <div class="debrief">
            {anew}
            {head}
            {trend::view(scenario, debrief)}
            {legend}
            {(!debrief.shows_better).then(|| view! { <p class="soft">{t!("debrief-held-back")}</p> })}
            {decisions}
            {closing}
            {around.takeaway(debrief)}
            {after}
        </div>
    }
    .into_any()
}

impl Around<'_> {
    fn score(&self, debrief: &Debrief) -> AnyView {
        let score = &debrief.score;
        let pass = i64::from(score.pass.whole());
        let class = if score.passed { "card result result-pass" } else { "card result result-fail" };
        let title = t!(&format!("debrief-{}", ending_name(debrief.ending)));
        let scored = score.percent.is_some();
        let reached = score.percent.is_none_or(|percent| percent.reaches(score.pass));
        let words = match (score.passed, debrief.ending) {
            (true, _) if scored => t!("debrief-passed", pass = pass),
            (true, _) => t!("debrief-passed-unscored"),
            (false, _) if !score.blockers.is_empty() => t!("debrief-blocked"),
            (false, _) if reached => t!("debrief-failed-ending"),
            (false, EndingKind::Success) => t!("debrief-failed-score", pass = pass),
            (false, _) => t!("debrief-failed", pass = pass),
        };
        let own = score.competencies.iter().filter_map(|one| {
            let mark = one.percent?;
            let name = (self.competency)(one.id.as_str());
            Some(view! { <div><dt>{name}</dt><dd>{mark.to_string()}</dd></div> })
        });
        view! {
            <section class=class>
                <p class="result-score">{score.percent.map(|mark| mark.to_string())}</p>
                <div class="result-text">
                    <h2>{title}</h2>
                    <p>{words}</p>
                    <dl class="facts">{own.collect::<Vec<_>>()}</dl>
                </div>
            </section>
        }
        .into_any()
    }

    fn entries(&self, lines: &[domain::conversation::view::Entry]) -> Vec<Entry> {
        lines.iter().map(|line| entry_of(line, &self.scene, &self.media)).collect()
    }

    fn lines(&self, lines: &[domain::conversation::view::Entry]) -> Option<AnyView> {
        let entries = self.entries(lines);
        (!entries.is_empty()).then(|| transcript(&entries, entries.len(), &self.style, None, None))
    }

    fn decision(&self, decision: &Decision) -> AnyView {
        let cost = decision.cost.filter(|cost| *cost > Percent::ZERO);
        let (class, icon, verdict) = if !decision.blockers.is_empty() {
            ("decision decision-blocker", IconName::Warning, t!("debrief-blocker"))
        } else if let Some(cost) = cost {
            ("decision decision-cost", IconName::Info, t!("debrief-cost", points = i64::from(cost.whole())))
        } else {
            ("decision decision-best", IconName::Check, t!("debrief-best"))
        };
        let number = i64::from(decision.number) + 1;
        let reply = entry_of(&decision.reply, &self.scene, &self.media);
        let cite = if reply.who == Who::Stage { t!("debrief-silent") } else { t!("debrief-you") };
        let ratings = decision
            .ratings
            .iter()
            .map(|rated| {
                let name = (self.competency)(rated.competency.as_str());
                // A number alone on a line says nothing.
                format!("{name}\u{a0}{}", signed(rated.value.into()))
            })
            .collect::<Vec<_>>()
            .join(" · ");
        let promises = decision
            .commitments
            .iter()
            .map(|promise| t!("debrief-promise", what = format!("{} {}", promise.kind, promise.detail)))
            .collect::<Vec<_>>()
            .join(" ");
        let heard = self.heard.iter().find(|(turn, _)| *turn == decision.number).map(|(_, heard)| heard);
        let blockers = decision
            .blockers
            .iter()
            .filter_map(|blocker| {
                let key = format!("blocker-{blocker}");
                let rule = format!("rule-{blocker}");
                // The notes on own words say it already.
                let noted = |heard: &Heard| heard.notes.iter().any(|note| note.text == t!(&rule));
                if crate::text::exists(&rule) && heard.is_some_and(noted) {
                    return None;
                }
                let known = [key, rule].into_iter().find(|key| crate::text::exists(key));
                let words = known.map_or_else(|| sentence(blocker.as_str()), |key| t!(&key));
                Some(view! { <p class="bad strong">{words}</p> })
            })
            .collect::<Vec<_>>();
        let said = match heard.filter(|heard| !heard.pieces.is_empty()) {
            Some(heard) => marked(&heard.pieces),
            None => reply.text.into_any(),
        };
        let own = heard.and_then(|heard| notes(&heard.notes));
        let meant =
            decision.meant.clone().map(|words| view! { <p class="small soft">{t!("own-meant", words = words)}</p> });
        let why = self.authored.plain(&decision.why);
        let again = self.rewind.as_ref().map(|run| again(run, decision.number));
        let remark =
            self.run.as_ref().map(|run| remark::form(&remark::Subject::Decision(run.clone(), decision.number)));
        view! {
            {self.lines(&decision.lines)}
            <section class=class>
                <header class="decision-head">
                    <h3>{t!("debrief-decision", number = number)}</h3>
                    <span class="decision-verdict"><Icon name=icon/>{verdict}</span>
                </header>
                <div class="decision-body">
                    <blockquote class="said"><cite>{cite}</cite>{said}</blockquote>
                    {meant}
                    {blockers}
                    {own}
                    {anew::at(&self.overturned, decision.number)}
                    <p class="decision-why">{why}</p>
                    {(!promises.is_empty()).then(|| view! { <p class="small soft">{promises}</p> })}
                    {decision.better.as_ref().map(|better| self.better(better))}
                    {(!ratings.is_empty()).then(|| view! { <p class="small soft">{t!("debrief-rated", ratings = ratings)}</p> })}
                    <div class="decision-more">{again}{remark}</div>
                </div>
            </section>
        }
        .into_any()
    }

    fn better(&self, better: &Better) -> AnyView {
        let said = better.text.clone().unwrap_or_else(|| t!("debrief-better-silent"));
        let why = self.authored.plain(&better.why);
        let then = self
            .entries(&better.then)
            .into_iter()
            .map(|entry| {
                if entry.who == Who::Stage {
                    return view! { <p class="soft"><i>{entry.text}</i></p> }.into_any();
                }
                let cite = t!("debrief-then", name = entry.name.clone());
                view! { <blockquote class="said said-them"><cite>{cite}</cite>{entry.text}</blockquote> }.into_any()
            })
            .collect_view();
        view! {
            <Disclosure summary=t!("debrief-better")>
                <blockquote class="said"><cite>{t!("debrief-better-cite")}</cite>{said}</blockquote>
                <p class="decision-why">{why}</p>
                {then}
            </Disclosure>
        }
        .into_any()
    }

    fn takeaway(&self, debrief: &Debrief) -> Option<AnyView> {
        (!debrief.takeaway.is_empty()).then(|| {
            let html = self.authored.part("", &debrief.takeaway);
            view! {
                <section class="card">
                    <h2>{t!("debrief-takeaway")}</h2>
                    <div class="prose prose-small" inner_html=html.to_string()></div>
                </section>
            }
            .into_any()
        })
    }
}

/// The name that an author gave something, as a line of its own.
fn sentence(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A rating with its sign, as it is set in print.
fn signed(rating: i32) -> String {
    match rating {
        0 => "0".to_owned(),
        rating if rating > 0 => format!("+{rating}"),
        rating => format!("\u{2212}{}", rating.unsigned_abs()),
    }
}

/// The button that goes back to a decision.
fn again(run: &str, decision: u32) -> AnyView {
    let number = i64::from(decision) + 1;
    view! {
        <form method="post" action="/do/rewind">
            <Hidden name="run" value=run.to_owned()/>
            <Hidden name="decision" value=decision.to_string()/>
            <button class="btn btn-quiet btn-small">
                <Icon name=IconName::Retry/>{t!("rewind-do")}
                <span class="visually-hidden">" – "{t!("debrief-decision", number = number)}</span>
            </button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{sentence, signed};
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

    #[test]
    fn ratings_are_set_with_their_sign() {
        for (rating, expected) in [(2, "+2"), (0, "0"), (-1, "\u{2212}1")] {
            assert_eq!(signed(rating), expected);
        }
    }
}
