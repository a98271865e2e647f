//! Which separator a spreadsheet expects between the cells of a CSV file: it depends on the reader's language.

/// Languages that write decimals with a comma, and so cannot separate cells with one. See the Unicode CLDR, "decimal".
const DECIMAL_COMMA: [&str; 39] = [
    "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fo", "fr", "gl", "hr", "hu", "hy",
    "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr",
    "uk",
];
/// Regions that differ from their language.
const DECIMAL_POINT: [&str; 10] =
    ["es-MX", "es-US", "es-PR", "es-DO", "es-GT", "es-HN", "es-NI", "es-PA", "es-PE", "es-SV"];
/// Regions that write a comma though their language does not.
const ALSO_COMMA: [&str; 1] = ["en-ZA"];

/// The separator for what a browser says of its reader's language in `Accept-Language`.
#[must_use]
pub fn separator(wish: &str) -> u8 {
    let first = wish.split([',', ';']).next().unwrap_or_default().trim();
    let language = first.split('-').next().unwrap_or_default();
    let is = |list: &[&str], tag: &str| list.iter().any(|one| one.eq_ignore_ascii_case(tag));
    let comma = is(&ALSO_COMMA, first) || (is(&DECIMAL_COMMA, language) && !is(&DECIMAL_POINT, first));
    if comma { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_where_it_is_not_the_decimal_sign() {
        for (wish, expected) in [
            ("", b','),
            ("en-GB,en;q=0.9", b','),
            ("de", b';'),
            ("de-AT;q=0.9, en", b';'),
            ("fr-CA", b';'),
            ("es-ES", b';'),
            ("es-MX,es", b','),
            ("en-za", b';'),
            ("ja, de", b','),
            ("*", b','),
        ] {
            assert_eq!(separator(wish), expected, "{wish}");
        }
    }
}
