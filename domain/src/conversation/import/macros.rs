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

/// Where the colon of Harlowe's `(name: …)` stands, when it is one.
pub(super) fn harlowe(rest: &str) -> Option<usize> {
    let inside = &rest[1..];
    let colon = inside.bytes().take(40).position(|sign| sign == b':')?;
    let name = inside[..colon].trim_start_matches(['$', '_']);
    let good = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'_');
    good.then_some(colon + 1)
}

/// Where the first parenthesis is closed again, within reach; those in quotes do not count.
pub(super) fn closing_paren(rest: &str, reach: usize) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut before = b' ';
    let mut escaped = false;
    for (at, sign) in rest.bytes().enumerate().take(reach) {
        match (quote, sign) {
            (Some(open), _) if sign == open && !escaped => quote = None,
            (Some(_), _) => {}
            // `$name's` opens no text.
            (None, b'"' | b'\'') if !before.is_ascii_alphanumeric() => quote = Some(sign),
            (None, b'(') => depth += 1,
            (None, b')') if depth > 1 => depth -= 1,
            (None, b')') => return Some(at + 1),
            _ => {}
        }
        escaped = quote.is_some() && !escaped && sign == b'\\';
        before = sign;
    }
    None
}

/// Whether what a macro of `SugarCube` takes is code rather than arguments.
pub(super) fn is_expression(whole: &str) -> bool {
    const NAMES: [&str; 11] =
        ["capture", "case", "elseif", "for", "if", "print", "run", "script", "set", "switch", "unset"];
    let inside = whole.trim_start_matches('<');
    let length = inside.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(inside.len());
    length == 0 || NAMES.contains(&&inside[..length])
}

/// Chapbook's `{name …}`.
pub(super) fn insert(rest: &str) -> Option<Part<'_>> {
    let inside = &rest[1..];
    let good = inside.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_' || sign == '^');
    let end = good.then(|| inside.find(['{', '}', '\n'])).flatten()? + 1;
    if let Some(link) = rest[..end].find("[[") {
        // Not Chapbook's: its text is looked at.
        return Some(code(&rest[..link], "insert"));
    }
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

/// `_name`, where it neither continues a word nor marks words, as in `_so_`.
pub(super) fn temporary<'t>(before: &str, line: &'t str) -> Option<Part<'t>> {
    let word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let name = &line[1..];
    if before.ends_with(|sign: char| sign.is_alphanumeric() || sign == '_')
        || !name.starts_with(|sign: char| sign.is_ascii_alphabetic())
    {
        return None;
    }
    let end = name.find(|sign| !word(sign)).unwrap_or(name.len());
    // The next line below ends the marked words, when a word ends there.
    let marked = name.bytes().take(200).position(|sign| sign == b'_').is_some_and(|at| {
        let after = name[at + 1..].chars().next();
        name[..at].ends_with(char::is_alphanumeric) && !after.is_some_and(|sign| sign.is_alphanumeric() || sign == '_')
    });
    (!marked).then(|| code(&line[..=end], "variable"))
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
