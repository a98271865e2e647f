//! The parts that pages are made of: plain HTML from the server, one file per part, styled by `style/components`.
//!
//! Every text comes in as a prop, already translated. An empty text means that there is none.

mod badge;
mod button;
mod card;
mod chart;
mod check;
mod choices;
mod confirm;
mod crumbs;
mod error_summary;
mod facts;
mod field;
mod icon;
mod mark;
mod notice;
mod page_header;
mod pager;
mod pagination;
mod progress;
mod select;
mod stats;
mod table;
mod tabs;
mod textarea;
mod trend;

pub use badge::{Badge, BadgeKind};
pub use button::{Actions, Button, ButtonKind, ButtonSize, LinkButton};
pub use card::{Card, EmptyState};
pub use chart::{BarPart, BarTone, StackedBar};
pub use check::{Check, Hidden};
pub use choices::{ChoiceKind, ChoiceOption, Choices};
pub use confirm::{Confirm, Disclosure};
pub use crumbs::{Crumb, Crumbs};
pub use error_summary::{ErrorSummary, FieldError};
pub use facts::{Facts, fact};
pub use field::{Field, FileField, field_id};
pub use icon::{Icon, IconName};
pub use mark::{Avatar, Mark};
pub use notice::{Notice, NoticeKind};
pub use page_header::PageHeader;
pub use pager::Pager;
pub use pagination::{PageLink, Pagination};
pub use progress::Progress;
pub use select::{Select, SelectOption};
pub use stats::{Stat, StatTone, Stats};
pub use table::{SortHeader, Sorted, TableRegion};
pub use tabs::{Tab, Tabs};
pub use textarea::TextArea;
pub use trend::TrendLine;

/// An attribute or a text that is left out when it is empty.
pub(crate) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
pub(crate) fn html(view: impl Fn() -> leptos::prelude::AnyView) -> String {
    use leptos::prelude::{Owner, RenderHtml};
    Owner::new().with(|| view().to_html())
}
