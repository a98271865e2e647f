use leptos::prelude::*;

/// Whether a number is good news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatTone {
    /// Neither.
    #[default]
    Plain,
    /// Good news.
    Good,
    /// Bad news.
    Bad,
}

/// A number with its name.
#[derive(Clone, Debug)]
pub struct Stat {
    label: String,
    shown: String,
    tone: StatTone,
    href: String,
}

impl Stat {
    /// What is counted, and the number as it is written for the reader.
    pub fn new(label: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { label: label.into(), shown: shown.into(), tone: StatTone::Plain, href: String::new() }
    }

    /// Whether it is good news.
    #[must_use]
    pub fn tone(mut self, tone: StatTone) -> Self {
        self.tone = tone;
        self
    }

    /// Makes the number a link to what it counts.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// A few numbers, large.
#[component]
pub fn Stats(
    /// The numbers.
    items: Vec<Stat>,
) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|stat| {
            let class = match stat.tone {
                StatTone::Plain => "stat",
                StatTone::Good => "stat stat-good",
                StatTone::Bad => "stat stat-bad",
            };
            let shown = if stat.href.is_empty() {
                stat.shown.into_any()
            } else {
                view! { <a href=stat.href>{stat.shown}</a> }.into_any()
            };
            view! { <div class=class><dt>{stat.label}</dt><dd>{shown}</dd></div> }
        })
        .collect_view();
    view! { <dl class="stats">{items}</dl> }
}
