//! A row for each pair of channels: the figures, and the interval drawn beside them.

use super::{noun, percent, place, points};
use crate::t;
use crate::ui::{Badge, BadgeKind, Disclosure, IntervalPlot, TableRegion};
use domain::gap::{BAND, FAMILIES, Figures, Gap, PEOPLE, Share, Verdict};
use leptos::prelude::*;

/// All pairs: first those that have figures, then, folded away beside them, those that do not yet.
pub fn pairs(found: &[Gap]) -> AnyView {
    let (told, untold): (Vec<_>, Vec<_>) = found.iter().partition(|gap| gap.figures.is_some());
    let count = untold.len();
    let untold = (count > 0).then(|| waiting(&untold));
    let untold = if told.is_empty() {
        untold
    } else {
        untold
            .map(|table| view! { <Disclosure summary=t!("gap-waiting", count = count)>{table}</Disclosure> }.into_any())
    };
    let told = (!told.is_empty()).then(|| compared(&told));
    view! {
        {told}
        {untold}
    }
    .into_any()
}

/// The pairs that have figures.
fn compared(found: &[&Gap]) -> AnyView {
    let scale = scale(found);
    let rows = found.iter().filter_map(|gap| row(gap, scale)).collect_view();
    let reading = t!("gap-reading", scale = percent(scale), band = percent(BAND));
    view! {
        <p class="measure">{reading}</p>
        <TableRegion label=t!("gap-table")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("gap-table")}</caption>
                <thead><tr>
                    <th scope="col">{t!("gap-channels")}</th>
                    <th scope="col" class="num">{t!("gap-people")}</th>
                    <th scope="col" class="num">{t!("gap-cases")}</th>
                    <th scope="col">{t!("gap-difference")}</th>
                    <th scope="col">{t!("gap-interval")}</th>
                    <th scope="col">{t!("gap-promises")}</th>
                    <th scope="col">{t!("gap-breaches")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

/// The pairs that have none yet, and what each is waiting for.
fn waiting(found: &[&Gap]) -> AnyView {
    let rows = found.iter().map(|gap| {
        view! {
            <tr>
                {heading(gap)}
                <td data-label=t!("gap-missing")>{missing(gap)}</td>
            </tr>
        }
        .into_any()
    });
    let rows = rows.collect_view();
    view! {
        <TableRegion label=t!("gap-waiting-table")>
            <table class="table table-stack">
                <caption class="visually-hidden">{t!("gap-waiting-table")}</caption>
                <thead><tr>
                    <th scope="col">{t!("gap-channels")}</th>
                    <th scope="col">{t!("gap-missing")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

/// The two channels of a pair.
fn heading(gap: &Gap) -> AnyView {
    let (one, other) = gap.channels;
    view! { <th scope="row">{t!("gap-pair", one = noun(one), other = noun(other))}</th> }.into_any()
}

/// Where the scale of all intervals ends: the next five points beyond the farthest end, and at least ten.
fn scale(found: &[&Gap]) -> f64 {
    let ends = found.iter().filter_map(|gap| gap.figures.as_ref());
    let farthest = ends.map(|it| it.difference.low.abs().max(it.difference.high.abs())).fold(2.0 * BAND, f64::max);
    ((farthest / BAND - 1e-9).ceil() * BAND).min(1.0)
}

/// A row; nothing for a pair without figures.
fn row(gap: &Gap, scale: f64) -> Option<AnyView> {
    let cells = figures_cells(gap, gap.figures.as_ref()?, scale);
    Some(
        view! {
            <tr>
                {heading(gap)}
                <td class="num" data-label=t!("gap-people")>{gap.people}</td>
                <td class="num" data-label=t!("gap-cases")>{gap.families}</td>
                {cells}
            </tr>
        }
        .into_any(),
    )
}

/// How far it is to the first figures: people, cases, or both.
fn missing(gap: &Gap) -> String {
    let mut missing = vec![];
    if gap.people < PEOPLE {
        missing.push(t!("gap-missing-people", have = gap.people, need = PEOPLE));
    }
    if gap.families < FAMILIES {
        missing.push(t!("gap-missing-cases", have = gap.families, need = FAMILIES));
    }
    missing.join(" ")
}

fn figures_cells(gap: &Gap, figures: &Figures, scale: f64) -> AnyView {
    let (one, other) = gap.channels;
    let found = figures.difference;
    let ends = t!("gap-from-to", low = points(found.low), high = points(found.high));
    let (label, kind) = match gap.verdict {
        Verdict::Open => (t!("gap-open"), BadgeKind::DueSoon),
        Verdict::Closed => (t!("gap-closed"), BadgeKind::Done),
        Verdict::Unclear => (t!("gap-unclear"), BadgeKind::Plain),
        Verdict::TooFew { .. } => (t!("gap-too-few"), BadgeKind::NotStarted),
    };
    let lopsided = (!figures.order.is_balanced()).then(|| {
        let order = figures.order;
        let (often, channel) = if order.first > order.second { (order.first, one) } else { (order.second, other) };
        let all = order.first + order.second;
        view! { <span class="sub">{t!("gap-lopsided", place = place(channel), count = often, all = all)}</span> }
    });
    let promises = match &figures.commitments {
        Some(share) => rate(share, None),
        None => view! { <span class="sub">{t!("gap-no-decision")}</span> }.into_any(),
    };
    view! {
        <td data-label=t!("gap-difference")>
            <span>
                <span class="strong nowrap">{points(found.mean)}</span>
                <span class="sub">{ends}</span>
                <Badge label=label kind=kind/>
                {lopsided}
            </span>
        </td>
        <td data-label=t!("gap-interval")>
            <IntervalPlot mean=found.mean low=found.low high=found.high band=BAND scale=scale
                left=t!("gap-better", place = place(other)) right=t!("gap-better", place = place(one))/>
        </td>
        <td data-label=t!("gap-promises")>{promises}</td>
        <td data-label=t!("gap-breaches")>
            <span>
                {rate(&figures.breaches.0, Some(place(one)))}
                {rate(&figures.breaches.1, Some(place(other)))}
            </span>
        </td>
    }
    .into_any()
}

/// A share, where it was found, and its interval.
fn rate(share: &Share, place: Option<String>) -> AnyView {
    let (found, low, high) = (percent(share.rate.mean), percent(share.rate.low), percent(share.rate.high));
    let found = match place {
        Some(place) => t!("gap-rate-place", share = found, place = place),
        None => t!("gap-rate", share = found),
    };
    view! {
        <span>
            <span>{found}</span>
            <span class="sub">{t!("gap-rate-ends", low = low, high = high)}</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::html;
    use domain::conversation::Channel;
    use domain::gap::{Interval, Order};

    fn gap(people: u32, families: u32, low: f64, high: f64, order: (u32, u32)) -> Gap {
        let difference = Interval { mean: f64::midpoint(low, high), low, high };
        let verdict = Verdict::of(people, families, difference);
        let share = Share { hits: 1, of: 4, rate: Interval { mean: 0.25, low: 0.1, high: 0.5 } };
        let order = Order { first: order.0, second: order.1, when_first: None, when_second: None };
        let figures = Figures { difference, commitments: Some(share), breaches: (share, share), order };
        let enough = !matches!(verdict, Verdict::TooFew { .. });
        Gap {
            channels: (Channel::Public, Channel::Phone),
            people,
            families,
            verdict,
            figures: enough.then_some(figures),
        }
    }

    #[test]
    fn the_scale_holds_every_interval() {
        assert!((scale(&[]) - 0.1).abs() < 1e-9);
        assert!((scale(&[&gap(20, 5, -0.21, 0.02, (9, 9))]) - 0.25).abs() < 1e-9);
        assert!((scale(&[&gap(20, 5, -0.1, 0.15, (9, 9))]) - 0.15).abs() < 1e-9);
    }

    #[test]
    fn a_row_without_figures_says_what_is_missing() {
        let said = html(|| pairs(&[gap(11, 4, 0.1, 0.2, (9, 9))]));
        assert!(said.contains("11 of 15 people"), "{said}");
        assert!(!said.contains("of 4 cases"), "enough cases: {said}");
        assert!(!said.contains("interval-dot") && !said.contains("25 %"), "no figure: {said}");
        assert!(!said.contains("<details"), "with nothing else to see it lies open: {said}");
    }

    #[test]
    fn what_can_be_compared_comes_first_and_the_rest_is_folded_away() {
        let said = html(|| pairs(&[gap(20, 1, 0.1, 0.2, (9, 9)), gap(20, 5, 0.1, 0.2, (9, 9))]));
        let (plot, fold) = (said.find("interval-dot").unwrap(), said.find("<details").unwrap());
        assert!(plot < fold && said[fold..].contains("1 of 4 cases"), "{said}");
        assert!(!html(|| pairs(&[gap(20, 5, 0.1, 0.2, (9, 9))])).contains("<details"));
    }

    #[test]
    fn an_order_that_was_not_drawn_is_pointed_out() {
        let said = html(|| pairs(&[gap(20, 5, 0.1, 0.2, (19, 1))]));
        assert!(said.contains("19 of 20") && said.contains("interval-dot"), "{said}");
        assert!(!html(|| pairs(&[gap(20, 5, 0.1, 0.2, (9, 11))])).contains("of 20"));
    }
}
