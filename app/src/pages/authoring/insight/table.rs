//! Every node with what was said there, the most visited first.

use super::{About, anchor, lasting, node_name, share};
use crate::api::conversation::ending_words;
use crate::t;
use crate::ui::TableRegion;
use domain::conversation::insight::{ChoiceInsight, FEWEST, NodeInsight};
use leptos::prelude::*;

/// The table; `address` is that of the preview, where the whole text stands.
pub(super) fn view(about: &About<'_>, address: &str) -> AnyView {
    let (mut nodes, unseen): (Vec<_>, Vec<_>) =
        (0..).zip(&about.insight.nodes).partition(|(_, node): &(u16, &NodeInsight)| node.visits > 0);
    // Stable: of nodes with equally many visits the author's first comes first.
    nodes.sort_by_key(|(_, node)| std::cmp::Reverse(node.visits));
    let groups = nodes.into_iter().map(|(index, node)| group(about, address, index, node)).collect_view();
    view! {
        <TableRegion label=t!("insight-table")>
            <table class="table table-stack insight-table">
                <caption class="visually-hidden">{t!("insight-table")}</caption>
                <thead><tr>
                    <th scope="col">{t!("insight-where")}</th>
                    <th scope="col" class="num">{t!("insight-times")}</th>
                    <th scope="col">{t!("insight-share")}</th>
                    <th scope="col" class="num">{t!("insight-cost")}</th>
                    <th scope="col" class="num">{t!("insight-dwell")}</th>
                    <th scope="col" class="num">{t!("insight-left")}</th>
                </tr></thead>
                {groups}
            </table>
        </TableRegion>
        {self::unseen(about, address, &unseen)}
    }
    .into_any()
}

/// Where nobody came there is nothing to tell but that.
fn unseen(about: &About<'_>, address: &str, nodes: &[(u16, &NodeInsight)]) -> Option<AnyView> {
    let items = nodes.iter().map(|(index, _)| {
        let name = node_name(about.scenario, *index);
        let (id, href) = (anchor(about.scenario, *index), format!("{address}#node-{name}"));
        view! { <li id=id><a href=href><code>{name}</code></a></li> }
    });
    let items = items.collect_view();
    (!nodes.is_empty())
        .then(|| view! { <h3>{t!("insight-unseen")}</h3><ul class="insight-unseen">{items}</ul> }.into_any())
}

fn group(about: &About<'_>, address: &str, index: u16, node: &NodeInsight) -> AnyView {
    let name = node_name(about.scenario, index);
    let (id, href) = (anchor(about.scenario, index), format!("{address}#node-{name}"));
    let kind = node.ending.map(|(kind, _)| view! { <span class="sub">{ending_words(kind)}</span> });
    // Where nothing is decided there is nothing to think about.
    let dwell = match node.dwell {
        Some(dwell) => view! {
            {lasting(dwell.median)}<span class="sub">{t!("insight-mean", time = lasting(dwell.mean))}</span>
        }
        .into_any(),
        None if node.decisions() > 0 => t!("insight-too-few").into_any(),
        None => "–".into_any(),
    };
    let open = (node.open > 0).then(|| {
        view! { <span class="sub">{t!("insight-open-here", count = i64::from(node.open))}</span> }
    });
    let class = if node.abandoned > 0 { "num bad strong" } else { "num" };
    let rows = if node.choices.is_empty() {
        node.ways.iter().map(|way| jump(about, node, way.target, way.taken)).collect_view()
    } else {
        node.choices.iter().map(|choice| said(about, index, node, choice)).collect_view()
    };
    view! {
        <tbody>
            <tr class="insight-node" id=id>
                <th scope="rowgroup"><a href=href><code>{name}</code></a>{kind}</th>
                <td class="num" data-label=t!("insight-times")>{node.visits.to_string()}
                    <span class="sub">{t!("insight-by", count = i64::from(node.learners))}</span></td>
                <td data-label=t!("insight-share")>{bar(share(node.runs, about.insight.runs), t!("insight-of-runs"))}</td>
                <td></td>
                <td class="num" data-label=t!("insight-dwell")>{dwell}</td>
                <td class=class data-label=t!("insight-left")>{node.abandoned.to_string()}{open}</td>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn said(about: &About<'_>, index: u16, node: &NodeInsight, choice: &ChoiceInsight) -> AnyView {
    let cost = match choice.cost {
        Some(cost) => t!("insight-points", points = cost.round()),
        None if choice.taken > 0 && about.insight.learners < FEWEST => t!("insight-too-few"),
        None => "–".to_owned(),
    };
    let target = node_name(about.scenario, choice.target);
    let leads = view! { <span class="sub">{t!("map-target")}" "<code>{target}</code></span> };
    // A condition kept it away from some: said only where it did.
    let offered = (choice.offered < node.decisions()).then(|| {
        view! { <span class="sub">{t!("insight-offered", count = i64::from(choice.offered))}</span> }
    });
    row(about.words(index, choice.event), leads.into_any(), choice.taken, node.decisions(), cost, offered.into_any())
}

fn jump(about: &About<'_>, node: &NodeInsight, target: u16, taken: u32) -> AnyView {
    let leads = view! { <code>{node_name(about.scenario, target)}</code> };
    let all = node.ways.iter().map(|way| way.taken).sum();
    row(format!("{} ", t!("insight-jump")), leads.into_any(), taken, all, String::new(), ().into_any())
}

fn row(words: String, leads: AnyView, taken: u32, all: u32, cost: String, offered: AnyView) -> AnyView {
    let class = if taken == 0 { "insight-choice insight-untaken" } else { "insight-choice" };
    view! {
        <tr class=class>
            <th scope="row">{words}{leads}</th>
            <td class="num" data-label=t!("insight-times")>{taken.to_string()}{offered}</td>
            <td data-label=t!("insight-share")>{bar(share(taken, all), String::new())}</td>
            <td class="num" data-label=t!("insight-cost")>{cost}</td>
            <td></td>
            <td></td>
        </tr>
    }
    .into_any()
}

/// A share as a small bar with its number. The bar is 100 wide and nothing but a number.
fn bar(percent: i64, of: String) -> AnyView {
    let drawn = format!(
        r#"<svg class="insight-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="{percent}" height="8"/></svg>"#
    );
    let of = (!of.is_empty()).then(|| view! { <span class="sub">{of}</span> });
    view! { <span class="insight-share"><span inner_html=drawn></span>{t!("percent", value = percent)}</span>{of} }
        .into_any()
}
