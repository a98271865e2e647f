//! Which passwords are good enough.
//!
//! The rules follow NIST SP 800-63B, section 5.1.1.2: a least length, no composition rules, no forced change, and a
//! comparison with what attackers try first. With fifteen characters to fill, people repeat or join what they know, so
//! the comparison asks what would be left of a password without known words, rows of keys, runs, years and the person's
//! own names.

use std::collections::BTreeSet;

/// The least number of characters.
pub const LEAST: usize = 15;
/// The greatest number of characters: enough for any phrase, too few to make hashing costly.
pub const MOST: usize = 256;

/// Why a password is not good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PasswordProblem {
    /// Fewer than [`LEAST`] characters (Unicode scalar values).
    #[error("the password has fewer than {LEAST} characters")]
    TooShort,
    /// More than [`MOST`] characters.
    #[error("the password has more than {MOST} characters")]
    TooLong,
    /// It is among the passwords that are tried first, or a repetition or row of keys.
    #[error("the password is one of those that are tried first")]
    Common,
    /// It has a character that no two keyboards write alike: a control character, or one that Unicode has not given a meaning.
    #[error("the password has a character that cannot be relied on")]
    Characters,
    /// Little is left of it without the person's name, address or the product's name.
    #[error("the password is made of a name or address")]
    Personal,
}

impl PasswordProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Common => "password-common",
            Self::Characters => "password-characters",
            Self::Personal => "password-personal",
        }
    }
}

const COMMON: &str = include_str!("common.txt");
const ROWS: [&str; 9] = [
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6zhn7ujm8ik9ol0p",
    "abcdefghijklmnopqrstuvwxyz",
];
/// Up to this many characters beyond the known pieces do not make a password.
const DECORATION: usize = 3;

/// A password as it is hashed, so that it is the same however a keyboard writes it: the `OpaqueString` profile of RFC 8265.
/// Letters with accents are one character, spaces of every width are a space.
///
/// # Errors
/// [`PasswordProblem::Characters`].
#[cfg(feature = "authoring")]
pub fn normal(typed: &str) -> Result<String, PasswordProblem> {
    use precis_core::profile::PrecisFastInvocation as _;
    if typed.is_empty() {
        return Ok(String::new());
    }
    let normal = precis_profiles::OpaqueString::enforce(typed).map_err(|_| PasswordProblem::Characters)?;
    Ok(normal.into_owned())
}

/// Checks a password. `context` holds what is known of the person and the place: name, address, organisation.
///
/// # Errors
/// [`PasswordProblem`] says what is wrong.
pub fn check(password: &str, context: &[&str]) -> Result<(), PasswordProblem> {
    let count = password.chars().count();
    if count < LEAST {
        return Err(PasswordProblem::TooShort);
    }
    if count > MOST {
        return Err(PasswordProblem::TooLong);
    }
    let text: Vec<char> = password.chars().flat_map(char::to_lowercase).collect();
    if repeats(&text) {
        return Err(PasswordProblem::Common);
    }
    let personal: Vec<Vec<char>> = ["colloquy"].iter().chain(context).flat_map(|known| words(known)).collect();
    let split = split(&text, &personal);
    if split.left > DECORATION {
        return Ok(());
    }
    if split.personal {
        Err(PasswordProblem::Personal)
    } else if split.words.len() <= 2 {
        Err(PasswordProblem::Common)
    } else {
        // Three and more different words are a phrase, however common each of them is.
        Ok(())
    }
}

/// The parts of a name or address that someone would type: at least three letters each, and all of them joined.
fn words(known: &str) -> Vec<Vec<char>> {
    let lower = known.to_lowercase();
    let mut parts: Vec<Vec<char>> =
        lower.split(|c: char| !c.is_alphanumeric()).map(|part| part.chars().collect()).collect();
    parts.push(lower.chars().filter(|c| c.is_alphanumeric()).collect());
    parts.retain(|part| part.len() >= 3);
    parts
}

/// Whether the whole is one short piece over and over.
fn repeats(text: &[char]) -> bool {
    (1..=text.len() / 3).any(|period| text.iter().zip(&text[period..]).all(|(a, b)| a == b) && period <= 6)
}

#[derive(Clone, Default)]
struct Split {
    /// Characters that belong to no known piece.
    left: usize,
    words: BTreeSet<Vec<char>>,
    personal: bool,
}

/// The reading of `text` that leaves the fewest characters unexplained (dynamic programming over positions).
fn split(text: &[char], personal: &[Vec<char>]) -> Split {
    let common: Vec<Vec<char>> =
        COMMON.split_whitespace().filter(|word| word.len() >= 3).map(|word| word.chars().collect()).collect();
    let mut best: Vec<Option<Split>> = vec![None; text.len() + 1];
    best[0] = Some(Split::default());
    for at in 0..text.len() {
        let Some(here) = best[at].clone() else {
            continue;
        };
        let rest = &text[at..];
        let mut offer = |length: usize, next: Split| {
            let slot = &mut best[at + length];
            let better = slot.as_ref().is_none_or(|old| {
                (next.left, !next.personal, next.words.len()) < (old.left, !old.personal, old.words.len())
            });
            if better {
                *slot = Some(next);
            }
        };
        let symbol = !rest[0].is_alphanumeric();
        let after_symbol = at > 0 && !text[at - 1].is_alphanumeric();
        offer(1, Split { left: here.left + usize::from(!symbol || after_symbol), ..here.clone() });
        for length in [run(rest), row(rest), year(rest)].into_iter().flatten() {
            // A run's name is its first sign, so that several different runs do not pass for one.
            offer(length, here.clone());
        }
        for word in personal.iter().filter(|word| matches(rest, word)) {
            offer(word.len(), Split { personal: true, ..here.clone() });
        }
        for word in common.iter().filter(|word| matches(rest, word)) {
            let mut next = here.clone();
            next.words.insert(word.clone());
            offer(word.len(), next);
        }
    }
    best.pop().flatten().unwrap_or_default()
}

