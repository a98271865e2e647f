//! A person's language and time zone.

use super::checked_text;
use serde::{Deserialize, Serialize};

/// A language tag: language, optional script, optional region (the common part of BCP 47), such as `en` or `de-AT`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(String);

/// The text is not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[error("`{0}` is not a language tag such as `en` or `de-AT`")]
pub struct LocaleProblem(pub String);

impl LocaleProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "locale-unknown"
    }
}

impl Locale {
    /// Reads a tag in any letter case and brings it into the usual one.
    ///
    /// # Errors
    /// [`LocaleProblem`] when it is not a tag.
    pub fn parse(text: &str) -> Result<Self, LocaleProblem> {
        let problem = || LocaleProblem(text.to_owned());
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let mut parts = text.trim().split('-').peekable();
        let language = parts.next().unwrap_or_default();
        if !matches!(language.len(), 2 | 3) || !letters(language) {
            return Err(problem());
        }
        let mut tag = language.to_ascii_lowercase();
        if let Some(script) = parts.next_if(|part| part.len() == 4 && letters(part)) {
            tag.push('-');
            tag.push_str(&script[..1].to_ascii_uppercase());
            tag.push_str(&script[1..].to_ascii_lowercase());
        }
        let is_region = |part: &&str| {
            (part.len() == 2 && letters(part)) || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        if let Some(region) = parts.next_if(is_region) {
            tag.push('-');
            tag.push_str(&region.to_ascii_uppercase());
        }
        if parts.next().is_some() { Err(problem()) } else { Ok(Self(tag)) }
    }

    /// The language alone, such as `de` of `de-AT`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

checked_text!(Locale, LocaleProblem);

/// A time zone by its IANA name, such as `Europe/Vienna`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(String);

/// The text names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[error("`{0}` is not a time zone such as `Europe/Vienna`")]
pub struct ZoneProblem(pub String);

impl ZoneProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "zone-unknown"
    }
}

impl Zone {
    /// Reads a zone's name. With the feature `authoring` the zone must exist; without, it must look like one.
    ///
    /// # Errors
    /// [`ZoneProblem`] when there is no such zone.
    pub fn parse(text: &str) -> Result<Self, ZoneProblem> {
        let text = text.trim();
        let problem = || ZoneProblem(text.to_owned());
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-+".contains(c);
        let parts = text.split('/');
        if text.len() > 64 || !parts.clone().all(|part| !part.is_empty() && part.chars().all(plain)) {
            return Err(problem());
        }
        #[cfg(feature = "authoring")]
        {
            let zone = jiff::tz::TimeZone::get(text).map_err(|_| problem())?;
            // The data base's own spelling: `europe/vienna` is the same zone as `Europe/Vienna`.
            Ok(Self(zone.iana_name().ok_or_else(problem)?.to_owned()))
        }
        #[cfg(not(feature = "authoring"))]
        Ok(Self(text.to_owned()))
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self("UTC".to_owned())
    }
}

checked_text!(Zone, ZoneProblem);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_their_usual_case() {
        for (given, usual) in [("EN", "en"), ("de-at", "de-AT"), ("zh-hans-cn", "zh-Hans-CN"), ("es-419", "es-419")] {
            assert_eq!(Locale::parse(given).unwrap().as_str(), usual);
        }
        for bad in ["", "e", "english", "en-", "en_GB", "en-GB-x", "en--GB", "12"] {
            assert!(Locale::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn zones_look_like_zones() {
        assert_eq!(Zone::parse("Europe/Vienna").unwrap().as_str(), "Europe/Vienna");
        for bad in ["", "../etc/passwd", "/Europe", "Europe//Vienna", "Europe/Vienna\n/x", "a b"] {
            assert!(Zone::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[cfg(feature = "authoring")]
    #[test]
    fn zones_exist() {
        assert_eq!(Zone::parse("europe/vienna").unwrap().as_str(), "Europe/Vienna");
        assert_eq!(Zone::parse("UTC").unwrap(), Zone::default());
        assert!(Zone::parse("Europe/Atlantis").is_err());
    }
}
