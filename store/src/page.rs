//! A stretch of a long list.

/// Which stretch of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Counted from 1; 0 counts as 1.
    pub number: u32,
    /// Rows on a page, at most [`Page::LARGEST`].
    pub size: u32,
}

impl Page {
    /// More rows than this are never given at once.
    pub const LARGEST: u32 = 500;

    /// The first page, of `size` rows.
    #[must_use]
    pub fn first(size: u32) -> Self {
        Self { number: 1, size }
    }

    pub(crate) fn limit(self) -> i64 {
        i64::from(self.size.clamp(1, Self::LARGEST))
    }

    pub(crate) fn offset(self) -> i64 {
        i64::from(self.number.max(1) - 1) * self.limit()
    }
}

/// A stretch of a list, and how long the whole is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paged<T> {
    /// The rows of the page.
    pub items: Vec<T>,
    /// The number of rows on all pages.
    pub total: u64,
}

/// A pattern for `LIKE … ESCAPE '\'` that finds `term` anywhere in a folded column.
pub(crate) fn anywhere(term: &str) -> String {
    let mut pattern = String::with_capacity(term.len() + 2);
    pattern.push('%');
    for letter in term.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// The form of a name in its `*_key` column: what it is sorted, compared and searched by.
pub(crate) fn key(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_term_is_taken_literally() {
        assert_eq!(anywhere(r"50%_a\b"), r"%50\%\_a\\b%");
    }

    #[test]
    fn pages_are_counted_from_one_and_bounded() {
        assert_eq!(Page { number: 0, size: 10 }.offset(), 0);
        assert_eq!(Page { number: 3, size: 10 }.offset(), 20);
        assert_eq!(Page { number: 2, size: 0 }.offset(), 1);
        assert_eq!(Page { number: 1, size: u32::MAX }.limit(), 500);
    }
}
