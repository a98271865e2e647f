use std::fmt::Write;

use leptos::prelude::*;

/// How a value moved over the decisions of a conversation, as a small line. The title should say the numbers.
#[component]
pub fn TrendLine(
    /// What moved, from what to what.
    #[prop(into)]
    title: String,
    /// The value at the start and after each decision.
    points: Vec<f64>,
    /// The least it can be.
    min: f64,
    /// The greatest it can be.
    max: f64,
    /// What stands under the left end.
    #[prop(into)]
    start_label: String,
    /// What stands under the right end.
    #[prop(into)]
    end_label: String,
) -> impl IntoView {
    view! {
        <figure class="trend card">
            <figcaption class="strong">{title}</figcaption>
            <div inner_html=drawing(&points, min, max)></div>
            <p class="trend-scale"><span>{start_label}</span><span>{end_label}</span></p>
        </figure>
    }
}

/// The line in a square of 100 by 100: only numbers, so that it may go in as it is.
fn drawing(points: &[f64], min: f64, max: f64) -> String {
    let span = if max > min { max - min } else { 1.0 };
    let last = points.len().saturating_sub(1).max(1) as f64;
    let (mut line, mut dots) = (String::new(), String::new());
    let (mut first, mut end) = (0.0, 0.0);
    for (index, value) in points.iter().enumerate() {
        let x = index as f64 * 100.0 / last;
        let y = 100.0 - ((value - min) / span).clamp(0.0, 1.0) * 100.0;
        let _ = write!(line, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
        let _ = write!(dots, "M{x:.1} {y:.1}h0");
        if index == 0 {
            first = x;
        }
        end = x;
    }
    let area = if points.is_empty() { String::new() } else { format!("{line}L{end:.1} 100L{first:.1} 100z") };
    format!(
        concat!(
            r#"<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">"#,
            r#"<path class="trend-grid" d="M0 0H100M0 50H100M0 100H100"/><path class="trend-area" d="{}"/>"#,
            r#"<path class="trend-line" d="{}"/><path class="trend-dot" d="{}"/></svg>"#,
        ),
        area, line, dots
    )
}

#[cfg(test)]
mod tests {
    use super::drawing;

    #[test]
    fn the_line_goes_from_side_to_side_and_stays_inside() {
        let svg = drawing(&[0.0, 5.0, 12.0], 0.0, 10.0);
        assert!(svg.contains("M0.0 100.0L50.0 50.0L100.0 0.0\""), "{svg}");
    }

    #[test]
    fn one_point_and_none_are_no_trouble() {
        assert!(drawing(&[4.0], 0.0, 10.0).contains("M0.0 60.0"));
        assert!(!drawing(&[], 0.0, 0.0).contains("NaN"));
    }
}
