//! The conversation drawn from above: nodes in rows by how many steps they are from the start, the ways between them as wide
//! as they are used. The table beside it says the same in words and numbers.

use super::{node_name, share};
use crate::t;
use crate::ui::escaped;
use domain::conversation::insight::Insight;
use domain::conversation::{EndingKind, Scenario};
use leptos::prelude::*;
use std::collections::VecDeque;
use std::fmt::Write;

/// Measures of the drawing, in its own units.
const WIDTH: f64 = 158.0;
const HEIGHT: f64 = 46.0;
const BESIDE: f64 = 22.0;
const BELOW: f64 = 58.0;
/// Around everything: the ways back bow out to the left.
const MARGIN: f64 = 48.0;
/// The widest way.
const BROAD: f64 = 11.0;
/// As much of a node's name as has room in it.
const LETTERS: usize = 20;

/// Where a node is: its row, and its upper left corner.
#[derive(Clone, Copy)]
struct Place {
    row: usize,
    x: f64,
    y: f64,
}

/// What the drawing means.
pub(super) fn legend() -> AnyView {
    let key = |inner: &str| format!(r#"<svg class="insight-key" viewBox="0 0 36 20" aria-hidden="true">{inner}</svg>"#);
    let box_of = |fill: f64| {
        format!(
            r#"<rect class="map-fill" x="1" y="1" width="34" height="18" rx="4" fill-opacity="{fill}"/><rect class="map-box" x="1" y="1" width="34" height="18" rx="4"/>"#
        )
    };
    let items = [
        (key(&box_of(0.38)), t!("insight-legend-node")),
        (key(r#"<path class="map-way" d="M1 10H35" stroke-width="8"/>"#), t!("insight-legend-way")),
        (key(r#"<path class="map-way map-unused" d="M1 10H35" stroke-width="1.5"/>"#), t!("insight-legend-unused")),
        (
            key(
                r#"<circle class="map-left" cx="18" cy="10" r="9"/><text class="map-left-count" x="18" y="14">3</text>"#,
            ),
            t!("insight-legend-left"),
        ),
    ];
    let items = items.map(|(key, words)| view! { <li><span inner_html=key></span>{words}</li> });
    view! { <ul class="insight-legend">{items.into_iter().collect_view()}</ul> }.into_any()
}

/// The drawing: numbers, names of our own classes, names of nodes and texts of the catalogue, escaped.
pub(super) fn svg(scenario: &Scenario, insight: &Insight) -> String {
    let rows = rows(insight);
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let (width, height) = (
        widest as f64 * (WIDTH + BESIDE) - BESIDE + 2.0 * MARGIN,
        rows.len() as f64 * (HEIGHT + BELOW) - BELOW + MARGIN,
    );
    let places = places(&rows, insight.nodes.len());
    let mut out = format!(
        concat!(
            r#"<svg viewBox="0 0 {w:.0} {h:.0}" width="{w:.0}" height="{h:.0}" aria-hidden="true">"#,
            r#"<defs><marker id="map-tip" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">"#,
            r#"<path class="map-tip" d="M0 0L9 4L0 8z"/></marker></defs>"#
        ),
        w = width,
        h = height
    );
    for (from, node) in insight.nodes.iter().enumerate() {
        for way in &node.ways {
            let to = usize::from(way.target);
            if let (Some(start), Some(end)) = (places.get(from).copied().flatten(), places.get(to).copied().flatten()) {
                let (class, broad) = if way.taken == 0 {
                    ("map-way map-unused", 1.0)
                } else {
                    ("map-way", 1.0 + (BROAD - 1.0) * f64::from(way.taken) / f64::from(insight.runs.max(1)))
                };
                let (d, broad) = (line(start, end), broad.min(BROAD));
                let _ = write!(
                    out,
                    r#"<path class="{class}" d="{d}" stroke-width="{broad:.1}" marker-end="url(#map-tip)"/>"#
                );
            }
        }
    }
    for index in rows.into_iter().flatten() {
        if let Some(Some(place)) = places.get(index) {
            draw(&mut out, scenario, insight, index, *place);
        }
    }
    out.push_str("</svg>");
    out
}

fn draw(out: &mut String, scenario: &Scenario, insight: &Insight, index: usize, at: Place) {
    let Some(node) = insight.nodes.get(index) else { return };
    let kind = match node.ending.map(|(kind, _)| kind) {
        Some(EndingKind::Success) => " map-success",
        Some(EndingKind::Failure) => " map-failure",
        Some(EndingKind::Neutral) => " map-neutral",
        None => "",
    };
    let seen = share(node.runs, insight.runs);
    let fill = 0.38 * seen as f64 / 100.0;
    let Place { x, y, .. } = at;
    let name = node_name(scenario, u16::try_from(index).unwrap_or(u16::MAX));
    let name =
        if name.chars().count() > LETTERS { name.chars().take(LETTERS - 1).chain(['…']).collect() } else { name };
    let visits = t!("insight-node", visits = i64::from(node.visits), share = seen);
    let (middle, first, second) = (x + WIDTH / 2.0, y + 19.0, y + 36.0);
    let _ = write!(
        out,
        concat!(
            r#"<rect class="map-ground" x="{x:.1}" y="{y:.1}" width="{w}" height="{h}" rx="8"/>"#,
            r#"<rect class="map-fill" x="{x:.1}" y="{y:.1}" width="{w}" height="{h}" rx="8" fill-opacity="{fill:.3}"/>"#,
            r#"<rect class="map-box{kind}" x="{x:.1}" y="{y:.1}" width="{w}" height="{h}" rx="8"/>"#,
            r#"<text class="map-name" x="{middle:.1}" y="{first:.1}">{name}</text>"#,
            r#"<text class="map-count" x="{middle:.1}" y="{second:.1}">{visits}</text>"#,
        ),
        x = x,
        y = y,
        w = WIDTH,
        h = HEIGHT,
        fill = fill,
        kind = kind,
        middle = middle,
        first = first,
        second = second,
        name = escaped(&name),
        visits = escaped(&visits),
    );
    if node.abandoned > 0 {
        let (cx, cy) = (x + WIDTH - 4.0, y + HEIGHT - 2.0);
        let _ = write!(
            out,
            r#"<circle class="map-left" cx="{cx:.1}" cy="{cy:.1}" r="12"/><text class="map-left-count" x="{cx:.1}" y="{:.1}">{}</text>"#,
            cy + 4.0,
            node.abandoned
        );
    }
}

/// The nodes in rows, by the fewest steps from the start: so no way leads down over more than one row. Within a row the most
/// visited come first: what most people did runs down the left, where a narrow screen begins.
fn rows(insight: &Insight) -> Vec<Vec<usize>> {
    let mut depth: Vec<Option<usize>> = vec![None; insight.nodes.len()];
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut next = VecDeque::new();
    if let Some(first) = depth.first_mut() {
        *first = Some(0);
        next.push_back((0, 0));
    }
    while let Some((node, row)) = next.pop_front() {
        if rows.len() <= row {
            rows.push(Vec::new());
        }
        rows[row].push(node);
        for way in &insight.nodes[node].ways {
            let to = usize::from(way.target);
            if let Some(unseen @ None) = depth.get_mut(to) {
                *unseen = Some(row + 1);
                next.push_back((to, row + 1));
            }
        }
    }
    for row in &mut rows {
        // Stable: before anybody came, they stand in the order in which they are led to.
        row.sort_by_key(|node| std::cmp::Reverse(insight.nodes[*node].visits));
    }
    rows
}

fn places(rows: &[Vec<usize>], nodes: usize) -> Vec<Option<Place>> {
    let mut places = vec![None; nodes];
    for (row, members) in rows.iter().enumerate() {
        for (column, node) in members.iter().enumerate() {
            let (right, down) = (column as f64, row as f64);
            let (x, y) = (MARGIN + right * (WIDTH + BESIDE), MARGIN / 2.0 + down * (HEIGHT + BELOW));
            places[*node] = Some(Place { row, x, y });
        }
    }
    places
}

/// Down to the next row, in a bow below to the same row, or back up around the left.
fn line(from: Place, to: Place) -> String {
    let (x, end) = (from.x + WIDTH / 2.0, to.x + WIDTH / 2.0);
    let (low, bend) = (from.y + HEIGHT, BELOW / 2.0);
    if to.row > from.row {
        return format!("M{x:.1} {low:.1}C{x:.1} {:.1} {end:.1} {:.1} {end:.1} {:.1}", low + bend, to.y - bend, to.y);
    }
    if to.row == from.row && (x - end).abs() > 1.0 {
        let deep = low + BELOW * 0.6;
        return format!("M{x:.1} {low:.1}C{x:.1} {deep:.1} {end:.1} {deep:.1} {end:.1} {low:.1}");
    }
    let (start, stop) = (from.y + HEIGHT * 0.7, to.y + HEIGHT * 0.3);
    // A node's way back to itself keeps to the room beside it.
    let bow = if start > stop + HEIGHT { MARGIN * 0.8 } else { BESIDE };
    let out = from.x.min(to.x) - bow;
    format!("M{:.1} {start:.1}C{out:.1} {start:.1} {out:.1} {stop:.1} {:.1} {stop:.1}", from.x, to.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::conversation::{Event, Track, parse};
    use domain::time::Timestamp;

    const TALK: &str = "---\ntitle: Talk\nyou: Sam\nthem: Dana\nvar told: yes/no = no\n---\n\n## start\nDana: Hello?\n\n\
        - One. -> middle\n  why: One.\n\n- Again. -> start\n  why: Two.\n\n- Over. -> lost\n  why: Three.\n\n\
        ## middle\nDana: So?\n\n- Back. -> start\n  why: Four.\n\n- Aside. -> lost\n  why: Five.\n\n- Good. -> won\n  why: Six.\n\n\
        ## won (end: success)\n\n## lost (end: failure)\n";

    fn drawn(runs: &[&[u16]]) -> (Insight, String) {
        let scenario = parse(TALK, "talk").scenario.expect("a scenario");
        let tracks: Vec<Track> = (1..)
            .zip(runs)
            .map(|(learner, choices)| Track {
                learner,
                number: 1,
                started_at: Timestamp(0),
                seen_at: Timestamp(0),
                score: None,
                passed: None,
                events: choices.iter().map(|choice| (Event::Chose(*choice), Timestamp(1))).collect(),
            })
            .collect();
        let insight = Insight::of(&scenario, None, &tracks, Timestamp(3 * Timestamp::DAY));
        let svg = svg(&scenario, &insight);
        (insight, svg)
    }

    #[test]
    fn every_node_has_one_place_below_what_leads_to_it() {
        let (insight, svg) = drawn(&[]);
        assert_eq!(rows(&insight), [vec![0], vec![1, 3], vec![2]]);
        for name in ["start", "middle", "won", "lost"] {
            assert_eq!(svg.matches(&format!(">{name}</text>")).count(), 1, "{name}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("style="));
    }

    #[test]
    fn used_ways_are_broad_and_unused_ones_are_dashed() {
        let (_, svg) = drawn(&[&[0, 2], &[0], &[2]]);
        // Ways: start to middle, itself and lost; middle to start, lost and won.
        assert_eq!(svg.matches("map-unused").count(), 3, "{svg}");
        assert!(svg.contains(r#"stroke-width="7.7""#), "two of three runs");
        assert_eq!(svg.matches(r#"class="map-left""#).count(), 1, "one stopped, at one place");
        assert!(svg.contains("map-box map-success") && svg.contains("map-box map-failure"));
    }
}
