//! What a quiz is made of.

use crate::{
    named::{CompetencyId, ItemId},
    percent::Percent,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A set of questions that is passed or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quiz {
    /// What it is called.
    pub title: String,
    /// The mark that passes.
    pub pass: Percent,
    /// How often it may be tried; as often as one likes when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// How it is laid out.
    pub layout: Layout,
    /// Whether questions and options change places from attempt to attempt.
    pub shuffle: bool,
    /// What comes before the first question, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// The questions, at least one.
    pub items: Vec<Item>,
}

impl Quiz {
    /// The question with this name.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }
}

/// How a quiz is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// One question a page.
    One,
    /// All questions on one page.
    All,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name, unique in the quiz.
    pub id: ItemId,
    /// How it is answered.
    pub kind: ItemKind,
    /// What it asks for, if it is tied to something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competency: Option<CompetencyId>,
    /// The question, in Markdown.
    pub stem: String,
    /// What can be chosen or is to be rated, in the order of the file.
    pub options: Vec<ItemOption>,
    /// The reason for the whole key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Item {
    /// The options with their names.
    pub fn named_options(&self) -> impl Iterator<Item = (OptionId, &ItemOption)> {
        (0..).map(OptionId).zip(&self.options)
    }

    /// The option of this name.
    #[must_use]
    pub fn option(&self, id: OptionId) -> Option<&ItemOption> {
        self.options.get(usize::from(id.0))
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Choose the one right option.
    Single,
    /// Choose every right option.
    Multiple,
    /// Decide whether a statement holds.
    TrueFalse,
    /// Rate each option.
    Judgement,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Single, Self::Multiple, Self::TrueFalse, Self::Judgement];

    /// The name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::TrueFalse => "true-false",
            Self::Judgement => "judgement",
        }
    }
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOption {
    /// What it says, in Markdown.
    pub text: String,
    /// What the key says of it.
    pub key: Key,
    /// The reason, shown after submitting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What the key says of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// To be chosen.
    Right,
    /// Not to be chosen.
    Wrong,
    /// To be rated so.
    Rated(Rating),
}

/// How good something is, from 1 (harmful) to 4 (very good).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

/// The number is no rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rating goes from 1 (harmful) to 4 (very good)")]
pub struct NotARating;

impl Rating {
    /// Every rating, worst first.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// The number.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }

    /// How many steps lie between two ratings, 0 to 3.
    #[must_use]
    pub fn distance(self, other: Self) -> u8 {
        self.0.abs_diff(other.0)
    }
}

impl TryFrom<u8> for Rating {
    type Error = NotARating;

    fn try_from(value: u8) -> Result<Self, NotARating> {
        if (1..=4).contains(&value) { Ok(Self(value)) } else { Err(NotARating) }
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

impl FromStr for Rating {
    type Err = NotARating;

    fn from_str(text: &str) -> Result<Self, NotARating> {
        text.parse::<u8>().map_err(|_| NotARating)?.try_into()
    }
}

/// The name of an option: its place in the file, `a` first. Never shown to a browser before submitting, because
/// authors tend to write the right option first; see [`super::paper`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OptionId(pub(super) u8);

/// The text names no option.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the letter of an option")]
pub struct NotAnOption(pub String);

impl OptionId {
    /// The option at a place in the file, from 0; at most 26 have a letter.
    #[must_use]
    pub fn at(index: usize) -> Option<Self> {
        u8::try_from(index).ok().filter(|index| *index < 26).map(Self)
    }

    /// The place in the file, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for OptionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", char::from(b'a' + self.0.min(25)))
    }
}

impl FromStr for OptionId {
    type Err = NotAnOption;

    fn from_str(text: &str) -> Result<Self, NotAnOption> {
        match text.as_bytes() {
            [letter @ b'a'..=b'z'] => Ok(Self(letter - b'a')),
            _ => Err(NotAnOption(text.to_owned())),
        }
    }
}

impl TryFrom<String> for OptionId {
    type Error = NotAnOption;

    fn try_from(text: String) -> Result<Self, NotAnOption> {
        text.parse()
    }
}

impl From<OptionId> for String {
    fn from(id: OptionId) -> Self {
        id.to_string()
    }
}
