//! A conversation as far as its player may see it: what was said, and what can be said next. Nothing else.

use super::Wire;
use crate::failure::Failure;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How people talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    /// Everybody can read along.
    Public,
    /// Direct messages.
    Chat,
    /// A call.
    Phone,
    /// Letters.
    Mail,
    /// A board that several parties share.
    Board,
}

/// Whose line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The person across.
    Them,
    /// The player.
    Me,
    /// A third person.
    Party,
    /// Nobody: a stage direction.
    Stage,
    /// The player, who did something; the name says so.
    Did,
}

/// One line of the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Whose.
    pub who: Who,
    /// Their name.
    pub name: String,
    /// Their handle in public, or their role.
    pub detail: String,
    /// Where it was said.
    pub medium: Medium,
    /// What was said.
    pub text: String,
    /// The recording of it, by its path in the course; empty without one.
    pub audio: String,
    /// For how many seconds the call is on hold; 0 when it is not.
    pub hold: u32,
}

/// Something the player can say or do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// A name without meaning, good for this turn only.
    pub id: String,
    /// The words.
    pub text: String,
    /// The sign of what is done; empty where it is said.
    pub sign: String,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// `success`, `neutral` or `failure`.
    pub kind: String,
    /// One line about it.
    pub heading: String,
}

/// A conversation at one turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// Which play.
    pub run: String,
    /// How many decisions have been made.
    pub turn: u32,
    /// Where it is held now.
    pub medium: Medium,
    /// The subject, in mail.
    pub subject: String,
    /// Everything said so far.
    pub entries: Vec<Entry>,
    /// The heading over what can be said or done.
    pub prompt: String,
    /// What can be said or done now; nothing once it has ended, or where the reply is free.
    pub offers: Vec<Offer>,
    /// Where the reply is free: the field and how its words read, as HTML that the server made; empty where one picks.
    pub own: String,
    /// Milliseconds left to answer, where there is a limit.
    pub left: Option<i64>,
    /// Seconds since the call began.
    pub elapsed: i64,
    /// The ending, if it has ended.
    pub ended: Option<Ended>,
}

/// Says one of the things that can be said; an empty `choice` without `words` only asks how things stand, for when time ran
/// out.
///
/// `words` are one's own: without a choice, or when they are not those that were `read` last, they are only read; otherwise
/// they stand for the choice, and with `keep` the author may learn from them.
///
/// Safe to repeat: a turn that was already taken is not taken again, and the answer is how things stand now.
///
/// # Errors
/// [`Failure::NotFound`] when the play is not the caller's.
#[server(prefix = "/live", endpoint = "say", input = Wire, output = Wire)]
pub async fn say(
    run: String,
    turn: u32,
    choice: String,
    #[server(default)] words: String,
    #[server(default)] read: String,
    #[server(default)] keep: bool,
) -> Result<Scene, Failure> {
    crate::api::conversation::say_in(&run, turn, &choice, crate::api::wording::Own { words, read, keep }).await
}
