use std::fmt::Write;

use leptos::prelude::*;

/// The colour of a part; the name beside it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarTone {
    /// Finished.
    Done,
    /// Begun.
    InProgress,
    /// Nothing yet.
    NotStarted,
    /// The due day is near.
    DueSoon,
    /// The due day has passed.
    Overdue,
}

impl BarTone {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "tone-done",
            Self::InProgress => "tone-in-progress",
            Self::NotStarted => "tone-not-started",
            Self::DueSoon => "tone-due-soon",
            Self::Overdue => "tone-overdue",
        }
    }
}

/// One part of a stacked bar.
#[derive(Clone, Debug)]
pub struct BarPart {
    label: String,
    value: u64,
    shown: String,
    tone: BarTone,
    href: String,
}

impl BarPart {
    /// A part with its name, its size, the size as it is written for the reader, and its colour.
    pub fn new(label: impl Into<String>, value: u64, shown: impl Into<String>, tone: BarTone) -> Self {
        Self { label: label.into(), value, shown: shown.into(), tone, href: String::new() }
    }

    /// Makes the name a link to what the part counts.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// A stacked bar with its parts listed beneath; the list is what assistive technology reads.
#[component]
pub fn StackedBar(
    /// What is counted.
    #[prop(into)]
    title: String,
    /// The parts, in the order they are drawn.
    parts: Vec<BarPart>,
) -> impl IntoView {
    let bar = drawing(&parts);
    let legend = parts
        .into_iter()
        .map(|part| {
            let key = format!(
                r#"<svg class="chart-key" viewBox="0 0 10 10" aria-hidden="true"><rect class="{}" width="10" height="10"/></svg>"#,
                part.tone.class()
            );
            let name = if part.href.is_empty() {
                part.label.into_any()
            } else {
                view! { <a href=part.href>{part.label}</a> }.into_any()
            };
            view! { <div><dt><span class="chart-name"><span inner_html=key></span>{name}</span></dt><dd>{part.shown}</dd></div> }
        })
        .collect_view();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <div inner_html=bar></div>
            <dl class="chart-legend">{legend}</dl>
        </figure>
    }
}

/// The bar, 100 wide: only numbers and class names of our own, so that it may go in as it is.
fn drawing(parts: &[BarPart]) -> String {
    let total: u64 = parts.iter().map(|part| part.value).sum();
    let mut svg =
        String::from(r#"<svg class="chart-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">"#);
    let mut x = 0.0;
    for part in parts.iter().filter(|part| part.value > 0) {
        let width = part.value as f64 * 100.0 / total as f64;
        let class = part.tone.class();
        let _ = write!(svg, r#"<rect class="{class}" x="{x:.2}" width="{width:.2}" height="10"/>"#);
        x += width;
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_in_order_and_empty_ones_are_not_drawn() {
        let svg = drawing(&[
            BarPart::new("a", 3, "3", BarTone::Done),
            BarPart::new("b", 0, "0", BarTone::Overdue),
            BarPart::new("c", 1, "1", BarTone::NotStarted),
        ]);
        assert!(svg.contains(r#"x="0.00" width="75.00""#), "{svg}");
        assert!(svg.contains(r#"x="75.00" width="25.00""#), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2);
    }

    #[test]
    fn nothing_at_all_draws_an_empty_bar() {
        assert_eq!(drawing(&[]).matches("<rect").count(), 0);
    }
}
