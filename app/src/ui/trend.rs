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
    /// The point that is marked.
    mark: Option<usize>,
    /// What stands below the points, in as many columns.
    children: Children,
) -> impl IntoView {
    view! {
        <figure class="trend">
            <figcaption class="strong">{title}</figcaption>
            <div inner_html=drawing(&points, min, max, mark)></div>
            {children()}
        </figure>
    }
}

/// The line in a square of 100 by 100, each point in the middle of its column: only numbers, so that it may go in as it is.
fn drawing(points: &[f64], min: f64, max: f64, mark: Option<usize>) -> String {
    let span = if max > min { max - min } else { 1.0 };
    let column = 100.0 / points.len().max(1) as f64;
    let (mut line, mut dots, mut marked) = (String::new(), String::new(), String::new());
    let (mut first, mut end) = (0.0, 0.0);
    for (index, value) in points.iter().enumerate() {
        let x = (index as f64 + 0.5) * column;
        let y = 100.0 - ((value - min) / span).clamp(0.0, 1.0) * 100.0;
        let _ = write!(line, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
        let _ = write!(dots, "M{x:.1} {y:.1}h0");
        if index == 0 {
            first = x;
        }
        if mark == Some(index) {
            let _ = write!(
                marked,
                r#"<path class="turn-line" d="M{x:.1} 0V100"/><path class="turn-dot" d="M{x:.1} {y:.1}h0"/>"#
            );
        }
        end = x;
    }
    let area = if points.is_empty() { String::new() } else { format!("{line}L{end:.1} 100L{first:.1} 100z") };
    format!(
        concat!(
            r#"<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">"#,
            r#"<path class="trend-grid" d="M0 0H100M0 50H100M0 100H100"/><path class="trend-area" d="{}"/>"#,
            r#"<path class="trend-line" d="{}"/><path class="trend-dot" d="{}"/>{}</svg>"#,
        ),
        area, line, dots, marked
    )
}

#[cfg(test)]
mod tests {
    use super::drawing;

    #[test]
    fn the_line_stays_inside_and_its_points_stand_over_their_columns() {
        let svg = drawing(&[0.0, 5.0, 12.0, 12.0], 0.0, 10.0, Some(1));
        assert!(svg.contains("M12.5 100.0L37.5 50.0L62.5 0.0L87.5 0.0\""), "{svg}");
        assert!(svg.contains(r#"class="turn-line" d="M37.5 0V100""#), "{svg}");
        assert!(!drawing(&[0.0, 5.0], 0.0, 10.0, None).contains("turn"));
    }

    #[test]
    fn one_point_and_none_are_no_trouble() {
        assert!(drawing(&[4.0], 0.0, 10.0, None).contains("M50.0 60.0"));
        assert!(!drawing(&[], 0.0, 0.0, Some(0)).contains("NaN"));
    }
}
