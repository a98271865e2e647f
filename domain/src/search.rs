//! What people look for in a list of names.

use crate::plain::searched;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, Script};
use std::fmt;
use std::str::FromStr;

/// Words to look for: at most [`SearchTerm::MOST`] characters, without what cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchTerm(String);

/// There is nothing to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is nothing to look for")]
pub struct NothingToSearch;

impl SearchTerm {
    /// The most characters that are looked for; what is behind them is left out.
    pub const MOST: usize = 100;

    /// Reads what somebody typed; nothing when nothing is left to look for.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let term: String = searched(typed).chars().take(Self::MOST).collect();
        (!term.is_empty()).then_some(Self(term))
    }

    /// The words as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is looked for in folded names.
    #[must_use]
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

impl fmt::Display for SearchTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SearchTerm {
    type Err = NothingToSearch;

    fn from_str(typed: &str) -> Result<Self, NothingToSearch> {
        Self::parse(typed).ok_or(NothingToSearch)
    }
}

/// A name as it is searched in: in lower case, without accents, letters of compatibility as the usual ones. Whoever types
/// `soren` finds Søren, and whoever types `muller` finds Müller. Marks that are part of a script's writing stay: without
/// its vowel signs a word of Hindi or Thai would be another.
#[must_use]
pub fn folded(name: &str) -> String {
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(name);
    let mut out = String::with_capacity(apart.len());
    for sign in apart.chars().filter(|sign| !is_accent(*sign)).flat_map(char::to_lowercase) {
        match plain_letters(sign) {
            Some(letters) => out.push_str(letters),
            // Lower case may bring a mark of its own.
            None if is_accent(sign) => {}
            None => out.push(sign),
        }
    }
    out
}

/// Marks of no script, or of scripts that are usually written without them; but not those that make another syllable of a
/// kana.
fn is_accent(sign: char) -> bool {
    CodePointMapData::<GeneralCategory>::new().get(sign) == GeneralCategory::NonspacingMark
        && !matches!(sign, '\u{3099}' | '\u{309A}')
        && matches!(CodePointMapData::<Script>::new().get(sign), Script::Inherited | Script::Hebrew | Script::Arabic)
}

/// Letters that have a stroke or are joined, which Unicode does not take apart, as they are typed without them.
fn plain_letters(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'þ' => "th",
        'ŋ' => "n",
        '’' | 'ʼ' | '‘' => "'",
        '‐' | '‑' | '–' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_accents_and_in_any_normal_form() {
        for (name, typed) in [
            ("Véronique", "veronique"),
            ("Ve\u{301}ronique", "véronique"),
            ("Véronique", "VE\u{301}RON"),
            ("Daniel Sørensen", "sorensen"),
            ("Łukasz Żak", "lukasz zak"),
            ("Elif Yıldız", "yildiz"),
            ("İnci", "inci"),
            ("Weiß", "WEISS"),
            ("Liam O’Connor", "o'connor"),
            ("ＡＢＣ", "abc"),
            ("Nguyễn", "nguyen"),
            ("مُحَمَّد", "محمد"),
        ] {
            let term = SearchTerm::parse(typed).unwrap();
            assert!(folded(name).contains(&term.folded()), "{typed} in {name}: {} {}", term.folded(), folded(name));
        }
        assert!(!folded("か").contains(&folded("が")), "another syllable is another");
    }

    #[test]
    fn what_cannot_be_shown_is_not_looked_for() {
        assert_eq!(SearchTerm::parse("\u{0}"), None);
        assert_eq!(SearchTerm::parse(" \u{202E}\u{200B}\t"), None);
        assert_eq!(SearchTerm::parse("a\u{0}b\r\nc").unwrap().as_str(), "ab c");
        assert_eq!(SearchTerm::parse("%").unwrap().as_str(), "%");
        assert_eq!(SearchTerm::parse(&"é".repeat(1000)).unwrap().as_str().chars().count(), SearchTerm::MOST);
    }
}
