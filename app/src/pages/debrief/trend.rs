//! How what the conversation remembers moved over a run.

use crate::t;
use crate::ui::{Disclosure, TrendLine};
use domain::conversation::Scenario;
use domain::conversation::debrief::Debrief;
use domain::conversation::model::Domain;
use leptos::prelude::*;

/// The line of how the first number that the conversation remembers moved, usually trust.
pub fn view(scenario: &Scenario, debrief: &Debrief) -> Option<AnyView> {
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
