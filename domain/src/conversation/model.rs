//! What a conversation is made of.
//!
//! Names are resolved to positions when a scenario is read, so that playing and scoring never look anything up. A
//! [`Scenario`] can only come from the parser or from its own JSON, and both check that every position exists.

use super::{condition::Condition, validate};
use crate::slug::Slug;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A position in one of a scenario's lists.
pub type Index = u16;

/// A simulated conversation.
///
/// The JSON form is canonical: a fixed order of fields and no maps, so equal scenarios have equal bytes. It holds
/// nothing of the source's layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[non_exhaustive]
pub struct Scenario {
    /// What the conversation is called.
    pub title: String,
    /// The case it tells, shared by the same case on other channels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Slug>,
    /// The channel it opens on.
    pub channel: Channel,
    /// The subject, of an e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How many people read along while it is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<u32>,
    /// The most characters that a public reply may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Whether the best run may be shown beforehand, to somebody who is new to it and only practises.
    #[serde(default, skip_serializing_if = "is_no")]
    pub worked: bool,
    /// Who takes part: the first is the learner, the second the person spoken with, then further ones.
    pub parties: Vec<Party>,
    /// What the conversation remembers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// What is rated, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<Competency>,
    /// The score that passes, a whole number from 0 to 100.
    pub pass: u8,
    /// What the learner knows beforehand, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub briefing: String,
    /// The nodes; the first is the start.
    pub nodes: Vec<Node>,
}

/// Where people talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A thread that everybody reads.
    Public,
    /// A private chat.
    #[serde(rename = "dm")]
    DirectMessage,
    /// A call.
    Phone,
    /// E-mail.
    Email,
    /// A board that several parties work on together: cards with notes below.
    Board,
}

/// Someone who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The full name.
    pub name: String,
    /// What they are: `team lead`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The name they go by on the channel: `@dana_w`, or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
}

/// Something the conversation remembers. Always bounded, so that everything about a scenario can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name: a to z, 0 to 9 and `_`.
    pub name: String,
    /// What it can hold.
    pub domain: Domain,
    /// What it holds at the start, as a number: see [`Domain`].
    pub start: i32,
}

/// What a variable can hold. Every value is kept as a whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// A whole number from `min` to `max`.
    Range {
        /// The least.
        min: i32,
        /// The greatest.
        max: i32,
    },
    /// No is 0, yes is 1.
    YesNo,
    /// One of several words, counted from 0.
    OneOf(Vec<String>),
}

/// Something a conversation rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competency {
    /// Its name in the course.
    pub id: Slug,
    /// How much a rating counts, 1 to 10.
    pub weight: u8,
}

/// One place in the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its name, unique in the scenario.
    pub id: Slug,
    /// The channel its lines and choices are on.
    pub channel: Channel,
    /// Who reads along, where the channel alone does not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Index>,
    /// What is said on arriving.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// How the learner answers, where there is something to answer.
    #[serde(default, skip_serializing_if = "Reply::is_picked")]
    pub reply: Reply,
    /// How it goes on.
    pub exit: Exit,
}

/// How the learner answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// By picking one of the choices.
    #[default]
    Pick,
    /// In their own words; the choices are what the words can mean.
    Free,
}

/// One thing said, or a stage direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Who says it; nobody says a stage direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Index>,
    /// The text; paragraphs are separated by an empty line. Only a line that holds the call may have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// For how many seconds the caller is put on hold, on the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<u32>,
    /// The recording of it, a file in the course's `media` folder. The text is its caption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<String>,
}

/// How a node goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// The learner chooses.
    Choices {
        /// What can be said or done, in the author's order.
        choices: Vec<Choice>,
        /// What happens when nothing is said in time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timer: Option<Timer>,
    },
    /// The conversation goes on by itself: the first jump whose condition holds. The last has none.
    Jumps(Vec<Jump>),
    /// The conversation is over.
    End(Ending),
}

/// Something the learner can say or do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The words; of something that is done, what it is.
    pub text: String,
    /// Whether it is done and not said. Only where the learner picks: own words are always said.
    #[serde(default, skip_serializing_if = "is_no")]
    pub done: bool,
    /// Other words that mean the same, where the learner answers freely. They never leave the server.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub says: Vec<String>,
    /// When it is offered; always, without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// What comes of it.
    pub outcome: Outcome,
}

/// A limit on thinking. Its running out counts as a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// Seconds from the moment the node is served.
    pub seconds: u32,
    /// What comes of silence.
    pub outcome: Outcome,
}

/// What comes of a choice or of silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The node it leads to.
    pub target: Index,
    /// Names the same decision on other channels of the family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Slug>,
    /// How good it is; a competency that is missing has 0. In the order of the competencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rating>,
    /// What it changes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// What no score makes good: names such as `asks-personal-data-in-public`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blockers: Vec<Slug>,
    /// What is promised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Commitment>,
    /// The rationale. Empty only for silence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// How good a choice is in one respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Which competency.
    pub competency: Index,
    /// From -2 to 2.
    pub value: i8,
}

/// A change of one variable; held within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Which variable.
    pub variable: Index,
    /// What happens to it.
    pub change: Change,
}

/// What happens to a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It grows, or shrinks.
    Add(i32),
    /// It becomes this.
    Set(i32),
}

/// Something promised: `refund` `20`, `answer` `by Friday`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// What kind of promise.
    pub kind: Slug,
    /// How much, until when; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// A way on that nobody chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// When it is taken; always, without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The node it leads to.
    pub target: Index,
}

/// The end of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// How it ended.
    pub kind: EndingKind,
    /// What to take away from it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub debrief: String,
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndingKind {
    /// Well. Only such an ending can pass.
    Success,
    /// Badly.
    Failure,
    /// Neither.
    Neutral,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde wants")]
fn is_no(value: &bool) -> bool {
    !*value
}

impl Choice {
    /// How many characters are said: none where something is done.
    pub(super) fn length(&self) -> usize {
        if self.done { 0 } else { self.text.chars().count() }
    }
}

impl Reply {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde wants")]
    fn is_picked(&self) -> bool {
        *self == Self::Pick
    }
}

impl Scenario {
    /// The pass mark of a scenario that names none.
    pub const DEFAULT_PASS: u8 = 70;

    /// The canonical JSON.
    ///
    /// # Errors
    /// None in practice: every field has a JSON form.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// SHA-256 of the canonical JSON, in hexadecimal.
    ///
    /// # Errors
    /// As [`Scenario::canonical`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        Ok(hex::encode(Sha256::digest(self.canonical()?)))
    }

    /// The learner's own part.
    #[must_use]
    pub fn you(&self) -> &Party {
        &self.parties[0]
    }

    /// The values at the start, in the order of the variables.
    #[must_use]
    pub fn start_values(&self) -> Vec<i32> {
        self.variables.iter().map(|variable| variable.start).collect()
    }

    pub(super) fn node(&self, index: Index) -> &Node {
        &self.nodes[usize::from(index)]
    }
}

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Scenario {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let scenario = Self::deserialize(deserializer)?;
        validate::validate(&scenario).map_err(serde::de::Error::custom)?;
        Ok(scenario)
    }
}
