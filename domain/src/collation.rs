//! The order in which people expect names: É beside E, 2 before 10, and the letter case last.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use std::sync::LazyLock;

/// The order of the Unicode Collation Algorithm as CLDR's root has it: that of English and of most languages in Latin
/// script, and a sound one for all others.
static ORDER: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut wishes = CollatorPreferences::default();
    wishes.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(wishes, CollatorOptions::default()).ok()
});

/// Bytes that sort, compared one by one, as people expect the names to sort; never none.
#[must_use]
pub fn sort_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(3 * name.len());
    if let Some(order) = &*ORDER {
        let Ok(()) = order.write_sort_key_to(name, &mut key);
    } else {
        key.extend(name.to_lowercase().bytes());
    }
    // Nothing means in a table that a key was not made yet.
    if key.is_empty() {
        key.push(1);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_come_after_letters_and_numbers_are_numbers() {
        let expected = [
            "Daniel Sørensen",
            "Edgar",
            "Élodie",
            "elsa",
            "Emil",
            "Łukasz",
            "Support 2",
            "Support 10",
            "Zoe",
            "Zoë",
            "Анна",
        ];
        let mut names = expected;
        names.reverse();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, expected);
    }

    #[test]
    fn the_same_name_in_another_normal_form_has_the_same_place() {
        assert_eq!(sort_key("Ve\u{301}ronique"), sort_key("Véronique"));
    }

    #[test]
    fn there_is_always_a_key() {
        assert!(!sort_key("").is_empty());
    }

    #[test]
    fn stored_keys_are_still_those_that_would_be_made_today() {
        let made = hex::encode(sort_key("Zoë Ärmel 12"));
        assert_eq!(
            made, "5d4733042b4d43334104100e01439644960a01dcc2dc0b",
            "other keys than before: add a migration that empties the key columns"
        );
    }
}
