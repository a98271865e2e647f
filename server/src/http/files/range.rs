//! Parts of a file, which players ask for when somebody moves about in a video. See RFC 9110, section 14.

use std::ops::Range;

/// What a `Range` header asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The whole file: nothing was asked, or nothing that we serve in parts.
    Whole,
    /// One stretch of bytes.
    Part(Range<usize>),
    /// A stretch that lies outside.
    Outside,
}

/// Reads a `Range` header for a file of `size` bytes. Several ranges at once get the whole file, as the standard allows.
#[must_use]
pub fn wanted(header: Option<&str>, size: usize) -> Wanted {
    let Some(spec) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else { return Wanted::Whole };
    let Some((first, last)) = spec.trim().split_once('-').filter(|_| !spec.contains(',')) else { return Wanted::Whole };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let range = match (first.trim().is_empty(), last.trim().is_empty()) {
        (true, true) => return Wanted::Whole,
        (true, false) => number(last).map(|count| size.saturating_sub(count)..if count == 0 { 0 } else { size }),
        (false, true) => number(first).map(|first| first..size),
        (false, false) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Some(first..last.saturating_add(1).min(size)),
            _ => None,
        },
    };
    match range {
        None => Wanted::Whole,
        Some(range) if range.start < range.end && range.end <= size => Wanted::Part(range),
        Some(_) => Wanted::Outside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_as_the_standard_has_them() {
        for (header, expected) in [
            (None, Wanted::Whole),
            (Some("bytes=0-"), Wanted::Part(0..1000)),
            (Some("bytes=0-0"), Wanted::Part(0..1)),
            (Some("bytes=100-199"), Wanted::Part(100..200)),
            (Some("bytes=900-5000"), Wanted::Part(900..1000)),
            (Some("bytes=-100"), Wanted::Part(900..1000)),
            (Some("bytes=-5000"), Wanted::Part(0..1000)),
            (Some("bytes=-0"), Wanted::Outside),
            (Some("bytes=1000-"), Wanted::Outside),
            (Some("bytes=1000-1001"), Wanted::Outside),
            (Some("bytes=0-1,5-6"), Wanted::Whole),
            (Some("bytes=5-1"), Wanted::Whole),
            (Some("bytes=a-b"), Wanted::Whole),
            (Some("bytes=-"), Wanted::Whole),
            (Some("lines=0-1"), Wanted::Whole),
        ] {
            assert_eq!(wanted(header, 1000), expected, "{header:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Outside);
    }
}
