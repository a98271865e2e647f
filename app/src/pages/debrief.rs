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
use crate::ui::{Disclosure, Hidden, Icon, IconName, TrendLine};
use domain::conversation::debrief::{Better, Debrief, Decision};
use domain::conversation::model::Domain;
use domain::conversation::{Scenario, Scene, scene};
use domain::course::{Activity, Body, Mode, Package};
use domain::progress::Rule;
use leptos::prelude::*;
use store::Run;

mod anew;
mod compare;

/// What the parts of a debrief share.
struct Around<'a> {
    authored: &'a Authored,
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

/// The debrief of a finished run, by the key that it is judged by now.
///
/// # Errors
/// [`Failure::Internal`] when the stored run does not fit the scenario.
pub async fn show(opened: &Opened, activity: &Activity, mode: Mode, run: &Run) -> Result<AnyView, Failure> {
    let services = services();
    let package = services.packages.get(&services.db, run.judge).await?;
    let judging = stage::telling(&package, run)?;
    let scenario = judging.scenario;
    let facts = opened.authored.facts();
    let lookup = |key: &str| facts.look_up(key);
    let solved = services.solved.get(&judging.content, scenario).map_err(|problem| {
        tracing::error!(activity = %activity.id, %problem, "a published conversation cannot be scored");
        Failure::Internal
    })?;
    let debrief = solved.debrief(&run.events, &lookup).map_err(|problem| {
        tracing::error!(run = %run.id, %problem, "a stored run cannot be talked over");
        Failure::Internal
    })?;
    let debrief = debrief.in_own_words(&run.standing_replies());
    let debrief = if run.rewound { debrief } else { debrief.assessed(is_open(opened, activity, mode)) };
    let earlier = services.db.finished_runs(run.person, &activity.id, run.variant.as_ref(), COMPARED).await?;
    let compared = compare::view(&solved, scenario, facts, run, &earlier, &opened.href(&activity.id));
    let rewind = debrief.shows_better.then(|| run.id.to_string());
    let after = view! { {compared} }.into_any();
    let overturned = Overturned::of(run);
    Ok(whole(
        &opened.authored,
        &opened.package,
        scenario,
        &debrief,
        Sort {
            run: Some(run.id.to_string()),
            rewind,
            rewound: run.rewound,
            heard: anew::without(heard_again(run, &package, scenario, facts), &overturned),
            anew: anew::notice(run),
            overturned,
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
    let Sort { run, rewind, rewound, heard, anew, overturned } = sort;
    let around = Around { authored, scene, style, competency, rewind, run, heard, overturned };
    let decisions = debrief.decisions.iter().map(|decision| around.decision(decision)).collect_view();
    let closing = around.lines(&debrief.closing);
    let head =
        if rewound { view! { <p class="soft">{t!("rewind-unscored")}</p> }.into_any() } else { around.score(debrief) };
    view! {
        <div class="debrief">
            {anew}
            {head}
            {trend(scenario, debrief)}
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
        let words = match (score.passed, score.blockers.is_empty()) {
            (true, _) => t!("debrief-passed", pass = pass),
            (false, true) => t!("debrief-failed", pass = pass),
            (false, false) => t!("debrief-blocked"),
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
        lines.iter().map(|line| entry_of(line, &self.scene, self.authored.media())).collect()
    }

    fn lines(&self, lines: &[domain::conversation::view::Entry]) -> Option<AnyView> {
        let entries = self.entries(lines);
        (!entries.is_empty()).then(|| transcript(&entries, entries.len(), &self.style, None, None))
    }

    fn decision(&self, decision: &Decision) -> AnyView {
        let cost = decision.cost.map_or(0, |cost| cost.whole());
        let (class, icon, verdict) = if !decision.blockers.is_empty() {
            ("decision decision-blocker", IconName::Warning, t!("debrief-blocker"))
        } else if cost > 0 {
            ("decision decision-cost", IconName::Info, t!("debrief-cost", points = i64::from(cost)))
        } else {
            ("decision decision-best", IconName::Check, t!("debrief-best"))
        };
        let number = i64::from(decision.number) + 1;
        let reply = entry_of(&decision.reply, &self.scene, self.authored.media());
        let cite = if reply.who == Who::Stage { t!("debrief-silent") } else { t!("debrief-you") };
        let ratings = decision
            .ratings
            .iter()
            .map(|rated| {
                let name = (self.competency)(rated.competency.as_str());
                format!("{name} {}", signed(rated.value.into()))
            })
            .collect::<Vec<_>>()
            .join(" · ");
        let promises = decision
            .commitments
            .iter()
            .map(|promise| t!("debrief-promise", what = format!("{} {}", promise.kind, promise.detail)))
            .collect::<Vec<_>>()
            .join(" ");
        let blockers = decision
            .blockers
            .iter()
            .map(|blocker| {
                let key = format!("blocker-{blocker}");
                let rule = format!("rule-{blocker}");
                let known = [key, rule].into_iter().find(|key| crate::text::exists(key));
                let words = known.map_or_else(|| blocker.as_str().replace('-', " "), |key| t!(&key));
                view! { <p class="bad strong">{words}</p> }
            })
            .collect_view();
        let heard = self.heard.iter().find(|(turn, _)| *turn == decision.number).map(|(_, heard)| heard);
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
                    <p class="decision-foot">{ratings}</p>
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
                let cite = match entry.who {
                    Who::Stage => String::new(),
                    _ => t!("debrief-then", name = entry.name.clone()),
                };
                view! { <blockquote class="said said-them"><cite>{cite}</cite>{entry.text}</blockquote> }
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
            let html = self.authored.html("", &debrief.takeaway);
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

/// A line of how the first number that the conversation remembers moved, usually trust.
fn trend(scenario: &Scenario, debrief: &Debrief) -> Option<AnyView> {
    let ranges = || scenario.variables.iter().filter(|variable| matches!(variable.domain, Domain::Range { .. }));
    let variable = ranges().find(|variable| variable.name == "trust").or_else(|| ranges().next())?;
    let Domain::Range { min, max } = variable.domain else { return None };
    let mut value = variable.start;
    let mut values = vec![value];
    for decision in &debrief.decisions {
        let moved = decision.moved.iter().find(|moved| moved.variable == variable.name);
        value += moved.and_then(|moved| moved.by).unwrap_or(0);
        values.push(value);
    }
    let name = variable.name.replace('_', " ");
    let title = t!(
        "debrief-trend",
        name = name.clone(),
        from = i64::from(variable.start),
        to = i64::from(value),
        most = i64::from(max)
    );
    let rows = values
        .iter()
        .enumerate()
        .map(|(decision, value)| {
            let decision = i64::try_from(decision).unwrap_or(0);
            let when = if decision == 0 { t!("debrief-start") } else { t!("debrief-decision", number = decision) };
            view! { <tr><th scope="row">{when}</th><td class="num">{*value}</td></tr> }
        })
        .collect_view();
    let points = values.iter().copied().map(f64::from).collect();
    Some(
        view! {
            <div class="trend-block">
                <TrendLine title=title points=points min=f64::from(min) max=f64::from(max)
                    start_label=t!("debrief-start") end_label=t!("debrief-end")/>
                <Disclosure summary=t!("debrief-trend-table")>
                    <table class="table">
                        <thead><tr><th scope="col">{t!("debrief-trend-when")}</th><th scope="col" class="num">{name}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </Disclosure>
            </div>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn ratings_are_set_with_their_sign() {
        for (rating, expected) in [(2, "+2"), (0, "0"), (-1, "\u{2212}1")] {
            assert_eq!(signed(rating), expected);
        }
    }
}
