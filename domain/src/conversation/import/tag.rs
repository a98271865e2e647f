//! Tags of HTML, and its character references.

use super::visible;

/// A tag. Its attributes are as written, references included.
pub(super) struct Tag<'t> {
    /// The name; a closing tag's begins with `/`.
    pub name: &'t str,
    attributes: Vec<(&'t str, &'t str)>,
    pub closes_itself: bool,
}

impl Tag<'_> {
    /// The decoded value of an attribute; of several of one name the first counts.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?.1;
        Some(decode(value))
    }
}

/// The tag that begins at `at` (a `<`), and where it ends; or where to go on when it is none, or never ends.
pub(super) fn tag(text: &str, at: usize) -> Result<(Tag<'_>, usize), usize> {
    let inside = &text[at + 1..];
    let slash = usize::from(inside.starts_with('/'));
    if !inside[slash..].starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        return Err(at + 1);
    }
    complete(inside, slash).map(|(tag, rest)| (tag, text.len() - rest.len())).ok_or(text.len())
}

/// The tag without its `<`, and what follows it.
fn complete(inside: &str, slash: usize) -> Option<(Tag<'_>, &str)> {
    let space = |sign: char| sign.is_ascii_whitespace();
    let length = inside[slash..].find(|sign: char| space(sign) || sign == '>' || sign == '/')? + slash;
    let (name, mut rest) = inside.split_at(length);
    let mut attributes = Vec::new();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|sign: char| space(sign) || sign == '/');
        if let Some(after) = rest.strip_prefix('>') {
            let closes_itself = before[..before.len() - rest.len()].ends_with('/');
            return Some((Tag { name, attributes, closes_itself }, after));
        }
        // An equals sign where a name should begin belongs to the name.
        let first = rest.chars().next()?.len_utf8();
        let length = first + rest[first..].find(|sign: char| space(sign) || matches!(sign, '=' | '>' | '/'))?;
        let (key, after) = rest.split_at(length);
        rest = after.trim_start_matches(space);
        let Some(value) = rest.strip_prefix('=').map(|value| value.trim_start_matches(space)) else {
            attributes.push((key, ""));
            continue;
        };
        let quote = value.chars().next().filter(|sign| matches!(sign, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_at(value.find(|sign: char| space(sign) || sign == '>')?),
        };
        attributes.push((key, value));
        rest = after;
    }
}

/// Where the next tag begins, opening or closing, that has one of these names; and its name in small letters. For an
/// element of raw text only its own closing tag counts.
pub(super) fn closing(text: &str, from: usize, names: &[&str]) -> (usize, String) {
    let mut at = from;
    while let Some(next) = text[at..].find('<').map(|next| at + next) {
        let rest = &text[next + 1..];
        let inside = rest.strip_prefix('/').unwrap_or(rest);
        for name in names {
            let begins = inside.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
            let ends = inside.as_bytes().get(name.len());
            let whole = ends.is_none_or(|sign| sign.is_ascii_whitespace() || matches!(sign, b'>' | b'/'));
            if begins && whole && (rest.starts_with('/') || names.len() > 1) {
                let slash = if rest.starts_with('/') { "/" } else { "" };
                return (next, format!("{slash}{name}"));
            }
        }
        at = next + 1;
    }
    (text.len(), String::new())
}

/// The text without its tags.
pub(super) fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].find('<').map(|next| at + next) {
        out.push_str(&text[at..next]);
        at = match tag(text, next) {
            Ok((_, end)) => end,
            Err(after) => {
                out.push_str(&text[next..after]);
                after
            }
        };
    }
    out.push_str(&text[at..]);
    out
}

/// The text with its character references replaced. Unknown ones stay as they are.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No known name is longer than this.
        let end = rest.bytes().take(12).position(|sign| sign == b';');
        match end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            Some((sign, end)) => {
                out.push(sign);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands between `&` and `;`. Twine writes the first five names; the others come from people.
fn reference(name: &str) -> Option<char> {
    const NAMES: [(&str, char); 34] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("shy", '\u{ad}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("sbquo", '‚'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bdquo", '„'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("bull", '•'),
        ("middot", '·'),
        ("copy", '©'),
        ("reg", '®'),
        ("trade", '™'),
        ("euro", '€'),
        ("pound", '£'),
        ("cent", '¢'),
        ("yen", '¥'),
        ("sect", '§'),
        ("deg", '°'),
        ("times", '×'),
        ("lbrack", '['),
        ("rbrack", ']'),
        ("iexcl", '¡'),
        ("iquest", '¿'),
    ];
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    };
    let value = match number.strip_prefix(['x', 'X']) {
        Some(digits) if digits.bytes().all(|sign| sign.is_ascii_hexdigit()) => u32::from_str_radix(digits, 16).ok()?,
        None if number.bytes().all(|sign| sign.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    // As HTML has it, what is no character becomes the replacement character; of a line's end, it stays one.
    Some(
        char::from_u32(value)
            .map_or(char::REPLACEMENT_CHARACTER, |sign| if sign == '\r' { '\n' } else { visible(sign) }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes() {
        for (text, name, value) in [
            (r#"<tw-x name="a &amp; b">"#, "tw-x", Some("a & b")),
            ("<tw-x name='a > b'>", "tw-x", Some("a > b")),
            ("<tw-x name=a>", "tw-x", Some("a")),
            ("<tw-x NAME = \"a\" name=\"b\"/>", "tw-x", Some("a")),
            ("<tw-x name>", "tw-x", Some("")),
            ("<tw-x other=\"name=1\">", "tw-x", None),
            ("<tw-x\n\tname=\"a\"\n>", "tw-x", Some("a")),
            ("</tw-x>", "/tw-x", None),
            ("<tw-x =name=a>", "tw-x", None),
        ] {
            let Ok((tag, end)) = tag(text, 0) else { panic!("{text}") };
            assert_eq!((tag.name, end), (name, text.len()), "{text}");
            assert_eq!(tag.attribute("name").as_deref(), value, "{text}");
        }
        for text in ["<", "<>", "< a>", "<1>", "</>", "<é>"] {
            assert_eq!(tag(text, 0).err(), Some(1), "{text}");
        }
        for text in ["<a", "<a b", "<a b=", "<a b=\"c>", "</a"] {
            assert_eq!(tag(text, 0).err(), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn references() {
        for (text, decoded) in [
            ("", ""),
            ("a &amp; b", "a & b"),
            ("&lt;&lt;set&gt;&gt; &quot;&#39;&#x27;&apos;", "<<set>> \"'''"),
            ("&amp;amp;", "&amp;"),
            ("&#x1F937;&#128512;", "🤷😀"),
            ("&#0;&#xD800;&#x110000;&#27;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("a&#10;b&#13;c&#9;d&#x85;e", "a\nb\nc\td e"),
            ("& && &unknown; &#; &#x; &#+1; &é;", "& && &unknown; &#; &#x; &#+1; &é;"),
        ] {
            assert_eq!(decode(text), decoded, "{text}");
        }
    }
}