/// Three or more of the same character.
fn run(rest: &[char]) -> Option<usize> {
    let length = rest.iter().take_while(|c| **c == rest[0]).count();
    (length >= 3).then_some(length)
}

/// Three or more neighbours of a row of keys, of the alphabet or of the digits, in either direction.
fn row(rest: &[char]) -> Option<usize> {
    let longest = |row: &[char]| {
        row.iter()
            .enumerate()
            .filter(|(_, c)| **c == rest[0])
            .map(|(start, _)| rest.iter().zip(row[start..].iter()).take_while(|(a, b)| a == b).count())
            .max()
    };
    let length = ROWS
        .iter()
        .flat_map(|row| {
            let forth: Vec<char> = row.chars().collect();
            let back: Vec<char> = row.chars().rev().collect();
            [longest(&forth), longest(&back)]
        })
        .flatten()
        .max()?;
    (length >= 3).then_some(length)
}

/// A year of the last century or this one.
fn year(rest: &[char]) -> Option<usize> {
    let digits: String = rest.iter().take(4).collect();
    let plausible = digits.len() == 4 && digits.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
    plausible.then_some(4)
}

/// Whether `rest` begins with `word`, reading the usual stand-ins for letters as the letters.
fn matches(rest: &[char], word: &[char]) -> bool {
    let same = |given: char, letter: char| {
        given == letter
            || match letter {
                'a' => "4@ä".contains(given),
                'b' => given == '8',
                'e' => "3€".contains(given),
                'g' => "96".contains(given),
                'i' | 'l' => "1!|".contains(given),
                'o' => "0ö".contains(given),
                's' => "5$".contains(given),
                't' => "7+".contains(given),
                'z' => given == '2',
                _ => false,
            }
    };
    rest.len() >= word.len() && rest.iter().zip(word).all(|(given, letter)| same(*given, *letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: [&str; 3] = ["Dana Whitfield", "dana.whitfield@parcelwise.example", "Parcelwise"];

    #[cfg(feature = "authoring")]
    #[test]
    fn one_password_however_a_keyboard_writes_it() {
        for (typed, other) in [
            ("cafe\u{301} fermé à midi", "café fermé à midi"),
            ("un\u{a0}renard\u{2003}roux\u{3000}dort", "un renard roux dort"),
            ("A\u{30a}ngstro\u{308}m", "Ångström"),
        ] {
            assert_eq!(normal(typed).unwrap(), normal(other).unwrap(), "{typed}");
        }
        for kept in
            ["  spaces at both ends  ", "Upper and lower", "ﬁve ligatures", "a monkey 🐒 behind you", "ｆｕｌｌ"]
        {
            assert_eq!(normal(kept).unwrap(), kept);
        }
        for bad in ["a\ttab", "two\nlines", "a\u{0}b", "\u{7f}"] {
            assert_eq!(normal(bad), Err(PasswordProblem::Characters), "{bad:?}");
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(check("öäüöäüöäü xyq", &[]), Err(PasswordProblem::TooShort));
        assert_eq!(check("kurz, aber öäü!", &[]), Ok(()));
        assert_eq!(check("vierzehn zeich", &[]), Err(PasswordProblem::TooShort));
        assert_eq!(check(&"hq7 vd2 ".repeat(33), &[]), Err(PasswordProblem::TooLong));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for common in [
            "passwordpassword",
            "Password12345678",
            "P@ssw0rd!P@ssw0rd!",
            "123456789012345",
            "987654321098765",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "qwertyuiopasdfgh",
            "1qaz2wsx3edc4rfv",
            "Welcome2024!!!!!",
            "letmein-letmein1",
            "correcthorsebatterystaple",
            "Xk3!Xk3!Xk3!Xk3!",
            "abcdefghijklmnop",
            "iloveyou iloveyou",
        ] {
            assert_eq!(check(common, &CONTEXT), Err(PasswordProblem::Common), "{common}");
        }
    }

    #[test]
    fn the_own_name_is_refused() {
        for own in [
            "danawhitfield2024",
            "Dana.Whitfield!1",
            "D4n4 Wh1tf13ld 123",
            "dana.whitfield@parcelwise.example",
            "colloquycolloquy1",
            "Parcelwise-Welcome",
        ] {
            assert_eq!(check(own, &CONTEXT), Err(PasswordProblem::Personal), "{own}");
        }
    }

    #[test]
    fn phrases_and_chance_pass_without_any_composition() {
        for good in [
            "seventeen quiet lamps",
            "the ferry leaves at dawn",
            "fjkwqpzmxnvbgth",
            "83920174650918237",
            "dragon monkey sunshine",
            "Dana never counts her spoons",
            "ÆØÅ ligger på bordet",
            "}{~^&%$§/()=?`´*",
        ] {
            assert_eq!(check(good, &CONTEXT), Ok(()), "{good}");
        }
    }
}
