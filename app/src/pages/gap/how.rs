//! How the figures come about, and what they do not say.

use super::{noun, percent, points};
use crate::t;
use crate::ui::{Disclosure, TableRegion};
use domain::gap::{BAND, FAMILIES, FAMILIES_TO_CLOSE, Gap, PEOPLE};
use leptos::prelude::*;

/// In plain language, folded away.
pub fn details(found: &[Gap]) -> AnyView {
    let points = |texts: Vec<String>| texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let how = points(vec![
        t!("gap-how-first"),
        t!("gap-how-pairs"),
        t!("gap-how-difference"),
        t!("gap-how-promises"),
        t!("gap-how-breaches"),
        t!("gap-how-order"),
        t!("gap-how-few", people = PEOPLE, cases = FAMILIES),
        t!("gap-how-closed", cases = FAMILIES_TO_CLOSE, band = percent(BAND)),
    ]);
    let limits = points(vec![
        t!("gap-limit-simulated"),
        t!("gap-limit-cases"),
        t!("gap-limit-promises"),
        t!("gap-limit-many"),
        t!("gap-limit-ceiling"),
    ]);
    let orders = orders(found);
    view! {
        <Disclosure summary=t!("gap-how")>
            <div class="prose">
                <ul>{how}</ul>
                <h2>{t!("gap-limits")}</h2>
                <ul>{limits}</ul>
            </div>
            {orders}
        </Disclosure>
    }
    .into_any()
}

/// Which channel came first, and the difference either way.
fn orders(found: &[Gap]) -> Option<AnyView> {
    let rows: Vec<_> = found.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <TableRegion label=t!("gap-orders")>
                <table class="table table-stack">
                    <caption>{t!("gap-orders-caption")}</caption>
                    <thead><tr>
                        <th scope="col">{t!("gap-channels")}</th>
                        <th scope="col">{t!("gap-order-first")}</th>
                        <th scope="col">{t!("gap-order-second")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        }
        .into_any()
    })
}

fn row(gap: &Gap) -> Option<AnyView> {
    let order = gap.figures.as_ref()?.order;
    let (one, other) = gap.channels;
    let cell = |count: u32, difference: Option<f64>| match difference {
        Some(difference) => t!("gap-order-cell", count = count, points = points(difference)),
        None => t!("gap-order-few", count = count),
    };
    Some(
        view! {
            <tr>
                <th scope="row">{t!("gap-pair", one = noun(one), other = noun(other))}</th>
                <td data-label=t!("gap-order-first")>{cell(order.first, order.when_first)}</td>
                <td data-label=t!("gap-order-second")>{cell(order.second, order.when_second)}</td>
            </tr>
        }
        .into_any(),
    )
}
