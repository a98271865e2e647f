//! Site facts: what differs from one organisation to the next, filled into every text that names it as `{{key}}`.

use crate::plain::{LineProblem, line};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, ops::Range, str::FromStr};

/// One of the facts that texts may name. The list is closed: an author cannot invent one nobody will fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// What the organisation is called.
    CompanyName,
    /// When its support can be reached.
    SupportHours,
    /// Up to how much staff may refund on their own.
    RefundLimit,
    /// Whom to ask about personal data.
    PrivacyContact,
    /// Within what time a customer hears back.
    ResponseTime,
    /// What it is called on social networks.
    SocialHandle,
}

/// The text names no fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a site fact")]
pub struct UnknownFact(pub String);

/// Why a value cannot stand for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FactProblem {
    /// Nothing was given.
    #[error("the value is empty")]
    Empty,
    /// Longer than the fact may be.
    #[error("the value has more than {0} characters")]
    TooLong(usize),
    /// A line break or another character that [`line`] refuses, or `{{`.
    #[error("the value has a character that cannot stand in a sentence")]
    Characters,
}

impl FactProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "fact-empty",
            Self::TooLong(_) => "fact-too-long",
            Self::Characters => "fact-characters",
        }
    }
}

impl Fact {
    /// Every fact, in the order they are asked for.
    pub const ALL: [Self; 6] = [
        Self::CompanyName,
        Self::SupportHours,
        Self::RefundLimit,
        Self::PrivacyContact,
        Self::ResponseTime,
        Self::SocialHandle,
    ];

    /// The name in texts and tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::CompanyName => "company_name",
            Self::SupportHours => "support_hours",
            Self::RefundLimit => "refund_limit",
            Self::PrivacyContact => "privacy_contact",
            Self::ResponseTime => "response_time",
            Self::SocialHandle => "social_handle",
        }
    }

    /// The most characters a value may have.
    #[must_use]
    pub fn most(self) -> usize {
        match self {
            Self::CompanyName => 80,
            Self::SupportHours | Self::PrivacyContact => 120,
            Self::RefundLimit | Self::ResponseTime | Self::SocialHandle => 60,
        }
    }

    /// A value as it might be, used in demonstrations and beside the field.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::CompanyName => "Parcelwise",
            Self::SupportHours => "Monday to Friday, 8 to 18",
            Self::RefundLimit => "€ 50",
            Self::PrivacyContact => "privacy@parcelwise.example",
            Self::ResponseTime => "one working day",
            Self::SocialHandle => "@parcelwise",
        }
    }

    /// Checks and trims a value.
    ///
    /// # Errors
    /// [`FactProblem`] says what is wrong.
    pub fn parse_value(self, text: &str) -> Result<String, FactProblem> {
        match line(text, self.most()) {
            Ok(value) if value.contains("{{") => Err(FactProblem::Characters),
            Ok(value) => Ok(value),
            Err(LineProblem::Empty) => Err(FactProblem::Empty),
            Err(LineProblem::TooLong(most)) => Err(FactProblem::TooLong(most)),
            Err(LineProblem::Characters) => Err(FactProblem::Characters),
        }
    }
}

impl FromStr for Fact {
    type Err = UnknownFact;

    fn from_str(text: &str) -> Result<Self, UnknownFact> {
        Self::ALL.into_iter().find(|fact| fact.key() == text).ok_or_else(|| UnknownFact(text.to_owned()))
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// What one organisation has filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<Fact, String>);

impl Facts {
    /// Every fact with its example: for previews and demonstrations.
    #[must_use]
    pub fn examples() -> Self {
        Fact::ALL.into_iter().map(|fact| (fact, fact.example().to_owned())).collect()
    }

    /// Sets a fact. Values come from [`Fact::parse_value`].
    pub fn set(&mut self, fact: Fact, value: String) {
        self.0.insert(fact, value);
    }

    /// The value of a fact, if it is set.
    #[must_use]
    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.0.get(&fact).map(String::as_str)
    }

    /// The facts of `needed` that are not set. A course with one of these cannot be published.
    #[must_use]
    pub fn unset(&self, needed: &[Fact]) -> Vec<Fact> {
        needed.iter().copied().filter(|fact| self.get(*fact).is_none()).collect()
    }

    /// The set facts in order.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, &str)> {
        self.0.iter().map(|(fact, value)| (*fact, value.as_str()))
    }

