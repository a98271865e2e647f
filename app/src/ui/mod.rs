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
mod escape;
mod facts;
mod field;
mod icon;
mod interval;
mod mark;
mod marked;
mod notice;
mod page_header;
mod pager;
mod pagination;
mod password;
mod progress;
mod select;
mod stats;
mod table;
mod tabs;
mod textarea;
mod trend;
mod window_title;

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
pub use interval::IntervalPlot;
pub use mark::{Avatar, Mark};
pub use marked::Marked;
pub use notice::{Notice, NoticeKind};
pub use page_header::PageHeader;
pub use pager::Pager;
pub use pagination::{PageLink, Pagination};
pub use password::{PasswordField, PasswordOwner};
pub use progress::Progress;
pub use select::{Select, SelectOption};
pub use stats::{Stat, StatTone, Stats};
pub use table::{SortHeader, Sorted, TableRegion};
pub use tabs::{Tab, Tabs};
pub use textarea::TextArea;
pub use trend::TrendLine;
pub use window_title::WindowTitle;

pub(crate) use escape::escaped;
pub(crate) use window_title::window_title;

/// An attribute or a text that is left out when it is empty.
pub(crate) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
pub(crate) fn html(view: impl Fn() -> leptos::prelude::AnyView) -> String {
    use leptos::prelude::{Owner, RenderHtml};
    Owner::new().with(|| view().to_html())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::PathBuf};

    fn style() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../style")
    }

    fn sheets() -> Vec<(String, String)> {
        let order = fs::read_to_string(style().join("order.txt")).expect("style/order.txt");
        order.lines().map(|path| (path.to_owned(), fs::read_to_string(style().join(path)).expect(path))).collect()
    }

    #[test]
    fn every_style_sheet_is_in_the_order() {
        let listed: BTreeSet<String> = sheets().into_iter().map(|(path, _)| path).collect();
        let mut found = BTreeSet::new();
        for (folder, prefix) in [(style(), ""), (style().join("components"), "components/")] {
            for entry in fs::read_dir(folder).expect("a folder of sheets") {
                let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
                if name.ends_with(".css") {
                    found.insert(format!("{prefix}{name}"));
                }
            }
        }
        assert_eq!(listed, found);
    }

    #[test]
    fn every_custom_property_that_is_used_is_set_somewhere() {
        let css: String = sheets().into_iter().map(|(_, text)| text).collect();
        let name =
            |text: &str| -> String { text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect() };
        for used in css.split("var(").skip(1).map(name) {
            assert!(css.contains(&format!("{used}:")), "{used} is used and never set");
        }
    }
}
