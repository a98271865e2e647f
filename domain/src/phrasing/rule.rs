//! What rules there are, in any language.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A rule. Its name is the one authors write, also as a conversation's `blocker:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleId {
    /// Asks the other side to give personal data where everybody reads it.
    AsksPersonalDataInPublic,
    /// Writes data that identify somebody where everybody reads it.
    RepeatsPersonalDataInPublic,
    /// Uses a term the author listed as secret.
    DisclosesSecret,
    /// Sounds like an apology and is none.
    NonApology,
    /// Puts the fault on the other side, or lectures.
    Blames,
    /// Makes the other side go elsewhere or do the work.
    SendsAway,
    /// Commits to money or money's worth.
    PromisesCompensation,
    /// Stock phrases that say nothing.
    EmptyPhrase,
    /// Says sorry, or admits the fault.
    Apologises,
    /// Names what the other side goes through or feels.
    ShowsEmpathy,
    /// Takes on a concrete action.
    OwnsNextStep,
    /// Says when.
    GivesTime,
    /// Says who is writing, or for whom.
    SaysWhoOneIs,
    /// Keeps personal data out of public view.
    KeepsDataPrivate,
}

/// What a finding means for the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Fails the conversation when sent.
    Blocker,
    /// Worth a second look before sending.
    Warning,
    /// What a good reply does.
    Good,
}

/// The text names no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a rule for free text")]
pub struct UnknownRule(pub String);

impl RuleId {
    /// Every rule, in the order findings of one sentence come: what must not be sent first.
    pub const ALL: [Self; 14] = [
        Self::AsksPersonalDataInPublic,
        Self::RepeatsPersonalDataInPublic,
        Self::DisclosesSecret,
        Self::NonApology,
        Self::Blames,
        Self::SendsAway,
        Self::PromisesCompensation,
        Self::EmptyPhrase,
        Self::Apologises,
        Self::ShowsEmpathy,
        Self::OwnsNextStep,
        Self::GivesTime,
        Self::SaysWhoOneIs,
        Self::KeepsDataPrivate,
    ];

    /// The name in course files, test files and the message catalogue.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AsksPersonalDataInPublic => "asks-personal-data-in-public",
            Self::RepeatsPersonalDataInPublic => "repeats-personal-data-in-public",
            Self::DisclosesSecret => "discloses-secret",
            Self::NonApology => "non-apology",
            Self::Blames => "blames",
            Self::SendsAway => "sends-away",
            Self::PromisesCompensation => "promises-compensation",
            Self::EmptyPhrase => "empty-phrase",
            Self::Apologises => "apologises",
            Self::ShowsEmpathy => "shows-empathy",
            Self::OwnsNextStep => "owns-next-step",
            Self::GivesTime => "gives-time",
            Self::SaysWhoOneIs => "says-who-one-is",
            Self::KeepsDataPrivate => "keeps-data-private",
        }
    }

    /// Whether a finding of this rule stops, warns or praises.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::AsksPersonalDataInPublic | Self::RepeatsPersonalDataInPublic | Self::DisclosesSecret => Kind::Blocker,
            Self::NonApology | Self::Blames | Self::SendsAway | Self::PromisesCompensation | Self::EmptyPhrase => {
                Kind::Warning
            }
            _ => Kind::Good,
        }
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for RuleId {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        Self::ALL.into_iter().find(|it| it.name() == text).ok_or_else(|| UnknownRule(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_order_is_the_enums() {
        for rule in RuleId::ALL {
            assert_eq!(rule.name().parse(), Ok(rule));
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
        }
        assert!(RuleId::ALL.is_sorted());
        assert!("apologises-twice".parse::<RuleId>().is_err());
    }
}
