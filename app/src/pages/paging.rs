//! Pages of a long list.

use crate::t;
use crate::ui::{PageLink, Pagination};
use leptos::prelude::*;

/// Rows on a page.
pub const SIZE: u32 = 25;

/// A number of things for a text with plurals.
#[must_use]
pub fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The links to the pages of a list of `total` rows; nothing when one page has them all. `base` is the address up to the
/// page's number, such as `/people?role=hr&page=`.
#[must_use]
pub fn pages(base: &str, current: u32, total: u64) -> AnyView {
    links(|page| format!("{base}{page}"), current, last(total, SIZE))
}

/// The number of the last page of `total` rows.
#[must_use]
pub fn last(total: u64, size: u32) -> u32 {
    u32::try_from(total.div_ceil(u64::from(size.max(1)))).unwrap_or(u32::MAX).max(1)
}

/// The links to `last` pages, where `address` gives each page's.
#[must_use]
pub fn links(address: impl Fn(u32) -> String, current: u32, last: u32) -> AnyView {
    if last <= 1 {
        return ().into_any();
    }
    let current = current.clamp(1, last);
    let link = |page: u32| {
        PageLink::new(address(page), page.to_string()).current(page == current).name(t!("page-number", number = page))
    };
    let mut links = vec![];
    let mut before = 0;
    for page in shown(current, last) {
        if page > before + 1 {
            links.push(PageLink::gap());
        }
        links.push(link(page));
        before = page;
    }
    let previous = (current > 1).then(|| PageLink::new(address(current - 1), t!("page-previous")));
    let next = (current < last).then(|| PageLink::new(address(current + 1), t!("page-next")));
    view! { <Pagination label=t!("pages-label") pages=links previous=previous next=next/> }.into_any()
}

/// The pages that have a link: the first, the last, and those around the present one.
fn shown(current: u32, last: u32) -> Vec<u32> {
    let near = current.saturating_sub(1).max(1)..=(current + 1).min(last);
    let mut pages: Vec<u32> = [1].into_iter().chain(near).chain([last]).collect();
    pages.dedup();
    pages
}

#[cfg(test)]
mod tests {
    use super::{last, shown};

    #[test]
    fn the_ends_and_the_neighbours_have_links() {
        assert_eq!(shown(1, 2), [1, 2]);
        assert_eq!(shown(1, 9), [1, 2, 9]);
        assert_eq!(shown(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(shown(9, 9), [1, 8, 9]);
        assert_eq!(shown(2, 3), [1, 2, 3]);
    }

    #[test]
    fn a_page_is_begun_by_its_first_row() {
        assert_eq!((last(0, 50), last(50, 50), last(51, 50), last(3, 0)), (1, 1, 2, 3));
    }
}
