//! Plain text that people type or paste: what may stand in it, and its normal form.
//!
//! A line is a name, a title, a reason: it must be seen by whoever reads it, and must not change how the text around it
//! is read. The categories of Unicode decide, so that no script has to be listed. Text is kept in Normalization Form C,
//! so that what looks the same is the same.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{
    BidiControl, CanonicalCombiningClass, DefaultIgnorableCodePoint, Emoji, EmojiModifier, ExtendedPictographic,
    GeneralCategory as Category, Ideographic, JoiningType, NoncharacterCodePoint, VariationSelector,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Why a text cannot be a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LineProblem {
    /// Nothing of it would be seen.
    #[error("says nothing")]
    Empty,
    /// Longer than allowed.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// A line break or another control character, one that turns the direction of the text around it, or one that cannot
    /// be shown.
    #[error("has a line break, or a character that cannot be shown")]
    Characters,
}

/// What stands in place of a character that cannot be shown.
const UNSHOWN: char = '\u{FFFD}';

/// A Braille cell without a dot: a symbol by its category, a space by its looks.
const EMPTY_CELL: char = '\u{2800}';

/// More marks than this on one letter are there to cover what stands above and below. Written languages need four.
const MOST_MARKS: usize = 6;

/// No line is as long as this, however much of it is left out.
const MOST_BYTES: usize = 64 * 1024;

/// Reads a line of at most `most` characters: in Normalization Form C, with single spaces inside and none at the ends, and
/// without what is invisible and means nothing, such as soft hyphens.
///
/// # Errors
/// [`LineProblem`] says what is wrong.
pub fn line(text: &str, most: usize) -> Result<String, LineProblem> {
    if text.len() > MOST_BYTES {
        return Err(LineProblem::TooLong(most));
    }
    let Tidied { text, is_whole, is_seen } = tidied(text);
    if !is_whole {
        Err(LineProblem::Characters)
    } else if !is_seen {
        Err(LineProblem::Empty)
    } else if text.chars().count() > most {
        Err(LineProblem::TooLong(most))
    } else {
        Ok(text)
    }
}

/// A line as it was stored under an earlier rule: what cannot be shown is replaced, and of what would not be seen there is
/// a sign that something is there.
#[must_use]
pub fn stored_line(text: &str) -> String {
    let Tidied { text, is_seen, .. } = tidied(text);
    if is_seen { text } else { UNSHOWN.to_string() }
}

/// A line to look for: like [`line`](fn@line), but what cannot be shown is left out, and nothing is refused.
#[must_use]
pub fn searched(text: &str) -> String {
    let start: String = text.chars().take(MOST_BYTES / 64).collect();
    tidied(&start).text.replace(UNSHOWN, "").trim().to_owned()
}

/// Text of several lines: in Normalization Form C, line breaks as line feeds, without control characters and without those
/// that embed or override a direction.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let kept: String = text.chars().filter(|sign| matches!(sign, '\n' | '\t') || !is_unfit(*sign)).collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&kept).trim().to_owned()
}

/// Whether a character has no place in any text to be read: a control character, or one that embeds or overrides a
/// direction for whatever follows. (Isolates and marks, which right-to-left text may need, reach no further than they
/// should.)
#[must_use]
pub fn is_unfit(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{202A}'..='\u{202E}')
}

struct Tidied {
    text: String,
    /// Nothing had to be replaced.
    is_whole: bool,
    /// A letter, a number or a symbol is in it.
    is_seen: bool,
}

/// What is left out may bring together what was apart, and so on until nothing changes.
fn tidied(given: &str) -> Tidied {
    let mut last = pass(given);
    loop {
        let next = pass(&last.text);
        if next.text == last.text {
            return last;
        }
        last = Tidied { is_whole: last.is_whole && next.is_whole, ..next };
    }
}

