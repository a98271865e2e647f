//! The last look at what a browser gets: nothing in it may turn the text behind it around, or be a control character.
//!
//! What people write is parsed when it comes in. This is for what was stored before it was, wherever it is shown.

use axum::body::Bytes;

/// The first two bytes of U+202A to U+202E, which embed or override a direction, in UTF-8; the third is in this range.
const TURNS: [u8; 2] = [0xE2, 0x80];
const TURN: std::ops::RangeInclusive<u8> = 0xAA..=0xAE;
/// The replacement character, which takes as many bytes.
const REPLACED: [u8; 3] = [0xEF, 0xBF, 0xBD];

/// The same text with such characters replaced.
pub(super) fn legible(text: Bytes) -> Bytes {
    let Some(first) = (0..text.len()).find(|at| is_unfit(&text, *at)) else { return text };
    let mut text = Vec::from(text);
    for at in first..text.len() {
        if !is_unfit(&text, at) {
            continue;
        }
        match text.get_mut(at..at + REPLACED.len()) {
            Some(place) if place[0] == TURNS[0] => place.copy_from_slice(&REPLACED),
            _ => text[at] = b' ',
        }
    }
    text.into()
}

fn is_unfit(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'\t' | b'\n' | b'\r' => false,
        0..0x20 | 0x7F => true,
        first if first == TURNS[0] => {
            text.get(at + 1) == Some(&TURNS[1]) && text.get(at + 2).is_some_and(|third| TURN.contains(third))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_turns_or_controls_is_replaced() {
        for (text, shown) in [
            ("a\u{202E}b\u{202A}", "a\u{FFFD}b\u{FFFD}"),
            ("a\u{0}b\u{1B}c\u{7F}", "a b c "),
            ("“a” – b…\n\t\u{2066}c\u{2069}", "“a” – b…\n\t\u{2066}c\u{2069}"),
            ("", ""),
        ] {
            assert_eq!(legible(Bytes::from(text)), shown.as_bytes(), "{text:?}");
        }
        assert_eq!(legible(Bytes::from_static(&[b'a', 0xE2, 0x80])), [b'a', 0xE2, 0x80].as_slice());
    }
}
