//! What a browser may see of a conversation: nothing but this crosses the wire before the debrief.
//!
//! No positions of choices, no conditions, ratings or rationales, no other node.

use super::model::{Channel, EndingKind};
use serde::{Deserialize, Serialize};

/// What is known before the first turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// What the conversation is called.
    pub title: String,
    /// What the learner knows beforehand, in Markdown.
    pub briefing: String,
    /// The channel it opens on.
    pub channel: Channel,
    /// The subject, of an e-mail.
    pub subject: Option<String>,
    /// How many people read along while it is public.
    pub reach: Option<u32>,
    /// The most characters that a public reply may have.
    pub limit: Option<u16>,
    /// Whether the best run may be shown beforehand, in practice.
    pub worked: bool,
    /// The learner's part.
    pub you: Person,
    /// The person spoken with.
    pub them: Person,
    /// Everybody else.
    pub others: Vec<Person>,
}

/// Someone who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// What they are.
    pub role: Option<String>,
    /// The name they go by on the channel.
    pub handle: Option<String>,
}

/// The conversation at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// How many decisions lie behind.
    pub number: u32,
    /// What was said up to and with the last choice.
    pub earlier: Vec<Entry>,
    /// What was said since.
    pub fresh: Vec<Entry>,
    /// The channel now.
    pub channel: Channel,
    /// Who reads along now.
    pub audience: Audience,
    /// What can be said, shuffled. Empty when the conversation is over.
    pub choices: Vec<Offer>,
    /// Whether the learner answers in their own words; the choices are then what the words can mean.
    pub free: bool,
    /// How many seconds there are to decide, counted from when the turn was first served.
    pub timer: Option<u32>,
    /// The ending, when the conversation is over.
    pub ending: Option<Ended>,
}

/// One thing in the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The speaker's full name; empty for a stage direction.
    pub speaker: String,
    /// Who that is to the learner.
    pub role: Role,
    /// Where it was said.
    pub channel: Channel,
    /// The words; paragraphs are separated by an empty line. Empty for silence.
    pub text: String,
    /// For how many seconds the call is on hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<u32>,
    /// The recording of it, by its path in the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<String>,
    /// Of the learner's reply or silence in a running conversation: how many decisions lie before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u32>,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The learner.
    You,
    /// Anyone else.
    Them,
    /// A stage direction.
    Note,
    /// The call is on hold.
    Hold,
    /// The learner let the time run out.
    Silence,
    /// Nobody: the learner did something, and the text is what.
    Did,
}

/// Who reads along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody: a public thread.
    Everyone,
    /// Only those who talk.
    Private,
    /// These people, by full name.
    Named(Vec<String>),
}

/// Something that can be said or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Stands for the choice in this turn of this run, and says nothing of it.
    pub id: String,
    /// The words.
    pub text: String,
    /// Whether it is done and not said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

/// That the conversation is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// How.
    pub kind: EndingKind,
    /// Whether the author wrote what to take away from it.
    pub debrief: bool,
}
