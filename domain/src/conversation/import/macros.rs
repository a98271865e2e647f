//! What story formats do beyond words and links: told by its first signs, and named for the list.

use super::markup::{Kind, Part};

/// The beginning of a text on one line, for listing.
pub(super) fn excerpt(text: &str) -> String {
    const LENGTH: usize = 80;
    // Enough of it: the rest of a long script need not be walked through.
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 {
            out.push(' ');
            length += 1;
        }
        for sign in word.chars() {
            if length >= LENGTH {
                out.push('…');
                return out;
            }
            out.push(sign);
            length += 1;
        }
    }
    out
}

/// A part that cannot be converted.
pub(super) fn code<'t>(whole: &'t str, what: &str) -> Part<'t> {
    let shown = excerpt(whole);
    Part { whole, kind: Kind::Code, unconverted: Some(format!("{what} {shown}")) }
}

/// Harlowe's `(name: …)`. One that does not end soon is told of by its beginning; its insides are looked at like text.
pub(super) fn harlowe(rest: &str) -> Option<Part<'_>> {
    const REACH: usize = 120;
    let inside = &rest[1..];
    let colon = inside.bytes().take(40).position(|sign| sign == b':')?;
    let name = inside[..colon].trim_start_matches(['$', '_']);
    let good = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'_');
    if !good {
        return None;
    }
    let mut depth = 0;
    for (at, sign) in rest.bytes().enumerate().take(REACH) {
        match sign {
            b'(' => depth += 1,
            b')' if depth > 1 => depth -= 1,
            b')' => return Some(code(&rest[..=at], "macro")),
            _ => {}
        }
    }
    Some(code(&rest[..colon + 2], "macro"))
}

/// Chapbook's `{name …}`.
pub(super) fn insert(rest: &str) -> Option<Part<'_>> {
    let inside = &rest[1..];
    let good = inside.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_' || sign == '^');
    let end = good.then(|| inside.find(['{', '}', '\n'])).flatten()? + 1;
    rest[end..].starts_with('}').then(|| code(&rest[..=end], "insert"))
}

/// `$name`; two signs in a row stand for one that is not a variable.
pub(super) fn variable(rest: &str) -> Result<Part<'_>, usize> {
    if rest.starts_with("$$") {
        return Err(2);
    }
    let word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let name = &rest[1..];
    if !name.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_') {
        return Err(1);
    }
    let end = name.find(|sign| !word(sign)).map_or(rest.len(), |end| end + 1);
    Ok(code(&rest[..end], "variable"))
}

/// Markdown's `![words](source)`.
pub(super) fn picture(rest: &str) -> Option<Part<'_>> {
    const REACH: usize = 200;
    let reach = rest.bytes().take(REACH);
    let middle = rest.starts_with("![").then(|| reach.clone().position(|sign| sign == b']')).flatten()?;
    let source = rest[middle + 1..].strip_prefix('(')?;
    let length = source.bytes().take(REACH).position(|sign| sign == b')' || sign == b'\n')?;
    let end = middle + 2 + length;
    let mut part = rest[end..].starts_with(')').then(|| code(&rest[..=end], "image"))?;
    part.unconverted = Some(format!("image {}", excerpt(&source[..length])));
    Some(part)
}