fn pass(given: &str) -> Tidied {
    let given = ComposingNormalizerBorrowed::new_nfc().normalize(given);
    let categories = CodePointMapData::<Category>::new();
    let (mut text, mut is_whole, mut is_seen) = (String::with_capacity(given.len()), true, false);
    let (mut gap, mut marks) = (false, 0);
    let mut signs = given.chars().peekable();
    while let Some(sign) = signs.next() {
        let category = categories.get(sign);
        let mut put = sign;
        match category {
            _ if sign == '\t' || sign == EMPTY_CELL => {
                gap = true;
                continue;
            }
            Category::SpaceSeparator => {
                gap = true;
                continue;
            }
            Category::LineSeparator | Category::ParagraphSeparator => {
                (gap, is_whole) = (true, false);
                continue;
            }
            Category::Control if sign.is_whitespace() => {
                (gap, is_whole) = (true, false);
                continue;
            }
            Category::Control | Category::Surrogate | Category::PrivateUse => put = UNSHOWN,
            _ if turns(sign) || is_noncharacter(sign) => put = UNSHOWN,
            _ if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(sign) => {
                let before = text.chars().next_back().filter(|_| !gap);
                if !before.is_some_and(|before| matters(before, sign, signs.peek().copied())) {
                    continue;
                }
            }
            Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark => {
                marks += 1;
                if marks > MOST_MARKS {
                    is_whole = false;
                    continue;
                }
            }
            _ => {}
        }
        if !matches!(category, Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark) {
            marks = 0;
        }
        is_whole &= put != UNSHOWN;
        is_seen |= put != UNSHOWN && is_visible(category);
        if gap && !text.is_empty() {
            text.push(' ');
        }
        gap = false;
        text.push(put);
    }
    Tidied { text, is_whole, is_seen }
}

/// Whether a character embeds, isolates or overrides a direction.
fn turns(sign: char) -> bool {
    let mark = matches!(sign, '\u{61C}' | '\u{200E}' | '\u{200F}');
    !mark && CodePointSetData::new::<BidiControl>().contains(sign)
}

fn is_noncharacter(sign: char) -> bool {
    CodePointSetData::new::<NoncharacterCodePoint>().contains(sign)
}

fn is_visible(category: Category) -> bool {
    use Category::{
        CurrencySymbol, DecimalNumber, LetterNumber, LowercaseLetter, MathSymbol, ModifierLetter, ModifierSymbol,
        OtherLetter, OtherNumber, OtherSymbol, TitlecaseLetter, UppercaseLetter,
    };
    matches!(
        category,
        UppercaseLetter
            | LowercaseLetter
            | TitlecaseLetter
            | ModifierLetter
            | OtherLetter
            | DecimalNumber
            | LetterNumber
            | OtherNumber
            | MathSymbol
            | CurrencySymbol
            | ModifierSymbol
            | OtherSymbol
    )
}

/// Whether an invisible character between two others changes how they are written: joiners after a virama or between
/// letters that join (RFC 5892, appendix A), or within an emoji; variation selectors of ideographs and of emoji.
fn matters(before: char, sign: char, after: Option<char>) -> bool {
    let is_emoji = |sign: char| CodePointSetData::new::<Emoji>().contains(sign);
    if CodePointSetData::new::<VariationSelector>().contains(sign) {
        return is_emoji(before) || CodePointSetData::new::<Ideographic>().contains(before);
    }
    let (Some(after), true) = (after, matches!(sign, '\u{200C}' | '\u{200D}')) else { return false };
    if CodePointMapData::<CanonicalCombiningClass>::new().get(before) == CanonicalCombiningClass::Virama {
        return true;
    }
    let joining = CodePointMapData::<JoiningType>::new();
    let forwards = matches!(joining.get(before), JoiningType::LeftJoining | JoiningType::DualJoining);
    let backwards = matches!(joining.get(after), JoiningType::RightJoining | JoiningType::DualJoining);
    let pictures = sign == '\u{200D}'
        && CodePointSetData::new::<ExtendedPictographic>().contains(after)
        && (CodePointSetData::new::<ExtendedPictographic>().contains(before)
            || CodePointSetData::new::<EmojiModifier>().contains(before)
            || before == '\u{FE0F}');
    (forwards && backwards) || pictures
}