    /// The text with every placeholder replaced. One that is not set stays visible as `[company name]`.
    ///
    /// The result is plain text: whoever puts it into HTML escapes it.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for found in placeholders(text) {
            out.push_str(&text[done..found.range.start]);
            match found.key.parse().ok().and_then(|fact| self.get(fact)) {
                Some(value) => out.push_str(value),
                None => {
                    out.push('[');
                    out.push_str(&found.key.replace('_', " "));
                    out.push(']');
                }
            }
            done = found.range.end;
        }
        out.push_str(&text[done..]);
        out
    }

    /// The value for a key as text, if the key is known and set: the form a look-up function takes.
    #[must_use]
    pub fn look_up(&self, key: &str) -> Option<String> {
        key.parse().ok().and_then(|fact| self.get(fact)).map(str::to_owned)
    }
}

impl FromIterator<(Fact, String)> for Facts {
    fn from_iter<I: IntoIterator<Item = (Fact, String)>>(facts: I) -> Self {
        Self(facts.into_iter().collect())
    }
}

/// A `{{key}}` in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder<'a> {
    /// Where it stands, in bytes, with its braces.
    pub range: Range<usize>,
    /// What stands between the braces, without the space around it; not checked.
    pub key: &'a str,
}

/// Every placeholder of a text, in order. One that is not closed on its line is plain text.
#[must_use]
pub fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    // The next end of a line and of a placeholder, each looked for once.
    let (mut line_end, mut close) = (0, 0);
    let next = |sign: &str, at: usize| text[at..].find(sign).map_or(text.len(), |length| at + length);
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let inner = start + 2;
        if line_end < inner {
            line_end = next("\n", inner);
        }
        if close < inner {
            close = next("}}", inner);
        }
        if close < line_end {
            found.push(Placeholder { range: start..close + 2, key: text[inner..close].trim() });
            from = close + 2;
        } else {
            from = line_end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_examples_are_sound() {
        for fact in Fact::ALL {
            assert_eq!(fact.key().parse(), Ok(fact));
            assert_eq!(fact.parse_value(fact.example()).as_deref(), Ok(fact.example()));
            assert_eq!(serde_json::to_value(fact).unwrap(), fact.key());
        }
        assert!("ceo_name".parse::<Fact>().is_err());
    }

    #[test]
    fn values_are_one_line_of_bounded_text() {
        let fact = Fact::CompanyName;
        assert_eq!(fact.parse_value("  A & B <GmbH> ").unwrap(), "A & B <GmbH>");
        assert_eq!(fact.parse_value(" "), Err(FactProblem::Empty));
        assert_eq!(fact.parse_value("a\nb"), Err(FactProblem::Characters));
        assert_eq!(fact.parse_value("a\u{202E}b"), Err(FactProblem::Characters));
        assert_eq!(fact.parse_value("Cafe\u{301}").as_deref(), Ok("Café"));
        assert_eq!(fact.parse_value("{{refund_limit}}"), Err(FactProblem::Characters));
        assert_eq!(fact.parse_value(&"ä".repeat(81)), Err(FactProblem::TooLong(80)));
    }

    #[test]
    fn fills_what_is_set_and_shows_what_is_not() {
        let mut facts = Facts::default();
        facts.set(Fact::CompanyName, "Ö-Post".into());
        let text = "At {{company_name}}, {{ company_name }} and {{refund_limit}}; {{open\n{{odd}} {x} }}";
        assert_eq!(facts.fill(text), "At Ö-Post, Ö-Post and [refund limit]; {{open\n[odd] {x} }}");
        assert_eq!(facts.unset(&[Fact::CompanyName, Fact::RefundLimit]), [Fact::RefundLimit]);
        assert_eq!(facts.look_up("company_name").as_deref(), Some("Ö-Post"));
        assert_eq!(facts.look_up("nobody"), None);
    }

    proptest! {
        #[test]
        fn scanning_never_panics_and_ranges_are_in_order(text in "[{}a_ä\n ]{0,40}") {
            let mut last = 0;
            for found in placeholders(&text) {
                prop_assert!(found.range.start >= last);
                prop_assert!(text[found.range.clone()].starts_with("{{") && text[found.range.clone()].ends_with("}}"));
                last = found.range.end;
            }
            let _ = Facts::examples().fill(&text);
        }
    }
}
