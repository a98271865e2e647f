//! Short names for passages.

use std::collections::{HashMap, HashSet};

/// A short name out of any text: `The harbour, at night` becomes `the-harbour-at-night`, and `HarbourNight`
/// `harbour-night`. Letters with marks lose them.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    for sign in apart(text).flat_map(char::to_lowercase) {
        let plain: &str = match sign {
            'a'..='z' | '0'..='9' => {
                out.push(sign);
                ""
            }
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
            'ä' | 'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' | 'ð' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
            'ö' | 'œ' => "oe",
            'ř' => "r",
            'ś' | 'š' | 'ş' => "s",
            'ß' => "ss",
            'ť' | 'ţ' => "t",
            'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => "u",
            'ü' => "ue",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            // Apostrophes and the marks of decomposed letters separate nothing.
            '\'' | '’' | '\u{300}'..='\u{36f}' => "",
            _ if out.is_empty() || out.ends_with('-') => "",
            _ => "-",
        };
        out.push_str(plain);
        if out.len() >= 50 {
            break;
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// The text with a space where a word with a capital begins within another.
fn apart(text: &str) -> impl Iterator<Item = char> {
    let before = std::iter::once(' ').chain(text.chars());
    let after = text.chars().skip(1).chain([' ']);
    before.zip(text.chars()).zip(after).flat_map(|((before, sign), after)| {
        let begins = sign.is_uppercase() && (before.is_lowercase() || before.is_numeric() && after.is_lowercase());
        begins.then_some(' ').into_iter().chain([sign])
    })
}

/// Gives each name a short one that is its alone.
#[derive(Default)]
pub(super) struct Slugs {
    used: HashSet<String>,
    /// The last number given behind a name.
    last: HashMap<String, usize>,
}

impl Slugs {
    pub fn unique(&mut self, name: &str) -> String {
        let slug = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "passage".to_owned());
        if self.used.insert(slug.clone()) {
            return slug;
        }
        let last = self.last.entry(slug.clone()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{slug}-{last}");
            if self.used.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slug::Slug;

    #[test]
    fn short_and_unique() {
        let mut slugs = Slugs::default();
        for (name, short) in [
            ("The harbour, at night!", "the-harbour-at-night"),
            ("  --A--B--  ", "a-b"),
            ("A b", "a-b-2"),
            ("a-b-2", "a-b-2-2"),
            ("a B", "a-b-3"),
            ("Grüße aus Łódź", "gruesse-aus-lodz"),
            ("LunaDay3Start", "luna-day3-start"),
            ("S1R", "s1r"),
            ("theFAQ", "the-faq"),
            ("it's", "its"),
            ("港", "passage"),
            ("", "passage-2"),
            ("x ".repeat(60).as_str(), "x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x"),
        ] {
            let given = slugs.unique(name);
            assert_eq!(given, short, "{name}");
            assert!(given.parse::<Slug>().is_ok(), "{given}");
        }
    }
}
