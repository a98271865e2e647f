//! How what the conversation remembers moved over a run, with its decisions below and one of them marked at most.

use crate::t;
use crate::ui::{Disclosure, TrendLine};
use domain::conversation::Scenario;
use domain::conversation::debrief::{Debrief, Decision};
use domain::conversation::model::Domain;
use leptos::prelude::*;

/// The decision that is marked.
pub struct Mark {
    /// Which one, from 0.
    pub decision: u32,
    /// Whether nothing was over by it.
    pub calm: bool,
    /// What there is to say of it.
    pub words: String,
    /// Where it stands open.
    pub href: String,
}

/// The line of how the first number that the conversation remembers moved, usually trust. Without one, what there is to say of
/// the marked decision stands alone.
pub fn view(
    scenario: &Scenario,
    debrief: &Debrief,
    mark: Option<Mark>,
    href: impl Fn(&Decision) -> String,
) -> Option<AnyView> {
    let class = if mark.as_ref().is_some_and(|mark| mark.calm) { "turn turn-calm" } else { "turn" };
    let marked = mark.as_ref().and_then(|mark| usize::try_from(mark.decision).ok());
    let note = mark.map(|mark| view! { <p class="turn-note small"><a href=mark.href>{mark.words}</a></p> }.into_any());
    let ranges = || scenario.variables.iter().filter(|variable| matches!(variable.domain, Domain::Range { .. }));
    let Some(variable) = ranges().find(|variable| variable.name == "trust").or_else(|| ranges().next()) else {
        return note.map(|note| view! { <section class=class>{note}</section> }.into_any());
    };
    let Domain::Range { min, max } = variable.domain else { return note };
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
    let steps = debrief
        .decisions
        .iter()
        .map(|decision| {
            let here = marked.is_some_and(|marked| marked == decision.number as usize);
            let class = if here { "turn-here" } else { "" };
            let number = i64::from(decision.number) + 1;
            view! {
                <li class=class><a href=href(decision)><span class="visually-hidden">{t!("debrief-decision-no")}" "</span>{number}</a></li>
            }
        })
        .collect_view();
    let points = values.iter().copied().map(f64::from).collect();
    Some(
        view! {
            <section class=class>
                <TrendLine title=title points=points min=f64::from(min) max=f64::from(max) mark=marked.map(|marked| marked + 1)>
                    <ol class="trend-steps"><li></li>{steps}</ol>
                </TrendLine>
                {note}
                <Disclosure summary=t!("debrief-trend-table")>
                    <table class="table">
                        <thead><tr><th scope="col">{t!("debrief-trend-when")}</th><th scope="col" class="num">{name}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </Disclosure>
            </section>
        }
        .into_any(),
    )
}