#[cfg(test)]
mod tests {
    use super::*;
    use LineProblem::{Characters, Empty, TooLong};
    use proptest::prelude::*;

    #[test]
    fn spaces_and_invisible_characters_are_tidied_away() {
        for (typed, kept) in [
            ("  Ana   María\tde la\u{A0}Cruz\u{3000}", "Ana María de la Cruz"),
            ("Ve\u{301}ronique", "Véronique"),
            ("Donau\u{AD}dampf\u{200B}schiff\u{FEFF}", "Donaudampfschiff"),
            ("\u{200E}Ann\u{200F}", "Ann"),
            ("Ann\u{200D}a \u{FE0F}B", "Anna B"),
            ("Care\u{2800}team", "Care team"),
        ] {
            assert_eq!(line(typed, 100).as_deref(), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn any_script_is_welcome_with_the_joiners_it_needs() {
        for text in [
            "李",
            "Ó Súilleabháin",
            "X Æ A-12",
            "נועה",
            "علی\u{200C}رضا",
            "ශ\u{DCA}\u{200D}රී",
            "葛\u{E0100}城",
            "Team 👩\u{200D}💻",
            "🏳\u{FE0F}\u{200D}🌈",
            "Nguyễn Thị Ánh",
            "€ 50",
            "A & B <GmbH>",
        ] {
            assert_eq!(line(text, 100).as_deref(), Ok(text), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_would_see_is_nothing() {
        for blank in [
            "",
            " \t",
            "\u{3164}",
            "\u{115F}\u{1160}",
            "\u{AD}",
            "\u{2800}\u{2800}",
            "\u{200D}",
            "\u{E0041}",
            "…",
            "\u{301}",
        ] {
            assert_eq!(line(blank, 100), Err(Empty), "{blank:?}");
            assert!(!stored_line(blank).is_empty());
        }
    }

    #[test]
    fn what_breaks_or_turns_the_line_is_refused_and_shown_as_replaced_where_it_is_stored() {
        for (bad, shown) in [
            ("a\nb", "a b"),
            ("a\r\nb", "a b"),
            ("a\u{2028}b", "a b"),
            ("a\u{2029}b", "a b"),
            ("a\u{0}b", "a\u{FFFD}b"),
            ("a\u{1B}[31mb", "a\u{FFFD}[31mb"),
            ("a\u{202E}b", "a\u{FFFD}b"),
            ("a\u{2066}b", "a\u{FFFD}b"),
            ("a\u{E000}b", "a\u{FFFD}b"),
            ("a\u{FFFE}b", "a\u{FFFD}b"),
            ("a\u{FFFD}b", "a\u{FFFD}b"),
        ] {
            assert_eq!(line(bad, 100), Err(Characters), "{bad:?}");
            assert_eq!(stored_line(bad), shown, "{bad:?}");
        }
        let heap = format!("Z{}", "\u{30D}".repeat(40));
        assert_eq!(line(&heap, 100), Err(Characters), "marks upon marks");
        assert!(stored_line(&heap).chars().count() < 10);
    }

    #[test]
    fn length_counts_characters_after_tidying() {
        assert_eq!(line(&"é".repeat(101), 100), Err(TooLong(100)));
        assert!(line(&"e\u{301}".repeat(100), 100).is_ok());
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs("  why?\r\nIt\tfits.\u{2029}So \u{0}\u{202E}e\u{301}\u{7}"), "why?\nIt\tfits.\nSo é");
        assert_eq!(paragraphs("\u{2067}שלום\u{2069}"), "\u{2067}שלום\u{2069}");
    }

    proptest! {
        #[test]
        fn a_line_read_again_is_the_same(text in "\\PC{0,40}|[ a\u{301}\u{200d}\u{ad}\u{fe0f}é👩\u{94d}क]{0,20}") {
            if let Ok(once) = line(&text, 1000) {
                prop_assert_eq!(line(&once, 1000), Ok(once.clone()));
                prop_assert_eq!(stored_line(&once), once);
            }
            let kept = paragraphs(&text);
            prop_assert_eq!(paragraphs(&kept), kept);
        }
    }
}
