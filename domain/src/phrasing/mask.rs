//! Taking personal data out of a text that will be kept or shown to others.

use super::personal::{Datum, data};
use super::reading::Reading;
use super::rule::RuleId;
use super::sentence::sentences;
use std::ops::Range;

/// Replaces order numbers, telephone numbers, postcodes, e-mail addresses, streets and dates of birth by what they are, in square
/// brackets. It looks at their form only: a name stays, and so does an unusual number. Too much is masked rather than too little.
#[must_use]
pub fn mask_personal(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for sentence in sentences(text) {
        for (datum, places) in data(text, &sentence) {
            let bytes = sentence.bytes(places);
            masked.push_str(&text[done..bytes.start]);
            masked.push_str(mask(datum));
            done = bytes.end;
        }
    }
    masked.push_str(&text[done..]);
    masked
}

fn mask(datum: Datum) -> &'static str {
    match datum {
        Datum::Number => "[number]",
        Datum::Phone => "[phone]",
        Datum::Email => "[e-mail]",
        Datum::Postcode => "[postcode]",
        Datum::Street => "[street]",
        Datum::Birth => "[date of birth]",
    }
}

/// Where something was taken out of a masked text, in order.
#[must_use]
pub fn masks(text: &str) -> Vec<Range<usize>> {
    let data = [Datum::Number, Datum::Phone, Datum::Email, Datum::Postcode, Datum::Street, Datum::Birth];
    let all = data.into_iter().map(mask).chain([FOUND]);
    let mut places: Vec<_> =
        all.flat_map(|mask| text.match_indices(mask).map(|(at, found)| at..at + found.len())).collect();
    places.sort_by_key(|place| place.start);
    places
}

/// Replaces what a reading of the same text found to be somebody's personal data, names included.
#[must_use]
pub fn mask_found(text: &str, reading: &Reading) -> String {
    let found = reading.findings.iter().filter(|it| it.rule == RuleId::RepeatsPersonalDataInPublic);
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for span in found.flat_map(|it| &it.spans) {
        let Some(before) = text.get(done..span.start) else { continue };
        masked.push_str(before);
        masked.push_str(FOUND);
        done = span.end;
    }
    masked.push_str(text.get(done..).unwrap_or_default());
    masked
}

/// Stands where personal data stood.
const FOUND: &str = "[personal data]";

#[cfg(test)]
mod tests {
    use super::super::{Context, Rules};
    use super::*;

    #[test]
    fn masks_what_was_found_with_names() {
        let rules = Rules::for_language("en").unwrap();
        let context = Context { public: true, secrets: &[], said: &["It's Whitfield, 88213-4."] };
        for (text, expected) in [
            ("Is it 88213-4?", "Is it [personal data]?"),
            ("Thank you. We'll look at once.", "Thank you. We'll look at once."),
        ] {
            assert_eq!(mask_found(text, &rules.read(text, &context)), expected);
        }
        let text = "Mrs Whitfield, 88213-4 is yours. So is LM4 7QD.";
        let masked = mask_found(text, &rules.read(text, &context));
        for datum in ["88213", "LM4"] {
            assert!(!masked.contains(datum), "{masked}");
        }
    }

    #[test]
    fn masks_data_and_nothing_else() {
        let cases = [
            ("Thanks, order 88213-4 goes to LM4 7QD.", "Thanks, order [number] goes to [postcode]."),
            ("Ring me on +44 151 496 0123 or 0151 496 0123", "Ring me on [phone] or [phone]"),
            ("Mail dana.w@mail.example, 14 Mill Lane", "Mail [e-mail], [street]"),
            ("FR2291034 and NP-2210-88", "[number] and [number]"),
            ("born on 3 May 1984", "born on [date of birth]"),
            ("€ 49.90 by 16:00 on 2024-05-01, 30,000 km", "€ 49.90 by 16:00 on 2024-05-01, 30,000 km"),
            ("We'll call at four 😀 within 24 hours.", "We'll call at four 😀 within 24 hours."),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(mask_personal(text), expected);
            assert_eq!(mask_personal(expected), expected, "masking again changes nothing");
        }
    }
}
