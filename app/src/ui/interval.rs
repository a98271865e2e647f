use std::fmt::Write;

use leptos::prelude::*;

/// An interval on a scale from `-scale` to `scale`, with a line at zero and a band that is as good as zero. The numbers
/// stand beside it.
#[component]
pub fn IntervalPlot(
    /// The estimate.
    mean: f64,
    /// The lower end.
    low: f64,
    /// The upper end.
    high: f64,
    /// What lies within this, either way, is as good as zero.
    band: f64,
    /// Where the scale ends, either way.
    scale: f64,
    /// What it means to lie on the left.
    #[prop(into)]
    left: String,
    /// What it means to lie on the right.
    #[prop(into)]
    right: String,
) -> impl IntoView {
    view! {
        <div class="interval">
            <div inner_html=drawing(mean, low, high, band, scale)></div>
            <p class="interval-scale"><span>{left}</span><span>{right}</span></p>
        </div>
    }
}

/// The plot, 200 wide: only numbers, so that it may go in as it is.
fn drawing(mean: f64, low: f64, high: f64, band: f64, scale: f64) -> String {
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let x = |value: f64| 100.0 + (value / scale).clamp(-1.0, 1.0) * 100.0;
    let (left, right) = (x(-band), x(band));
    let mut svg = String::from(r#"<svg viewBox="0 0 200 20" preserveAspectRatio="none" aria-hidden="true">"#);
    let _ = write!(svg, r#"<rect class="interval-band" x="{left:.1}" width="{:.1}" height="20"/>"#, right - left);
    svg.push_str(r#"<path class="interval-zero" d="M100 0V20"/>"#);
    let (low, mean, high) = (x(low), x(mean), x(high));
    let _ = write!(svg, r#"<path class="interval-line" d="M{low:.1} 5V15M{low:.1} 10H{high:.1}M{high:.1} 5V15"/>"#);
    let _ = write!(svg, r#"<path class="interval-dot" d="M{mean:.1} 10h0"/></svg>"#);
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_belong() {
        let svg = drawing(-0.1, -0.2, 0.05, 0.05, 0.2);
        assert!(svg.contains(r#"x="75.0" width="50.0""#), "the band: {svg}");
        assert!(svg.contains("M0.0 5V15M0.0 10H125.0M125.0 5V15"), "from end to end: {svg}");
        assert!(svg.contains("M50.0 10h0"), "the estimate: {svg}");
    }

    #[test]
    fn nothing_leaves_the_picture() {
        let svg = drawing(9.0, -9.0, f64::INFINITY, 0.05, 0.0);
        assert!(svg.contains("M0.0 5V15M0.0 10H200.0"), "{svg}");
    }
}
